#include "access/people/invitation_json.h"

#include <algorithm>
#include <array>

#include "access/new_party_json.h"
#include "access/rights_json.h"
#include "base/bytes.h"
#include "base/instant.h"

namespace fairway::access {
namespace {

constexpr std::array<std::string_view, 3> kStatusNames = {"open", "accepted", "withdrawn"};

std::string_view name(Invitation::Status status) { return kStatusNames.at(static_cast<size_t>(status)); }

Result<Invitation::Status> status_from(std::string_view text) {
  const auto found = std::ranges::find(kStatusNames, text);
  if (found == kStatusNames.end()) return fail(Code::internal, "not a status of an invitation", legible(text));
  return static_cast<Invitation::Status>(found - kStatusNames.begin());
}

}  // namespace

std::string to_json(const Invitation& invitation) {
  const InvitationWish& wish = invitation.wish;
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("kind", invitation.kind == Invitation::Kind::reset ? "reset" : "membership");
  writer.member("owner", invitation.owner).member("person", invitation.person).optional_member("joins", wish.party);
  if (wish.founded) writer.key("party").raw(to_json(*wish.founded));
  writer.member("email", wish.email).optional_member("name", wish.name);
  write_rights(writer, "rights", wish.rights);
  writer.member("digest", invitation.digest).member("status", name(invitation.status));
  writer.member("created", invitation.created_us).member("expires", wish.expires_us).end_object();
  return out;
}

Result<Invitation> invitation_from_json(std::string_view id, std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "an invitation is not a JSON object", std::string(id));
  Invitation invitation;
  invitation.id = id;
  invitation.kind = text_of(*object, "kind") == "reset" ? Invitation::Kind::reset : Invitation::Kind::membership;
  invitation.owner = text_of(*object, "owner");
  invitation.person = text_of(*object, "person");
  invitation.wish.party = text_of(*object, "joins");
  if (const json::object* founded = object_of(*object, "party")) invitation.wish.founded = TRY(new_party_from(*founded));
  invitation.wish.email = text_of(*object, "email");
  invitation.wish.name = text_of(*object, "name");
  invitation.wish.rights = TRY(rights_of(*object, "rights"));
  invitation.wish.expires_us = integer_of(*object, "expires").value_or(0);
  invitation.digest = text_of(*object, "digest");
  invitation.status = TRY(status_from(text_of(*object, "status")));
  invitation.created_us = integer_of(*object, "created").value_or(0);
  return invitation;
}

std::string describe(const Invitation& invitation, int64_t now_us) {
  const InvitationWish& wish = invitation.wish;
  const bool is_late = invitation.status == Invitation::Status::open && now_us >= wish.expires_us;
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", invitation.id).member("email", wish.email).optional_member("name", wish.name);
  write_rights(writer, "rights", wish.rights);
  if (wish.founded) writer.key("party").raw(to_json(*wish.founded));
  writer.member("expires", to_rfc3339_utc(wish.expires_us));
  writer.member("status", is_late ? "expired" : name(invitation.status)).end_object();
  return out;
}

}  // namespace fairway::access
