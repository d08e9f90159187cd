#include "store/transfer.h"

#include <array>
#include <limits>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::store {
namespace {

constexpr std::string_view kFormat = "fairway-export";
constexpr std::string_view kBase64Suffix = "_base64";

// The member that names each sort of line, in the order of TransferRecord's alternatives and of the sections.
constexpr std::array<std::string_view, 4> kSections = {"entry", "term", "state", "identity"};
static_assert(kSections.size() == std::variant_size_v<TransferRecord>);

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};

// Bytes as a JSON string where they are UTF-8, else as base64 in a member of another name: either reads back byte for byte.
void write_bytes(JsonWriter& writer, std::string_view name, std::string_view bytes) {
  if (is_valid_utf8(bytes)) {
    writer.member(name, bytes);
  } else {
    writer.member(std::string(name).append(kBase64Suffix), std::string_view(to_base64(bytes)));
  }
}

Result<std::string> read_bytes(const json::object& object, std::string_view name, size_t bytes_max) {
  std::string bytes;
  if (const json::value* text = object.if_contains(name); text != nullptr && text->is_string()) {
    bytes.assign(text->get_string().data(), text->get_string().size());
  } else {
    const json::value* base64 = object.if_contains(std::string(name).append(kBase64Suffix));
    if (base64 == nullptr || !base64->is_string()) return fail(Code::invalid, "a member is missing", std::string(name));
    bytes = TRY(from_base64({base64->get_string().data(), base64->get_string().size()}));
  }
  if (bytes.size() > bytes_max)
    return fail(Code::too_large, "a member is too large for the store",
                std::string(name) + ": " + std::to_string(bytes.size()) + " bytes, at most " + std::to_string(bytes_max));
  return bytes;
}

Result<std::string> read_key(const json::object& object, std::string_view name, size_t bytes_max) {
  std::string key = TRY(read_bytes(object, name, bytes_max));
  if (key.empty()) return fail(Code::invalid, "a key is empty", std::string(name));
  return key;
}

Result<uint64_t> read_number(const json::object& object, std::string_view name, uint64_t least) {
  const std::optional<int64_t> number = integer_of(object, name);
  if (!number.has_value() || *number < 0 || static_cast<uint64_t>(*number) < least)
    return fail(Code::invalid, "a member is missing or out of range", std::string(name));
  return static_cast<uint64_t>(*number);
}

Result<TransferRecord> read_entry(const json::object& object) {
  Entry entry;
  entry.position = TRY(read_number(object, "position", 1));
  entry.kind = TRY(entry_kind_from(text_of(object, "kind")));
  entry.party = TRY(read_bytes(object, "party", limits::kIdentifierBytesMax));
  const std::optional<int64_t> received_us = integer_of(object, "received_us");
  if (!received_us.has_value()) return fail(Code::invalid, "a member is missing or out of range", "received_us");
  entry.received_us = *received_us;
  entry.body = TRY(read_bytes(object, "body", limits::kEntryBodyBytesMax));
  return entry;
}

Result<TransferRecord> read_term(const json::object& object) {
  TermRecord term;
  term.key = TRY(read_key(object, "key", limits::kTermKeyBytesMax));
  term.position = TRY(read_number(object, "position", 1));
  term.value = TRY(read_bytes(object, "value", limits::kTermValueBytesMax));
  return term;
}

Result<TransferRecord> read_state(const json::object& object) {
  StateRecord state;
  state.key = TRY(read_key(object, "key", limits::kStateKeyBytesMax));
  state.value.version = TRY(read_number(object, "version", 1));
  state.value.value = TRY(read_bytes(object, "value", limits::kStateValueBytesMax));
  return state;
}

Result<TransferRecord> read_identity(const json::object& object) {
  IdentityRecord identity;
  identity.identity = TRY(read_key(object, "identity", limits::kIdentityBytesMax));
  identity.position = TRY(read_number(object, "position", 1));
  identity.digest = TRY(read_bytes(object, "digest", limits::kIdentityDigestBytesMax));
  return identity;
}

constexpr std::array<Result<TransferRecord> (*)(const json::object&), 4> kReaders = {read_entry, read_term, read_state, read_identity};

Result<TransferCounts> read_footer(const json::object& object) {
  TransferCounts counts;
  counts.entries = TRY(read_number(object, "entries", 0));
  counts.terms = TRY(read_number(object, "terms", 0));
  counts.states = TRY(read_number(object, "states", 0));
  counts.identities = TRY(read_number(object, "identities", 0));
  return counts;
}

Error at_line(Error error, uint64_t line_number) {
  error.detail = "line " + std::to_string(line_number) + (error.detail.empty() ? "" : ": " + error.detail);
  return error;
}

}  // namespace

Status ExportWriter::begin() {
  line_.clear();
  JsonWriter(line_).begin_object().member("format", kFormat).member("version", kExportVersion).end_object();
  return sink_(line_);
}

template <typename Members>
Status ExportWriter::line(std::string_view section, const Members& members) {
  line_.clear();
  JsonWriter writer(line_);
  writer.begin_object().key(section).begin_object();
  members(writer);
  writer.end_object().end_object();
  return sink_(line_);
}

