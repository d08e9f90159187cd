// Policies: what they may say, which line is wrong, who is a quorum, and which checkpoints they believe.
#include "ledger/policy.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "unit/ledger/support.h"

namespace fairway::ledger::policy_test {
namespace {

std::string vkey(std::string_view name, char seed, SignatureKind kind = SignatureKind::cosignature) {
  return to_text(test_signer(name, kind, seed)->key());
}
std::string log_line() { return "log " + vkey("example.com/log", 'l', SignatureKind::ed25519) + " https://log.example/\n"; }
std::string witness_line(std::string_view name, char seed) { return "witness " + std::string(name) + " " + vkey(name, seed) + "\n"; }

// Two of three carriers and one of two authorities.
std::string interests() {
  return log_line() + "# carriers\n" + witness_line("C1", '1') + witness_line("C2", '2') + "\t" + witness_line("C3", '3') +
         "group carriers 2 C1 C2 C3\n\n" + witness_line("A1", '4') + witness_line("A2", '5') +
         "group authorities any A1 A2  \n group both all carriers\tauthorities\nquorum both\n";
}

TEST(Policy, ReadsAsTheSpecificationWritesIt) {
  const Policy policy = policy_from(interests()).value();
  ASSERT_EQ(policy.logs.size(), 1u);
  EXPECT_EQ(policy.logs[0].key.name, "example.com/log");
  EXPECT_EQ(policy.logs[0].url, "https://log.example/");
  ASSERT_EQ(policy.witnesses.size(), 5u);
  EXPECT_EQ(policy.witnesses[3].name, "A1");
  EXPECT_EQ(policy.witnesses[3].url, "");
  ASSERT_EQ(policy.groups.size(), 3u);
  EXPECT_EQ(policy.groups[0].threshold, 2u);
  EXPECT_EQ(policy.groups[1].threshold, 1u);
  EXPECT_EQ(policy.groups[2].threshold, 2u);
  EXPECT_EQ(policy.groups[2].members, (std::vector<std::string>{"carriers", "authorities"}));
  EXPECT_EQ(policy.quorum, "both");
  EXPECT_EQ(policy_from("quorum none").value().quorum, "none");
}

TEST(Policy, AQuorumIsOfGroupsOfGroups) {
  const Policy policy = policy_from(interests()).value();
  const auto holds = [&](std::vector<size_t> witnesses) { return is_quorum(policy, witnesses); };
  for (const auto& enough : {std::vector<size_t>{0, 1, 3}, {1, 2, 4}, {0, 1, 2, 3, 4}, {4, 2, 0}}) EXPECT_TRUE(holds(enough));
  for (const auto& few : {std::vector<size_t>{}, {0, 1}, {0, 3}, {0, 0, 3}, {3, 4}, {0, 1, 2}, {0, 3, 4}, {0, 1, 99}})
    EXPECT_FALSE(holds(few));
  EXPECT_TRUE(is_quorum(policy_from(log_line() + "quorum none\n").value(), {}));
  const Policy one = policy_from(witness_line("W", '1') + "quorum W\n").value();
  const std::vector<size_t> first = {0};
  EXPECT_TRUE(is_quorum(one, first));
  EXPECT_FALSE(is_quorum(one, {}));
}

TEST(Policy, EveryErrorNamesItsLine) {
  const std::string w1 = witness_line("W1", '1'), w2 = witness_line("W2", '2');
  const std::pair<std::string, int> wrong[] = {
      {"", 0},
      {"# nothing\n", 1},
      {w1 + "quorum\n", 2},
      {w1 + "quorum W1 W1\n", 2},
      {w1 + "quorum W2\n", 2},
      {w1 + "quorum W1\nquorum W1\n", 3},
      {w1 + "\n\nquorums W1\n", 4},
      {"log nothing\n", 1},
      {"log\n", 1},
      {log_line() + log_line(), 2},
      {log_line() + "log " + vkey("other", 'l', SignatureKind::ed25519) + "\n", 2},
      {"log " + vkey("example.com/log", 'l') + "\n", 1},
      {"witness W " + vkey("W", '1', SignatureKind::ed25519) + "\n", 1},
      {"witness W1\n", 1},
      {w1 + "witness W2 " + vkey("W2", '1') + "\n", 2},
      {w1 + w1, 2},
      {"witness none " + vkey("W", '1') + "\n", 1},
      {w1 + "witness W2 " + vkey("W2", '2') + " url more\n", 2},
      {w1 + w2 + "group G 0 W1 W2\n", 3},
      {w1 + w2 + "group G 3 W1 W2\n", 3},
      {w1 + w2 + "group G 02 W1 W2\n", 3},
      {w1 + w2 + "group G -1 W1 W2\n", 3},
      {w1 + w2 + "group G most W1 W2\n", 3},
      {w1 + w2 + "group G all\n", 3},
      {w1 + w2 + "group W1 any W2\n", 3},
      {w1 + w2 + "group none any W2\n", 3},
      {w1 + w2 + "group G any W1 W1\n", 3},
      {w1 + w2 + "group G any W1\ngroup H any W1\n", 4},
      {w1 + w2 + "group G any G\n", 3},
      {w1 + w2 + "group G any none\n", 3},
      {w1 + w2 + "group G any H\ngroup H any W1\n", 3},
      {w1 + "quorum\x01 W1\n", 2},
      {w1 + "# a comment with \x7F\n", 2},
      {w1 + "quorum W1\r\n", 2},
  };
  for (const auto& [text, line] : wrong) {
    const auto policy = policy_from(text);
    ASSERT_FALSE(policy) << text;
    EXPECT_EQ(policy.error().code, Code::invalid) << text;
    const std::string where = "line " + std::to_string(line);
    EXPECT_TRUE(policy.error().detail == where || policy.error().detail.starts_with(where + ":")) << text << policy.error().text();
  }
}

TEST(Policy, ManyOfEachAreTaken) {
  std::string text;
  for (char i = 0; i < 40; ++i) text += "log " + vkey("log" + std::to_string(i), static_cast<char>('0' + i), SignatureKind::ed25519) + "\n";
  for (char i = 0; i < 40; ++i) text += witness_line("W" + std::to_string(i), static_cast<char>('0' + i));
  for (int i = 0; i < 40; ++i)
    text += "group G" + std::to_string(i) + " any W" + std::to_string(i) + (i > 0 ? " G" + std::to_string(i - 1) : "") + "\n";
  const Policy policy = policy_from(text + "quorum G39\n").value();
  EXPECT_EQ(policy.logs.size() + policy.witnesses.size() + policy.groups.size(), 120u);
  const std::vector<size_t> first = {0};
  EXPECT_TRUE(is_quorum(policy, first)) << "through forty groups of groups";
  std::string many;
  for (size_t i = 0; i <= limits::kPolicyLinesMax; ++i) many += "quorum none\n";
  EXPECT_FALSE(policy_from(many));
  EXPECT_EQ(policy_from(std::string(limits::kPolicyBytesMax + 1, '#')).error().code, Code::too_large);
}

std::string cosigned(const Checkpoint& checkpoint, std::initializer_list<std::pair<const Signer*, uint64_t>> signers) {
  Note note{to_text(checkpoint), {}};
  for (const auto& [signer, time_s] : signers) note.signatures.push_back(signer->sign(note.text, time_s).value());
  return to_text(note);
}

TEST(Policy, ACheckpointWithAQuorumIsBelieved) {
  const Policy policy = policy_from(interests()).value();
  const auto log = test_signer("example.com/log", SignatureKind::ed25519, 'l'),
             stranger = test_signer("S", SignatureKind::cosignature, 's');
  const auto c1 = test_signer("C1", SignatureKind::cosignature, '1'), c2 = test_signer("C2", SignatureKind::cosignature, '2'),
             a1 = test_signer("A1", SignatureKind::cosignature, '4');
  const Checkpoint checkpoint{"example.com/log", 7, leaf_hash("x"), {}};
  const std::string whole = cosigned(checkpoint, {{log.get(), 0}, {c1.get(), 100}, {a1.get(), 120}, {c2.get(), 110}});
  const Witnessed witnessed = verify_checkpoint(policy, whole, true).value();
  EXPECT_EQ(witnessed.checkpoint, checkpoint);
  EXPECT_EQ(witnessed.witnesses, (std::vector<size_t>{0, 3, 1}));
  EXPECT_EQ(witnessed.times_s, (std::vector<uint64_t>{100, 120, 110}));
  EXPECT_EQ(witnessed.median_time_s(), 110u);
  EXPECT_EQ((Witnessed{{}, {}, {4, 1, 3, 2}, 0}.median_time_s()), 3u) << "of two in the middle the later";
  EXPECT_EQ(Witnessed{}.median_time_s(), 0u);

  const auto code = [&](const std::string& note, bool strict = false) { return verify_checkpoint(policy, note, strict).error().code; };
  EXPECT_EQ(code(cosigned(checkpoint, {{log.get(), 0}, {c1.get(), 100}, {a1.get(), 120}})), Code::forbidden) << "one carrier is too few";
  EXPECT_EQ(code(cosigned(checkpoint, {{log.get(), 0}, {c1.get(), 1}, {c1.get(), 2}, {a1.get(), 1}})), Code::forbidden) << "twice is once";
  EXPECT_EQ(code(cosigned(checkpoint, {{c1.get(), 1}, {c2.get(), 2}, {a1.get(), 1}})), Code::forbidden) << "no log";
  Checkpoint other = checkpoint;
  other.origin = "example.com/other";
  EXPECT_EQ(code(cosigned(other, {{log.get(), 0}, {c1.get(), 1}, {c2.get(), 2}, {a1.get(), 1}})), Code::forbidden)
      << "another log's origin";
  EXPECT_EQ(code(to_text(Note{"no checkpoint\n", {log->sign("no checkpoint\n", 0).value()}})), Code::invalid);

  const std::string with_stranger =
      cosigned(checkpoint, {{log.get(), 0}, {c1.get(), 1}, {stranger.get(), 1}, {c2.get(), 2}, {a1.get(), 1}});
  EXPECT_EQ(verify_checkpoint(policy, with_stranger).value().unknown_signatures, 1u);
  EXPECT_EQ(code(with_stranger, true), Code::forbidden);
  const std::string twice = cosigned(checkpoint, {{log.get(), 0}, {c1.get(), 1}, {c1.get(), 9}, {c2.get(), 2}, {a1.get(), 1}});
  EXPECT_EQ(verify_checkpoint(policy, twice).value().times_s, (std::vector<uint64_t>{1, 2, 1}));
  EXPECT_EQ(code(twice, true), Code::forbidden);
}

TEST(Checkpoint, HasOneSpelling) {
  const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  const Checkpoint checkpoint = checkpoint_from("example.com/log\n0\n" + root + "\nmore\n").value();
  EXPECT_EQ(checkpoint.origin, "example.com/log");
  EXPECT_EQ(checkpoint.root, empty_root());
  EXPECT_EQ(checkpoint.extensions, std::vector<std::string>{"more"});
  EXPECT_EQ(to_text(checkpoint), "example.com/log\n0\n" + root + "\nmore\n");
  EXPECT_EQ(checkpoint_from("a\n18446744073709551615\n" + root + "\n").value().size, ~uint64_t{0});
  const std::pair<std::string, std::string_view> wrong[] = {
      {"", ""},
      {"a\n", ""},
      {"a\n1\n", ""},
      {"a\n1\n" + root, ""},
      {"\n1\n" + root + "\n", "line 1"},
      {"a\n01\n" + root + "\n", "line 2"},
      {"a\n+1\n" + root + "\n", "line 2"},
      {"a\n-1\n" + root + "\n", "line 2"},
      {"a\n1 \n" + root + "\n", "line 2"},
      {"a\n\n" + root + "\n", "line 2"},
      {"a\n18446744073709551616\n" + root + "\n", "line 2"},
      {"a\n1\nAAAA\n", "line 3"},
      {"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", "line 3"},
      {"a\n1\n" + root + "\n\n", "line 4"},
  };
  for (const auto& [text, where] : wrong) {
    const auto read = checkpoint_from(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, Code::invalid);
    EXPECT_NE(read.error().detail.find(where), std::string::npos) << read.error().text();
  }
}

}  // namespace
}  // namespace fairway::ledger::policy_test
