// A store in a scratch folder with everything of access on it, and a clock that the test owns.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "access/identity.h"

namespace fairway::access {

inline constexpr const char* kPassword = "rainy harbour at dawn";

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/fairway-access-XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    directory_ = pattern;
    auto opened = store::open("rocksdb:" + directory_ + "/store", env_);
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
    identity_ = std::make_unique<Identity>(*store_, env_, settings());
  }
  void TearDown() override {
    identity_.reset();
    store_.reset();
    std::filesystem::remove_all(directory_);
  }
  virtual IdentitySettings settings() { return {.secret_file = directory_ + "/secret"}; }

  IssuedKey add(std::string name, Role role, std::vector<PartyIdentifier> identifiers = {}) {
    auto issued = identity_->registry.add_party({std::move(name), role, std::move(identifiers)});
    EXPECT_TRUE(issued) << issued.error().text();
    return issued.value_or(IssuedKey{});
  }
  IssuedInvitation invite(const PartyId& party, std::string email, KeyScopes rights = KeyScopes::all()) {
    auto issued = identity_->invitations.invite(party, {.party = party, .email = std::move(email), .rights = rights});
    EXPECT_TRUE(issued) << issued.error().text();
    return issued.value_or(IssuedInvitation{});
  }
  // Somebody who has accepted an invitation and is signed in.
  OpenedSession join(const PartyId& party, const std::string& email, KeyScopes rights = KeyScopes::all()) {
    auto opened = identity_->invitations.accept(invite(party, email, rights).token, {"Anna", kPassword, {}});
    EXPECT_TRUE(opened) << opened.error().text();
    return opened.value_or(OpenedSession{});
  }
  Result<OpenedSession> knock(std::string_view email, std::string_view password, std::string_view code = {},
                              std::string_view peer = "192.0.2.1") {
    return identity_->sign_in.with_password({.email = email, .password = password, .code = code, .peer = peer});
  }
  void pass_seconds(int64_t seconds) { env_.advance_us(seconds * 1'000'000); }

  ManualEnv env_{1'700'000'000'000'000, 7};
  std::string directory_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Identity> identity_;
};

}  // namespace fairway::access
