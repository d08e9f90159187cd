#include "ledger/timestamper.h"

#include <algorithm>

#include "base/instant.h"
#include "base/log.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"
#include "ledger/tree_store.h"

namespace fairway::ledger {
Result<std::unique_ptr<Timestamper>> Timestamper::open(store::Store& store, Env& env, const TimestamperOptions& options) {
  TRY_OK(check_timestamp_url(options.authority.url));
  TimestampTrust trust;
  if (!options.ca_file.empty()) trust = TRY(timestamp_trust_in(options.ca_file));
  return std::unique_ptr<Timestamper>(new Timestamper(store, env, options, std::move(trust)));
}

void Timestamper::start() {
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void Timestamper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Result<bool> Timestamper::stamp_newest() {
  std::string note;
  std::optional<Timestamp> latest;
  {
    const auto snapshot = TRY(store_.snapshot());
    note = TRY(TreeStore(*snapshot).witnessed());
    latest = TRY(latest_timestamp(*snapshot));
  }
  if (note.empty()) return false;
  const Note read = TRY(note_from(note));
  const Checkpoint checkpoint = TRY(checkpoint_from(read.text));
  if (checkpoint.size == 0 || (latest && latest->size >= checkpoint.size)) return false;
  Timestamp stamp{.size = checkpoint.size, .note = std::move(note)};
  stamp.reply = TRY(ask_for_stamp(options_.authority, trust_, stamp.note, env_, &stopping_));
  const StampedTime stamped = TRY(verify_timestamp(stamp.reply, stamp.note, trust_));
  stamp.at_us = stamped.at_us, stamp.authority = stamped.authority;
  TRY(store_.commit_and_wait(keeping(stamp)));
  const std::lock_guard lock(mutex_);
  figures_.size = stamp.size, figures_.at_us = stamp.at_us, ++figures_.stamps;
  return true;
}

void Timestamper::run() {
  while (!stopping_) {
    const Result<bool> stamped = stamp_newest();
    std::unique_lock lock(mutex_);
    const std::string trouble = stamped ? std::string() : stamped.error().text();
    if (!stamped) ++figures_.failures;
    if (!stamped && trouble != figures_.trouble) log::warn("no time stamp: {}", trouble);
    figures_.trouble = trouble;
    // Before the first checkpoint there is nothing to stamp yet: that is looked for sooner.
    const bool waits_long = stamped && (*stamped || figures_.stamps != 0);
    wake_.wait_for(lock, waits_long ? options_.interval : std::min(options_.retry, options_.interval), [this] { return stopping_.load(); });
  }
}

void append_json(JsonWriter& writer, const Timestamper::Figures& figures) {
  writer.begin_object();
  if (figures.size != 0) writer.member("size", figures.size).member("at", to_rfc3339_utc(figures.at_us));
  writer.member("stamps", figures.stamps).member("failures", figures.failures).optional_member("trouble", figures.trouble).end_object();
}

Timestamper::Figures Timestamper::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

}  // namespace fairway::ledger
