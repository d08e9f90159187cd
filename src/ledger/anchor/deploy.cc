#include "ledger/anchor/deploy.h"

#include "base/bytes.h"
#include "base/json_writer.h"
#include "ledger/anchor/contract.h"
#include "ledger/anchor/fate.h"
#include "ledger/anchor/fees.h"
#include "ledger/anchor/quantity.h"

namespace fairway::ledger::anchor {
namespace {

// Measured with anvil: 1,570,000 with 4 witnesses. What is not used costs nothing.
constexpr uint64_t kDeployGas = 2'200'000;
constexpr uint64_t kGasPerWitness = 60'000;

Result<uint64_t> nonce_of(Nodes& nodes, const Address& sender) {
  return nodes.agreed<uint64_t>(
      "the sender's nonce", [&](Node& node) { return node.nonce(sender); }, [](const uint64_t& nonce) { return std::to_string(nonce); });
}

}  // namespace

Result<Deployed> deploy(Nodes& nodes, const Profile& profile, const Deployment& wanted, const TxSigner& signer, Env& env,
                        int64_t patience_s, const std::function<void()>& wait) {
  Transaction transaction{profile.chain_id, TRY(nonce_of(nodes, signer.address())), {}, 0, std::nullopt, 0, {}};
  transaction.fee = fee_for(profile.fee, profile.fee.kind == FeeKind::eip1559 ? base_fee(nodes) : 0);
  transaction.gas = kDeployGas + kGasPerWitness * wanted.set.witnesses.size();
  transaction.data = deploy_data(TRY(from_hex(kContractCode)), wanted.origin, wanted.set, wanted.delay_s);
  const SignedTransaction made = TRY(sign(transaction, signer));
  TRY_OK(nodes.send(made.raw));
  const Attempt attempt{made.hash, transaction.fee, env.now_us()};
  const int64_t end_us = env.now_us() + patience_s * 1'000'000;
  Result<Fate> fate = Fate{};
  while (env.now_us() < end_us) {
    fate = fate_of(nodes, {nullptr, {}, std::nullopt, {&attempt, 1}, profile.confirmations});
    if (fate && fate->stage == Stage::reverted) return fail(Code::conflict, "the chain has refused the contract", to_data(view(made.hash)));
    if (fate && fate->stage == Stage::final) {
      const Address contract = contract_address(signer.address(), transaction.nonce);
      if (fate->receipt.contract != contract) return fail(Code::conflict, "the contract is not where it should be", to_text(contract));
      TRY_OK(check_contract(nodes, contract, wanted.origin));
      return Deployed{contract, fate->receipt.gas_used};
    }
    wait();
  }
  return fail(Code::unavailable, "the contract is in no block that counts yet",
              to_data(view(made.hash)) + (fate ? ": " + describe(*fate) : ": " + fate.error().text()),
              "look again later: its address will be " + to_text(contract_address(signer.address(), transaction.nonce)));
}

Result<std::string> contract_status(Nodes& nodes, const Profile& profile, const Address* sender) {
  if (!profile.contract) return fail(Code::invalid, "the chain's profile names no contract", profile.name);
  const Anchored anchored = TRY(contract_latest(nodes, *profile.contract));
  const WitnessSet set = TRY(contract_witnesses(nodes, *profile.contract));
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("chain", std::string_view(profile.name)).member("chainId", profile.chain_id);
  json.member("contract", to_text(*profile.contract)).member("size", anchored.size).member("root", to_base64(view(anchored.root)));
  json.member("threshold", set.threshold).key("witnesses").begin_array();
  for (const Address& witness : set.witnesses) json.value(to_text(witness));
  json.end_array();
  if (sender != nullptr) json.member("sender", to_text(*sender)).member("nonce", TRY(nonce_of(nodes, *sender)));
  json.key("troubles").begin_array();
  for (const std::string& trouble : nodes.troubles()) json.value(std::string_view(trouble));
  json.end_array().end_object();
  return out;
}

}  // namespace fairway::ledger::anchor
