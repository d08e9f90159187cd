// Transfer: the lines that a store exports and imports, the same for both engines; docs/reference/log.md is the format.
//
// ExportWriter turns records into lines and counts them; ImportReader reads lines back and holds them to the format: the header
// first, sections in order, positions without a gap, every term and identity at an entry that exists, and a footer whose counts
// agree, so that an export that was cut off or pasted together is refused. Both keep one line in memory. Not thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/status.h"
#include "model/entry.h"
#include "store/store.h"

namespace fairway::store {

inline constexpr int kExportVersion = 1;

struct TermRecord {
  std::string key;
  Position position = 0;
  std::string value;
};
struct StateRecord {
  std::string key;
  StateValue value;
};
struct IdentityRecord {
  std::string identity;
  Position position = 0;
  std::string digest;
};
using TransferRecord = std::variant<Entry, TermRecord, StateRecord, IdentityRecord>;

// Records written of each sort, in the order of TransferRecord's alternatives.
struct TransferCounts {
  uint64_t entries = 0, terms = 0, states = 0, identities = 0;
  friend bool operator==(const TransferCounts&, const TransferCounts&) = default;
};

class ExportWriter {
 public:
  using Sink = std::function<Status(std::string_view line)>;
  // `sink` must outlive the writer; its error ends the export and comes back from the call that met it.
  explicit ExportWriter(const Sink& sink) : sink_(sink) {}

  // begin, then all entries by position, terms by (key, position), states by key, identities in any order, then end.
  [[nodiscard]] Status begin();
  [[nodiscard]] Status entry(const Entry& entry);
  [[nodiscard]] Status term(std::string_view key, Position position, std::string_view value);
  [[nodiscard]] Status state(std::string_view key, uint64_t version, std::string_view value);
  [[nodiscard]] Status identity(std::string_view identity, Position position, std::string_view digest);
  [[nodiscard]] Status end();

  [[nodiscard]] const TransferCounts& counts() const { return counts_; }

 private:
  // An object of one member, whose own members `members` writes.
  template <typename Members>
  Status line(std::string_view section, const Members& members);

  const Sink& sink_;
  std::string line_;
  TransferCounts counts_;
};

class ImportReader {
 public:
  using Source = std::function<Result<std::optional<std::string>>()>;
  // `source` must outlive the reader.
  explicit ImportReader(const Source& source) : source_(source) {}

  // The next record, or nullopt after a footer whose counts agree. Code::invalid names the line that is wrong,
  // Code::unsupported an export of a newer version, Code::too_large a record past base/limits.h.
  [[nodiscard]] Result<std::optional<TransferRecord>> next();

  [[nodiscard]] const TransferCounts& counts() const { return counts_; }

 private:
  [[nodiscard]] Status header();
  [[nodiscard]] Result<std::optional<TransferRecord>> record();
  [[nodiscard]] Status check_order(const TransferRecord& record);
  void count(const TransferRecord& record);

  const Source& source_;
  uint64_t line_number_ = 0;
  size_t section_ = 0;  // index of the alternative that came last
  bool begun_ = false;
  bool ended_ = false;
  TransferCounts counts_;
};

}  // namespace fairway::store
