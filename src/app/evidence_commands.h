// The verbs about evidence: fetching it from a server, and checking it without one.
#pragma once

#include <string>
#include <vector>

#include "app/commands.h"

namespace fairway::app {

struct EvidenceOptions {
  ServerOptions server;
  std::string reference;  // or "entry:N"
  int trip = 0;           // 0: the latest
  std::string language = "en";
  std::vector<std::string> terms;  // of the certificate of free time: "freeDays=7"
  std::string out;                 // "-": standard output
};
int evidence(const EvidenceOptions& options);

struct VerifyOptions {
  std::string file;    // "-": standard input
  std::string policy;  // a file; "" with no server either: the bundle's own
  ServerOptions server;
  bool from_server = false;        // the policy that the server publishes
  std::string checkpoint, proof;   // of a receipt: files that show how far the tree had come
  std::vector<std::string> nodes;  // of the chain, to be asked about a bundle's anchor
  bool json = false;
};
int verify(const VerifyOptions& options);

}  // namespace fairway::app
