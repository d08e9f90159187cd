#include "exchange/epcis/search.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "exchange/epcis/redacted.h"
#include "gateway/epcis/kept.h"

namespace fairway::exchange::epcis {
namespace {

constexpr size_t kChunk = 256;

// "<fingerprint>-<order>-<position>": the last event of the page before. Events never change, so what comes after it stays.
struct Mark {
  int64_t order = 0;
  Position position = 0;
};

std::string token_of(const Query& query, const Mark& mark) {
  return query.fingerprint + "-" + std::to_string(mark.order) + "-" + std::to_string(mark.position);
}

Result<std::optional<Mark>> mark_of(const Query& query, std::string_view token) {
  if (token.empty()) return std::nullopt;
  Mark mark;
  const size_t first = token.find('-'), second = token.rfind('-');
  const auto read = [&](std::string_view text, auto& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
  };
  const bool good = first != std::string_view::npos && second > first && token.substr(0, first) == query.fingerprint &&
                    read(token.substr(first + 1, second - first - 1), mark.order) && read(token.substr(second + 1), mark.position);
  if (!good) return fail(Code::invalid, "not a nextPageToken of this query", legible(token), "follow the Link of the page before");
  return mark;
}

// One viewer's way through the index of captured events.
class Walk {
 public:
  Walk(Services& services, const ViewerPtr& viewer, store::Snapshot& snapshot)
      : services_(services), snapshot_(snapshot), eyes_(snapshot, services.rule, viewer), looks_(*viewer, access::Channel::events) {}

  // Positions under any of the keys after `after`, in the direction asked for.
  Result<std::vector<Position>> positions(const std::vector<std::string>& keys, bool newest_first, Position after, size_t want) {
    std::vector<Position> found;
    for (const std::string& key : keys)
      for (const store::TermHit& hit : TRY(snapshot_.scan({key, newest_first, after, want}))) found.push_back(hit.position);
    newest_first ? std::ranges::sort(found, std::ranges::greater()) : std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.size() > want) found.resize(want);
    return found;
  }

  // The event of the entry, or what may be seen of it, where that matches. `query` null: whatever it is.
  Result<std::optional<Hit>> take(const Entry& entry, const Query* query) {
    if (entry.kind != EntryKind::event) return std::nullopt;
    Event event = TRY(event_from_json(entry.body));
    auto captured = gateway::epcis::kept(event);
    if (!captured || (query != nullptr && !query->matches(*captured, entry.received_us))) return std::nullopt;
    const Eyes::Seen seen = TRY(eyes_.see(entry, event));
    if (!seen.seen) return std::nullopt;
    if (seen.redacted) captured = reduced(*captured, event);
    // What is hidden must not be found by asking for it.
    if (!captured || (seen.redacted && query != nullptr && !query->matches(*captured, entry.received_us))) return std::nullopt;
    saw(looks_, entry.party, event, seen.grant);
    saw_some_ = true;
    return Hit{std::move(*captured), entry.position, entry.received_us, event.occurred.micros};
  }

  [[nodiscard]] bool saw_some() const { return saw_some_; }
  Status note() { return services_.access_log.note(std::move(looks_)); }

