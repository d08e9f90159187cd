#include "store/postgres/codec.h"

#include <algorithm>

#include "base/bytes.h"

namespace fairway::store::postgres {
namespace {

constexpr char kVersion = 1;
constexpr char kVersionErasing = 2;  // every batch has erasures behind its states; written only where one has some, so that an older server
                                     // beside this one reads everything else

void put(std::string& out, uint64_t number) { append_u64(out, number); }
void put(std::string& out, std::string_view text) {
  append_u64(out, text.size());
  out += text;
}

// Reads what put() wrote. Once the bytes have run out it reads zeros and empty strings and says so at the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {
    if (bytes_.empty() || (bytes_[0] != kVersion && bytes_[0] != kVersionErasing)) {
      damaged_ = true;
      return;
    }
    version_ = bytes_[0];
    bytes_.remove_prefix(1);
  }

  [[nodiscard]] bool erases() const { return version_ == kVersionErasing; }

  uint64_t number() {
    if (damaged_ || bytes_.size() < 8) return damaged_ = true, 0;
    const uint64_t value = read_u64(bytes_.data());
    bytes_.remove_prefix(8);
    return value;
  }
  std::string text() {
    const uint64_t size = number();
    if (damaged_ || size > bytes_.size()) return damaged_ = true, std::string();
    std::string value(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return value;
  }
  // A count of things that take at least so many numbers each: never more than the bytes that are left can hold.
  uint64_t count(size_t numbers_min) {
    const uint64_t value = number();
    if (value > bytes_.size() / (8 * numbers_min)) return damaged_ = true, 0;
    return value;
  }
  [[nodiscard]] Status finish() const {
    if (damaged_ || !bytes_.empty()) return fail(Code::internal, "a submission to the sequencer is damaged");
    return {};
  }

 private:
  std::string_view bytes_;
  char version_ = kVersion;
  bool damaged_ = false;
};

void put_entry(std::string& out, const NewEntry& entry) {
  put(out, static_cast<uint64_t>(entry.kind));
  put(out, entry.party);
  put(out, static_cast<uint64_t>(entry.received_us));
  put(out, entry.body);
  put(out, entry.identity);
  put(out, entry.digest);
  put(out, entry.terms.size());
  for (const Term& term : entry.terms) put(out, term.key), put(out, term.value);
}

NewEntry read_entry(Reader& in) {
  NewEntry entry;
  entry.kind = static_cast<EntryKind>(in.number());
  entry.party = in.text();
  entry.received_us = static_cast<int64_t>(in.number());
  entry.body = in.text();
  entry.identity = in.text();
  entry.digest = in.text();
  entry.terms.resize(in.count(2));
  for (Term& term : entry.terms) term.key = in.text(), term.value = in.text();
  return entry;
}

void put_state(std::string& out, const StateWrite& write) {
  put(out, write.key);
  put(out, write.value.has_value());
  put(out, write.value.value_or(""));
  put(out, write.expect.has_value());
  put(out, write.expect.value_or(0));
}

StateWrite read_state(Reader& in) {
  StateWrite write;
  write.key = in.text();
  const bool has_value = in.number() != 0;
  std::string value = in.text();
  if (has_value) write.value = std::move(value);
  const bool has_expectation = in.number() != 0;
  const uint64_t expect = in.number();
  if (has_expectation) write.expect = expect;
  return write;
}

void put_erasure(std::string& out, const Erasure& erasure) {
  put(out, erasure.left.position);
  put(out, static_cast<uint64_t>(erasure.left.kind));
  put(out, erasure.left.party);
  put(out, static_cast<uint64_t>(erasure.left.received_us));
  put(out, erasure.left.body);
  for (const std::vector<std::string>* keys : {&erasure.terms, &erasure.identities}) {
    put(out, keys->size());
    for (const std::string& key : *keys) put(out, key);
  }
}

Erasure read_erasure(Reader& in) {
  Erasure erasure;
  erasure.left.position = in.number();
  erasure.left.kind = static_cast<EntryKind>(in.number());
  erasure.left.party = in.text();
  erasure.left.received_us = static_cast<int64_t>(in.number());
  erasure.left.body = in.text();
  for (std::vector<std::string>* keys : {&erasure.terms, &erasure.identities}) {
    keys->resize(in.count(1));
    for (std::string& key : *keys) key = in.text();
  }
  return erasure;
}

void put_receipt(std::string& out, const Receipt& receipt) {
  put(out, receipt.entries.size());
  for (const Appended& appended : receipt.entries) {
    put(out, appended.position);
    put(out, appended.fresh);
    put(out, appended.digest);
  }
}

Receipt read_receipt(Reader& in) {
  Receipt receipt;
  receipt.entries.resize(in.count(3));
  for (Appended& appended : receipt.entries) {
    appended.position = in.number();
    appended.fresh = in.number() != 0;
    appended.digest = in.text();
  }
  return receipt;
}

void put_error(std::string& out, const Error& error) {
  put(out, static_cast<uint64_t>(error.code));
  put(out, error.message);
  put(out, error.detail);
  put(out, error.hint);
}

Error read_error(Reader& in) {
  Error error;
  error.code = static_cast<Code>(in.number());
  error.message = in.text();
  error.detail = in.text();
  error.hint = in.text();
  return error;
}

}  // namespace

std::string encode_batches(std::span<const Batch* const> batches) {
  const bool erases = std::ranges::any_of(batches, [](const Batch* batch) { return !batch->erasures.empty(); });
  std::string out(1, erases ? kVersionErasing : kVersion);
  put(out, batches.size());
  for (const Batch* batch : batches) {
    put(out, batch->entries.size());
    for (const NewEntry& entry : batch->entries) put_entry(out, entry);
    put(out, batch->state.size());
    for (const StateWrite& write : batch->state) put_state(out, write);
    if (!erases) continue;
    put(out, batch->erasures.size());
    for (const Erasure& erasure : batch->erasures) put_erasure(out, erasure);
  }
  return out;
}

Result<std::vector<Batch>> decode_batches(std::string_view bytes) {
  Reader in(bytes);
  std::vector<Batch> batches(in.count(2));
  for (Batch& batch : batches) {
    batch.entries.resize(in.count(7));
    for (NewEntry& entry : batch.entries) entry = read_entry(in);
    batch.state.resize(in.count(5));
    for (StateWrite& write : batch.state) write = read_state(in);
    if (!in.erases()) continue;
    batch.erasures.resize(in.count(7));
    for (Erasure& erasure : batch.erasures) erasure = read_erasure(in);
  }
  TRY_OK(in.finish());
  return batches;
}

std::string encode_receipts(std::span<const Result<Receipt>> receipts) {
  std::string out(1, kVersion);
  put(out, receipts.size());
  for (const Result<Receipt>& receipt : receipts) {
    put(out, receipt.has_value());
    if (receipt.has_value())
      put_receipt(out, *receipt);
    else
      put_error(out, receipt.error());
  }
  return out;
}

Result<std::vector<Result<Receipt>>> decode_receipts(std::string_view bytes) {
  Reader in(bytes);
  std::vector<Result<Receipt>> receipts(in.count(2));
  for (Result<Receipt>& receipt : receipts) {
    if (in.number() != 0)
      receipt = read_receipt(in);
    else
      receipt = std::unexpected(read_error(in));
  }
  TRY_OK(in.finish());
  return receipts;
}

}  // namespace fairway::store::postgres
