#include "gateway/edifact/messages/consignment_report.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {
namespace {

constexpr size_t kNoBox = SIZE_MAX;

}  // namespace

void ConsignmentReport::segment(const Segment& segment) {
  if (segment.tag == "BGM") return begin_document(segment);
  if (segment.tag == "UNT") return state_consignment();
  if (segment.tag == "DTM" && segment.at(1, 1) == "137" && !current_) return report_.set_document_time(stated_time(segment));
  if (segment.tag == "CNI") return begin_consignment(origin_of(segment), std::string(trim(segment.at(2, 1))));
  // A manifest lists the bills of a consignment one after the other, each with its goods.
  if (segment.tag == "RFF" && is("CUSCAR") && current_ && current_->has_goods) begin_consignment(origin_of(segment), current_->number);
  consignment_segment(current_ ? *current_ : header_, segment);
}

void ConsignmentReport::finish() {
  state_consignment();
  report_.check_cancellation();
}

void ConsignmentReport::begin_document(const Segment& bgm) {
  report_.begin(bgm);
  header_.origin = origin_of(bgm);
  codes_ = {report_.header().type, report_.code(), std::string(trim(bgm.at(3))), to_upper(trim(bgm.at(4)))};
  if (const auto kind = document_kind_of(codes_)) report_.add_reference(header_.papers, *kind, bgm.at(2, 1), header_.origin, "BGM/2/1");
}

void ConsignmentReport::begin_consignment(Origin origin, std::string number) {
  state_consignment();
  current_.emplace();
  current_->origin = origin;
  current_->number = std::move(number);
  in_ = In::consignment;
}

void ConsignmentReport::consignment_segment(Consignment& consignment, const Segment& segment) {
  const Origin at = origin_of(segment);
  if (segment.tag == "TDT") {
    in_ = In::consignment;
    consignment.itinerary.segment(report_, segment);
  } else if (segment.tag == "LOC" || segment.tag == "DTM") {
    if (in_ == In::consignment) consignment.itinerary.segment(report_, segment);
  } else if (segment.tag == "RFF") {
    reference(consignment, segment);
  } else if (segment.tag == "NAD") {
    party(consignment, segment);
  } else if (segment.tag == "GID") {
    begin_goods(consignment);
  } else if (segment.tag == "SGP") {
    add_goods_box(consignment, segment);
  } else if (segment.tag == "EQD") {
    end_goods(consignment);
    in_ = In::equipment;
    Box box;
    box.origin = at;
    box.equipment = read_equipment(segment);
    box_in_hand_ = add_box(consignment, std::move(box));
  } else if (segment.tag == "FTX") {
    if (in_ == In::consignment) append_remark(consignment.remark, read_text(segment));
  } else if (Box* box = in_hand(consignment)) {
    if (segment.tag == "MEA") read_measurement(segment, box->equipment.facts);
    if (segment.tag == "SEL" && box->equipment.facts.seals.size() < limits::kReferencesPerEventMax)
      read_seal(segment, box->equipment.facts);
    if (segment.tag == "EQN" && box->quantity.empty()) box->quantity = trim(segment.at(1, 1));
  }
}

// The container that an EQD has begun; null where it is none of them, and elsewhere.
ConsignmentReport::Box* ConsignmentReport::in_hand(Consignment& consignment) {
  return in_ == In::equipment && box_in_hand_ < consignment.boxes.size() ? &consignment.boxes[box_in_hand_] : nullptr;
}

void ConsignmentReport::reference(Consignment& consignment, const Segment& rff) {
  if (in_ == In::goods) {
    std::vector<Reference> one;
    report_.add_reference(one, rff);
    add_each_once(item_, one);
    for (const size_t box : item_boxes_) add_each_once(consignment.boxes[box].items.back(), one);
  } else if (Box* box = in_hand(consignment)) {
    report_.add_reference(box->references, rff);
  } else {
    consignment.itinerary.segment(report_, rff);
    report_.add_reference(consignment.papers, rff);
  }
}

