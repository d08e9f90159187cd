#include "base/json.h"
#include "ledger/evidence/manifest.h"
#include "ledger/evidence/zip.h"
#include "unit/ledger/evidence_support.h"

namespace fairway::ledger::evidence_test {
namespace {

using evidence::Part;
using evidence::Report;
using evidence::Verdict;

// The parts of a bundle with what the log would say of them, were it to say anything: manifest and seal made anew.
std::string resealed(const SmallLog& log, std::vector<Part> parts) {
  const auto old = evidence::manifest_from_json(parts.at(0).bytes);
  parts.erase(parts.begin(), parts.begin() + 2);
  evidence::Manifest manifest{log.checkpoint(1).origin, old ? old->made : "", old ? old->about : "", evidence::list(parts)};
  const std::string text = to_json(manifest);
  parts.insert(parts.begin(), {{"manifest.json", text}, {"seal", *evidence::make_seal(log.signer(), manifest.origin, text)}});
  return *evidence::to_zip(parts);
}

std::string anchor_json(const SmallLog& log, uint64_t size, const std::string& origin = "port.example/ledger") {
  std::string out =
      R"({"version":1,"record":{"version":1,"chainId":31337,"contract":"0x5fbdb2315678afecb367f032d93f642f64180aa3","origin":")" + origin +
      R"(","size":)" + std::to_string(size) + R"(,"root":")" + to_base64(view(*root_of(size, log.nodes()))) +
      R"(","transaction":"0x00","block":"0x00","blockNumber":7,"blockTime":1795464300},"consistency":[)";
  const uint64_t from = std::min(size, log.size()), to = std::max(size, log.size());
  const std::vector<Hash> proof = *consistency_proof(from, to, log.nodes());
  for (size_t i = 0; i < proof.size(); ++i) out += (i == 0 ? "\"" : ",\"") + to_base64(view(proof[i])) + "\"";
  return out + "]}";
}

TEST(EvidenceZip, ReadsWhatItWritesAndNothingElse) {
  const std::vector<Part> parts = {{"manifest.json", "{}"}, {"openings/1.json", std::string(3, '\0')}, {"empty", ""}};
  const std::string zip = *evidence::to_zip(parts);
  const auto again = evidence::parts_of_zip(zip);
  ASSERT_TRUE(again) << again.error().text();
  ASSERT_EQ(again->size(), 3u);
  EXPECT_EQ((*again)[1].bytes, parts[1].bytes);
  EXPECT_TRUE(evidence::is_zip(zip));
  for (size_t at = 0; at < zip.size(); ++at)
    for (int value = 1; value < 256; ++value) {
      std::string changed = zip;
      changed[at] = static_cast<char>(changed[at] ^ value);
      ASSERT_FALSE(evidence::parts_of_zip(changed)) << at;
    }
  for (size_t size = 0; size < zip.size(); ++size) EXPECT_FALSE(evidence::parts_of_zip(std::string_view(zip).substr(0, size)));
  EXPECT_FALSE(evidence::parts_of_zip(zip + "x"));
  EXPECT_FALSE(evidence::parts_of_zip("x" + zip));
}

TEST(EvidenceZip, TakesOnlyPlainNames) {
  for (const char* name : {"", "/a", "a/", "a//b", "../a", "a/../b", "A", "a b", "a\\b", "a:b", "\xC3\xA4"})
    EXPECT_FALSE(evidence::to_zip(std::vector<Part>{{name, "x"}})) << name;
  EXPECT_FALSE(evidence::to_zip(std::vector<Part>{{"a", "x"}, {"a", "y"}}));
  EXPECT_FALSE(evidence::to_zip({}));
  EXPECT_FALSE(evidence::to_zip(std::vector<Part>{{std::string(129, 'a'), "x"}}));
}

