#include "ledger/anchor/anchorer.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/log.h"
#include "ledger/anchor/fees.h"

namespace fairway::ledger::anchor {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kSendAgainAfterS = 10;  // a transaction that no block has
// Measured with anvil: 77,000 for the first anchor of a contract with 3 signatures, 60,000 for those that follow.
// What is not used costs nothing.
constexpr uint64_t kAnchorGas = 120'000;
constexpr uint64_t kGasPerSignature = 15'000;

std::string describe(const Pending& pending) {
  return "size " + std::to_string(pending.size) + ", nonce " + std::to_string(pending.nonce) + ", " +
         std::to_string(pending.attempts.size()) + (pending.attempts.size() == 1 ? " transaction" : " transactions");
}

uint64_t next_free(const Queue& queue) {
  uint64_t nonce = 0;
  for (const Pending& pending : queue.pending) nonce = std::max(nonce, pending.nonce + 1);
  return nonce;
}

}  // namespace

std::string to_json(const AnchorStatus& status) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("chain", std::string_view(status.chain)).member("chainId", status.site.chain_id);
  json.member("contract", to_text(status.site.contract)).member("size", status.anchored_size).member("time", status.anchored_time_s);
  json.key("pending").begin_array();
  for (const std::string& pending : status.pending) json.value(std::string_view(pending));
  json.end_array().key("troubles").begin_array();
  for (const std::string& trouble : status.troubles) json.value(std::string_view(trouble));
  json.end_array().optional_member("error", status.error).end_object();
  return out;
}

Anchorer::Anchorer(Rooms rooms, Profile profile, std::string origin, Outside outside)
    : rooms_(std::move(rooms)),
      profile_(std::move(profile)),
      site_{profile_.chain_id, profile_.contract.value_or(Address{})},
      origin_(std::move(origin)),
      signer_(std::move(outside.signer)),
      stopping_(std::move(outside.stopping)),
      nodes_(std::move(outside.nodes)),
      ask_(std::move(outside.ask)) {
  status_.chain = profile_.name;
  status_.site = site_;
}

Result<std::unique_ptr<Anchorer>> Anchorer::open(Rooms rooms, const Profile& profile, std::string origin) {
  if (!profile.contract)
    return fail(Code::invalid, "the chain's profile names no contract", profile.name, "fairway admin ledger anchor deploy makes one");
  if (profile.sender_key_file.empty()) return fail(Code::invalid, "the chain's profile names no sender-key", profile.name);
  auto stopping = std::make_shared<std::atomic<bool>>(false);
  Outside outside{TRY(load_tx_signer(profile.sender_key_file, false, rooms.env)), TRY(Nodes::open(profile, stopping.get())),
                  ask_over_http(stopping.get()), stopping};
  return std::make_unique<Anchorer>(std::move(rooms), profile, std::move(origin), std::move(outside));
}

Anchorer::~Anchorer() { stop(); }

void Anchorer::start() {
  thread_ = std::thread([this] { run(); });
}

void Anchorer::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_->store(true);
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

AnchorStatus Anchorer::status() const {
  const std::scoped_lock lock(mutex_);
  return status_;
}

void Anchorer::run() {
  std::string last_error;
  while (!stopping_->load()) {
    const Status done = step();
    const std::string error = done ? std::string() : done.error().text();
    if (error != last_error && !error.empty() && !stopping_->load()) log::warn("anchor: {}", error);
    last_error = error;
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, std::chrono::milliseconds(profile_.poll_ms), [this] { return stopping_->load(); });
  }
}

Status Anchorer::step() {
  if (!rooms_.store.figures().sequencer) return {};  // another server anchors
  const Status done = look();
  const std::scoped_lock lock(mutex_);
  status_.error = done ? std::string() : done.error().text();
  status_.troubles = nodes_.troubles();
  return done;
}

