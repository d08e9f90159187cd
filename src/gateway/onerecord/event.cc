// A logistics event of ONE Record as Fairway's event.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/zone.h"
#include "gateway/onerecord/onerecord.h"
#include "gateway/onerecord/vocabulary.h"
#include "gateway/onerecord/writer.h"

namespace fairway::gateway::onerecord {
namespace {

struct CodeRow {
  std::string_view code;
  Milestone milestone;
};
// Status codes beside those of the model's own table: a second code for the same milestone.
constexpr std::array kMoreCodes = {
    CodeRow{"AWR", Milestone::document_received}, CodeRow{"DOC", Milestone::document_received}, CodeRow{"DDL", Milestone::delivered},
    CodeRow{"DPU", Milestone::picked_up},         CodeRow{"FIW", Milestone::gate_in},
};

struct TimeTypeRow {
  std::string_view name;
  Classifier classifier;
};
constexpr std::array kTimeTypes = {
    TimeTypeRow{"ACTUAL", Classifier::actual},      TimeTypeRow{"ESTIMATED", Classifier::estimated},
    TimeTypeRow{"EXPECTED", Classifier::estimated}, TimeTypeRow{"PLANNED", Classifier::planned},
    TimeTypeRow{"SCHEDULED", Classifier::planned},  TimeTypeRow{"REQUESTED", Classifier::planned},
};

std::optional<Milestone> milestone_of(std::string_view code) {
  if (code.empty()) return std::nullopt;
  for (const MilestoneRow& row : milestones())
    if (row.air == code) return row.milestone;
  const auto more = std::ranges::find(kMoreCodes, code, &CodeRow::code);
  return more == kMoreCodes.end() ? std::nullopt : std::optional(more->milestone);
}

void note(std::vector<Diagnostic>& notes, Severity severity, std::string code, std::string message) {
  notes.push_back({severity, std::move(code), std::move(message), 0, "", 0});
}

Classifier classifier_of(const Node& event, std::vector<Diagnostic>& notes) {
  const std::string type = to_upper(trim(local_name(event.text(cargo("eventTimeType")))));
  const auto found = std::ranges::find(kTimeTypes, type, &TimeTypeRow::name);
  if (found != kTimeTypes.end()) return found->classifier;
  note(notes, type.empty() ? Severity::info : Severity::warning, "onerecord.time_type",
       "an event without a time type that is known is taken for actual");
  return Classifier::actual;
}

std::optional<double> degrees(const Node& location, std::string_view property) {
  const Node* geolocation = location.object(cargo("geolocation"));
  if (geolocation == nullptr) return std::nullopt;
  const Node* value = geolocation->object(cargo(property));
  const std::string_view text = value != nullptr ? value->text(cargo("numericalValue")) : geolocation->text(cargo(property));
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool fine = error == std::errc() && !text.empty() && number >= -180 && number <= 180;
  return fine ? std::optional(number) : std::nullopt;
}

// A code of five characters is a UN/LOCODE, one of three an airport's IATA code.
Place place_of(const Node& event) {
  Place place;
  const Node* location = event.object(cargo("eventLocation"));
  if (location == nullptr) return place;
  place.name = location->text(cargo("locationName"));
  if (const std::vector<Value>* codes = location->find(cargo("locationCodes")))
    for (const Value& value : *codes) {
      const std::string code = value.is_node() ? code_of(value.node.front()) : to_upper(trim(value.text));
      if (is_unlocode_form(code)) {
        place.unlocode = code;
      } else if (code.size() == 3 && place.facility.empty()) {
        place.facility = code;
        place.facility_provider = "IATA";
      }
    }
  const auto latitude = degrees(*location, "latitude"), longitude = degrees(*location, "longitude");
  if (latitude && longitude && *latitude >= -90 && *latitude <= 90) place.latitude = latitude, place.longitude = longitude;
  return place;
}

Result<Instant> instant_of(const Node& event, std::string_view property, const Place& place, std::vector<Diagnostic>& notes) {
  const std::string_view text = trim(event.text(cargo(property)));
  if (text.empty()) return fail(Code::invalid, "a logistics event needs a date", "cargo:" + std::string(property));
  Instant instant = TRY(parse_rfc3339(text));
  if (instant.zone != ZoneSource::assumed) return instant;
  const std::string_view zone = zone_of(place.unlocode);
  if (!zone.empty())
    if (const auto placed = instant_in_zone(civil_of(instant.micros, 0), zone)) {
      instant = *placed;
      instant.text = text;
    }
  note(notes, Severity::warning, "onerecord.time_zone", "a time without offset; read in the zone of its place, or in UTC");
  return instant;
}

void add_party(Event& event, const Node& node) {
  const Node* organization = node.object(cargo("recordingOrganization"));
  if (organization == nullptr) return;
  NamedParty party;
  party.role = "recordingOrganization";
  party.name = organization->text(cargo("name"));
  if (const std::string_view agent = trim(organization->text(cargo("iataCargoAgentCode"))); !agent.empty())
    party.identifier = {"IATA", to_upper(agent)};
  if (const std::string_view airline = trim(organization->text(cargo("airlineCode"))); !airline.empty())
    party.identifier = {"IATA", to_upper(airline)};
  if (!party.name.empty() || !party.identifier.value.empty()) event.parties.push_back(std::move(party));
}

void add_objects(Event& event, const Node& node, std::string_view property) {
  const std::vector<Value>* objects = node.find(cargo(property));
  if (objects == nullptr) return;
  for (const Value& value : *objects)
    if (value.is_node())
      for (const Reference& reference : references_of(value.node.front()))
        if (event.references.size() < limits::kReferencesPerEventMax &&
            std::ranges::find(event.references, reference) == event.references.end())
          event.references.push_back(reference);
}

// The same telling has the same id; what only the server adds does not count.
std::string id_of(const Node& node, const Event& event) {
  if (!node.id.empty() && !node.id.starts_with("_:") && node.id.size() <= limits::kIdentifierBytesMax) return node.id;
  Node said = node;
  said.id.clear();
  said.remove(cargo("creationDate"));
  std::string all = write_document(said, Form::expanded);
  for (const Reference& reference : event.references) all += '\n' + reference.key();
  return uuid_from_digest(sha256(all));
}

}  // namespace

std::string code_of(const Node& element) {
  const std::string_view code = trim(element.text(cargo("code")));
  const std::string_view named = code.empty() ? local_name(element.id) : code;
  const size_t low = named.rfind('_');  // "AirportCode_HKG"
  return to_upper(low == std::string_view::npos ? named : named.substr(low + 1));
}

std::string event_code(const Node& event) {
  const Node* element = event.object(cargo("eventCode"));
  return element != nullptr ? code_of(*element) : to_upper(trim(local_name(event.text(cargo("eventCode")))));
}

Result<Event> event_from(const Node& node, const std::vector<Reference>& references, std::vector<Diagnostic>& notes) {
  Event event;
  const std::string code = event_code(node);
  event.place = place_of(node);
  event.occurred = TRY(instant_of(node, "eventDate", event.place, notes));
  if (const auto created = parse_rfc3339(trim(node.text(cargo("creationDate"))))) event.created = *created;
  const auto milestone = milestone_of(code);
  if (!milestone) return fail(Code::unsupported, "no milestone stands for the event's code", legible(code));
  event.milestone = *milestone;
  event.classifier = classifier_of(node, notes);
  event.references = references;
  add_objects(event, node, "eventFor");
  add_objects(event, node, "linkedObject");  // its name before cargo 3.0, still in use
  if (event.references.empty()) return fail(Code::invalid, "a logistics event is about no object that is known by a reference");
  event.transport.mode = TransportMode::air;
  add_party(event, node);
  event.remark = legible(node.text(cargo("eventName")), limits::kTextBytesMax);
  if (row(event.milestone).type == EventType::shipment) event.document_type = "AWB";
  event.id = id_of(node, event);
  event.source.format = "ONERECORD";
  event.source.type = "LogisticsEvent " + code;
  event.source.document = legible(node.id, limits::kIdentifierBytesMax);
  TRY_OK(validate(event));
  return event;
}

}  // namespace fairway::gateway::onerecord
