// Time stamps against real authorities: a Python server over `openssl ts` (timestamp_authority.py). Skipped where there is no Python or
// openssl.
#include "ledger/timestamp.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include "base/env.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"
#include "ledger/state_keys.h"
#include "ledger/timestamper.h"
#include "store/store.h"

namespace fairway::ledger::timestamp_test {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The authorities of all tests, started once.
class Authorities {
 public:
  Authorities() {
    std::string pattern = (fs::temp_directory_path() / "fairway-tsa-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    const std::string script = FAIRWAY_SOURCE_DIR "/tests/unit/ledger/timestamp_authority.py", folder = folder_.string();
    std::array<char*, 4> words = {const_cast<char*>("python3"), const_cast<char*>(script.c_str()), const_cast<char*>(folder.c_str()),
                                  nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&process_, "python3", &actions, nullptr, words.data(), environ) != 0) process_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    for (int tries = 0; process_ > 0 && tries < 300 && port_.empty(); ++tries) {
      if (waitpid(process_, nullptr, WNOHANG) == process_) process_ = -1;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      port_ = content_of(folder_ / "port");
    }
  }
  ~Authorities() {
    if (process_ > 0) kill(process_, SIGKILL), waitpid(process_, nullptr, 0);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Authorities(const Authorities&) = delete;
  Authorities& operator=(const Authorities&) = delete;
  [[nodiscard]] bool running() const { return !port_.empty(); }
  [[nodiscard]] TimestampAuthority at(const std::string& path) const {
    return {"http://127.0.0.1:" + port_ + path, std::chrono::seconds(20)};
  }
  [[nodiscard]] std::string file(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] TimestampTrust trust(const std::string& name = "ca.pem") const { return timestamp_trust_in(file(name)).value(); }

 private:
  fs::path folder_;
  pid_t process_ = -1;
  std::string port_;
};

Authorities& authorities() {
  static Authorities all;
  return all;
}

constexpr std::string_view kNote = "port.example/ledger\n5\nroot\n\n— port.example/ledger sig\n";

int64_t now_us() { return Env::system().now_us(); }

class TimestampTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!authorities().running()) GTEST_SKIP() << "no python3 or openssl to stamp with";
  }
  static Result<std::string> ask(const std::string& path) {
    return ask_for_stamp(authorities().at(path), authorities().trust(), kNote, Env::system());
  }
};

TEST_F(TimestampTest, ATokenSaysWhenAndByWhom) {
  const auto token = ask("/good");
  ASSERT_TRUE(token) << token.error().text();
  const auto stamped = verify_timestamp(*token, kNote, authorities().trust());
  ASSERT_TRUE(stamped) << stamped.error().text();
  EXPECT_LT(std::abs(stamped->at_us - now_us()), 60'000'000);
  EXPECT_EQ(stamped->authority, "CN=good,O=Test");
  EXPECT_FALSE(stamped->serial.empty());
}

TEST_F(TimestampTest, ATokenIsOfItsBytesAndOfNoOthers) {
  const auto token = ask("/good");
  ASSERT_TRUE(token);
  std::string other(kNote);
  other.back() = ' ';
  EXPECT_EQ(verify_timestamp(*token, other, authorities().trust()).error().code, Code::forbidden);
  EXPECT_EQ(verify_timestamp(*token, "", authorities().trust()).error().code, Code::forbidden);
}

TEST_F(TimestampTest, NoByteOfATokenCanBeAltered) {
  const auto token = ask("/good");
  ASSERT_TRUE(token);
  const auto whole = verify_timestamp(*token, kNote, authorities().trust());
  ASSERT_TRUE(whole);
  size_t held = 0, tries = 0;
  for (size_t at = 0; at < token->size(); at += 29, ++tries) {
    std::string altered = *token;
    altered[at] = static_cast<char>(altered[at] ^ 0x01);
    const auto stamped = verify_timestamp(altered, kNote, authorities().trust());
    if (stamped && (stamped->at_us != whole->at_us || stamped->authority != whole->authority)) ADD_FAILURE() << at;
    held += stamped ? 1 : 0;
  }
  // PKCS #7 leaves a few bytes unsigned (parameters, certificates that are not used); none changes what the token says.
  EXPECT_LT(held, tries / 3);
  for (size_t size = 0; size < token->size(); size += 97)
    EXPECT_FALSE(verify_timestamp(token->substr(0, size), kNote, authorities().trust()));
  EXPECT_FALSE(verify_timestamp(*token + "x", kNote, authorities().trust()));
}

TEST_F(TimestampTest, BadRepliesAreRefused) {
  const std::map<std::string, Code> wanted = {
      {"/untrusted", Code::forbidden},   {"/expired", Code::forbidden},       {"/wrong-imprint", Code::forbidden},
      {"/wrong-nonce", Code::forbidden}, {"/garbage", Code::invalid},         {"/cut", Code::invalid},
      {"/refusal", Code::unavailable},   {"/unavailable", Code::unavailable}, {"/page", Code::invalid},
      {"/endless", Code::too_large}};
  for (const auto& [path, code] : wanted) {
    const auto token = ask(path);
    ASSERT_FALSE(token) << path;
    EXPECT_EQ(token.error().code, code) << path << ": " << token.error().text();
  }
}

