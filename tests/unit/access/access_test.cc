// Access against a real store: keys, the rule of who sees what, and what the log says of a key.
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "base/limits.h"
#include "unit/access/support.h"

namespace fairway::access {
namespace {

class AccessTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    registry_ = &identity_->registry;
    authenticator_ = &identity_->authenticator;
  }

  Registry* registry_ = nullptr;
  Authenticator* authenticator_ = nullptr;
};

TEST_F(AccessTest, AKeyOpensItsPartyAndNothingElseDoes) {
  const IssuedKey issued = add("Hongkong International Terminals", Role::terminal, {{"SMDG", "HIT"}});
  auto viewer = authenticator_->authenticate({.authorization = "Bearer " + issued.key});
  ASSERT_TRUE(viewer) << viewer.error().text();
  EXPECT_EQ((*viewer)->party.name, "Hongkong International Terminals");
  EXPECT_TRUE(authenticator_->authenticate({.authorization = "bearer   " + issued.key}));  // the scheme's case does not matter
  for (const std::string& wrong : {std::string(), std::string("Bearer "), "Bearer " + issued.key + "x", "Basic " + issued.key,
                                   "Bearer fw_" + issued.record.id + "_guess", std::string("Bearer fw_000000000000_guess"),
                                   "Bearer " + std::string(limits::kApiKeyBytesMax + 1, 'a')}) {
    auto refused = authenticator_->authenticate({.authorization = wrong});
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, Code::unauthorized);
  }
}

TEST_F(AccessTest, RecallKnowsOnlyAKeyThatWasCheckedJustNow) {
  const std::string header = "Bearer " + add("HIT", Role::terminal).key;
  EXPECT_EQ(authenticator_->recall({.authorization = header}), nullptr) << "nothing is hashed to find out";
  ASSERT_TRUE(authenticator_->authenticate({.authorization = header}));
  EXPECT_NE(authenticator_->recall({.authorization = header}), nullptr);
  EXPECT_EQ(authenticator_->recall({.authorization = header + "x"}), nullptr);
  EXPECT_EQ(authenticator_->recall({.authorization = "Bearer "}), nullptr);
  env_.advance_us(kTrustSeconds * 1'000'000LL);
  EXPECT_EQ(authenticator_->recall({.authorization = header}), nullptr);
}

TEST_F(AccessTest, WrongKeysInACrowdWaitForEachOtherOnlySoLong) {
  const std::string guess = "Bearer fw_" + add("HIT", Role::terminal).record.id + "_guess";
  constexpr size_t kCrowd = limits::kKeyChecksWaitingMax + 16;
  std::atomic<size_t> refused = 0, turned_away = 0;
  std::latch begin(kCrowd);
  std::vector<std::jthread> crowd;
  for (size_t i = 0; i < kCrowd; ++i) {
    crowd.emplace_back([&] {
      begin.arrive_and_wait();
      const auto answer = authenticator_->authenticate({.authorization = guess});
      ++(answer.error().code == Code::overloaded ? turned_away : refused);
    });
  }
  crowd.clear();
  EXPECT_GT(turned_away, 0u);
  EXPECT_EQ(refused + turned_away, kCrowd);
  EXPECT_GE(refused, limits::kKeyChecksWaitingMax);
  EXPECT_EQ(authenticator_->authenticate({.authorization = guess}).error().code, Code::unauthorized) << "and room is there again";
}

TEST_F(AccessTest, TheStoreKeepsAHashAndTheLogNeitherKeyNorHash) {
  const IssuedKey issued = add("Bank of Examples", Role::bank);
  auto record = registry_->key(issued.record.id);
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
  ASSERT_TRUE(authenticator_->authenticate({.authorization = "Bearer " + issued.key}));
  ASSERT_TRUE(registry_->withdraw_key(issued.record.id));
  env_.advance_us(kTrustSeconds * 1'000'000LL);
  auto refused = authenticator_->authenticate({.authorization = "Bearer " + issued.key});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::unauthorized);
  EXPECT_FALSE(registry_->withdraw_key("000000000000"));
}

TEST_F(AccessTest, ASecondKeyWorksBesideTheFirst) {
  const IssuedKey first = add("Harbour Haulage", Role::haulier);
  auto second = registry_->add_key(first.party.id);
  ASSERT_TRUE(second);
  EXPECT_TRUE(authenticator_->authenticate({.authorization = "Bearer " + first.key}));
  EXPECT_TRUE(authenticator_->authenticate({.authorization = "Bearer " + second->key}));
  EXPECT_FALSE(registry_->add_key("pty_nobody"));
}

