// AccessLog: who looked at whose data. Every answer that shows a party another's events is noted here before it is sent; twice a second
// what was noted becomes entries of the log, one for each reader, channel and ground, found again by the owners in them.
//
// An owner is whoever sent the event, and whoever gave the grant by which it was seen. What an owner is told is what it knows already: its
// own events' references, never what the reader asked for. A reading for a sealed investigation is told once its time has come: until then
// it is an entry that no owner finds.
//
// Notes wait in memory for at most kFlushSeconds while the store can be written; a server that is killed loses them. Past
// limits::kLooksWaitingMax nothing of another's is shown any more until they are written. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

#include "access/grant_book.h"
#include "access/viewer.h"
#include "base/env.h"
#include "base/status.h"
#include "model/event.h"
#include "store/store.h"

namespace fairway::access {

enum class Channel : uint8_t { journey, events, stream, export_, callback, filing };
[[nodiscard]] std::string_view name(Channel channel);  // "journey", "events", "stream", "export", "callback", "filing"

// Why the reader saw it.
enum class Ground : uint8_t { named, grant, legal_basis, operation };
[[nodiscard]] std::string_view name(Ground ground);  // "named", "grant", "legal_basis", "operator"

// What one answer showed, gathered event by event.
class Looks {
 public:
  Looks(const Viewer& reader, Channel channel) : reader_(&reader), channel_(channel) {}
  // `grant`: by which it was seen, null where none was needed. Own events are no look.
  void saw(const PartyId& sender, const Event& event, const HeldGrant* grant = nullptr);
  // The same of many events at once, where to name each would be endless.
  void saw_many(const PartyId& sender, size_t events);
  // A consignment's record or a filing, which its owner knows by this.
  void saw_record(const PartyId& owner, std::string_view reference);
  [[nodiscard]] bool empty() const { return looks_.empty(); }

 private:
  friend class AccessLog;
  struct Key {
    Ground ground = Ground::named;
    std::string grant;
    PartyId owner;
    std::string reference;  // Reference::key(), "" where there are too many to name
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Value {
    size_t events = 0;
    std::string purpose;
    bool sealed = false;
  };
  void add(Key key, const HeldGrant* grant, size_t events);

  const Viewer* reader_;
  Channel channel_;
  std::map<Key, Value> looks_;
};

// One reading, as one owner is told of it.
struct Reading {
  Position position = 0;  // of the entry
  int64_t at_us = 0;
  PartyId reader;
  bool by_person = false;
  std::string channel, ground, grant, purpose;
  std::vector<std::string> references;
  uint64_t events = 0;
};

class AccessLog {
 public:
  static constexpr double kFlushSeconds = 0.5;

  // `sealed_us`: how long after the reading the owners hear of a sealed one.
  AccessLog(store::Store& store, Env& env, int64_t sealed_us);
  ~AccessLog();

  // Code::overloaded where too much waits to be written: then nothing may be shown.
  [[nodiscard]] Status note(Looks looks);
  [[nodiscard]] bool has_room();
  // Writes what waits, now.
  [[nodiscard]] Status flush();
  // Writes what waits and ends the thread.
  void stop();

  struct Query {
    Position before = 0;  // 0: from the newest
    int64_t from_us = 0, until_us = INT64_MAX;
    PartyId reader;  // "": whoever
    size_t limit = 50;
  };
  struct Page {
    std::vector<Reading> readings;  // the newest first
    Position next = 0;              // `before` of the page after it, 0 at the end
  };
  [[nodiscard]] Result<Page> told(const PartyId& owner, const Query& query);

 private:
  // What becomes one entry.
  struct EntryKey {
    PartyId reader;
    bool by_person = false;
    Channel channel = Channel::journey;
    Ground ground = Ground::named;
    std::string grant;
    friend auto operator<=>(const EntryKey&, const EntryKey&) = default;
  };
  struct Waiting {
    std::string purpose;
    bool sealed = false;
    int64_t first_us = 0;
    std::map<std::pair<PartyId, std::string>, size_t> looks;  // by owner and reference
  };
  void run();
  store::Batch batch_of(const std::map<EntryKey, Waiting>& waiting);
  Status open_sealed();

  store::Store& store_;
  Env& env_;
  const int64_t sealed_us_;
  std::mutex mutex_, flushing_;
  std::condition_variable wake_;
  std::map<EntryKey, Waiting> waiting_;
  size_t looks_waiting_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fairway::access
