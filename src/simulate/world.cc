#include "simulate/world.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_map>

#include "simulate/messages.h"
#include "simulate/multimodal/traffic.h"
#include "simulate/multimodal/truth.h"
#include "simulate/truth.h"

namespace fairway::simulate {
namespace {

constexpr size_t kMovesPerReport = 20;  // a terminal reports as the cranes work
constexpr Seconds kReportDelay = 10 * kMinute;
constexpr Seconds kPlanDelay = kHour;
// Before a call, everything of its boxes that can lie in the period: the widest is an import's booking.
constexpr Seconds kOpening = 60 * kDay;

// What comes next of a shipment, or of a call. In the order of time, then of creation, so that it never depends on the machine.
struct Entry {
  Seconds due;
  uint32_t subject;  // shipment, or call with kCallBit
  uint8_t step;      // of the script; 0 opens a call
};
constexpr uint32_t kCallBit = 0x8000'0000;

struct Later {
  bool operator()(const Entry& a, const Entry& b) const {
    if (a.due != b.due) return a.due > b.due;
    return a.subject != b.subject ? a.subject > b.subject : a.step > b.step;
  }
};

// A box's move by crane, as little as needs to be kept of it.
struct CraneMove {
  Seconds at;
  uint32_t shipment;
  uint8_t box;
};

// A call that is worked: its moves in order, and the reports of them that are to be sent.
struct Work {
  struct Report {
    Seconds sent, due;
    bool loading, plan;
    uint32_t first, count;
  };
  std::vector<CraneMove> discharges, loads;
  std::vector<Report> reports;  // by due
  size_t next = 0;
};

std::string number(uint64_t value) {
  std::string digits = std::to_string(value);
  return digits.size() < 8 ? std::string(8 - digits.size(), '0') + digits : digits;
}

}  // namespace

class World::Impl {
 public:
  explicit Impl(const Options& options);

  bool next(Dispatch& dispatch);
  void truth(const std::function<void(std::string_view)>& sink) const;
  void journey_truth(const std::function<void(std::string_view)>& sink) const;

 private:
  bool next_of_port(Dispatch& dispatch);
  bool next_of_journeys(Dispatch& dispatch);
  void open(const Call& call);
  void gather_moves(const Call& from, const Call& call, Work& work) const;
  void plan_reports(const Call& call, Work& work) const;
  void push_script(uint32_t shipment_id, size_t from);
  bool take_call(const Entry& entry, Dispatch& dispatch);
  bool take_shipment(const Entry& entry, Dispatch& dispatch);
  [[nodiscard]] std::vector<Move> moves(const std::vector<CraneMove>& all, size_t first, size_t count) const;
  void fill(Dispatch& dispatch, Seconds due, std::string_view slug, std::string_view kind, std::string body);

