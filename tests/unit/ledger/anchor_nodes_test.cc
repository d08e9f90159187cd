// Nodes that lie, are behind, away, or answer what is no answer; profiles; what is kept of anchors on their way.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "base/bytes.h"
#include "ledger/anchor/anchor_guard.h"
#include "ledger/anchor/fate.h"
#include "ledger/anchor/fees.h"
#include "ledger/anchor/nodes.h"
#include "ledger/anchor/online.h"
#include "ledger/anchor/profile.h"
#include "ledger/anchor/quantity.h"
#include "ledger/anchor/queue.h"
#include "ledger/anchor/record.h"
#include "ledger/anchor/sign_anchor.h"
#include "ledger/anchor/signatures.h"
#include "ledger/merkle.h"

namespace fairway::ledger::anchor {
namespace anchor_nodes_test {

const Address kContract = address_from("0x700b6a60ce7eaaea56f065753d8dcb9653dbad35").value();
constexpr std::string_view kOrigin = "port.example/ledger";

Hash filled(uint8_t byte) {
  Hash hash;
  hash.fill(byte);
  return hash;
}

// A node with one transaction in block 5 of 10 that has anchored size 7, unless it is told to say otherwise.
struct FakeNode {
  std::map<std::string, std::string> results;  // by method, JSON
  bool away = false;
  std::string raw;  // instead of an answer

  FakeNode() {
    const std::string block =
        R"({"number":"0x5","hash":")" + to_data(view(filled(5))) + R"(","timestamp":"0x64","baseFeePerGas":"0x7","transactions":["0x1"]})";
    const std::string log = R"({"address":")" + to_data(view(kContract)) + R"(","topics":[")" + to_data(view(anchored_topic())) + R"(",")" +
                            to_data(view(origin_hash(kOrigin))) + R"(",")" + to_data(abi_word(7)) + R"("],"data":")" +
                            to_data(view(filled(0xaa))) + R"("})";
    results = {{"eth_chainId", R"("0x7a69")"},
               {"eth_blockNumber", R"("0xa")"},
               {"eth_getBlockByNumber", block},
               {"eth_getTransactionCount", R"("0x3")"},
               {"eth_call", R"(")" + to_data(abi_word(7) + abi_word(filled(0xaa))) + R"(")"},
               {"eth_getTransactionReceipt",
                R"({"transactionHash":")" + to_data(view(filled(1))) + R"(","blockHash":")" + to_data(view(filled(5))) +
                    R"(","blockNumber":"0x5","status":"0x1","gasUsed":"0xea0b","contractAddress":null,"logs":[)" + log + "]}"}};
  }

  Result<std::string> answer(const std::string& body) {
    if (away) return fail(Code::unavailable, "nobody answers");
    const json::value call = parse_json(body).value();
    std::string method(text_of(call.as_object(), "method"));
    if (method == "eth_call") {  // of one function, where it is told apart
      const json::object& what = array_of(call.as_object(), "params")->at(0).as_object();
      const std::string one = method + "/" + std::string(text_of(what, "data").substr(0, 10));
      if (results.contains(one)) method = one;
    }
    if (!raw.empty()) return raw;
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(*integer_of(call.as_object(), "id")) + R"(,"result":)" + results.at(method) + "}";
  }
};

struct Three {
  FakeNode fakes[3];
  Nodes nodes(size_t count = 3, size_t agree = 2) {
    std::vector<Node> all;
    for (size_t i = 0; i < count; ++i)
      all.emplace_back(JsonRpc("node-" + std::to_string(i), [this, i](const std::string& body) { return fakes[i].answer(body); }));
    return Nodes(std::move(all), 31337, agree);
  }
};

const Attempt kAttempt{filled(1), {}, 0};
FateQuestion question(uint64_t confirmations = 6) {
  return {&kContract, origin_hash(kOrigin), Anchored{7, filled(0xaa)}, {&kAttempt, 1}, confirmations};
}

