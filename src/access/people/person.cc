#include "access/people/person.h"

#include <algorithm>

#include "access/rights_json.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

void write_subjects(JsonWriter& writer, const std::vector<Subject>& subjects) {
  writer.key("subjects").begin_array();
  for (const Subject& one : subjects) writer.begin_object().member("issuer", one.issuer).member("subject", one.subject).end_object();
  writer.end_array();
}

void write_second_factor(JsonWriter& writer, const SecondFactor& factor) {
  writer.key("secondFactor").begin_object().optional_member("sealed", factor.sealed).optional_member("pending", factor.pending);
  writer.member("usedStep", factor.used_step).end_object();
}

std::vector<Subject> read_subjects(const json::object& object) {
  std::vector<Subject> subjects;
  if (const json::array* array = array_of(object, "subjects"))
    for (const json::value& item : *array)
      if (const json::object* one = item.if_object())
        subjects.push_back({std::string(text_of(*one, "issuer")), std::string(text_of(*one, "subject"))});
  return subjects;
}

SecondFactor read_second_factor(const json::object& object) {
  const json::object* factor = object_of(object, "secondFactor");
  if (factor == nullptr) return {};
  return {std::string(text_of(*factor, "sealed")), std::string(text_of(*factor, "pending")), integer_of(*factor, "usedStep").value_or(0)};
}

}  // namespace

bool Person::holds(const KeyRecord& key) const {
  return key.holder.person == id && key.holder.generation == generation && key.party == party && !suspended;
}

std::string second_factor_purpose(const PersonId& id) { return "second factor of " + id; }

std::string to_json(const Person& person) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("party", person.party).member("email", person.email).member("name", person.name);
  write_rights(writer, "rights", person.rights);
  writer.member("suspended", person.suspended).optional_member("password", person.password_hash);
  write_second_factor(writer, person.second_factor);
  write_subjects(writer, person.subjects);
  writer.member("generation", person.generation).member("created", person.created_us).member("lastSignIn", person.last_sign_in_us);
  writer.end_object();
  return out;
}

Result<Person> person_from_json(std::string_view id, std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "a person is not a JSON object", std::string(id));
  Person person;
  person.id = id;
  person.party = text_of(*object, "party");
  person.email = text_of(*object, "email");
  person.name = text_of(*object, "name");
  person.rights = TRY(rights_of(*object, "rights"));
  person.suspended = truth_of(*object, "suspended").value_or(true);
  person.password_hash = text_of(*object, "password");
  person.second_factor = read_second_factor(*object);
  person.subjects = read_subjects(*object);
  person.generation = static_cast<uint64_t>(integer_of(*object, "generation").value_or(1));
  person.created_us = integer_of(*object, "created").value_or(0);
  person.last_sign_in_us = integer_of(*object, "lastSignIn").value_or(0);
  return person;
}

std::string describe_self(const Person& person) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", person.id).member("email", person.email).member("name", person.name);
  write_rights(writer, "rights", person.rights);
  writer.member("secondFactor", person.has_second_factor()).key("ways").begin_array();
  if (!person.password_hash.empty()) writer.value("password");
  if (!person.subjects.empty()) writer.value("oidc");
  writer.end_array().end_object();
  return out;
}

std::string describe(const Person& person) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", person.id).member("email", person.email).member("name", person.name);
  write_rights(writer, "rights", person.rights);
  writer.member("status", person.suspended ? "suspended" : "active").member("secondFactor", person.has_second_factor());
  if (person.last_sign_in_us != 0) writer.member("lastSignIn", to_rfc3339_utc(person.last_sign_in_us));
  writer.end_object();
  return out;
}

Result<std::string> fold_email(std::string_view email) {
  std::string folded = to_lower(trim(email));
  const size_t at = folded.find('@');
  const bool has_blanks = std::ranges::any_of(folded, [](char byte) { return static_cast<unsigned char>(byte) <= ' ' || byte == 0x7f; });
  if (at == 0 || at == std::string::npos || at + 1 == folded.size() || folded.find('@', at + 1) != std::string::npos || has_blanks ||
      folded.size() > limits::kEmailBytesMax || !is_valid_utf8(folded))
    return fail(Code::invalid, "not an e-mail address", legible(email), "for example anna@line.example");
  return folded;
}

Result<std::string> check_name(std::string_view name) {
  const std::string_view kept = trim(name);
  if (kept.empty() || kept.size() > limits::kPersonNameBytesMax || !is_valid_utf8(kept))
    return fail(Code::invalid, "a person needs a name", {}, "1 to " + std::to_string(limits::kPersonNameBytesMax) + " bytes of UTF-8");
  return std::string(kept);
}

}  // namespace fairway::access
