#include "exchange/events_page.h"

#include <algorithm>

#include "journey/index.h"

namespace fairway::exchange {
namespace {

// Entries that one request looks at before it answers with what it has and a cursor to go on from.
constexpr size_t kLookedAtMax = 20'000;
constexpr size_t kLookedAtOnceMax = 200;  // on an I/O thread

struct Chunk {
  std::vector<Entry> entries;  // in the order of the query
  bool exhausted = false;      // nothing after them
};

Result<Chunk> chunk_of_index(store::Snapshot& snapshot, const PageQuery& q, Position after, size_t want) {
  std::vector<Position> positions;
  bool exhausted = true;
  for (const Reference& reference : q.index) {
    const auto hits = TRY(snapshot.scan({journey::reference_term(reference), q.newest_first, after, want}));
    exhausted = exhausted && hits.size() < want;
    for (const store::TermHit& hit : hits) positions.push_back(hit.position);
  }
  if (q.newest_first)
    std::ranges::sort(positions, std::ranges::greater());
  else
    std::ranges::sort(positions);
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  if (positions.size() > want) positions.resize(want), exhausted = false;
  return Chunk{TRY(snapshot.entries(positions)), exhausted};
}

Result<Chunk> chunk_of_log(store::Snapshot& snapshot, const PageQuery& q, Position after, size_t want) {
  if (!q.newest_first) {
    Chunk chunk{TRY(snapshot.range(after + 1, want)), false};
    chunk.exhausted = chunk.entries.size() < want;
    return chunk;
  }
  std::vector<Position> positions;
  for (Position next = after == 0 ? snapshot.last() : after - 1; next > 0 && positions.size() < want; --next) positions.push_back(next);
  return Chunk{TRY(snapshot.entries(positions)), positions.size() < want};
}

class Pager {
 public:
  Pager(Services& services, const ViewerPtr& viewer, const PageQuery& query, store::Snapshot& snapshot, Patience patience)
      : viewer_(*viewer),
        query_(query),
        snapshot_(snapshot),
        short_(patience == Patience::short_),
        eyes_(snapshot, services.rule, viewer),
        looks_(*viewer, access::Channel::events) {}

  // nullopt where a short page would not do.
  Result<std::optional<EventsPage>> read() {
    if (short_ && (query_.index.size() != 1 || query_.limit > kLookedAtOnceMax)) return std::nullopt;
    Position after = query_.after;
    size_t looked_at = 0;
    while (looked_at < (short_ ? kLookedAtOnceMax : kLookedAtMax)) {
      // Half again as many as are missing: most queries match all that their index gives.
      const size_t want = std::clamp<size_t>((query_.limit - page_.events.size()) + 1, 16, 1000);
      const Chunk chunk =
          TRY(query_.index.empty() ? chunk_of_log(snapshot_, query_, after, want) : chunk_of_index(snapshot_, query_, after, want));
      for (const Entry& entry : chunk.entries) {
        if (page_.events.size() == query_.limit) return finish(after);
        saw_some_ = saw_some_ || viewer_.sees_sent_by(entry.party);
        if (short_ && !viewer_.sees_sent_by(entry.party)) return std::nullopt;
        TRY_OK(take(entry));
        after = entry.position;
      }
      looked_at += chunk.entries.size();
      if (chunk.exhausted) return finish(0);
    }
    if (short_) return std::nullopt;
    // The log's length is known to all, and that a vessel is much spoken of; how much that a viewer does not see stands under a
    // consignment's reference is not.
    const bool tells = !saw_some_ && std::ranges::any_of(query_.index, [](const Reference& r) { return journey::joins(r.kind()); });
    return finish(tells ? 0 : after);
  }
  // What was shown of others', once it is read.
  access::Looks take_looks() { return std::move(looks_); }

 private:
  std::optional<EventsPage> finish(Position next_after) {
    page_.next_after = next_after;
    return std::move(page_);
  }

  Status take(const Entry& entry) {
    if (entry.kind != EntryKind::event) return {};
    Event event = TRY(event_from_json(entry.body));
    if (!query_.matches(event, entry.received_us)) return {};
    const Eyes::Seen seen = TRY(eyes_.see(entry, event));
    // What is hidden must not be found by asking for it.
    if (!seen.seen || (seen.redacted && !query_.matches(event, entry.received_us))) return {};
    saw(looks_, entry.party, event, seen.grant);
    saw_some_ = true;
    query_.write(page_.events.emplace_back(), event, entry);
    return {};
  }

  const access::Viewer& viewer_;
  const PageQuery& query_;
  store::Snapshot& snapshot_;
  const bool short_;
  Eyes eyes_;
  access::Looks looks_;
  bool saw_some_ = false;
  EventsPage page_;
};

}  // namespace

std::string EventsPage::array() const {
  std::string out = "[";
  for (const std::string& event : events) out.append(out.size() > 1 ? "," : "").append(event);
  return out += ']';
}

Result<std::optional<EventsPage>> read_events_page(Services& services, const ViewerPtr& viewer, const PageQuery& query, Patience patience) {
  for (const Reference& reference : query.index) TRY_OK(services.quota.look_up(*viewer, reference.value()));
  const auto snapshot = TRY(services.store.snapshot());
  Pager pager(services, viewer, query, *snapshot, patience);
  std::optional<EventsPage> page = TRY(pager.read());
  if (page) TRY_OK(services.access_log.note(pager.take_looks()));
  return page;
}

}  // namespace fairway::exchange
