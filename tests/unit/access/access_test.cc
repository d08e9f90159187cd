// Access against a real store: keys, the rule of who sees what, and what the log says of a key.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "access/authenticator.h"
#include "access/registry.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

class AccessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/fairway-access-XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    directory_ = pattern;
    auto opened = store::open("rocksdb:" + directory_, env_);
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
    registry_ = std::make_unique<Registry>(*store_, env_);
    authenticator_ = std::make_unique<Authenticator>(*registry_, env_);
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }
  IssuedKey add(std::string name, Role role, std::vector<PartyIdentifier> identifiers = {}) {
    auto issued = registry_->add_party({std::move(name), role, std::move(identifiers)});
    EXPECT_TRUE(issued) << issued.error().text();
    return issued.value_or(IssuedKey{});
  }

  ManualEnv env_{1'700'000'000'000'000, 7};
  std::string directory_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Registry> registry_;
  std::unique_ptr<Authenticator> authenticator_;
};

TEST_F(AccessTest, AKeyOpensItsPartyAndNothingElseDoes) {
  const IssuedKey issued = add("Hongkong International Terminals", Role::terminal, {{"SMDG", "HIT"}});
  auto viewer = authenticator_->authenticate("Bearer " + issued.key);
  ASSERT_TRUE(viewer) << viewer.error().text();
  EXPECT_EQ((*viewer)->party.name, "Hongkong International Terminals");
  EXPECT_TRUE(authenticator_->authenticate("bearer   " + issued.key));  // the scheme's case does not matter
  for (const std::string& wrong :
       {std::string(), std::string("Bearer "), "Bearer " + issued.key + "x", "Basic " + issued.key, "Bearer fw_" + issued.key_id + "_guess",
        std::string("Bearer fw_000000000000_guess"), "Bearer " + std::string(limits::kApiKeyBytesMax + 1, 'a')}) {
    auto refused = authenticator_->authenticate(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, Code::unauthorized);
  }
}

TEST_F(AccessTest, TheStoreKeepsAHashAndTheLogNeitherKeyNorHash) {
  const IssuedKey issued = add("Bank of Examples", Role::bank);
  auto record = registry_->key(issued.key_id);
  ASSERT_TRUE(record && *record);
  EXPECT_TRUE((*record)->hash.starts_with("$argon2id$"));
  auto snapshot = store_->snapshot();
  ASSERT_TRUE(snapshot);
  auto entries = (*snapshot)->range(1, 10);
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2u);  // the party, and that it was given a key
  for (const Entry& entry : *entries) {
    EXPECT_EQ(entry.body.find(issued.key.substr(16)), std::string::npos);
    EXPECT_EQ(entry.body.find("argon2"), std::string::npos);
  }
}

TEST_F(AccessTest, AWithdrawnKeyIsRefusedWithinTheTrustTime) {
  const IssuedKey issued = add("Slow Boat Line", Role::carrier);
  ASSERT_TRUE(authenticator_->authenticate("Bearer " + issued.key));
  ASSERT_TRUE(registry_->withdraw_key(issued.key_id));
  env_.advance_us(kKeyTrustSeconds * 1'000'000LL);
  auto refused = authenticator_->authenticate("Bearer " + issued.key);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::unauthorized);
  EXPECT_FALSE(registry_->withdraw_key("000000000000"));
}

TEST_F(AccessTest, ASecondKeyWorksBesideTheFirst) {
  const IssuedKey first = add("Harbour Haulage", Role::haulier);
  auto second = registry_->add_key(first.party.id);
  ASSERT_TRUE(second);
  EXPECT_TRUE(authenticator_->authenticate("Bearer " + first.key));
  EXPECT_TRUE(authenticator_->authenticate("Bearer " + second->key));
  EXPECT_FALSE(registry_->add_key("pty_nobody"));
}

TEST_F(AccessTest, AnIdentifierBelongsToOneParty) {
  add("First", Role::carrier, {{"SCAC", "MSCU"}});
  auto second = registry_->add_party({"Second", Role::carrier, {{"SCAC", "MSCU"}}});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::conflict);
  EXPECT_EQ(second.error().detail, "SCAC:MSCU");
  EXPECT_FALSE(registry_->add_party({"  ", Role::carrier, {}}));
}

TEST_F(AccessTest, PartiesAreListed) {
  for (int i = 0; i < 3; ++i) add("Party " + std::to_string(i), Role::shipper);
  auto parties = registry_->parties();
  ASSERT_TRUE(parties);
  EXPECT_EQ(parties->size(), 3u);
}

TEST(ViewerTest, SeesWhatItSentAndOpensWhatOthersNameItOn) {
  const PartyIdentifier cosco{"SMDG", "COS"}, other{"SMDG", "MSC"};
  const Viewer carrier = make_viewer({"pty_a", "COSCO", Role::carrier, {cosco}, 0});
  const std::vector<uint64_t> named = {name_hash(cosco)}, unnamed = {name_hash(other)};
  EXPECT_TRUE(carrier.sees_sent_by("pty_a"));
  EXPECT_FALSE(carrier.sees_sent_by("pty_b"));
  EXPECT_TRUE(carrier.opens_journey("pty_b", named));
  EXPECT_FALSE(carrier.opens_journey("pty_b", unnamed));
  EXPECT_FALSE(carrier.opens_journey("pty_a", named)) << "a party lets itself in by writing its own name";
  const Viewer port = make_viewer({"pty_o", "Port", Role::operator_, {}, 0});
  EXPECT_TRUE(port.sees_sent_by("pty_b"));
  EXPECT_TRUE(port.opens_journey("pty_b", {}));
}

TEST(ViewerTest, BanksAndInsurersOnlyRead) {
  EXPECT_FALSE(make_viewer({"pty_a", "Bank", Role::bank, {}, 0}).may_send());
  EXPECT_TRUE(make_viewer({"pty_a", "Line", Role::carrier, {}, 0}).may_send());
}

}  // namespace
}  // namespace fairway::access
