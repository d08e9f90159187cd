#include "access/access_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "base/log.h"

namespace fairway::access {
namespace {

constexpr std::array<std::string_view, 6> kChannels = {"journey", "events", "stream", "export", "callback", "filing"};
constexpr std::array<std::string_view, 4> kGrounds = {"named", "grant", "legal_basis", "operator"};
constexpr size_t kLooksPerEntryMax = 500;  // and at most as many owners, each with a term
constexpr size_t kScanPage = 200;
constexpr std::string_view kSealedPrefix = "sealed/";
constexpr size_t kSealedIdCharacters = 12;

std::string owner_term(const PartyId& owner) { return "a" + owner; }

// A reference of the event that its sender, and everybody who sees the event, knows.
std::string common_reference(const Event& event) {
  for (const Reference& reference : event.references)
    if (shows_reference({}, reference.kind())) return reference.key();
  return "";
}

using Look = std::pair<std::pair<PartyId, std::string>, size_t>;  // owner and reference, events

struct Told {
  std::string_view channel, ground;
  std::string_view grant, purpose;
  PartyId reader;
  bool by_person = false;
  int64_t at_us = 0;
};

std::string body_of(const Told& told, std::span<const Look> looks) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("reader", told.reader);
  if (told.by_person) writer.member("person", true);
  writer.member("channel", told.channel).member("basis", told.ground).optional_member("grant", told.grant);
  writer.optional_member("purpose", told.purpose).member("at", told.at_us).key("looks").begin_array();
  for (const auto& [what, events] : looks)
    writer.begin_object().member("owner", what.first).optional_member("reference", what.second).member("events", events).end_object();
  writer.end_array().end_object();
  return out;
}

store::NewEntry entry_of(const PartyId& reader, int64_t now_us, std::string body, std::span<const Look> looks) {
  store::NewEntry entry;
  entry.kind = EntryKind::read;
  entry.party = reader;
  entry.received_us = now_us;
  entry.body = std::move(body);
  for (const auto& [what, events] : looks)
    if (entry.terms.empty() || entry.terms.back().key != owner_term(what.first)) entry.terms.push_back({owner_term(what.first), ""});
  return entry;
}

// What the entry tells this owner; nullopt where it is not in it.
Result<std::optional<Reading>> reading_of(const Entry& entry, const PartyId& owner) {
  const json::value parsed = TRY(parse_json(entry.body));
  const json::object* object = parsed.if_object();
  const json::array* looks = object == nullptr ? nullptr : array_of(*object, "looks");
  if (looks == nullptr) return fail(Code::internal, "an entry of a reading cannot be read", std::to_string(entry.position));
  Reading reading;
  for (const json::value& item : *looks) {
    const json::object* look = item.if_object();
    if (look == nullptr || text_of(*look, "owner") != owner) continue;
    reading.events += static_cast<uint64_t>(integer_of(*look, "events").value_or(0));
    if (const std::string_view reference = text_of(*look, "reference"); !reference.empty()) reading.references.emplace_back(reference);
  }
  if (reading.events == 0) return std::nullopt;
  reading.position = entry.position;
  reading.at_us = integer_of(*object, "at").value_or(entry.received_us);
  reading.reader = text_of(*object, "reader");
  reading.by_person = truth_of(*object, "person").value_or(false);
  reading.channel = text_of(*object, "channel");
  reading.ground = text_of(*object, "basis");
  reading.grant = text_of(*object, "grant");
  reading.purpose = text_of(*object, "purpose");
  return reading;
}

}  // namespace

std::string_view name(Channel channel) { return kChannels.at(static_cast<size_t>(channel)); }
std::string_view name(Ground ground) { return kGrounds.at(static_cast<size_t>(ground)); }

void Looks::add(Key key, const HeldGrant* grant, size_t events) {
  Value& value = looks_[std::move(key)];
  value.events += events;
  if (grant == nullptr) return;
  value.purpose = grant->purpose;
  value.sealed = grant->sealed;
}

void Looks::saw(const PartyId& sender, const Event& event, const HeldGrant* grant) {
  if (sender == reader_->party.id) return;
  Key key{Ground::named, "", sender, common_reference(event)};
  if (reader_->is_operator()) key.ground = Ground::operation;
  if (grant != nullptr) {
    key.ground = grant->kind == GrantKind::legal_basis ? Ground::legal_basis : Ground::grant;
    key.grant = grant->id;
    if (grant->from != sender && grant->from != reader_->party.id) {
      Key giver = key;
      giver.owner = grant->from;
      add(std::move(giver), grant, 1);
    }
  }
  add(std::move(key), grant, 1);
}

void Looks::saw_many(const PartyId& sender, size_t events) {
  if (sender == reader_->party.id || events == 0) return;
  add({reader_->is_operator() ? Ground::operation : Ground::named, "", sender, ""}, nullptr, events);
}

void Looks::saw_record(const PartyId& owner, std::string_view reference) {
  if (owner == reader_->party.id) return;
  add({reader_->is_operator() ? Ground::operation : Ground::named, "", owner, std::string(reference)}, nullptr, 1);
}

AccessLog::AccessLog(store::Store& store, Env& env, int64_t sealed_us)
    : store_(store), env_(env), sealed_us_(sealed_us), thread_([this] { run(); }) {}

AccessLog::~AccessLog() { stop(); }

void AccessLog::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (!thread_.joinable()) return;
  thread_.join();
  if (const Status written = flush(); !written) log::error("who looked could not be written at the end: {}", written.error().text());
}

