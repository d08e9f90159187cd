// Records as JSON, and what is put into them: docs/reference/filing.md, "The record".
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <unordered_map>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "filing/record/json_value.h"
#include "filing/record/record.h"

namespace fairway::filing {
namespace {

constexpr size_t kSourcesMax = 20'000;
constexpr size_t kSourceTextBytesMax = limits::kIdentifierBytesMax;

std::unexpected<Error> wrong_shape(std::string_view path, std::string expected) {
  return fail(Code::invalid, "a record of the wrong shape", legible(path), std::move(expected));
}

// "goods[2].hs: not a number: abc".
std::unexpected<Error> at_path(std::string_view path, Error error) {
  error.detail = legible(path) + (error.detail.empty() ? "" : ": " + error.detail);
  return std::unexpected(std::move(error));
}

struct Incoming {
  Path path;
  std::string value;
};

Result<Incoming> incoming(const Schema& schema, std::string_view path, const json::value& value) {
  Incoming read{TRY(schema.parse_path(path)), {}};
  auto normal = schema.normalise(read.path.item, TRY(text_of_value(value, path)));
  if (!normal) return at_path(path, std::move(normal).error());
  read.value = std::move(*normal);
  return read;
}

Result<json::value> parse_bounded(std::string_view text, json::storage_ptr storage) {
  if (text.size() > kRecordBytesMax)
    return fail(Code::too_large, "a record is too large", std::to_string(text.size()) + " bytes",
                "at most " + std::to_string(kRecordBytesMax >> 20) + " MiB: make several consignments of it");
  return parse_json(text, std::move(storage), 6);
}

// Sources in the order in which fields name them first.
class SourceList {
 public:
  size_t number(const SourcePtr& source) {
    if (source.get() == last_) return last_number_;
    last_ = source.get();
    last_number_ = numbers_.emplace(last_, sources_.size()).first->second;
    if (last_number_ == sources_.size()) sources_.push_back(last_);
    return last_number_;
  }
  [[nodiscard]] const std::vector<const Source*>& all() const { return sources_; }

