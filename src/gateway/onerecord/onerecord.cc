#include "gateway/onerecord/onerecord.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/onerecord/graph.h"
#include "gateway/onerecord/reader.h"
#include "gateway/onerecord/vocabulary.h"
#include "gateway/onerecord/writer.h"

namespace fairway::gateway::onerecord {
namespace {

constexpr std::string_view kFormatName = "ONERECORD";

// Classes below cargo:LogisticsObject in the cargo ontology 3.2: those with a skeletonIndicator in the API's own schema, and the ontology's
// abstract classes above them.
constexpr std::array<std::string_view, 54> kLogisticsObjects = {"Answer",
                                                                "Booking",
                                                                "BookingOption",
                                                                "BookingOptionRequest",
                                                                "BookingPreferences",
                                                                "BookingRequest",
                                                                "BookingShipment",
                                                                "Carrier",
                                                                "Check",
                                                                "CheckTemplate",
                                                                "CheckTotalResult",
                                                                "Company",
                                                                "Composing",
                                                                "CustomsInformation",
                                                                "DgDeclaration",
                                                                "EpermitConsignment",
                                                                "EpermitSignature",
                                                                "ExternalReference",
                                                                "Insurance",
                                                                "IotDevice",
                                                                "Item",
                                                                "ItemDg",
                                                                "LiveAnimalsEpermit",
                                                                "Loading",
                                                                "LoadingMaterial",
                                                                "LoadingUnit",
                                                                "Location",
                                                                "LogisticsAction",
                                                                "LogisticsActivity",
                                                                "LogisticsAgent",
                                                                "LogisticsObject",
                                                                "LogisticsService",
                                                                "NonHumanActor",
                                                                "Organization",
                                                                "Person",
                                                                "PhysicalLogisticsObject",
                                                                "Piece",
                                                                "PieceDg",
                                                                "PieceLiveAnimals",
                                                                "Product",
                                                                "ProductDg",
                                                                "PublicAuthority",
                                                                "RegulatedEntity",
                                                                "SecurityDeclaration",
                                                                "Sensor",
                                                                "Shipment",
                                                                "Storage",
                                                                "Storing",
                                                                "TransportMeans",
                                                                "TransportMovement",
                                                                "ULD",
                                                                "UnitComposition",
                                                                "Waybill",
                                                                "WaybillLineItem"};

static_assert(std::ranges::is_sorted(kLogisticsObjects));

constexpr std::array<std::string_view, 4> kAbove = {"waybill", "ofShipment", "shipment", "masterWaybill"};

bool digits(std::string_view text, size_t count) {
  return text.size() == count && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void add_reference(std::vector<Reference>& all, ReferenceKind kind, std::string_view raw) {
  const auto reference = Reference::make(kind, raw);
  if (!reference || all.size() >= limits::kReferencesPerEventMax) return;
  if (std::ranges::find(all, *reference) == all.end()) all.push_back(*reference);
}

// A master or direct waybill has an airline's prefix and eight digits; anything else is a forwarder's own number.
void add_waybill(std::vector<Reference>& all, const Node& waybill) {
  const std::string_view prefix = trim(waybill.text(cargo("waybillPrefix"))), number = trim(waybill.text(cargo("waybillNumber")));
  if (number.empty()) return;
  const bool house = local_name(waybill.text(cargo("waybillType"))) == "HOUSE";
  if (!house && digits(prefix, 3) && digits(number, 8))
    return add_reference(all, ReferenceKind::air_waybill, std::string(prefix).append(number));
  const std::string plain = [&] {
    std::string out;
    for (const char c : number)
      if (c != '-' && c != ' ') out += c;
    return out;
  }();
  if (!house && prefix.empty() && digits(plain, 11)) return add_reference(all, ReferenceKind::air_waybill, plain);
  add_reference(all, ReferenceKind::house_air_waybill, number);
}

std::string node_code(const Node& node, std::string_view property) {
  const Node* element = node.object(cargo(property));
  return element != nullptr ? code_of(*element) : to_upper(trim(node.text(cargo(property))));
}

void add_unit(std::vector<Reference>& all, const Node& unit) {
  const std::string_view serial = trim(unit.text(cargo("uldSerialNumber")));
  if (!serial.empty())
    add_reference(all, ReferenceKind::unit_load_device, node_code(unit, "uldTypeCode").append(serial) + node_code(unit, "ownerCode"));
}

void add_own(std::vector<Reference>& all, const Node& object) {
  if (object.is(cargo("Waybill")) || object.find(cargo("waybillNumber")) != nullptr) add_waybill(all, object);
  if (object.is(cargo("ULD"))) add_unit(all, object);
  if (object.is(cargo("Sensor")) || object.is(cargo("IotDevice")))
    add_reference(all, ReferenceKind::sensor, object.text(cargo("serialNumber")));
  if (object.is(cargo("TransportMeans"))) add_reference(all, ReferenceKind::vehicle, object.text(cargo("vehicleRegistration")));
  const std::string_view address = std::string_view(object.id).substr(0, object.id.find('?'));
  if (!address.empty() && !is_embedded(address)) add_reference(all, ReferenceKind::logistics_object, address);
}

void add_above(std::vector<Reference>& all, const Node& object, size_t depth) {
  add_own(all, object);
  if (depth > limits::kJsonDepthMax) return;
  for (const std::string_view property : kAbove)
    if (const Node* above = object.object(cargo(property))) add_above(all, *above, depth + 1);
}

// The decoder of one object at the top.
class Decoder {
 public:
  Decoder(std::string_view bytes, const std::string& hash) : bytes_(bytes), hash_(hash) {}

  DecodedMessage decode(const Node& top, const std::vector<Diagnostic>& notes) {
    message_.format = kFormatName;
    message_.type = "ONE Record " + std::string(local_name(top.type()));
    message_.document = legible(top.id, limits::kIdentifierBytesMax);
    message_.identity = top.id + " " + hash_;
    message_.length = bytes_.size();
    message_.hash = hash_;
    message_.text = bytes_;
    for (const Diagnostic& note : notes) report(message_, note);
    walk(top, {}, 1);
    if (message_.events.empty() && message_.ok)
      report(message_, {Severity::info, "onerecord.no_event", "the object tells of no event", 0, "", 0});
    return std::move(message_);
  }

 private:
  void walk(const Node& node, const std::vector<Reference>& outer, size_t depth) {
    if (depth > limits::kJsonDepthMax) return;
    if (node.is(cargo("LogisticsEvent"))) return take(node, outer);
    std::vector<Reference> references = references_of(node);
    for (const Reference& reference : references) remember(reference);
    for (const Reference& reference : outer)
      if (std::ranges::find(references, reference) == references.end() && references.size() < limits::kReferencesPerEventMax)
        references.push_back(reference);
    for (const Property& property : node.properties)
      for (const Value& value : property.values)
        if (value.is_node() && !value.node.front().is_link()) walk(value.node.front(), references, depth + 1);
  }

  void take(const Node& node, const std::vector<Reference>& references) {
    if (message_.events.size() >= limits::kEventsPerRequestMax) return;
    std::vector<Diagnostic> notes;
    auto event = event_from(node, references, notes);
    for (Diagnostic& note : notes) report(message_, std::move(note));
    if (!event) {
      const bool unknown = event.error().code == Code::unsupported;
      return report(message_, {unknown ? Severity::warning : Severity::error, unknown ? "onerecord.event_code" : "onerecord.event",
                               event.error().message + (event.error().detail.empty() ? "" : ": " + event.error().detail), 0,
                               legible(node.id, 256), 0});
    }
    event->source.hash = hash_;
    for (const Reference& reference : event->references) remember(reference);
    message_.events.push_back(std::move(*event));
  }

  void remember(const Reference& reference) {
    if (message_.references.size() < limits::kEventsPerRequestMax && seen_.insert(reference.key()).second)
      message_.references.push_back(reference);
  }

  std::string_view bytes_;
  const std::string& hash_;
  DecodedMessage message_;
  std::set<std::string> seen_;
};

}  // namespace

bool is_logistics_object(std::string_view type) {
  return type.starts_with(kCargo) && std::ranges::binary_search(kLogisticsObjects, type.substr(kCargo.size()));
}

bool begins_onerecord(std::string_view bytes) {
  constexpr size_t kLookMax = 4096;
  const std::string_view head = bytes.substr(0, kLookMax);
  return (head.starts_with('{') || head.starts_with('[')) && head.find("onerecord.iata.org/ns/") != std::string_view::npos;
}

std::vector<Reference> own_references(const Node& object) {
  std::vector<Reference> all;
  add_own(all, object);
  return all;
}

std::vector<Reference> references_of(const Node& object) {
  std::vector<Reference> all;
  add_above(all, object, 1);
  return all;
}

Status decode_onerecord(std::string_view bytes, const MessageSink& sink) {
  Document document = TRY(read_document(bytes));
  const std::string hash = to_hex(sha256(bytes));
  for (const Node& node : document.nodes) sink(Decoder(bytes, hash).decode(node, document.diagnostics));
  return {};
}

Status raw_onerecord(std::string_view bytes, const LineSink& sink) {
  const Document document = TRY(read_document(bytes));
  for (const Node& node : document.nodes) sink(write_document(node, Form::expanded));
  return {};
}

}  // namespace fairway::gateway::onerecord
