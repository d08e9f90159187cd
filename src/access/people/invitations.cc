#include "access/people/invitations.h"

#include <sodium.h>

#include <algorithm>

#include "access/hasher.h"
#include "access/people/invitation_json.h"
#include "access/people/password.h"
#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr int64_t kDayUs = 86'400'000'000;
constexpr size_t kIdCharacters = 12;
constexpr size_t kPersonIdCharacters = 16;
constexpr size_t kSecretCharacters = 32;  // 160 bits
constexpr std::string_view kPrefix = "inv_";

std::string invitation_key(std::string_view id) { return "invitation/" + std::string(id); }
std::string list_prefix(const PartyId& owner) { return "invitations/" + owner + "/"; }

// The time counted down, so that the latest is listed first.
std::string list_place(const Invitation& invitation) {
  std::string place;
  append_u64(place, ~static_cast<uint64_t>(invitation.created_us));
  return to_hex(place) + "-" + invitation.id;
}

std::unexpected<Error> not_open() {
  return fail(Code::not_found, "this invitation is not open", {}, "it works once and for a few days; ask for another one");
}

// The id in "inv_ID_SECRET", or "".
std::string_view id_of(std::string_view token) {
  if (token.size() != kPrefix.size() + kIdCharacters + 1 + kSecretCharacters || !token.starts_with(kPrefix)) return {};
  return token.substr(kPrefix.size(), kIdCharacters);
}

Result<std::optional<Invitation>> read(store::Snapshot& snapshot, std::string_view id) {
  const auto found = TRY(snapshot.state(invitation_key(id)));
  if (!found) return std::nullopt;
  Invitation invitation = TRY(invitation_from_json(id, found->value));
  invitation.version = found->version;
  return invitation;
}

store::StateWrite write(Invitation invitation, Invitation::Status status) {
  invitation.status = status;
  return {invitation_key(invitation.id), to_json(invitation), invitation.version};
}

Result<std::string> password_hash(const Acceptance& acceptance, const std::string& email) {
  TRY_OK(check_password(acceptance.password, email));
  return Hasher::hash(acceptance.password);
}

// What the person says, else what the invitation says; a provider may say nothing, and then the address has to do.
Result<std::string> name_of(const Invitation& invitation, const Acceptance& acceptance) {
  std::string_view name = trim(acceptance.name);
  if (name.empty()) name = invitation.wish.name;
  if (name.empty() && acceptance.subject) return invitation.wish.email;
  return check_name(name);
}

}  // namespace

Result<IssuedInvitation> Invitations::invite(const PartyId& owner, InvitationWish wish) {
  const int64_t now_us = env_.now_us();
  wish.email = TRY(fold_email(wish.email));
  if (!wish.name.empty()) wish.name = TRY(check_name(wish.name));
  if (wish.expires_us == 0) wish.expires_us = now_us + kInvitationDaysDefault * kDayUs;
  if (wish.expires_us <= now_us || wish.expires_us > now_us + kInvitationDaysMax * kDayUs)
    return fail(Code::invalid, "not an end for an invitation", {}, "a time within " + std::to_string(kInvitationDaysMax) + " days");
  if (wish.founded) {
    store::Batch unused;
    TRY(registry_.prepare_party(*wish.founded, unused));
  } else {
    TRY(registry_.party(wish.party));
    const auto known = TRY(people_.by_email(wish.email));
    if (known && known->party == wish.party) return fail(Code::conflict, "this address has an account already", wish.email);
  }
  TRY_OK(check_room(owner));
  Invitation invitation;
  invitation.owner = owner;
  invitation.wish = std::move(wish);
  invitation.person = "usr_" + random_id(env_, kPersonIdCharacters);
  return issue(std::move(invitation));
}

Status Invitations::check_room(const PartyId& owner) {
  const InvitationPage latest = TRY(list(owner, {}, limits::kInvitationsPerPartyMax));
  const int64_t now_us = env_.now_us();
  const auto open = std::ranges::count_if(latest.invitations, [&](const Invitation& one) { return one.is_open(now_us); });
  if (static_cast<size_t>(open) >= limits::kInvitationsPerPartyMax)
    return fail(Code::too_large, "too many invitations are open", std::to_string(open), "withdraw those that nobody will accept");
  return {};
}

Result<IssuedInvitation> Invitations::reset(const std::string& folded_email) {
  const auto person = TRY(people_.by_email(folded_email));
  if (!person) return fail(Code::not_found, "no account has this address", folded_email);
  if (person->suspended) return fail(Code::conflict, "the account is suspended", folded_email);
  Invitation invitation;
  invitation.kind = Invitation::Kind::reset;
  invitation.owner = person->party;
  invitation.wish = {person->party, {}, person->email, person->name, person->rights, env_.now_us() + kDayUs};
  invitation.person = person->id;
  return issue(std::move(invitation));
}

Result<IssuedInvitation> Invitations::issue(Invitation invitation) {
  invitation.created_us = env_.now_us();
  invitation.id = random_id(env_, kIdCharacters);
  const std::string token = std::string(kPrefix) + invitation.id + "_" + random_id(env_, kSecretCharacters);
  invitation.digest = to_hex(sha256(token));
  const bool is_reset = invitation.kind == Invitation::Kind::reset;
  store::Batch batch;
  batch.state.push_back(write(invitation, Invitation::Status::open));
  batch.state.push_back({list_prefix(invitation.owner) + list_place(invitation), invitation.id, 0});
  batch.entries.push_back(person_entry(invitation.owner, invitation.person, is_reset ? "reset" : "invited", invitation.created_us));
  TRY(store_.commit_and_wait(std::move(batch)));
  invitation.version = 1;
  return IssuedInvitation{std::move(invitation), token};
}

