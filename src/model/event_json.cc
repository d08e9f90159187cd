// The event's JSON form: docs/reference/event.md. Written by hand into a string (hot path), read through Boost.JSON.
#include <array>
#include <boost/json/monotonic_resource.hpp>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "model/event.h"

namespace fairway {
namespace {

void write_instant(JsonWriter& writer, std::string_view member, const Instant& instant) {
  writer.key(member).begin_object().member("instant", to_rfc3339_utc(instant.micros));
  if (instant.offset_minutes != 0) writer.member("local", to_rfc3339(instant));
  writer.member("zone", name(instant.zone)).optional_member("text", instant.text).end_object();
}

void write_place(JsonWriter& writer, const Place& place) {
  if (place.empty()) return;
  writer.key("place").begin_object();
  writer.optional_member("UNLocationCode", place.unlocode).optional_member("facilityCode", place.facility);
  writer.optional_member("facilityCodeListProvider", place.facility_provider).optional_member("facilityTypeCode", place.facility_type);
  writer.optional_member("name", place.name).end_object();
}

void write_references(JsonWriter& writer, const std::vector<Reference>& references) {
  writer.key("references").begin_array();
  for (const Reference& reference : references) {
    writer.begin_object().member("kind", name(reference.kind())).member("value", reference.value());
    if (reference.check() == ReferenceCheck::wrong_check_digit || reference.check() == ReferenceCheck::unusual_form)
      writer.member("flag", name(reference.check()));
    writer.end_object();
  }
  writer.end_array();
}

void write_transport(JsonWriter& writer, const Transport& t) {
  if (t.empty()) return;
  writer.key("transport").begin_object().optional_member("mode", name(t.mode)).optional_member("vesselIMONumber", t.vessel_imo);
  writer.optional_member("vesselName", t.vessel_name).optional_member("callSign", t.call_sign).optional_member("voyage", t.voyage);
  writer.optional_member("importVoyage", t.import_voyage).optional_member("service", t.service).optional_member("carrier", t.carrier);
  writer.optional_member("vehicle", t.vehicle).optional_member("transportCallID", t.call_id).end_object();
}

void write_equipment(JsonWriter& writer, const EquipmentFacts& e) {
  if (e == EquipmentFacts()) return;
  writer.key("equipment").begin_object().optional_member("ISOEquipmentCode", e.iso_code).optional_member("load", name(e.load));
  if (!e.seals.empty()) {
    writer.key("seals").begin_array();
    for (const Seal& seal : e.seals)
      writer.begin_object().member("number", seal.number).optional_member("source", seal.source).end_object();
    writer.end_array();
  }
  if (e.gross_kg) writer.member("grossKg", *e.gross_kg);
  if (e.tare_kg) writer.member("tareKg", *e.tare_kg);
  if (e.vgm_kg) writer.member("vgmKg", *e.vgm_kg);
  writer.optional_member("stowage", e.stowage).end_object();
}

void write_parties(JsonWriter& writer, const std::vector<NamedParty>& parties) {
  if (parties.empty()) return;
  writer.key("parties").begin_array();
  for (const NamedParty& party : parties) {
    writer.begin_object().member("role", party.role).optional_member("scheme", party.identifier.scheme);
    writer.optional_member("code", party.identifier.value).optional_member("name", party.name).end_object();
  }
  writer.end_array();
}

void write_source(JsonWriter& writer, const Source& s) {
  writer.key("source").begin_object().optional_member("format", s.format).optional_member("type", s.type);
  writer.optional_member("interchange", s.interchange).optional_member("message", s.message).optional_member("document", s.document);
  if (s.segment != 0) writer.member("segment", s.segment);
  if (s.offset != 0) writer.member("offset", s.offset);
  writer.optional_member("hash", s.hash).end_object();
}

// Everything but the source, which says where the claim stood and not what it is.
void write_claim(JsonWriter& writer, const Event& event) {
  writer.member("eventID", event.id).member("milestone", name(event.milestone)).member("classifier", name(event.classifier));
  write_instant(writer, "occurred", event.occurred);
  if (event.created) write_instant(writer, "created", *event.created);
  write_place(writer, event.place);
  write_references(writer, event.references);
  write_transport(writer, event.transport);
  write_equipment(writer, event.equipment);
  writer.optional_member("documentTypeCode", event.document_type);
  write_parties(writer, event.parties);
  writer.optional_member("reason", event.reason).optional_member("remark", event.remark);
  if (event.amendment != Amendment::none) writer.member("amendment", name(event.amendment)).member("amends", event.amends);
  if (!event.original.empty()) writer.key("original").raw(event.original);
}

Result<Instant> read_instant(const json::object& object) {
  Instant instant = TRY(parse_rfc3339(text_of(object, "instant")));
  if (const std::string_view local = text_of(object, "local"); !local.empty())
    instant.offset_minutes = TRY(parse_rfc3339(local)).offset_minutes;
  instant.zone = TRY(zone_source_from(text_of(object, "zone")));
  instant.text = text_of(object, "text");
  return instant;
}

Place read_place(const json::object& o) {
  return {std::string(text_of(o, "UNLocationCode")), std::string(text_of(o, "facilityCode")),
          std::string(text_of(o, "facilityCodeListProvider")), std::string(text_of(o, "facilityTypeCode")),
          std::string(text_of(o, "name"))};
}

Result<Transport> read_transport(const json::object& o) {
  Transport t;
  t.mode = TRY(transport_mode_from(text_of(o, "mode")));
  t.vessel_imo = text_of(o, "vesselIMONumber"), t.vessel_name = text_of(o, "vesselName"), t.call_sign = text_of(o, "callSign");
  t.voyage = text_of(o, "voyage"), t.import_voyage = text_of(o, "importVoyage"), t.service = text_of(o, "service");
  t.carrier = text_of(o, "carrier"), t.vehicle = text_of(o, "vehicle"), t.call_id = text_of(o, "transportCallID");
  return t;
}

Result<EquipmentFacts> read_equipment(const json::object& o) {
  EquipmentFacts e;
  e.iso_code = text_of(o, "ISOEquipmentCode");
  e.load = TRY(load_from(text_of(o, "load")));
  if (const json::array* seals = array_of(o, "seals"))
    for (const json::value& seal : *seals)
      if (const json::object* s = seal.if_object())
        e.seals.push_back({std::string(text_of(*s, "number")), std::string(text_of(*s, "source"))});
  e.gross_kg = number_of(o, "grossKg"), e.tare_kg = number_of(o, "tareKg"), e.vgm_kg = number_of(o, "vgmKg");
  e.stowage = text_of(o, "stowage");
  return e;
}

Source read_source(const json::object& o) {
  Source s;
  s.format = text_of(o, "format"), s.type = text_of(o, "type"), s.interchange = text_of(o, "interchange");
  s.message = text_of(o, "message"), s.document = text_of(o, "document"), s.hash = text_of(o, "hash");
  s.segment = static_cast<uint32_t>(integer_of(o, "segment").value_or(0));
  s.offset = static_cast<uint64_t>(integer_of(o, "offset").value_or(0));
  return s;
}

Status read_lists(const json::object& object, Event& event) {
  if (const json::array* references = array_of(object, "references")) {
    for (const json::value& item : *references) {
      const json::object* o = item.if_object();
      if (o == nullptr) return fail(Code::invalid, "a reference is not an object", event.id);
      const ReferenceKind kind = TRY(reference_kind_from(text_of(*o, "kind")));
      event.references.push_back(TRY(Reference::make(kind, text_of(*o, "value"))));
    }
  }
  if (const json::array* parties = array_of(object, "parties"))
    for (const json::value& item : *parties)
      if (const json::object* o = item.if_object())
        event.parties.push_back({std::string(text_of(*o, "role")),
                                 {std::string(text_of(*o, "scheme")), std::string(text_of(*o, "code"))},
                                 std::string(text_of(*o, "name"))});
  return {};
}

// The text of a member as it stands in the object, so that no number changes its form.
std::string as_written(std::string_view object, std::string_view name) {
  std::string written;
  const Status cut = each_json_member(object, [&](std::string_view member, std::string_view value) -> Status {
    if (member == name) written = value;
    return {};
  });
  return cut ? written : std::string();
}

Result<Event> read_event(const json::object& object, std::string_view text) {
  Event event;
  event.id = text_of(object, "eventID");
  event.milestone = TRY(milestone_from(text_of(object, "milestone")));
  event.classifier = TRY(classifier_from(text_of(object, "classifier")));
  const json::object* occurred = object_of(object, "occurred");
  if (occurred == nullptr) return fail(Code::invalid, "an event needs the time it occurred", event.id);
  event.occurred = TRY(read_instant(*occurred));
  if (const json::object* created = object_of(object, "created")) event.created = TRY(read_instant(*created));
  if (const json::object* place = object_of(object, "place")) event.place = read_place(*place);
  if (const json::object* transport = object_of(object, "transport")) event.transport = TRY(read_transport(*transport));
  if (const json::object* equipment = object_of(object, "equipment")) event.equipment = TRY(read_equipment(*equipment));
  TRY_OK(read_lists(object, event));
  event.document_type = text_of(object, "documentTypeCode");
  event.reason = text_of(object, "reason"), event.remark = text_of(object, "remark");
  event.amendment = TRY(amendment_from(text_of(object, "amendment")));
  event.amends = text_of(object, "amends");
  if (const json::object* source = object_of(object, "source")) event.source = read_source(*source);
  if (object_of(object, "original") != nullptr) event.original = as_written(text, "original");
  return event;
}

}  // namespace

void append_json(std::string& out, const Event& event) {
  JsonWriter writer(out);
  writer.begin_object();
  write_claim(writer, event);
  write_source(writer, event.source);
  writer.end_object();
}

std::string to_json(const Event& event) {
  std::string out;
  out.reserve(1024);
  append_json(out, event);
  return out;
}

Result<Event> event_from_json(std::string_view text) {
  std::array<unsigned char, 8192> buffer;  // most events parse without touching the heap
  json::monotonic_resource memory(buffer.data(), buffer.size());
  const json::value parsed = TRY(parse_json(text, &memory));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "an event is not a JSON object");
  return read_event(*object, text);
}

std::string content_digest(const Event& event) {
  std::string claim;
  claim.reserve(1024);
  JsonWriter writer(claim);
  writer.begin_object();
  write_claim(writer, event);
  writer.end_object();
  return sha256(claim);
}

}  // namespace fairway
