#include "gateway/edifact/messages/call_header.h"

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {

void CallHeader::segment(Report& report, const Segment& segment) {
  if (segment.tag == "BGM") return report.begin(segment);
  if (segment.tag == "NAD") return report.add_party(segment);
  if (segment.tag == "TDT") return stage(segment);
  if (segment.tag == "LOC") return report.gather(locations, read_location(segment), origin_of(segment));
  if (segment.tag == "DTM") return time(report, segment);
  if (segment.tag != "RFF") return;
  if (segment.at(1, 1) == "VON" && transport.voyage.empty()) transport.voyage = to_upper(trim(segment.at(1, 2)));
  report.add_reference(references, segment);
}

// Of several means the main carriage counts.
void CallHeader::stage(const Segment& tdt) {
  in_stage_ = true;
  Stage stage = read_stage(tdt);
  if (stage_is_main_) return;
  stage_is_main_ = stage.qualifier == "20";
  stage_origin = origin_of(tdt);
  transport = std::move(stage.transport);
}

void CallHeader::time(Report& report, const Segment& dtm) {
  StatedTime time = stated_time(dtm);
  if (time.qualifier == "137") return report.set_document_time(std::move(time));
  if (in_stage_ && call_time_of(time.qualifier)) {
    HeaderTime call{std::move(time), {}, false};
    if (!locations.empty() && locations.back().opens_group) {
      call.place = locations.back().place;
      call.placed = true;
    }
    return report.gather(call_times_, std::move(call), origin_of(dtm));
  }
  report.gather(times, std::move(time), origin_of(dtm));
}

void CallHeader::leave(Report& report, std::optional<Milestone> reported) {
  std::vector<Reference> of_transport;
  report.add_references(of_transport, transport, stage_origin);
  if (!of_transport.empty()) state_calls(report, reported);
  add_each_once(references, of_transport);
}

Place CallHeader::call_place(const HeaderTime& time, Milestone milestone, std::optional<Milestone> reported) const {
  if (time.placed) return time.place;
  // A loading report names the terminal as LOC 9 and a discharge report as LOC 11; a gate report may name both ports.
  const Location* location = reported == Milestone::discharged || (reported != Milestone::loaded && milestone == Milestone::arrived)
                                 ? find_location(locations, {"11", "12", "9", "5", "165"})
                                 : find_location(locations, {"9", "5", "11", "165"});
  return location == nullptr ? Place() : location->place;
}

void CallHeader::state_calls(Report& report, std::optional<Milestone> reported) {
  for (const HeaderTime& call : call_times_) {
    if (call.time.value.empty()) continue;
    const CallTime meaning = *call_time_of(call.time.qualifier);
    Event event;
    event.milestone = meaning.milestone;
    event.classifier = meaning.classifier;
    event.place = call_place(call, meaning.milestone, reported);
    const auto instant = report.time(call.time, event.place);
    if (!instant) continue;
    event.occurred = *instant;
    event.transport = transport;
    const Origin at{call.time.segment, call.time.offset};
    report.add_references(event.references, transport, at);
    report.state(std::move(event), at);
  }
}

const StatedTime* CallHeader::call_time(std::span<const std::string_view> qualifiers) const {
  for (const std::string_view qualifier : qualifiers)
    for (const HeaderTime& call : call_times_)
      if (call.time.qualifier == qualifier && !call.time.value.empty()) return &call.time;
  return nullptr;
}

}  // namespace fairway::gateway::edifact
