// Kept: consignments, filings and bundles as one snapshot of the store has them, and how a change of one enters a batch. Shared by the
// parts of Book. Pure but for the snapshot; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "filing/life/book.h"
#include "store/store.h"

namespace fairway::filing {

[[nodiscard]] Result<std::optional<Consignment>> read_consignment(store::Snapshot& snapshot, const Schema& schema, std::string_view id);
// All that is kept of it but the record.
[[nodiscard]] std::string to_json(const Consignment& consignment);
[[nodiscard]] Result<std::optional<Filing>> read_filing(store::Snapshot& snapshot, std::string_view id);
[[nodiscard]] Result<std::vector<Filing>> read_filings_of(store::Snapshot& snapshot, std::string_view consignment);

struct FilingChange {
  const Filing* before = nullptr;  // null: it is new
  const Filing& after;
  std::string_view what, person;
  int64_t now_us = 0;
};
// The filing, its entry and the indexes that follow from the change; not its letter.
[[nodiscard]] Status put_filing(store::Snapshot& snapshot, store::Batch& batch, const FilingChange& change);

// Commits; false where somebody was faster and it is worth another try.
[[nodiscard]] Result<bool> commit_or_conflict(store::Store& store, store::Batch batch, int attempt);

}  // namespace fairway::filing
