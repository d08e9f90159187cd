#include "gateway/dcsa/tnt3_event.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/bytes.h"
#include "gateway/dcsa/placed_instant.h"

namespace fairway::gateway::dcsa {
namespace {

std::string in_quotes(std::string_view value) { return "\"" + legible(value, 48) + "\""; }

struct TypeRow {
  std::string_view type;
  std::string_view code;  // where its code stands
};
constexpr std::array<TypeRow, 5> kTypes = {{
    {"SHIPMENT", "eventClassification/shipmentEventTypeCode"},
    {"TRANSPORT", "eventClassification/transportEventTypeCode"},
    {"EQUIPMENT", "eventClassification/equipmentEventTypeCode"},
    {"IOT", "iotDetails/iotEventCode"},
    {"REEFER", "eventClassification/reeferEventTypeCode"},
}};

std::optional<double> number_from(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<double> number_at(const json::object& object, std::string_view path) {
  const json::value* value = find_path(object, path);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

// Nothing but these two members, both texts.
bool says_only(const json::object& item, std::string_view one, std::string_view other) {
  const json::value* first = item.if_contains(one);
  const json::value* second = item.if_contains(other);
  return item.size() == 2 && first != nullptr && second != nullptr && first->is_string() && second->is_string();
}

}  // namespace

void Tnt3Builder::error(std::string_view path, std::string code, std::string what) {
  std::string at = position_;
  if (!path.empty()) at.append("/").append(path);
  report(message_, {Severity::error, std::move(code), std::move(what), 0, std::move(at), message_.offset});
}

void Tnt3Builder::warn(std::string_view path, std::string code, std::string what) {
  std::string at = position_;
  if (!path.empty()) at.append("/").append(path);
  report(message_, {Severity::warning, std::move(code), std::move(what), 0, std::move(at), message_.offset});
}

std::string Tnt3Builder::take(std::string_view path) {
  std::string text = text_at(object_, path);
  if (!text.empty()) erase_path(object_, path);
  return text;
}

// The composite key of 3.0; an event without an eventID is a claim of its own.
void Tnt3Builder::read_claim() {
  const std::string id = text_at(object_, "eventID");
  message_.claim.withdrawn = truth_of(object_, "isRetracted").value_or(false);
  if (id.empty()) {
    if (message_.claim.withdrawn)
      error("eventID", "dcsa.event_id", "what is retracted is not named");
    else
      warn("eventID", "dcsa.event_id", "no eventID; one is derived from the content");
    return;
  }
  if (characters(id) > kEventIdCharsMax) warn("eventID", "dcsa.value", "an eventID has at most 500 characters");
  std::string& claim = message_.claim.identity;
  for (const char* part : {"partyCode", "codeListProvider", "codeListName"})
    claim.append(text_at(object_, std::string("eventRouting/originatingParty/") + part)).append("\n");
  claim.append(id);
  if (const auto updated = parse_rfc3339(text_at(object_, "eventUpdatedDateTime"))) message_.claim.written_us = updated->micros;
}

void Tnt3Builder::build(Event& event) {
  event.id = uuid_from_digest(sha256(message_.claim.identity.empty()
                                         ? "dcsa3\n" + message_.hash
                                         : "dcsa3\n" + message_.claim.identity + "\n" + text_at(object_, "eventUpdatedDateTime")));
  if (const std::string id = text_at(object_, "eventID"); id.size() <= limits::kIdentifierBytesMax) {
    event.source.document = id;
    erase_path(object_, "eventID");
  }
  read_classification(event);
  read_texts(event);
  read_times(event);
  read_position(event);
  read_document(event);
  read_items(event, "shipmentDetails/additionalDocumentReferences", kTnt3Documents);
  read_items(event, "shipmentDetails/shipmentReferences", kPartyReferences);
  read_equipment(event);
  read_extension(event);  // before what follows from its texts
  read_transport(event);
  read_reefer(event);
  read_parties(event);
  keep_rest(event);
}

void Tnt3Builder::read_classification(Event& event) {
  type_ = take("eventClassification/eventTypeCode");
  const auto row = std::ranges::find(kTypes, type_, &TypeRow::type);
  if (row == kTypes.end())
    return error("eventClassification/eventTypeCode", "dcsa.event_type",
                 type_.empty() ? "no eventTypeCode" : in_quotes(type_) + " is not SHIPMENT, TRANSPORT, EQUIPMENT, IOT or REEFER");
  const std::string code = take(row->code);
  if (const auto milestone = milestone_from_dcsa3(type_, code))
    event.milestone = *milestone;
  else
    error(row->code, "dcsa.event_type_code", code.empty() ? "no code" : in_quotes(code) + " is not a code of " + type_ + " events");
  if (type_ == "IOT" && take("eventClassification/iotEventTypeCode") != "DETC")
    warn("eventClassification/iotEventTypeCode", "dcsa.value", "an IOT event is DETC");
  const std::string classifier = take("eventClassification/eventClassifierCode");
  if (const auto known = classifier_from_dcsa(classifier))
    event.classifier = *known;
  else
    error("eventClassification/eventClassifierCode", "dcsa.classifier",
          classifier.empty() ? "no eventClassifierCode" : in_quotes(classifier) + " is not ACT, EST or PLN");
}

void Tnt3Builder::read_texts(Event& event) {
  for (const PathText& row : kTnt3Texts) {
    std::string text = text_at(object_, row.path);
    if (text.empty()) continue;
    if (characters(text) > row.chars_max) warn(row.path, "dcsa.value", in_quotes(text) + " is longer than 3.0 allows");
    erase_path(object_, row.path);
    row.in(event) = std::move(text);
  }
  const std::string_view reason = type_ == "TRANSPORT" ? "transportDetails/delayReasonCodes" : "shipmentDetails/reason";
  const json::value* said = find_path(object_, reason);
  if (said == nullptr) return;
  // The first of several codes is the event's reason; the list is kept with the others in it.
  const json::array* codes = said->if_array();
  const json::value* first = codes == nullptr ? said : codes->empty() ? nullptr : &codes->front();
  if (first == nullptr || !first->is_string() || first->get_string().size() > limits::kIdentifierBytesMax) return;
  event.reason = first->get_string();
  if (codes == nullptr || codes->size() == 1) erase_path(object_, reason);
}

void Tnt3Builder::read_times(Event& event) {
  if (const auto occurred = instant("eventDateTime", event))
    event.occurred = *occurred;
  else if (message_.ok)
    error("eventDateTime", "dcsa.time", "no eventDateTime");
  event.created = instant("eventUpdatedDateTime", event);
  if (!event.created && message_.ok)
    warn("eventUpdatedDateTime", "dcsa.missing", "no eventUpdatedDateTime; the time of receipt stands in for it");
}

std::optional<Instant> Tnt3Builder::instant(std::string_view member, const Event& event) {
  const std::string text = take(member);
  if (text.empty()) return std::nullopt;
  auto parsed = parse_rfc3339(text);
  if (!parsed) {
    error(member, "dcsa.time", in_quotes(text) + " is not an RFC 3339 date-time");
    return std::nullopt;
  }
  if (parsed->zone != ZoneSource::assumed) return std::move(*parsed);
  Instant at = placed(*parsed, text, event.place.unlocode);
  warn(member, "dcsa.time_zone",
       "a time without offset; read as " + (at.zone == ZoneSource::place ? "the clock of the place" : std::string("UTC")));
  return at;
}

// Two texts of decimal degrees, or none of them.
void Tnt3Builder::read_position(Event& event) {
  constexpr std::string_view kPosition = "eventLocation/geoCoordinate";
  const auto latitude = number_from(text_at(object_, "eventLocation/geoCoordinate/latitude"));
  const auto longitude = number_from(text_at(object_, "eventLocation/geoCoordinate/longitude"));
  if (find_path(object_, kPosition) == nullptr) return;
  if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180)
    return warn(kPosition, "dcsa.value", "not a position on earth; kept as sent");
  event.place.latitude = latitude;
  event.place.longitude = longitude;
}

void Tnt3Builder::read_transport(Event& event) {
  constexpr std::string_view kMode = "transportDetails/transportCall/modeOfTransport";
  Transport& transport = event.transport;
  const std::string mode = text_at(object_, kMode);
  const auto known = std::ranges::find(kModes, mode, &ModeRow::code);
  if (known != kModes.end() && known->mode != TransportMode::air) {
    transport.mode = known->mode;
    erase_path(object_, kMode);
  } else if (!mode.empty() && mode != "MULTIMODAL") {
    warn(kMode, "dcsa.value", in_quotes(mode) + " is not a mode of transport of 3.0; kept as sent");
  }
  if (!transport.vessel_imo.empty())
    if (const auto vessel = Reference::make(ReferenceKind::vessel, transport.vessel_imo)) transport.vessel_imo = vessel->value();
  if (transport.mode == TransportMode::rail) transport.vehicle = take(kRailCar);
  if (transport.mode == TransportMode::truck) transport.vehicle = take(kTractor);
  if (!transport.vehicle.empty()) {
    const auto kind = transport.mode == TransportMode::rail ? ReferenceKind::wagon : ReferenceKind::vehicle;
    add_reference(event, kind, transport.vehicle, transport.mode == TransportMode::rail ? kRailCar : kTractor);
  }
  for (auto& reference : references_of(transport))
    if (reference && std::ranges::find(event.references, *reference) == event.references.end())
      event.references.push_back(std::move(*reference));
}

void Tnt3Builder::read_equipment(Event& event) {
  constexpr std::string_view kBox = "equipmentDetails/equipmentReference", kLoad = "equipmentDetails/emptyIndicatorCode";
  if (const std::string box = text_at(object_, kBox); !box.empty()) {
    const bool own = type_ == "EQUIPMENT" || type_ == "IOT" || type_ == "REEFER";
    if (add_reference(event, ReferenceKind::equipment, box, kBox) && own && event.reference(ReferenceKind::equipment)->value() == box)
      erase_path(object_, kBox);
  }
  const std::string load = text_at(object_, kLoad);
  if (load == "EMPTY" || load == "LADEN") {
    event.equipment.load = load == "EMPTY" ? Load::empty : Load::laden;
    erase_path(object_, kLoad);
  } else if (!load.empty()) {
    warn(kLoad, "dcsa.value", in_quotes(load) + " is neither EMPTY nor LADEN; kept as sent");
  }
  read_seals(event);
}

void Tnt3Builder::read_seals(Event& event) {
  constexpr std::string_view kSeals = "equipmentDetails/seals";
  const json::value* value = find_path(object_, kSeals);
  const json::array* seals = value != nullptr ? value->if_array() : nullptr;
  if (seals == nullptr) return;
  bool all = true;
  for (const json::value& item : *seals) {
    const json::object* seal = item.if_object();
    const std::string number = seal != nullptr ? text_at(*seal, "number") : std::string();
    const std::string source = seal != nullptr ? text_at(*seal, "source") : std::string();
    all = all && seal != nullptr && says_only(*seal, "number", "source") && is_one_of(kTnt3SealSources, source);
    if (!number.empty()) event.equipment.seals.push_back({number, source});
  }
  if (all) erase_path(object_, kSeals);
}

bool Tnt3Builder::add_reference(Event& event, ReferenceKind kind, std::string_view text, std::string_view path) {
  auto reference = Reference::make(kind, text);
  if (!reference) {
    error(path, "dcsa.reference", reference.error().text());
    return false;
  }
  const bool says_all = reference->value() == text;
  if (std::ranges::find(event.references, *reference) != event.references.end()) return false;
  event.references.push_back(std::move(*reference));
  return says_all;
}

// The paper that a shipment event is about, the first that another names.
void Tnt3Builder::read_document(Event& event) {
  constexpr std::string_view kType = "shipmentDetails/documentReference/typeCode", kValue = "shipmentDetails/documentReference/reference";
  const std::string type = text_at(object_, kType), value = text_at(object_, kValue);
  if (type_ == "SHIPMENT") {
    event.document_type = type;
    if (type.empty()) warn(kType, "dcsa.missing", "a shipment event names its document");
  }
  const ReferenceRow* row = find_row(kTnt3Documents, type);
  if (row == nullptr || value.empty()) return;
  if (!add_reference(event, row->kind, value, kValue) || (type_ != "SHIPMENT" && !row->writes)) return;
  erase_path(object_, kType);
  erase_path(object_, kValue);
}

// An item that says what is said already, or that would not be written again just so, is kept as sent.
void Tnt3Builder::read_items(Event& event, std::string_view path, std::span<const ReferenceRow> rows) {
  const json::value* value = find_path(object_, path);
  const json::array* items = value != nullptr ? value->if_array() : nullptr;
  if (items == nullptr) return;
  json::array kept;
  for (size_t i = 0; i < items->size(); ++i) {
    const std::string at = std::string(path) + "/" + std::to_string(i);
    const json::object* item = (*items)[i].if_object();
    const std::string code = item != nullptr ? text_at(*item, "typeCode") : std::string();
    const std::string text = item != nullptr ? text_at(*item, "reference") : std::string();
    const ReferenceRow* row = find_row(rows, code);
    const bool said = row != nullptr && !text.empty() && add_reference(event, row->kind, text, at);
    if (!said || !row->writes || !says_only(*item, "typeCode", "reference")) kept.push_back((*items)[i]);
  }
  erase_path(object_, path);
  if (!kept.empty()) put_path(object_, path, std::move(kept));
}

// What was measured and set is readings of the model; the object is kept as it is, since it says more.
void Tnt3Builder::read_reefer(Event& event) {
  const json::object* reefer = object_of(object_, "reeferDetails");
  if (reefer == nullptr) return;
  const std::string unit = text_at(*reefer, "temperatureUnit");
  const auto add = [&](std::string_view kind, std::optional<double> number, std::string_view own_unit) {
    if (!number || event.readings.size() >= limits::kReadingsPerEventMax) return;
    event.readings.push_back({std::string(kind), *number, std::string(own_unit.empty() ? std::string_view(unit) : own_unit), {}, {}});
  };
  for (const ReadingRow& row : kTnt3Readings) add(row.kind, number_at(*reefer, row.path), row.unit);
  const json::array* probes = array_of(*reefer, "temperatureProbeMeasurements");
  if (probes == nullptr) return;
  for (const json::value& item : *probes)
    if (const json::object* probe = item.if_object()) add(kProbeKind, number_of(*probe, "measuredTemperatureValue"), "");
}

// Whom the routing names has a part in the event; mutually agreed codes name nobody here.
void Tnt3Builder::read_party(Event& event, const json::value* value) {
  const json::object* party = value != nullptr ? value->if_object() : nullptr;
  if (party == nullptr) return;
  NamedParty named;
  named.role = text_at(*party, "partyFunction");
  named.identifier = {to_upper(text_at(*party, "codeListProvider")), to_upper(text_at(*party, "partyCode"))};
  if (named.identifier.scheme.empty() || named.identifier.scheme == "ZZZ" || named.identifier.value.empty()) return;
  if (std::ranges::find(event.parties, named) == event.parties.end()) event.parties.push_back(std::move(named));
}

void Tnt3Builder::read_parties(Event& event) {
  read_party(event, find_path(object_, "eventRouting/originatingParty"));
  const json::value* forwarding = find_path(object_, "eventRouting/forwardingParties");
  if (forwarding != nullptr && forwarding->is_array())
    for (const json::value& party : forwarding->get_array()) read_party(event, &party);
  read_party(event, find_path(object_, "eventRouting/destinationParty"));
}

// What append_tnt3() had no member for.
void Tnt3Builder::read_extension(Event& event) {
  const json::object* ours = object_of(object_, "fairway");
  if (ours == nullptr) return;
  if (const std::string_view name = text_of(*ours, "milestone"); !name.empty()) {
    const auto milestone = milestone_from(name);
    if (!milestone || dcsa3_code(*milestone).code != dcsa3_code(event.milestone).code)
      return error("fairway/milestone", "dcsa.extension", "the milestone is not one of the event's code");
    event.milestone = *milestone;
  }
  if (const json::object* texts = object_of(*ours, "texts"))
    for (const PathText& row : kTnt3Texts)
      if (const std::string_view text = text_of(*texts, row.path); !text.empty()) row.in(event) = text;
  if (const json::array* references = array_of(*ours, "references"))
    for (const json::value& item : *references)
      if (const json::object* said = item.if_object())
        if (const auto kind = reference_kind_from(text_of(*said, "kind")))
          add_reference(event, *kind, text_of(*said, "value"), "fairway/references");
  if (const json::array* readings = array_of(*ours, "readings"))
    for (const json::value& item : *readings)
      if (const json::object* said = item.if_object(); said != nullptr && event.readings.size() < limits::kReadingsPerEventMax)
        event.readings.push_back({text_at(*said, "kind"), number_of(*said, "value").value_or(0), text_at(*said, "unit"), {}, {}});
  if (const json::object* said = object_of(*ours, "window")) {
    auto window = window_from_json(json::serialize(*said));
    if (!window) return error("fairway/window", "dcsa.extension", window.error().text());
    event.window = std::move(*window);
  }
  object_.erase("fairway");
}

void Tnt3Builder::keep_rest(Event& event) {
  if (object_.empty()) return;
  event.original = "{\"dcsa3\":" + json::serialize(object_) + "}";
}

}  // namespace fairway::gateway::dcsa
