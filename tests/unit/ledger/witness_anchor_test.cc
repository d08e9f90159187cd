// What a witness says to a contract: only what it has cosigned.
#include <gtest/gtest.h>

#include "http/client.h"
#include "ledger/anchor/sign_anchor.h"
#include "ledger/witness/anchor_routes.h"
#include "unit/ledger/witness_support.h"

namespace fairway::ledger::witness {
namespace {

TEST(WitnessAnchor, IsSignedOnlyWhereItWasCosigned) {
  const ScratchFolder folder;
  const TestLog log(30);
  const auto witness =
      Witness::open(folder / "w", test_signer("w", SignatureKind::cosignature, 'w'), {log.followed()}, Env::system()).value();
  const auto signer = anchor::make_tx_signer(std::string(32, 'k')).value();
  http::Router router;
  add_anchor_routes(router, *witness, *signer);
  http::ServerOptions options;
  options.listen = "127.0.0.1:0";
  const auto server = http::Server::start(std::move(options), std::move(router)).value();
  const auto client = http::Client::open("http://" + server->address()).value();
  const anchor::Site site{31337, signer->address()};
  const auto ask = [&](const std::string& body) { return client->send({http::Method::post, "/sign-anchor", {}, body}).value(); };
  const auto ask_for = [&](uint64_t size, const Hash& root) {
    return ask(to_json(anchor::AnchorRequest{site, {kOrigin, size, root, {}}, ""}));
  };

  EXPECT_EQ(ask_for(12, log.tree().root(12)).status, 403) << "not cosigned yet";
  ASSERT_EQ(witness->add_checkpoint(log.request(0, 12)).status, 200);
  const auto answered = ask_for(12, log.tree().root(12));
  ASSERT_EQ(answered.status, 200) << answered.body;
  const Hash digest = anchor::anchor_digest(site, kOrigin, 12, log.tree().root(12));
  EXPECT_EQ(anchor::signer_of(digest, anchor::signature_of_answer(answered.body).value()).value(), signer->address());
  EXPECT_EQ(ask_for(12, kOtherRoot).status, 403);
  EXPECT_EQ(ask_for(13, log.tree().root(13)).status, 403);
  EXPECT_EQ(ask("{}").status, 400);
  EXPECT_EQ(ask("").status, 400);
  EXPECT_EQ(ask(std::string(1u << 20, ' ')).status, 413);
}

}  // namespace
}  // namespace fairway::ledger::witness
