#include "gateway/edifact/messages/customs_response.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"
#include "gateway/edifact/messages/equipment_group.h"
#include "gateway/edifact/messages/paper_codes.h"

namespace fairway::gateway::edifact {
namespace {

constexpr size_t kIndicatorsMax = 10;

// DOC 1001: transport documents; any other paper that customs answer is a declaration.
constexpr std::array<std::string_view, 8> kTransportDocuments = {"700", "704", "705", "706", "710", "711", "712", "785"};
constexpr std::array<std::string_view, 3> kHouseDocuments = {"703", "714", "716"};

ReferenceKind document_kind(std::string_view name_1001) {
  if (std::ranges::find(kTransportDocuments, name_1001) != kTransportDocuments.end()) return ReferenceKind::transport_document;
  if (std::ranges::find(kHouseDocuments, name_1001) != kHouseDocuments.end()) return ReferenceKind::house_document;
  return ReferenceKind::declaration;
}

// GIS has the indicator in its first element, GEI (from D.03A) in its second.
std::string_view indicator_of(const Segment& segment) { return segment.tag == "GIS" ? segment.at(1, 1) : segment.at(2, 1); }

}  // namespace

void CustomsResponse::segment(const Segment& segment) {
  if (segment.tag == "BGM") {
    whole_.origin = origin_of(segment);
    return report_.begin(segment);
  }
  // In D.95B a DOC group ends the message and only says which papers it answers; since D.97 it begins an answer of its own.
  if (segment.tag == "DOC") return begin_document(segment);
  if (segment.tag == "DTM" && segment.at(1, 1) == "137" && !document_) return report_.set_document_time(stated_time(segment));
  answer_segment(document_ ? *document_ : whole_, segment);
}

void CustomsResponse::begin_document(const Segment& doc) {
  if (document_) state_answer(*document_);
  document_.emplace();
  document_->origin = origin_of(doc);
  documents_ = true;
  report_.add_reference(document_->papers, document_kind(doc.at(1, 1)), doc.at(2, 1), origin_of(doc), "DOC/2/1");
}

void CustomsResponse::finish() {
  if (document_) state_answer(*document_);
  if (!documents_) state_answer(whole_);
}

void CustomsResponse::answer_segment(Answer& answer, const Segment& segment) {
  const Origin at = origin_of(segment);
  if (segment.tag == "NAD") {
    if (document_)
      report_.add_party(answer.parties, segment);
    else
      report_.add_party(segment);
  } else if (segment.tag == "RFF") {
    report_.add_reference(answer.papers, segment);
  } else if (segment.tag == "EQD") {
    report_.gather(answer.equipment, read_equipment(segment), at);
  } else if (segment.tag == "DTM") {
    report_.gather(answer.times, stated_time(segment), at);
  } else if (segment.tag == "LOC") {
    report_.gather(answer.locations, read_location(segment), at);
  } else if (segment.tag == "TDT") {
    answer.transport = read_stage(segment).transport;
  } else if (segment.tag == "FTX") {
    append_remark(answer.remark, read_text(segment));
  } else if (segment.tag == "ERC") {
    append_remark(answer.errors, segment.at(1, 1));
  } else if (segment.tag == "GIS" || segment.tag == "GEI") {
    const auto meaning = customs_indicator_of(indicator_of(segment));
    if (meaning && answer.indicators.size() < kIndicatorsMax && std::ranges::find(answer.indicators, *meaning) == answer.indicators.end())
      answer.indicators.push_back(*meaning);
  }
}

void CustomsResponse::state_answer(const Answer& answer) {
  const std::vector<Milestone>& indicators = answer.indicators.empty() ? whole_.indicators : answer.indicators;
  for (const Milestone milestone : indicators) state_indicator(answer, milestone);
  if (!indicators.empty()) return;
  const bool refused = !answer.errors.empty() || !whole_.errors.empty();
  const auto response = refused ? std::optional(Milestone::document_rejected) : customs_response_of(report_.code());
  if (response) return state_indicator(answer, *response);
  report_.note(Severity::warning, "edifact.unknown_response", "Neither an indicator nor the document code says what customs answer.",
               answer.origin, "BGM/1/1");
}

void CustomsResponse::state_indicator(const Answer& answer, Milestone milestone) {
  Event event;
  event.milestone = milestone;
  const Location* place = nullptr;
  for (const Answer* from : {&answer, &std::as_const(whole_)})
    if (place == nullptr) place = find_location(from->locations, {"14", "22", "41", "60", "11", "9", "42"});
  if (place != nullptr) event.place = place->place;
  std::optional<Instant> occurred;
  if (find_time(answer.times, {"58", "148", "7", "9", "334"}) == nullptr &&
      find_time(whole_.times, {"58", "148", "7", "9", "334"}) == nullptr && report_.document_time())
    occurred = report_.time(*report_.document_time(), event.place);  // an answer is given when it is written
  if (!occurred) occurred = report_.time_of(answer.times, whole_.times, {"58", "148", "7", "9", "334"}, event.place, answer.origin);
  if (!occurred) return;
  event.occurred = *occurred;
  event.references = answer.papers;
  inherit(event.references, whole_.papers);
  event.transport = answer.transport.empty() ? whole_.transport : answer.transport;
  report_.add_references(event.references, event.transport, answer.origin);
  event.parties = answer.parties;
  event.reason = answer.errors.empty() ? whole_.errors : answer.errors;
  event.remark = answer.remark.empty() ? whole_.remark : answer.remark;
  const std::vector<Equipment>& equipment = answer.equipment.empty() ? whole_.equipment : answer.equipment;
  bool stated = false;
  for (const Equipment& box : equipment) {
    Event of_box = event;
    std::vector<Reference> first;
    if (const auto kind = equipment_kind_of(box.kind)) report_.add_reference(first, *kind, box.number, answer.origin, "EQD/2/1");
    if (first.empty()) continue;
    add_each_once(first, of_box.references);
    of_box.references = std::move(first);
    of_box.equipment = box.facts;
    report_.state(std::move(of_box), answer.origin);
    stated = true;
  }
  if (stated) return;
  if (event.references.empty())
    return report_.note(Severity::warning, "edifact.paper_without_subject", "The answer names no declaration, bill of lading or container.",
                        answer.origin, "RFF");
  report_.state(std::move(event), answer.origin);
}

}  // namespace fairway::gateway::edifact
