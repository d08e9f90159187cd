#include "exchange/inclusion.h"

#include "base/instant.h"
#include "base/json_writer.h"

namespace fairway::exchange {
namespace {

constexpr int64_t kSecondUs = 1'000'000;

std::string unsigned_for(std::string_view why) {
  std::string out;
  JsonWriter(out).begin_object().key("receipt").null().member("why", why).end_object();
  return out;
}

std::string signed_by(const ledger::SignedReceipt& receipt) {
  std::string out;
  out.reserve(receipt.json.size() * 5 / 4 + 64);
  JsonWriter writer(out);
  writer.begin_object().member("by", to_rfc3339_utc(static_cast<int64_t>(receipt.by_s) * kSecondUs));
  writer.member("receipt", receipt.json).end_object();
  return out;
}

}  // namespace

ledger::Promise promise_of(const intake::Outcome& outcome, const PartyId& party, const ledger::Hash& sent) {
  ledger::Promise promise{party, sent, {}};
  for (const intake::MessageFate& message : outcome.messages) {
    if (message.entry != 0) promise.entries.push_back({message.entry, "", {}});
    for (const intake::EventFate& event : message.events)
      if (event.entry != 0 && event.fate != intake::Fate::refused) promise.entries.push_back({event.entry, event.id, {}});
  }
  return promise;
}

void ask_inclusion(ledger::ReceiptSigner* signer, ledger::Promise promise, std::function<void(std::string)> done) {
  if (signer == nullptr) return done(unsigned_for("this server keeps no ledger"));
  if (promise.entries.empty()) return done(unsigned_for("nothing was accepted"));
  signer->sign(std::move(promise), [done = std::move(done)](const Result<ledger::SignedReceipt>& receipt) {
    done(receipt ? signed_by(*receipt) : unsigned_for(receipt.error().message));
  });
}

}  // namespace fairway::exchange