TEST_F(AccessTest, AKeyEndsWhenItExpires) {
  const PartyId party = add("HIT", Role::terminal).party.id;
  KeyWish wish;
  wish.expires_us = env_.now_us() + 1'000'000;
  const auto issued = registry_->add_key(party, wish);
  ASSERT_TRUE(issued);
  EXPECT_TRUE(authenticator_->authenticate({.authorization = "Bearer " + issued->key}));
  env_.advance_us(999'999);
  EXPECT_TRUE(authenticator_->authenticate({.authorization = "Bearer " + issued->key}));
  env_.advance_us(1);
  EXPECT_FALSE(authenticator_->authenticate({.authorization = "Bearer " + issued->key})) << "at once, though it was trusted a moment ago";
  EXPECT_EQ(authenticator_->recall({.authorization = "Bearer " + issued->key}), nullptr);
}

TEST_F(AccessTest, ARotatedKeyAndItsSuccessorOverlap) {
  const PartyId party = add("HIT", Role::terminal).party.id;
  KeyWish wish;
  wish.label = "gate";
  wish.scopes = *KeyScopes::from_names({"send"});
  const auto old = registry_->add_key(party, wish);
  ASSERT_TRUE(old);
  const auto successor = registry_->rotate_key(old->record, 60'000'000);
  ASSERT_TRUE(successor) << successor.error().text();
  EXPECT_EQ(successor->record.wish.label, "gate");
  EXPECT_EQ(successor->record.wish.scopes, wish.scopes);
  EXPECT_TRUE(authenticator_->authenticate({.authorization = "Bearer " + old->key}));
  EXPECT_TRUE(authenticator_->authenticate({.authorization = "Bearer " + successor->key}));
  EXPECT_EQ(registry_->rotate_key(old->record, 0).error().code, Code::conflict) << "somebody has rotated it meanwhile";
  env_.advance_us(60'000'000);
  EXPECT_FALSE(authenticator_->authenticate({.authorization = "Bearer " + old->key}));
  EXPECT_TRUE(authenticator_->authenticate({.authorization = "Bearer " + successor->key}));
  const auto keys = registry_->keys(party);
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->size(), 3u);
}

TEST_F(AccessTest, AKeyIsForItsScopesAlone) {
  const PartyId party = add("HIT", Role::terminal).party.id;
  KeyWish wish;
  wish.scopes = *KeyScopes::from_names({"send"});
  const auto viewer = authenticator_->authenticate({.authorization = "Bearer " + registry_->add_key(party, wish)->key});
  ASSERT_TRUE(viewer);
  EXPECT_TRUE((*viewer)->may_send());
  EXPECT_EQ((*viewer)->may_read().error().code, Code::forbidden);
  EXPECT_EQ((*viewer)->may_manage().error().code, Code::forbidden);
  EXPECT_FALSE(KeyScopes::all().within(wish.scopes));
  EXPECT_TRUE(wish.scopes.within(KeyScopes::all()));
  EXPECT_FALSE(KeyScopes::from_names({}));
  EXPECT_FALSE(KeyScopes::from_names({"everything"}));
}

TEST(KeyTest, TheOwnerSeesEverythingButTheHash) {
  const auto wish = key_wish_from_json(R"({"label":" gate ","scopes":["read","send"],"expires":"2026-12-01T00:00:00+08:00"})", 0);
  ASSERT_TRUE(wish) << wish.error().text();
  const KeyRecord key{.id = "k", .party = "pty_1", .hash = "$argon2id$", .wish = *wish, .created_us = 1'000'000};
  EXPECT_EQ(
      describe(key, 2'000'000),
      R"({"keyID":"k","label":"gate","scopes":["read","send"],"expires":"2026-11-30T16:00:00Z","created":"1970-01-01T00:00:01Z","status":"active"})");
  EXPECT_EQ(to_json(*key_from_json("k", to_json(key))), to_json(key));
  for (const char* wrong :
       {"", "[]", R"({"scopes":[]})", R"({"scopes":[1]})", R"({"expires":"soon"})", R"({"expires":"1969-12-31T00:00:00Z"})"})
    EXPECT_FALSE(key_wish_from_json(wrong, 0)) << wrong;
  EXPECT_FALSE(key_wish_from_json(R"({"label":")" + std::string(limits::kKeyLabelBytesMax + 1, 'x') + "\"}", 0));
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

TEST(ViewerTest, ItsOwnAndTheOperatorEverything) {
  const Viewer carrier = make_viewer({"pty_a", "Line", Role::carrier, {{"SMDG", "OOL"}}, 0});
  EXPECT_TRUE(carrier.sees_sent_by("pty_a"));
  EXPECT_FALSE(carrier.sees_sent_by("pty_b"));
  EXPECT_TRUE(make_viewer({"pty_o", "Port", Role::operator_, {}, 0}).sees_sent_by("pty_b"));
}

TEST(ViewerTest, BanksAndInsurersOnlyRead) {
  EXPECT_FALSE(make_viewer({"pty_a", "Bank", Role::bank, {}, 0}).may_send());
  EXPECT_TRUE(make_viewer({"pty_a", "Line", Role::carrier, {}, 0}).may_send());
}

}  // namespace
}  // namespace fairway::access
