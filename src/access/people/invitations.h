// Invitations: how somebody gets an account, and a new password.
//
// An invitation is a link with a token that is shown once, works once and ends by itself; the store keeps the token's SHA-256 (state
// "invitation/ID", listed under "invitations/OWNER/…", the latest first). Who accepts it joins the organisation, or founds the
// one that the operator has described. The log says of it who was invited by the id that the person will have. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/people/people.h"
#include "access/people/sessions.h"
#include "access/registry.h"

namespace fairway::access {

inline constexpr int64_t kInvitationDaysDefault = 7;
inline constexpr int64_t kInvitationDaysMax = 30;

struct InvitationWish {
  PartyId party;                    // to join…
  std::optional<NewParty> founded;  // …or to found
  std::string email, name;          // name: "" leaves it to the person
  KeyScopes rights = KeyScopes::all();
  int64_t expires_us = 0;  // 0: kInvitationDaysDefault from now
};

struct Invitation {
  enum class Kind : uint8_t { membership, reset };
  enum class Status : uint8_t { open, accepted, withdrawn };

  std::string id;
  Kind kind = Kind::membership;
  PartyId owner;  // whose people see and withdraw it; "" where the command line founds an organisation
  InvitationWish wish;
  PersonId person;     // that it makes, or whose password it sets
  std::string digest;  // SHA-256 of the token, in hex
  Status status = Status::open;
  int64_t created_us = 0;
  uint64_t version = 0;  // of the state record

  [[nodiscard]] bool is_open(int64_t now_us) const { return status == Status::open && now_us < wish.expires_us; }
};

struct IssuedInvitation {
  Invitation invitation;
  std::string token;  // exists only here
};

struct InvitationPage {
  std::vector<Invitation> invitations;
  std::string next;  // "" at the end
};

struct Acceptance {
  std::string name;                // "" where the invitation gives one
  std::string password;            // one of these two
  std::optional<Subject> subject;  // from a provider
};

class Invitations {
 public:
  Invitations(store::Store& store, Registry& registry, People& people, Sessions& sessions, Env& env)
      : store_(store), registry_(registry), people_(people), sessions_(sessions), env_(env) {}

  // Code::conflict where the address has an account in that organisation; Code::too_large past limits::kInvitationsPerPartyMax that are
  // open; Code::invalid for an end that is past or further away than kInvitationDaysMax.
  [[nodiscard]] Result<IssuedInvitation> invite(const PartyId& owner, InvitationWish wish);
  // A link by which somebody sets a new password. It also switches the second factor off, which may be lost as well.
  [[nodiscard]] Result<IssuedInvitation> reset(const std::string& folded_email);
  [[nodiscard]] Result<InvitationPage> list(const PartyId& owner, const std::string& after, size_t limit);
  // Code::not_found where the owner has no such invitation, Code::conflict where it was accepted.
  [[nodiscard]] Status withdraw(const PartyId& owner, const std::string& id);

  // Code::not_found for everything that is not an open invitation.
  [[nodiscard]] Result<Invitation> look(std::string_view token);
  // The account, and a session of it. Code::conflict where the address or the provider's subject has an account, or an identifier of the
  // new organisation belongs to another.
  [[nodiscard]] Result<OpenedSession> accept(std::string_view token, const Acceptance& acceptance);

 private:
  Result<IssuedInvitation> issue(Invitation invitation);
  Status check_room(const PartyId& owner);
  Result<OpenedSession> join(const Invitation& invitation, const Acceptance& acceptance);
  Result<OpenedSession> set_password(const Invitation& invitation, const Acceptance& acceptance);
  Error explain(const Error& error, const Invitation& invitation, const Person& person);

  store::Store& store_;
  Registry& registry_;
  People& people_;
  Sessions& sessions_;
  Env& env_;
};

// As its owner sees it: {"id","email","rights","party"?,"expires","status"}.
[[nodiscard]] std::string describe(const Invitation& invitation, int64_t now_us);

}  // namespace fairway::access
