#include "gateway/customs/road_manifest.h"

#include <array>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/customs/xml.h"

namespace fairway::gateway::customs {
namespace {

constexpr const char* kRoot = "Manifest";
constexpr const char* kNamespace = "urn:Declaration:datamodel:standard:CN:";
constexpr size_t kDepthMax = 8;  // levels of elements below a part
constexpr std::string_view kUnknown = "an element that is not known is left out";

// Names are paths below the part; what stands behind '@' is an attribute.
template <typename T>
using Paths = std::span<const ElementRow<T>>;

constexpr auto kHead = std::to_array<ElementRow<ManifestHead>>({
    {"MessageID", &ManifestHead::message_id, 64, Holds::code},
    {"FunctionCode", &ManifestHead::function_code, 3, Holds::code},
    {"MessageType", &ManifestHead::message_type, 6, Holds::code},
    {"SenderID", &ManifestHead::sender_id, 70, Holds::code},
    {"ReceiverID", &ManifestHead::receiver_id, 70, Holds::code},
    {"SendTime", &ManifestHead::send_time, 17, Holds::moment},
    {"Version", &ManifestHead::version, 3, Holds::code},
});
constexpr auto kCarriage = std::to_array<ElementRow<ManifestCarriage>>({
    {"DeclarationOfficeID", &ManifestCarriage::office, 4, Holds::code},
    {"ID", &ManifestCarriage::id, 32, Holds::code},
    {"AdditionalInformation/Content", &ManifestCarriage::remark, 512},
    {"Agent/ID", &ManifestCarriage::agent, 17, Holds::code},
    {"BorderTransportMeans/ArrivalDateTime", &ManifestCarriage::arrival, 17, Holds::moment},
    {"BorderTransportMeans/DepartureDateTime", &ManifestCarriage::departure, 17, Holds::moment},
    {"BorderTransportMeans/ID", &ManifestCarriage::means_id, 32, Holds::code},
    {"BorderTransportMeans/Name", &ManifestCarriage::means_name, 70},
    {"BorderTransportMeans/TypeCode", &ManifestCarriage::mode, 2, Holds::code},
    {"BorderTransportMeans/Master/ID", &ManifestCarriage::driver_id, 32, Holds::code},
    {"BorderTransportMeans/Master/Name", &ManifestCarriage::driver_name, 70},
    {"BorderTransportMeans/TransportEquipment/ID", &ManifestCarriage::trailer_id, 32, Holds::code},
    {"BorderTransportMeans/TransportEquipment/TareWeight", &ManifestCarriage::trailer_tare, 16, Holds::decimal},
    {"BorderTransportMeans/TransportEquipment/TypeCode", &ManifestCarriage::trailer_type, 3, Holds::code},
    {"Carrier/ID", &ManifestCarriage::carrier, 17, Holds::code},
    {"LoadingLocation/ID", &ManifestCarriage::loading_place, 17, Holds::code},
    {"LoadingLocation/LoadingDateTime", &ManifestCarriage::loading_time, 17, Holds::moment},
    {"RepresentativePerson/Name", &ManifestCarriage::responsible, 70},
    {"UnloadingLocation/ArrivalDateTime", &ManifestCarriage::unloading_time, 17, Holds::moment},
    {"UnloadingLocation/ID", &ManifestCarriage::unloading_place, 17, Holds::code},
});
constexpr auto kConsignment = std::to_array<ElementRow<ManifestConsignment>>({
    {"TransportContractDocument/ID", &ManifestConsignment::document, 35, Holds::code},
    {"TransportContractDocument/ConditionCode", &ManifestConsignment::condition, 3, Holds::code},
    {"AssociatedTransportDocument/ID", &ManifestConsignment::master, 35, Holds::code},
    {"GrossVolumeMeasure", &ManifestConsignment::volume, 16, Holds::decimal},
    {"ValueAmount", &ManifestConsignment::value, 18, Holds::decimal},
    {"ValueAmount@CurrencyTypeCode", &ManifestConsignment::currency, 3, Holds::code},
    {"TotalPackageQuantity", &ManifestConsignment::packages, 8, Holds::whole},
    {"ConsignmentPackaging/TypeCode", &ManifestConsignment::package_type, 2, Holds::code},
    {"TotalGrossMassMeasure", &ManifestConsignment::gross, 16, Holds::decimal},
    {"GovernmentProcedure/CurrentCode", &ManifestConsignment::clearance, 3, Holds::code},
});
constexpr auto kParty = std::to_array<ElementRow<ManifestParty>>({
    {"ID", &ManifestParty::id, 50, Holds::code},
    {"Name", &ManifestParty::name, 140},
    {"Address/Line", &ManifestParty::address, 140},
    {"Address/CountryCode", &ManifestParty::country, 2, Holds::code},
});
constexpr auto kContainer = std::to_array<ElementRow<ManifestContainer>>({
    {"CharacteristicCode", &ManifestContainer::size_type, 4, Holds::code},
    {"FullnessCode", &ManifestContainer::fullness, 3, Holds::code},
    {"ID", &ManifestContainer::id, 17, Holds::code},
    {"SealID", &ManifestContainer::seals, 255},
    {"SupplierPartyTypeCode", &ManifestContainer::source, 3, Holds::code},
    {"TareWeight", &ManifestContainer::tare, 16, Holds::decimal},
});
constexpr auto kItem = std::to_array<ElementRow<ManifestItem>>({
    {"SequenceNumeric", &ManifestItem::number, 5, Holds::whole},
    {"Commodity/CargoDescription", &ManifestItem::description, 256},
    {"Commodity/Classification/ID", &ManifestItem::hs, 18, Holds::code},
    {"Commodity/DangerousGoods/UNDGID", &ManifestItem::un_number, 5, Holds::code},
    {"GoodsMeasure/GrossMassMeasure", &ManifestItem::gross, 16, Holds::decimal},
    {"Packaging/QuantityQuantity", &ManifestItem::packages, 8, Holds::whole},
    {"Packaging/TypeCode", &ManifestItem::package_type, 2, Holds::code},
});
constexpr auto kResponse = std::to_array<ElementRow<ManifestResponse>>({
    {"DeclarationOfficeID", &ManifestResponse::office, 4, Holds::code},
    {"ID", &ManifestResponse::id, 32, Holds::code},
    {"Consignment/TransportContractDocument/ID", &ManifestResponse::document, 35, Holds::code},
    {"AdditionalInformation/StatementCode", &ManifestResponse::code, 10, Holds::code},
    {"AdditionalInformation/StatementDescription", &ManifestResponse::text, 2000},
});

struct PartyRow {
  std::string_view name;
  ManifestParty ManifestConsignment::* member;
};
constexpr auto kParties = std::to_array<PartyRow>({
    {"Consignor", &ManifestConsignment::consignor},
    {"Consignee", &ManifestConsignment::consignee},
    {"NotifyParty", &ManifestConsignment::notify},
});

pugi::xml_node child_made(pugi::xml_node node, std::string_view name) {
  const std::string text(name);
  const pugi::xml_node child = node.child(text.c_str());
  return child ? child : node.append_child(text.c_str());
}

void put_path(pugi::xml_node node, std::string_view path, const std::string& value) {
  const size_t at = path.find('@');
  const std::string attribute(at == std::string_view::npos ? std::string_view() : path.substr(at + 1));
  for (std::string_view rest = path.substr(0, at); !rest.empty();) {
    const size_t slash = rest.find('/');
    node = child_made(node, rest.substr(0, slash));
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  if (attribute.empty())
    node.text().set(value.c_str());
  else
    node.append_attribute(attribute.c_str()) = value.c_str();
}

template <typename T>
Status write_paths(pugi::xml_node node, Paths<T> rows, const T& values, std::string_view where) {
  TRY_OK(check_elements<T>(rows, values, where));
  for (const ElementRow<T>& row : rows)
    if (!(values.*row.member).empty()) put_path(node, row.name, values.*row.member);
  return {};
}

// Reads one value where a row has this path, and remarks upon what it must not be.
template <typename T>
bool read_value(const pugi::xml_node& node, std::string_view path, std::string text, Paths<T> rows, T& values, Remarks& remarks) {
  const ElementRow<T>* row = find_element<T>(rows, path);
  if (row == nullptr) return false;
  values.*row->member = std::move(text);
  if (const std::string wrong = wrong_with(values.*row->member, row->length, row->holds); !wrong.empty())
    remark_at(node, Severity::warning, "customs.value", "the value is " + wrong, remarks);
  return true;
}

// Every element below `node` that a row names; `taken` are elements of the first level that somebody else reads.
template <typename T>
// NOLINTNEXTLINE(misc-no-recursion): no deeper than kDepthMax
void read_paths(const pugi::xml_node& node, const std::string& prefix, Paths<T> rows, T& values, Remarks& remarks,
                std::span<const std::string_view> taken = {}, size_t depth = 1) {
  for (const pugi::xml_node child : node.children()) {
    if (!is_element(child) || std::ranges::find(taken, local_name(child)) != taken.end()) continue;
    const std::string path = prefix + std::string(local_name(child));
    for (const pugi::xml_attribute attribute : child.attributes())
      read_value<T>(child, path + "@" + std::string(local_of(attribute.name())), legible(trim(attribute.value()), limits::kTextBytesMax),
                    rows, values, remarks);
    const bool is_known = read_value<T>(child, path, text_in(child), rows, values, remarks);
    const bool has_children = std::ranges::any_of(child.children(), is_element);
    if (has_children && depth < kDepthMax)
      read_paths<T>(child, path + "/", rows, values, remarks, {}, depth + 1);
    else if (!is_known && (has_children || !text_in(child).empty()))
      remark_at(child, Severity::info, "customs.element_unknown", std::string(kUnknown), remarks);
  }
}

std::unexpected<Error> too_many(std::string_view what) {
  return fail(Code::too_large, "too many rows", std::string(what) + ": more than " + std::to_string(limits::kCustomsRowsMax),
              "divide the manifest");
}

template <typename T>
Status write_rows(pugi::xml_node node, const char* name, Paths<T> rows, const std::vector<T>& parts) {
  if (parts.size() > limits::kCustomsRowsMax) return too_many(name);
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string where = std::string(name) + "[" + std::to_string(i + 1) + "]";
    if (parts[i] == T{}) return fail(Code::invalid, "an empty row", where, "leave it out");
    TRY_OK(write_paths<T>(node.append_child(name), rows, parts[i], where));
  }
  return {};
}

template <typename T>
Status read_row(const pugi::xml_node& node, Paths<T> rows, std::vector<T>& parts, Remarks& remarks) {
  if (parts.size() >= limits::kCustomsRowsMax) return too_many(local_name(node));
  T part;
  read_paths<T>(node, "", rows, part, remarks);
  if (part != T{}) parts.push_back(std::move(part));
  return {};
}

Status write_consignment(pugi::xml_node declaration, const ManifestConsignment& consignment, const std::string& where) {
  if (consignment == ManifestConsignment{}) return fail(Code::invalid, "an empty row", where, "leave it out");
  pugi::xml_node node = declaration.append_child("Consignment");
  TRY_OK(write_paths<ManifestConsignment>(node, kConsignment, consignment, where));
  for (const PartyRow& row : kParties)
    if (const ManifestParty& party = consignment.*row.member; party != ManifestParty{})
      TRY_OK(
          write_paths<ManifestParty>(node.append_child(std::string(row.name).c_str()), kParty, party, where + "/" + std::string(row.name)));
  TRY_OK(write_rows<ManifestContainer>(node, "TransportEquipment", kContainer, consignment.containers));
  return write_rows<ManifestItem>(node, "ConsignmentItem", kItem, consignment.items);
}

Result<ManifestConsignment> read_consignment(const pugi::xml_node& node, Remarks& remarks) {
  static constexpr auto kTaken =
      std::to_array<std::string_view>({"Consignor", "Consignee", "NotifyParty", "TransportEquipment", "ConsignmentItem"});
  ManifestConsignment consignment;
  read_paths<ManifestConsignment>(node, "", kConsignment, consignment, remarks, kTaken);
  for (const pugi::xml_node child : node.children()) {
    const std::string_view name = local_name(child);
    if (const auto party = std::ranges::find(kParties, name, &PartyRow::name); party != kParties.end())
      read_paths<ManifestParty>(child, "", kParty, consignment.*party->member, remarks);
    if (name == "TransportEquipment") TRY_OK(read_row<ManifestContainer>(child, kContainer, consignment.containers, remarks));
    if (name == "ConsignmentItem") TRY_OK(read_row<ManifestItem>(child, kItem, consignment.items, remarks));
  }
  return consignment;
}

pugi::xml_node begin_document(pugi::xml_document& xml, const std::string& type) {
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node root = xml.append_child(kRoot);
  root.append_attribute("xmlns") = (kNamespace + type + ":1").c_str();
  return root;
}

// The root of a manifest message whose body is `body`.
Result<pugi::xml_node> open_manifest(std::string_view bytes, const char* body, pugi::xml_document& xml) {
  const pugi::xml_node root = TRY(open_xml(bytes, xml));
  if (local_name(root) != kRoot || !child_named(root, body))
    return fail(Code::unsupported, "not a manifest message", "there is no Manifest with a " + std::string(body), "send one");
  return root;
}

void read_head(const pugi::xml_node& root, ManifestHead& head, Remarks& remarks) {
  if (const pugi::xml_node node = child_named(root, "Head"))
    read_paths<ManifestHead>(node, "", kHead, head, remarks);
  else
    remark_at(root, Severity::error, "customs.part_missing", "there is no Head", remarks);
}

}  // namespace

bool begins_manifest_message(std::string_view bytes) { return root_name(bytes) == kRoot; }

Result<std::string> write_road_manifest(const RoadManifest& manifest) {
  if (manifest.head.message_type.empty())
    return fail(Code::invalid, "an element cannot be written", "Head/MessageType: absent", "say which message it is");
  if (manifest.consignments.size() > limits::kCustomsRowsMax) return too_many("Consignment");
  pugi::xml_document xml;
  pugi::xml_node root = begin_document(xml, manifest.head.message_type);
  TRY_OK(write_paths<ManifestHead>(root.append_child("Head"), kHead, manifest.head, "Head"));
  pugi::xml_node declaration = root.append_child("Declaration");
  TRY_OK(write_paths<ManifestCarriage>(declaration, kCarriage, manifest.carriage, "Declaration"));
  for (size_t i = 0; i < manifest.consignments.size(); ++i)
    TRY_OK(write_consignment(declaration, manifest.consignments[i], "Consignment[" + std::to_string(i + 1) + "]"));
  return written(xml);
}

Result<RoadManifest> read_road_manifest(std::string_view bytes, std::vector<Diagnostic>& diagnostics) {
  static constexpr auto kTaken = std::to_array<std::string_view>({"Consignment"});
  pugi::xml_document xml;
  const pugi::xml_node root = TRY(open_manifest(bytes, "Declaration", xml));
  RoadManifest manifest;
  Remarks remarks(diagnostics);
  read_head(root, manifest.head, remarks);
  const pugi::xml_node declaration = child_named(root, "Declaration");
  read_paths<ManifestCarriage>(declaration, "", kCarriage, manifest.carriage, remarks, kTaken);
  for (const pugi::xml_node child : declaration.children()) {
    if (local_name(child) != "Consignment") continue;
    if (manifest.consignments.size() >= limits::kCustomsRowsMax) return too_many("Consignment");
    ManifestConsignment consignment = TRY(read_consignment(child, remarks));
    if (consignment != ManifestConsignment{}) manifest.consignments.push_back(std::move(consignment));
  }
  return manifest;
}

Result<std::string> write_manifest_response(const ManifestResponse& response) {
  if (response.message_id.empty() || response.message_type.empty() || response.code.empty())
    return fail(Code::invalid, "an incomplete answer", "it has no message, no type or no code", "give all three");
  pugi::xml_document xml;
  pugi::xml_node root = begin_document(xml, response.message_type);
  const ManifestHead head = {.message_id = response.message_id,
                             .function_code = response.function_code,
                             .message_type = response.message_type,
                             .sender_id = {},
                             .receiver_id = {},
                             .send_time = response.send_time,
                             .version = "1.0"};
  TRY_OK(write_paths<ManifestHead>(root.append_child("Head"), kHead, head, "Head"));
  TRY_OK(write_paths<ManifestResponse>(root.append_child("Response"), kResponse, response, "Response"));
  return written(xml);
}

Result<ManifestResponse> read_manifest_response(std::string_view bytes, std::vector<Diagnostic>& diagnostics) {
  pugi::xml_document xml;
  const pugi::xml_node root = TRY(open_manifest(bytes, "Response", xml));
  Remarks remarks(diagnostics);
  ManifestHead head;
  read_head(root, head, remarks);
  ManifestResponse response = {.message_id = head.message_id,
                               .message_type = head.message_type,
                               .send_time = head.send_time,
                               .function_code = head.function_code,
                               .office = {},
                               .id = {},
                               .document = {},
                               .code = {},
                               .text = {}};
  read_paths<ManifestResponse>(child_named(root, "Response"), "", kResponse, response, remarks);
  if (response.message_id.empty() || response.code.empty())
    remark_at(root, Severity::error, "customs.part_missing", "the answer has no message or no code", remarks);
  return response;
}

}  // namespace fairway::gateway::customs