TEST(EvidenceBundle, HoldsUnderItsOwnPolicyAndAGivenOne) {
  const SmallLog log;
  const std::string bundle = *evidence::make(log.contents({2, 7}, {"body/references/1", "body/remark"}), log.signer());
  const Report own = evidence::verify_bundle(bundle, nullptr);
  EXPECT_TRUE(own.holds()) << failures(own);
  EXPECT_TRUE(own.own_policy);
  EXPECT_EQ(own.findings.front().verdict, Verdict::note);  // whom it hangs on
  EXPECT_NE(own.findings.front().text.find("https://port.example/ledger/policy"), std::string::npos);
  const Policy policy = log.policy();
  const Report given = evidence::verify_bundle(bundle, &policy);
  EXPECT_TRUE(given.holds()) << failures(given);
  EXPECT_EQ(given.origin, "port.example/ledger");
  EXPECT_EQ(given.about, "equipment:CSQU3054383");
  EXPECT_EQ(given.checkpoint, log.checkpoint(log.size()));
  EXPECT_EQ(given.witnessed_s, kSeenS + 60);
  EXPECT_EQ(given.witnesses, (std::vector<std::string>{"carriers", "terminals", "customs"}));
  ASSERT_EQ(given.entries.size(), 2u);
  EXPECT_EQ(given.entries[1].entry, 7u);
  EXPECT_EQ(given.entries[1].hidden, 2u);
  EXPECT_EQ(given.entries[1].shown.front().value, "\"event\"");
  EXPECT_EQ(bundle.find("sugar"), std::string::npos);
  EXPECT_EQ(bundle.find("2600001111"), std::string::npos);
  EXPECT_TRUE(parse_json(to_json(given)));
}

TEST(EvidenceBundle, HoldsNotUnderAnotherPolicy) {
  const SmallLog log, other(3, "other.example/ledger");
  const std::string bundle = *evidence::make(log.contents({2}), log.signer());
  const Policy theirs = other.policy();
  EXPECT_FALSE(evidence::verify_bundle(bundle, &theirs).holds());
  Policy wants_all = log.policy();
  wants_all.groups.front().threshold = 3;
  EXPECT_TRUE(evidence::verify_bundle(bundle, &wants_all).holds());
  evidence::Contents contents = log.contents({2});
  contents.proofs.front().checkpoint = log.note(log.size(), 2);
  const std::string two = *evidence::make(contents, log.signer());
  EXPECT_TRUE(evidence::verify_bundle(two, nullptr).holds());
  EXPECT_FALSE(evidence::verify_bundle(two, &wants_all).holds());
  // A witness whom the policy does not name: its signature would go unchecked.
  Policy fewer = log.policy();
  fewer.witnesses.pop_back();
  fewer.groups.front().members.pop_back();
  EXPECT_FALSE(evidence::verify_bundle(bundle, &fewer).holds());
  EXPECT_TRUE(evidence::verify_bundle(two, &fewer).holds());
}

TEST(EvidenceBundle, EveryByteOfTheFileCounts) {
  const SmallLog log;
  const std::string bundle = *evidence::make(log.contents({5}), log.signer());
  const Policy policy = log.policy();
  for (size_t at = 0; at < bundle.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = bundle;
      changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
      ASSERT_FALSE(evidence::verify_bundle(changed, &policy).holds()) << "byte " << at << ", bit " << bit;
    }
}

// The zip's checksums are no protection: whoever changes a byte writes them anew. Every byte, three values each.
TEST(EvidenceBundle, EveryByteOfAPartCountsWhenTheZipIsMadeAnew) {
  const SmallLog log;
  const std::vector<Part> parts = *evidence::parts_of_zip(*evidence::make(log.contents({5}), log.signer()));
  const Policy policy = log.policy();
  for (size_t part = 0; part < parts.size(); ++part)
    for (size_t at = 0; at < parts[part].bytes.size(); ++at)
      for (const int value : {1, 4, 0x20}) {
        std::vector<Part> changed = parts;
        changed[part].bytes[at] = static_cast<char>(changed[part].bytes[at] ^ value);
        ASSERT_FALSE(evidence::verify_bundle(*evidence::to_zip(changed), &policy).holds()) << parts[part].name << " byte " << at;
      }
}

