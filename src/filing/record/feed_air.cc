// Air waybills (FWB) and house waybills (FHL) of Cargo-IMP as fields of records.
#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "filing/record/feed_parts.h"
#include "gateway/air/airport.h"
#include "gateway/cargo_imp/parts.h"
#include "gateway/cargo_imp/splitter.h"

namespace fairway::filing {
namespace {

using gateway::cargo_imp::Message;
using gateway::cargo_imp::Segment;

struct PartyRow {
  std::string_view segment, prefix;
};
constexpr std::array<PartyRow, 4> kParties = {
    {{"shipper", "consignor"}, {"consignee", "consignee"}, {"agent", "forwarder"}, {"notify_party", "notify"}}};

constexpr std::string_view kAirWaybill = "AIR-WAYBILL";

class AirFeed {
 public:
  AirFeed(const Schema& schema, const Message& message) : message_(message), filler_(schema, std::string(message.id)) {}

  void waybill(std::vector<Fed>& out) {
    for (size_t i = 0; i < message_.segments.size(); ++i) take(i);
    finish(out);
  }

  // A house waybill with what stands under it; `master` is the line of the master above it.
  void house(size_t index, const Segment* master, std::vector<Fed>& out) {
    const Segment& segment = message_.segments[index];
    const std::string_view number = segment.text("house_air_waybill");
    filler_.fed().document = "FHL " + legible(number, 64);
    filler_.refer(ReferenceKind::house_air_waybill, number);
    filler_.put(Group::legs, 0, "document", number);
    if (master != nullptr) {
      const std::string waybill = gateway::cargo_imp::air_waybill_of(*master);
      filler_.refer(ReferenceKind::air_waybill, waybill);
      filler_.put(Group::legs, 0, "master", waybill);
      route(master->part("air_waybill", "origin"), master->part("air_waybill", "destination"));
    }
    paper(number);
    quantity(segment.text("pieces"), segment.part("weight", "unit"), segment.part("weight", "amount"));
    filler_.put(Group::goods, 0, "description", segment.text("description"));
    filler_.put("description", segment.text("description"));
    for (size_t i = index + 1; i < message_.segments.size() && message_.segments[i].level > segment.level; ++i) {
      take_party(i);
      if (message_.segments[i].name == "commodity_codes") hs(message_.segments[i].text("commodity_code"));
    }
    finish(out);
  }

 private:
  void take(size_t index) {
    const Segment& segment = message_.segments[index];
    if (segment.name == "consignment") head(segment);
    if (segment.name == "rate_description") rates(segment);
    if (segment.name == "flights" && segment.field("flight") != nullptr) filler_.put(Group::legs, 0, "flight", segment.text("flight"));
    take_party(index);
  }

  void head(const Segment& segment) {
    const std::string number = gateway::cargo_imp::air_waybill_of(segment);
    filler_.fed().document = "FWB " + number;
    filler_.refer(ReferenceKind::air_waybill, number);
    filler_.put(Group::legs, 0, "document", number);
    paper(number);
    route(segment.part("air_waybill", "origin"), segment.part("air_waybill", "destination"));
    quantity(segment.part("quantity", "pieces"), segment.part("quantity", "weight_unit"), segment.part("quantity", "weight"));
  }

  void route(std::string_view from, std::string_view to) {
    filler_.put(Group::legs, 0, "mode", "AIR");
    const std::string origin = gateway::air::place_of_airport(from).unlocode, destination = gateway::air::place_of_airport(to).unlocode;
    filler_.put(Group::legs, 0, "from", origin);
    filler_.put(Group::legs, 0, "to", destination);
    filler_.put("placeOfLoading", origin);
    filler_.put("placeOfDischarge", destination);
  }

  void paper(std::string_view number) {
    filler_.put(Group::documents, 0, "type", kAirWaybill);
    filler_.put(Group::documents, 0, "number", number);
  }

  // Pounds are left alone: a weight that nobody has put on paper is no total of it.
  void quantity(std::string_view pieces, std::string_view unit, std::string_view weight) {
    filler_.put("packages", pieces);
    filler_.put(Group::documents, 0, "packages", pieces);
    if (unit != "K") return;
    filler_.put("grossMassKg", weight);
    filler_.put(Group::documents, 0, "grossMassKg", weight);
  }

  void hs(std::string_view code) { filler_.put(Group::goods, 0, "hs", code.substr(0, 6)); }

  void rates(const Segment& segment) {
    for (const gateway::cargo_imp::Field& field : segment.fields) {
      if (field.name == "nature_of_goods" || field.name == "consolidation") {
        filler_.append(Group::goods, 0, "description", field.text, " ");
        filler_.append(Group::consignment, 0, "description", field.text, " ");
      }
      if (field.name == "commodity_code") hs(field.text);
      if (field.name == "country_of_origin") filler_.put(Group::goods, 0, "originCountry", field.text);
    }
  }

  void take_party(size_t index) {
    const Segment& segment = message_.segments[index];
    const auto* row = std::ranges::find(kParties, segment.name, &PartyRow::segment);
    if (row == kParties.end()) return;
    const std::string prefix(row->prefix);
    filler_.put(prefix + ".name", text_under(index, "name"));
    const std::string street = text_under(index, "street_address"), place = text_under(index, "place");
    filler_.put(prefix + ".address", street.empty() || place.empty() ? street + place : street + ", " + place);
    filler_.put(prefix + ".country", text_under(index, "country"));
  }

  // Of the segment or, in later versions, of the lines under it.
  [[nodiscard]] std::string text_under(size_t index, std::string_view field) const {
    const uint8_t level = message_.segments[index].level;
    for (size_t i = index; i < message_.segments.size() && (i == index || message_.segments[i].level > level); ++i)
      if (const std::string_view text = message_.segments[i].text(field); !text.empty()) return std::string(text);
    return {};
  }

  void finish(std::vector<Fed>& out) {
    if (out.size() < kFedMax && !filler_.fed().references.empty()) out.push_back(std::move(filler_.fed()));
  }

  const Message& message_;
  Filler filler_;
};

}  // namespace

Status read_cargo_imp_feed(const Schema& schema, std::string_view bytes, std::vector<Fed>& out) {
  gateway::cargo_imp::split(bytes, [&](gateway::cargo_imp::MessageText text) {
    if (text.id != "FWB" && text.id != "FHL") return;
    const Message message = gateway::cargo_imp::read_message(std::move(text));
    if (message.id == "FWB") return AirFeed(schema, message).waybill(out);
    const Segment* master = nullptr;
    for (size_t i = 0; i < message.segments.size(); ++i) {
      if (message.segments[i].name == "master") master = &message.segments[i];
      if (message.segments[i].name == "house") AirFeed(schema, message).house(i, master, out);
    }
  });
  return {};
}

}  // namespace fairway::filing
