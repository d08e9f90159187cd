// GET /onerecord/, POST /onerecord/logistics-objects, GET /onerecord/logistics-objects/{id}.
#include <algorithm>
#include <charconv>
#include <set>

#include "base/bytes.h"
#include "base/instant.h"
#include "exchange/onerecord/rights.h"
#include "exchange/onerecord/routes.h"
#include "exchange/onerecord/told.h"
#include "gateway/onerecord/graph.h"
#include "gateway/onerecord/onerecord.h"
#include "gateway/onerecord/vocabulary.h"

namespace fairway::exchange::onerecord {
namespace {

constexpr size_t kEmbedDepthMax = 4;
constexpr std::string_view kOperatorCompany = "operator";

Result<http::Response> server_information(Call& call) {
  ld::Node node;
  node.id = call.base + "/";
  node.types = {ld::api("ServerInformation")};
  node.add(ld::api("hasDataHolder"), ld::Value::link(organization(std::string(kOperatorCompany)), ld::cargo("Company")));
  node.add(ld::api("hasServerEndpoint"), ld::Value::literal(call.base, ld::xsd("anyURI")));
  node.add(ld::api("hasSupportedApiVersion"), ld::Value::literal("2.3.0"));
  node.add(ld::api("hasSupportedContentType"), ld::Value::literal("application/ld+json"));
  node.add(ld::api("hasSupportedLanguage"), ld::Value::literal("en-US"));
  for (const char* property : {"hasSupportedOntology", "hasSupportedOntologyVersion"})
    for (const char* ontology : {"https://onerecord.iata.org/ns/cargo/3.2.0", "https://onerecord.iata.org/ns/api/2.3.0"})
      node.add(ld::api(property), ld::Value::literal(ontology, ld::xsd("anyURI")));
  http::Response response = show(call, std::move(node));
  constexpr int64_t kReleasedUs = 1'782'864'000'000'000;  // of the release of the standard that this describes: 1 July 2026
  response.headers.emplace_back("last-modified", http_date(kReleasedUs));
  return response;
}

// Dates take one form, so that one moment is one text.
void settle_dates(ld::Node& node) {
  for (ld::Property& property : node.properties)
    for (ld::Value& value : property.values) {
      if (value.is_node()) {
        settle_dates(value.node.front());
      } else if (value.datatype == ld::xsd("dateTime")) {
        if (const auto instant = parse_rfc3339(value.text); instant && instant->zone == ZoneSource::stated)
          value.text = to_rfc3339_utc(instant->micros);
      }
    }
}

Result<std::string> type_of(const ld::Node& node) {
  const auto found = std::ranges::find_if(node.types, ld::is_logistics_object);
  if (found == node.types.end())
    return fail(Code::invalid, "Logistics Object Type not supported", legible(node.type()), "send a class below cargo:LogisticsObject");
  return *found;
}

// Papers that the object links to and that its holder keeps here, too, are papers of the object.
Status add_linked_references(const Call& call, store::Snapshot& snapshot, const ld::Node& node, Head& head) {
  for (const char* property : {"waybill", "ofShipment", "shipment", "masterWaybill"}) {
    const ld::Node* link = node.object(ld::cargo(property));
    const std::string_view id = link != nullptr ? object_id(link->id) : std::string_view();
    const std::optional<Head> linked = id.empty() ? std::nullopt : TRY(find_head(snapshot, id));
    if (!linked || linked->holder != call.party()) continue;
    for (const std::string& reference : linked->references)
      if (head.references.size() < limits::kReferencesPerGrantMax && std::ranges::find(head.references, reference) == head.references.end())
        head.references.push_back(reference);
  }
  return {};
}

}  // namespace

Status describe(const Call& call, store::Snapshot& snapshot, const ld::Node& node, Head& head) {
  head.references.clear();
  for (const Reference& reference : ld::references_of(node)) head.references.push_back(reference.key());
  return add_linked_references(call, snapshot, node, head);
}

void settle(Call& call, ld::Node& node) {
  for (const char* property : {"hasRevision", "hasLatestRevision"}) node.remove(ld::api(property));
  settle_dates(node);
  ld::name_embedded(node, [&call] { return "internal:" + new_id(call.services.env); });
}

namespace {

Result<http::Response> create(Call& call) {
  ld::Node node = TRY(call.object());
  const std::string type = TRY(type_of(node));
  if (node.find(ld::cargo("events")) != nullptr)
    return fail(Code::invalid, "Logistics Events have an address of their own", "cargo:events", "post them to …/logistics-events");
  std::string id(object_id(node.id));
  if (id.empty() && !node.id.empty() && !ld::is_blank(node.id))
    return fail(Code::invalid, "the object's address is none of this server's", legible(node.id), "leave @id out, and one is given");
  if (id.empty()) id = new_id(call.services.env);
  if (id.starts_with("pty_") || id == kOperatorCompany) return fail(Code::conflict, "this address is taken", id);
  node.id = std::string(kObjects) + id;
  settle(call, node);
  return transact(call, [&](store::Snapshot& snapshot, store::Batch& batch) -> Result<http::Response> {
    if (TRY(find_head(snapshot, id))) return fail(Code::conflict, "Logistics object with specified ID already exists", id);
    Head head;
    head.id = id;
    head.holder = call.party();
    head.type = type;
    head.created_us = head.modified_us = head.events_us = call.services.env.now_us();
    TRY_OK(describe(call, snapshot, node, head));
    put_head(batch, head);
    put_revision(batch, head, node, head.created_us);
    tell(batch, call, told_of(kCreated, head), node);
    return made(call, node.id, type);
  });
}

// Links to objects that the viewer may see become the objects; each once, a few levels deep.
Status embed(const Call& call, store::Snapshot& snapshot, ld::Node& node, size_t depth, std::set<std::string>& seen) {
  seen.insert(node.id);
  for (ld::Property& property : node.properties)
    for (ld::Value& value : property.values) {
      if (!value.is_node()) continue;
      ld::Node& inner = value.node.front();
      const std::string id(object_id(inner.id));
      if (!inner.is_link() || id.empty()) {
        TRY_OK(embed(call, snapshot, inner, depth, seen));
        continue;
      }
      if (depth >= kEmbedDepthMax || seen.size() >= limits::kObjectsEmbeddedMax || seen.contains(inner.id)) continue;
      const auto head = object_for(call, snapshot, id, kGetObject);
      if (!head) continue;  // it stays a link
      auto kept = TRY(find_revision(snapshot, *head, head->revision));
      if (!kept) continue;
      inner = std::move(kept->node);
      inner.add(ld::api("hasRevision"), number(head->revision, "positiveInteger"));
      inner.add(ld::api("hasLatestRevision"), number(head->revision, "positiveInteger"));
      TRY_OK(embed(call, snapshot, inner, depth + 1, seen));
    }
  return {};
}

// The revision that stood at the moment, or the latest.
Result<std::pair<uint64_t, Kept>> revision_at(store::Snapshot& snapshot, const Head& head, std::optional<int64_t> at_us) {
  uint64_t low = at_us ? 1 : head.revision, high = head.revision + 1;  // the first revision after the moment lies in [low, high]
  std::optional<Kept> standing;
  uint64_t number = 0;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    auto kept = TRY(find_revision(snapshot, head, middle));
    if (!kept) return fail(Code::internal, "a revision is missing", head.id);
    if (at_us && kept->us > *at_us) {
      high = middle;
    } else {
      low = middle + 1;
      number = middle;
      standing = std::move(kept);
    }
  }
  if (!standing) return no_such_object();
  return std::pair(number, std::move(*standing));
}

// Parties, and the operator, as organizations: what everybody here may know of them.
Result<http::Response> show_party(Call& call, const std::string& id) {
  ld::Node node;
  node.id = organization(id);
  node.types = {ld::cargo("Company")};
  std::string name = "the operator of this Fairway";
  if (id != kOperatorCompany) {
    const auto party = call.services.registry.find_party(id);
    if (!party) return no_such_object();
    name = party->name;
  }
  node.add(ld::cargo("name"), ld::Value::literal(name));
  http::Response response = show(call, std::move(node));
  for (const char* field : {"revision", "latest-revision"}) response.headers.emplace_back(field, "1");
  response.headers.emplace_back("last-modified", http_date(call.services.env.now_us()));
  return response;
}

struct Wanted {
  std::optional<int64_t> at_us;
  std::string suffix;
  bool embedded = false;
};

Result<Wanted> wanted_in(const Call& call) {
  Wanted wanted;
  if (const std::string* at = call.request.query_value("at")) {
    const int64_t moment = TRY(moment_in("at", *at));
    if (moment > call.services.env.now_us()) return fail(Code::invalid, "a moment to come has no revision yet", "at=" + legible(*at));
    wanted.at_us = moment + 999'999;
    wanted.suffix = "?at=" + *at;
  }
  if (const std::string* embedded = call.request.query_value("embedded")) {
    if (*embedded != "true" && *embedded != "false")
      return fail(Code::invalid, "not a choice", "embedded=" + legible(*embedded), "true or false");
    wanted.embedded = *embedded == "true";
  }
  return wanted;
}

Result<http::Response> find(Call& call) {
  const std::string id(call.request.parameter("object"));
  const Wanted wanted = TRY(wanted_in(call));
  if (id.starts_with("pty_") || id == kOperatorCompany) return show_party(call, id);
  const auto snapshot = TRY(call.services.store.snapshot());
  const Head head = TRY(object_for(call, *snapshot, id, kGetObject));
  std::pair<uint64_t, Kept> shown = TRY(revision_at(*snapshot, head, wanted.at_us));
  ld::Node& node = shown.second.node;
  std::set<std::string> seen;
  if (wanted.embedded && !wanted.at_us) TRY_OK(embed(call, *snapshot, node, 1, seen));
  node.set(ld::api("hasRevision"), number(shown.first, "positiveInteger"));
  node.set(ld::api("hasLatestRevision"), number(head.revision, "positiveInteger"));
  http::Response response = show(call, std::move(node), wanted.suffix);
  std::erase_if(response.headers, [](const auto& field) { return field.first == "type"; });
  response.headers.emplace_back("type", head.type);
  response.headers.emplace_back("location", call.outward(head.address()) + wanted.suffix);
  response.headers.emplace_back("revision", std::to_string(shown.first));
  response.headers.emplace_back("latest-revision", std::to_string(head.revision));
  response.headers.emplace_back("last-modified", http_date(shown.second.us));
  return response;
}

}  // namespace

void add_object_routes(http::Router& router, Services& services) {
  using enum http::Method;
  for (const char* path : {"/onerecord", "/onerecord/"})
    router.add(get, path, route(services, &access::Viewer::may_read, server_information));
  for (const char* path : {"/onerecord/logistics-objects", "/onerecord/logistics-objects/"})
    router.add(post, path, route(services, &access::Viewer::may_send, create));
  router.add(get, "/onerecord/logistics-objects/{object}", route(services, &access::Viewer::may_read, find));
}

}  // namespace fairway::exchange::onerecord