 private:
  const Source* last_ = nullptr;
  size_t last_number_ = 0;
  std::unordered_map<const Source*, size_t> numbers_;
  std::vector<const Source*> sources_;
};

void write_field(JsonWriter& writer, const std::string& path, const Field& field, SourceList& sources) {
  writer.key(path).begin_object().member("value", field.value);
  if (field.source != nullptr) writer.member("source", sources.number(field.source));
  if (field.confirmed != nullptr)
    writer.key("confirmed")
        .begin_object()
        .member("person", field.confirmed->person)
        .member("at", to_rfc3339_utc(field.confirmed->at_us))
        .end_object();
  writer.end_object();
}

void write_source(JsonWriter& writer, const Source& source) {
  writer.begin_object()
      .member("kind", name(source.kind))
      .optional_member("document", source.document)
      .optional_member("party", source.party)
      .optional_member("person", source.person)
      .member("at", to_rfc3339_utc(source.at_us))
      .member("confidence", static_cast<int>(source.confidence))
      .end_object();
}

Result<int64_t> moment_of(const json::object& object, std::string_view path) {
  const std::string_view text = text_of(object, "at");
  if (text.empty()) return 0;
  auto at = parse_rfc3339(text);
  if (!at) return at_path(path, std::move(at).error());
  return at->micros;
}

Result<SourcePtr> read_source(const json::value& value, const std::string& path) {
  const json::object* object = value.if_object();
  if (object == nullptr) return wrong_shape(path, "a source is an object");
  auto source = std::make_shared<Source>();
  auto kind = source_kind_from(text_of(*object, "kind"));
  if (!kind) return at_path(path, std::move(kind).error());
  source->kind = *kind;
  source->document = text_of(*object, "document");
  source->party = text_of(*object, "party");
  source->person = text_of(*object, "person");
  if (std::max({source->document.size(), source->party.size(), source->person.size()}) > kSourceTextBytesMax)
    return fail(Code::too_large, "a source is named at too great a length", path,
                "at most " + std::to_string(kSourceTextBytesMax) + " bytes");
  source->at_us = TRY(moment_of(*object, path));
  const int64_t confidence = integer_of(*object, "confidence").value_or(100);
  if (confidence < 0 || confidence > 100) return wrong_shape(path, "confidence is from 0 to 100");
  source->confidence = static_cast<uint8_t>(confidence);
  return source;
}

Result<std::vector<SourcePtr>> read_sources(const json::object& record) {
  std::vector<SourcePtr> sources;
  const json::array* list = array_of(record, "sources");
  if (list == nullptr) return sources;
  if (list->size() > kSourcesMax)
    return fail(Code::too_large, "a record has too many sources", "", "at most " + std::to_string(kSourcesMax));
  sources.reserve(list->size());
  for (const json::value& item : *list) sources.push_back(TRY(read_source(item, "sources[" + std::to_string(sources.size()) + "]")));
  return sources;
}

// Confirmations of one person at one moment are shared, as they were given.
using Confirmations = std::map<std::pair<std::string, int64_t>, std::shared_ptr<const Confirmation>>;

Result<std::shared_ptr<const Confirmation>> read_confirmation(const json::object& field, std::string_view path, Confirmations& known) {
  const json::object* object = object_of(field, "confirmed");
  if (object == nullptr) return nullptr;
  Confirmation read{std::string(text_of(*object, "person")), TRY(moment_of(*object, path))};
  if (read.person.empty() || read.person.size() > kSourceTextBytesMax) return wrong_shape(path, "who confirmed is named by an id");
  auto& shared = known[{read.person, read.at_us}];
  if (shared == nullptr) shared = std::make_shared<const Confirmation>(std::move(read));
  return shared;
}

// The source that the object's member "source" names by its number; null where it names none.
Result<SourcePtr> source_at(const json::object& object, std::string_view path, const std::vector<SourcePtr>& sources) {
  if (!object.contains("source")) return nullptr;
  const int64_t number = integer_of(object, "source").value_or(-1);
  if (number < 0 || static_cast<size_t>(number) >= sources.size())
    return wrong_shape(path, "source is the place of one in \"sources\", from 0");
  return sources[static_cast<size_t>(number)];
}

Status read_asides(Record& record, const json::object& object, const std::vector<SourcePtr>& sources) {
  const json::array* list = array_of(object, "beside");
  if (list == nullptr) return {};
  if (list->size() > kAsidesMax)
    return fail(Code::too_large, "too many values beside the fields", "", "at most " + std::to_string(kAsidesMax));
  for (const json::value& item : *list) {
    const json::object* aside = item.if_object();
    const json::value* value = aside != nullptr ? aside->if_contains("value") : nullptr;
    if (value == nullptr) return wrong_shape("beside", "a value beside a field is {\"path\",\"value\",\"source\"}");
    const std::string_view path = text_of(*aside, "path");
    Incoming read = TRY(incoming(record.schema(), path, *value));
    record.set_aside(read.path, std::move(read.value), TRY(source_at(*aside, path, sources)));
  }
  return {};
}

Status read_field(Record& record, std::string_view path, const json::value& value, const std::vector<SourcePtr>& sources,
                  const SourcePtr& typed, Confirmations& confirmations) {
  const json::object* object = value.if_object();
  const json::value* inner = object != nullptr ? object->if_contains("value") : &value;
  if (inner == nullptr) return wrong_shape(path, "a field is {\"value\",\"source\",\"confirmed\"}, or its value alone");
  Incoming read = TRY(incoming(record.schema(), path, *inner));
  if (read.value.empty()) return {};
  SourcePtr source = object == nullptr ? typed : TRY(source_at(*object, path, sources));
  TRY_OK(record.put(read.path, std::move(read.value), std::move(source)));
  if (object != nullptr) record.confirm(read.path, TRY(read_confirmation(*object, path, confirmations)));
  return {};
}

}  // namespace

Result<std::string> text_of_value(const json::value& value, std::string_view path) {
  if (const json::string* text = value.if_string()) return std::string(text->data(), text->size());
  if (value.is_null()) return std::string();
  if (const bool* truth = value.if_bool()) return std::string(*truth ? "yes" : "no");
  if (const int64_t* number = value.if_int64()) return std::to_string(*number);
  if (const uint64_t* number = value.if_uint64()) return std::to_string(*number);
  if (const double* number = value.if_double(); number != nullptr && std::isfinite(*number)) return fmt::format("{}", *number);
  return fail(Code::invalid, "a value of the wrong kind", legible(path), "text, a number, true, false or null");
}

std::string to_json(const Record& record) {
  std::string out;
  JsonWriter writer(out);
  SourceList sources;
  writer.begin_object().key("fields").begin_object();
  for (size_t g = 0; g < kGroups; ++g) {
    const auto group = static_cast<Group>(g);
    for (uint32_t row = 0; row < record.rows(group); ++row)
      for (const Item& item : record.schema().items(group)) {
        const Path path{{group, item.id}, row};
        if (const Field& field = record.field(path); field.present()) write_field(writer, record.schema().text(path), field, sources);
      }
  }
  writer.end_object();
  if (!record.asides().empty()) {
    writer.key("beside").begin_array();
    for (const Aside& aside : record.asides()) {
      writer.begin_object().member("path", record.schema().text(aside.path)).member("value", aside.value);
      if (aside.source != nullptr) writer.member("source", sources.number(aside.source));
      writer.end_object();
    }
    writer.end_array();
  }
  writer.key("sources").begin_array();
  for (const Source* source : sources.all()) write_source(writer, *source);
  writer.end_array().end_object();
  return out;
}

Result<Record> record_from_json(const Schema& schema, std::string_view text) {
  json::monotonic_resource memory;
  const json::value parsed = TRY(parse_bounded(text, &memory));
  const json::object* object = parsed.if_object();
  const json::object* fields = object != nullptr ? object_of(*object, "fields") : nullptr;
  if (fields == nullptr) return wrong_shape("", "a record is {\"fields\":{\"consignor.name\":…},\"sources\":[…]}");
  const std::vector<SourcePtr> sources = TRY(read_sources(*object));
  const SourcePtr typed = std::make_shared<const Source>();
  Record record(schema);
  Confirmations confirmations;
  for (const auto& [path, value] : *fields) TRY_OK(read_field(record, path, value, sources, typed, confirmations));
  TRY_OK(read_asides(record, *object, sources));
  return record;
}

Status put_fields(Record& record, std::string_view text, const SourcePtr& source) {
  json::monotonic_resource memory;
  const json::value parsed = TRY(parse_bounded(text, &memory));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return wrong_shape("", "fields are {\"consignor.name\":…,\"goods[1].hs\":…}");
  std::vector<Incoming> all;
  all.reserve(object->size());
  for (const auto& [path, value] : *object) all.push_back(TRY(incoming(record.schema(), path, value)));
  for (Incoming& one : all) TRY_OK(record.put(one.path, std::move(one.value), source));  // a path that was read has a row that can be
  return {};
}

}  // namespace fairway::filing