 private:
  Services& services_;
  store::Snapshot& snapshot_;
  Eyes eyes_;
  access::Looks looks_;
  bool saw_some_ = false;
};

std::vector<std::string> keys_of(const Query& query) {
  std::vector<std::string> keys = query.keys();
  if (keys.empty()) keys.emplace_back(gateway::epcis::kAllKey);
  return keys;
}

// In the order of capture, page by page, without looking at more than a page needs.
Result<Hits> in_order_of_capture(Walk& walk, store::Snapshot& snapshot, const Query& query, const Paging& paging) {
  const std::vector<std::string> keys = keys_of(query);
  const bool newest_first = query.order == Query::Order::record_time && query.descending;
  const auto mark = TRY(mark_of(query, paging.token));
  Position after = mark ? mark->position : 0;
  size_t looked_at = 0;
  Hits hits;
  while (looked_at < limits::kEpcisLookedAtMax) {
    const std::vector<Position> positions = TRY(walk.positions(keys, newest_first, after, kChunk));
    const std::vector<Entry> entries = TRY(snapshot.entries(positions));
    for (const Entry& entry : entries) {
      auto hit = TRY(walk.take(entry, &query));
      if (hit && hits.events.size() == paging.per_page) {
        hits.next_token = token_of(query, {0, after});
        return hits;
      }
      after = entry.position;
      if (hit) hits.events.push_back(std::move(*hit));
    }
    looked_at += entries.size();
    if (entries.size() < kChunk) return hits;
  }
  // Whoever sees nothing under an identifier is not told how much there is under it.
  if (walk.saw_some() || query.keys().empty()) hits.next_token = token_of(query, {0, after});
  return hits;
}

// All that matches, for a query that sorts or counts.
Result<std::vector<Hit>> all(Walk& walk, store::Snapshot& snapshot, const Query& query) {
  const std::vector<std::string> keys = keys_of(query);
  std::vector<Hit> found;
  Position after = 0;
  size_t looked_at = 0;
  while (true) {
    const std::vector<Position> positions = TRY(walk.positions(keys, true, after, kChunk));
    for (const Entry& entry : TRY(snapshot.entries(positions))) {
      if (auto hit = TRY(walk.take(entry, &query))) found.push_back(std::move(*hit));
      after = entry.position;
    }
    looked_at += positions.size();
    if (positions.size() < kChunk) return found;
    if (looked_at > limits::kEpcisLookedAtMax)
      return fail(Code::too_large, "the query looks at too many events", "",
                  "ask for a time, a place or an EPC, or leave orderBy=eventTime out");
  }
}

Result<Hits> sorted(Walk& walk, store::Snapshot& snapshot, const Query& query, const Paging& paging) {
  const auto mark = TRY(mark_of(query, paging.token));
  std::vector<Hit> found = TRY(all(walk, snapshot, query));
  if (query.max_event_count && found.size() > *query.max_event_count)
    return fail(Code::too_large, "more events match than maxEventCount", std::to_string(*query.max_event_count), "narrow the query");
  const bool by_time = query.order != Query::Order::record_time;
  const auto order = [&](const Hit& hit) {
    const int64_t value = by_time ? hit.occurred_us : hit.recorded_us;
    return std::pair(query.descending ? -value : value, hit.position);
  };
  std::ranges::sort(found, {}, order);
  if (query.event_count_limit && found.size() > *query.event_count_limit) found.resize(*query.event_count_limit);
  Hits hits;
  for (Hit& hit : found) {
    const auto here = order(hit);
    if (mark && here <= std::pair(mark->order, mark->position)) continue;
    if (hits.events.size() == paging.per_page) {
      const auto last = order(hits.events.back());
      hits.next_token = token_of(query, {last.first, last.second});
      break;
    }
    hits.events.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace

Result<Hits> search(Services& services, const ViewerPtr& viewer, const Query& query, const Paging& paging) {
  for (const std::string& key : query.keys()) TRY_OK(services.quota.look_up(*viewer, key));
  const auto snapshot = TRY(services.store.snapshot());
  Walk walk(services, viewer, *snapshot);
  const bool needs_all = query.order == Query::Order::event_time || query.event_count_limit || query.max_event_count;
  Hits hits = TRY(needs_all ? sorted(walk, *snapshot, query, paging) : in_order_of_capture(walk, *snapshot, query, paging));
  TRY_OK(walk.note());
  return hits;
}

Status each_seen(Services& services, const ViewerPtr& viewer, const std::function<bool(const Hit&)>& visit) {
  const auto snapshot = TRY(services.store.snapshot());
  Walk walk(services, viewer, *snapshot);
  const std::vector<std::string> keys = {gateway::epcis::kAllKey};
  Position after = 0;
  bool goes_on = true;
  for (size_t looked_at = 0; goes_on && looked_at < limits::kEpcisLookedAtMax; looked_at += kChunk) {
    const std::vector<Position> positions = TRY(walk.positions(keys, true, after, kChunk));
    const std::vector<Entry> entries = TRY(snapshot->entries(positions));
    for (const Entry& entry : entries) {
      after = entry.position;
      if (const auto hit = TRY(walk.take(entry, nullptr)); hit && !(goes_on = visit(*hit))) break;
    }
    goes_on = goes_on && positions.size() == kChunk;
  }
  return walk.note();
}

}  // namespace fairway::exchange::epcis
