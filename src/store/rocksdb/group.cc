#include "store/rocksdb/group.h"

#include <algorithm>
#include <string>

#include "base/bytes.h"

namespace fairway::store {
namespace {

std::vector<rocksdb::Status> look_up(Database& database, Family family, const std::vector<rocksdb::Slice>& keys,
                                     std::vector<rocksdb::PinnableSlice>& values) {
  values = std::vector<rocksdb::PinnableSlice>(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  database.db().MultiGet(rocksdb::ReadOptions(), database.family(family), keys.size(), keys.data(), values.data(), statuses.data());
  return statuses;
}

}  // namespace

Group::Group(Database& database, std::span<const Batch* const> batches, Position last)
    : database_(database), batches_(batches), before_(last), last_(last) {}

Status Group::build() {
  TRY_OK(look_up_identities());
  TRY_OK(look_up_states());
  outcomes_.reserve(batches_.size());
  for (const Batch* batch : batches_) outcomes_.push_back(take(*batch));
  put_index();
  return to_status("write to the store", put_status_);
}

Status Group::write() {
  if (write_.Count() == 0) return {};
  return to_status("write to the store", database_.db().Write(durable_write(), &write_));
}

Status Group::look_up_identities() {
  std::vector<rocksdb::Slice> keys;
  for (const Batch* batch : batches_) {
    for (const NewEntry& entry : batch->entries)
      if (!entry.identity.empty()) keys.push_back(slice(entry.identity));
    for (const Erasure& erasure : batch->erasures)
      for (const std::string& identity : erasure.identities) keys.push_back(slice(identity));
  }
  if (keys.empty()) return {};
  const std::vector<rocksdb::Status> statuses = look_up(database_, Family::identity, keys, stored_identities_);
  identities_.reserve(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    TRY_OK(to_status("look up an identity", statuses[i]));
    identities_.insert_or_assign(view(keys[i]), TRY(read_identity_value(view(stored_identities_[i]))));
  }
  return {};
}

Status Group::look_up_states() {
  std::vector<rocksdb::Slice> keys;
  for (const Batch* batch : batches_)
    for (const StateWrite& state : batch->state)
      if (versions_.emplace(state.key, 0).second) keys.push_back(slice(state.key));
  if (keys.empty()) return {};
  std::vector<rocksdb::PinnableSlice> values;
  const std::vector<rocksdb::Status> statuses = look_up(database_, Family::state, keys, values);
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    TRY_OK(to_status("look up a state", statuses[i]));
    versions_[view(keys[i])] = TRY(state_version(view(values[i])));
  }
  return {};
}

Result<Receipt> Group::take(const Batch& batch) {
  TRY_OK(check_erasures(batch));
  TRY_OK(take_states(batch));
  for (const Erasure& erasure : batch.erasures) erase(erasure);
  Receipt receipt;
  receipt.entries.reserve(batch.entries.size());
  for (const NewEntry& entry : batch.entries) {
    if (!entry.identity.empty()) {
      const auto [known, fresh] = identities_.try_emplace(entry.identity, IdentityValue{last_ + 1, entry.digest});
      if (!fresh) {
        ++repeats_;
        receipt.entries.push_back({.position = known->second.position, .fresh = false, .digest = std::string(known->second.digest)});
        continue;
      }
    }
    ++last_;
    put_entry(entry);
    receipt.entries.push_back({.position = last_, .fresh = true, .digest = entry.digest});
  }
  return receipt;
}

Status Group::take_states(const Batch& batch) {
  // A batch may write one state twice: the versions are counted through first, so that a refusal leaves nothing behind.
  std::vector<uint64_t> before;
  before.reserve(batch.state.size());
  const auto take_back = [&] {
    for (size_t i = before.size(); i-- > 0;) versions_[batch.state[i].key] = before[i];
  };
  for (const StateWrite& state : batch.state) {
    uint64_t& version = versions_[state.key];
    if (state.expect.has_value() && *state.expect != version) {
      auto conflict = fail(Code::conflict, "the state was changed meanwhile",
                           "expected version " + std::to_string(*state.expect) + ", found " + std::to_string(version));
      take_back();
      return conflict;
    }
    before.push_back(version);
    version = state.value.has_value() ? version + 1 : 0;
  }
  for (size_t i = 0; i < before.size(); ++i) put_state(batch.state[i], before[i] + 1);
  return {};
}

Status Group::check_erasures(const Batch& batch) const {
  for (const Erasure& erasure : batch.erasures)
    if (erasure.left.position == 0 || erasure.left.position > before_)
      return fail(Code::not_found, "there is no entry at the position", std::to_string(erasure.left.position));
  return {};
}

void Group::erase(const Erasure& erasure) {
  key_.clear();
  append_u64(key_, erasure.left.position);
  value_.clear();
  append_log_value(value_, erasure.left.kind, erasure.left.party, erasure.left.received_us, erasure.left.body);
  put(Family::log, key_, value_);
  for (const std::string& term : erasure.terms) {
    key_.clear();
    append_term_prefix(key_, term);
    append_u64(key_, erasure.left.position);
    remove(Family::term, key_);
  }
  for (const std::string& identity : erasure.identities) {
    const auto known = identities_.find(identity);
    if (known == identities_.end() || known->second.position != erasure.left.position) continue;  // gone, or given to another entry since
    identities_.erase(known);
    remove(Family::identity, identity);
  }
}

void Group::put_entry(const NewEntry& entry) {
  key_.clear();
  append_u64(key_, last_);
  value_.clear();
  append_log_value(value_, entry.kind, entry.party, entry.received_us, entry.body);
  put(Family::log, key_, value_);
  for (const Term& term : entry.terms) {
    const size_t key_at = keys_.size();
    append_term_prefix(keys_, term.key);
    append_u64(keys_, last_);
    terms_.push_back({key_at, keys_.size() - key_at, term.value});
  }
  if (!entry.identity.empty()) fresh_.push_back({entry.identity, last_, entry.digest});
}

void Group::put_index() {
  const auto key_of = [&](const TermRow& row) { return std::string_view(keys_).substr(row.key_at, row.key_bytes); };
  std::ranges::sort(terms_, {}, key_of);
  for (const TermRow& row : terms_) put(Family::term, key_of(row), row.value);
  std::ranges::sort(fresh_, {}, &IdentityRow::identity);
  for (const IdentityRow& row : fresh_) {
    value_.clear();
    append_identity_value(value_, row.position, row.digest);
    put(Family::identity, row.identity, value_);
  }
}

void Group::put_state(const StateWrite& state, uint64_t version) {
  if (!state.value.has_value()) return remove(Family::state, state.key);
  value_.clear();
  append_state_value(value_, version, *state.value);
  put(Family::state, state.key, value_);
}

void Group::put(Family family, std::string_view key, std::string_view value) {
  const rocksdb::Status status = write_.Put(database_.family(family), slice(key), slice(value));
  if (put_status_.ok()) put_status_ = status;
}

void Group::remove(Family family, std::string_view key) {
  const rocksdb::Status status = write_.Delete(database_.family(family), slice(key));
  if (put_status_.ok()) put_status_ = status;
}

}  // namespace fairway::store