TEST_F(TimestampTest, AnAuthorityOfAnotherRootIsNotBelieved) {
  const auto token = ask("/good");
  ASSERT_TRUE(token);
  EXPECT_EQ(verify_timestamp(*token, kNote, authorities().trust("stranger.pem")).error().code, Code::forbidden);
  EXPECT_EQ(verify_timestamp(*token, kNote, TimestampTrust{}).error().code, Code::forbidden);  // the system's know nothing of it
}

TEST_F(TimestampTest, AClockFarFromOursIsNotBelieved) {
  ManualEnv late(now_us() - 3'600'000'000);
  const auto token = ask_for_stamp(authorities().at("/good"), authorities().trust(), kNote, late);
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().code, Code::forbidden);
}

TEST_F(TimestampTest, WhatIsKeptReadsBack) {
  const auto token = ask("/good");
  ASSERT_TRUE(token);
  const Timestamp stamp{.size = 4711, .at_us = 5, .authority = "CN=good", .note = std::string(kNote), .reply = *token};
  const auto again = timestamp_from_json(to_json(stamp));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->reply, *token);
  EXPECT_EQ(again->note, kNote);
  EXPECT_EQ(again->size, 4711u);
  const store::Batch batch = keeping(stamp);
  ASSERT_EQ(batch.state.size(), 2u);
  EXPECT_EQ(batch.state[0].key, "ledger/timestamp/0000000000001267");
  EXPECT_EQ(batch.state[1].key, "ledger/timestamp");
}

// The newest witnessed checkpoint is stamped, once; an entry has the first stamp whose tree holds it.
TEST_F(TimestampTest, TheNewestCheckpointIsStampedOnceAndKept) {
  std::string pattern = (fs::temp_directory_path() / "fairway-stamps-XXXXXX").string();
  const fs::path folder = mkdtemp(pattern.data());
  {
    const auto store = store::open("rocksdb:" + (folder / "store").string(), Env::system());
    ASSERT_TRUE(store) << store.error().text();
    const auto signer = make_signer("port.example/ledger", SignatureKind::ed25519, std::string(32, 's'));
    ASSERT_TRUE(signer);
    const auto witness = [&](uint64_t size) {
      const std::string text = to_text(Checkpoint{"port.example/ledger", size, Hash{}, {}});
      store::Batch batch;
      batch.state.push_back({std::string(kWitnessedKey), to_text(Note{text, {(*signer)->sign(text, 0).value()}}), std::nullopt});
      ASSERT_TRUE((*store)->commit_and_wait(std::move(batch)));
    };
    TimestamperOptions options{.authority = authorities().at("/good"), .ca_file = authorities().file("ca.pem")};
    const auto stamping = Timestamper::open(**store, Env::system(), options);
    ASSERT_TRUE(stamping) << stamping.error().text();
    EXPECT_FALSE((*stamping)->stamp_newest().value());  // nothing is witnessed yet
    for (const uint64_t size : {4u, 9u}) {
      witness(size);
      const auto stamped = (*stamping)->stamp_newest();
      ASSERT_TRUE(stamped) << stamped.error().text();
      EXPECT_TRUE(*stamped);
      EXPECT_FALSE((*stamping)->stamp_newest().value());
    }
    const auto snapshot = (*store)->snapshot();
    EXPECT_EQ(latest_timestamp(**snapshot).value()->size, 9u);
    EXPECT_EQ(timestamp_of(**snapshot, 4).value()->size, 4u);
    const Timestamp of_fifth = timestamp_of(**snapshot, 5).value().value();
    EXPECT_EQ(of_fifth.size, 9u);
    EXPECT_TRUE(verify_timestamp(of_fifth.reply, of_fifth.note, authorities().trust()));
    EXPECT_FALSE(timestamp_of(**snapshot, 10).value());
    EXPECT_EQ((*stamping)->figures().stamps, 2u);
  }
  fs::remove_all(folder);
}

TEST(TimestampTrust, IsOfCertificates) {
  EXPECT_FALSE(timestamp_trust_in("/nowhere/at/all.pem"));
  EXPECT_FALSE(timestamp_trust_in(FAIRWAY_SOURCE_DIR "/LICENSE"));
}

TEST(TimestampUrl, IsOfTheWeb) {
  EXPECT_TRUE(check_timestamp_url("https://tsa.example/tsr"));
  EXPECT_FALSE(check_timestamp_url("ftp://tsa.example/"));
  EXPECT_FALSE(check_timestamp_url("tsa.example"));
}

}  // namespace
}  // namespace fairway::ledger::timestamp_test