Result<InvitationPage> Invitations::list(const PartyId& owner, const std::string& after, size_t limit) {
  const std::string prefix = list_prefix(owner);
  const auto snapshot = TRY(store_.snapshot());
  const auto page = TRY(snapshot->state_scan(prefix, after.empty() ? "" : prefix + after, limit + 1));
  InvitationPage out;
  for (const auto& [key, id] : page) {
    if (out.invitations.size() == limit) {
      out.next = list_place(out.invitations.back());
      break;
    }
    auto invitation = TRY(read(*snapshot, id.value));
    if (!invitation) return fail(Code::internal, "a listed invitation is not there", id.value);
    out.invitations.push_back(std::move(*invitation));
  }
  return out;
}

Status Invitations::withdraw(const PartyId& owner, const std::string& id) {
  const auto snapshot = TRY(store_.snapshot());
  const auto invitation = TRY(read(*snapshot, id));
  if (!invitation || invitation->owner != owner)
    return fail(Code::not_found, "your organisation has no such invitation", legible(id), "GET /v1/invitations lists them");
  if (invitation->status == Invitation::Status::accepted) return fail(Code::conflict, "the invitation was accepted", id);
  if (invitation->status == Invitation::Status::withdrawn) return {};
  store::Batch batch;
  batch.state.push_back(write(*invitation, Invitation::Status::withdrawn));
  batch.entries.push_back(person_entry(owner, invitation->person, "invitation withdrawn", env_.now_us()));
  TRY(store_.commit_and_wait(std::move(batch)));
  return {};
}

Result<Invitation> Invitations::look(std::string_view token) {
  const std::string_view id = id_of(token);
  if (id.empty()) return not_open();
  const auto snapshot = TRY(store_.snapshot());
  auto invitation = TRY(read(*snapshot, id));
  const std::string digest = to_hex(sha256(token));
  if (!invitation || invitation->digest.size() != digest.size() ||
      sodium_memcmp(digest.data(), invitation->digest.data(), digest.size()) != 0 || !invitation->is_open(env_.now_us()))
    return not_open();
  return std::move(*invitation);
}

Result<OpenedSession> Invitations::accept(std::string_view token, const Acceptance& acceptance) {
  const Invitation invitation = TRY(look(token));
  return invitation.kind == Invitation::Kind::reset ? set_password(invitation, acceptance) : join(invitation, acceptance);
}

Result<OpenedSession> Invitations::join(const Invitation& invitation, const Acceptance& acceptance) {
  Person person;
  person.id = invitation.person;
  person.party = invitation.wish.party;
  person.email = invitation.wish.email;
  person.name = TRY(name_of(invitation, acceptance));
  person.rights = invitation.wish.rights;
  person.created_us = person.last_sign_in_us = env_.now_us();
  if (acceptance.subject)
    person.subjects.push_back(*acceptance.subject);
  else
    person.password_hash = TRY(password_hash(acceptance, person.email));

  store::Batch batch;
  if (invitation.wish.founded) person.party = TRY(registry_.prepare_party(*invitation.wish.founded, batch)).id;
  people_.prepare(person, batch);
  batch.state.push_back(write(invitation, Invitation::Status::accepted));
  OpenedSession opened = TRY(sessions_.prepare(person, batch));
  const auto committed = store_.commit_and_wait(std::move(batch));
  if (!committed) return std::unexpected(explain(committed.error(), invitation, person));
  return opened;
}

Error Invitations::explain(const Error& error, const Invitation& invitation, const Person& person) {
  if (error.code != Code::conflict) return error;
  if (const auto known = people_.by_email(person.email); known && *known)
    return {Code::conflict, "this address has an account already", person.email, "sign in with it"};
  for (const Subject& subject : person.subjects)
    if (const auto known = people_.by_subject(subject); known && *known)
      return {Code::conflict, "this sign-in belongs to another account already", {}, "sign in with it"};
  return invitation.wish.founded ? registry_.explain(error, *invitation.wish.founded) : error;
}

Result<OpenedSession> Invitations::set_password(const Invitation& invitation, const Acceptance& acceptance) {
  if (acceptance.subject) return fail(Code::invalid, "this link sets a password", {}, "choose one");
  const std::string hash = TRY(password_hash(acceptance, invitation.wish.email));
  OpenedSession opened;
  TRY(people_.change(invitation.person, [&](Person& person, store::Batch& batch) -> ::fairway::Status {
    if (person.suspended || !TRY(read(*TRY(store_.snapshot()), invitation.id))->is_open(env_.now_us())) return not_open();
    const int64_t now_us = env_.now_us();
    person.password_hash = hash;
    ++person.generation;
    if (person.has_second_factor()) batch.entries.push_back(person_entry(person.party, person.id, "second factor off", now_us));
    person.second_factor = {};
    person.last_sign_in_us = now_us;
    batch.entries.push_back(person_entry(person.party, person.id, "password changed", now_us));
    batch.state.push_back(write(invitation, Invitation::Status::accepted));
    opened = TRY(sessions_.prepare(person, batch));
    return {};
  }));
  return opened;
}

}  // namespace fairway::access