  const Period period_;
  const Schedule schedule_;
  const uint32_t journeys_;
  multimodal::Traffic traffic_;
  std::priority_queue<Entry, std::vector<Entry>, Later> queue_;
  std::unordered_map<uint32_t, Work> work_;
  uint64_t count_ = 0;
};

World::Impl::Impl(const Options& options)
    : period_{options.start_us / 1'000'000, options.start_us / 1'000'000 + options.days * kDay},
      schedule_(options.seed, static_cast<uint32_t>(options.boxes), period_),
      journeys_(static_cast<uint32_t>(options.journeys)),
      traffic_(options.seed, journeys_, options.disturbed, period_) {
  for (const Call& call : schedule_.calls())
    queue_.push({std::max(period_.start, call.planned_arrival - kOpening), call.index | kCallBit, 0});
}

// Every shipment of the call takes its place in the queue, and the cranes' reports are planned.
void World::Impl::open(const Call& call) {
  for (uint32_t id = call.first_block * kShipmentsPerBlock; id < call.end_block * kShipmentsPerBlock; ++id) push_script(id, 0);
  Work work;
  gather_moves(call, call, work);
  for (const uint32_t feeder : call.feeders) gather_moves(schedule_.calls()[feeder], call, work);
  const auto by_time = [](const CraneMove& a, const CraneMove& b) {
    return a.at != b.at ? a.at < b.at : a.shipment != b.shipment ? a.shipment < b.shipment : a.box < b.box;
  };
  std::ranges::sort(work.discharges, by_time);
  std::ranges::sort(work.loads, by_time);
  plan_reports(call, work);
  if (work.reports.empty()) return;
  queue_.push({work.reports.front().due, call.index | kCallBit, 1});
  work_.emplace(call.index, std::move(work));
}

// The boxes of `from` that the cranes of `call` move.
void World::Impl::gather_moves(const Call& from, const Call& call, Work& work) const {
  for (uint32_t id = from.first_block * kShipmentsPerBlock; id < from.end_block * kShipmentsPerBlock; ++id) {
    const auto s = shipment(schedule_, id);
    if (!s) continue;
    for (size_t i = 0; i < s->box_count; ++i) {
      const auto box = static_cast<uint8_t>(i);
      if (s->discharges() && s->call == &call) work.discharges.push_back({s->boxes[i].discharge, id, box});
      if (s->loads() && &s->loading_call() == &call) work.loads.push_back({s->boxes[i].load, id, box});
    }
  }
}

void World::Impl::plan_reports(const Call& call, Work& work) const {
  for (const bool loading : {false, true}) {
    const std::vector<CraneMove>& all = loading ? work.loads : work.discharges;
    for (size_t first = 0; first < all.size(); first += kMovesPerReport) {
      const size_t count = std::min(kMovesPerReport, all.size() - first);
      const Seconds sent = all[first + count - 1].at + kReportDelay;
      work.reports.push_back({sent, due_of(sent, period_), loading, false, static_cast<uint32_t>(first), static_cast<uint32_t>(count)});
    }
  }
  if (!work.loads.empty()) {
    const Seconds sent = call.departure + kPlanDelay;
    work.reports.push_back({sent, due_of(sent, period_), true, true, 0, static_cast<uint32_t>(work.loads.size())});
  }
  std::erase_if(work.reports, [&](const Work::Report& report) { return report.due >= period_.end; });
  const auto order = [](const Work::Report& r) { return std::tuple(r.due, r.sent, r.plan, r.loading, r.first); };
  std::ranges::sort(work.reports, {}, order);
}

void World::Impl::push_script(uint32_t shipment_id, size_t from) {
  const auto s = shipment(schedule_, shipment_id);
  if (!s) return;
  const std::vector<Step> steps = script(*s, period_);
  if (from < steps.size()) queue_.push({steps[from].due, shipment_id, static_cast<uint8_t>(from)});
}

bool World::Impl::next(Dispatch& dispatch) { return next_of_port(dispatch) || next_of_journeys(dispatch); }

// What is due before the consignments' next message; false where that comes first.
bool World::Impl::next_of_port(Dispatch& dispatch) {
  while (!queue_.empty()) {
    const Entry entry = queue_.top();
    const std::optional<Seconds> other = traffic_.due();
    if (other && *other < entry.due) return false;
    queue_.pop();
    const bool is_call = (entry.subject & kCallBit) != 0;
    if (is_call ? take_call(entry, dispatch) : take_shipment(entry, dispatch)) return true;
  }
  return false;
}

bool World::Impl::next_of_journeys(Dispatch& dispatch) {
  const std::optional<Seconds> due = traffic_.due();
  if (!due) return false;
  multimodal::Written written = traffic_.next();
  dispatch.at_us = *due * 1'000'000;
  dispatch.party_slug = written.slug;
  dispatch.content_type = written.content_type;
  dispatch.file_name = number(++count_) + "-" + dispatch.party_slug + "-" + std::string(written.kind) + std::string(written.extension);
  dispatch.body = std::move(written.body);
  return true;
}

std::vector<Move> World::Impl::moves(const std::vector<CraneMove>& all, size_t first, size_t count) const {
  std::vector<Move> out;
  out.reserve(count);
  for (size_t i = first; i < first + count; ++i)
    if (auto s = shipment(schedule_, all[i].shipment)) out.push_back({*std::move(s), all[i].box, all[i].at});
  return out;
}

bool World::Impl::take_call(const Entry& entry, Dispatch& dispatch) {
  const Call& call = schedule_.calls()[entry.subject & ~kCallBit];
  if (entry.step == 0) {
    open(call);
    return false;
  }
  Work& work = work_.at(call.index);
  const Work::Report report = work.reports[work.next++];
  const std::vector<Move> moved = moves(report.loading ? work.loads : work.discharges, report.first, report.count);
  std::string body = report.plan ? bay_plan(call, moved, report.sent)
                                 : vessel_report(call, report.loading, moved, report.first / kMovesPerReport, report.sent);
  fill(dispatch, report.due, call.terminal->slug, report.plan ? "baplie" : "coarri", std::move(body));
  if (work.next < work.reports.size())
    queue_.push({work.reports[work.next].due, entry.subject, 1});
  else
    work_.erase(call.index);
  return true;
}

bool World::Impl::take_shipment(const Entry& entry, Dispatch& dispatch) {
  const auto s = shipment(schedule_, entry.subject);
  const std::vector<Step> steps = script(*s, period_);
  const Step& step = steps[entry.step];
  if (entry.step + 1u < steps.size()) queue_.push({steps[entry.step + 1].due, entry.subject, static_cast<uint8_t>(entry.step + 1)});
  const Carrier& line = *s->call->carrier;
  switch (step.kind) {
    case StepKind::empty_out:
    case StepKind::empty_back: fill(dispatch, step.due, depot().slug, "codeco", gate_report(*s, step)); return true;
    case StepKind::gate_in:
    case StepKind::gate_out:
    case StepKind::gate_wrong:
    case StepKind::gate_amended: fill(dispatch, step.due, s->call->terminal->slug, "codeco", gate_report(*s, step)); return true;
    case StepKind::barge_load_report:
    case StepKind::barge_discharge_report: fill(dispatch, step.due, s->call->terminal->slug, "coarri", barge_report(*s, step)); return true;
    case StepKind::barge_loaded:
    case StepKind::barge_departed:
    case StepKind::barge_arrived: fill(dispatch, step.due, barge_operator().slug, "iftsta", status_report(*s, step)); return true;
    default: break;
  }
  // The names of the parties and customs releases are not in DCSA's events, so that every line sends them as IFTSTA.
  const bool as_status = line.feed == Feed::iftsta || step.kind == StepKind::booked || step.kind == StepKind::customs;
  std::string body = as_status ? status_report(*s, step) : carrier_events(*s, step);
  if (body.empty()) return false;
  fill(dispatch, step.due, line.slug, as_status ? "iftsta" : "dcsa", std::move(body));
  return true;
}

void World::Impl::fill(Dispatch& dispatch, Seconds due, std::string_view slug, std::string_view kind, std::string body) {
  const bool json = kind == "dcsa";
  dispatch.at_us = due * 1'000'000;
  dispatch.party_slug = slug;
  dispatch.content_type = json ? "application/json" : "application/edifact";
  dispatch.file_name = number(++count_) + "-" + std::string(slug) + "-" + std::string(kind) + (json ? ".json" : ".edi");
  dispatch.body = std::move(body);
}

void World::Impl::truth(const std::function<void(std::string_view)>& sink) const {
  std::string line;
  for (uint32_t id = 0; id < schedule_.blocks() * kShipmentsPerBlock; ++id) {
    const auto s = shipment(schedule_, id);
    if (!s) continue;
    for (size_t i = 0; i < s->box_count; ++i) {
      line.clear();
      append_truth(line, *s, i);
      sink(line);
    }
  }
}

void World::Impl::journey_truth(const std::function<void(std::string_view)>& sink) const {
  std::string line;
  for (uint32_t i = 0; i < journeys_; ++i) {
    line.clear();
    multimodal::append_truth(line, multimodal::consignment(schedule_.seed(), i, period_), period_);
    sink(line);
  }
}

World::World(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
World::~World() = default;
World::World(World&&) noexcept = default;
World& World::operator=(World&&) noexcept = default;

bool World::next(Dispatch& dispatch) { return impl_->next(dispatch); }
void World::truth(const std::function<void(std::string_view)>& sink) const { impl_->truth(sink); }
void World::journey_truth(const std::function<void(std::string_view)>& sink) const { impl_->journey_truth(sink); }

std::vector<SimulatedParty> parties() {
  std::vector<SimulatedParty> all;
  const auto add_mailbox = [&](const Terminal& who, Role role) {
    all.push_back({std::string(who.slug), std::string(who.name), role, {{"UNB", std::string(who.code)}}});
  };
  const auto add_companies = [&](std::span<const Company> companies, Role role) {
    for (const Company& who : companies)
      all.push_back({std::string(who.slug), std::string(who.name), role, {{"GLN", std::string(who.gln)}, {"UNB", std::string(who.gln)}}});
  };
  for (const Terminal& terminal : terminals()) add_mailbox(terminal, Role::terminal);
  for (const Carrier& line : carriers())
    all.push_back({std::string(line.slug),
                   std::string(line.name),
                   Role::carrier,
                   {{"SMDG", std::string(line.smdg)}, {"SCAC", std::string(line.scac)}, {"UNB", std::string(line.scac)}}});
  add_mailbox(barge_operator(), Role::carrier);
  add_mailbox(depot(), Role::warehouse);
  add_companies(hauliers(), Role::haulier);
  add_companies(forwarders(), Role::forwarder);
  add_companies(shippers(), Role::shipper);
  add_companies(consignees(), Role::shipper);
  add_companies(multimodal::hauliers_abroad(), Role::haulier);
  add_companies({&multimodal::warehouse_operator(), 1}, Role::warehouse);
  add_companies({&multimodal::rail_operator(), 1}, Role::carrier);
  add_companies({&multimodal::receiver(), 1}, Role::authority);
  for (const multimodal::Airline& airline : multimodal::airlines())
    all.push_back({std::string(airline.slug), std::string(airline.name), Role::carrier, {{"IATA", std::string(airline.code)}}});
  return all;
}

}  // namespace fairway::simulate
