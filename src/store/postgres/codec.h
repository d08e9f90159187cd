// Codec: batches and receipts as bytes, for the table through which servers hand batches to the holder of the lease.
//
// A version byte, then big-endian numbers of 8 bytes and strings with their length before them. Pure functions; any thread.
// Bytes that were not written by the encoder are Code::internal, never more.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace fairway::store::postgres {

[[nodiscard]] std::string encode_batches(std::span<const Batch* const> batches);
[[nodiscard]] Result<std::vector<Batch>> decode_batches(std::string_view bytes);

[[nodiscard]] std::string encode_receipts(std::span<const Result<Receipt>> receipts);
[[nodiscard]] Result<std::vector<Result<Receipt>>> decode_receipts(std::string_view bytes);

}  // namespace fairway::store::postgres
