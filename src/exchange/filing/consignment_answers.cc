#include "exchange/filing/consignment_answers.h"

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "exchange/filing/rooms.h"
#include "filing/life/json_parts.h"

namespace fairway::exchange {
namespace {

using filing::Consignment;

void append_participants(JsonWriter& writer, Services& services, const Consignment& consignment, const RecordSight& sight) {
  writer.key("participants").begin_array();
  for (const filing::Participant& one : consignment.participants) {
    if (!sight.whole() && one.party != sight.party()) continue;
    writer.begin_object().key("party");
    services.names.append(writer, one.party);
    filing::append_texts(writer, "regimes", one.regimes);
    writer.member("edits", one.edits).end_object();
  }
  writer.end_array();
}

std::string_view name_of(RecordSight::Part part) {
  switch (part) {
    case RecordSight::Part::owner: return "owner";
    case RecordSight::Part::participant: return "participant";
    case RecordSight::Part::operator_: break;
  }
  return "operator";
}

void append_head(JsonWriter& writer, Services& services, const Consignment& consignment) {
  writer.member("id", consignment.id).key("owner");
  services.names.append(writer, consignment.owner);
  writer.member("recordVersion", consignment.record_version).member("created", to_rfc3339_utc(consignment.created_us));
  writer.member("changed", to_rfc3339_utc(consignment.changed_us));
}

}  // namespace

std::unexpected<Error> no_such_consignment(std::string_view id) {
  return fail(Code::not_found, "no such consignment", legible(id), "GET /v1/consignments lists those that you have a part in");
}

Status note_look(Services& services, const access::Viewer& viewer, const PartyId& owner, std::string_view reference) {
  access::Looks looks(viewer, access::Channel::filing);
  looks.saw_record(owner, reference);
  return services.access_log.note(std::move(looks));
}

Result<SeenConsignment> consignment_for(Services& services, std::string_view id, const access::Viewer& viewer) {
  if (id.size() > limits::kIdentifierBytesMax) return no_such_consignment(id.substr(0, 64));
  auto found = TRY(services.filings->book.find_consignment(id));
  if (!found) return no_such_consignment(id);
  auto sight = TRY(RecordSight::of(viewer, *found, services.filings->regimes, services.filings->desk));
  if (!sight) return no_such_consignment(id);
  if (found->owner != viewer.party.id) TRY_OK(note_look(services, viewer, found->owner, "consignment:" + found->id));
  return SeenConsignment{std::move(*found), std::move(*sight)};
}

Result<SeenConsignment> consignment_in(Services& services, const http::Request& request, const access::Viewer& viewer) {
  return consignment_for(services, request.parameter("consignment"), viewer);
}

Result<std::string> consignment_json(Services& services, const SeenConsignment& seen, const filing::Record& record) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  append_head(writer, services, seen.consignment);
  writer.member("part", name_of(seen.sight.part()));
  filing::append_texts(writer, "files",
                       seen.sight.part() == RecordSight::Part::operator_ ? std::vector<std::string>() : seen.sight.regimes());
  append_participants(writer, services, seen.consignment, seen.sight);
  if (seen.sight.whole()) {
    writer.optional_member("reference", seen.consignment.reference);
    filing::append_references(writer, "follows", seen.consignment.follows);
  }
  writer.key("record").raw(filing::to_json(TRY(seen.sight.shown(record)))).end_object();
  return out;
}

std::string short_json(Services& services, const Consignment& consignment, const PartyId& viewer) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  append_head(writer, services, consignment);
  writer.member("part", consignment.owner == viewer ? "owner" : "participant");
  if (consignment.owner == viewer) writer.optional_member("reference", consignment.reference);
  writer.end_object();
  return out;
}

std::string etag_of(uint64_t record_version) { return "\"" + std::to_string(record_version) + "\""; }

}  // namespace fairway::exchange
