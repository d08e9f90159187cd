#include "gateway/epcis/map.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/epcis/epc_uri.h"
#include "gateway/epcis/hash.h"
#include "gateway/epcis/kept.h"
#include "gateway/epcis/map_sensors.h"
#include "gateway/epcis/vocabulary.h"
#include "model/place.h"

namespace fairway::gateway::epcis {
namespace {

struct StepRow {
  std::string_view step;
  Milestone milestone;
};
// Business steps that say what a milestone says (standards.md 8). All others are `observed`, with the step as reason.
constexpr std::array kSteps = {
    StepRow{"accepting", Milestone::accepted},
    StepRow{"arriving", Milestone::gate_in},
    StepRow{"departing", Milestone::gate_out},
    StepRow{"inspecting", Milestone::inspected},
    StepRow{"loading", Milestone::loaded},
    StepRow{"packing", Milestone::stuffed},
    StepRow{"picking", Milestone::picked_up},
    StepRow{"removing", Milestone::removed},
    StepRow{"sensor_reporting", Milestone::measured},
    StepRow{"unloading", Milestone::discharged},
    StepRow{"unpacking", Milestone::stripped},
};
// What a step means where the event is about a ship and no container.
constexpr std::array kShipSteps = {StepRow{"arriving", Milestone::arrived}, StepRow{"departing", Milestone::departed}};

struct TransactionRow {
  std::string_view type;
  ReferenceKind kind;
};
constexpr std::array kTransactions = {
    TransactionRow{"bol", ReferenceKind::transport_document},       TransactionRow{"po", ReferenceKind::purchase_order},
    TransactionRow{"poc", ReferenceKind::purchase_order},           TransactionRow{"desadv", ReferenceKind::customer_reference},
    TransactionRow{"inv", ReferenceKind::customer_reference},       TransactionRow{"recadv", ReferenceKind::customer_reference},
    TransactionRow{"prodorder", ReferenceKind::customer_reference}, TransactionRow{"rma", ReferenceKind::customer_reference},
};

// EDIFACT 3035 for who owns and who holds the goods before and after.
struct RoleRow {
  std::string_view list, type, role;
};
constexpr std::array kRoles = {
    RoleRow{"sourceList", "owning_party", "SE"},           // seller
    RoleRow{"sourceList", "possessing_party", "CZ"},       // consignor
    RoleRow{"destinationList", "owning_party", "BY"},      // buyer
    RoleRow{"destinationList", "possessing_party", "CN"},  // consignee
};

constexpr std::string_view kBic = "urn:epc:id:bic:", kImo = "urn:epc:id:imovn:";
constexpr size_t kGlnDigits = 13;

std::string_view last_segment(std::string_view uri) {
  uri = uri.substr(0, uri.find_first_of("?"));
  while (uri.ends_with('/')) uri.remove_suffix(1);
  return uri.substr(uri.find_last_of("/:#") + 1);
}

// A container number of ISO 6346 with its check digit right; nothing else is taken for one.
bool is_container(std::string_view text) {
  constexpr size_t kLength = 11, kPrefix = 10;
  if (text.size() != kLength || std::string_view("UJZ").find(text[3]) == std::string_view::npos) return false;
  return iso6346_check_digit(text.substr(0, kPrefix)) == text.back() - '0';
}

// The GLN in "https://id.gs1.org/414/4012345000054/254/122" or "…/417/…".
std::string gln_of(std::string_view uri) {
  const std::string link = canonical_uri(uri);
  for (const std::string_view start : {"https://id.gs1.org/414/", "https://id.gs1.org/417/"})
    if (link.starts_with(start)) return link.substr(start.size(), kGlnDigits);
  return {};
}

class Mapper {
 public:
  Mapper(const CapturedEvent& captured, DecodedMessage& message, Event& event) : body_(captured.body), message_(message), event_(event) {}

  void map() {
    event_.classifier = Classifier::actual;
    times();
    place();
    things();
    transactions();
    parties();
    sensors();
    some_reference();
    milestone();
    if (left_out_ > 0)
      warn("epcis.references_left_out", std::to_string(left_out_) + " identifiers are kept with the event and are no references of it");
  }

 private:
  void times() {
    const std::string text = scalar_text(body_.at("eventTime"));
    if (auto instant = parse_rfc3339(text)) event_.occurred = *instant;
    const std::string_view offset = text_of(body_, "eventTimeZoneOffset");  // "+hh:mm": validated
    const auto two = [&](size_t at) { return (offset[at] - '0') * 10 + offset[at + 1] - '0'; };
    const int minutes = two(1) * 60 + two(4);
    event_.occurred.offset_minutes = static_cast<int16_t>(offset.front() == '-' ? -minutes : minutes);
    event_.occurred.text = text == to_rfc3339(event_.occurred) ? std::string() : text;
  }

