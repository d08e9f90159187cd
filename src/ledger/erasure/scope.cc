#include "ledger/erasure/scope.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/limits.h"
#include "model/event.h"

namespace fairway::ledger {
namespace {

constexpr size_t kPage = 1'000;
constexpr Position kMessageEntriesMax = 100'000;  // between a message and the last of its events
// Each erased entry has a tombstone and may have a salt of its own bundle to destroy.
constexpr size_t kErasedTogetherMax = limits::kStateWritesPerBatchMax / 4;

// Changes to parties, keys, grants, accounts, subscriptions and rules say who was allowed what: they stay, as tombstones do. A fingerprint
// is withdrawn instead.
constexpr EntryKind kErasable[] = {EntryKind::event, EntryKind::message, EntryKind::alert, EntryKind::read};

std::string member_of(const std::string& body, std::string_view name) {
  const auto parsed = parse_json(body);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  return object == nullptr ? "" : std::string(text_of(*object, name));
}

bool quotes(const Entry& alert, const std::set<Position>& positions) {
  const auto parsed = parse_json(alert.body);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  const json::array* evidence = object == nullptr ? nullptr : array_of(*object, "evidence");
  return evidence != nullptr && std::ranges::any_of(*evidence, [&](const json::value& claim) {
           return claim.is_object() && positions.contains(static_cast<Position>(integer_of(claim.get_object(), "entry").value_or(0)));
         });
}

// Whether the event was read out of the message: they came with one submission, and where the event keeps the hash of its text, that
// agrees.
bool is_of(const Event& event, const Entry& entry, const Entry& message) {
  return entry.party == message.party && entry.received_us == message.received_us &&
         (event.source.hash.empty() || event.source.hash == member_of(message.body, "hash"));
}

class Search {
 public:
  Search(store::Snapshot& snapshot, Entry first) : snapshot_(snapshot) { take(std::move(first)); }

  // Of a message: the events that it told, which stand behind it as long as they are of its own text.
  Status take_events() {
    const Entry message = scope_.entries.front();
    return each_from(message.position + 1, [&](Entry& entry) -> Result<bool> {
      if (entry.kind == EntryKind::erased) return entry.received_us == message.received_us;  // before this
      const auto event = entry.kind == EntryKind::event ? event_from_json(entry.body) : Result<Event>(fail(Code::invalid, "no event"));
      if (!event || !is_of(*event, entry, message)) return false;
      take(std::move(entry));
      return true;
    });
  }

  // Of an event: the message that holds its text.
  Status find_message(const Event& told) {
    const Entry& event = scope_.entries.front();
    for (Position end = event.position; end > 1 && event.position - end < kMessageEntriesMax;) {
      const Position first = end > kPage ? end - kPage : 1;
      const std::vector<Entry> page = TRY(snapshot_.range(first, end - first));
      const auto found = std::ranges::find_if(
          page.rbegin(), page.rend(), [&](const Entry& entry) { return entry.kind == EntryKind::message && is_of(told, event, entry); });
      if (found != page.rend()) return scope_.still_in.push_back(found->position), Status();
      end = first;
    }
    return {};
  }

  // What came later: alerts that quote any of it, and the sender's own amendments.
  Status look_behind() {
    const Position first = scope_.entries.front().position;
    const std::string party = scope_.entries.front().party;
    return each_from(first + 1, [&](Entry& entry) -> Result<bool> {
      if (entry.kind == EntryKind::alert && quotes(entry, positions_)) {
        take(std::move(entry));
        if (scope_.entries.size() > kErasedTogetherMax) return fail(Code::too_large, "too much goes with this entry to be erased at once");
      } else if (entry.kind == EntryKind::event && entry.party == party && !positions_.contains(entry.position)) {
        if (entry.body.find("\"amends\":") != std::string::npos && ids_.contains(member_of(entry.body, "amends")))
          scope_.amended_by.push_back(entry.position);
      }
      return true;
    });
  }

  ErasureScope finish() && { return std::move(scope_); }

 private:
  void take(Entry entry) {
    if (entry.kind == EntryKind::event) {
      if (const auto event = event_from_json(entry.body)) ids_.insert(event->id);
    }
    positions_.insert(entry.position);
    scope_.entries.push_back(std::move(entry));
  }

  // In order, until `visit` says false.
  template <typename Visit>
  Status each_from(Position first, const Visit& visit) {
    for (;;) {
      std::vector<Entry> page = TRY(snapshot_.range(first, kPage));
      if (page.empty()) return {};
      first = page.back().position + 1;
      for (Entry& entry : page)
        if (!TRY(visit(entry))) return {};
    }
  }

  store::Snapshot& snapshot_;
  ErasureScope scope_;
  std::set<Position> positions_;
  std::set<std::string> ids_;
};

}  // namespace

Result<ErasureScope> scope_of(store::Snapshot& snapshot, Position position) {
  std::vector<Entry> found = TRY(snapshot.entries({{position}}));
  const EntryKind kind = found.front().kind;
  if (kind == EntryKind::erased) return fail(Code::conflict, "the entry was erased before", std::to_string(position));
  if (std::ranges::find(kErasable, kind) == std::end(kErasable))
    return fail(Code::invalid, "an entry of this kind is not erased", std::string(name(kind)), "event, message, alert and read are");
  const auto told = kind == EntryKind::event ? event_from_json(found.front().body) : Result<Event>(fail(Code::invalid, "no event"));
  Search search(snapshot, std::move(found.front()));
  if (kind == EntryKind::message) TRY_OK(search.take_events());
  if (told) TRY_OK(search.find_message(*told));
  TRY_OK(search.look_behind());
  ErasureScope scope = std::move(search).finish();
  if (scope.entries.size() > kErasedTogetherMax)
    return fail(Code::too_large, "too much goes with this entry to be erased at once", std::to_string(scope.entries.size()) + " entries",
                "erase events of it one by one first");
  return scope;
}

}  // namespace fairway::ledger
