#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "base/json_writer.h"
#include "gateway/dcsa/tnt2.h"
#include "gateway/dcsa/tnt2_extension.h"
#include "gateway/dcsa/tnt2_members.h"

namespace fairway::gateway::dcsa {
namespace {

// A member carried on from Event::original.
struct Kept {
  std::string_view name, value;
  [[nodiscard]] std::string_view member() const {
    return {name.data() - 1, static_cast<size_t>(value.data() + value.size() - name.data() + 1)};
  }
};

std::vector<Kept> kept_members(std::string_view object) {
  std::vector<Kept> kept;
  if (object.empty()) return kept;
  const Status cut = each_json_member(object, [&](std::string_view name, std::string_view value) -> Status {
    kept.push_back({name, value});
    return {};
  });
  if (!cut) kept.clear();  // not JSON: an event put together by hand
  return kept;
}

std::string_view find_kept(const std::vector<Kept>& kept, std::string_view name) {
  const auto found = std::ranges::find(kept, name, &Kept::name);
  return found == kept.end() ? std::string_view() : found->value;
}

// Whether the standard has the code in this list of references.
bool is_listed(std::string_view list, std::string_view code) {
  return list == "references" ? is_one_of(kReferenceTypes, code) : is_one_of(kDocumentReferenceTypes, code);
}

// Whether the item of a list is an object with a code of the standard in this member.
bool has_code(std::string_view item, std::string_view member, std::span<const std::string_view> codes) {
  const auto parsed = parse_json(item);
  return parsed && parsed->is_object() && std::ranges::find(codes, text_of(parsed->get_object(), member)) != codes.end();
}

bool are_seals(std::string_view list) {
  bool all = true;
  const Status cut = each_json_element(list, [&](std::string_view seal) -> Status {
    all = all && has_code(seal, "sealType", kSealTypes);
    const bool has_source = seal.find("\"sealSource\"") != std::string_view::npos;
    all = all && (!has_source || has_code(seal, "sealSource", kSealSources)) && seal.find("\"sealNumber\"") != std::string_view::npos;
    return {};
  });
  return cut && all;
}

// Members of an original that are merged with what the model says; the others are carried on as they are.
constexpr std::array<std::string_view, 5> kMerged = {"transportCall", "eventLocation", "documentReferences", "references", "seals"};

// Where a shipment event does not say what paper it is about: the first of these that it names.
constexpr std::array<std::pair<ReferenceKind, std::string_view>, 4> kPapers = {{{ReferenceKind::transport_document, "TRD"},
                                                                                {ReferenceKind::booking, "BKG"},
                                                                                {ReferenceKind::shipping_instruction, "SHI"},
                                                                                {ReferenceKind::declaration, "CUS"}}};

std::string_view code_member(EventType type) {
  constexpr std::array<std::string_view, 3> kMembers = {"shipmentEventTypeCode", "transportEventTypeCode", "equipmentEventTypeCode"};
  return kMembers.at(static_cast<size_t>(type));
}

std::string_view mode_code(TransportMode mode) {
  const auto found = std::ranges::find(kModes, mode, &ModeRow::mode);
  return found == kModes.end() ? std::string_view() : found->code;
}

class EventWriter {
 public:
  EventWriter(std::string& out, const Event& event, Form form)
      : json_(out),
        event_(event),
        standard_(form == Form::standard),
        row_(row(event.milestone)),
        kept_(kept_members(event.original)),
        written_(event.references.size()) {}

  void write(int64_t received_us);

 private:
  void write_head(int64_t received_us);
  void write_document();
  void write_equipment();
  void write_remarks();
  void write_location();
  void write_call();
  void write_vessel(std::string_view kept_vessel);
  void write_references(std::string_view list, std::string_view type, std::string_view value, std::span<const ReferenceRow> rows);
  void write_seals();
  void write_parties();
  void write_kept(const std::vector<Kept>& kept, std::string_view except);
  void mark_kept(std::string_view list, std::string_view type, std::string_view value, std::span<const ReferenceRow> rows);
  void mark(const Reference& reference);
  template <typename Owner, size_t N>
  void write_texts(const std::array<TextMember<Owner>, N>& members, const Owner& owner,
                   void (ExtensionWriter::*otherwise)(std::string_view, std::string_view));
  // Writes a required member that nobody claimed.
  void assume(std::string_view member, std::string_view value);
  [[nodiscard]] std::string assumed_call_id() const;

