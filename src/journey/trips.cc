#include "journey/trips.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>

#include "journey/derive.h"

namespace fairway::journey {
namespace {

constexpr int64_t kDayUs = 86'400'000'000;
constexpr int64_t kGapUs = kTripGapDays * kDayUs;
constexpr int64_t kSameMoveUs = 2 * kDayUs;  // two parties' claims of one empty pick-up or return are at most this far apart
constexpr size_t kTripsMax = 200;            // planned ones past it go to the latest

// Documents of which a container has one at a time, unless several parts share it.
constexpr std::array kOneAtATime = {ReferenceKind::booking, ReferenceKind::transport_document, ReferenceKind::air_waybill};

bool is_core(const EventHead& head, Standing standing) {
  return standing == Standing::stands && head.classifier == Classifier::actual && row(head.milestone).type == EventType::equipment;
}

bool ends_trip(const EventHead& h) {
  return h.load == Load::empty && (h.milestone == Milestone::gate_in || h.milestone == Milestone::dropped_off);
}
bool starts_trip(const EventHead& h) {
  return h.load == Load::empty && (h.milestone == Milestone::gate_out || h.milestone == Milestone::picked_up);
}

int stage(const EventHead& head) { return journey::stage(head.milestone, head.load); }

// The documents may change under way (rolled to another booking) while the container goes on through the same port.
bool goes_on(const EventHead& from, const EventHead& to) {
  constexpr std::array<std::pair<int, int>, 5> kNext = {{{1, 2}, {1, 3}, {2, 3}, {3, 4}, {5, 6}}};
  const bool next = std::ranges::find(kNext, std::pair(stage(from), stage(to))) != kNext.end();
  return next && from.unlocode == to.unlocode && !from.unlocode.empty();
}

// Events that stay together: those that documents hold together, or a single one without any.
struct Atom {
  std::vector<uint32_t> events;  // indexes, in content order
  std::vector<uint32_t> core;    // those that move the box
  std::vector<uint32_t> documents;
};

struct Trip {
  std::vector<uint32_t> core;  // ascending
  std::vector<uint32_t> events;
  std::vector<uint32_t> documents;  // ascending
};

class Splitter {
 public:
  Splitter(std::span<const LocatedPtr> events, std::span<const Standing> standing) : events_(events), standing_(standing) {}

  // The commonest case, and cheap to see: nothing parts the moves, and one document holds everything together.
  [[nodiscard]] bool is_plainly_one_trip() const;
  Status read_documents(const HeadReference& container, const std::function<Result<bool>(const HeadReference&)>& over_shared);
  TripSplit split();

 private:
  [[nodiscard]] const EventHead& head(uint32_t index) const { return events_[index]->head; }
  [[nodiscard]] bool core(uint32_t index) const { return is_core(head(index), standing_[index]); }
  // Whether the box's own moves part two events that follow one another.
  [[nodiscard]] bool moves_part(uint32_t before, uint32_t after, bool after_has_documents) const;
  // The stretch between changes of trip that each event lies in, as the moves alone show it.
  [[nodiscard]] std::vector<uint32_t> stretches() const;
  [[nodiscard]] std::vector<Atom> atoms() const;
  [[nodiscard]] bool documents_differ(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) const;
  [[nodiscard]] bool has_one_at_a_time(const std::vector<uint32_t>& documents) const;
  [[nodiscard]] bool begins_new_trip(const Trip& trip, const Atom& atom) const;
  void add(Trip& trip, const Atom& atom) const;
  void attach(std::vector<Trip>& trips, const Atom& atom) const;

