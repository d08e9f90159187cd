// Access delegations: a holder lets another party see its objects, by a grant of the consignment and a row of permissions an object.
//
// The grant is a consent (access/grant.h) of the holder to the delegate, of the references that the objects are known by. Where the
// delegate asked for itself it is accepted at once; where somebody asked for another, that other accepts it as any grant. Either side may
// revoke it under /v1/grants, too: the permissions hold only as long as the grant does.
#include <algorithm>
#include <array>
#include <set>

#include "base/bytes.h"
#include "exchange/onerecord/requests.h"
#include "exchange/onerecord/rights.h"
#include "gateway/onerecord/vocabulary.h"

namespace fairway::exchange::onerecord {
namespace {

constexpr std::array kPermissions = {kGetObject, kPatchObject, kGetEvent, kPostEvent};

const ld::Node& delegation_of(const ld::Node& request) { return *request.object(ld::api(kDelegation.property)); }

std::vector<std::string> objects_in(const ld::Node& delegation) {
  std::vector<std::string> ids;
  if (const std::vector<ld::Value>* values = delegation.find(ld::api("hasLogisticsObject")))
    for (const ld::Value& value : *values) ids.emplace_back(object_id(value.is_node() ? value.node.front().id : value.text));
  return ids;
}

std::vector<std::string> permissions_in(const ld::Node& delegation) {
  std::vector<std::string> names;
  if (const std::vector<ld::Value>* values = delegation.find(ld::api("hasPermission")))
    for (const ld::Value& value : *values) names.emplace_back(ld::local_name(value.is_node() ? value.node.front().id : value.text));
  return names;
}

// A party by its address as an organization, or the holder of a company's own description.
Result<PartyId> party_at(Call& call, store::Snapshot& snapshot, std::string_view address) {
  const std::string id(object_id(address));
  if (id.starts_with("pty_")) return TRY(call.services.registry.find_party(id)).id;
  const std::optional<Head> company = id.empty() ? std::nullopt : TRY(find_head(snapshot, id));
  if (company && (company->type == ld::cargo("Company") || company->type == ld::cargo("Organization"))) return company->holder;
  return fail(Code::invalid, "Invalid Access Delegation", "api:isRequestedFor names no organization of this server");
}

}  // namespace

Result<PartyId> check_delegation(Call& call, store::Snapshot& snapshot, ld::Node& delegation) {
  const std::vector<std::string> permissions = permissions_in(delegation);
  const auto known = [](const std::string& name) { return std::ranges::find(kPermissions, name) != kPermissions.end(); };
  if (permissions.empty() || !std::ranges::all_of(permissions, known))
    return fail(Code::invalid, "Invalid Access Delegation", "api:hasPermission",
                "GET_ or PATCH_LOGISTICS_OBJECT, GET_ or POST_LOGISTICS_EVENT");
  const std::vector<ld::Value>* delegates = delegation.find(ld::api("isRequestedFor"));
  if (delegates == nullptr || delegates->size() != 1)
    return fail(Code::invalid, "Invalid Access Delegation", "api:isRequestedFor", "name one organization a request");
  const PartyId delegate = TRY(party_at(call, snapshot, delegation.text(ld::api("isRequestedFor"))));
  const std::vector<std::string> objects = objects_in(delegation);
  if (objects.empty() || objects.size() > limits::kEventTargetsMax)
    return fail(Code::invalid, "Invalid Access Delegation", "api:hasLogisticsObject", "name the objects of one holder");
  PartyId holder;
  std::set<std::string> types;
  delegation.remove(kept_property("type"));
  for (const std::string& id : objects) {
    const auto head = TRY(find_head(snapshot, id));
    if (!head || (!holder.empty() && head->holder != holder))
      return fail(Code::invalid, "Invalid Access Delegation", "api:hasLogisticsObject", "name objects of this server, of one holder");
    holder = head->holder;
    if (types.insert(head->type).second) delegation.add(kept_property("type"), ld::Value::literal(head->type));
  }
  delegation.set(kept_property("delegate"), ld::Value::literal(delegate));
  return holder;
}

Result<std::string> give_grant(Call& call, store::Snapshot& snapshot, const ld::Node& request) {
  const ld::Node& delegation = delegation_of(request);
  access::Grant grant;
  grant.kind = access::GrantKind::consent;
  grant.from = call.party();
  grant.to = PartyId(delegation.text(kept_property("delegate")));
  if (grant.to == grant.from) return std::string();  // a holder needs no grant
  TRY_OK(call.viewer->may_grant());
  for (const std::string& id : objects_in(delegation)) {
    const auto head = TRY(find_head(snapshot, id));
    if (!head) continue;
    for (const std::string& key : head->references)
      if (const auto reference = Reference::from_key(key); reference && reference->value().size() <= limits::kGrantedReferenceBytesMax &&
                                                           grant.references.size() < limits::kReferencesPerGrantMax &&
                                                           std::ranges::find(grant.references, *reference) == grant.references.end())
        grant.references.push_back(*reference);
  }
  if (grant.references.empty()) return fail(Code::invalid, "the objects have nothing that a grant could name");
  grant.purpose = legible("ONE Record: " + std::string(delegation.text(ld::api("hasDescription"))), limits::kPurposeBytesMax);
  if (const std::string_view expires = delegation.text(ld::api("expiresAt")); !expires.empty())
    grant.expires_us = TRY(moment_in("api:expiresAt", expires));
  const bool asked_for_itself = requester_of(request) == grant.to;
  const access::Grant given = TRY(call.services.grants.give(std::move(grant)));
  if (asked_for_itself) return TRY(call.services.grants.accept(given)).id;
  return given.id;
}

Status put_delegation(store::Batch& batch, const ld::Node& request, const std::string& grant, bool stands) {
  if (grant.empty()) return {};
  const ld::Node& delegation = delegation_of(request);
  const Delegated row{request_id(request), grant, permissions_in(delegation)};
  for (const std::string& id : objects_in(delegation))
    put_delegated(batch, id, PartyId(delegation.text(kept_property("delegate"))), row, stands);
  return {};
}

Status end_grant(Call& call, const ld::Node& request) {
  const auto grant = TRY(call.services.grants.find(request.text(kept_property("grant"))));
  if (!grant) return {};
  const auto revoked = call.services.grants.revoke(*grant, call.party());
  if (!revoked && revoked.error().code != Code::conflict) return std::unexpected(revoked.error());  // it had ended already
  return {};
}

}  // namespace fairway::exchange::onerecord
