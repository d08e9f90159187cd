// The members and code lists of Track & Trace 2.2 that reader and writer share: what each is called there, where its value lives in
// the model, how long it may be and which codes it takes (standards.md 1.2; OpenAPI of T&T 2.2.0). Constants; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/event.h"

namespace fairway::gateway::dcsa {

inline constexpr std::array<std::string_view, 2> kFacilityProviders = {"BIC", "SMDG"};
inline constexpr std::array<std::string_view, 9> kFacilityTypes = {"BOCR", "CLOC", "COFS", "COYA", "OFFD", "DEPO", "INTE", "POTE", "RAMP"};
inline constexpr std::array<std::string_view, 5> kSealSources = {"CAR", "SHI", "PHY", "VET", "CUS"};
inline constexpr std::array<std::string_view, 3> kSealTypes = {"KLP", "BLT", "WIR"};
inline constexpr std::array<std::string_view, 2> kDocumentReferenceTypes = {"BKG", "TRD"};
inline constexpr std::array<std::string_view, 6> kReferenceTypes = {"FF", "SI", "PO", "CR", "AAO", "EQ"};
inline constexpr std::array<std::string_view, 11> kDocumentTypes = {"CBR", "BKG", "SHI", "SRM", "TRD", "ARN",
                                                                    "VGM", "CAS", "CUS", "DGD", "OOG"};
inline constexpr size_t kEquipmentReferenceCharsMax = 15;
inline constexpr size_t kIsoEquipmentCodeCharsMax = 4;
inline constexpr size_t kDelayReasonCharsMax = 3;
inline constexpr size_t kChangeRemarkCharsMax = 250;

// A member that holds one text of the model.
template <typename Owner>
struct TextMember {
  std::string_view name;    // in T&T 2.2
  std::string_view native;  // in docs/reference/event.md, and so in "fairway"
  std::string Owner::* field;
  size_t chars_max = 0;
  std::span<const std::string_view> codes = {};  // what the standard allows; empty: any text
};

// eventLocation and transportCall.location. 2.2 has no facilityTypeCode there; later versions do.
inline constexpr std::array<TextMember<Place>, 5> kLocationMembers = {{
    {"UNLocationCode", "UNLocationCode", &Place::unlocode, 5},
    {"facilityCode", "facilityCode", &Place::facility, 6},
    {"facilityCodeListProvider", "facilityCodeListProvider", &Place::facility_provider, 4, kFacilityProviders},
    {"facilityTypeCode", "facilityTypeCode", &Place::facility_type, 4, kFacilityTypes},
    {"locationName", "name", &Place::name, 100},
}};

// The place of a transportCall.
inline constexpr std::array<TextMember<Place>, 5> kCallPlaceMembers = {{
    {"UNLocationCode", "UNLocationCode", &Place::unlocode, 5},
    {"facilityCode", "facilityCode", &Place::facility, 6},
    {"facilityCodeListProvider", "facilityCodeListProvider", &Place::facility_provider, 4, kFacilityProviders},
    {"facilityTypeCode", "facilityTypeCode", &Place::facility_type, 4, kFacilityTypes},
    {"otherFacility", "name", &Place::name, 50},
}};

inline constexpr std::array<TextMember<Transport>, 4> kCallMembers = {{
    {"transportCallID", "transportCallID", &Transport::call_id, 100},
    {"carrierServiceCode", "service", &Transport::service, 5},
    {"exportVoyageNumber", "voyage", &Transport::voyage, 50},
    {"importVoyageNumber", "importVoyage", &Transport::import_voyage, 50},
}};

// transportCall.vessel, which cannot be without the first of them.
inline constexpr std::array<TextMember<Transport>, 4> kVesselMembers = {{
    {"vesselIMONumber", "vesselIMONumber", &Transport::vessel_imo, 7},
    {"vesselName", "vesselName", &Transport::vessel_name, 35},
    {"vesselCallSignNumber", "callSign", &Transport::call_sign, 10},
    {"vesselOperatorCarrierCode", "carrier", &Transport::carrier, 10},
}};

// What 2.2 has no member for at all.
inline constexpr std::array<TextMember<Transport>, 1> kOtherTransportMembers = {{{"", "vehicle", &Transport::vehicle}}};

struct ModeRow {
  std::string_view code;
  TransportMode mode;
};
// AIR is none of the standard's: an aircraft under any of the others would be untrue.
inline constexpr std::array<ModeRow, 5> kModes = {{{"VESSEL", TransportMode::vessel},
                                                   {"BARGE", TransportMode::barge},
                                                   {"RAIL", TransportMode::rail},
                                                   {"TRUCK", TransportMode::truck},
                                                   {"AIR", TransportMode::air}}};

// A code of a list of references and the kind it is read as. Where `writes`, that kind is written under this code; the other codes
// are wider or older names, and an item that uses one is kept as sent.
struct ReferenceRow {
  std::string_view code;
  ReferenceKind kind;
  bool writes;
};

// documentReferences (2.2: BKG, TRD) and the documentID of a shipment event. ARN, VGM, SRM and the rest name papers that the model
// has no kind of reference for.
inline constexpr std::array<ReferenceRow, 6> kDocumentReferences = {{
    {"BKG", ReferenceKind::booking, true},
    {"TRD", ReferenceKind::transport_document, true},
    {"CBR", ReferenceKind::booking, false},
    {"SHI", ReferenceKind::shipping_instruction, false},
    {"CUS", ReferenceKind::declaration, false},
    {"BOK", ReferenceKind::booking, false},  // deprecated shipmentInformationTypeCode
}};

// references: FF SI PO CR AAO EQ; CSI and BPR come with 2.3, and 3.0 has all eight.
inline constexpr std::array<ReferenceRow, 8> kPartyReferences = {{
    {"EQ", ReferenceKind::equipment, true},
    {"FF", ReferenceKind::forwarder_reference, true},
    {"PO", ReferenceKind::purchase_order, true},
    {"CR", ReferenceKind::customer_reference, true},
    {"SI", ReferenceKind::customer_reference, false},
    {"AAO", ReferenceKind::customer_reference, false},
    {"CSI", ReferenceKind::customer_reference, false},
    {"BPR", ReferenceKind::customer_reference, false},
}};

[[nodiscard]] constexpr const ReferenceRow* find_row(std::span<const ReferenceRow> rows, std::string_view code) {
  const auto found = std::ranges::find(rows, code, &ReferenceRow::code);
  return found == rows.end() ? nullptr : &*found;
}

// The code a kind is written under, or "" where the list has none.
[[nodiscard]] constexpr std::string_view written_code(std::span<const ReferenceRow> rows, ReferenceKind kind) {
  const auto found = std::ranges::find_if(rows, [kind](const ReferenceRow& row) { return row.writes && row.kind == kind; });
  return found == rows.end() ? std::string_view() : found->code;
}

template <size_t N>
[[nodiscard]] constexpr bool is_one_of(const std::array<std::string_view, N>& codes, std::string_view code) {
  return std::ranges::find(codes, code) != codes.end();
}

// Characters of UTF-8 text, as the standard's maxLength counts them.
[[nodiscard]] inline size_t characters(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// True where 2.2 can carry the value.
template <typename Owner>
[[nodiscard]] bool fits(const TextMember<Owner>& member, std::string_view text) {
  if (member.codes.empty()) return text.size() <= member.chars_max || characters(text) <= member.chars_max;
  return std::ranges::find(member.codes, text) != member.codes.end();
}

// The references that a transport stands for: its vessel, its voyage ("<IMO or carrier>/<voyage>") and its call.
[[nodiscard]] std::array<std::optional<Reference>, 3> references_of(const Transport& transport);

// "3cecb101-7a1a-43a4-9d62-e88a131651e2": 2.2 wants eventID in this form.
[[nodiscard]] bool is_uuid(std::string_view text);

}  // namespace fairway::gateway::dcsa