// Whatever fails for one anchor does not keep the others from being looked at.
Status Anchorer::look() {
  Queue queue;
  {
    const auto snapshot = TRY(rooms_.store.snapshot());
    queue = TRY(load_queue(*snapshot, site_, origin_));
    const std::optional<AnchorRecord> latest = TRY(latest_anchor(*snapshot));
    const std::scoped_lock lock(mutex_);
    if (latest && latest->site == site_) status_.anchored_size = latest->size, status_.anchored_time_s = latest->block_time_s;
  }
  if (!contract_checked_) {
    TRY_OK(check_contract(nodes_, site_.contract, origin_));
    contract_checked_ = true;
  }
  Status first;
  for (size_t i = 0; i < queue.pending.size();) {
    const size_t before = queue.pending.size();
    const Status followed = follow(queue, i);
    if (!followed && first) first = followed;
    if (queue.pending.size() == before) ++i;
  }
  const Status put = put_in(queue);
  if (!put && first) first = put;
  show(queue);
  return first;
}

void Anchorer::show(const Queue& queue) {
  const std::scoped_lock lock(mutex_);
  status_.pending.clear();
  for (const Pending& pending : queue.pending) status_.pending.push_back(describe(pending));
}

Status Anchorer::follow(Queue& queue, size_t index) {
  Pending& pending = queue.pending[index];
  const Result<Fate> fate = fate_of(
      nodes_, {&site_.contract, origin_hash(origin_), Anchored{pending.size, pending.root}, pending.attempts, profile_.confirmations});
  if (!fate) {  // who does not know it may take it; it is the same transaction
    (void)send(pending);
    return std::unexpected(fate.error());
  }
  switch (fate->stage) {
    case Stage::mined:
      sent_us_.erase(pending.attempts.back().hash);  // should it fall out of its block, it goes out again at once
      return {};
    case Stage::final: return finish(queue, index, *fate);
    case Stage::reverted: {
      log::warn("anchor: the contract has refused {}; another may have anchored it, or a later tree", describe(pending));
      queue.pending.erase(queue.pending.begin() + static_cast<std::ptrdiff_t>(index));
      return write(queue);
    }
    case Stage::missing: return push(queue, pending);
  }
  return {};
}

// Makes a record of it and takes it out of the queue, in one batch.
Status Anchorer::finish(Queue& queue, size_t index, const Fate& fate) {
  const Pending& pending = queue.pending[index];
  AnchorRecord record{site_,           origin_,           pending.size,      pending.root,      fate.receipt.transaction,
                      fate.block.hash, fate.block.number, fate.block.time_s, fate.receipt.json, fate.block.header};
  for (const Attempt& attempt : pending.attempts) sent_us_.erase(attempt.hash);
  store::Batch batch;
  const auto snapshot = TRY(rooms_.store.snapshot());
  TRY_OK(keep(*snapshot, record, batch));
  queue.pending.erase(queue.pending.begin() + static_cast<std::ptrdiff_t>(index));
  TRY_OK(write(queue, std::move(batch)));
  log::info("anchor: the tree of size {} is final in block {} of {}, {} gas", record.size, record.block_number, profile_.name,
            fate.receipt.gas_used);
  const std::scoped_lock lock(mutex_);
  status_.anchored_size = record.size;
  status_.anchored_time_s = record.block_time_s;
  return {};
}

// Of one that no block has: sends it again, and after a while makes it dearer, or gives it another nonce where its own is used up.
Status Anchorer::push(Queue& queue, Pending& pending) {
  const Status sent = send(pending);
  if (rooms_.env.now_us() - pending.attempts.back().at_us < profile_.stuck_s * kSecond) return sent;
  const uint64_t used = TRY(used_nonces());
  const Fee& old = pending.attempts.back().fee;
  const Fee now = fee_now();
  if (used > pending.nonce) return replace(queue, pending, now, std::max(used, next_free(queue)));
  const bool is_next = &pending == &*std::ranges::min_element(queue.pending, {}, &Pending::nonce);
  if (is_next && used < pending.nonce) return replace(queue, pending, now, used);  // a gap: one before it was final, and is no more
  const std::optional<Fee> fee = dearer(profile_.fee, old, now);
  if (fee) return replace(queue, pending, *fee, pending.nonce);
  if (profile_.fee.kind != FeeKind::zero && sent)
    return fail(Code::overloaded, "an anchor waits, and may not pay more for its gas", describe(pending), "raise max-fee in the profile");
  return sent;
}

