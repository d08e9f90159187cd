// FWB: the air waybill's parties, its issue, and the flights that its routing plans.
#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/air/airport.h"
#include "gateway/air/dates.h"
#include "gateway/cargo_imp/map.h"

namespace fairway::gateway::cargo_imp {
namespace {

struct PartyRow {
  std::string_view segment, role;  // UN/EDIFACT 3035
};
constexpr std::array kParties = {PartyRow{"shipper", "CZ"}, PartyRow{"consignee", "CN"}, PartyRow{"agent", "FW"},
                                 PartyRow{"notify_party", "NI"}};

const Segment* find(const Message& message, std::string_view name) {
  const auto found = std::ranges::find(message.segments, name, &Segment::name);
  return found == message.segments.end() ? nullptr : &*found;
}

// "01OCT" and "06": the one date of the message that has its year.
std::optional<CivilTime> issue_date(const Segment& issue) {
  const auto stated = air::read_day_month(issue.part("date", "date"));
  const std::string_view digits = issue.part("date", "year");
  int year = 0;
  if (!stated || std::from_chars(digits.data(), digits.data() + digits.size(), year).ec != std::errc() || digits.empty())
    return std::nullopt;
  return CivilTime{2000 + year, stated->month, stated->day};
}

class Waybill {
 public:
  explicit Waybill(Mapping& mapping) : m_(mapping) {}

  void run() {
    const Segment* head = find(m_.message, "consignment");
    if (head == nullptr) return m_.claims.note(Severity::error, "no_subject", "The message names no air waybill.", {1, {}, 0});
    const std::string number = air_waybill_of(*head);
    m_.claims.add_reference(told_.subject.references, ReferenceKind::air_waybill, number, origin_of(*head));
    if (told_.subject.references.empty())
      return m_.claims.note(Severity::error, "no_subject", "The message's air waybill cannot be read.", origin_of(*head));
    told_.subject.cargo = cargo_of(*head, nullptr);
    for (size_t i = 0; i < m_.message.segments.size(); ++i) take(i, std::string_view(number).substr(0, 3));
    read_issue();
    read_routing(head->part("air_waybill", "origin"));
    air::state(m_.claims, told_);
  }

 private:
  void take(size_t index, std::string_view airline_prefix) {
    const Segment& segment = m_.message.segments[index];
    for (const PartyRow& row : kParties)
      if (segment.name == row.segment) m_.claims.add_party(party_of(m_.message, index, row.role, airline_prefix));
    if (segment.name == "agent_reference")
      m_.claims.add_reference(told_.subject.references, ReferenceKind::forwarder_reference, segment.text("reference"), origin_of(segment));
    if (segment.name == "shipment_reference")
      m_.claims.add_reference(told_.subject.references, ReferenceKind::customer_reference, segment.text("reference"), origin_of(segment));
    if (segment.name == "customs_information") add_customs_references(m_, segment, told_.subject.references);
    if (segment.name != "rate_description") return;
    for (const Field& field : segment.fields)
      if (field.name == "unit_load_device")
        m_.claims.add_reference(told_.subject.references, ReferenceKind::unit_load_device, unit_load_device_of(field),
                                origin_of(field.place));
  }

  void read_issue() {
    const Segment* issue = find(m_.message, "carriers_execution");
    const auto date = issue == nullptr ? std::nullopt : issue_date(*issue);
    told_.at = date ? origin_of(*issue) : air::Origin{1, {}, 0};
    if (!date) {
      told_.written = m_.times.written(told_.at);
      return;
    }
    const std::string_view place = issue->text("place");
    if (air::find_airport(place) != nullptr)
      told_.place = air::place_of_airport(place);
    else
      told_.place.name = place;
    told_.issued = m_.times.instant(*date, "", "", place, std::string(issue->field("date")->text), told_.at);
  }

  // "RTG/SVORU/AMSRU/LGG" and "FLT/SU1244/01/SU1008/01": from the origin to the first place by the first flight, and so on.
  void read_routing(std::string_view origin) {
    const Segment* routing = find(m_.message, "routing");
    const Segment* flights = find(m_.message, "flights");
    if (routing == nullptr || flights == nullptr) return;
    std::vector<const Field*> designations, days;
    for (const Field& field : flights->fields) (field.name == "flight" ? designations : days).push_back(&field);
    std::string_view from = origin;
    size_t leg = 0;
    for (const Field& field : routing->fields) {
      const std::string_view to = field.part("airport");
      if (leg < designations.size() && leg < days.size() && !to.empty() && !from.empty())
        read_leg(*designations[leg], days[leg]->text, from, to);
      if (!to.empty()) from = to;
      ++leg;
    }
  }

  void read_leg(const Field& designation, std::string_view day, std::string_view from, std::string_view to) {
    const air::Origin at = origin_of(designation.place);
    const auto flight = air::read_flight(designation.text);
    const auto date = m_.times.date(day, at);
    if (!flight || !date) return;
    const auto occurred = m_.times.instant(*date, "", "", from, designation.text + "/" + std::string(day), at);
    if (!occurred) return;
    told_.legs.push_back({*flight,
                          *date,
                          {{Milestone::departed, Classifier::planned, *occurred, air::place_of_airport(from)}},
                          std::string(from) + "-" + std::string(to),
                          at});
  }

  Mapping& m_;
  air::WaybillTold told_;
};

}  // namespace

void map_waybill(Mapping& mapping) { Waybill(mapping).run(); }

}  // namespace fairway::gateway::cargo_imp