// Nor is the seal, where the log itself is dishonest: what is in openings, proofs and the anchor holds by itself. Every byte, one value
// each.
TEST(EvidenceBundle, EveryByteOfAProofCountsWhenTheLogSealsIt) {
  const SmallLog log;
  evidence::Contents contents = log.contents({5}, {"body/remark"});
  contents.others.push_back({"anchor.json", anchor_json(log, 6)});
  const std::vector<Part> parts = *evidence::parts_of_zip(*evidence::make(contents, log.signer()));
  const Policy policy = log.policy();
  ASSERT_TRUE(evidence::verify_bundle(resealed(log, parts), &policy).holds());
  for (size_t part = 0; part < parts.size(); ++part) {
    if (!parts[part].name.starts_with("openings/") && !parts[part].name.starts_with("proofs/")) continue;
    for (size_t at = 0; at < parts[part].bytes.size(); ++at)
      for (const int value : {at % 2 == 0 ? 1 : 0x20}) {
        std::vector<Part> changed = parts;
        changed[part].bytes[at] = static_cast<char>(changed[part].bytes[at] ^ value);
        ASSERT_FALSE(evidence::verify_bundle(resealed(log, changed), &policy).holds())
            << parts[part].name << " byte " << at << " of " << parts[part].bytes;
      }
  }
}

TEST(EvidenceBundle, PartsMayNotBeAddedMovedOrLeftOut) {
  const SmallLog log;
  evidence::Contents contents = log.contents({2, 5});
  contents.others.push_back({"statement.html", "<p>"});
  const std::vector<Part> parts = *evidence::parts_of_zip(*evidence::make(contents, log.signer()));
  const Policy policy = log.policy();
  for (size_t i = 0; i < parts.size(); ++i) {
    std::vector<Part> fewer = parts, more = parts, moved = parts;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    EXPECT_FALSE(evidence::verify_bundle(*evidence::to_zip(fewer), &policy).holds()) << parts[i].name;
    more.insert(more.begin() + static_cast<ptrdiff_t>(i), {"more", "x"});
    EXPECT_FALSE(evidence::verify_bundle(*evidence::to_zip(more), &policy).holds()) << parts[i].name;
    std::swap(moved[i], moved[(i + 1) % moved.size()]);
    EXPECT_FALSE(evidence::verify_bundle(*evidence::to_zip(moved), &policy).holds()) << parts[i].name;
  }
  // Sealed, but no bundle: half a pair, a part that nobody knows, no entry at all.
  for (size_t i = 2; i < parts.size(); ++i) {
    std::vector<Part> fewer = parts;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    EXPECT_EQ(evidence::verify_bundle(resealed(log, fewer), &policy).holds(), parts[i].name == "statement.html") << parts[i].name;
  }
  std::vector<Part> more = parts;
  more.push_back({"notes.txt", "x"});
  EXPECT_FALSE(evidence::verify_bundle(resealed(log, more), &policy).holds());
  EXPECT_FALSE(evidence::verify_bundle(resealed(log, {parts[0], parts[1], parts[2]}), &policy).holds());
}

