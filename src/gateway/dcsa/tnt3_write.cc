#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "gateway/dcsa/tnt3.h"
#include "gateway/dcsa/tnt3_members.h"

namespace fairway::gateway::dcsa {
namespace {

constexpr std::string_view kPrimary = "shipmentDetails/documentReference";
constexpr std::string_view kMoreDocuments = "shipmentDetails/additionalDocumentReferences";
constexpr std::string_view kReferences = "shipmentDetails/shipmentReferences";

std::string degrees(double number) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() ? std::string(text.data(), end) : std::string();
}

// What the sender told besides, in the members of 3.0.
json::object kept_of(const Event& event) {
  if (event.original.empty()) return {};
  auto parsed = parse_json(event.original);
  if (!parsed || !parsed->is_object()) return {};
  const json::object* found = object_of(parsed->get_object(), "dcsa3");
  json::object kept = found == nullptr ? json::object() : *found;
  if (event.amendment == Amendment::retraction) kept.erase("isRetracted");  // a false from before
  return kept;
}

bool by_equipment(std::string_view type) { return type != "SHIPMENT" && type != "TRANSPORT"; }

class Tnt3Writer {
 public:
  explicit Tnt3Writer(const Event& event)
      : event_(event), code_(dcsa3_code(event.milestone)), kept_(kept_of(event)), written_(event.references.size()) {}

  json::object write(int64_t received_us, const Tnt3Party& origin);

 private:
  void write_head(int64_t received_us, const Tnt3Party& origin);
  void write_classification();
  void write_texts();
  void write_transport();
  void write_documents();
  void write_references();
  void write_equipment();
  void write_readings();
  void write_window();
  void put(std::string_view path, json::value value) { put_path(out_, path, std::move(value)); }
  void put_text(std::string_view path, std::string_view text) { put_path(out_, path, json::string(text)); }
  void append(std::string_view path, std::string_view code, const Reference& reference);
  void mark(const Reference& reference);
  void mark_kept(std::string_view path, std::span<const ReferenceRow> rows);
  json::object& ours();