TEST(AnchorNodes, AgreeOnWhatIsFinal) {
  Three three;
  Nodes nodes = three.nodes();
  const Fate fate = fate_of(nodes, question()).value();
  EXPECT_EQ(fate.stage, Stage::final);
  EXPECT_EQ(fate.block.time_s, 100u);
  EXPECT_EQ(fate.receipt.gas_used, 59'915u);
  EXPECT_EQ(fate.block.header.find("transactions"), std::string::npos);
  EXPECT_TRUE(nodes.troubles().empty());
  EXPECT_EQ(fate_of(nodes, question(7))->stage, Stage::mined);
}

TEST(AnchorNodes, ALiarOfThreeIsOutvotedAndNamed) {
  const std::pair<std::string, std::string> lies[] = {
      {"eth_getTransactionReceipt", "null"},
      {"eth_call", R"(")" + to_data(abi_word(7) + abi_word(filled(0xbb))) + R"(")"},
      {"eth_call", R"(")" + to_data(abi_word(6) + abi_word(filled(0xaa))) + R"(")"},
      {"eth_blockNumber", R"("0x6")"},
      {"eth_chainId", R"("0x1")"},
      {"eth_getBlockByNumber", R"({"number":"0x5","hash":")" + to_data(view(filled(6))) + R"(","timestamp":"0x64"})"},
  };
  for (const auto& [method, lie] : lies) {
    Three three;
    three.fakes[1].results[method] = lie;
    Nodes nodes = three.nodes();
    const Result<Fate> fate = fate_of(nodes, question());
    ASSERT_TRUE(fate) << method;
    EXPECT_EQ(fate->stage, Stage::final);
    ASSERT_EQ(nodes.troubles().size(), 1u) << method;
    EXPECT_TRUE(nodes.troubles()[0].starts_with("node-1, ")) << nodes.troubles()[0];
    three.fakes[1] = FakeNode();
    EXPECT_TRUE(fate_of(nodes, question()));
    EXPECT_TRUE(nodes.troubles().empty()) << method;  // it mended its ways
  }
}

TEST(AnchorNodes, OneOfTwoIsNotBelieved) {
  Three three;
  three.fakes[1].results["eth_getTransactionReceipt"] = "null";
  Nodes nodes = three.nodes(2);
  const Result<Fate> fate = fate_of(nodes, question());
  ASSERT_FALSE(fate);
  EXPECT_EQ(fate.error().code, Code::conflict);
  EXPECT_NE(fate.error().detail.find("node-0 says final"), std::string::npos) << fate.error().detail;
  EXPECT_EQ(nodes.troubles().size(), 2u);  // who of two lies nobody can say
  three.fakes[1].away = true;
  EXPECT_EQ(fate_of(nodes, question()).error().code, Code::unavailable);
}

TEST(AnchorNodes, AnotherTreesEventIsNoAnchor) {
  Three three;
  for (FakeNode& fake : three.fakes) fake.results["eth_call"] = R"(")" + to_data(abi_word(9) + abi_word(filled(0xcc))) + R"(")";
  Nodes nodes = three.nodes();
  EXPECT_EQ(fate_of(nodes, question())->stage, Stage::final);  // a later anchor of the same block
  FateQuestion other = question();
  other.anchored = Anchored{8, filled(0xaa)};
  EXPECT_FALSE(fate_of(nodes, other));
  other.anchored = Anchored{7, filled(0xab)};
  EXPECT_FALSE(fate_of(nodes, other));
}

TEST(AnchorNodes, AnswersThatAreNone) {
  for (const std::string_view raw : {"", "{", "[]", "null", R"({"jsonrpc":"2.0","id":1})", R"({"jsonrpc":"2.0","id":99,"result":"0x7a69"})",
                                     R"({"id":1,"result":"0x7a69"})", R"({"jsonrpc":"2.0","id":1,"result":31337})",
                                     R"({"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"no"}})"}) {
    FakeNode fake;
    fake.raw = raw.empty() ? " " : raw;
    Node node(JsonRpc("node", [&](const std::string& body) { return fake.answer(body); }));
    EXPECT_FALSE(node.chain_id()) << raw;
  }
  for (const std::string_view text : {"{}", R"({"number":"5"})", "[]", "7"}) EXPECT_FALSE(block_from(parse_json(text).value())) << text;
  EXPECT_EQ(block_from(json::value()).error().code, Code::not_found);
  EXPECT_FALSE(receipt_from(parse_json("{}").value()));
  EXPECT_FALSE(receipt_from(json::value()).value().has_value());
}

// A tree of nine leaves, and what it is made of.
struct SmallTree {
  std::map<std::pair<int, uint64_t>, Hash> kept;
  std::vector<Hash> roots;  // by size
  SmallTree() {
    CompactRange range;
    roots.push_back(range.root());
    for (uint8_t i = 0; i < 9; ++i) {
      range.append(filled(i), [&](NodeId id, const Hash& hash) { kept[{id.level, id.index}] = hash; });
      roots.push_back(range.root());
    }
  }
  NodeReader reader() const {
    return [this](std::span<const NodeId> ids) -> Result<std::vector<Hash>> {
      std::vector<Hash> hashes;
      for (const NodeId& id : ids) hashes.push_back(kept.at({id.level, id.index}));
      return hashes;
    };
  }
};

