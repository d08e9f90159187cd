// Bookings, instructions, contracts of carriage and manifests of UN/EDIFACT as fields of records.
#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/bytes.h"
#include "base/decimal.h"
#include "filing/record/feed_parts.h"
#include "gateway/edifact/messages/parts.h"
#include "gateway/edifact/reader.h"

namespace fairway::filing {
namespace {

using gateway::edifact::MessageHeader;
using gateway::edifact::Segment;

constexpr std::array<std::string_view, 6> kTypes = {"IFTMBF", "IFTMBC", "IFTMIN", "IFTMCS", "IFCSUM", "CUSCAR"};

struct ModeRow {
  std::string_view code, mode;  // 8067
};
constexpr std::array<ModeRow, 6> kModes = {{{"1", "SEA"}, {"2", "RAIL"}, {"3", "ROAD"}, {"4", "AIR"}, {"5", "POST"}, {"8", "RIVER"}}};

struct PlaceRow {
  std::string_view qualifier, item;  // 3227
};
constexpr std::array<PlaceRow, 4> kPlaces = {
    {{"9", "placeOfLoading"}, {"11", "placeOfDischarge"}, {"88", "placeOfOrigin"}, {"7", "placeOfDelivery"}}};

struct PaperRow {
  std::string_view qualifier;  // 1153
  ReferenceKind kind;
  std::string_view leg_item;  // of the main carriage
};
constexpr std::array<PaperRow, 6> kPapers = {{{"BM", ReferenceKind::transport_document, "document"},
                                              {"MB", ReferenceKind::transport_document, "master"},
                                              {"BN", ReferenceKind::booking, ""},
                                              {"HWB", ReferenceKind::house_document, "document"},
                                              {"BH", ReferenceKind::house_document, "document"},
                                              {"FF", ReferenceKind::forwarder_reference, ""}}};

struct TotalRow {
  std::string_view qualifier, item;  // 6069
};
constexpr std::array<TotalRow, 3> kTotals = {{{"7", "grossMassKg"}, {"11", "packages"}, {"15", "volumeM3"}}};

// What an equipment list in a manifest's head says of its containers.
struct Box {
  std::string type;
  std::string load, seals;
  std::optional<double> gross, tare;
};

std::string joined(const Segment& segment, uint16_t element, std::string_view between) {
  std::string text;
  for (uint16_t component = 1; component <= 5; ++component) {
    const std::string_view piece = trim(segment.at(element, component));
    if (!piece.empty()) text += (text.empty() ? "" : std::string(between)) + std::string(piece);
  }
  return text;
}

class EdifactFeed final : public gateway::edifact::ReaderHandler {
 public:
  EdifactFeed(const Schema& schema, std::vector<Fed>& out) : schema_(schema), out_(out) {}

  void message_begins(const MessageHeader& header, uint64_t /*offset*/) override {
    type_ = std::ranges::find(kTypes, header.type) == kTypes.end() ? "" : header.type;
    head_.emplace(schema_, type_);
    current_.reset();
    had_consignments_ = false;
    boxes_.clear();
    papers_.clear();
    begin_rows();
  }

  void message_ends(uint64_t /*end*/) override {
    if (type_.empty()) return;
    end_consignment();
    if (!had_consignments_) keep(*head_);
    type_.clear();
  }

  void segment(const Segment& segment) override {
    if (type_.empty()) return;
    const std::string_view tag = segment.tag;
    if (tag == "BGM") head_->fed().document = legible(type_ + " " + std::string(trim(segment.at(2, 1))), 128);
    if (tag == "CNI") return begin_consignment();
    // A manifest lists the bills of a consignment one after the other, each with its goods.
    if (tag == "RFF" && type_ == "CUSCAR" && current_ && in_hand().rows(Group::goods) != 0) begin_consignment();
    if (tag == "RFF") paper(segment);
    if (tag == "TDT") transport(segment);
    if (tag == "LOC") place(segment);
    if (tag == "NAD") party(segment);
    if (tag == "TOD") in_hand().put("invoice.incoterm", segment.at(3, 1));
    if (tag == "CNT") total(segment);
    if (tag == "GID") goods(segment);
    if (tag == "SGP") goods_box(segment);
    if (tag == "EQD") equipment(segment);
    detail(segment);
  }

 private:
  [[nodiscard]] Filler& in_hand() { return current_ ? *current_ : *head_; }

  void begin_rows() {
    goods_row_.reset();
    box_row_.reset();
    leg_row_.reset();
    head_box_ = nullptr;
  }

  void begin_consignment() {
    end_consignment();
    had_consignments_ = true;
    // What the head says of the voyage and the parties holds for each consignment; its containers only for the one that names them.
    current_.emplace(schema_, head_->fed().document);
    for (size_t g = 0; g < kGroups; ++g)
      if (const auto group = static_cast<Group>(g); group == Group::consignment || group == Group::legs)
        for (uint32_t row = 0; row < head_->rows(group); ++row)
          for (const Item& item : schema_.items(group)) current_->put(group, row, item.name, head_->value(group, row, item.name));
    begin_rows();
  }

