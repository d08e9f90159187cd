#include "model/event.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway {
namespace {

constexpr std::array<std::string_view, 6> kModes = {"", "vessel", "barge", "rail", "truck", "air"};
constexpr std::array<std::string_view, 3> kLoads = {"", "empty", "laden"};
constexpr std::array<std::string_view, 3> kAmendments = {"", "correction", "retraction"};

template <typename Enum, size_t N>
Result<Enum> enum_from(const std::array<std::string_view, N>& names, std::string_view text, std::string_view what) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return fail(Code::invalid, "not a " + std::string(what), std::string(text));
  return static_cast<Enum>(found - names.begin());
}

Status check_text(std::string_view member, std::string_view text, size_t bytes_max) {
  if (text.size() > bytes_max)
    return fail(Code::too_large, "a text is too long", std::string(member) + ": " + std::to_string(text.size()) + " bytes",
                "at most " + std::to_string(bytes_max));
  if (!is_valid_utf8(text)) return fail(Code::invalid, "not UTF-8", std::string(member), "send the text in UTF-8");
  return {};
}

struct TextMember {
  std::string_view name;
  const std::string& text;
};

Status check_identifiers(std::initializer_list<TextMember> members) {
  for (const TextMember& member : members) TRY_OK(check_text(member.name, member.text, limits::kIdentifierBytesMax));
  return {};
}

}  // namespace

std::string_view name(TransportMode mode) { return kModes.at(static_cast<size_t>(mode)); }
Result<TransportMode> transport_mode_from(std::string_view text) { return enum_from<TransportMode>(kModes, text, "mode of transport"); }
std::string_view name(Load load) { return kLoads.at(static_cast<size_t>(load)); }
Result<Load> load_from(std::string_view text) { return enum_from<Load>(kLoads, text, "load state"); }
std::string_view name(Amendment amendment) { return kAmendments.at(static_cast<size_t>(amendment)); }
Result<Amendment> amendment_from(std::string_view text) { return enum_from<Amendment>(kAmendments, text, "kind of amendment"); }

const Reference* Event::reference(ReferenceKind kind) const {
  const auto found = std::ranges::find(references, kind, &Reference::kind);
  return found == references.end() ? nullptr : &*found;
}

Status validate(const Event& event) {
  if (event.id.empty()) return fail(Code::invalid, "an event needs an id", "eventID");
  if (event.references.empty())
    return fail(Code::invalid, "an event needs a reference", event.id, "name a container, booking, bill of lading, vessel or voyage");
  if (event.references.size() > limits::kReferencesPerEventMax)
    return fail(Code::too_large, "too many references", std::to_string(event.references.size()),
                "at most " + std::to_string(limits::kReferencesPerEventMax) + " an event");
  if (event.amendment != Amendment::none && event.amends.empty())
    return fail(Code::invalid, "an amendment must name what it amends", event.id);
  const Transport& t = event.transport;
  TRY_OK(check_identifiers({{"eventID", event.id}, {"amends", event.amends}, {"UNLocationCode", event.place.unlocode},
                            {"facilityCode", event.place.facility}, {"facilityCodeListProvider", event.place.facility_provider},
                            {"vesselName", t.vessel_name}, {"voyage", t.voyage}, {"importVoyage", t.import_voyage}, {"service", t.service},
                            {"carrier", t.carrier}, {"vehicle", t.vehicle}, {"transportCallID", t.call_id},
                            {"ISOEquipmentCode", event.equipment.iso_code}, {"stowage", event.equipment.stowage}, {"reason", event.reason},
                            {"documentTypeCode", event.document_type}}));
  for (const Seal& seal : event.equipment.seals) TRY_OK(check_identifiers({{"sealNumber", seal.number}, {"sealSource", seal.source}}));
  for (const NamedParty& party : event.parties)
    TRY_OK(check_identifiers({{"party", party.identifier.value}, {"party", party.identifier.scheme}, {"partyName", party.name}}));
  TRY_OK(check_text("remark", event.remark, limits::kTextBytesMax));
  TRY_OK(check_text("place", event.place.name, limits::kTextBytesMax));
  return check_text("event", event.original, limits::kEventBytesMax);
}

}  // namespace fairway
