// AnchorRecord: an anchor that is final: which tree, on which chain, in which block, with what the nodes said of it. Evidence carries it.
//
//   state "ledger/anchor/latest"      the newest
//   state "ledger/anchor/done/SIZE"   the last ones, by the tree's size in 16 hex digits
//
// Values; any thread. Code::invalid for a text that is no record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/anchor/digest.h"
#include "ledger/merkle.h"
#include "store/store.h"

namespace fairway::ledger::anchor {

inline constexpr size_t kAnchorsKept = 256;  // records; the oldest go

struct AnchorRecord {
  Site site;
  std::string origin;
  uint64_t size = 0;
  Hash root{};
  Hash transaction{};
  Hash block{};
  uint64_t block_number = 0;
  uint64_t block_time_s = 0;  // seconds since 1970, by the block's own header
  std::string receipt;        // JSON, as a node gave it
  std::string header;         // the block's, JSON, without the lists of what is in it
  friend bool operator==(const AnchorRecord&, const AnchorRecord&) = default;
};
// {"version":1,"chainId":N,"contract":"0x…","origin":…,"size":N,"root":BASE64,"transaction":"0x…","block":"0x…","blockNumber":N,
// "blockTime":N,"receipt":{…},"header":{…}}
[[nodiscard]] std::string to_json(const AnchorRecord& record);
[[nodiscard]] Result<AnchorRecord> anchor_record_from_json(std::string_view text);

// The newest anchor; nullopt before the first.
[[nodiscard]] Result<std::optional<AnchorRecord>> latest_anchor(store::Snapshot& snapshot);
// The one of the smallest tree that is kept and has at least so many leaves: the first that fixed them.
[[nodiscard]] Result<std::optional<AnchorRecord>> first_anchor_of(store::Snapshot& snapshot, uint64_t size_min);
// Adds the writes that keep it, and take out what is too old.
[[nodiscard]] Status keep(store::Snapshot& snapshot, const AnchorRecord& record, store::Batch& batch);

}  // namespace fairway::ledger::anchor
