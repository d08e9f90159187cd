#include "gateway/dcsa/tnt2_event.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/json.h"
#include "gateway/dcsa/placed_instant.h"
#include "gateway/dcsa/tnt2_members.h"

namespace fairway::gateway::dcsa {
namespace {

std::string in_quotes(std::string_view value) { return "\"" + legible(value, 48) + "\""; }

struct TypeRow {
  std::string_view code;
  EventType type;
  std::string_view code_member;
  Text EventFields::* code_text;
};
constexpr std::array<TypeRow, 3> kTypes = {{
    {"EQUIPMENT", EventType::equipment, "equipmentEventTypeCode", &EventFields::equipment_code},
    {"TRANSPORT", EventType::transport, "transportEventTypeCode", &EventFields::transport_code},
    {"SHIPMENT", EventType::shipment, "shipmentEventTypeCode", &EventFields::shipment_code},
}};

std::string joined(std::string_view name, const std::vector<std::string_view>& members, char open, char close) {
  std::string out;
  append_json_string(out, name);
  out += ':';
  out += open;
  for (size_t i = 0; i < members.size(); ++i) {
    if (i != 0) out += ',';
    out += members[i];
  }
  return out += close;
}

std::string minified(const std::string& json) {
  std::string out(json.size() + simdjson::SIMDJSON_PADDING, '\0');
  size_t size = 0;
  if (simdjson::minify(json.data(), json.size(), out.data(), size) != simdjson::SUCCESS) return json;
  out.resize(size);
  return out;
}

}  // namespace

void EventBuilder::build() {
  read_extension_member();
  read_what();
  read_place();
  read_transport();
  read_times();
  read_references();
  read_equipment();
  read_parties();
  read_amendment();
  read_remarks();
  if (auto applied = extension_ && type_ ? apply(*extension_, event_) : Status(); !applied)
    error({}, "fairway", "dcsa.extension", applied.error().text());
  add_transport_references();
  keep_rest();
  if (event_.id.empty()) event_.id = uuid_from_digest(content_digest(event_));
}

void EventBuilder::deviation(Severity severity, const Text& text, std::string_view member, std::string code, std::string what) {
  std::string pointer = path_.pointer();
  if (!member.empty()) pointer.append("/").append(member);
  report(message_,
         {severity, std::move(code), std::move(what), 0, std::move(pointer), text.member.empty() ? message_.offset : text.offset});
}

void EventBuilder::error(const Text& text, std::string_view member, std::string code, std::string what) {
  deviation(Severity::error, text, member, std::move(code), std::move(what));
}

void EventBuilder::warn(const Text& text, std::string_view member, std::string code, std::string what) {
  deviation(Severity::warning, text, member, std::move(code), std::move(what));
}

void EventBuilder::keep(const Text& text) {
  if (!text.member.empty()) fields_.kept.push_back(text.member);
}

// What the writer only assumed is taken back before anything else looks at it.
void EventBuilder::read_extension_member() {
  if (fields_.extension.empty()) return;
  auto extension = read_extension(fields_.extension);
  if (!extension) return error({}, "fairway", "dcsa.extension", extension.error().text());
  extension_ = std::move(*extension);
  struct Assumable {
    std::string_view member;
    Text& text;
  };
  const std::array assumable = {
      Assumable{"eventCreatedDateTime", fields_.created},   Assumable{"documentID", fields_.document_id},
      Assumable{"documentTypeCode", fields_.document_type}, Assumable{"emptyIndicatorCode", fields_.empty_indicator},
      Assumable{"transportCallID", fields_.call.texts[0]},  Assumable{"modeOfTransport", fields_.call.mode}};
  for (const Assumable& candidate : assumable)
    if (extension_->assumes(candidate.member)) candidate.text = {};
}

void EventBuilder::read_what() {
  event_.id = fields_.id.value;
  if (event_.id.empty())
    warn(fields_.id, "eventID", "dcsa.event_id", "no eventID; one is derived from the content");
  else if (!is_uuid(event_.id))
    warn(fields_.id, "eventID", "dcsa.event_id", "the eventID is not a UUID; kept as sent");

  const auto type = std::ranges::find(kTypes, fields_.type.value, &TypeRow::code);
  if (type == kTypes.end())
    return error(fields_.type, "eventType", "dcsa.event_type",
                 fields_.type.present() ? in_quotes(fields_.type.value) + " is not EQUIPMENT, TRANSPORT or SHIPMENT" : "no eventType");
  type_ = type->type;
  const Text& own = fields_.*type->code_text;
  const Text& code = own.present() ? own : fields_.any_code;
  if (const auto milestone = milestone_from_dcsa(type->type, code.value))
    event_.milestone = *milestone;
  else
    error(code, type->code_member, "dcsa.event_type_code",
          code.present() ? in_quotes(code.value) + " is not a code of " + std::string(type->code) + " events"
                         : "no " + std::string(type->code_member));
  for (const TypeRow& other : kTypes)
    if (&other != &*type) keep(fields_.*other.code_text);
  keep(fields_.any_code);

  if (const auto classifier = classifier_from_dcsa(fields_.classifier.value))
    event_.classifier = *classifier;
  else
    error(fields_.classifier, "eventClassifierCode", "dcsa.classifier",
          fields_.classifier.present() ? in_quotes(fields_.classifier.value) + " is not ACT, EST or PLN" : "no eventClassifierCode");
}

template <typename Owner, size_t N>
void EventBuilder::take_texts(const std::array<TextMember<Owner>, N>& members, const std::array<Text, N>& texts, std::string_view parent,
                              Owner& owner) {
  for (size_t i = 0; i < N; ++i) {
    if (!texts[i].present()) continue;
    owner.*members[i].field = texts[i].value;
    if (!fits(members[i], texts[i].value))
      warn(texts[i], std::string(parent) + "/" + std::string(members[i].name), "dcsa.value",
           in_quotes(texts[i].value) + " is not what T&T 2.2 allows here");
  }
}

// A transport event happens at its transportCall, the others at their eventLocation; the other one is kept as sent and stands in
// where the first names no place.
void EventBuilder::read_place() {
  const bool at_call = type_ == EventType::transport;
  CallFields& call = fields_.call;
  take_texts(kLocationMembers, fields_.location.texts, "eventLocation", event_.place);
  if (event_.place.name.empty()) event_.place.name = fields_.location.address;
  if (!call.present && !at_call) return;
  const Place location = at_call ? std::exchange(event_.place, {}) : Place();
  const auto stand_in = [&](const Place& place) {
    const std::string name = event_.place.name.empty() ? place.name : event_.place.name;
    if (event_.place.unlocode.empty() && event_.place.facility.empty() && !place.empty()) event_.place = place;
    event_.place.name = name;
  };
  Place at;
  take_texts(kCallPlaceMembers, call.place, "transportCall", at);
  stand_in(at);
  at = {};
  take_texts(kLocationMembers, call.location.texts, "transportCall/location", at);
  if (at.name.empty()) at.name = call.location.address;
  stand_in(at);
  if (at_call) stand_in(location);
  for (const Text& text : at_call ? fields_.location.texts : call.place)
    if (text.present()) (at_call ? fields_.location.kept : call.kept).push_back(text.member);
}

void EventBuilder::read_transport() {
  CallFields& call = fields_.call;
  Transport& transport = event_.transport;
  take_texts(kCallMembers, call.texts, "transportCall", transport);
  take_texts(kVesselMembers, call.vessel, "transportCall/vessel", transport);
  if (transport.call_id.empty()) transport.call_id = fields_.call_id.value;
  if (transport.voyage.empty()) transport.voyage = call.carrier_voyage.value;
  keep(fields_.call_id);
  if (!call.carrier_voyage.member.empty()) call.kept.push_back(call.carrier_voyage.member);
  if (!transport.vessel_imo.empty())
    if (const auto vessel = Reference::make(ReferenceKind::vessel, transport.vessel_imo)) transport.vessel_imo = vessel->value();
  const auto mode = std::ranges::find(kModes, call.mode.value, &ModeRow::code);
  if (mode != kModes.end()) transport.mode = mode->mode;
  if (call.mode.present() && (mode == kModes.end() || mode->mode == TransportMode::air))
    warn(call.mode, "transportCall/modeOfTransport", "dcsa.value", in_quotes(call.mode.value) + " is not VESSEL, BARGE, RAIL or TRUCK");
}

void EventBuilder::read_times() {
  if (const auto occurred = instant(fields_.occurred, "eventDateTime")) event_.occurred = *occurred;
  if (!fields_.occurred.present()) error(fields_.occurred, "eventDateTime", "dcsa.time", "no eventDateTime");
  event_.created = instant(fields_.created, "eventCreatedDateTime");
  if (!fields_.created.present() && !assumes("eventCreatedDateTime"))
    warn(fields_.created, "eventCreatedDateTime", "dcsa.missing", "no eventCreatedDateTime; the time of receipt stands in for it");
}

// A time without offset is one of the place's clock; where that is not known either, of UTC, and the instant says so.
std::optional<Instant> EventBuilder::instant(const Text& text, std::string_view member) {
  if (!text.present()) return std::nullopt;
  auto parsed = parse_rfc3339(text.value);
  if (!parsed) {
    error(text, member, "dcsa.time", in_quotes(text.value) + " is not an RFC 3339 date-time");
    return std::nullopt;
  }
  if (parsed->zone != ZoneSource::assumed) return std::move(*parsed);
  Instant instant = placed(*parsed, text.value, event_.place.unlocode);
  const bool by_place = instant.zone == ZoneSource::place;
  warn(text, member, "dcsa.time_zone",
       "a time without offset; read as " + (by_place ? std::string(zone_of(event_.place.unlocode)) : "UTC"));
  return instant;
}

void EventBuilder::read_references() {
  if (fields_.equipment_reference.present()) {
    if (characters(fields_.equipment_reference.value) > kEquipmentReferenceCharsMax)
      error(fields_.equipment_reference, "equipmentReference", "dcsa.too_long", "an equipmentReference has at most 15 characters");
    else
      add_reference(ReferenceKind::equipment, fields_.equipment_reference, "equipmentReference");
  }
  read_document();
  read_items("documentReferences", fields_.document_references, kDocumentReferences);
  read_items("references", fields_.references, kPartyReferences);
}

void EventBuilder::add_transport_references() {
  for (auto& reference : references_of(event_.transport))
    if (reference && std::ranges::find(event_.references, *reference) == event_.references.end())
      event_.references.push_back(std::move(*reference));
}

void EventBuilder::read_document() {
  const Text& type = fields_.document_type.present() ? fields_.document_type : fields_.information_type;
  keep(fields_.information_type);
  if (type_ != EventType::shipment) {  // nowhere in the standard: carried on, and looked at where it names a paper
    keep(fields_.document_id);
    keep(fields_.document_type);
  } else {
    event_.document_type = type.value == "BOK" ? "BKG" : type.value;
    if (!type.present()) {
      if (!assumes("documentTypeCode")) warn(type, "documentTypeCode", "dcsa.missing", "a shipment event names its documentTypeCode");
    } else if (!is_one_of(kDocumentTypes, event_.document_type)) {
      warn(type, "documentTypeCode", "dcsa.value", in_quotes(type.value) + " is not what T&T 2.2 allows here");
    }
    if (!fields_.document_id.present() && !assumes("documentID"))
      warn(fields_.document_id, "documentID", "dcsa.missing", "a shipment event names its documentID");
  }
  const ReferenceRow* row = find_row(kDocumentReferences, type.value);
  if (!fields_.document_id.present()) return;
  const bool said = row != nullptr && add_reference(row->kind, fields_.document_id, "documentID");
  if (!said && type_ == EventType::shipment) keep(fields_.document_id);
}

// An item that says what is said already, or that would not be written again just so, is kept as sent.
void EventBuilder::read_items(std::string_view member, std::vector<ItemFields>& items, std::span<const ReferenceRow> rows) {
  std::vector<std::string_view>& kept = member == "references" ? kept_references_ : kept_document_references_;
  for (size_t i = 0; i < items.size(); ++i) {
    const ItemFields& item = items[i];
    const ReferenceRow* row = find_row(rows, item.type.value);
    bool again = false;
    if (row != nullptr && item.value.present())
      again = add_reference(row->kind, item.value, std::string(member) + "/" + std::to_string(i)) && row->writes && !item.has_more;
    if (row == nullptr && item.type.present())
      warn(item.type, std::string(member) + "/" + std::to_string(i), "dcsa.reference_type",
           in_quotes(item.type.value) + " is not a known type; kept as sent");
    if (!again) kept.push_back(item.item);
  }
}

bool EventBuilder::add_reference(ReferenceKind kind, const Text& text, std::string_view member) {
  auto reference = Reference::make(kind, text.value);
  if (!reference) {
    error(text, member, "dcsa.reference", reference.error().text());
    return false;
  }
  if (std::ranges::find(event_.references, *reference) != event_.references.end()) return false;
  // Lower case is not the trade's, but the sender looks for what it wrote. How a box number is grouped is nobody's concern.
  const bool says_all = kind == ReferenceKind::equipment || reference->value() == text.value;
  event_.references.push_back(std::move(*reference));
  return says_all;
}

void EventBuilder::read_equipment() {
  EquipmentFacts& equipment = event_.equipment;
  equipment.iso_code = fields_.iso_code.value;
  if (characters(equipment.iso_code) > kIsoEquipmentCodeCharsMax)
    warn(fields_.iso_code, "ISOEquipmentCode", "dcsa.value", in_quotes(equipment.iso_code) + " is longer than a size-type code");
  const std::string_view load = fields_.empty_indicator.value;
  if (load == "EMPTY" || load == "LADEN") {
    equipment.load = load == "EMPTY" ? Load::empty : Load::laden;
  } else if (!load.empty()) {
    warn(fields_.empty_indicator, "emptyIndicatorCode", "dcsa.value", in_quotes(load) + " is neither EMPTY nor LADEN; ignored");
  } else if (type_ == EventType::equipment && !assumes("emptyIndicatorCode")) {
    warn(fields_.empty_indicator, "emptyIndicatorCode", "dcsa.missing", "an equipment event says whether it is EMPTY or LADEN");
  }
  read_seals();
}

void EventBuilder::read_seals() {
  for (size_t i = 0; i < fields_.seals.size(); ++i) {
    const ItemFields& seal = fields_.seals[i];
    keep_seals_ |= (seal.has_more && !assumes("sealType")) || !seal.value.present();
    if (seal.value.present()) event_.equipment.seals.push_back({std::string(seal.value.value), std::string(seal.type.value)});
    if (seal.type.present() && !is_one_of(kSealSources, seal.type.value)) {
      warn(seal.type, "seals/" + std::to_string(i) + "/sealSource", "dcsa.value",
           in_quotes(seal.type.value) + " is not what T&T 2.2 allows here");
      keep_seals_ = true;
    }
  }
}

void EventBuilder::read_parties() {
  for (const ItemFields& party : fields_.parties) {
    NamedParty named;
    named.role = party.type.value;
    named.identifier = {to_upper(trim(party.scheme.value)), to_upper(trim(party.value.value))};
    named.name = party.name.value;
    if (named != NamedParty()) event_.parties.push_back(std::move(named));
  }
}

void EventBuilder::read_amendment() {
  if (fields_.corrects.present() && fields_.retracts.present())
    return error(fields_.retracts, "retractsEventID", "dcsa.amendment", "an event either corrects another or retracts it");
  if (fields_.corrects.present()) event_.amendment = Amendment::correction, event_.amends = fields_.corrects.value;
  if (fields_.retracts.present()) event_.amendment = Amendment::retraction, event_.amends = fields_.retracts.value;
}

void EventBuilder::read_remarks() {
  const bool coded_first = type_ == EventType::transport;
  const Text& first = coded_first ? fields_.delay_reason : fields_.reason;
  const Text& second = coded_first ? fields_.reason : fields_.delay_reason;
  const Text& reason = first.present() ? first : second;
  if (reason.value.size() <= limits::kIdentifierBytesMax) {
    event_.reason = reason.value;
  } else {
    warn(reason, coded_first ? "delayReasonCode" : "reason", "dcsa.too_long",
         "a reason this long is kept as sent, not as the event's reason");
    keep(reason);
  }
  if (first.present()) keep(second);
  event_.remark = fields_.remark.present() ? fields_.remark.value : fields_.schedule_remark.value;
  keep(fields_.schedule_remark);
}

void EventBuilder::keep_rest() {
  CallFields& call = fields_.call;
  std::vector<std::string> nested;  // must outlive the views below
  if (!call.vessel_kept.empty()) call.kept.push_back(nested.emplace_back(joined("vessel", call.vessel_kept, '{', '}')));
  std::vector<std::string> sections;
  if (!call.kept.empty()) sections.push_back(joined("transportCall", call.kept, '{', '}'));
  if (!fields_.location.kept.empty()) sections.push_back(joined("eventLocation", fields_.location.kept, '{', '}'));
  if (!kept_document_references_.empty()) sections.push_back(joined("documentReferences", kept_document_references_, '[', ']'));
  if (!kept_references_.empty()) sections.push_back(joined("references", kept_references_, '[', ']'));
  if (keep_seals_) {
    std::vector<std::string_view> seals;
    for (const ItemFields& seal : fields_.seals) seals.push_back(seal.item);
    sections.push_back(joined("seals", seals, '[', ']'));
  }
  for (const std::string& section : sections) fields_.kept.push_back(section);
  if (fields_.kept.empty()) return;
  std::string original = "{";
  for (size_t i = 0; i < fields_.kept.size(); ++i) original.append(i == 0 ? "" : ",").append(fields_.kept[i]);
  original += '}';
  if (const auto parsed = parse_json(original, {}, limits::kOriginalDepthMax); !parsed)
    return error({}, "", "dcsa.json", "a member is not JSON, or nested too deep: " + parsed.error().detail);
  event_.original = minified(original);
}

}  // namespace fairway::gateway::dcsa
