// `fairway admin`: parties, keys and people.
#include <iostream>

#include "app/commands.h"
#include "app/office.h"
#include "app/report.h"
#include "base/instant.h"

namespace fairway::app {
namespace {

// The key alone on standard output, so that a script can take it; who it is for on standard error.
int print(const Result<Issued>& issued) {
  if (!issued) return complain(issued.error(), issued.error().code == Code::unavailable ? kCannotRun : kFailed);
  std::cerr << "party " << issued->party << "; its key is shown only now:\n";
  std::cout << issued->key << std::endl;
  return kOk;
}

Result<Issued> add_party(const PartyOptions& options) {
  access::NewParty party{options.name, TRY(role_from(options.role)), {}};
  for (const std::string& text : options.identifiers) party.identifiers.push_back(TRY(parse_party_identifier(text)));
  Office office = TRY(Office::open(options.store));
  return office.add_party(party);
}

Result<Issued> add_key(const PartyOptions& options) {
  access::KeyWish wish;
  wish.label = options.label;
  if (!options.scopes.empty()) wish.scopes = TRY(access::KeyScopes::from_names(options.scopes));
  if (!options.expires.empty()) wish.expires_us = TRY(parse_rfc3339(options.expires)).micros;
  // Checked here as the server checks it, so that both ways answer alike.
  wish = TRY(access::key_wish_from_json(access::to_json(wish), Env::system().now_us()));
  Office office = TRY(Office::open(options.store));
  return office.add_key(options.party, wish);
}

Status withdraw_key(const PartyOptions& options) {
  Office office = TRY(Office::open(options.store));
  return office.withdraw_key(options.key);
}

Status list_parties(const PartyOptions& options) {
  Office office = TRY(Office::open(options.store));
  for (const std::string& party : TRY(office.parties())) std::cout << party << "\n";
  return {};
}

Result<std::string> invite(const PersonOptions& options) {
  access::InvitationWish wish;
  wish.email = options.email;
  wish.party = options.party;
  if (!options.rights.empty()) wish.rights = TRY(access::KeyScopes::from_names(options.rights));
  if (options.party.empty()) {
    access::NewParty party{options.name, TRY(role_from(options.role)), {}};
    for (const std::string& text : options.identifiers) party.identifiers.push_back(TRY(parse_party_identifier(text)));
    wish.founded = std::move(party);
  }
  Office office = TRY(Office::open(options.store));
  return office.invite(wish);
}

Result<std::string> reset(const PersonOptions& options) {
  Office office = TRY(Office::open(options.store));
  return office.reset(options.email);
}

Status list_people(const PersonOptions& options) {
  Office office = TRY(Office::open(options.store));
  for (const std::string& person : TRY(office.people(options.party))) std::cout << person << "\n";
  return {};
}

// The token alone on standard output; what to do with it on standard error.
int print_token(const Result<std::string>& token) {
  if (!token) return complain(token.error(), token.error().code == Code::unavailable ? kCannotRun : kFailed);
  std::cerr << "the link is /invitation# and this token, on your server's address; it is shown only now:\n";
  std::cout << *token << std::endl;
  return kOk;
}

}  // namespace

int admin_invite(const PersonOptions& options) { return print_token(invite(options)); }
int admin_person_reset(const PersonOptions& options) { return print_token(reset(options)); }

int admin_person_list(const PersonOptions& options) {
  const Status listed = list_people(options);
  return listed ? kOk : complain(listed.error(), kCannotRun);
}

int admin_party_add(const PartyOptions& options) { return print(add_party(options)); }
int admin_key_add(const PartyOptions& options) { return print(add_key(options)); }

int admin_party_list(const PartyOptions& options) {
  const Status listed = list_parties(options);
  return listed ? kOk : complain(listed.error(), kCannotRun);
}

int admin_key_withdraw(const PartyOptions& options) {
  const Status withdrawn = withdraw_key(options);
  return withdrawn ? kOk : complain(withdrawn.error(), kFailed);
}

}  // namespace fairway::app