  JsonWriter json_;
  const Event& event_;
  const bool standard_;
  const MilestoneRow& row_;
  std::vector<Kept> kept_;
  std::vector<bool> written_;  // by position in event_.references
  ExtensionWriter extension_;
};

void EventWriter::write(int64_t received_us) {
  mark_kept("documentReferences", "documentReferenceType", "documentReferenceValue", kDocumentReferences);
  mark_kept("references", "referenceType", "referenceValue", kPartyReferences);
  for (const auto& reference : references_of(event_.transport))
    if (reference) mark(*reference);
  json_.begin_object();
  write_head(received_us);
  if (row_.type == EventType::shipment) write_document();
  write_equipment();
  write_remarks();
  write_location();
  write_call();
  write_references("documentReferences", "documentReferenceType", "documentReferenceValue", kDocumentReferences);
  write_references("references", "referenceType", "referenceValue", kPartyReferences);
  write_seals();
  write_parties();
  for (const Kept& kept : kept_)
    if (!is_one_of(kMerged, kept.name)) json_.raw(kept.member());
  for (size_t i = 0; i < written_.size(); ++i) {
    if (written_[i]) continue;
    extension_.reference(event_.references[i]);
    mark(event_.references[i]);
  }
  extension_.more(event_);
  extension_.append(json_);
  json_.end_object();
}

void EventWriter::assume(std::string_view member, std::string_view value) {
  json_.member(member, value);
  extension_.assume(member);
}

void EventWriter::mark(const Reference& reference) {
  for (size_t i = 0; i < written_.size(); ++i) written_[i] = written_[i] || event_.references[i] == reference;
}

// What the sender's own items say again need not be said in others.
void EventWriter::mark_kept(std::string_view list, std::string_view type, std::string_view value, std::span<const ReferenceRow> rows) {
  const std::string_view kept = find_kept(kept_, list);
  if (kept.empty()) return;
  const auto parsed = parse_json(kept);
  const json::array* items = parsed ? parsed->if_array() : nullptr;
  if (items == nullptr) return;
  for (const json::value& item : *items) {
    const json::object* object = item.if_object();
    const ReferenceRow* found = object != nullptr ? find_row(rows, text_of(*object, type)) : nullptr;
    // What the standard form leaves out is said otherwise.
    if (found == nullptr || (standard_ && !is_listed(list, text_of(*object, type)))) continue;
    if (const auto reference = Reference::make(found->kind, text_of(*object, value))) mark(*reference);
  }
}

template <typename Owner, size_t N>
void EventWriter::write_texts(const std::array<TextMember<Owner>, N>& members, const Owner& owner,
                              void (ExtensionWriter::*otherwise)(std::string_view, std::string_view)) {
  for (const TextMember<Owner>& member : members) {
    const std::string& text = owner.*member.field;
    if (text.empty()) continue;
    if (fits(member, text))
      json_.member(member.name, text);
    else
      (extension_.*otherwise)(member.native, text);
  }
}

void EventWriter::write_kept(const std::vector<Kept>& kept, std::string_view except) {
  for (const Kept& member : kept)
    if (member.name != except) json_.raw(member.member());
}

void EventWriter::write_head(int64_t received_us) {
  if (standard_ && !is_uuid(event_.id)) {
    json_.member("eventID", uuid_from_digest(sha256("event\n" + event_.id)));
    extension_.event_id(event_.id);
  } else {
    json_.member("eventID", event_.id);
  }
  json_.member("eventType", dcsa_code(row_.type));
  json_.member("eventClassifierCode", dcsa_code(event_.classifier)).member("eventDateTime", to_rfc3339(event_.occurred));
  if (event_.created)
    json_.member("eventCreatedDateTime", to_rfc3339(*event_.created));
  else if (row_.type == EventType::shipment)  // 2.2: the two times of a shipment event are the same
    assume("eventCreatedDateTime", to_rfc3339(event_.occurred));
  else
    assume("eventCreatedDateTime", to_rfc3339_utc(received_us));
  json_.member(code_member(row_.type), row_.dcsa);
  if (!row_.dcsa_reads_back) extension_.milestone(row_.name);
  if (event_.amendment == Amendment::correction) json_.member("correctsEventID", event_.amends);
  if (event_.amendment == Amendment::retraction) json_.member("retractsEventID", event_.amends);
}

void EventWriter::write_document() {
  const bool kept_id = !find_kept(kept_, "documentID").empty();
  if (is_one_of(kDocumentTypes, event_.document_type)) {
    json_.member("documentTypeCode", event_.document_type);
    const ReferenceRow* paper = find_row(kDocumentReferences, event_.document_type);
    const Reference* reference = paper != nullptr ? event_.reference(paper->kind) : nullptr;
    if (reference != nullptr) mark(*reference);
    if (reference != nullptr && !kept_id) json_.member("documentID", reference->value());
    if (reference == nullptr && !kept_id) assume("documentID", "");
    return;
  }
  extension_.document_type(event_.document_type);
  const Reference* reference = nullptr;
  std::string_view code = kPapers.front().second;
  for (const auto& [kind, its_code] : kPapers) {
    reference = event_.reference(kind);
    if (reference == nullptr) continue;
    code = its_code;
    break;
  }
  assume("documentTypeCode", code);
  if (!kept_id) assume("documentID", reference != nullptr ? std::string_view(reference->value()) : std::string_view());
}

void EventWriter::write_equipment() {
  const EquipmentFacts& equipment = event_.equipment;
  if (row_.type == EventType::equipment) {
    if (const Reference* box = event_.reference(ReferenceKind::equipment);
        box != nullptr && characters(box->value()) <= kEquipmentReferenceCharsMax) {
      json_.member("equipmentReference", box->value());
      mark(*box);
    }
  }
  if (characters(equipment.iso_code) <= kIsoEquipmentCodeCharsMax)
    json_.optional_member("ISOEquipmentCode", equipment.iso_code);
  else
    extension_.equipment("ISOEquipmentCode", equipment.iso_code);
  if (equipment.load != Load::unknown)
    json_.member("emptyIndicatorCode", equipment.load == Load::empty ? "EMPTY" : "LADEN");
  else if (row_.type == EventType::equipment)  // 2.2 knows no third value: a box is taken for laden unless it was just stripped
    assume("emptyIndicatorCode", event_.milestone == Milestone::stripped ? "EMPTY" : "LADEN");
  if (equipment.gross_kg) extension_.equipment("grossKg", *equipment.gross_kg);
  if (equipment.tare_kg) extension_.equipment("tareKg", *equipment.tare_kg);
  if (equipment.vgm_kg) extension_.equipment("vgmKg", *equipment.vgm_kg);
  extension_.equipment("stowage", equipment.stowage);
}

void EventWriter::write_remarks() {
  const bool coded = row_.type == EventType::transport &&
                     (characters(event_.reason) <= kDelayReasonCharsMax || (!standard_ && !find_kept(kept_, "reason").empty()));
  json_.optional_member(coded ? "delayReasonCode" : "reason", event_.reason);
  if (characters(event_.remark) <= kChangeRemarkCharsMax)
    json_.optional_member("changeRemark", event_.remark);
  else
    extension_.remark(event_.remark);
}

void EventWriter::write_location() {
  const std::string_view kept = find_kept(kept_, "eventLocation");
  const bool says_place = row_.type != EventType::transport && !event_.place.empty();
  if (kept.empty() && !says_place) return;
  json_.key("eventLocation").begin_object();
  if (says_place) write_texts(kLocationMembers, event_.place, &ExtensionWriter::place);
  write_kept(kept_members(kept), "");
  json_.end_object();
}

void EventWriter::write_call() {
  const Transport& transport = event_.transport;
  const std::string_view kept = find_kept(kept_, "transportCall");
  if (row_.type != EventType::transport && transport.empty() && kept.empty()) return;
  const std::vector<Kept> call = kept_members(kept);
  json_.key("transportCall").begin_object();
  if (transport.call_id.empty() || !fits(kCallMembers.front(), transport.call_id)) assume("transportCallID", assumed_call_id());
  if (const std::string_view mode = mode_code(transport.mode); !mode.empty())
    json_.member("modeOfTransport", mode);
  else
    assume("modeOfTransport", transport.vehicle.empty() ? "VESSEL" : "TRUCK");
  write_texts(kCallMembers, transport, &ExtensionWriter::transport);
  if (row_.type == EventType::transport) write_texts(kCallPlaceMembers, event_.place, &ExtensionWriter::place);
  write_vessel(find_kept(call, "vessel"));
  write_kept(call, "vessel");
  json_.end_object();
  extension_.transport("vehicle", transport.vehicle);
}

// 2.2 has no vessel without an IMO number; a river vessel's name goes with the rest that 2.2 has no place for.
void EventWriter::write_vessel(std::string_view kept_vessel) {
  const Transport& transport = event_.transport;
  const TextMember<Transport>& imo = kVesselMembers.front();
  const bool no_imo = transport.vessel_imo.empty() || !fits(imo, transport.vessel_imo);
  if (no_imo && (standard_ || kept_vessel.empty())) {
    for (const TextMember<Transport>& member : kVesselMembers) extension_.transport(member.native, transport.*member.field);
    return;
  }
  json_.key("vessel").begin_object();
  write_texts(kVesselMembers, transport, &ExtensionWriter::transport);
  write_kept(kept_members(kept_vessel), "");
  json_.end_object();
}

void EventWriter::write_references(std::string_view list, std::string_view type, std::string_view value,
                                   std::span<const ReferenceRow> rows) {
  bool open = false;
  const auto begin_item = [&] {
    if (!open) json_.key(list).begin_array();
    open = true;
  };
  for (size_t i = 0; i < written_.size(); ++i) {
    const Reference& reference = event_.references[i];
    const std::string_view code = written_[i] ? std::string_view() : written_code(rows, reference.kind());
    if (code.empty()) continue;
    begin_item();
    json_.begin_object().member(type, code).member(value, reference.value()).end_object();
    mark(reference);
  }
  if (const std::string_view kept = find_kept(kept_, list); !kept.empty()) {
    const Status cut = each_json_element(kept, [&](std::string_view item) -> Status {
      if (standard_ &&
          !has_code(item, type, list == "references" ? std::span<const std::string_view>(kReferenceTypes) : kDocumentReferenceTypes))
        return {};
      begin_item();
      json_.raw(item);
      return {};
    });
    static_cast<void>(cut);  // an original that is no array has no items to write
  }
  if (open) json_.end_array();
}

void EventWriter::write_seals() {
  if (const std::string_view kept = find_kept(kept_, "seals"); !kept.empty() && (!standard_ || are_seals(kept))) {
    json_.key("seals").raw(kept);
    return;
  }
  if (event_.equipment.seals.empty()) return;
  json_.key("seals").begin_array();
  for (const Seal& seal : event_.equipment.seals) {
    json_.begin_object().member("sealNumber", seal.number);
    if (is_one_of(kSealSources, seal.source)) json_.member("sealSource", seal.source);
    json_.member("sealType", "BLT").end_object();  // required; ISO 17712 has carriers put bolts on containers
  }
  json_.end_array();
  extension_.assume("sealType");
}

void EventWriter::write_parties() {
  if (event_.parties.empty()) return;
  json_.key("parties").begin_array();
  for (const NamedParty& party : event_.parties) {
    json_.begin_object().member("role", party.role).optional_member("scheme", party.identifier.scheme);
    json_.optional_member("code", party.identifier.value).optional_member("name", party.name).end_object();
  }
  json_.end_array();
}

// The same call gets the same id, however many events tell of it.
std::string EventWriter::assumed_call_id() const {
  const Transport& t = event_.transport;
  std::string call = "transport call";
  for (const std::string* part : {&t.vessel_imo, &t.vessel_name, &t.voyage, &t.vehicle, &event_.place.unlocode, &event_.place.facility})
    call.append("\n").append(*part);
  return uuid_from_digest(sha256(call));
}

}  // namespace

void append_dcsa(std::string& out, const Event& event, int64_t received_us, Form form) { EventWriter(out, event, form).write(received_us); }

std::string to_dcsa(const Event& event, int64_t received_us) {
  std::string out;
  out.reserve(1024);
  append_dcsa(out, event, received_us);
  return out;
}

}  // namespace fairway::gateway::dcsa