TEST(AnchorGuard, ALogThatIsBehindOrAnotherDoesNotSign) {
  const SmallTree tree;
  Three three;
  const auto anchored = [&](uint64_t size, const Hash& root, const Hash& origin) {
    for (FakeNode& fake : three.fakes) {
      fake.results["eth_call/" + to_data(call_data("originHash()"))] = R"(")" + to_data(view(origin)) + R"(")";
      fake.results["eth_call/" + to_data(call_data("latest()"))] = R"(")" + to_data(abi_word(size) + abi_word(root)) + R"(")";
    }
  };
  AnchorGuard guard(three.nodes(), kContract, std::string(kOrigin));
  const NodeReader nodes = tree.reader();
  const auto ask = [&](uint64_t size) {
    const Checkpoint head{std::string(kOrigin), size, tree.roots[size], {}};
    const Status answer = guard.agree({"", head, nodes});
    return answer ? std::string("ok") : std::string(name(answer.error().code)) + ": " + answer.error().message;
  };
  anchored(0, Hash{}, origin_hash(kOrigin));
  EXPECT_EQ(ask(0), "ok");
  EXPECT_EQ(ask(9), "ok");
  anchored(7, tree.roots[7], origin_hash(kOrigin));
  EXPECT_EQ(ask(7), "ok");
  EXPECT_EQ(ask(9), "ok");
  EXPECT_EQ(ask(6), "conflict: a later tree of this log is anchored than it has itself");
  anchored(7, filled(0xee), origin_hash(kOrigin));
  EXPECT_EQ(ask(9), "conflict: another tree of this log is anchored than its own");
  anchored(7, tree.roots[7], origin_hash("another"));
  EXPECT_EQ(ask(9), "conflict: the contract is another log's");
  anchored(7, tree.roots[7], origin_hash(kOrigin));
  three.fakes[0].away = three.fakes[1].away = true;
  EXPECT_TRUE(ask(9).starts_with("unavailable: too few nodes answer"));
}

TEST(AnchorOnline, EachNodeHasItsVerdict) {
  FakeNode fake;
  const auto verdict = [&](const AnchorRecord& record) {
    Node node(JsonRpc("node", [&](const std::string& body) { return fake.answer(body); }));
    return confirm_at(node, record);
  };
  const AnchorRecord record{{31337, kContract}, std::string(kOrigin), 7, filled(0xaa), filled(1), filled(5), 5, 100, "{}", "{}"};
  EXPECT_TRUE(verdict(record).confirms);
  EXPECT_TRUE(verdict(record).state_seen);
  const auto with = [&](auto change) {
    AnchorRecord altered = record;
    change(altered);
    return verdict(altered).confirms;
  };
  EXPECT_FALSE(with([](AnchorRecord& r) { r.size = 8; }));
  EXPECT_FALSE(with([](AnchorRecord& r) { r.root = filled(0xab); }));
  EXPECT_FALSE(with([](AnchorRecord& r) { r.origin = "other"; }));
  EXPECT_FALSE(with([](AnchorRecord& r) { r.site.chain_id = 1; }));
  EXPECT_FALSE(with([](AnchorRecord& r) { r.site.contract[0] ^= 1; }));
  EXPECT_FALSE(with([](AnchorRecord& r) { r.block = filled(6); }));
  EXPECT_FALSE(with([](AnchorRecord& r) { r.block_time_s = 99; }));
  EXPECT_FALSE(with([](AnchorRecord& r) { r.transaction = filled(2); }));
  std::vector<NodeVerdict> verdicts = {verdict(record)};
  EXPECT_FALSE(all_confirm(verdicts));  // one is not enough
  verdicts.push_back(verdict(record));
  EXPECT_TRUE(all_confirm(verdicts));
  fake.results["eth_getTransactionReceipt"] = "null";
  verdicts.push_back(verdict(record));
  EXPECT_EQ(all_confirm(verdicts).error().code, Code::conflict);
}

constexpr std::string_view kProfile =
    "# a chain\nname = test\nchain-id = 31337\nnode = http://a.example:8545\nnode=https://b.example/v1/KEY\n"
    "contract = 0x700b6a60ce7eaaea56f065753d8dcb9653dbad35\nsender-key = /k\nfee = legacy\ngas-price = 7\nconfirmations = 12\n"
    "witness = 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 https://w.example/\nwitness = 0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc\n";

