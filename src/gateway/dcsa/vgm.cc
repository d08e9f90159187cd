#include "gateway/dcsa/vgm.h"

#include <algorithm>
#include <cmath>

#include "base/bytes.h"
#include "gateway/dcsa/placed_instant.h"
#include "gateway/dcsa/tnt3_members.h"
#include "gateway/dcsa/told_list.h"

namespace fairway::gateway::dcsa {
namespace {

constexpr std::string_view kList = "VGMDeclarations", kType = "VGM 1.0", kKept = "dcsaVgm";
constexpr double kKilogramsPerPound = 0.45359237;

constexpr std::array<PathText, 9> kTexts = {{
    {"VGM/location/locationName", 100, &Place::name},
    {"VGM/location/facilityTypeCode", 10, &Place::facility_type},
    {"VGM/location/UNLocationCode", 5, &Place::unlocode},
    {"VGM/location/facility/facilityCode", 6, &Place::facility},
    {"VGM/location/facility/facilityCodeListProvider", 10, &Place::facility_provider},
    {"vesselVoyageDetails/vesselName", 50, nullptr, &Transport::vessel_name},
    {"vesselVoyageDetails/carrierCode", 4, nullptr, &Transport::carrier},
    {"vesselVoyageDetails/exportVoyageNumberOrReference/carrierVoyageNumber", 512, nullptr, &Transport::voyage},
    {"equipmentDetails/ISOEquipmentCode", 4, nullptr, nullptr, &EquipmentFacts::iso_code},
}};

struct ReferencePath {
  std::string_view path;
  ReferenceKind kind;
  size_t chars_max;
};
constexpr std::array<ReferencePath, 3> kReferencePaths = {{
    {"equipmentDetails/equipmentReference", ReferenceKind::equipment, 11},
    {"shipmentDetails/carrierBookingReference", ReferenceKind::booking, 35},
    {"shipmentDetails/transportDocumentReference", ReferenceKind::transport_document, 20},
}};

// Who has a part in the declaration, under the codes of EDIFACT 3035 that VERMAS uses for them, unless the party names its own.
struct PartyPath {
  std::string_view path;
  std::string_view role;
};
constexpr std::array<PartyPath, 6> kPartyPaths = {{
    {"responsibleParty", "SPC"},
    {"authorizedParty", "AM"},
    {"weighingParty", "WPA"},
    {"submittingParty", "TB"},
    {"orderedByParty", "OB"},
    {"holdingParty", "WC"},
}};

std::optional<double> kilograms(const json::object& object, std::string_view path) {
  const json::value* weight = find_path(object, path);
  if (weight == nullptr || !weight->is_object()) return std::nullopt;
  const auto value = number_of(weight->get_object(), "value");
  const std::string_view unit = text_of(weight->get_object(), "unit");
  if (!value || !std::isfinite(*value) || *value < 0 || (unit != "KGM" && unit != "LBR")) return std::nullopt;
  return unit == "LBR" ? *value * kKilogramsPerPound : *value;
}

class Reader {
 public:
  Reader(json::object object, const std::string& position, DecodedMessage& message)
      : object_(std::move(object)), position_(position), message_(message) {}

  void read() {
    read_claim();
    if (message_.claim.withdrawn) return;
    Event& event = message_.events.emplace_back();
    event.id = uuid_from_digest(sha256("dcsaVgm\n" + message_.claim.identity + "\n" + text_at(object_, "declarationDateTime")));
    event.milestone = Milestone::weighed;
    event.classifier = Classifier::actual;
    for (const PathText& row : kTexts)
      if (std::string text = text_at(object_, row.path); !text.empty()) {
        erase_path(object_, row.path);
        row.in(event) = std::move(text);
      }
    read_times(event);
    read_references(event);
    read_weights(event);
    read_parties(event);
    if (!object_.empty()) event.original = "{\"" + std::string(kKept) + "\":" + json::serialize(object_) + "}";
  }

 private:
  void say(Severity severity, std::string_view path, std::string code, std::string what) {
    report(message_, {severity, std::move(code), std::move(what), 0, position_ + "/" + std::string(path), message_.offset});
  }

  void read_claim() {
    const std::string reference = text_at(object_, "declarationReference");
    message_.claim.withdrawn = truth_of(object_, "isRetracted").value_or(false);
    if (reference.empty()) return say(Severity::error, "declarationReference", "dcsa.event_id", "the declaration has no reference");
    message_.claim.identity = "VGM\n";
    for (const char* part : {"partyCode", "codeListProvider", "codeListName"})
      message_.claim.identity.append(text_at(object_, std::string("routingDetails/originatingParty/") + part)).append("\n");
    message_.claim.identity += reference;
    if (const auto declared = parse_rfc3339(text_at(object_, "declarationDateTime"))) message_.claim.written_us = declared->micros;
  }

  std::optional<Instant> instant(std::string_view path, const Event& event) {
    const std::string text = text_at(object_, path);
    if (text.empty()) return std::nullopt;
    auto parsed = parse_rfc3339(text);
    if (!parsed) {
      say(Severity::error, path, "dcsa.time", "not an RFC 3339 date-time");
      return std::nullopt;
    }
    erase_path(object_, path);
    if (parsed->zone != ZoneSource::assumed) return std::move(*parsed);
    say(Severity::warning, path, "dcsa.time_zone", "a time without offset");
    return placed(*parsed, text, event.place.unlocode);
  }