  const Event& event_;
  const Dcsa3Code code_;
  const json::object kept_;
  std::vector<bool> written_;  // by position in event_.references
  json::object out_;
};

json::object& Tnt3Writer::ours() {
  json::value& value = out_["fairway"];
  if (!value.is_object()) value.emplace_object();
  return value.get_object();
}

void Tnt3Writer::mark(const Reference& reference) {
  for (size_t i = 0; i < written_.size(); ++i) written_[i] = written_[i] || event_.references[i] == reference;
}

// What the sender's own items say again need not be said in others.
void Tnt3Writer::mark_kept(std::string_view path, std::span<const ReferenceRow> rows) {
  const json::value* value = find_path(kept_, path);
  if (value == nullptr) return;
  const auto take = [&](const json::value& item) {
    const json::object* object = item.if_object();
    const ReferenceRow* row = object != nullptr ? find_row(rows, text_at(*object, "typeCode")) : nullptr;
    if (row == nullptr) return;
    if (const auto reference = Reference::make(row->kind, text_at(*object, "reference"))) mark(*reference);
  };
  if (const json::array* items = value->if_array())
    for (const json::value& item : *items) take(item);
  else
    take(*value);
}

void Tnt3Writer::append(std::string_view path, std::string_view code, const Reference& reference) {
  if (find_path(out_, path) == nullptr) put(path, json::array());
  json::value* list = const_cast<json::value*>(find_path(out_, path));  // NOLINT(cppcoreguidelines-pro-type-const-cast): out_ is ours
  list->get_array().push_back(json::object({{"typeCode", code}, {"reference", reference.value()}}));
  mark(reference);
}

json::object Tnt3Writer::write(int64_t received_us, const Tnt3Party& origin) {
  write_head(received_us, origin);
  write_classification();
  write_texts();
  write_transport();
  write_equipment();
  write_documents();
  write_references();
  write_readings();
  write_window();
  merge(out_, kept_);
  return std::move(out_);
}

// A correction overrides what has the same eventID.
void Tnt3Writer::write_head(int64_t received_us, const Tnt3Party& origin) {
  if (kept_.if_contains("eventRouting") == nullptr)
    put("eventRouting/originatingParty",
        json::object({{"partyCode", origin.code}, {"codeListProvider", origin.provider}, {"codeListName", origin.list}}));
  const bool of_3 = event_.source.type.starts_with("TNT 3") && !event_.source.document.empty();
  put_text("eventID", of_3 ? event_.source.document : event_.amendment == Amendment::none ? event_.id : event_.amends);
  if (event_.amendment == Amendment::retraction) put("isRetracted", true);
  put_text("eventDateTime", to_rfc3339(event_.occurred));
  put_text("eventUpdatedDateTime", event_.created ? to_rfc3339(*event_.created) : to_rfc3339_utc(received_us));
}

void Tnt3Writer::write_classification() {
  put_text("eventClassification/eventTypeCode", code_.type);
  put_text("eventClassification/eventClassifierCode", dcsa_code(event_.classifier));
  if (code_.type == "IOT") {
    put_text("eventClassification/iotEventTypeCode", "DETC");
    put_text("iotDetails/iotEventCode", code_.code);
  } else {
    put_text("eventClassification/" + to_lower(code_.type) + "EventTypeCode", code_.code);
  }
  if (!code_.exact) ours()["milestone"] = name(event_.milestone);
}

void Tnt3Writer::write_texts() {
  for (const PathText& row : kTnt3Texts) {
    const std::string& text = row.in(event_);
    if (text.empty()) continue;
    if (characters(text) <= row.chars_max) {
      put_text(row.path, text);
      continue;
    }
    json::value& texts = ours()["texts"];
    if (!texts.is_object()) texts.emplace_object();
    texts.get_object()[row.path] = text;
  }
  if (event_.place.latitude && event_.place.longitude) {
    put_text("eventLocation/geoCoordinate/latitude", degrees(*event_.place.latitude));
    put_text("eventLocation/geoCoordinate/longitude", degrees(*event_.place.longitude));
  }
  if (event_.reason.empty()) return;
  const bool delay = code_.type == "TRANSPORT" && characters(event_.reason) <= kDelayReasonCharsMax;
  if (delay && find_path(kept_, "transportDetails/delayReasonCodes") == nullptr)
    put("transportDetails/delayReasonCodes", json::array({json::value(event_.reason)}));
  if (!delay) put_text("shipmentDetails/reason", event_.reason);
}

void Tnt3Writer::write_transport() {
  const Transport& transport = event_.transport;
  for (const auto& reference : references_of(transport))
    if (reference) mark(*reference);
  const auto mode = std::ranges::find(kModes, transport.mode, &ModeRow::mode);
  if (mode != kModes.end() && mode->mode != TransportMode::air) put_text("transportDetails/transportCall/modeOfTransport", mode->code);
  const bool rail = transport.mode == TransportMode::rail;
  if (transport.vehicle.empty() || (!rail && characters(transport.vehicle) > 15)) return;
  put_text(rail ? kRailCar : kTractor, transport.vehicle);
  if (const auto vehicle = Reference::make(rail ? ReferenceKind::wagon : ReferenceKind::vehicle, transport.vehicle)) mark(*vehicle);
}

void Tnt3Writer::write_documents() {
  mark_kept(kPrimary, kTnt3Documents);
  mark_kept(kMoreDocuments, kTnt3Documents);
  bool primary = find_path(kept_, kPrimary) != nullptr;
  if (!event_.document_type.empty() && code_.type == "SHIPMENT" && !primary) {
    put_text(std::string(kPrimary) + "/typeCode", event_.document_type);
    const ReferenceRow* row = find_row(kTnt3Documents, event_.document_type);
    const Reference* paper = row != nullptr ? event_.reference(row->kind) : nullptr;
    if (paper != nullptr) put_text(std::string(kPrimary) + "/reference", paper->value());
    if (paper != nullptr) mark(*paper);
    primary = true;
  }
  for (size_t i = 0; i < written_.size(); ++i) {
    const Reference& reference = event_.references[i];
    const std::string_view code = written_[i] ? std::string_view() : written_code(kTnt3Documents, reference.kind());
    if (code.empty()) continue;
    if (primary) {
      append(kMoreDocuments, code, reference);
    } else {
      put(kPrimary, json::object({{"typeCode", code}, {"reference", reference.value()}}));
      mark(reference);
      primary = true;
    }
  }
}

void Tnt3Writer::write_references() {
  mark_kept(kReferences, kPartyReferences);
  for (size_t i = 0; i < written_.size(); ++i) {
    const Reference& reference = event_.references[i];
    if (written_[i]) continue;
    if (const std::string_view code = written_code(kPartyReferences, reference.kind()); !code.empty()) {
      append(kReferences, code, reference);
      continue;
    }
    json::value& others = ours()["references"];
    if (!others.is_array()) others.emplace_array();
    others.get_array().push_back(json::object({{"kind", name(reference.kind())}, {"value", reference.value()}}));
    mark(reference);
  }
}

void Tnt3Writer::write_equipment() {
  const Reference* box = event_.reference(ReferenceKind::equipment);
  const json::value* kept_box = find_path(kept_, "equipmentDetails/equipmentReference");
  if (kept_box != nullptr && kept_box->is_string()) {
    if (const auto said = Reference::make(ReferenceKind::equipment, std::string_view(kept_box->get_string()))) mark(*said);
  } else if (box != nullptr && by_equipment(code_.type) && characters(box->value()) <= kTnt3EquipmentCharsMax) {
    put_text("equipmentDetails/equipmentReference", box->value());
    mark(*box);
  }
  if (event_.equipment.load != Load::unknown)
    put_text("equipmentDetails/emptyIndicatorCode", event_.equipment.load == Load::empty ? "EMPTY" : "LADEN");
  if (event_.equipment.seals.empty() || find_path(kept_, "equipmentDetails/seals") != nullptr) return;
  json::array seals;
  for (const Seal& seal : event_.equipment.seals) {
    json::object item({{"number", seal.number}});
    if (is_one_of(kTnt3SealSources, seal.source)) item["source"] = seal.source;
    seals.push_back(std::move(item));
  }
  put("equipmentDetails/seals", std::move(seals));
}

// Readings of others than a sender of 3.0, whose own object is kept. A temperature is in Celsius or left to "fairway".
void Tnt3Writer::write_readings() {
  if (kept_.if_contains("reeferDetails") != nullptr) return;
  json::array probes, others;
  for (const Reading& reading : event_.readings) {
    const auto row = std::ranges::find(kTnt3Readings, reading.kind, &ReadingRow::kind);
    const std::string_view unit = row != kTnt3Readings.end() && !row->unit.empty() ? row->unit : "CEL";
    if (code_.type != "REEFER" || reading.unit != unit || (row == kTnt3Readings.end() && reading.kind != kProbeKind)) {
      others.push_back(json::object({{"kind", reading.kind}, {"value", reading.value}, {"unit", reading.unit}}));
      continue;
    }
    if (unit == "CEL") put_text("reeferDetails/temperatureUnit", unit);
    if (row == kTnt3Readings.end())
      probes.push_back(json::object({{"measuredTemperatureValue", reading.value}}));
    else
      put("reeferDetails/" + std::string(row->path), reading.value);
  }
  if (!probes.empty()) put("reeferDetails/temperatureProbeMeasurements", std::move(probes));
  if (!others.empty()) ours()["readings"] = std::move(others);
}

void Tnt3Writer::write_window() {
  if (event_.window.empty()) return;
  std::string text;
  JsonWriter writer(text);
  append_json(writer, event_.window);
  if (auto window = parse_json(text)) ours()["window"] = std::move(*window);
}

}  // namespace

void append_tnt3(std::string& out, const Event& event, int64_t received_us, const Tnt3Party& origin) {
  out += json::serialize(Tnt3Writer(event).write(received_us, origin));
}

std::string_view tnt3_type(const Event& event) { return dcsa3_code(event.milestone).type; }

}  // namespace fairway::gateway::dcsa
