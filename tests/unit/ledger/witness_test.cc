// The witness's side: what is asked, what is answered, what is remembered.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/bytes.h"
#include "ledger/witness/witness.h"
#include "unit/ledger/witness_support.h"

namespace fairway::ledger::witness {
namespace {

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}
void spill(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary | std::ios::trunc) << text; }

std::unique_ptr<Witness> open_witness(const std::string& folder, const TestLog& log, Env& env) {
  auto witness = Witness::open(folder, test_signer("w.example", SignatureKind::cosignature, 'w'), {log.followed()}, env);
  EXPECT_TRUE(witness) << witness.error().text();
  return witness ? std::move(*witness) : nullptr;
}

bool is_cosignature(const http::Response& response, const Witness& witness, const std::string& note) {
  const auto signature = signature_from_line(response.body);
  return response.status == 200 && signature && verify(witness.key(), note_from(note)->text, *signature).has_value();
}

TEST(WitnessRequest, ReadsWhatItWrites) {
  const TestLog log(20);
  const AddCheckpoint request{7, consistency_proof(7, 20, log.tree().reader()).value(), log.note(20)};
  const auto back = add_checkpoint_from(to_text(request));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->old_size, request.old_size);
  EXPECT_EQ(back->proof, request.proof);
  EXPECT_EQ(back->note, request.note);
}

TEST(WitnessRequest, RefusesAnyOtherSpelling) {
  const std::string hash = to_base64(view(kOtherRoot)) + "\n";
  for (const std::string& text :
       {std::string(), std::string("old"), std::string("old 1"), std::string("old \n\nx\n"), std::string("old 01\n\nx\n"),
        std::string("old -1\n\nx\n"), std::string("old +1\n\nx\n"), std::string("old 1 \n\nx\n"), std::string("Old 1\n\nx\n"),
        std::string("old  1\n\nx\n"), std::string("old 18446744073709551616\n\nx\n"), std::string("old 1\r\n\r\nx\n"),
        std::string("old 1\nAAAA\n\nx\n"), "old 1\n" + hash, "old 1\n" + hash.substr(0, hash.size() - 2) + "\n\nx\n"})
    EXPECT_FALSE(add_checkpoint_from(text)) << text;
  std::string many = "old 1\n";
  for (size_t line = 0; line < kProofLinesMax; ++line) many += hash;
  EXPECT_TRUE(add_checkpoint_from(many + "\nx\n"));
  EXPECT_FALSE(add_checkpoint_from(many + hash + "\nx\n")) << "64 lines";
  EXPECT_EQ(add_checkpoint_from("old 1\n\n" + std::string(kRequestBytesMax, 'x')).error().code, Code::too_large);
}

TEST(WitnessLogs, AreNamedByAKeyOrAnOrigin) {
  const TestLog log(1);
  const std::string vkey = to_text(log.followed().keys.front());
  ASSERT_TRUE(followed_log_from(vkey));
  EXPECT_EQ(followed_log_from(vkey)->origin, kOrigin);
  EXPECT_EQ(followed_log_from("other log=" + vkey)->origin, "other log");
  const std::string cosigner = to_text(test_signer("w", SignatureKind::cosignature, 'w')->key());
  for (const std::string& text : {std::string(), std::string("x"), "=" + vkey, cosigner, "a\nb=" + vkey, vkey + "="})
    EXPECT_FALSE(followed_log_from(text)) << text;
}