  std::span<const LocatedPtr> events_;
  std::span<const Standing> standing_;
  std::vector<HeadReference> names_;              // of the documents
  std::vector<std::vector<uint32_t>> documents_;  // of each event
};

std::vector<uint32_t> Splitter::stretches() const {
  std::vector<uint32_t> out(events_.size(), 0);
  std::optional<uint32_t> last;
  uint32_t stretch = 0;
  for (uint32_t i = 0; i < events_.size(); ++i) {
    if (core(i)) {
      if (last && moves_part(*last, i, true)) ++stretch;
      last = i;
    }
    out[i] = stretch;
  }
  return out;
}

bool Splitter::is_plainly_one_trip() const {
  if (events_.empty() || stretches().back() != 0) return false;
  const std::span<const LocatedPtr> others = events_.subspan(1);
  return std::ranges::any_of(head(0).references, [&](const HeadReference& document) {
    if (document.kind == ReferenceKind::equipment) return false;
    return std::ranges::all_of(others,
                               [&](const LocatedPtr& event) { return std::ranges::binary_search(event->head.references, document); });
  });
}

Status Splitter::read_documents(const HeadReference& container, const std::function<Result<bool>(const HeadReference&)>& over_shared) {
  const std::vector<uint32_t> stretch = stretches();
  struct Document {
    std::vector<uint32_t> events;
    bool straddles = false;
  };
  std::map<HeadReference, Document> found;
  for (uint32_t i = 0; i < events_.size(); ++i) {
    for (const HeadReference& reference : head(i).references) {
      if (reference.kind == ReferenceKind::equipment || reference == container) continue;
      Document& document = found[reference];
      document.straddles = document.straddles || (!document.events.empty() && stretch[document.events.front()] != stretch[i]);
      document.events.push_back(i);
    }
  }
  documents_.assign(events_.size(), {});
  for (const auto& [name, document] : found) {
    if (document.straddles && TRY(over_shared(name))) continue;
    for (const uint32_t event : document.events) documents_[event].push_back(static_cast<uint32_t>(names_.size()));
    names_.push_back(name);
  }
  return {};
}

bool Splitter::moves_part(uint32_t before, uint32_t after, bool after_has_documents) const {
  const EventHead& from = head(before);
  const EventHead& to = head(after);
  const int64_t apart = to.occurred_us - from.occurred_us;
  if (apart >= kGapUs) return true;
  if (starts_trip(to)) return !(starts_trip(from) && apart <= kSameMoveUs);
  if (!ends_trip(from)) return false;
  if (ends_trip(to) && apart <= kSameMoveUs) return false;
  return stage(to) != 0 || after_has_documents;  // an inspection or repair at the depot still belongs to the return
}

std::vector<Atom> Splitter::atoms() const {
  std::vector<uint32_t> parent(names_.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&parent](uint32_t document) {
    while (parent[document] != document) document = parent[document] = parent[parent[document]];
    return document;
  };
  for (const std::vector<uint32_t>& documents : documents_)
    for (size_t i = 1; i < documents.size(); ++i) parent[root(documents[i])] = root(documents[0]);
  std::vector<Atom> out;
  std::vector<int64_t> atom_of(names_.size(), -1);
  for (uint32_t i = 0; i < events_.size(); ++i) {
    size_t index = out.size();
    if (!documents_[i].empty()) {
      int64_t& known = atom_of[root(documents_[i][0])];
      if (known < 0) known = static_cast<int64_t>(out.size());
      index = static_cast<size_t>(known);
    }
    if (index == out.size()) out.emplace_back();
    Atom& atom = out[index];
    atom.events.push_back(i);
    if (core(i)) atom.core.push_back(i);
    atom.documents.insert(atom.documents.end(), documents_[i].begin(), documents_[i].end());
  }
  for (Atom& atom : out) {
    std::ranges::sort(atom.documents);
    atom.documents.erase(std::ranges::unique(atom.documents).begin(), atom.documents.end());
  }
  return out;
}

// Both name a document of a kind that a container has one of at a time, and none of that kind in common.
bool Splitter::documents_differ(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) const {
  return std::ranges::any_of(kOneAtATime, [&](ReferenceKind kind) {
    const auto of_kind = [&](uint32_t document) { return names_[document].kind == kind; };
    return std::ranges::any_of(a, of_kind) && std::ranges::any_of(b, of_kind) &&
           std::ranges::none_of(a, [&](uint32_t document) { return of_kind(document) && std::ranges::find(b, document) != b.end(); });
  });
}

bool Splitter::has_one_at_a_time(const std::vector<uint32_t>& documents) const {
  return std::ranges::any_of(documents,
                             [&](uint32_t document) { return std::ranges::find(kOneAtATime, names_[document].kind) != kOneAtATime.end(); });
}

bool Splitter::begins_new_trip(const Trip& trip, const Atom& atom) const {
  const uint32_t first = atom.core.front();
  const auto after = std::ranges::upper_bound(trip.core, first);  // trips are filled in order: something lies before
  const uint32_t before = *std::prev(after);
  const auto recent = [&](bool (*is_move)(const EventHead&)) {
    for (auto event = after; event != trip.core.begin();) {
      --event;
      if (head(first).occurred_us - head(*event).occurred_us > kSameMoveUs) return false;
      if (is_move(head(*event))) return true;
    }
    return false;
  };
  const bool claimed_again = (starts_trip(head(first)) && recent(starts_trip)) || (ends_trip(head(first)) && recent(ends_trip));
  if (!claimed_again && moves_part(before, first, !atom.documents.empty())) return true;
  if (atom.documents.empty() || trip.documents.empty()) return false;
  const bool interleaved = after != trip.core.end();  // parts of one container under several documents
  if (documents_differ(trip.documents, atom.documents)) return !interleaved && !goes_on(head(before), head(first));
  // Imported under one kind of document, exported under another: back at the beginning of the cycle.
  const bool comparable = has_one_at_a_time(trip.documents) && has_one_at_a_time(atom.documents);
  return comparable && !interleaved && stage(head(before)) >= 6 && stage(head(first)) != 0 && stage(head(first)) <= 4;
}

void Splitter::add(Trip& trip, const Atom& atom) const {
  const auto merge = [](std::vector<uint32_t>& into, const std::vector<uint32_t>& from) {
    const auto middle = static_cast<ptrdiff_t>(into.size());
    into.insert(into.end(), from.begin(), from.end());
    std::inplace_merge(into.begin(), into.begin() + middle, into.end());
  };
  merge(trip.core, atom.core);
  merge(trip.events, atom.events);
  merge(trip.documents, atom.documents);
}

// Puts what does not move the box where its documents and its time allow.
void Splitter::attach(std::vector<Trip>& trips, const Atom& atom) const {
  const int64_t at = head(atom.events.front()).occurred_us;
  Trip* covering = nullptr;
  Trip* next = nullptr;
  for (Trip& trip : trips) {
    if (documents_differ(trip.documents, atom.documents)) continue;
    const std::vector<uint32_t>& span = trip.core.empty() ? trip.events : trip.core;
    const int64_t begins = head(span.front()).occurred_us, ends = head(span.back()).occurred_us;
    const bool over = at > ends && (at - ends >= kGapUs || (!atom.documents.empty() && ends_trip(head(span.back()))));
    if (begins <= at && !over)
      covering = &trip;
    else if (next == nullptr && begins > at && begins - at < kGapUs)
      next = &trip;
  }
  if (covering == nullptr) covering = next;
  if (covering == nullptr && trips.size() >= kTripsMax) covering = &trips.back();
  if (covering == nullptr) covering = &trips.emplace_back();
  add(*covering, atom);
}

TripSplit Splitter::split() {
  std::vector<Atom> atoms = this->atoms();
  std::ranges::stable_sort(atoms, {}, [](const Atom& atom) { return atom.core.empty() ? atom.events.front() : atom.core.front(); });
  std::vector<Trip> trips;
  for (const Atom& atom : atoms) {
    if (atom.core.empty()) continue;
    if (trips.empty() || begins_new_trip(trips.back(), atom)) trips.emplace_back();
    add(trips.back(), atom);
  }
  for (const Atom& atom : atoms)
    if (atom.core.empty()) attach(trips, atom);
  std::ranges::sort(trips, {}, [](const Trip& trip) { return (trip.core.empty() ? trip.events : trip.core).front(); });
  TripSplit out;
  out.count = static_cast<uint32_t>(trips.size());
  out.trip.resize(events_.size());
  for (uint32_t number = 0; number < trips.size(); ++number)
    for (const uint32_t event : trips[number].events) out.trip[event] = number;
  return out;
}

}  // namespace

Result<TripSplit> split_trips(std::span<const LocatedPtr> events, std::span<const Standing> standing, const HeadReference& container,
                              const std::function<Result<bool>(const HeadReference&)>& over_shared) {
  Splitter splitter(events, standing);
  if (splitter.is_plainly_one_trip()) return TripSplit{std::vector<uint32_t>(events.size(), 0), 1};
  TRY_OK(splitter.read_documents(container, over_shared));
  return splitter.split();
}

}  // namespace fairway::journey
