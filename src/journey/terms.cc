#include "journey/terms.h"

#include <algorithm>
#include <tuple>

namespace fairway::journey {
namespace {

constexpr size_t kScanPage = 1000;

auto content_of(const Located& located) {
  const EventHead& h = located.head;
  return std::tie(h.occurred_us, h.milestone, h.classifier, h.sender, h.id);
}

std::vector<LocatedPtr>& list_of(TermEvents& events, const Located& located) {
  return located.head.amends_elsewhere ? events.amending : events.events;
}

}  // namespace

bool content_less(const LocatedPtr& a, const LocatedPtr& b) { return content_of(*a) < content_of(*b); }

// The head of one term, completed with the reference that it stands under. An event that another reference has shown already is not read
// again.
Result<LocatedPtr> Terms::locate(const store::TermHit& hit, const HeadReference& under) {
  LocatedPtr& known = located_[hit.position];
  if (known && !known->head.amends_elsewhere && (!joins(under.kind) || std::ranges::binary_search(known->head.references, under)))
    return known;
  auto located = std::make_shared<Located>();
  located->position = hit.position;
  Result<EventHead> head = decode_head(hit.value);
  if (!head)
    return fail(Code::internal, "an index entry cannot be read", "entry " + std::to_string(hit.position) + ": " + head.error().message);
  located->head = std::move(*head);
  if (joins(under.kind) && !located->head.amends_elsewhere) located->head.references.push_back(under);
  std::ranges::sort(located->head.references);
  if (!located->head.amends_elsewhere) known = located;
  return located;
}

Result<std::vector<LocatedPtr>> Terms::locate_all(const std::vector<store::TermHit>& hits, const HeadReference& under) {
  std::vector<LocatedPtr> out;
  out.reserve(hits.size());
  for (const store::TermHit& hit : hits) out.push_back(TRY(locate(hit, under)));
  return out;
}

Result<std::shared_ptr<TermEvents>> Terms::read(const HeadReference& reference) {
  auto events = std::make_shared<TermEvents>();
  store::TermScan scan{.key = reference_term(reference), .newest_first = true, .after = 0, .limit = kScanPage};
  for (size_t count = 0;;) {
    const std::vector<store::TermHit> hits = TRY(snapshot_->scan(scan));
    ++scans_;
    for (const store::TermHit& hit : hits) {
      LocatedPtr located = TRY(locate(hit, reference));
      list_of(*events, *located).push_back(std::move(located));
    }
    count += hits.size();
    events->complete = hits.size() < kScanPage;
    if (events->complete || count >= kHeadsPerTermMax) break;
    scan.after = hits.back().position;
  }
  std::ranges::sort(events->events, content_less);
  return events;
}

Result<std::shared_ptr<const TermEvents>> Terms::of(const HeadReference& reference) {
  if (const auto found = kept_.find(reference); found != kept_.end()) {
    by_use_.splice(by_use_.begin(), by_use_, found->second.used);
    return found->second.events;
  }
  auto events = TRY(read(reference));
  by_use_.push_front(reference);
  kept_.emplace(reference, Kept{events, snapshot_->last(), by_use_.begin()});
  return events;
}

Result<std::vector<LocatedPtr>> Terms::transport_of(const HeadReference& reference, size_t limit) {
  ++scans_;
  return locate_all(TRY(snapshot_->scan({.key = transport_term(reference), .newest_first = true, .after = 0, .limit = limit})), reference);
}

Result<std::vector<LocatedPtr>> Terms::newest_of(const HeadReference& reference, size_t limit) {
  ++scans_;
  return locate_all(TRY(snapshot_->scan({.key = reference_term(reference), .newest_first = true, .after = 0, .limit = limit})), reference);
}

void Terms::apply(Position position, const Event& event, const PartyId& sender) {
  if (event.amendment != Amendment::none) forget_amended(event, sender);
  LocatedPtr located;
  for (const Reference& reference : event.references) {
    const auto found = kept_.find(head_reference(reference));
    if (found == kept_.end() || found->second.through >= position) continue;
    if (!located) {
      auto made = std::make_shared<Located>(Located{position, head_of(event, sender)});
      std::ranges::sort(made->head.references);
      located = std::move(made);
    }
    // Readers may hold what is there: the addition goes to a copy unless nobody does.
    Kept& kept = found->second;
    if (kept.events.use_count() > 1) kept.events = std::make_shared<TermEvents>(*kept.events);
    std::vector<LocatedPtr>& list = list_of(*kept.events, *located);
    list.insert(std::ranges::upper_bound(list, located, content_less), located);
    kept.through = position;
  }
}

void Terms::forget_amended(const Event& event, const PartyId& sender) {
  const uint64_t amends = hash64(event.amends);
  std::erase_if(kept_, [&](const auto& item) {
    const bool amended = std::ranges::any_of(item.second.events->events, [&](const LocatedPtr& located) {
      return located->head.sender == sender && (located->head.id == amends || located->head.document == amends);
    });
    if (amended) by_use_.erase(item.second.used);
    return amended;
  });
}

void Terms::trim() {
  located_.clear();
  while (kept_.size() > references_kept_) {
    kept_.erase(by_use_.back());
    by_use_.pop_back();
  }
}

}  // namespace fairway::journey