// The table of the specification, row by row: what was seen, what is asked, what is answered.
TEST(WitnessJudge, AnswersAsTheSpecificationSays) {
  const TestLog log(30);
  const MemoryTree& tree = log.tree();
  const auto proof = [&](uint64_t from, uint64_t to) { return consistency_proof(from, to, tree.reader()).value(); };
  const Seen nothing, eight{8, tree.root(8)};
  struct {
    const char* what;
    Seen seen;
    uint64_t old_size;
    std::vector<Hash> proof;
    Checkpoint next;
    int status;  // 0: cosigned
  } const rows[] = {
      {"the first", nothing, 0, {}, {kOrigin, 8, tree.root(8), {}}, 0},
      {"the first, empty", nothing, 0, {}, {kOrigin, 0, empty_root(), {}}, 0},
      {"empty with a root", nothing, 0, {}, {kOrigin, 0, kOtherRoot, {}}, 422},
      {"the first, with a proof", nothing, 0, {kOtherRoot}, {kOrigin, 8, tree.root(8), {}}, 422},
      {"the first, not from nothing", nothing, 3, proof(3, 8), {kOrigin, 8, tree.root(8), {}}, 409},
      {"grown", eight, 8, proof(8, 30), {kOrigin, 30, tree.root(30), {}}, 0},
      {"grown by one", eight, 8, proof(8, 9), {kOrigin, 9, tree.root(9), {}}, 0},
      {"repeated", eight, 8, {}, {kOrigin, 8, tree.root(8), {}}, 0},
      {"repeated as the first", eight, 0, {}, {kOrigin, 8, tree.root(8), {}}, 409},
      {"another root of the size", eight, 8, {}, {kOrigin, 8, kOtherRoot, {}}, 409},
      {"repeated with a proof", eight, 8, {kOtherRoot}, {kOrigin, 8, tree.root(8), {}}, 422},
      {"old size larger than the new", eight, 8, {}, {kOrigin, 7, tree.root(7), {}}, 400},
      {"back to a smaller one", eight, 7, {}, {kOrigin, 7, tree.root(7), {}}, 409},
      {"from a smaller one", eight, 7, proof(7, 30), {kOrigin, 30, tree.root(30), {}}, 409},
      {"from a larger one", eight, 9, proof(9, 30), {kOrigin, 30, tree.root(30), {}}, 409},
      {"without proof", eight, 8, {}, {kOrigin, 30, tree.root(30), {}}, 422},
      {"proof of another size", eight, 8, proof(7, 30), {kOrigin, 30, tree.root(30), {}}, 422},
      {"another tree, grown", eight, 8, proof(8, 30), {kOrigin, 30, kOtherRoot, {}}, 422},
  };
  for (const auto& row : rows) {
    const auto verdict = judge(Claim{row.next, "", ""}, AddCheckpoint{row.old_size, row.proof, ""}, row.seen);
    EXPECT_EQ(verdict ? 0 : static_cast<int>(verdict.error().why), row.status) << row.what;
  }
}

TEST(WitnessJudge, TrustsOnlyTheLogsKeys) {
  const TestLog log(8), stranger(8, 's');
  EXPECT_TRUE(claim_from(log.followed(), log.note(8)));
  EXPECT_EQ(claim_from(log.followed(), stranger.note(8)).error().why, Refusal::unsigned_note);
  EXPECT_EQ(claim_from(log.followed(), log.note(8, log.tree().root(8), "other")).error().why, Refusal::unknown_origin);
  EXPECT_EQ(claim_from(log.followed(), "port.example/ledger\n8\n").error().why, Refusal::malformed);
  std::string altered = log.note(8);
  altered[altered.find("\n8\n") + 1] = '7';
  EXPECT_EQ(claim_from(log.followed(), altered).error().why, Refusal::unsigned_note);
  // A signature of a key that is not known is no matter, beside one that is.
  const size_t line = stranger.note(8).find("\n\n") + 2;
  FollowedLog two = log.followed();
  EXPECT_TRUE(claim_from(two, log.note(8) + stranger.note(8).substr(line)));
}

