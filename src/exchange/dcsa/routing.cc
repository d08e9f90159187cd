#include "exchange/dcsa/routing.h"

#include <algorithm>
#include <map>
#include <set>

namespace fairway::exchange::dcsa {
namespace {

constexpr size_t kRoutesMax = 200;
constexpr size_t kPartsMax = 2'000;    // beginnings of routes that are followed up
constexpr size_t kStepsMax = 200'000;  // departures that are looked at
constexpr size_t kPortsMax = 40;       // whose calls are read
constexpr int64_t kHour = 3'600'000'000;
constexpr int64_t kChange = 12 * kHour;     // from the arrival of one vessel to the departure of the next, at least
constexpr int64_t kWait = 28 * 24 * kHour;  // and at most

bool date_within(const Instant& at, const std::string& from, const std::string& to) {
  const std::string date = to_rfc3339(at).substr(0, 10);
  return (from.empty() || date >= from) && (to.empty() || date <= to);
}

struct Departure {
  size_t rotation = 0, call = 0;
  const Instant* at = nullptr;
};

class Search {
 public:
  Search(Voyages& voyages, const RouteQuery& query) : voyages_(voyages), query_(query) {}

  Result<std::vector<Route>> find() {
    TRY_OK(read_port(query_.to));  // vessels that call there and not, by what was told, at the first port are found from here
    std::vector<Part> parts = {Part{}};
    for (int changes = 0; changes <= query_.transhipments_max && !parts.empty(); ++changes) {
      std::vector<Part> next;
      for (const Part& part : parts) TRY_OK(extend(part, changes == query_.transhipments_max, next));
      parts = std::move(next);
    }
    std::ranges::sort(found_, [](const Part& a, const Part& b) {
      return std::tuple(a.arrives_us, a.legs.size()) < std::tuple(b.arrives_us, b.legs.size());
    });
    return routes();
  }

 private:
  struct Leg {
    size_t rotation = 0, from = 0, to = 0;
  };
  struct Part {
    std::vector<Leg> legs;
    int64_t arrives_us = INT64_MIN;
  };

  // Adds what calls at the port to what is known. A vessel that is known already is known by its whole voyages.
  Status read_port(const std::string& port) {
    if (read_.size() >= kPortsMax || !read_.insert(port).second) return {};
    const std::vector<CallEvent> calls = TRY(voyages_.calls(journey::call_term(journey::CallKey::port, port), port));
    std::vector<Rotation> rotations = TRY(voyages_.rotations(calls));
    for (Rotation& rotation : rotations) {
      const std::string key = key_of(rotation);
      if (!known_.insert(key).second) continue;
      rotations_.push_back(std::move(rotation));
      for (size_t i = 0; i < rotations_.back().calls.size(); ++i)
        calls_at_[rotations_.back().calls[i].place.unlocode].emplace_back(rotations_.size() - 1, i);
    }
    return {};
  }

  // The same voyages of a vessel, from whichever port they were found.
  static std::string key_of(const Rotation& rotation) {
    std::string key = rotation.vessel.vessel_imo + "/" + rotation.vessel.vessel_name;
    for (const Call& call : rotation.calls) key += "/" + call.place.unlocode + std::to_string(call.first_us());
    return key;
  }

  Status extend(const Part& part, bool is_last, std::vector<Part>& next) {
    const std::string port = part.legs.empty() ? query_.from : arrival_call(part.legs.back()).place.unlocode;
    TRY_OK(read_port(port));
    const auto calls = calls_at_.find(port);
    if (calls == calls_at_.end()) return {};
    const std::vector<std::pair<size_t, size_t>> here = calls->second;
    for (const auto& [rotation, call] : here) {
      if (++steps_ > kStepsMax) break;
      const Instant* departs = Call::best(rotations_[rotation].calls[call].departures);
      if (departs == nullptr || !may_depart(part, rotation, *departs)) continue;
      ride(part, {rotation, call, departs}, is_last, next);
    }
    return {};
  }

  bool may_depart(const Part& part, size_t rotation, const Instant& at) const {
    if (part.legs.empty()) return at.micros >= query_.earliest_us && date_within(at, query_.departs_from, query_.departs_to);
    const auto same = [&](const Leg& leg) { return is_same_vessel(rotations_[leg.rotation].vessel, rotations_[rotation].vessel); };
    return std::ranges::none_of(part.legs, same) && at.micros >= part.arrives_us + kChange && at.micros <= part.arrives_us + kWait;
  }

  static bool is_same_vessel(const Transport& a, const Transport& b) {
    return a.vessel_imo == b.vessel_imo && a.vessel_name == b.vessel_name;
  }

  // Stays on board to each later port.
  void ride(const Part& part, const Departure& departure, bool is_last, std::vector<Part>& next) {
    const std::vector<Call>& calls = rotations_[departure.rotation].calls;
    for (size_t i = departure.call + 1; i < calls.size(); ++i) {
      const Instant* arrives = Call::best(calls[i].arrivals);
      const std::string& port = calls[i].place.unlocode;
      if (port == query_.from) return;  // round again
      if (arrives == nullptr || arrives->micros <= departure.at->micros) continue;
      Part longer = part;
      longer.legs.push_back({departure.rotation, departure.call, i});
      longer.arrives_us = arrives->micros;
      if (port == query_.to) {
        if (date_within(*arrives, query_.arrives_from, query_.arrives_to) && found_.size() < kRoutesMax)
          found_.push_back(std::move(longer));
        return;
      }
      const bool visited = std::ranges::any_of(part.legs, [&](const Leg& leg) { return arrival_call(leg).place.unlocode == port; });
      if (!is_last && !visited && next.size() < kPartsMax) next.push_back(std::move(longer));
    }
  }

  // The first departure and the vessels: a voyage may be known more than once, from several ports.
  [[nodiscard]] std::string way_of(const Part& part) const {
    const Leg& first = part.legs.front();
    std::string way = std::to_string(Call::best(rotations_[first.rotation].calls[first.from].departures)->micros);
    for (const Leg& leg : part.legs)
      way += "/" + rotations_[leg.rotation].vessel.vessel_imo + "/" + rotations_[leg.rotation].vessel.vessel_name;
    return way;
  }

  [[nodiscard]] const Call& arrival_call(const Leg& leg) const { return rotations_[leg.rotation].calls[leg.to]; }

  // Over the same vessels the earliest way counts.
  std::vector<Route> routes() const {
    std::vector<Route> out;
    std::set<std::string> seen;
    for (const Part& part : found_) {
      if (!seen.insert(way_of(part)).second) continue;
      Route& route = out.emplace_back();
      for (const Leg& leg : part.legs) {
        const Rotation& rotation = rotations_[leg.rotation];
        const auto calls = rotation.calls.begin();
        route.push_back({rotation.vessel, {calls + static_cast<ptrdiff_t>(leg.from), calls + static_cast<ptrdiff_t>(leg.to) + 1}});
      }
    }
    return out;
  }

  Voyages& voyages_;
  const RouteQuery& query_;
  std::vector<Rotation> rotations_;
  std::set<std::string> read_, known_;
  std::map<std::string, std::vector<std::pair<size_t, size_t>>> calls_at_;  // by UN/LOCODE: rotation and call
  std::vector<Part> found_;
  size_t steps_ = 0;
};

}  // namespace

Result<std::vector<Route>> find_routes(Voyages& voyages, const RouteQuery& query) { return Search(voyages, query).find(); }

}  // namespace fairway::exchange::dcsa
