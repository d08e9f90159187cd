#include "store/rocksdb/layout.h"

#include "base/bytes.h"

namespace fairway::store {
namespace {

constexpr size_t kNumberBytes = 8;
constexpr size_t kLogHeadBytes = 1 + kNumberBytes + 2;  // kind, received, length of the party

constexpr char kZero = '\x00';
constexpr char kZeroItself = '\xFF';  // after kZero: a zero byte of the key
constexpr char kKeyEnds = '\x01';     // after kZero: the key ends; less than kZeroItself, so that a key sorts before its extensions
constexpr size_t kKeyEndBytes = 2;

std::unexpected<Error> damaged(std::string_view what) { return fail(Code::internal, "the store is damaged", std::string(what)); }

}  // namespace

std::string log_key(Position position) {
  std::string key;
  append_u64(key, position);
  return key;
}

void append_log_value(std::string& out, EntryKind kind, std::string_view party, int64_t received_us, std::string_view body) {
  out.reserve(out.size() + kLogHeadBytes + party.size() + body.size());
  out += static_cast<char>(kind);
  append_u64(out, static_cast<uint64_t>(received_us));
  out += static_cast<char>(party.size() >> 8);
  out += static_cast<char>(party.size() & 0xFF);
  out += party;
  out += body;
}

Result<Entry> read_log_value(Position position, std::string_view value) {
  if (value.size() < kLogHeadBytes) return damaged("an entry is cut off");
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(value[at]); };
  const size_t party_bytes = static_cast<size_t>(byte(kLogHeadBytes - 2)) << 8 | byte(kLogHeadBytes - 1);
  if (value.size() < kLogHeadBytes + party_bytes) return damaged("the party of an entry is cut off");
  if (byte(0) < static_cast<unsigned>(EntryKind::event) || byte(0) > static_cast<unsigned>(kLastEntryKind))
    return damaged("an entry is of no known kind");
  Entry entry;
  entry.position = position;
  entry.kind = static_cast<EntryKind>(byte(0));
  entry.received_us = static_cast<int64_t>(read_u64(value.data() + 1));
  entry.party = value.substr(kLogHeadBytes, party_bytes);
  entry.body = value.substr(kLogHeadBytes + party_bytes);
  return entry;
}

void append_term_prefix(std::string& out, std::string_view key) {
  for (;;) {
    const size_t zero = key.find(kZero);
    out.append(key.substr(0, zero));
    if (zero == std::string_view::npos) break;
    out += kZero;
    out += kZeroItself;
    key.remove_prefix(zero + 1);
  }
  out += kZero;
  out += kKeyEnds;
}

Position term_position(std::string_view stored_key) { return read_u64(stored_key.data() + stored_key.size() - kNumberBytes); }

Result<std::string> term_key(std::string_view stored_key) {
  if (stored_key.size() < kKeyEndBytes + kNumberBytes) return damaged("a term is cut off");
  std::string_view escaped = stored_key.substr(0, stored_key.size() - kNumberBytes - kKeyEndBytes);
  std::string key;
  for (;;) {
    const size_t zero = escaped.find(kZero);
    key.append(escaped.substr(0, zero));
    if (zero == std::string_view::npos) return key;
    if (zero + 1 >= escaped.size() || escaped[zero + 1] != kZeroItself) return damaged("the key of a term is malformed");
    key += kZero;
    escaped.remove_prefix(zero + 2);
  }
}

void append_state_value(std::string& out, uint64_t version, std::string_view value) {
  append_u64(out, version);
  out += value;
}

Result<uint64_t> state_version(std::string_view stored) {
  if (stored.size() < kNumberBytes) return damaged("a state is cut off");
  return read_u64(stored.data());
}

Result<StateValue> read_state_value(std::string_view stored) {
  const uint64_t version = TRY(state_version(stored));
  return StateValue{.value = std::string(stored.substr(kNumberBytes)), .version = version};
}

void append_identity_value(std::string& out, Position position, std::string_view digest) {
  append_u64(out, position);
  out += digest;
}

Result<IdentityValue> read_identity_value(std::string_view stored) {
  if (stored.size() < kNumberBytes) return damaged("an identity is cut off");
  return IdentityValue{.position = read_u64(stored.data()), .digest = stored.substr(kNumberBytes)};
}

std::string after_prefix(std::string_view prefix) {
  std::string next(prefix);
  while (!next.empty() && next.back() == '\xFF') next.pop_back();
  if (!next.empty()) ++next.back();
  return next;
}

}  // namespace fairway::store