TEST(EvidenceBundle, ProofsAreOfTheirOwnEntryAndOfOneCheckpoint) {
  const SmallLog log;
  const Policy policy = log.policy();
  const auto refused = [&](const evidence::Contents& contents, const char* why) {
    const auto bundle = evidence::make(contents, log.signer());
    ASSERT_TRUE(bundle);
    const Report report = evidence::verify_bundle(*bundle, &policy);
    EXPECT_FALSE(report.holds()) << why;
  };
  evidence::Contents contents = log.contents({2, 5});
  contents.proofs[1].checkpoint = log.note(log.size(), 2);
  refused(contents, "another note of the same tree");
  contents = log.contents({2, 5});
  contents.proofs[1] = log.proof(5, log.note(9), 9);
  refused(contents, "an older tree");
  contents = log.contents({2});
  contents.openings[0] = log.opening(3);
  contents.openings[0].entry = 2;
  refused(contents, "another entry's opening under this number");
  contents = log.contents({2});
  contents.proofs[0].extra = log.proof(3, "", log.size()).extra;
  refused(contents, "another entry in the proof");
  contents = log.contents({2});
  contents.openings[0].fields.front().field->value = "\"message\"";
  refused(contents, "a changed value");
}

TEST(EvidenceBundle, AnAnchorMustBeOfThisTree) {
  const SmallLog log;
  const Policy policy = log.policy();
  const auto verified = [&](const std::string& anchor) {
    evidence::Contents contents = log.contents({9});
    contents.others.push_back({"anchor.json", anchor});
    return evidence::verify_bundle(*evidence::make(contents, log.signer()), &policy);
  };
  for (const uint64_t size : {1u, 6u, 8u, 11u})
    EXPECT_TRUE(verified(anchor_json(log, size)).holds()) << size << failures(verified(anchor_json(log, size)));
  const Report early = verified(anchor_json(log, 6));
  EXPECT_TRUE(
      std::ranges::any_of(early.findings, [](const auto& f) { return f.text.find("came after what was anchored") != std::string::npos; }));
  const SmallLog longer(14);  // the same entries and three more
  EXPECT_TRUE(evidence::verify_bundle(*evidence::make(
                                          [&] {
                                            evidence::Contents contents = longer.contents({9});
                                            contents.proofs[0] = longer.proof(9, longer.note(11), 11);
                                            std::string anchor = anchor_json(longer, 11);
                                            contents.others.push_back({"anchor.json", anchor_json(log, 11)});
                                            return contents;
                                          }(),
                                          longer.signer()),
                                      &policy)
                  .holds());
  const std::string good = anchor_json(log, 6);
  const auto with = [&](const std::string& from, const std::string& to) {
    return std::string(good).replace(good.find(from), from.size(), to);
  };
  for (const std::string& bad :
       {with("\"size\":6", "\"size\":7"), with("\"size\":6", "\"size\":0"), with("\"consistency\":[\"", "\"consistency\":[\"A"),
        with("port.example", "part.example"), with("\"version\":1,\"record\"", "\"version\":2,\"record\""), std::string("{}"),
        std::string("[]"), std::string()})
    EXPECT_FALSE(verified(bad).holds()) << bad;
}

TEST(EvidenceProof, HoldsAndEveryBitOfItCounts) {
  const SmallLog log;
  const Policy policy = log.policy();
  const std::string proof = to_text(log.proof(5, log.note(log.size()), log.size()));
  const Report report = evidence::verify_proof(proof, policy);
  EXPECT_TRUE(report.holds()) << failures(report);
  EXPECT_EQ(report.about, "entry:5");
  EXPECT_EQ(report.witnessed_s, kSeenS + 60);
  for (size_t at = 0; at < proof.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = proof;
      changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
      ASSERT_FALSE(evidence::verify_proof(changed, policy).holds()) << "byte " << at << ", bit " << bit << "\n" << changed;
    }
  // Cut off, it holds only where the last witness's whole line is missing, and the others are still a quorum.
  for (size_t size = 0; size < proof.size(); ++size) {
    const std::string rest = proof.substr(0, size);
    EXPECT_EQ(evidence::verify_proof(rest, policy).holds(), rest.ends_with('\n') && proof.substr(size).starts_with("\xE2\x80\x94 customs"))
        << rest;
  }
}

}  // namespace
}  // namespace fairway::ledger::evidence_test
