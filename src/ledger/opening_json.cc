// An opening as JSON: written in one way, and read by writing it again.
#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "ledger/commitment.h"

namespace fairway::ledger {
namespace {

constexpr int64_t kVersion = 1;
constexpr size_t kPathBytesMax = 0xFFFF;  // its length is committed to in two bytes

std::unexpected<Error> not_an_opening(std::string detail) {
  return fail(Code::invalid, "not an opening", std::move(detail), "see docs/reference/ledger.md, Commitments");
}

Result<std::string> bytes_of(const json::object& object, std::string_view member) {
  const auto bytes = from_base64(text_of(object, member));
  if (!bytes || bytes->size() != kSaltBytes) return not_an_opening(std::string(member) + " is not 32 bytes in base64");
  return *bytes;
}

Result<OpenedField> field_from(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return not_an_opening("a field is not an object");
  OpenedField opened;
  if (object->contains("commitment")) {
    opened.commitment = TRY(hash_from(TRY(bytes_of(*object, "commitment"))));
    return opened;
  }
  opened.field = Field{std::string(text_of(*object, "path")), std::string(text_of(*object, "value"))};
  if (opened.field->path.size() > kPathBytesMax) return not_an_opening("a path is too long");
  opened.salt = TRY(bytes_of(*object, "salt"));
  return opened;
}

}  // namespace

std::string to_json(const Opening& opening) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("version", kVersion).member("entry", opening.entry).key("fields").begin_array();
  for (const OpenedField& opened : opening.fields) {
    writer.begin_object();
    if (opened.field) {
      writer.member("path", opened.field->path).member("value", opened.field->value).member("salt", to_base64(opened.salt));
    } else {
      writer.member("commitment", to_base64(view(opened.commitment)));
    }
    writer.end_object();
  }
  writer.end_array().end_object();
  return out;
}

Result<Opening> opening_from_json(std::string_view text) {
  if (text.size() > limits::kBundleBytesMax) return fail(Code::too_large, "an opening that is too large", std::to_string(text.size()));
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  const json::array* fields = object == nullptr ? nullptr : array_of(*object, "fields");
  if (fields == nullptr) return not_an_opening("no list of fields");
  if (integer_of(*object, "version") != kVersion) return fail(Code::unsupported, "an opening of another version");
  const auto entry = integer_of(*object, "entry");
  if (!entry || *entry < 1) return not_an_opening("entry is not the number of an entry");
  if (fields->empty() || fields->size() > limits::kLedgerFieldsMax) return not_an_opening("it has no field, or too many");
  Opening opening{static_cast<Position>(*entry), {}};
  opening.fields.reserve(fields->size());
  for (const json::value& field : *fields) opening.fields.push_back(TRY(field_from(field)));
  if (to_json(opening) != text) return not_an_opening("it is written in another way than its own: other members, their order, or blanks");
  return opening;
}

}  // namespace fairway::ledger