void ConsignmentReport::party(Consignment& consignment, const Segment& nad) {
  consignment.itinerary.leave_stage();
  if (Box* box = in_hand(consignment)) return report_.add_party(box->parties, nad);
  if (in_ == In::consignment) in_ = In::party;
  if (&consignment == &header_)
    report_.add_party(nad);
  else
    report_.add_party(consignment.parties, nad);
}

void ConsignmentReport::begin_goods(Consignment& consignment) {
  end_goods(consignment);
  consignment.itinerary.leave_stage();
  consignment.has_goods = true;
  in_ = In::goods;
}

// Papers of goods that are in no container of their own are the consignment's.
void ConsignmentReport::end_goods(Consignment& consignment) {
  if (in_ == In::goods && item_boxes_.empty()) add_each_once(consignment.papers, item_);
  item_.clear();
  item_boxes_.clear();
}

// SGP: a container that goods of this item are in.
void ConsignmentReport::add_goods_box(Consignment& consignment, const Segment& sgp) {
  Box box;
  box.origin = origin_of(sgp);
  box.equipment.kind = "CN";
  box.equipment.number = trim(sgp.at(1, 1));
  const size_t index = add_box(consignment, std::move(box));
  if (index == kNoBox || std::ranges::find(item_boxes_, index) != item_boxes_.end()) return;
  std::vector<std::vector<Reference>>& items = consignment.boxes[index].items;
  if (items.size() >= limits::kReferencesPerEventMax)
    return report_.note(Severity::warning, "edifact.group_too_large", "A container holds more goods than are read.", origin_of(sgp));
  items.push_back(item_);
  item_boxes_.push_back(index);
}

// Its place among the consignment's containers. One that has been named already gets what more is said of it; one of a manifest's own
// list, what the list says.
size_t ConsignmentReport::add_box(Consignment& consignment, Box box) {
  if (!equipment_kind_of(box.equipment.kind)) return kNoBox;
  const std::string number = to_upper(trim(box.equipment.number));
  const auto known = number.empty() ? consignment.box_of.end() : consignment.box_of.find(number);
  if (known != consignment.box_of.end()) {
    Equipment& equipment = consignment.boxes[known->second].equipment;
    if (equipment.facts == EquipmentFacts()) equipment = std::move(box.equipment);
    return known->second;
  }
  if (consignment.boxes.size() >= limits::kEdifactConsignmentBoxesMax) {
    report_.note(Severity::warning, "edifact.group_too_large", "A consignment names more containers than are read.", box.origin);
    return kNoBox;
  }
  const auto listed = number.empty() || &consignment == &header_ ? header_.box_of.end() : header_.box_of.find(number);
  if (listed != header_.box_of.end() && box.equipment.facts == EquipmentFacts())
    box.equipment.facts = header_.boxes[listed->second].equipment.facts;
  if (!number.empty()) consignment.box_of.emplace(number, consignment.boxes.size());
  consignment.boxes.push_back(std::move(box));
  return consignment.boxes.size() - 1;
}

// The document's time has no zone of its own: it is told in that of the port where the papers begin.
std::optional<Instant> ConsignmentReport::written_at(const Consignment& consignment) {
  const Location* port = nullptr;
  for (const Consignment* from : {&consignment, &std::as_const(header_)})
    if (port == nullptr) port = is("CUSCAR") ? from->itinerary.port({"60", "11", "9"}) : from->itinerary.port({"88", "9", "5", "11"});
  const Place place = port != nullptr ? port->place : Place();
  const auto& stated = report_.document_time();
  if (stated && !stated->value.empty())
    if (auto instant = report_.time(*stated, place)) return instant;
  return report_.time_of({}, {}, {}, place, consignment.origin);
}

