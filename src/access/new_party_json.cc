#include "access/new_party_json.h"

#include "base/json_writer.h"

namespace fairway::access {

std::string to_json(const NewParty& party) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("name", party.name).member("role", name(party.role)).key("identifiers").begin_array();
  for (const PartyIdentifier& identifier : party.identifiers) writer.value(identifier.key());
  writer.end_array().end_object();
  return out;
}

Result<NewParty> new_party_from(const json::object& object) {
  NewParty party;
  party.name = text_of(object, "name");
  party.role = TRY(role_from(text_of(object, "role")));
  if (const json::array* identifiers = array_of(object, "identifiers"))
    for (const json::value& item : *identifiers)
      if (const json::string* key = item.if_string()) party.identifiers.push_back(TRY(parse_party_identifier({key->data(), key->size()})));
  return party;
}

}  // namespace fairway::access
