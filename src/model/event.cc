#include "model/event.h"

#include <algorithm>
#include <array>
#include <cmath>
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
  if (found == names.end()) return fail(Code::invalid, "not a " + std::string(what), legible(text));
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

// Adds the sizes to `bytes`.
Status check_identifiers(std::initializer_list<TextMember> members, size_t& bytes) {
  for (const TextMember& member : members) {
    TRY_OK(check_text(member.name, member.text, limits::kIdentifierBytesMax));
    bytes += member.text.size();
  }
  return {};
}

Status check_transport(const Transport& t, size_t& bytes) {
  return check_identifiers({{"vesselIMONumber", t.vessel_imo},
                            {"vesselName", t.vessel_name},
                            {"callSign", t.call_sign},
                            {"voyage", t.voyage},
                            {"importVoyage", t.import_voyage},
                            {"service", t.service},
                            {"carrier", t.carrier},
                            {"vehicle", t.vehicle},
                            {"transportCallID", t.call_id}},
                           bytes);
}

Status check_equipment(const EquipmentFacts& e, size_t& bytes) {
  TRY_OK(check_identifiers({{"ISOEquipmentCode", e.iso_code}, {"stowage", e.stowage}}, bytes));
  for (const Seal& seal : e.seals) TRY_OK(check_identifiers({{"sealNumber", seal.number}, {"sealSource", seal.source}}, bytes));
  for (const auto& mass : {e.gross_kg, e.tare_kg, e.vgm_kg})
    if (mass && !std::isfinite(*mass)) return fail(Code::invalid, "a mass is not a number", "equipment");
  return {};
}

Status check_numbers(const Event& event, size_t& bytes) {
  for (const auto& number : {event.cargo.gross_kg, event.cargo.volume_m3, event.place.latitude, event.place.longitude})
    if (number && !std::isfinite(*number)) return fail(Code::invalid, "a quantity is not a number", event.id);
  if (event.place.latitude.has_value() != event.place.longitude.has_value() || std::abs(event.place.latitude.value_or(0)) > 90 ||
      std::abs(event.place.longitude.value_or(0)) > 180)
    return fail(Code::invalid, "not a position on earth", event.id, "latitude from -90 to 90 and longitude from -180 to 180, in degrees");
  if (event.readings.size() > limits::kReadingsPerEventMax)
    return fail(Code::too_large, "too many readings", std::to_string(event.readings.size()),
                "at most " + std::to_string(limits::kReadingsPerEventMax) + " an event");
  for (const Reading& reading : event.readings) {
    TRY_OK(check_identifiers({{"reading", reading.kind}, {"unit", reading.unit}}, bytes));
    for (const auto& number : {std::optional(reading.value), reading.low, reading.high})
      if (number && !std::isfinite(*number)) return fail(Code::invalid, "a reading is not a number", reading.kind);
  }
  return {};
}

Status check_references(const Event& event, size_t& bytes) {
  if (event.references.empty())
    return fail(Code::invalid, "an event needs a reference", event.id, "name a container, booking, bill of lading, vessel or voyage");
  if (event.references.size() > limits::kReferencesPerEventMax)
    return fail(Code::too_large, "too many references", std::to_string(event.references.size()),
                "at most " + std::to_string(limits::kReferencesPerEventMax) + " an event");
  for (const Reference& reference : event.references) bytes += reference.value().size();
  return {};
}

Status check_texts(const Event& event, size_t& bytes) {
  const Source& s = event.source;
  TRY_OK(check_identifiers({{"eventID", event.id},
                            {"amends", event.amends},
                            {"UNLocationCode", event.place.unlocode},
                            {"facilityCode", event.place.facility},
                            {"facilityCodeListProvider", event.place.facility_provider},
                            {"facilityTypeCode", event.place.facility_type},
                            {"reason", event.reason},
                            {"documentTypeCode", event.document_type},
                            {"occurred", event.occurred.text},
                            {"begins", event.window.begins ? event.window.begins->text : std::string()},
                            {"ends", event.window.ends ? event.window.ends->text : std::string()},
                            {"format", s.format},
                            {"type", s.type},
                            {"interchange", s.interchange},
                            {"message", s.message},
                            {"document", s.document},
                            {"hash", s.hash}},
                           bytes));
  for (const NamedParty& party : event.parties)
    TRY_OK(check_identifiers(
        {{"role", party.role}, {"scheme", party.identifier.scheme}, {"code", party.identifier.value}, {"name", party.name}}, bytes));
  TRY_OK(check_text("remark", event.remark, limits::kTextBytesMax));
  TRY_OK(check_text("place", event.place.name, limits::kTextBytesMax));
  TRY_OK(check_text("original", event.original, limits::kEventBytesMax));
  bytes += event.remark.size() + event.place.name.size() + event.original.size();
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
  if (event.amendment != Amendment::none && event.amends.empty())
    return fail(Code::invalid, "an amendment must name what it amends", event.id);
  size_t bytes = 0;
  TRY_OK(check_references(event, bytes));
  TRY_OK(check_texts(event, bytes));
  TRY_OK(check_transport(event.transport, bytes));
  TRY_OK(check_equipment(event.equipment, bytes));
  TRY_OK(check_numbers(event, bytes));
  // Member names and escapes come on top; only an event that may be too large is written out to see.
  if (bytes + 128 * (event.parties.size() + event.equipment.seals.size() + event.readings.size()) > limits::kEventBytesMax / 8 &&
      to_json(event).size() > limits::kEventBytesMax)
    return fail(Code::too_large, "an event is too large", event.id,
                "at most " + std::to_string(limits::kEventBytesMax) + " bytes as stored");
  return {};
}

}  // namespace fairway
