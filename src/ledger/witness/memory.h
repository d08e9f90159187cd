// Memory: what a witness has cosigned, in a folder of its own: one small file a log, replaced whole and made durable before anybody
// hears of it (docs/reference/ledger.md, "Witnesses"). A file that is damaged, or gone although the folder's list names its log, is refused
// and never begun anew: a witness that forgets is one that can be led to cosign a second tree.
//
// Opening locks the folder for this process. record() may be called from any thread, for different logs at once; for one log the caller
// takes turns. Errors: Code::conflict where another process has the folder or it does not hold what it should, Code::unavailable where it
// cannot be read or written.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"
#include "base/status.h"
#include "ledger/witness/judge.h"

namespace fairway::ledger::witness {

struct Record {
  Seen seen;
  std::string note;  // the checkpoint with the log's signature and the witness's own; "" before the first
};
// The file's text and back: "fairway-witness v1", the origin, size, root, SHA-256 of all that, and the note. Code::conflict: damaged.
[[nodiscard]] std::string to_text(const Record& record, std::string_view origin);
[[nodiscard]] Result<Record> record_from(std::string_view text, std::string_view origin);

// Names a log in files and routes: hex of SHA-256 of the origin.
[[nodiscard]] std::string origin_hex(std::string_view origin);

class Memory {
 public:
  // Makes the folder where it does not exist. `origins`: the logs that are followed from now on; what is remembered of others stays.
  [[nodiscard]] static Result<std::unique_ptr<Memory>> open(const std::string& folder, std::vector<std::string> origins);

  [[nodiscard]] Result<Record> load(std::string_view origin) const;
  // Durable when it returns.
  [[nodiscard]] Status record(std::string_view origin, const Record& record);

 private:
  Memory(std::string path, int folder, int lock) : path_(std::move(path)), folder_(folder), lock_(lock) {}
  Status settle(std::vector<std::string> origins);
  [[nodiscard]] Result<std::string> read(const std::string& name) const;
  Status replace(const std::string& name, std::string_view text);
  [[nodiscard]] std::unexpected<Error> failed(std::string_view what, int reason) const;

  const std::string path_;
  const Descriptor folder_, lock_;
};

}  // namespace fairway::ledger::witness