Status Anchorer::replace(Queue& queue, Pending& pending, const Fee& fee, uint64_t nonce) {
  const Pending before = pending;
  pending.nonce = nonce;
  const Status made = add_attempt(pending, fee);
  if (made)
    log::info("anchor: {} was in no block for {} s: sent again with {} wei a unit of gas", describe(pending), profile_.stuck_s, fee.max);
  const Status written = made ? write(queue) : made;
  if (!written) pending = before;
  return written ? send(pending) : written;
}

Status Anchorer::add_attempt(Pending& pending, const Fee& fee) const {
  Transaction transaction{profile_.chain_id, pending.nonce, fee, 0, site_.contract, 0, {}};
  transaction.gas = kAnchorGas + kGasPerSignature * (pending.signatures.size() / 65);
  transaction.data = anchor_data(pending.size, pending.root, pending.signatures);
  SignedTransaction made = TRY(sign(transaction, *signer_));
  if (pending.attempts.size() == kAttemptsMax) pending.attempts.erase(pending.attempts.begin() + 1);
  pending.attempts.push_back({made.hash, fee, rooms_.env.now_us()});
  pending.raw = std::move(made.raw);
  return {};
}

Status Anchorer::send(const Pending& pending) {
  int64_t& sent_us = sent_us_[pending.attempts.back().hash];
  const int64_t now = rooms_.env.now_us();
  if (sent_us != 0 && now - sent_us < kSendAgainAfterS * kSecond) return {};
  TRY_OK(nodes_.send(pending.raw));
  sent_us = now;
  return {};
}

Fee Anchorer::fee_now() { return fee_for(profile_.fee, profile_.fee.kind == FeeKind::eip1559 ? base_fee(nodes_) : 0); }

Result<uint64_t> Anchorer::used_nonces() {
  return nodes_.agreed<uint64_t>(
      "the sender's nonce", [this](Node& node) { return node.nonce(signer_->address()); },
      [](const uint64_t& nonce) { return std::to_string(nonce); });
}

// Nothing is sent before it is durable.
Status Anchorer::write(Queue& queue, store::Batch batch) {
  batch.state.push_back(write_of(queue));
  TRY(rooms_.store.commit_and_wait(std::move(batch)));
  ++queue.version;
  return {};
}

Status Anchorer::put_in(Queue& queue) {
  const int64_t now = rooms_.env.now_us();
  if (queue.last_at_us != 0 && now - queue.last_at_us < profile_.interval_s * kSecond) return {};
  const std::optional<SignedCheckpoint> latest = rooms_.latest();
  const Checkpoint* const checkpoint = latest ? &latest->checkpoint : nullptr;
  if (checkpoint == nullptr || checkpoint->size <= queue.last_size || queue.pending.size() == kQueueMax) return {};
  const Anchored on_chain = TRY(contract_latest(nodes_, site_.contract));
  if (on_chain.size > checkpoint->size || (on_chain.size == checkpoint->size && on_chain.root != checkpoint->root))
    return fail(Code::conflict, "the contract has another history than this log",
                "the contract: size " + std::to_string(on_chain.size) + "; this log: size " + std::to_string(checkpoint->size),
                "this store is older than what was anchored: restore the newest one");
  if (on_chain.size == checkpoint->size) return {};
  const WitnessSet set = TRY(contract_witnesses(nodes_, site_.contract));
  Pending pending{checkpoint->size, checkpoint->root, {}, 0, {}, {}};
  pending.signatures = TRY(collect_signatures(site_, *latest, set, profile_.witnesses, ask_));
  pending.nonce = std::max(TRY(used_nonces()), next_free(queue));
  TRY_OK(add_attempt(pending, fee_now()));
  Queue next = queue;
  next.pending.push_back(std::move(pending));
  next.last_size = checkpoint->size;
  next.last_at_us = now;
  TRY_OK(write(next));
  queue = std::move(next);
  return send(queue.pending.back());
}

}  // namespace fairway::ledger::anchor
