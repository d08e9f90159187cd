// Library: the versions of each table in the store.
//
// An import makes a version that counts from its date on; what was imported before stays and answers for earlier dates. The same file for
// the same date changes nothing. Where nothing was imported, the places of built_in.h answer. State keys (docs/reference/log.md):
//   refdata/TABLE              the versions, as a JSON array
//   refdata/TABLE/000001/CODE  one row of version 1
// Thread-safe. Errors are the store's and those named below.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "base/json_writer.h"
#include "refdata/reader.h"
#include "store/store.h"

namespace fairway::refdata {

struct Version {
  uint32_t number = 0;         // 1 for the first; 0: built in
  std::string effective_from;  // YYYY-MM-DD
  std::string source;          // the file's name, or what the user says of it
  std::string sha256;          // of the file, hex
  uint64_t rows = 0;
  int64_t imported_us = 0;
};
void append_json(JsonWriter& writer, const Version& version);

struct ImportWish {
  std::string effective_from;  // YYYY-MM-DD; "": today
  std::string source;
};
struct Imported {
  Version version;
  bool unchanged = false;  // the same file was there for this date
  ReadTable read;          // its findings; the rows are gone
};

// {"table"…}: what became of an import, for whoever asked for it.
[[nodiscard]] std::string to_json(const Imported& imported);

struct Found {
  Version version;
  CodeRow row;
};
struct Page {
  Version version;
  std::vector<CodeRow> rows;
  std::string next;  // code to go on after, "" at the end
};

class Library {
 public:
  Library(store::Store& store, Env& env) : store_(store), env_(env) {}

  // Code::invalid for a date that is none, and what read_table() says; Code::conflict where somebody else imports at the same time.
  [[nodiscard]] Result<Imported> import(Table table, std::string_view bytes, const ImportWish& wish);
  [[nodiscard]] Result<std::vector<Version>> versions(Table table);
  // As of a day, "": today. Code::not_found for a code that the version of that day does not have.
  [[nodiscard]] Result<Found> find(Table table, std::string_view code, std::string_view date);
  // The rows whose code begins with `prefix`, after the code `after`.
  [[nodiscard]] Result<Page> list(Table table, std::string_view prefix, std::string_view after, size_t limit, std::string_view date);

 private:
  [[nodiscard]] Result<std::string> day(std::string_view date) const;
  Status write_rows(Table table, uint32_t version, const std::vector<CodeRow>& rows);

  store::Store& store_;
  Env& env_;
};

}  // namespace fairway::refdata