TEST(AnchorProfile, IsReadAsItStands) {
  const Profile profile = profile_from(kProfile).value();
  EXPECT_EQ(profile.name, "test");
  EXPECT_EQ(profile.nodes.size(), 2u);
  EXPECT_EQ(profile.agree, 2u);
  EXPECT_EQ(profile.contract, kContract);
  EXPECT_EQ(profile.fee.kind, FeeKind::legacy);
  EXPECT_EQ(profile.fee.gas_price_wei, 7u);
  EXPECT_EQ(profile.confirmations, 12u);
  ASSERT_EQ(profile.witnesses.size(), 2u);
  EXPECT_LT(profile.witnesses[0].address, profile.witnesses[1].address);
  EXPECT_EQ(profile.witnesses[1].url, "https://w.example");
}

TEST(AnchorProfile, WhatIsWrongIsNamed) {
  const std::string good(kProfile);
  const std::pair<std::string, std::string_view> wrong[] = {
      {"", "no name"},
      {"name = x\nchain-id = 1\nnode = http://a\n", "two nodes"},
      {good + "agree = 1\n", "fewer nodes than half"},
      {good + "agree = 3\n", "more nodes shall agree"},
      {good + "name = again\n", "stands twice, in line 13"},
      {good + "colour = blue\n", "no such name"},
      {good + "interval\n", "NAME = VALUE"},
      {good + "interval = 0\n", "a number from 1"},
      {good + "interval = 1x\n", "a number from 1"},
      {good + "node = http://a.example:8545\n", "named twice"},
      {good + "node = ftp://a\n", "no URL"},
      {good + "witness = 0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc\n", "witness is named twice"},
      {good + "witness = 0x12\n", "no address"},
      {std::string("name = \xff\n"), "no text"},
  };
  for (const auto& [text, reason] : wrong) {
    const Result<Profile> profile = profile_from(text);
    ASSERT_FALSE(profile) << text;
    EXPECT_NE(profile.error().message.find(reason), std::string::npos) << profile.error().text();
  }
  EXPECT_FALSE(profile_from(std::string(100'000, '#')));
}

TEST(AnchorProfile, ExamplesAreGood) {
  size_t read = 0;
  for (const auto& file : std::filesystem::directory_iterator(FAIRWAY_SOURCE_DIR "/contracts/profiles")) {
    const Result<Profile> profile = load_profile(file.path());
    EXPECT_TRUE(profile) << file.path() << ": " << (profile ? "" : profile.error().text());
    ++read;
  }
  EXPECT_EQ(read, 3u);
}

TEST(AnchorFees, NeverPastTheMost) {
  FeePolicy policy;
  policy.priority_fee_wei = 10;
  policy.max_fee_wei = 1'000;
  EXPECT_EQ(fee_for(policy, 100), (Fee{false, 210, 10}));
  EXPECT_EQ(fee_for(policy, ~uint64_t{0}), (Fee{false, 1'000, 10}));
  Fee fee = fee_for(policy, 100);
  for (int i = 0; i < 100; ++i) {
    const std::optional<Fee> next = dearer(policy, fee, fee_for(policy, 100));
    if (!next) break;
    EXPECT_GE(10 * next->max, 11 * fee.max);
    EXPECT_GE(10 * next->priority, 11 * fee.priority);
    EXPECT_LE(next->max, 1'000u);
    fee = *next;
  }
  EXPECT_GT(fee.max, 850u);
  EXPECT_EQ(dearer(policy, {false, 1'000, 10}, fee), std::nullopt);
  policy.kind = FeeKind::zero;
  EXPECT_EQ(fee_for(policy, 100), (Fee{true, 0, 0}));
  EXPECT_EQ(dearer(policy, {true, 0, 0}, {true, 0, 0}), std::nullopt);
}

TEST(AnchorQueue, ComesBackAsItWas) {
  Queue queue{{31337, kContract}, std::string(kOrigin), 7, 123, {}, 0};
  queue.pending.push_back({7,
                           filled(0xaa),
                           std::string(65, 's'),
                           ~uint64_t{0},
                           {{filled(1), {false, ~uint64_t{0}, 5}, 9}, {filled(2), {true, 1, 0}, 10}},
                           "raw"});
  const Queue again = queue_from_json(to_json(queue)).value();
  EXPECT_EQ(again.pending, queue.pending);
  EXPECT_EQ(again.site, queue.site);
  EXPECT_EQ(again.last_size, 7u);
  const std::string text = to_json(queue);
  for (size_t length = 0; length < text.size(); ++length) EXPECT_FALSE(queue_from_json(text.substr(0, length)));
}

TEST(AnchorRecord, ComesBackAsItWas) {
  const AnchorRecord record{{31337, kContract},    std::string(kOrigin), 7, filled(0xaa), filled(1), filled(5), 5, 100,
                            R"({"status":"0x1"})", R"({"number":"0x5"})"};
  EXPECT_EQ(anchor_record_from_json(to_json(record)).value(), record);
  const std::string text = to_json(record);
  for (size_t length = 0; length < text.size(); ++length) EXPECT_FALSE(anchor_record_from_json(text.substr(0, length)));
}

TEST(AnchorSignatures, OnlyWitnessesCountAndInOrder) {
  std::vector<std::unique_ptr<TxSigner>> signers;
  WitnessSet set;
  std::vector<AnchorWitness> witnesses;
  for (char byte = 1; byte <= 4; ++byte) signers.push_back(std::move(make_tx_signer(std::string(32, byte)).value()));
  for (const auto& signer : signers) {
    witnesses.push_back({signer->address(), "http://w"});
    if (signer != signers.back()) set.witnesses.push_back(signer->address());  // the last one is none of the contract's
  }
  set.threshold = 2;
  std::ranges::sort(set.witnesses);
  std::ranges::sort(witnesses, {}, &AnchorWitness::address);
  const Site site{31337, kContract};
  const SignedCheckpoint checkpoint{{std::string(kOrigin), 7, filled(0xaa), {}}, "the note", 0};
  const Hash digest = anchor_digest(site, kOrigin, 7, filled(0xaa));
  Address forged{}, silent{};
  const AskWitness ask = [&](const AnchorWitness& witness, const std::string& request) -> Result<std::string> {
    EXPECT_NE(request.find(R"("size":7)"), std::string::npos);
    EXPECT_NE(witness.address, signers.back()->address());
    if (witness.address == silent) return fail(Code::unavailable, "away");
    const Address key = witness.address == forged ? signers.back()->address() : witness.address;
    const auto signer = std::ranges::find_if(signers, [&](const auto& one) { return one->address() == key; });
    return R"({"signature":")" + to_data(to_bytes((*signer)->sign(digest).value())) + R"("})";
  };
  const std::string all = collect_signatures(site, checkpoint, set, witnesses, ask).value();
  ASSERT_EQ(all.size(), 130u);
  Address before{};
  for (size_t i = 0; i < 2; ++i) {
    const Address signer = signer_of(digest, signature_from(all.substr(65 * i, 65)).value()).value();
    EXPECT_LT(before, signer);
    EXPECT_TRUE(std::ranges::binary_search(set.witnesses, signer));
    before = signer;
  }
  forged = set.witnesses[0];
  EXPECT_TRUE(collect_signatures(site, checkpoint, set, witnesses, ask));
  silent = set.witnesses[1];
  const Result<std::string> few = collect_signatures(site, checkpoint, set, witnesses, ask);
  ASSERT_FALSE(few);
  EXPECT_NE(few.error().detail.find("the signature is another's"), std::string::npos) << few.error().detail;
}

TEST(AnchorSignAnchor, AWitnessSignsWhatItHasCosigned) {
  const auto signer = std::move(make_tx_signer(std::string(32, 'k')).value());
  const AnchorRequest request{{31337, kContract}, {std::string(kOrigin), 7, filled(0xaa), {}}, "the note"};
  const std::string body = to_json(request);
  const HasCosigned has = [](const Checkpoint& tree, std::string_view note) -> Status {
    if (tree.size == 7 && tree.root == filled(0xaa) && note == "the note") return {};
    return fail(Code::conflict, "not cosigned");
  };
  const std::string answer = sign_anchor(body, *signer, has).value();
  const Signature signature = signature_of_answer(answer).value();
  EXPECT_EQ(signer_of(anchor_digest(request.site, kOrigin, 7, filled(0xaa)), signature).value(), signer->address());
  AnchorRequest other = request;
  other.checkpoint.root = filled(0xab);
  EXPECT_EQ(sign_anchor(to_json(other), *signer, has).error().code, Code::conflict);
  for (size_t length = 0; length < body.size(); ++length) EXPECT_FALSE(sign_anchor(body.substr(0, length), *signer, has));
  for (const std::string_view text : {"{}", "[]", R"({"origin":"o","size":-1})", R"({"origin":"a b","size":1})"})
    EXPECT_EQ(sign_anchor(text, *signer, has).error().code, Code::invalid) << text;
}

}  // namespace anchor_nodes_test
}  // namespace fairway::ledger::anchor