  void end_consignment() {
    if (current_) keep(*current_);
    current_.reset();
  }

  void keep(Filler& filler) {
    complete_packages(filler);
    if (!filler.empty() && out_.size() < kFedMax) out_.push_back(std::move(filler.fed()));
  }

  // Where the message has no total, the sum of items in packages of one kind is one.
  static void complete_packages(Filler& filler) {
    if (filler.rows(Group::goods) == 0) return;
    Decimal sum;
    const std::string kind = filler.value(Group::goods, 0, "packageType");
    for (uint32_t row = 0; row < filler.rows(Group::goods); ++row) {
      const auto packages = Decimal::parse(filler.value(Group::goods, row, "packages"));
      const auto more = packages ? sum.plus(*packages) : packages;
      if (!more || filler.value(Group::goods, row, "packageType") != kind) return;
      sum = *more;
    }
    filler.put("packages", sum.text());
    filler.put("packageType", kind);
  }

  void paper(const Segment& rff) {
    const std::string_view number = trim(rff.at(1, 2));
    const auto* row = std::ranges::find(kPapers, rff.at(1, 1), &PaperRow::qualifier);
    if (row == kPapers.end() || number.empty()) return;
    in_hand().refer(row->kind, number);
    if (row->leg_item.empty()) return;
    if (!leg_row_ && in_hand().rows(Group::legs) != 0) leg_row_ = 0;
    if (leg_row_) return in_hand().put(Group::legs, *leg_row_, row->leg_item, number);
    papers_.emplace_back(row->leg_item, number);  // said before the carriage
  }

  void transport(const Segment& tdt) {
    const bool is_main = tdt.at(1) == "20";
    const std::string_view code = trim(tdt.at(3, 1));
    // These are messages of sea transport where they do not say otherwise.
    const auto* mode = std::ranges::find(kModes, code.empty() ? "1" : code, &ModeRow::code);
    leg_row_.reset();
    if (!is_main || mode == kModes.end()) return;
    Filler& filler = in_hand();
    // The head's voyage is said again with each consignment.
    leg_row_ = 0;
    filler.put(Group::legs, 0, "mode", mode->mode);
    const gateway::edifact::Stage stage = gateway::edifact::read_stage(tdt);
    filler.put(Group::legs, 0, mode->mode == "AIR" ? "flight" : mode->mode == "RAIL" ? "train" : "voyage", stage.transport.voyage);
    filler.put(Group::legs, 0, "carrierCode", stage.transport.carrier);
    filler.put(Group::legs, 0, "vessel", stage.transport.vessel_name);
    filler.put(Group::legs, 0, "imo", stage.transport.vessel_imo);
    filler.put(Group::legs, 0, "vehicle", stage.transport.vehicle);
    for (const auto& [item, number] : papers_) filler.put(Group::legs, 0, item, number);
    papers_.clear();
  }

  void place(const Segment& loc) {
    const gateway::edifact::Location location = gateway::edifact::read_location(loc);
    const auto* row = std::ranges::find(kPlaces, location.qualifier, &PlaceRow::qualifier);
    if (row == kPlaces.end() || goods_row_ || box_row_) return;
    in_hand().put(row->item, location.place.unlocode);
    if (leg_row_ && location.qualifier == "9") in_hand().put(Group::legs, *leg_row_, "from", location.place.unlocode);
    if (leg_row_ && location.qualifier == "11") in_hand().put(Group::legs, *leg_row_, "to", location.place.unlocode);
  }

  void party(const Segment& nad) {
    const NamedParty read = gateway::edifact::read_party(nad);
    const std::string prefix(party_of_role(read.role));
    if (prefix.empty()) return;
    Filler& filler = in_hand();
    filler.put(prefix + ".name", nad.at(4, 1).empty() ? std::string(trim(nad.at(3, 1))) : joined(nad, 4, " "));
    std::string address = joined(nad, 5, ", ");
    for (const std::string_view more : {trim(nad.at(6)), trim(nad.at(8))})
      if (!more.empty()) address += (address.empty() ? "" : ", ") + std::string(more);
    filler.put(prefix + ".address", address);
    filler.put(prefix + ".country", trim(nad.at(9)));
    if (prefix == "carrier") filler.put("carrier.code", read.identifier.value);
  }

  void total(const Segment& cnt) {
    const auto* row = std::ranges::find(kTotals, cnt.at(1, 1), &TotalRow::qualifier);
    if (row != kTotals.end()) in_hand().put(row->item, trim(cnt.at(1, 2)));
  }

  void goods(const Segment& gid) {
    box_row_.reset();
    head_box_ = nullptr;
    goods_row_ = in_hand().rows(Group::goods);
    const std::string packages(trim(gid.at(2, 1)));
    in_hand().put(Group::goods, *goods_row_, "packages", packages);
    in_hand().put(Group::goods, *goods_row_, "packageType", gid.at(2, 2));
  }

