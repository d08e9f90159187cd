// Layout: keys and values as the RocksDB engine writes them; docs/reference/log.md is the format. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"
#include "model/entry.h"
#include "store/store.h"

namespace fairway::store {

// The format of the folder. Raised when an older Fairway could not read what a newer one writes.
inline constexpr int kRocksdbFormat = 1;

// log: position → entry
[[nodiscard]] std::string log_key(Position position);
void append_log_value(std::string& out, EntryKind kind, std::string_view party, int64_t received_us, std::string_view body);
// `value` as append_log_value wrote it; Code::internal where it is damaged.
[[nodiscard]] Result<Entry> read_log_value(Position position, std::string_view value);

// term: (key, position) → value. A key's bytes are escaped so that no key is the start of another: all positions of one key stand
// together, and keys stand in the order of their bytes.
void append_term_prefix(std::string& out, std::string_view key);
// The position at the end of a term's key.
[[nodiscard]] Position term_position(std::string_view stored_key);
// The key as it was before append_term_prefix; Code::internal where it is damaged.
[[nodiscard]] Result<std::string> term_key(std::string_view stored_key);

// state: key → version and value
void append_state_value(std::string& out, uint64_t version, std::string_view value);
[[nodiscard]] Result<uint64_t> state_version(std::string_view stored);
[[nodiscard]] Result<StateValue> read_state_value(std::string_view stored);

// identity: identity → position and digest
void append_identity_value(std::string& out, Position position, std::string_view digest);
struct IdentityValue {
  Position position = 0;
  std::string_view digest;  // of what was read
};
[[nodiscard]] Result<IdentityValue> read_identity_value(std::string_view stored);

// The least key greater than every key that starts with `prefix`; empty where there is none.
[[nodiscard]] std::string after_prefix(std::string_view prefix);

}  // namespace fairway::store
