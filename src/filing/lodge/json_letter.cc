#include "filing/lodge/json_letter.h"

#include "base/bytes.h"
#include "base/json_writer.h"

namespace fairway::filing {

Result<std::string> json_letter(const Draft& draft, const LetterHead& head) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("lodgement", head.id).member("filing", head.filing).member("kind", name(head.kind));
  json.member("form", draft.key.text()).member("day", draft.day).member("sender", head.sender);
  json.optional_member("number", head.number).optional_member("reason", head.reason);
  json.key("fields").begin_object();
  for (const FilledField& field : draft.fields) {
    if (!is_valid_utf8(field.value)) return fail(Code::invalid, "the field is not UTF-8", field.name);
    if (!field.value.empty()) json.member(field.name, field.value);
  }
  json.end_object().end_object();
  return out;
}

}  // namespace fairway::filing
