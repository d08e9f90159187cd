#include "gateway/dcsa/tnt2_extension.h"

#include <algorithm>

#include "base/json.h"
#include "gateway/dcsa/tnt2_members.h"

namespace fairway::gateway::dcsa {
namespace {

struct MassMember {
  std::string_view native;
  std::optional<double> EquipmentFacts::* field;
};
constexpr std::array<MassMember, 3> kMasses = {
    {{"grossKg", &EquipmentFacts::gross_kg}, {"tareKg", &EquipmentFacts::tare_kg}, {"vgmKg", &EquipmentFacts::vgm_kg}}};

template <typename Owner>
void read_texts(const json::object& object, std::span<const TextMember<Owner>> members, Owner& owner) {
  for (const TextMember<Owner>& member : members)
    if (const std::string_view text = text_of(object, member.native); !text.empty()) owner.*member.field = text;
}

template <typename Owner>
void overlay(std::span<const TextMember<Owner>> members, const Owner& said, Owner& owner) {
  for (const TextMember<Owner>& member : members)
    if (!(said.*member.field).empty()) owner.*member.field = said.*member.field;
}

Status read_references(const json::object& object, Event& said) {
  const json::array* references = array_of(object, "references");
  if (references == nullptr) return {};
  for (const json::value& item : *references) {
    const json::object* reference = item.if_object();
    if (reference == nullptr) return fail(Code::invalid, "a reference is an object", "fairway/references", R"(write {"kind":…,"value":…})");
    const ReferenceKind kind = TRY(reference_kind_from(text_of(*reference, "kind")));
    said.references.push_back(TRY(Reference::make(kind, text_of(*reference, "value"))));
  }
  return {};
}

std::optional<uint32_t> count_of(const json::object& object, std::string_view member) {
  const std::optional<double> number = number_of(object, member);
  if (!number || *number < 0 || *number > UINT32_MAX) return std::nullopt;
  return static_cast<uint32_t>(*number);
}

void read_more(const json::object& object, Event& said) {
  if (const json::object* position = object_of(object, "position")) {
    said.place.latitude = number_of(*position, "latitude");
    said.place.longitude = number_of(*position, "longitude");
  }
  if (const json::object* cargo = object_of(object, "cargo"))
    said.cargo = {count_of(*cargo, "pieces"), count_of(*cargo, "totalPieces"), number_of(*cargo, "grossKg"), number_of(*cargo, "volumeM3")};
  const json::array* readings = array_of(object, "readings");
  if (readings == nullptr) return;
  for (const json::value& item : *readings)
    if (const json::object* reading = item.if_object())
      said.readings.push_back({std::string(text_of(*reading, "kind")), number_of(*reading, "value").value_or(0),
                               std::string(text_of(*reading, "unit")), number_of(*reading, "low"), number_of(*reading, "high")});
}

void append_section(JsonWriter& writer, std::string_view name, std::string_view members) {
  if (members.empty()) return;
  writer.key(name).begin_object().raw(members).end_object();
}

void append_list(JsonWriter& writer, std::string_view name, std::string_view items) {
  if (items.empty()) return;
  writer.key(name).begin_array().raw(items).end_array();
}

}  // namespace

void ExtensionWriter::add(std::string& section, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  if (!section.empty()) section += ',';
  append_json_string(section, name);
  section += ':';
  append_json_string(section, text);
}

void ExtensionWriter::add_item(std::string& list, std::string_view text) {
  if (!list.empty()) list += ',';
  append_json_string(list, text);
}

void ExtensionWriter::equipment(std::string_view native, double number) {
  if (!equipment_.empty()) equipment_ += ',';
  append_json_string(equipment_, native);
  equipment_ += ':';
  JsonWriter(equipment_).value(number);
}

void ExtensionWriter::reference(const Reference& reference) {
  if (!references_.empty()) references_ += ',';
  JsonWriter(references_).begin_object().member("kind", name(reference.kind())).member("value", reference.value()).end_object();
}

void ExtensionWriter::more(const Event& event) {
  const auto add_raw = [this](std::string_view name, std::string_view raw) {
    if (!more_.empty()) more_ += ',';
    append_json_string(more_, name);
    more_ += ':';
    more_ += raw;
  };
  std::string raw;
  if (event.place.latitude && event.place.longitude) {
    JsonWriter(raw).begin_object().member("latitude", *event.place.latitude).member("longitude", *event.place.longitude).end_object();
    add_raw("position", raw);
  }
  if (event.cargo != CargoFacts()) {
    raw.clear();
    JsonWriter writer(raw);
    append_json(writer, event.cargo);
    add_raw("cargo", raw);
  }
  if (!event.window.empty()) {
    raw.clear();
    JsonWriter writer(raw);
    append_json(writer, event.window);
    add_raw("window", raw);
  }
  if (!event.readings.empty()) {
    raw.clear();
    JsonWriter writer(raw);
    append_json(writer, event.readings);
    add_raw("readings", raw);
  }
}

void ExtensionWriter::append(JsonWriter& writer) const {
  if (members_.empty() && place_.empty() && transport_.empty() && equipment_.empty() && references_.empty() && assumed_.empty() &&
      more_.empty())
    return;
  writer.key("fairway").begin_object();
  if (!members_.empty()) writer.raw(members_);
  if (!more_.empty()) writer.raw(more_);
  append_section(writer, "place", place_);
  append_section(writer, "transport", transport_);
  append_section(writer, "equipment", equipment_);
  append_list(writer, "references", references_);
  append_list(writer, "assumed", assumed_);
  writer.end_object();
}

bool Extension::assumes(std::string_view member) const { return std::ranges::find(assumed, member) != assumed.end(); }

Result<Extension> read_extension(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "\"fairway\" is an object");
  Extension extension;
  Event& said = extension.said;
  if (const std::string_view milestone = text_of(*object, "milestone"); !milestone.empty()) {
    said.milestone = TRY(milestone_from(milestone));
    extension.has_milestone = true;
  }
  said.id = text_of(*object, "eventID");
  said.document_type = text_of(*object, "documentTypeCode");
  said.remark = text_of(*object, "remark");
  if (const json::object* place = object_of(*object, "place")) read_texts<Place>(*place, kLocationMembers, said.place);
  if (const json::object* transport = object_of(*object, "transport")) {
    read_texts<Transport>(*transport, kCallMembers, said.transport);
    read_texts<Transport>(*transport, kVesselMembers, said.transport);
    read_texts<Transport>(*transport, kOtherTransportMembers, said.transport);
  }
  if (const json::object* equipment = object_of(*object, "equipment")) {
    said.equipment.iso_code = text_of(*equipment, "ISOEquipmentCode");
    said.equipment.stowage = text_of(*equipment, "stowage");
    for (const MassMember& mass : kMasses) said.equipment.*mass.field = number_of(*equipment, mass.native);
  }
  TRY_OK(read_references(*object, said));
  read_more(*object, said);
  if (const json::object* window = object_of(*object, "window")) said.window = TRY(window_from_json(json::serialize(*window)));
  if (const json::array* assumed = array_of(*object, "assumed"))
    for (const json::value& member : *assumed)
      if (const json::string* member_name = member.if_string()) extension.assumed.emplace_back(member_name->data(), member_name->size());
  return extension;
}