  void place() {
    for (const std::string_view member : {"readPoint", "bizLocation"})
      if (const json::object* found = object_of(body_, member)) place_of(text_of(*found, "id"));
  }

  // What the read point says first stands.
  void place_of(std::string_view uri) {
    Place& place = event_.place;
    if (uri.starts_with("geo:")) return position(uri.substr(4));
    const std::string_view last = last_segment(uri);
    if (const std::string gln = gln_of(uri); !gln.empty()) {
      if (place.facility.empty()) place.facility = gln, place.facility_provider = "GLN";
    } else if (to_lower(uri).find("unlocode") != std::string::npos && is_unlocode_form(last)) {
      if (place.unlocode.empty()) place.unlocode = last;
    } else if (place.name.empty()) {
      place.name = uri;
    }
  }

  void position(std::string_view coordinates) {  // RFC 5870: latitude, longitude, altitude; parameters after ';'
    coordinates = coordinates.substr(0, coordinates.find(';'));
    double latitude = 0, longitude = 0;
    const char* end = coordinates.data() + coordinates.size();
    const auto first = std::from_chars(coordinates.data(), end, latitude);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != ',') return bad_position();
    const auto second = std::from_chars(first.ptr + 1, end, longitude);
    if (second.ec != std::errc() || (second.ptr != end && *second.ptr != ',')) return bad_position();
    if (!(std::abs(latitude) <= 90) || !(std::abs(longitude) <= 180)) return bad_position();
    if (!event_.place.latitude) event_.place.latitude = latitude, event_.place.longitude = longitude;
  }

  void bad_position() { warn("epcis.geo", "a geo: URI without a latitude and a longitude in degrees"); }

  void things() {
    const Identifiers named = identifiers_of(body_);
    for (const auto* list : {&named.parents, &named.epcs, &named.inputs, &named.outputs})
      for (const std::string& uri : *list) container(uri);
    for (const auto* list :
         {&named.parents, &named.epcs, &named.inputs, &named.outputs, &named.classes, &named.input_classes, &named.output_classes})
      for (const std::string& uri : *list) thing(uri);
    if (const std::string_view id = text_of(body_, "transformationID"); !id.empty()) add(ReferenceKind::epc, canonical_uri(id));
  }

  // Containers and ships first: a journey is found by them, and there may be more identifiers than an event has references.
  void container(std::string_view uri) {
    if (const std::string_view number = container_in(uri); !number.empty()) add(ReferenceKind::equipment, number);
    if (!uri.starts_with(kImo)) return;
    event_.transport.mode = TransportMode::vessel;
    if (event_.transport.vessel_imo.empty()) event_.transport.vessel_imo = uri.substr(kImo.size());
    add(ReferenceKind::vessel, uri.substr(kImo.size()));
  }

  void thing(std::string_view uri) {
    if (!uri.starts_with(kBic) && !uri.starts_with(kImo)) add(ReferenceKind::epc, canonical_uri(uri));
  }

  void transactions() {
    const json::array* items = array_of(body_, "bizTransactionList");
    if (items == nullptr) return;
    for (const json::value& item : *items)
      if (auto reference = transaction_reference(item.get_object())) add(std::move(*reference));
  }

  void parties() {
    for (const RoleRow& row : kRoles) {
      const json::array* items = array_of(body_, row.list);
      if (items == nullptr) continue;
      const std::string_view member = row.list.substr(0, row.list.size() - 4);
      for (const json::value& item : *items) {
        const json::object& party = item.get_object();
        const std::string gln = gln_of(text_of(party, member));
        if (text_of(party, "type") != row.type || gln.empty() || event_.parties.size() >= limits::kReferencesPerEventMax) continue;
        NamedParty named{std::string(row.role), {"GLN", gln}, {}};
        if (std::ranges::find(event_.parties, named) == event_.parties.end()) event_.parties.push_back(std::move(named));
      }
    }
  }

  void sensors() {
    const json::array* elements = array_of(body_, "sensorElementList");
    if (elements == nullptr) return;
    SensorFacts facts = sensor_facts(*elements);
    event_.readings = std::move(facts.readings);
    for (const std::string& device : facts.devices) add(ReferenceKind::sensor, canonical_uri(device));
    alarmed_ = facts.alarmed;
    weighed_kg_ = facts.mass_kg;
    if (facts.left_out > 0) warn("epcis.readings_left_out", std::to_string(facts.left_out) + " readings are kept with the event only");
  }

