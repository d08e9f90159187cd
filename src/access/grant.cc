#include "access/grant.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"delegation", "nomination", "consent", "legal_basis", "guest"};
constexpr std::array<std::string_view, 4> kStates = {"offered", "accepted", "declined", "revoked"};

bool operates(Role role) {
  return role == Role::haulier || role == Role::driver || role == Role::warehouse || role == Role::terminal || role == Role::forwarder ||
         role == Role::carrier;
}

std::unexpected<Error> bad(std::string_view member, std::string detail, std::string hint) {
  return fail(Code::invalid, "a grant is not complete", std::string(member) + ": " + std::move(detail), std::move(hint));
}

std::string limit_text(size_t count) { return "at most " + std::to_string(count); }

Status read_scope(const json::object& object, Grant& grant) {
  const json::object* scope = object_of(object, "scope");
  if (scope == nullptr) return bad("scope", "missing", R"({"references":["equipment:…"]}, or {"all":true} in a delegation)");
  const json::array* references = array_of(*scope, "references");
  if (references == nullptr) {
    if (!truth_of(*scope, "all").value_or(false)) return bad("scope", "neither references nor all", R"({"references":["equipment:…"]})");
    if (grant.kind == GrantKind::delegation) return {};
    return bad("scope", "all", "only a delegation reaches everything; name the references");
  }
  if (references->empty() || references->size() > limits::kReferencesPerGrantMax)
    return bad("scope.references", std::to_string(references->size()), "1 to " + std::to_string(limits::kReferencesPerGrantMax));
  for (const json::value& item : *references) {
    const Reference reference = TRY(Reference::from_key(item.is_string() ? std::string_view(item.get_string()) : std::string_view()));
    if (reference.value().size() > limits::kGrantedReferenceBytesMax)
      return bad("scope.references", legible(reference.key()), limit_text(limits::kGrantedReferenceBytesMax) + " bytes");
    if (std::ranges::find(grant.references, reference) == grant.references.end()) grant.references.push_back(reference);
  }
  return {};
}

Status read_data(const json::object& object, Grant& grant) {
  const json::array* fields = array_of(object, "fields");
  if (fields == nullptr) return {};
  if (fields->empty()) return bad("fields", "empty", "name the kinds of data, or leave it out for all that the receiver's role may see");
  for (const json::value& item : *fields)
    grant.data.push_back(TRY(data_from(item.is_string() ? std::string_view(item.get_string()) : std::string_view())));
  return {};
}

Status read_purpose(const json::object& object, Grant& grant) {
  const std::string_view member = grant.kind == GrantKind::legal_basis ? "reason" : "purpose";
  grant.purpose = trim(text_of(object, member));
  if (grant.purpose.empty()) return bad(member, "missing", "say in a few words what it is for; the other side reads it");
  if (grant.purpose.size() > limits::kPurposeBytesMax) return bad(member, "too long", limit_text(limits::kPurposeBytesMax) + " bytes");
  return {};
}

Status read_expiry(const json::object& object, Grant& grant, int64_t now_us) {
  const std::string_view expires = text_of(object, "expires");
  if (expires.empty()) {
    if (grant.kind == GrantKind::delegation) return {};  // until it is revoked
    return bad("expires", "missing", "a time to come, RFC 3339");
  }
  grant.expires_us = TRY(parse_rfc3339(expires)).micros;
  if (grant.expires_us <= now_us) return bad("expires", "past", "a time to come, RFC 3339");
  return {};
}

}  // namespace

std::string_view name(GrantKind kind) { return kKinds.at(static_cast<size_t>(kind)); }
std::string_view name(GrantState state) { return kStates.at(static_cast<size_t>(state)); }

Result<GrantKind> grant_kind_from(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name);
  if (found == kKinds.end())
    return fail(Code::invalid, "not a kind of grant", legible(name), "delegation, nomination, consent, legal_basis");
  return static_cast<GrantKind>(found - kKinds.begin());
}

