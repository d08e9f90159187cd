// FHL: each house waybill under its master. The message has no date; it states that the house waybill was received.
#include "gateway/cargo_imp/map.h"

namespace fairway::gateway::cargo_imp {
namespace {

class Houses {
 public:
  explicit Houses(Mapping& mapping) : m_(mapping) {}

  void run() {
    const std::vector<Segment>& segments = m_.message.segments;
    bool any = false;
    for (size_t i = 0; i < segments.size(); ++i) {
      if (segments[i].name == "master") master(segments[i]);
      if (segments[i].name == "house") any = true, house(i);
    }
    if (!any) m_.claims.note(Severity::error, "no_subject", "The message names no house waybill.", {1, {}, 0});
  }

 private:
  void master(const Segment& segment) {
    const std::string number = air_waybill_of(segment);
    airline_prefix_ = number.substr(0, 3);
    master_ = m_.claims.reference(ReferenceKind::air_waybill, number, origin_of(segment));
  }

  void house(size_t index) {
    const Segment& segment = m_.message.segments[index];
    const air::Origin at = origin_of(segment);
    air::WaybillTold told;
    told.at = at;
    Event& event = told.subject;
    m_.claims.add_reference(event.references, ReferenceKind::house_air_waybill, segment.text("house_air_waybill"), at);
    if (event.references.empty())
      return m_.claims.note(Severity::error, "no_subject", "The line names no house waybill that can be read.", at);
    if (master_) event.references.push_back(*master_);
    event.cargo = cargo(segment);
    for (size_t i = index + 1; i < m_.message.segments.size() && m_.message.segments[i].level > segment.level; ++i) {
      const Segment& detail = m_.message.segments[i];
      if (detail.name == "shipper") m_.claims.add_party(event.parties, party_of(m_.message, i, "CZ", airline_prefix_));
      if (detail.name == "consignee") m_.claims.add_party(event.parties, party_of(m_.message, i, "CN", airline_prefix_));
      if (detail.name == "customs_information") add_customs_references(m_, detail, event.references);
    }
    told.written = m_.times.written(at);
    air::state(m_.claims, told);
  }

  // A house waybill states pieces and weight in fields of their own.
  static CargoFacts cargo(const Segment& segment) {
    const std::string_view pieces = segment.text("pieces");
    Segment as_quantity;
    Field& field = as_quantity.fields.emplace_back();
    field.name = "quantity";
    field.parts = {{"shipment_description", "T"},
                   {"pieces", std::string(pieces)},
                   {"weight_unit", std::string(segment.part("weight", "unit"))},
                   {"weight", std::string(segment.part("weight", "amount"))}};
    return cargo_of(as_quantity, nullptr);
  }

  Mapping& m_;
  std::optional<Reference> master_;
  std::string airline_prefix_;
};

}  // namespace

void map_houses(Mapping& mapping) { Houses(mapping).run(); }

}  // namespace fairway::gateway::cargo_imp