  void goods_box(const Segment& sgp) {
    const std::string number = to_upper(trim(sgp.at(1, 1)));
    if (number.empty()) return;
    Filler& filler = in_hand();
    const uint32_t row = filler.row_with(Group::containers, "number", number);
    filler.refer(ReferenceKind::equipment, number);
    if (goods_row_) filler.append(Group::goods, *goods_row_, "containers", number, " ");
    const auto known = boxes_.find(number);
    if (known != boxes_.end()) put_box(filler, row, known->second);
  }

  void equipment(const Segment& eqd) {
    goods_row_.reset();
    box_row_.reset();
    head_box_ = nullptr;
    const gateway::edifact::Equipment read = gateway::edifact::read_equipment(eqd);
    const std::string number = to_upper(read.number);
    if (read.kind != "CN" || number.empty()) return;
    Box box;
    box.type = read.facts.iso_code;
    box.load = read.facts.load == Load::empty ? "EMPTY" : read.facts.load == Load::laden ? "FULL" : "";
    // The list of a manifest is of the whole ship: a consignment has those that it names.
    if (type_ == "CUSCAR" && !current_) {
      head_box_ = &boxes_.insert_or_assign(number, std::move(box)).first->second;
      return;
    }
    box_row_ = in_hand().row_with(Group::containers, "number", number);
    in_hand().refer(ReferenceKind::equipment, number);
    put_box(in_hand(), *box_row_, box);
  }

  static void put_box(Filler& filler, uint32_t row, const Box& box) {
    filler.put(Group::containers, row, "type", box.type);
    filler.put(Group::containers, row, "load", box.load);
    filler.put(Group::containers, row, "seals", box.seals);
    if (box.gross) filler.put(Group::containers, row, "grossKg", number_text(*box.gross));
    if (box.tare) filler.put(Group::containers, row, "tareKg", number_text(*box.tare));
  }

  // Masses, seals, texts, marks and codes of the goods item or the container in hand.
  void detail(const Segment& segment) {
    if (segment.tag == "FTX" && goods_row_ && segment.at(1) == "AAA")
      in_hand().append(Group::goods, *goods_row_, "description", gateway::edifact::read_text(segment), " ");
    if (segment.tag == "PCI" && goods_row_) in_hand().append(Group::goods, *goods_row_, "marks", joined(segment, 2, " "), " ");
    if (segment.tag == "PIA" && goods_row_ && segment.at(2, 2) == "HS")
      in_hand().put(Group::goods, *goods_row_, "hs", trim(segment.at(2, 1)).substr(0, 6));
    if (segment.tag == "SEL") seal(segment);
    if (segment.tag == "MEA") mass(segment);
  }

  void seal(const Segment& sel) {
    EquipmentFacts facts;
    gateway::edifact::read_seal(sel, facts);
    for (const Seal& one : facts.seals) {
      if (head_box_ != nullptr) head_box_->seals += (head_box_->seals.empty() ? "" : " ") + one.number;
      if (box_row_) in_hand().append(Group::containers, *box_row_, "seals", one.number, " ");
    }
  }

  void mass(const Segment& mea) {
    EquipmentFacts facts;
    gateway::edifact::read_measurement(mea, facts);
    if (head_box_ != nullptr) {
      if (facts.gross_kg) head_box_->gross = facts.gross_kg;
      if (facts.tare_kg) head_box_->tare = facts.tare_kg;
    } else if (box_row_) {
      if (facts.gross_kg) in_hand().put(Group::containers, *box_row_, "grossKg", number_text(*facts.gross_kg));
      if (facts.tare_kg) in_hand().put(Group::containers, *box_row_, "tareKg", number_text(*facts.tare_kg));
    } else if (goods_row_) {
      const bool is_net = mea.at(2, 1) == "AAL" || mea.at(2, 1) == "N" || mea.at(2, 1) == "AAF";
      if (mea.at(3, 1) == "KGM") in_hand().put(Group::goods, *goods_row_, is_net ? "netMassKg" : "grossMassKg", trim(mea.at(3, 2)));
    }
  }

  const Schema& schema_;
  std::vector<Fed>& out_;
  std::string type_;  // "" within a message that nothing is taken from
  std::optional<Filler> head_, current_;
  bool had_consignments_ = false;
  std::map<std::string, Box> boxes_;
  Box* head_box_ = nullptr;
  std::optional<uint32_t> goods_row_, box_row_, leg_row_;
  std::vector<std::pair<std::string, std::string>> papers_;
};

}  // namespace

Status read_edifact_feed(const Schema& schema, std::string_view bytes, std::vector<Fed>& out) {
  EdifactFeed feed(schema, out);
  gateway::edifact::Reader reader(feed);
  reader.feed(bytes);
  reader.finish();
  return {};
}

}  // namespace fairway::filing