  // An event has to be about something: where it names no thing, it is about its place, or about itself.
  void some_reference() {
    for (const std::string_view member : {"readPoint", "bizLocation"})
      if (const json::object* found = object_of(body_, member); found != nullptr && event_.references.empty())
        add(ReferenceKind::epc, canonical_uri(text_of(*found, "id")));
    if (event_.references.empty()) add(ReferenceKind::epc, event_.id);
  }

  void milestone() {
    const std::string step = bare_word(Vocabulary::biz_step, text_of(body_, "bizStep"));
    const bool about_ship = event_.reference(ReferenceKind::vessel) != nullptr && event_.reference(ReferenceKind::equipment) == nullptr;
    const auto found = std::ranges::find(kSteps, std::string_view(step), &StepRow::step);
    event_.milestone = found != kSteps.end() ? found->milestone : Milestone::observed;
    if (about_ship)
      for (const StepRow& row : kShipSteps)
        if (row.step == step) event_.milestone = row.milestone;
    const bool measuring = event_.milestone == Milestone::measured || (step.empty() && !event_.readings.empty());
    if (measuring) event_.milestone = alarmed_ ? Milestone::excursion : weighed_kg_ ? Milestone::weighed : Milestone::measured;
    if (event_.milestone == Milestone::weighed) event_.equipment.gross_kg = weighed_kg_;
    if (event_.milestone == Milestone::observed) event_.reason = step;
  }

  void add(ReferenceKind kind, std::string_view value) {
    auto reference = Reference::make(kind, value);
    if (!reference) return void(++left_out_);
    add(std::move(*reference));
  }

  void add(Reference reference) {
    if (std::ranges::find(event_.references, reference) != event_.references.end()) return;
    if (event_.references.size() >= limits::kReferencesPerEventMax) return void(++left_out_);
    event_.references.push_back(std::move(reference));
  }

  void warn(std::string code, std::string what) {
    report(message_, {Severity::warning, std::move(code), std::move(what), 0, "", message_.offset});
  }

  const json::object& body_;
  DecodedMessage& message_;
  Event& event_;
  size_t left_out_ = 0;
  bool alarmed_ = false;
  std::optional<double> weighed_kg_;
};

// An event with an errorDeclaration repeats the one that it declares wrong, under the same eventID: it takes that one back.
void amend(const json::object& body, Event& event) {
  const json::object* error = object_of(body, "errorDeclaration");
  if (error == nullptr) return;
  event.amendment = Amendment::retraction;
  event.amends = event.id;
  std::string text;
  append_json(text, *body.if_contains("errorDeclaration"));
  event.id = uuid_from_digest(sha256("error declaration\n" + event.amends + "\n" + text));
  if (event.reason.empty()) event.reason = bare_word(Vocabulary::error_reason, text_of(*error, "reason"));
}

}  // namespace

std::string_view container_in(std::string_view uri) {
  if (uri.starts_with(kBic)) return uri.substr(kBic.size());
  const std::string_view last = last_segment(uri);
  const std::string_view serial = last.substr(last.rfind('.') + 1);
  for (const std::string_view text : {last, serial, last.size() > 11 ? last.substr(last.size() - 11) : std::string_view()})
    if (is_container(text)) return text;
  return {};
}

std::optional<Reference> transaction_reference(const json::object& transaction) {
  const std::string type = bare_word(Vocabulary::biz_transaction_type, text_of(transaction, "type"));
  const auto found = std::ranges::find(kTransactions, std::string_view(type), &TransactionRow::type);
  if (found == kTransactions.end()) return std::nullopt;
  auto reference = Reference::make(found->kind, last_segment(text_of(transaction, "bizTransaction")));
  return reference ? std::optional(std::move(*reference)) : std::nullopt;
}

std::string id_of(const CapturedEvent& captured) {
  const std::string_view given = text_of(captured.body, "eventID");
  return given.empty() ? event_hash(captured) : std::string(given);
}

void map(CapturedEvent captured, DecodedMessage& message) {
  const auto refuse = [&](const char* code, std::string what) {
    report(message, {Severity::error, code, std::move(what), 0, "", message.offset});
  };
  Event& event = message.events.emplace_back();
  event.id = id_of(captured);
  if (!captured.body.contains("eventID")) captured.body.emplace("eventID", event.id);
  Mapper(captured, message, event).map();
  amend(captured.body, event);
  event.source.format = message.format;
  event.source.type = message.type;
  event.source.offset = message.offset;
  event.source.hash = message.hash;
  event.original = keep(captured);
  if (const Status valid = validate(event); !valid)
    return refuse(valid.error().code == Code::too_large ? "epcis.too_large" : "epcis.event", valid.error().text());
  message.references = event.references;
  message.parties = event.parties;
}

}  // namespace fairway::gateway::epcis
