// `fairway file …`: what must be filed for a consignment, checked, confirmed and lodged. Each verb takes its options and returns the exit
// status; docs/reference/command-line.md describes them.
#pragma once

#include <string>
#include <vector>

#include "app/commands.h"

namespace fairway::app {

struct FilePlanOptions {
  std::string what;                // a file with consignments, "-", or an id: "cns_…", and "fil_…" to check
  std::vector<std::string> feeds;  // files with messages, invoices and packing lists that are merged into the one consignment
  std::string regimes;             // a folder of further regimes
  std::vector<std::string> only;   // codes of regimes; none: all
  std::string date;                // a day or a moment; "": now
  std::string language = "en";
  bool json = false;
  ServerOptions server;
};
int file_plan(const FilePlanOptions& options);
int file_check(const FilePlanOptions& options);

struct FileStepOptions {
  ServerOptions server;
  std::string filing;                          // "fil_…"
  std::vector<std::string> groups, looked_at;  // of a confirmation
  bool all = false;
  bool amend = false, cancel = false;  // of a lodgement; neither: the original
  std::string reason;
  std::string language = "en";
  bool json = false;
};
int file_confirm(const FileStepOptions& options);
int file_lodge(const FileStepOptions& options);

struct FileStatusOptions {
  ServerOptions server;
  std::string what;  // "fil_…", "cns_…", or "" for what needs somebody
  std::string language = "en";
  bool json = false;
};
int file_status(const FileStatusOptions& options);

int file_template();

}  // namespace fairway::app
