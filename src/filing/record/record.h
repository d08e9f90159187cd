// Record: the one canonical data set of a consignment, out of which every filing is filled. Each field carries where it comes from, who
// gave it, when, how sure that is, and who confirmed it. A change makes a new version; the versions are kept (life/).
//
// Value type; any thread. The schema that it was made with outlives it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "filing/record/schema.h"
#include "model/party.h"

namespace fairway::filing {

enum class SourceKind : uint8_t {
  typed,      // by a person, field by field: what the re-key rate counts
  sheet,      // a CSV or XLSX file
  message,    // a message that came in for other reasons: booking, manifest, air waybill, invoice
  event,      // what happened: arrival, voyage, vehicle
  register_,  // the party register
  derived,    // worked out from other fields
  suggested,  // by a machine, for a person to confirm
};
[[nodiscard]] std::string_view name(SourceKind kind);
[[nodiscard]] Result<SourceKind> source_kind_from(std::string_view name);

// Where a field comes from. Shared by the fields that came together.
struct Source {
  SourceKind kind = SourceKind::typed;
  std::string document;      // "IFTMBC 4711 segment 12", "entry 812", "sheet.xlsx row 3"; "" for what was typed
  PartyId party;             // who gave it
  std::string person;        // "usr_…" where somebody typed it
  int64_t at_us = 0;         // when
  uint8_t confidence = 100;  // per cent; below kConfident nothing is pre-ticked
};
using SourcePtr = std::shared_ptr<const Source>;
inline constexpr uint8_t kConfident = 90;

struct Confirmation {
  std::string person;  // "usr_…"
  int64_t at_us = 0;
};

struct Field {
  std::string value;  // normalised; "" is absent
  SourcePtr source;
  std::shared_ptr<const Confirmation> confirmed;  // null: by nobody
  [[nodiscard]] bool present() const { return !value.empty(); }
};

// A value that did not get into its field, or was driven out of it: it stays beside the field until somebody confirms or changes that.
struct Aside {
  Path path;
  std::string value;
  SourcePtr source;
};

class Record {
 public:
  explicit Record(const Schema& schema);

  [[nodiscard]] const Schema& schema() const { return *schema_; }
  [[nodiscard]] size_t rows(Group group) const;  // 1 for the consignment
  // The field, absent where there is none; the row need not exist.
  [[nodiscard]] const Field& field(Path path) const;
  [[nodiscard]] const std::string& value(ItemRef item, uint32_t row = 0) const { return field({item, row}).value; }

  // Rows up to the path's are made; rows at the end without any value go. `value` is normalised already (Schema::normalise) or "". Where it
  // is another value, who confirmed the old one and what stood beside it go. Code::too_large past kRecordRowsMax.
  Status put(Path path, std::string value, SourcePtr source);
  void confirm(Path path, std::shared_ptr<const Confirmation> confirmation);
  // Takes the row out; those behind it move up.
  void erase_row(Group group, uint32_t row);

  // Puts a value beside its field; one that is there already, or stands in the field, does nothing. Of more than kAsidesMax the oldest go.
  void set_aside(Path path, std::string value, SourcePtr source);
  [[nodiscard]] std::span<const Aside> asides() const { return asides_; }

  // Typed fields of all fields that are present.
  struct Typing {
    size_t typed = 0, total = 0;
    [[nodiscard]] double rate() const { return total == 0 ? 0 : static_cast<double>(typed) / static_cast<double>(total); }
  };
  [[nodiscard]] Typing typing() const;

 private:
  using Row = std::vector<Field>;  // by ItemId; empty for a row without any value
  void trim_rows(Group group);
  void forget_asides(Path path);
  const Schema* schema_;
  std::vector<Row> rows_[kGroups];
  std::vector<Aside> asides_;
};

inline constexpr size_t kRecordRowsMax = 2'000;      // goods lines, containers, … of one consignment, each
inline constexpr size_t kAsidesMax = 200;            // values beside the fields of one record
inline constexpr size_t kRecordBytesMax = 8u << 20;  // of one record as JSON

// What has another value, as paths, ascending by group, row and item.
[[nodiscard]] std::vector<Path> changes(const Record& before, const Record& after);

// {"fields":{"consignor.name":{"value","source":N,"confirmed":{"person","at"}},…},"sources":[{"kind","document","party","person","at",
// "confidence"},…],"beside":[{"path","value","source":N},…]}; docs/reference/filing.md. Reads back to an equal record. A field may be its
// value alone: then somebody typed it. Code::invalid names the path, Code::too_large past kRecordBytesMax.
[[nodiscard]] std::string to_json(const Record& record);
[[nodiscard]] Result<Record> record_from_json(const Schema& schema, std::string_view text);

// Puts {"path":"value" or null,…} (one JSON object) into the record, all or nothing: "" and null take a field out.
[[nodiscard]] Status put_fields(Record& record, std::string_view json, const SourcePtr& source);

}  // namespace fairway::filing