Result<GrantState> grant_state_from(std::string_view name) {
  const auto found = std::ranges::find(kStates, name);
  if (found == kStates.end()) return fail(Code::invalid, "not a state of a grant", legible(name), "offered, accepted, declined, revoked");
  return static_cast<GrantState>(found - kStates.begin());
}

std::string_view Grant::state_at(int64_t now_us) const {
  const bool open = state == GrantState::offered || state == GrantState::accepted;
  return open && expires_us != 0 && now_us >= expires_us ? "expired" : name(state);
}

std::string to_json(const Grant& grant) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", grant.id).member("kind", name(grant.kind)).member("from", grant.from).member("to", grant.to);
  writer.key("references").begin_array();
  for (const Reference& reference : grant.references) writer.value(reference.key());
  writer.end_array().key("fields").begin_array();
  for (const Data data : grant.data) writer.value(name(data));
  writer.end_array().member("purpose", grant.purpose).member("expires", grant.expires_us).member("state", name(grant.state));
  writer.member("created", grant.created_us).member("decided", grant.decided_us).member("sealed", grant.sealed);
  writer.optional_member("key", grant.key_id).end_object();
  return out;
}

Result<Grant> grant_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a grant is a JSON object");
  Grant grant;
  grant.id = text_of(*object, "id");
  grant.kind = TRY(grant_kind_from(text_of(*object, "kind")));
  grant.from = text_of(*object, "from");
  grant.to = text_of(*object, "to");
  if (const json::array* references = array_of(*object, "references"))
    for (const json::value& item : *references)
      if (const json::string* key = item.if_string()) grant.references.push_back(TRY(Reference::from_key(*key)));
  TRY_OK(array_of(*object, "fields") == nullptr || array_of(*object, "fields")->empty() ? Status() : read_data(*object, grant));
  grant.purpose = text_of(*object, "purpose");
  grant.expires_us = integer_of(*object, "expires").value_or(0);
  grant.state = TRY(grant_state_from(text_of(*object, "state")));
  grant.created_us = integer_of(*object, "created").value_or(0);
  grant.decided_us = integer_of(*object, "decided").value_or(0);
  grant.sealed = truth_of(*object, "sealed").value_or(false);
  grant.key_id = text_of(*object, "key");
  return grant;
}

Result<GrantWish> grant_wish_from_json(std::string_view text, int64_t now_us) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a grant is a JSON object");
  GrantWish wish;
  Grant& grant = wish.grant;
  grant.kind = TRY(grant_kind_from(text_of(*object, "kind")));
  if (grant.kind == GrantKind::guest) return bad("kind", "guest", "POST /v1/guest-links makes a guest's link");
  wish.to = text_of(*object, "to");
  if (wish.to.empty() && grant.kind != GrantKind::legal_basis) return bad("to", "missing", "the other party's id, or SCHEME:VALUE");
  TRY_OK(read_scope(*object, grant));
  TRY_OK(read_data(*object, grant));
  TRY_OK(read_purpose(*object, grant));
  TRY_OK(read_expiry(*object, grant, now_us));
  grant.sealed = grant.kind == GrantKind::legal_basis && truth_of(*object, "sealed").value_or(false);
  return wish;
}

Status may_pass(GrantKind kind, Role from, Role to) {
  if (kind == GrantKind::legal_basis) {
    if (from == Role::authority) return {};
    return fail(Code::forbidden, "only an authority reads by law", "role " + std::string(name(from)), "ask the owner for a consent");
  }
  if (kind == GrantKind::nomination && !operates(to))
    return fail(Code::forbidden, "this party does no job to be nominated for", "role " + std::string(name(to)), "give it a consent");
  if (kind == GrantKind::delegation && !operates(to) && to != Role::shipper)
    return fail(Code::forbidden, "this party does not act for others", "role " + std::string(name(to)), "give it a consent");
  return {};
}

}  // namespace fairway::access
