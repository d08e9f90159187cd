// Timestamper: has the newest witnessed checkpoint stamped by an RFC 3161 authority, at an interval, and keeps the stamps in the store.
//
// One thread, so that an authority that is slow or away holds up nothing. Several servers over one store stamp what none of them has
// stamped yet. Thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/env.h"
#include "base/json_writer.h"
#include "base/status.h"
#include "ledger/timestamp_client.h"
#include "store/store.h"

namespace fairway::ledger {

struct TimestamperOptions {
  TimestampAuthority authority;
  std::string ca_file;                  // PEM; "" for those that the system trusts
  std::chrono::seconds interval{3600};  // between two stamps
  std::chrono::seconds retry{60};       // after one that failed
};

class Timestamper {
 public:
  // Code::invalid where the certificates cannot be read.
  [[nodiscard]] static Result<std::unique_ptr<Timestamper>> open(store::Store& store, Env& env, const TimestamperOptions& options);
  ~Timestamper() { stop(); }
  Timestamper(const Timestamper&) = delete;
  Timestamper& operator=(const Timestamper&) = delete;
  void start();
  void stop();

  // Stamps the newest witnessed checkpoint unless its tree is stamped already; true where it did. The thread's own; tests call it.
  [[nodiscard]] Result<bool> stamp_newest();

  struct Figures {
    uint64_t size = 0;  // of the tree last stamped by this run of the program
    int64_t at_us = 0;  // the authority's clock then
    uint64_t stamps = 0, failures = 0;
    std::string trouble;  // why nothing was stamped the last time; ""
  };
  [[nodiscard]] Figures figures() const;

 private:
  Timestamper(store::Store& store, Env& env, TimestamperOptions options, TimestampTrust trust)
      : store_(store), env_(env), options_(std::move(options)), trust_(std::move(trust)) {}
  void run();

  store::Store& store_;
  Env& env_;
  const TimestamperOptions options_;
  const TimestampTrust trust_;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  Figures figures_;
  std::thread thread_;
};

// {"size","at","stamps","failures","trouble"}: the first two once something was stamped, the last where there is one.
void append_json(JsonWriter& writer, const Timestamper::Figures& figures);

}  // namespace fairway::ledger