void AccessLog::run() {
  constexpr auto kPeriod = std::chrono::milliseconds(static_cast<int>(kFlushSeconds * 1000));
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, kPeriod, [this] { return stopping_; });
    if (stopping_) return;
    lock.unlock();
    if (const Status written = flush(); !written) log::warn("who looked waits to be written: {}", written.error().text());
    if (const Status opened = open_sealed(); !opened) log::warn("sealed readings wait to be told: {}", opened.error().text());
    lock.lock();
  }
}

bool AccessLog::has_room() {
  const std::lock_guard lock(mutex_);
  return looks_waiting_ < limits::kLooksWaitingMax;
}

Status AccessLog::note(Looks looks) {
  if (looks.empty()) return {};
  const int64_t now_us = env_.now_us();
  const Viewer& reader = *looks.reader_;
  const std::lock_guard lock(mutex_);
  if (looks_waiting_ >= limits::kLooksWaitingMax)
    return fail(Code::overloaded, "nothing of others' can be shown now", "who looked cannot be written down", "try again in a moment");
  for (auto& [key, value] : looks.looks_) {
    Waiting& waiting = waiting_[{reader.party.id, !reader.person.empty(), looks.channel_, key.ground, key.grant}];
    if (waiting.first_us == 0) waiting.first_us = now_us;
    waiting.purpose = std::move(value.purpose);
    waiting.sealed = value.sealed;
    size_t& events = waiting.looks[{key.owner, key.reference}];
    if (events == 0) ++looks_waiting_;
    events += value.events;
  }
  return {};
}

store::Batch AccessLog::batch_of(const std::map<EntryKey, Waiting>& waiting) {
  store::Batch batch;
  const int64_t now_us = env_.now_us();
  for (const auto& [key, what] : waiting) {
    const std::vector<Look> looks(what.looks.begin(), what.looks.end());
    for (size_t first = 0; first < looks.size(); first += kLooksPerEntryMax) {
      const std::span<const Look> part = std::span(looks).subspan(first, std::min(kLooksPerEntryMax, looks.size() - first));
      std::string body =
          body_of({name(key.channel), name(key.ground), key.grant, what.purpose, key.reader, key.by_person, what.first_us}, part);
      if (what.sealed)
        batch.state.push_back(
            {fmt::format("{}{:016x}/{}", kSealedPrefix, static_cast<uint64_t>(now_us + sealed_us_), random_id(env_, kSealedIdCharacters)),
             body, 0});
      batch.entries.push_back(entry_of(key.reader, now_us, std::move(body), what.sealed ? std::span<const Look>() : part));
    }
  }
  return batch;
}

Status AccessLog::flush() {
  const std::lock_guard flushing(flushing_);
  std::map<EntryKey, Waiting> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(waiting_);
  }
  if (taken.empty()) return {};
  const Result<store::Receipt> written = store_.commit_and_wait(batch_of(taken));
  const std::lock_guard lock(mutex_);
  if (written) {
    looks_waiting_ = 0;
    for (const auto& [key, waiting] : waiting_) looks_waiting_ += waiting.looks.size();
    return {};
  }
  for (auto& [key, waiting] : taken) {  // back into what waits
    Waiting& kept = waiting_[key];
    kept.purpose = waiting.purpose, kept.sealed = waiting.sealed, kept.first_us = waiting.first_us;
    for (const auto& [look, events] : waiting.looks) kept.looks[look] += events;
  }
  return std::unexpected(written.error());
}

// Tells the owners of the sealed readings whose time has come. Several servers may try: the first one's write stands.
Status AccessLog::open_sealed() {
  const int64_t now_us = env_.now_us();
  const auto due = TRY(TRY(store_.snapshot())->state_scan(kSealedPrefix, "", kScanPage));
  for (const auto& [key, value] : due) {
    const std::string opens = key.substr(kSealedPrefix.size(), 16);
    if (static_cast<int64_t>(std::strtoull(opens.c_str(), nullptr, 16)) > now_us) return {};  // and all after it
    const json::value parsed = TRY(parse_json(value.value));
    std::vector<Look> looks;
    for (const json::value& item : *array_of(parsed.get_object(), "looks"))
      looks.push_back({{std::string(text_of(item.get_object(), "owner")), ""}, 0});
    store::Batch batch;
    batch.state.push_back({key, std::nullopt, value.version});
    batch.entries.push_back(entry_of(std::string(text_of(parsed.get_object(), "reader")), now_us, value.value, looks));
    const auto written = store_.commit_and_wait(std::move(batch));
    if (!written && written.error().code != Code::conflict) return std::unexpected(written.error());
  }
  return {};
}

Result<AccessLog::Page> AccessLog::told(const PartyId& owner, const Query& query) {
  const auto snapshot = TRY(store_.snapshot());
  Page page;
  store::TermScan scan{owner_term(owner), true, query.before, kScanPage};
  while (true) {
    const std::vector<store::TermHit> hits = TRY(snapshot->scan(scan));
    std::vector<Position> positions;
    for (const store::TermHit& hit : hits) positions.push_back(hit.position);
    for (const Entry& entry : TRY(snapshot->entries(positions))) {
      const auto reading = TRY(reading_of(entry, owner));
      if (!reading || reading->at_us < query.from_us || reading->at_us >= query.until_us) continue;
      if (!query.reader.empty() && reading->reader != query.reader) continue;
      if (page.readings.size() == query.limit) {
        page.next = page.readings.back().position;
        return page;
      }
      page.readings.push_back(*reading);
    }
    if (hits.size() < kScanPage) return page;
    scan.after = hits.back().position;
  }
}

}  // namespace fairway::access
