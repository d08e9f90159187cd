#include "app/anchor_command.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <memory>
#include <thread>

#include "app/report.h"
#include "ledger/anchor/deploy.h"

namespace fairway::app {
namespace {

using namespace ledger::anchor;

Result<std::unique_ptr<TxSigner>> sender_of(const Profile& profile, bool make) {
  if (profile.sender_key_file.empty()) return fail(Code::invalid, "the chain's profile names no sender-key", profile.name);
  return load_tx_signer(profile.sender_key_file, make, Env::system());
}

Result<WitnessSet> set_of(const AnchorOptions& options, const Profile& profile) {
  WitnessSet set;
  for (const std::string& witness : options.witnesses) set.witnesses.push_back(TRY(address_from(witness)));
  if (set.witnesses.empty())
    for (const AnchorWitness& witness : profile.witnesses) set.witnesses.push_back(witness.address);
  set.threshold = options.threshold != 0 ? options.threshold : 2 * set.witnesses.size() / 3 + 1;
  TRY_OK(check_set(set));
  return set;
}

Result<Deployed> deploy_contract(const AnchorOptions& options) {
  const Profile profile = TRY(load_profile(options.profile));
  const Deployment wanted{options.origin, TRY(set_of(options, profile)), options.delay_s};
  const std::unique_ptr<TxSigner> sender = TRY(sender_of(profile, false));
  Nodes nodes = TRY(Nodes::open(profile));
  return deploy(nodes, profile, wanted, *sender, Env::system(), options.patience_s,
                [&] { std::this_thread::sleep_for(std::chrono::milliseconds(std::min<int64_t>(profile.poll_ms, 1'000))); });
}

Result<std::string> look(const AnchorOptions& options) {
  const Profile profile = TRY(load_profile(options.profile));
  Nodes nodes = TRY(Nodes::open(profile));
  const Result<std::unique_ptr<TxSigner>> sender = sender_of(profile, false);
  const Address* address = sender ? &(*sender)->address() : nullptr;  // who only looks needs no key
  return contract_status(nodes, profile, address);
}

Result<std::string> key_address(const AnchorOptions& options) {
  const Profile profile = TRY(load_profile(options.profile));
  return to_text(TRY(sender_of(profile, true))->address());
}

int print(const Result<std::string>& answer) {
  if (!answer) return complain(answer.error(), answer.error().code == Code::unavailable ? kCannotRun : kFailed);
  std::cout << *answer << std::endl;
  return kOk;
}

}  // namespace

int anchor_key(const AnchorOptions& options) { return print(key_address(options)); }

int anchor_deploy(const AnchorOptions& options) {
  const Result<Deployed> made = deploy_contract(options);
  if (made) std::cerr << made->gas << " gas; put it into the profile: contract = " << to_text(made->contract) << "\n";
  return print(made ? Result<std::string>(to_text(made->contract)) : std::unexpected(made.error()));
}

int anchor_status(const AnchorOptions& options) { return print(look(options)); }

void add_anchor_office(CLI::App& ledger, int& status) {
  CLI::App* anchor = ledger.add_subcommand("anchor", "the log's contract on a chain");
  anchor->require_subcommand(1);
  const auto options = std::make_shared<AnchorOptions>();
  const auto add = [&](const char* name, const char* what, int (*run)(const AnchorOptions&)) {
    CLI::App* verb = anchor->add_subcommand(name, what);
    verb->add_option("--profile", options->profile, "the chain's profile, a file (docs/reference/ledger.md)")->required();
    verb->callback([options, run, &status] { status = run(*options); });
    return verb;
  };
  add("key", "print the address that pays, and make its key where there is none", anchor_key);
  add("status", "print what the nodes say of the contract, as JSON", anchor_status);
  CLI::App* make = add("deploy", "make the log's contract and print its address", anchor_deploy);
  make->add_option("--origin", options->origin, "the log's name: the first line of its checkpoints")->required();
  make->add_option("--witness", options->witnesses, "address of a witness; once for each; the profile's without it");
  make->add_option("--threshold", options->threshold, "how many witnesses must sign: more than half; without it more than two thirds")
      ->check(CLI::Range(1, 32));
  make->add_option("--delay", options->delay_s, "seconds before an announced change of witnesses can count")
      ->check(CLI::Range(0, 31'536'000))
      ->capture_default_str();
  make->add_option("--wait", options->patience_s, "seconds to wait for the block")->check(CLI::Range(1, 86'400))->capture_default_str();
}

}  // namespace fairway::app