TEST(WitnessDaemon, CosignsForwardAndKeepsIt) {
  const ScratchFolder folder;
  const TestLog log(40);
  ManualEnv env(1'795'000'000'000'000);
  {
    const auto witness = open_witness(folder / "w", log, env);
    EXPECT_EQ(witness->checkpoint(origin_hex(kOrigin)).error().code, Code::not_found);
    EXPECT_TRUE(is_cosignature(witness->add_checkpoint(log.request(0, 5)), *witness, log.note(5)));
    EXPECT_TRUE(is_cosignature(witness->add_checkpoint(log.request(5, 12)), *witness, log.note(12)));
    const auto replayed = witness->add_checkpoint(log.request(0, 5));
    EXPECT_EQ(replayed.status, 409);
    EXPECT_EQ(replayed.content_type, "text/x.tlog.size");
    EXPECT_EQ(replayed.body, "12\n");
    EXPECT_EQ(witness->add_checkpoint(log.request(5, 12)).status, 409);
    EXPECT_TRUE(is_cosignature(witness->add_checkpoint(log.request(12, 12)), *witness, log.note(12))) << "the same once more";
  }
  const auto witness = open_witness(folder / "w", log, env);
  EXPECT_EQ(witness->add_checkpoint(log.request(5, 12)).body, "12\n") << "after a restart";
  EXPECT_TRUE(is_cosignature(witness->add_checkpoint(log.request(12, 40)), *witness, log.note(40)));

  const auto shown = witness->checkpoint(origin_hex(kOrigin));
  ASSERT_TRUE(shown);
  const auto note = note_from(*shown);
  ASSERT_TRUE(note) << *shown;
  EXPECT_TRUE(verify(*note, {{witness->key()}}));
  EXPECT_TRUE(verify(*note, log.followed().keys));
  EXPECT_EQ(checkpoint_from(note->text)->size, 40u);
}

TEST(WitnessDaemon, SaysTheTimeOfItsClock) {
  const ScratchFolder folder;
  const TestLog log(5);
  ManualEnv env(1'795'000'000'999'999);
  const auto witness = open_witness(folder / "w", log, env);
  const auto signature = signature_from_line(witness->add_checkpoint(log.request(0, 5)).body);
  ASSERT_TRUE(signature);
  EXPECT_EQ(time_of(*signature, SignatureKind::cosignature).value(), 1'795'000'000u);
}

TEST(WitnessDaemon, HasOneAnswerForEachWrong) {
  const ScratchFolder folder;
  const TestLog log(12), stranger(12, 's');
  ManualEnv env(1);
  const auto witness = open_witness(folder / "w", log, env);
  const auto status = [&](const std::string& body) { return witness->add_checkpoint(body).status; };
  const std::string other_root = log.note(12, kOtherRoot);
  EXPECT_EQ(status(""), 400);
  EXPECT_EQ(status("old 0\n\n" + log.note(5, log.tree().root(5), "another.example/log")), 404);
  EXPECT_EQ(status(stranger.request(0, 5)), 403);
  EXPECT_EQ(status(to_text(AddCheckpoint{6, {}, log.note(5)})), 400);
  EXPECT_EQ(status(log.request(3, 5)), 409);
  EXPECT_EQ(status(log.request(0, 12)), 200);
  EXPECT_EQ(status("old 12\n\n" + other_root), 409);
  EXPECT_EQ(status("old 0\n\n" + other_root), 409);
  EXPECT_EQ(witness->checkpoint(origin_hex("another.example/log")).error().code, Code::not_found);
  EXPECT_EQ(witness->figures().logs.front().size, 12u);
}

TEST(WitnessDaemon, LetsNobodyElseIntoItsFolder) {
  const ScratchFolder folder;
  const TestLog log(5);
  ManualEnv env(1);
  const auto witness = open_witness(folder / "w", log, env);
  const auto second = Witness::open(folder / "w", test_signer("w", SignatureKind::cosignature, 'w'), {log.followed()}, env);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::conflict);
}

TEST(WitnessMemory, IsNeverBegunAnewSilently) {
  const ScratchFolder folder;
  const TestLog log(12);
  ManualEnv env(1);
  EXPECT_EQ(open_witness(folder / "w", log, env)->add_checkpoint(log.request(0, 12)).status, 200);
  const std::string file = folder / ("w/" + origin_hex(kOrigin) + ".seen");
  const std::string whole = slurp(file);
  const auto opens = [&] {
    return Witness::open(folder / "w", test_signer("w.example", SignatureKind::cosignature, 'w'), {log.followed()}, env);
  };
  for (size_t at = 0; at < whole.size(); at += 7) {
    std::string altered = whole;
    altered[at] ^= 1;
    spill(file, altered);
    const auto opened = opens();
    ASSERT_FALSE(opened) << "byte " << at;
    EXPECT_FALSE(opened.error().hint.empty());
  }
  for (const size_t size : {size_t{0}, size_t{1}, whole.size() / 2, whole.size() - 1}) {
    spill(file, whole.substr(0, size));
    EXPECT_FALSE(opens()) << size;
  }
  std::filesystem::remove(file);
  ASSERT_FALSE(opens());
  EXPECT_EQ(opens().error().code, Code::not_found);
  spill(file, whole);
  ASSERT_TRUE(opens());
  EXPECT_EQ((*opens())->add_checkpoint(log.request(0, 5)).body, "12\n");
  spill(folder / "w/logs", "fairway-witness-logs v1\nbroken");
  EXPECT_FALSE(opens());
}

// An older copy of the file: the witness cannot know, but it goes only forward from there.
TEST(WitnessMemory, OfAnOldCopyGoesForward) {
  const ScratchFolder folder;
  const TestLog log(30);
  ManualEnv env(1);
  const std::string file = folder / ("w/" + origin_hex(kOrigin) + ".seen");
  std::string old;
  {
    const auto witness = open_witness(folder / "w", log, env);
    EXPECT_EQ(witness->add_checkpoint(log.request(0, 5)).status, 200);
    old = slurp(file);
    EXPECT_EQ(witness->add_checkpoint(log.request(5, 20)).status, 200);
  }
  spill(file, old);
  const auto witness = open_witness(folder / "w", log, env);
  EXPECT_EQ(witness->add_checkpoint(log.request(20, 30)).body, "5\n") << "which is how the log notices";
  EXPECT_EQ(witness->add_checkpoint("old 5\n\n" + log.note(5, kOtherRoot)).status, 409);
  EXPECT_EQ(witness->add_checkpoint(log.request(5, 30)).status, 200);
}

TEST(WitnessMemory, TakesFurtherLogsAndKeepsOthers) {
  const ScratchFolder folder;
  const TestLog log(12);
  ManualEnv env(1);
  EXPECT_EQ(open_witness(folder / "w", log, env)->add_checkpoint(log.request(0, 12)).status, 200);
  const auto other = test_signer("other.example/log", SignatureKind::ed25519, 'o');
  const FollowedLog second{"other.example/log", {other->key()}};
  const auto signer = [] { return test_signer("w.example", SignatureKind::cosignature, 'w'); };
  EXPECT_TRUE(Witness::open(folder / "w", signer(), {second}, env)) << "the first is not followed for a while";
  const auto both = Witness::open(folder / "w", signer(), {second, log.followed()}, env);
  ASSERT_TRUE(both);
  EXPECT_EQ((*both)->add_checkpoint(log.request(0, 5)).body, "12\n");
}

// Many clients at once: whatever the order, each size has one root and the sizes only grow.
TEST(WitnessDaemon, TakesTurnsForOneLog) {
  const ScratchFolder folder;
  const TestLog log(64);
  ManualEnv env(1);
  const auto witness = open_witness(folder / "w", log, env);
  std::atomic<int> cosigned = 0;
  std::vector<std::thread> threads;
  for (uint64_t from = 0; from < 4; ++from) {
    threads.emplace_back([&, from] {
      uint64_t known = 0;
      for (uint64_t to = from + 1; to <= 64; to += 4) {
        for (int attempt = 0; attempt < 100 && known < to; ++attempt) {
          const auto response = witness->add_checkpoint(log.request(known, to));
          if (response.status == 200) ++cosigned, known = to;
          if (response.status == 409) known = std::stoull(response.body);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(cosigned.load(), 1);
  EXPECT_EQ(witness->add_checkpoint(log.request(0, 1)).body, "64\n");
}

TEST(WitnessDaemon, KnowsWhatItHasCosigned) {
  const ScratchFolder folder;
  const TestLog log(30), stranger(30, 's');
  ManualEnv env(1);
  std::string cosigned;
  {
    const auto witness = open_witness(folder / "w", log, env);
    EXPECT_FALSE(witness->has_cosigned(kOrigin, {0, empty_root()}, ""));
    EXPECT_EQ(witness->add_checkpoint(log.request(0, 5)).status, 200);
    cosigned = witness->checkpoint(origin_hex(kOrigin)).value();
    EXPECT_EQ(witness->add_checkpoint(log.request(5, 30)).status, 200);
    EXPECT_TRUE(witness->has_cosigned(kOrigin, {5, log.tree().root(5)}, ""));
    EXPECT_TRUE(witness->has_cosigned(kOrigin, {30, log.tree().root(30)}, ""));
  }
  const auto witness = open_witness(folder / "w", log, env);
  EXPECT_TRUE(witness->has_cosigned(kOrigin, {30, log.tree().root(30)}, ""));
  EXPECT_FALSE(witness->has_cosigned(kOrigin, {5, log.tree().root(5)}, "")) << "forgotten since";
  EXPECT_TRUE(witness->has_cosigned(kOrigin, {5, log.tree().root(5)}, cosigned)) << "but its own signature tells it";
  EXPECT_FALSE(witness->has_cosigned(kOrigin, {5, kOtherRoot}, cosigned));
  EXPECT_FALSE(witness->has_cosigned(kOrigin, {5, log.tree().root(5)}, log.note(5)));
  EXPECT_FALSE(witness->has_cosigned("other", {5, log.tree().root(5)}, cosigned));
}

}  // namespace
}  // namespace fairway::ledger::witness