Status ExportWriter::entry(const Entry& entry) {
  ++counts_.entries;
  return line(kSections[0], [&](JsonWriter& writer) {
    writer.member("position", entry.position).member("kind", name(entry.kind));
    write_bytes(writer, "party", entry.party);
    writer.member("received_us", entry.received_us);
    write_bytes(writer, "body", entry.body);
  });
}

Status ExportWriter::term(std::string_view key, Position position, std::string_view value) {
  ++counts_.terms;
  return line(kSections[1], [&](JsonWriter& writer) {
    write_bytes(writer, "key", key);
    writer.member("position", position);
    write_bytes(writer, "value", value);
  });
}

Status ExportWriter::state(std::string_view key, uint64_t version, std::string_view value) {
  ++counts_.states;
  return line(kSections[2], [&](JsonWriter& writer) {
    write_bytes(writer, "key", key);
    writer.member("version", version);
    write_bytes(writer, "value", value);
  });
}

Status ExportWriter::identity(std::string_view identity, Position position, std::string_view digest) {
  ++counts_.identities;
  return line(kSections[3], [&](JsonWriter& writer) {
    write_bytes(writer, "identity", identity);
    writer.member("position", position);
    write_bytes(writer, "digest", digest);
  });
}

Status ExportWriter::end() {
  return line("end", [&](JsonWriter& writer) {
    writer.member("entries", counts_.entries).member("terms", counts_.terms);
    writer.member("states", counts_.states).member("identities", counts_.identities);
  });
}

Status ImportReader::header() {
  const std::optional<std::string> line = TRY(source_());
  ++line_number_;
  const auto not_an_export = [](std::string detail) {
    return fail(Code::invalid, "not an export of Fairway", std::move(detail), "import what `fairway export` wrote, from its first line on");
  };
  if (!line.has_value()) return not_an_export("there is no line at all");
  const Result<json::value> value = parse_json(*line);
  if (!value.has_value() || !value->is_object()) return not_an_export("the first line is no JSON object");
  const json::object& object = value->get_object();
  const std::optional<int64_t> version = integer_of(object, "version");
  if (text_of(object, "format") != kFormat || !version.has_value()) return not_an_export("the first line names no format and version");
  if (*version != kExportVersion)
    return fail(Code::unsupported,
                "the export has version " + std::to_string(*version) + ", this Fairway reads version " + std::to_string(kExportVersion), {},
                "import it with the Fairway that wrote it, or a newer one");
  begun_ = true;
  return {};
}

Result<std::optional<TransferRecord>> ImportReader::next() {
  if (!begun_) TRY_OK(header());
  if (ended_) return std::nullopt;
  Result<std::optional<TransferRecord>> found = record();
  if (!found.has_value()) return std::unexpected(at_line(std::move(found).error(), line_number_));
  return found;
}

Result<std::optional<TransferRecord>> ImportReader::record() {
  const std::optional<std::string> line = TRY(source_());
  ++line_number_;
  if (!line.has_value()) return fail(Code::invalid, "the export ends without its last line", "it was cut off", "export again");
  if (line->size() > limits::kExportLineBytesMax)
    return fail(Code::too_large, "the line is too long", std::to_string(line->size()) + " bytes");
  const json::value value = TRY(parse_json(*line));
  if (!value.is_object()) return fail(Code::invalid, "not a JSON object");
  const json::object& object = value.get_object();
  if (const json::object* footer = object_of(object, "end")) {
    if (TRY(read_footer(*footer)) != counts_)
      return fail(Code::invalid, "the export's last line counts other records than came before it", "lines were lost", "export again");
    ended_ = true;
    if (TRY(source_()).has_value()) return fail(Code::invalid, "something follows the export's last line");
    return std::nullopt;
  }
  for (size_t section = 0; section < kSections.size(); ++section) {
    const json::object* body = object_of(object, kSections[section]);
    if (body == nullptr) continue;
    TransferRecord read = TRY(kReaders[section](*body));
    TRY_OK(check_order(read));
    count(read);
    return read;
  }
  return fail(Code::invalid, "the line is no entry, term, state or identity");
}

Status ImportReader::check_order(const TransferRecord& record) {
  if (record.index() < section_)
    return fail(Code::invalid, "lines are out of order",
                std::string(kSections[record.index()]) + " after " + std::string(kSections[section_]));
  section_ = record.index();
  if (const auto* entry = std::get_if<Entry>(&record); entry != nullptr && entry->position != counts_.entries + 1)
    return fail(Code::invalid, "entries are not without a gap",
                "position " + std::to_string(entry->position) + " where " + std::to_string(counts_.entries + 1) + " was due");
  Position named = 0;
  if (const auto* term = std::get_if<TermRecord>(&record)) named = term->position;
  if (const auto* identity = std::get_if<IdentityRecord>(&record)) named = identity->position;
  if (named > counts_.entries) return fail(Code::invalid, "there is no entry at the position", std::to_string(named));
  return {};
}

void ImportReader::count(const TransferRecord& record) {
  std::visit(Overloaded{[&](const Entry&) { ++counts_.entries; }, [&](const TermRecord&) { ++counts_.terms; },
                        [&](const StateRecord&) { ++counts_.states; }, [&](const IdentityRecord&) { ++counts_.identities; }},
             record);
}

}  // namespace fairway::store
