#include "access/people/people.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json_writer.h"

namespace fairway::access {
namespace {

constexpr int kTriesMax = 5;  // of a change that somebody else was faster than

std::string person_key(std::string_view id) { return "person/" + std::string(id); }
std::string people_prefix(const PartyId& party) { return "people/" + party + "/"; }
std::string email_key(std::string_view email) { return "email/" + std::string(email); }
// Written with every change that takes a right to manage away, so that two of them cannot pass each other.
std::string managers_key(const PartyId& party) { return "managers/" + party; }

Result<std::optional<Person>> read(store::Snapshot& snapshot, std::string_view id) {
  const auto found = TRY(snapshot.state(person_key(id)));
  if (!found) return std::nullopt;
  Person person = TRY(person_from_json(id, found->value));
  person.version = found->version;
  return person;
}

Result<std::optional<Person>> read_by(store::Snapshot& snapshot, const std::string& key) {
  const auto id = TRY(snapshot.state(key));
  return id ? read(snapshot, id->value) : std::nullopt;
}

}  // namespace

store::NewEntry person_entry(const PartyId& party, const PersonId& id, std::string_view action, int64_t at_us) {
  store::NewEntry entry;
  entry.kind = EntryKind::person;
  entry.party = party;
  entry.received_us = at_us;
  JsonWriter(entry.body).begin_object().member("person", id).member("action", action).end_object();
  return entry;
}

std::string subject_key(std::string_view prefix, const Subject& subject) {
  const std::string length = std::to_string(subject.issuer.size());
  return std::string(prefix) + to_hex(sha256(length + ":" + subject.issuer + subject.subject));
}

Result<std::optional<Person>> People::person(const PersonId& id) {
  const auto snapshot = TRY(store_.snapshot());
  return read(*snapshot, id);
}

Result<std::optional<Person>> People::by_email(const std::string& folded) {
  const auto snapshot = TRY(store_.snapshot());
  return read_by(*snapshot, email_key(folded));
}

Result<std::optional<Person>> People::by_subject(const Subject& subject) {
  const auto snapshot = TRY(store_.snapshot());
  return read_by(*snapshot, subject_key("subject/", subject));
}

Result<PeoplePage> People::list(const PartyId& party, const std::string& after, size_t limit) {
  const std::string prefix = people_prefix(party);
  const auto snapshot = TRY(store_.snapshot());
  const auto page = TRY(snapshot->state_scan(prefix, after.empty() ? "" : prefix + after, limit + 1));
  PeoplePage out;
  for (const auto& [key, id] : page) {
    if (out.people.size() == limit) {
      out.next = out.people.back().email;
      break;
    }
    auto person = TRY(read(*snapshot, id.value));
    if (!person) return fail(Code::internal, "a listed person is not there", id.value);
    out.people.push_back(std::move(*person));
  }
  return out;
}

void People::prepare(const Person& person, store::Batch& batch) const {
  batch.state.push_back({person_key(person.id), to_json(person), 0});
  batch.state.push_back({people_prefix(person.party) + person.email, person.id, 0});
  batch.state.push_back({email_key(person.email), person.id, 0});
  for (const Subject& subject : person.subjects) batch.state.push_back({subject_key("subject/", subject), person.id, 0});
  batch.entries.push_back(person_entry(person.party, person.id, "joined", env_.now_us()));
}

Result<Person> People::change(const PersonId& id, const Change& change) {
  for (int tries = 1;; ++tries) {
    auto found = TRY(person(id));
    if (!found) return fail(Code::not_found, "no such person", legible(id));
    store::Batch batch;
    TRY_OK(change(*found, batch));
    batch.state.push_back({person_key(id), to_json(*found), found->version});
    const auto committed = store_.commit_and_wait(std::move(batch));
    if (committed) {
      ++found->version;
      return std::move(*found);
    }
    if (committed.error().code != Code::conflict || tries == kTriesMax) return std::unexpected(committed.error());
  }
}

Result<Person> People::set_terms(const PersonId& id, const Terms& terms, const Change& also) {
  return change(id, [&](Person& person, store::Batch& batch) -> Status {
    const Person before = person;
    if (terms.rights) person.rights = *terms.rights;
    if (terms.suspended) person.suspended = *terms.suspended;
    if (before.may_manage() && !person.may_manage()) {
      const auto snapshot = TRY(store_.snapshot());
      const auto guard = TRY(snapshot->state(managers_key(person.party)));
      if (!TRY(has_other_manager(person)))
        return fail(Code::conflict, "nobody would be left who may manage the organisation", {}, "give somebody else that right first");
      batch.state.push_back({managers_key(person.party), "", guard ? guard->version : 0});
    }
    const int64_t now_us = env_.now_us();
    if (person.rights != before.rights) batch.entries.push_back(person_entry(person.party, id, "rights changed", now_us));
    if (person.suspended != before.suspended)
      batch.entries.push_back(person_entry(person.party, id, person.suspended ? "suspended" : "active again", now_us));
    return also(person, batch);
  });
}

Result<bool> People::has_other_manager(const Person& person) {
  constexpr size_t kPage = 200;
  for (std::string after;;) {
    const PeoplePage page = TRY(list(person.party, after, kPage));
    if (std::ranges::any_of(page.people, [&](const Person& other) { return other.id != person.id && other.may_manage(); })) return true;
    if (page.next.empty()) return false;
    after = page.next;
  }
}

}  // namespace fairway::access
