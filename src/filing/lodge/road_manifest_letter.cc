#include "filing/lodge/road_manifest_letter.h"

#include <algorithm>
#include <array>

#include "filing/lodge/mainland_values.h"
#include "gateway/customs/road_manifest.h"

namespace fairway::filing {
namespace {

using namespace gateway::customs;

constexpr std::string_view kReceiver = "EPORT";
// FunctionCode by Kind.
constexpr std::array<std::string_view, 3> kFunctions = {"9", "5", "3"};

template <typename Part>
struct PlaceRow {
  std::string_view field;
  std::string Part::* member;
  Holds holds = Holds::text;
};
constexpr auto kCarriage = std::to_array<PlaceRow<ManifestCarriage>>({
    {"DeclarationOfficeID", &ManifestCarriage::office},
    {"ID", &ManifestCarriage::id},
    {"TypeCode", &ManifestCarriage::mode},
    {"BorderTransportMeans.ID", &ManifestCarriage::means_id},
    {"BorderTransportMeans.Name", &ManifestCarriage::means_name},
    {"Master.ID", &ManifestCarriage::driver_id},
    {"Master.Name", &ManifestCarriage::driver_name},
    {"Trailer.ID", &ManifestCarriage::trailer_id},
    {"Trailer.TypeCode", &ManifestCarriage::trailer_type},
    {"Trailer.TareWeight", &ManifestCarriage::trailer_tare},
    {"Carrier.ID", &ManifestCarriage::carrier},
    {"RepresentativePerson.Name", &ManifestCarriage::responsible},
    {"ArrivalDateTime", &ManifestCarriage::arrival, Holds::moment},
    {"DepartureDateTime", &ManifestCarriage::departure, Holds::moment},
    {"LoadingLocation.ID", &ManifestCarriage::loading_place},
    {"LoadingDateTime", &ManifestCarriage::loading_time, Holds::moment},
    {"UnloadingLocation.ID", &ManifestCarriage::unloading_place},
});
constexpr auto kConsignment = std::to_array<PlaceRow<ManifestConsignment>>({
    {"TransportContractDocument.ID", &ManifestConsignment::document},
    {"AssociatedTransportDocument.ID", &ManifestConsignment::master},
    {"CurrentCode", &ManifestConsignment::clearance},
    {"TotalPackageQuantity", &ManifestConsignment::packages},
    {"ConsignmentPackaging.TypeCode", &ManifestConsignment::package_type},
    {"TotalGrossMassMeasure", &ManifestConsignment::gross},
    {"GrossVolumeMeasure", &ManifestConsignment::volume},
    {"ValueAmount", &ManifestConsignment::value},
    {"CurrencyTypeCode", &ManifestConsignment::currency},
});
constexpr auto kParty = std::to_array<PlaceRow<ManifestParty>>({
    {"Name", &ManifestParty::name},
    {"Address", &ManifestParty::address},
    {"CountryCode", &ManifestParty::country},
});
constexpr auto kContainer = std::to_array<PlaceRow<ManifestContainer>>({
    {"ID", &ManifestContainer::id},
    {"CharacteristicCode", &ManifestContainer::size_type},
    {"SupplierPartyTypeCode", &ManifestContainer::source},
    {"FullnessCode", &ManifestContainer::fullness},
    {"TareWeight", &ManifestContainer::tare},
    {"SealID", &ManifestContainer::seals},
});
constexpr auto kItem = std::to_array<PlaceRow<ManifestItem>>({
    {"SequenceNumeric", &ManifestItem::number},
    {"CargoDescription", &ManifestItem::description},
    {"Classification.ID", &ManifestItem::hs},
    {"UNDGID", &ManifestItem::un_number},
    {"GrossMassMeasure", &ManifestItem::gross},
    {"QuantityQuantity", &ManifestItem::packages},
    {"TypeCode", &ManifestItem::package_type},
});

template <typename Part, size_t kSize>
bool put(Part& part, const std::array<PlaceRow<Part>, kSize>& rows, std::string_view field, std::string_view value) {
  const auto row = std::ranges::find(rows, field, &PlaceRow<Part>::field);
  if (row == rows.end()) return false;
  part.*row->member = mainland_value(value, row->holds);
  return true;
}

template <typename Part, size_t kSize>
bool put(std::vector<Part>& parts, const std::array<PlaceRow<Part>, kSize>& rows, size_t at, std::string_view field,
         std::string_view value) {
  if (parts.size() <= at) parts.resize(at + 1);
  return put(parts[at], rows, field, value);
}

// "Consignor.Name"
bool put_party(ManifestConsignment& consignment, std::string_view field, std::string_view value) {
  const size_t dot = std::min(field.find('.'), field.size() - 1);
  const std::string_view role = field.substr(0, dot), name = field.substr(dot + 1);
  ManifestParty* party = role == "Consignor"     ? &consignment.consignor
                         : role == "Consignee"   ? &consignment.consignee
                         : role == "NotifyParty" ? &consignment.notify
                                                 : nullptr;
  return party != nullptr && put(*party, kParty, name, value);
}

bool put_field(RoadManifest& manifest, ManifestConsignment& consignment, const FilledField& field) {
  const RowName at = row_name_in(field.name);
  if (at.group == "item") return put(consignment.items, kItem, at.row, at.field, field.value);
  if (at.group == "container") return put(consignment.containers, kContainer, at.row, at.field, field.value);
  if (!at.group.empty()) return false;
  if (at.field == "MessageType") {
    manifest.head.message_type = field.value;
    return true;
  }
  return (put(manifest.carriage, kCarriage, at.field, field.value) || put(consignment, kConsignment, at.field, field.value) ||
          put_party(consignment, at.field, field.value));
}

}  // namespace

Result<std::string> road_manifest_letter(const Draft& draft, const LetterHead& head) {
  RoadManifest manifest;
  ManifestConsignment consignment;
  for (const FilledField& field : draft.fields)
    if (!field.value.empty() && !put_field(manifest, consignment, field))
      return fail(Code::invalid, "the manifest message has no such element", field.name, "mend fields.csv of the regime");
  manifest.head.message_id = head.id;
  manifest.head.function_code = kFunctions[static_cast<size_t>(head.kind)];
  manifest.head.sender_id = head.sender;
  manifest.head.receiver_id = kReceiver;
  manifest.head.send_time = mainland_moment(head.ordered_us) + "000";
  manifest.head.version = "1.0";
  manifest.carriage.remark = mainland_value(head.reason, Holds::text);
  // What is taken back is named, and nothing more is said of it.
  if (head.kind == Kind::cancellation) {
    ManifestConsignment named;
    named.document = consignment.document;
    consignment = std::move(named);
  }
  manifest.consignments.push_back(std::move(consignment));
  return write_road_manifest(manifest);
}

}  // namespace fairway::filing