  void read_times(Event& event) {
    event.created = instant("declarationDateTime", event);
    const auto weighed = instant("VGM/dateTime", event);
    if (weighed) {
      event.occurred = *weighed;
    } else if (event.created) {
      event.occurred = *event.created;
      say(Severity::warning, "VGM/dateTime", "dcsa.missing", "no time of weighing; that of the declaration stands in for it");
    } else {
      say(Severity::error, "declarationDateTime", "dcsa.time", "the declaration has no time");
    }
  }

  void read_references(Event& event) {
    const std::string name = text_at(object_, "declarationReference");
    if (name.size() <= limits::kIdentifierBytesMax) {
      event.source.document = name;
      erase_path(object_, "declarationReference");
    }
    for (const ReferencePath& row : kReferencePaths) {
      const std::string text = text_at(object_, row.path);
      if (text.empty()) continue;
      auto reference = Reference::make(row.kind, text);
      if (!reference) {
        say(Severity::error, row.path, "dcsa.reference", reference.error().text());
        continue;
      }
      if (reference->value() == text) erase_path(object_, row.path);
      event.references.push_back(std::move(*reference));
    }
    if (event.reference(ReferenceKind::equipment) == nullptr)
      say(Severity::error, kReferencePaths.front().path, "dcsa.missing", "no container is named");
  }

  // The weights stay in the object, too: they say their unit.
  void read_weights(Event& event) {
    event.equipment.vgm_kg = kilograms(object_, "VGM/weight");
    event.equipment.tare_kg = kilograms(object_, "equipmentDetails/tareWeight");
    event.cargo.gross_kg = kilograms(object_, "equipmentDetails/cargoGrossWeight");
    event.equipment.load = Load::laden;
    if (!event.equipment.vgm_kg) say(Severity::error, "VGM/weight", "dcsa.missing", "no verified gross mass in KGM or LBR");
  }

  void name(Event& event, std::string_view path, std::string_view role, const std::string& party_name) {
    NamedParty named;
    named.role = text_at(object_, std::string(path) + "/partyFunction");
    if (named.role.empty()) named.role = role;
    named.identifier = {to_upper(text_at(object_, std::string(path) + "/codeListProvider")),
                        to_upper(text_at(object_, std::string(path) + "/partyCode"))};
    if (named.identifier.scheme.empty() || named.identifier.scheme == "ZZZ" || named.identifier.value.empty()) return;
    named.name = party_name;
    if (std::ranges::find(event.parties, named) == event.parties.end()) event.parties.push_back(std::move(named));
  }

  void read_parties(Event& event) {
    name(event, "routingDetails/originatingParty", "MS", "");
    name(event, "routingDetails/destinationParty", "MR", "");
    for (const PartyPath& row : kPartyPaths) {
      const std::string path(row.path);
      name(event, path + "/party", row.role, text_at(object_, path + "/partyName"));
    }
  }

  json::object object_;
  const std::string& position_;
  DecodedMessage& message_;
};

json::object kept_of(const Event& event) {
  const auto parsed = event.original.empty() ? Result<json::value>(json::object()) : parse_json(event.original);
  const json::object* found = parsed && parsed->is_object() ? object_of(parsed->get_object(), kKept) : nullptr;
  json::object kept = found == nullptr ? json::object() : *found;
  if (event.amendment == Amendment::retraction) kept.erase("isRetracted");  // a false from before
  return kept;
}

void put_text(json::object& out, std::string_view path, std::string_view text) { put_path(out, path, json::string(text)); }

void put_weight(json::object& out, std::string_view path, const std::optional<double>& weight) {
  if (weight) put_path(out, path, json::object({{"value", *weight}, {"unit", "KGM"}}));
}

}  // namespace

bool is_vgm(std::string_view bytes) {
  const std::string_view text = trim(bytes);
  return text.starts_with('{') && !listed_under(text, kList).empty();
}

Status decode_vgm(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) {
  const auto tell = [](json::object object, const std::string& position, DecodedMessage& message) {
    Reader(std::move(object), position, message).read();
  };
  return decode_list(bytes, listed_under(bytes, kList), "/" + std::string(kList), kType, tell, sink);
}

void append_vgm(std::string& out, const Event& event, int64_t received_us, const Tnt3Party& origin) {
  const json::object kept = kept_of(event);
  json::object declaration;
  if (kept.if_contains("routingDetails") == nullptr) {
    json::object party({{"partyCode", origin.code}, {"codeListProvider", origin.provider}, {"codeListName", origin.list}});
    put_path(declaration, "routingDetails/originatingParty", std::move(party));
  }
  const bool told_here = event.source.type == kType && !event.source.document.empty();
  const std::string& amended = event.amendment == Amendment::none ? event.id : event.amends;
  put_text(declaration, "declarationReference", told_here ? event.source.document : amended);
  if (event.amendment == Amendment::retraction) put_path(declaration, "isRetracted", true);
  put_text(declaration, "declarationDateTime", event.created ? to_rfc3339(*event.created) : to_rfc3339_utc(received_us));
  put_text(declaration, "VGM/dateTime", to_rfc3339(event.occurred));
  for (const PathText& row : kTexts)
    if (const std::string& text = row.in(event); !text.empty() && characters(text) <= row.chars_max) put_text(declaration, row.path, text);
  for (const ReferencePath& row : kReferencePaths)
    if (const Reference* reference = event.reference(row.kind); reference != nullptr && characters(reference->value()) <= row.chars_max)
      put_text(declaration, row.path, reference->value());
  put_weight(declaration, "VGM/weight", event.equipment.vgm_kg);
  put_weight(declaration, "equipmentDetails/tareWeight", event.equipment.tare_kg);
  put_weight(declaration, "equipmentDetails/cargoGrossWeight", event.cargo.gross_kg);
  merge(declaration, kept);
  out += json::serialize(declaration);
}

}  // namespace fairway::gateway::dcsa
