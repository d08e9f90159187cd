#include "gateway/land/base_event.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/land/control_points.h"
#include "gateway/land/values.h"

namespace fairway::gateway::land {
namespace {

struct PartyRow {
  Member code, name;
  std::string_view role;  // EDIFACT 3035
};
constexpr std::array kParties = {
    PartyRow{Member::shipper, Member::shipper_name, "CZ"},
    PartyRow{Member::consignee, Member::consignee_name, "CN"},
    PartyRow{Member::haulier, Member::haulier_name, "HA"},
};

constexpr std::array<std::string_view, 2> kDirections = {"outbound", "inbound"};  // as seen from Hong Kong

class Builder {
 public:
  Builder(const Record& record, const TypeRow& type, const EventRow& what, DecodedMessage& message)
      : record_(record), type_(type), has_window_(what.has_window), message_(message) {
    event_.milestone = what.milestone;
    event_.classifier = what.classifier;
  }

  Event build() {
    read_classifier();
    read_place();
    read_references();
    if (type_.type == Type::outage) name_facility();
    read_transport();
    read_parties();
    read_load();
    read_remarks();
    read_amendment();
    keep_rest();
    event_.source.format = message_.format;
    event_.source.type = message_.type;
    event_.source.document = record_.text(Member::message_id);
    event_.source.offset = message_.offset;
    event_.source.hash = message_.hash;
    return std::move(event_);
  }

 private:
  void say(Severity severity, const Value& value, std::string code, std::string what) {
    note(message_, severity, std::move(code), std::move(what), value.at, value.offset);
  }

  void read_classifier() {
    const Value* sent = record_.find(Member::classifier);
    if (sent == nullptr) return;
    if (const auto classifier = classifier_from(to_lower(sent->text)))
      event_.classifier = *classifier;
    else
      say(Severity::error, *sent, "land.value", quoted(sent->text) + " is not planned, estimated or actual");
  }

  void read_place() {
    Place& place = event_.place;
    if (const Value* point = record_.find(Member::control_point)) {
      place = control_point(point->text);
      if (place.empty()) {
        place.name = point->text;
        say(Severity::warning, *point, "land.control_point",
            quoted(point->text) + " is not a known control point; kept as the place's name");
      }
    }
    if (const Value* code = record_.find(Member::unlocode)) {
      place.unlocode = to_upper(code->text);
      std::erase(place.unlocode, ' ');
      if (!is_unlocode_form(place.unlocode))
        say(Severity::warning, *code, "land.unlocode", quoted(code->text) + " has not the form of a UN/LOCODE: five characters, as HKHKG");
    }
    take(Member::facility, place.facility);
    take(Member::facility_provider, place.facility_provider);
    take(Member::place, place.name);
  }

  void take(Member member, std::string& field) {
    if (const Value* value = record_.find(member)) field = value->text;
  }

  void read_references() {
    for (const Value& value : record_.values) {
      if (row(value.member).holds != Holds::reference) continue;
      auto reference = Reference::make(row(value.member).kind, value.text);
      if (!reference)
        say(Severity::error, value, "land.reference", reference.error().text());
      else
        add_reference(std::move(*reference), value);
    }
  }

  // What an outage is about is the place: no cargo is named.
  void name_facility() {
    if (event_.place.unlocode.empty()) return;
    if (auto facility = Reference::make(ReferenceKind::facility, event_.place.key())) event_.references.push_back(std::move(*facility));
  }

  void add_reference(Reference reference, const Value& value) {
    if (reference.check() == ReferenceCheck::wrong_check_digit)
      say(Severity::warning, value, "land.check_digit", quoted(value.text) + " has a wrong check digit; kept as sent");
    if (std::ranges::find(event_.references, reference) == event_.references.end()) event_.references.push_back(std::move(reference));
  }

  void read_transport() {
    Transport& transport = event_.transport;
    transport.mode = mode();
    const auto value_of = [&](ReferenceKind kind) {
      const Reference* reference = event_.reference(kind);
      return reference == nullptr ? std::string() : reference->value();
    };
    transport.vehicle = transport.mode == TransportMode::rail ? std::string() : value_of(ReferenceKind::vehicle);
    take(Member::train, transport.vehicle);
    transport.vessel_imo = value_of(ReferenceKind::vessel);
    take(Member::barge, transport.vessel_name);
    take(Member::voyage, transport.voyage);
    take(Member::carrier, transport.carrier);
    const std::string& owner = transport.vessel_imo.empty() ? transport.carrier : transport.vessel_imo;
    if (owner.empty() || transport.voyage.empty()) return;
    if (auto voyage = Reference::make(ReferenceKind::voyage, owner + "/" + transport.voyage))
      event_.references.push_back(std::move(*voyage));
  }

