#include "simulate/script.h"

#include <algorithm>

#include "simulate/dice.h"

namespace fairway::simulate {
namespace {

constexpr Seconds kBacklog = 10 * kMinute;  // how long it takes to hand out
constexpr Seconds kBacklogReach = 60 * kDay;
constexpr Seconds kNoticeableDelay = 3 * kHour;
constexpr Seconds kLate = 5 * kHour;
constexpr Seconds kRestart = 40 * kMinute;

// The same message once more, as Fault::duplicate has it.
bool is_copy(const Step& step, const Step& before) {
  return step.kind == before.kind && step.box == before.box && step.sent == before.sent;
}

class ScriptWriter {
 public:
  explicit ScriptWriter(const Shipment& shipment) : s_(shipment), dice_(mix(shipment.id, 0x5C12)) {}

  std::vector<Step> write();

 private:
  void add(StepKind kind, Seconds about, Seconds sent, size_t box = 0) {
    steps_.push_back({0, sent, about, kind, static_cast<uint8_t>(box), 0});
  }
  Seconds shortly(Seconds after) { return after + dice_.between(2, 40) * kMinute; }
  void add_gate(StepKind kind, Seconds about, size_t box);
  void add_faulty_gate(StepKind kind, Seconds about);
  void before_hong_kong();
  void to_the_quay();
  void away();

  const Shipment& s_;
  Dice dice_;
  std::vector<Step> steps_;
};

void ScriptWriter::add_gate(StepKind kind, Seconds about, size_t box) {
  const bool at_terminal = kind == StepKind::gate_in || kind == StepKind::gate_out;
  if (box == 0 && at_terminal && s_.fault != Fault::none) return add_faulty_gate(kind, about);
  add(kind, about, about + dice_.between(1, 8) * kMinute, box);
}

void ScriptWriter::add_faulty_gate(StepKind kind, Seconds about) {
  const Seconds sent = about + dice_.between(1, 8) * kMinute;
  switch (s_.fault) {
    case Fault::late: return add(kind, about, sent + kLate);
    case Fault::duplicate: add(kind, about, sent); return add(kind, about, sent);  // the world hands it out again later
    case Fault::correction:
      add(StepKind::gate_wrong, about - 2 * kHour, sent);
      return add(StepKind::gate_amended, about, sent + 25 * kMinute);
    case Fault::cancellation:
      add(StepKind::gate_wrong, about - 3 * kHour, sent - 3 * kHour);
      add(StepKind::gate_amended, about - 3 * kHour, sent - 2 * kHour);
      return add(kind, about, sent);
    default: return add(kind, about, sent);
  }
}

void ScriptWriter::before_hong_kong() {
  if (s_.trade == Trade::empties) return;
  add(StepKind::booked, s_.booked, s_.booked + 10 * kMinute);
  add(StepKind::planned, s_.booked, s_.booked + 30 * kMinute);
  if (!s_.discharges()) return;
  add(StepKind::origin, s_.origin_departure(), shortly(s_.origin_departure()));
  if (s_.issued < s_.call->arrival) add(StepKind::issued, s_.issued, shortly(s_.issued));
}

void ScriptWriter::to_the_quay() {
  for (size_t i = 0; i < s_.box_count; ++i) {
    const Box& box = s_.boxes[i];
    if (box.empty_out != 0) add_gate(StepKind::empty_out, box.empty_out, i);
    if (box.gate != 0 && !s_.is_import()) add_gate(StepKind::gate_in, box.gate, i);
  }
  if (s_.trade == Trade::export_by_river) {
    add(StepKind::barge_loaded, s_.barge_departure - 3 * kHour, shortly(s_.barge_departure - 3 * kHour));
    add(StepKind::barge_departed, s_.barge_departure, shortly(s_.barge_departure));
    add(StepKind::barge_arrived, s_.barge_arrival, shortly(s_.barge_arrival));
    add(StepKind::barge_discharge_report, s_.barge_arrival + 2 * kHour, shortly(s_.barge_arrival + 3 * kHour));
  }
  if (s_.is_export()) {
    const Seconds ready = s_.call->planned_arrival - 5 * kHour;
    add(StepKind::documents, ready, ready + 20 * kMinute);
  }
  if (s_.call->delay() >= kNoticeableDelay && s_.trade != Trade::empties) {
    const Seconds known = s_.call->planned_arrival - 12 * kHour;
    add(StepKind::delayed, known, known);
  }
}

void ScriptWriter::away() {
  if (s_.discharges()) add(StepKind::arrived, s_.call->arrival, shortly(s_.call->arrival));
  if (s_.rolled) add(StepKind::rolled, s_.call->load_end(), shortly(s_.call->load_end()));
  if (s_.customs != 0) add(StepKind::customs, s_.customs, shortly(s_.customs));
  if (s_.trade == Trade::import_by_truck)
    for (size_t i = 0; i < s_.box_count; ++i) {
      add_gate(StepKind::gate_out, s_.boxes[i].gate, i);
      add_gate(StepKind::empty_back, s_.boxes[i].empty_back, i);
    }
  if (s_.trade == Trade::import_by_river) {
    add(StepKind::barge_load_report, s_.barge_departure - 2 * kHour, shortly(s_.barge_departure - kHour));
    add(StepKind::barge_departed, s_.barge_departure, shortly(s_.barge_departure));
    add(StepKind::barge_arrived, s_.barge_arrival, shortly(s_.barge_arrival));
  }
  if (!s_.loads() || s_.trade == Trade::empties) return;
  const Seconds departure = s_.loading_call().departure;
  add(StepKind::departed, departure, shortly(departure));
  if (s_.is_export()) add(StepKind::issued, s_.issued, shortly(s_.issued));
}

std::vector<Step> ScriptWriter::write() {
  before_hong_kong();
  to_the_quay();
  away();
  for (size_t i = 0; i < steps_.size(); ++i) {
    steps_[i].number = static_cast<uint8_t>(i);
    if (i > 0 && is_copy(steps_[i], steps_[i - 1])) steps_[i].number = steps_[i - 1].number;  // the same interchange
  }
  return std::move(steps_);
}

}  // namespace

Seconds due_of(Seconds sent, Period period) {
  if (sent >= period.start) return sent;
  const Seconds reach = std::max<Seconds>(0, sent - (period.start - kBacklogReach));
  return period.start + reach * kBacklog / kBacklogReach;
}

std::vector<Step> script(const Shipment& shipment, Period period) {
  std::vector<Step> steps = ScriptWriter(shipment).write();
  for (Step& step : steps) step.due = due_of(step.sent, period);
  const auto by_sending = [](const Step& a, const Step& b) { return a.sent != b.sent ? a.sent < b.sent : a.number < b.number; };
  std::ranges::sort(steps, by_sending);
  // A sender's later word does not overtake its backlog.
  for (size_t i = 1; i < steps.size(); ++i) steps[i].due = std::max(steps[i].due, steps[i - 1].due);
  // The second copy of a duplicate comes when the sender's system is started again.
  if (shipment.fault == Fault::duplicate)
    for (size_t i = 1; i < steps.size(); ++i)
      if (is_copy(steps[i], steps[i - 1])) steps[i].due += kRestart;
  std::ranges::sort(steps, [](const Step& a, const Step& b) { return a.due != b.due ? a.due < b.due : a.number < b.number; });
  std::erase_if(steps, [&](const Step& step) { return step.due >= period.end; });
  return steps;
}

}  // namespace fairway::simulate
