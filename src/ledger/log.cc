#include "ledger/log.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/log.h"
#include "ledger/policy.h"
#include "ledger/state_keys.h"
#include "ledger/tree_store.h"

namespace fairway::ledger {
namespace {

// The name that checkpoints of this store begin with. Set once: proofs that people hold are by that name.
Result<std::string> settle_origin(store::Store& store, const LogOptions& options) {
  const auto kept = TRY(TRY(store.snapshot())->state(kOriginKey));
  const std::string& wanted = options.origin.empty() ? options.default_origin : options.origin;
  if (!kept) {
    if (!is_key_name(wanted)) return fail(Code::invalid, "not a name for a log", legible(wanted), "--ledger-origin port.example/ledger");
    const auto named = store.commit_and_wait({.entries = {}, .state = {{std::string(kOriginKey), wanted, 0}}});
    if (!named && named.error().code == Code::conflict) return settle_origin(store, options);  // another server was first
    TRY_OK(named ? Status() : std::unexpected(named.error()));
    log::info("ledger: it is called {} from now on; nothing can change that later", wanted);
    return wanted;
  }
  if (!options.origin.empty() && options.origin != kept->value)
    return fail(Code::conflict, "the store's ledger has another name", kept->value + ", not " + options.origin,
                "--ledger-origin " + kept->value + ", or none: a log keeps its name for good");
  return kept->value;
}

// Who lost the key cannot go on under the name: everybody would take that for another log's doing.
Status signed_before_by(const Signer& signer, const std::string& note) {
  if (note.empty()) return {};
  const VerifierKey key = signer.key();
  const auto verified = verify(TRY(note_from(note)), std::span(&key, 1));
  if (verified && !verified->signatures.empty()) return {};
  return fail(Code::forbidden, "the ledger was signed with another key until now", key.name,
              "name the file of the key that it was signed with by --ledger-key; --ledger-key none serves without a ledger");
}

Result<std::string> seed_of(const LogOptions& options, bool signed_before) {
  auto seed = load_seed(options.key_file, !signed_before);
  if (seed || !signed_before) return seed;
  seed.error().hint =
      "the store's ledger has been signed before: put its key there, or name it by --ledger-key; --ledger-key none serves " +
      std::string("without a ledger");
  return seed;
}

// The policy with this log's own line, where it has not got one.
Result<std::string> policy_with(const VerifierKey& key, const LogOptions& options) {
  const std::string text = options.policy.empty() ? "quorum none\n" : options.policy;
  const Policy given = TRY(policy_from(text));
  if (std::ranges::find(given.logs, key, &PolicyLog::key) != given.logs.end()) return text;
  if (!given.logs.empty())
    return fail(Code::invalid, "the policy is for another log", to_text(given.logs.front().key),
                "its log line must be: log " + to_text(key));
  return "log " + to_text(key) + (options.url.empty() ? "" : " " + options.url) + "\n" + text;
}

// The tree may wait while others need the processor, but never so long that a receipt's promise is in danger.
constexpr int late_after_ms(int64_t promise_s) { return static_cast<int>(std::clamp<int64_t>(promise_s * 1000 / 6, 1, 10'000)); }

}  // namespace

Result<std::unique_ptr<Log>> Log::open(store::Store& store, Env& env, const LogOptions& options) {
  const std::string origin = TRY(settle_origin(store, options));
  const auto snapshot = TRY(store.snapshot());
  const std::string note = TRY(TreeStore(*snapshot).checkpoint());
  const std::string seed = TRY(seed_of(options, !note.empty()));
  std::unique_ptr<Signer> signer = TRY(make_signer(origin, SignatureKind::ed25519, seed));
  TRY_OK(signed_before_by(*signer, note));
  std::string text = TRY(policy_with(signer->key(), options));
  Policy policy = TRY(policy_from(text));
  return std::unique_ptr<Log>(new Log(store, env, options, std::move(signer), std::move(text), std::move(policy)));
}

Log::Log(store::Store& store, Env& env, const LogOptions& options, std::unique_ptr<Signer> signer, std::string policy_text, Policy policy)
    : signer_(std::move(signer)),
      policy_text_(std::move(policy_text)),
      promise_s_(options.promise_s),
      checkpoints_(store, env, std::move(policy)),
      publisher_(store, env, *signer_, checkpoints_),
      sequencer_(store, env, {.batch_ms = options.batch_ms, .late_ms = late_after_ms(options.promise_s), .interruption = nullptr},
                 [this](const Stepped& stepped) { publisher_.head_moved(stepped.another_wrote); }) {}

void Log::start() {
  publisher_.start();
  sequencer_.start();
}

void Log::stop() {
  sequencer_.stop();
  checkpoints_.stop();
  publisher_.stop();
}

}  // namespace fairway::ledger