  // What the type means by itself or, where it may be any, what the message names.
  TransportMode mode() {
    if (const Value* sent = record_.find(Member::mode)) {
      if (const auto mode = transport_mode_from(to_lower(sent->text))) return *mode;
      say(Severity::warning, *sent, "land.value", quoted(sent->text) + " is not truck, rail, barge, vessel or air");
    }
    if (type_.mode != TransportMode::unknown) return type_.mode;
    if (record_.find(Member::wagon) != nullptr || record_.find(Member::train) != nullptr) return TransportMode::rail;
    if (record_.find(Member::vehicle) != nullptr) return TransportMode::truck;
    return record_.find(Member::barge) != nullptr ? TransportMode::barge : TransportMode::unknown;
  }

  void read_parties() {
    for (const PartyRow& party : kParties) {
      NamedParty named;
      named.role = party.role;
      named.name = record_.text(party.name);
      if (const Value* code = record_.find(party.code)) {
        if (auto identifier = parse_party_identifier(code->text))
          named.identifier = std::move(*identifier);
        else
          say(Severity::warning, *code, "land.party", quoted(code->text) + " is not SCHEME:VALUE, as BR:12345678; ignored");
      }
      if (!named.name.empty() || !named.identifier.value.empty()) event_.parties.push_back(std::move(named));
    }
  }

  std::optional<double> amount(const Record& record, Member member) {
    const Value* value = record.find(member);
    if (value == nullptr) return std::nullopt;
    const auto number = number_of(*value, message_);
    if (!number || *number >= 0) return number;
    say(Severity::error, *value, "land.number", quoted(value->text) + " is below zero");
    return std::nullopt;
  }

  void add_pieces(const Record& record) {
    const auto packages = amount(record, Member::packages);
    if (!packages) return;
    const double total = event_.cargo.pieces.value_or(0) + *packages;
    if (total != std::floor(total) || total > UINT32_MAX)
      return say(Severity::error, *record.find(Member::packages), "land.number", "a number of packages is a whole number");
    event_.cargo.pieces = static_cast<uint32_t>(total);
  }

  void add_mass(const Record& record) {
    if (const auto mass = amount(record, Member::gross_kg)) event_.cargo.gross_kg = event_.cargo.gross_kg.value_or(0) + *mass;
  }

  void read_load() {
    take(Member::iso_code, event_.equipment.iso_code);
    if (const Value* load = record_.find(Member::load)) {
      const std::string text = to_lower(load->text);
      if (text == "empty" || text == "laden")
        event_.equipment.load = text == "empty" ? Load::empty : Load::laden;
      else
        say(Severity::warning, *load, "land.value", quoted(load->text) + " is neither empty nor laden; ignored");
    }
    for (const Reference& reference : event_.references)
      if (reference.kind() == ReferenceKind::seal) event_.equipment.seals.push_back({reference.value(), ""});
    add_pieces(record_);
    add_mass(record_);
    for (const Record& item : record_.goods) add_pieces(item), add_mass(item);
  }

  // A description of goods is shown to who may see the goods: so is the remark.
  void read_remarks() {
    take(Member::reason, event_.reason);
    const auto add = [&](std::string_view text) {
      if (!text.empty()) event_.remark.append(event_.remark.empty() ? "" : "; ").append(text);
    };
    add(record_.text(Member::goods));
    for (const Record& item : record_.goods) add(item.text(Member::goods));
    add(record_.text(Member::remark));
    if (event_.remark.size() <= limits::kTextBytesMax) return;
    note(message_, Severity::warning, "land.too_long", "goods and remarks are cut to " + std::to_string(limits::kTextBytesMax) + " bytes",
         record_.at, record_.offset);
    event_.remark = legible(event_.remark, limits::kTextBytesMax);
  }

  void read_amendment() {
    const Value* corrects = record_.find(Member::corrects);
    const Value* retracts = record_.find(Member::retracts);
    if (corrects != nullptr && retracts != nullptr)
      return say(Severity::error, *retracts, "land.amendment", "a message either corrects another or retracts it");
    if (corrects != nullptr) event_.amendment = Amendment::correction, event_.amends = corrects->text;
    if (retracts != nullptr) event_.amendment = Amendment::retraction, event_.amends = retracts->text;
  }

  void keep_rest() {
    std::string kept;
    for (const Value& value : record_.values) {
      if (row(value.member).holds != Holds::kept_only || (has_window_ && value.member == Member::window_end)) continue;
      if (value.member == Member::direction && std::ranges::find(kDirections, to_lower(value.text)) == kDirections.end())
        say(Severity::error, value, "land.value", quoted(value.text) + " is neither outbound (leaving Hong Kong) nor inbound");
      if (!kept.empty()) kept += ',';
      append_json_string(kept, row(value.member).name);
      kept += ':';
      append_json_string(kept, value.text);
    }
    if (!record_.kept.empty()) kept.append(kept.empty() ? "" : ",").append(record_.kept);
    if (kept.empty()) return;
    event_.original = "{" + kept + "}";
  }

  const Record& record_;
  const TypeRow& type_;
  const bool has_window_;
  DecodedMessage& message_;
  Event event_;
};

}  // namespace

Event base_event(const Record& record, const TypeRow& type, const EventRow& what, DecodedMessage& message) {
  return Builder(record, type, what, message).build();
}

}  // namespace fairway::gateway::land