Status apply(const Extension& extension, Event& event) {
  const Event& said = extension.said;
  if (extension.has_milestone && said.milestone != event.milestone) {
    const MilestoneRow& finer = row(said.milestone);
    const MilestoneRow& sent = row(event.milestone);
    if (finer.type != sent.type || finer.dcsa != sent.dcsa)
      return fail(Code::invalid, "the milestone is not one of the event's code",
                  std::string(finer.name) + " under " + std::string(sent.dcsa));
    event.milestone = said.milestone;
  }
  if (!said.id.empty()) event.id = said.id;
  if (!said.document_type.empty()) event.document_type = said.document_type;
  if (!said.remark.empty()) event.remark = said.remark;
  overlay<Place>(kLocationMembers, said.place, event.place);
  overlay<Transport>(kCallMembers, said.transport, event.transport);
  overlay<Transport>(kVesselMembers, said.transport, event.transport);
  overlay<Transport>(kOtherTransportMembers, said.transport, event.transport);
  if (!said.equipment.iso_code.empty()) event.equipment.iso_code = said.equipment.iso_code;
  if (!said.equipment.stowage.empty()) event.equipment.stowage = said.equipment.stowage;
  for (const MassMember& mass : kMasses)
    if (said.equipment.*mass.field) event.equipment.*mass.field = said.equipment.*mass.field;
  if (said.place.latitude) event.place.latitude = said.place.latitude, event.place.longitude = said.place.longitude;
  if (said.cargo != CargoFacts()) event.cargo = said.cargo;
  if (!said.readings.empty()) event.readings = said.readings;
  if (!said.window.empty()) event.window = said.window;
  for (const Reference& reference : said.references)
    if (std::ranges::find(event.references, reference) == event.references.end()) event.references.push_back(reference);
  return {};
}

}  // namespace fairway::gateway::dcsa