std::vector<Reference> ConsignmentReport::papers_of(const Consignment& consignment) {
  std::vector<Reference> papers = consignment.papers;
  const std::string number = to_upper(consignment.number);
  const auto has_value = [&](const Reference& reference) { return reference.value() == number; };
  const auto is_bill = [](const Reference& r) {
    return r.kind() == ReferenceKind::transport_document || r.kind() == ReferenceKind::air_waybill;
  };
  if (!number.empty() && std::ranges::none_of(papers, has_value) && std::ranges::none_of(papers, is_bill))
    report_.add_reference(papers, ReferenceKind::transport_document, number, consignment.origin, "CNI/2/1");
  if (&consignment != &header_) inherit(papers, header_.papers);
  return papers;
}

void ConsignmentReport::state_consignment() {
  Consignment& consignment = current_ ? *current_ : header_;
  end_goods(consignment);
  const auto paper = paper_of(codes_);
  const bool whole = !current_ && !is("CUSCAR") && !is("IFCSUM");
  if (!std::exchange(header_stated_, true)) {
    // A booking's legs are the booking's own; those in front of a list of consignments, and of a schedule, are the vessel's.
    std::vector<Reference> subject;
    if (whole && paper) subject = header_.papers;
    header_.itinerary.state(report_, subject, {}, header_.itinerary.locations());
    if (whole && paper) state_papers(header_, *paper);
  }
  if (!current_) return;
  const Consignment stated = *std::exchange(current_, std::nullopt);
  stated.itinerary.state(report_, papers_of(stated), stated.parties, header_.itinerary.locations());
  if (paper) state_papers(stated, *paper);
  in_ = In::consignment;
}

void ConsignmentReport::state_papers(const Consignment& consignment, const Paper& paper) {
  Event event;
  event.milestone = paper.milestone;
  event.document_type = paper.document_type;
  event.references = papers_of(consignment);
  event.parties = consignment.parties;
  event.remark = consignment.remark.empty() ? header_.remark : consignment.remark;
  const Itinerary& itinerary = consignment.itinerary.main() != nullptr ? consignment.itinerary : header_.itinerary;
  if (const Stage* main = itinerary.main()) {
    event.transport = main->transport;
    report_.add_references(event.references, event.transport, itinerary.main_origin());
  }
  bool numbered = false;
  for (const Box& box : consignment.boxes) {
    numbered = numbered || !box.equipment.number.empty();
    if (box.equipment.number.empty() && !box.quantity.empty())
      append_remark(event.remark, box.quantity + " x " + box.equipment.facts.iso_code);
  }
  if (!numbered && event.references.empty())
    return report_.note(Severity::warning, "edifact.paper_without_subject", "The message names no booking, bill of lading or container.",
                        consignment.origin, "RFF");
  const auto written = written_at(consignment);
  if (!written) return;
  event.occurred = *written;
  event.created = written;
  if (!numbered) return report_.state(std::move(event), consignment.origin);
  for (const Box& box : consignment.boxes) {
    if (box.items.empty()) state_box(event, box, {});
    for (const std::vector<Reference>& item : box.items) state_box(event, box, item);
  }
}

// The papers of the box's own goods go before those of the consignment: of two bills of lading, each container names its own.
void ConsignmentReport::state_box(const Event& of_papers, const Box& box, const std::vector<Reference>& item) {
  if (box.equipment.number.empty()) return;
  Event event = of_papers;
  event.references.clear();
  report_.add_reference(event.references, equipment_kind_of(box.equipment.kind).value_or(ReferenceKind::equipment), box.equipment.number,
                        box.origin, "EQD/2/1");
  if (event.references.empty()) return;
  add_each_once(event.references, box.references);
  add_each_once(event.references, item);
  inherit(event.references, of_papers.references);
  event.equipment = box.equipment.facts;
  for (const NamedParty& party : box.parties)
    if (event.parties.size() < limits::kReferencesPerEventMax) event.parties.push_back(party);
  report_.state(std::move(event), box.origin);
}

}  // namespace fairway::gateway::edifact
