#include "filing/lodge/letter.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"

namespace fairway::filing {

std::string outbox_prefix(std::string_view channel) { return "outbox/" + std::string(channel) + "/"; }
std::string outbox_key(std::string_view channel, std::string_view letter) { return outbox_prefix(channel) + std::string(letter); }

std::string to_json(const Letter& letter) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("id", letter.id).member("filing", letter.filing).member("kind", name(letter.kind));
  json.member("format", letter.format).member("contentType", letter.content_type).optional_member("number", letter.number);
  json.member("form", letter.form).member("ordered", letter.ordered_us);
  if (is_valid_utf8(letter.body))
    json.member("body", letter.body);
  else
    json.member("bodyBase64", to_base64(letter.body));
  json.end_object();
  return out;
}

Result<Letter> letter_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a letter is a JSON object");
  Letter letter;
  letter.id = text_of(*object, "id");
  letter.filing = text_of(*object, "filing");
  letter.kind = TRY(kind_from(text_of(*object, "kind")));
  letter.format = text_of(*object, "format");
  letter.content_type = text_of(*object, "contentType");
  letter.number = text_of(*object, "number");
  letter.form = text_of(*object, "form");
  letter.ordered_us = integer_of(*object, "ordered").value_or(0);
  if (const std::string_view encoded = text_of(*object, "bodyBase64"); !encoded.empty())
    letter.body = TRY(from_base64(encoded));
  else
    letter.body = text_of(*object, "body");
  if (letter.id.empty() || letter.filing.empty()) return fail(Code::invalid, "a letter has an id and the filing that it is of");
  return letter;
}

}  // namespace fairway::filing
