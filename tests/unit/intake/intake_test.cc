// Intake against a real store: what is accepted, repeated, restated and refused, and what the log holds afterwards.
#include "intake/intake.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <future>

#include "base/json.h"

namespace fairway::intake {
namespace {

constexpr std::string_view kGateIn =
    "UNB+UNOA:2+HIT+OOL+261121:0915+R1'"
    "UNH+1+CODECO:D:95B:UN:ITG14'BGM+34+GATE1+9'TDT+1++3'NAD+CF+OOL:172:20'EQD+CN+CSQU3054383+45G1:102:5++2+5'RFF+BN:OOLU123456'"
    "DTM+7:202611210913:203'LOC+165+HKHKG:139:6'SEL+S1+CA'CNT+16:1'UNT+11+1'UNZ+1+R1'";

std::string dcsa_event(std::string_view id, std::string_view code = "GTIN", std::string_view at = "2026-11-21T08:00:00+08:00") {
  return R"({"eventID":")" + std::string(id) + R"(","eventType":"EQUIPMENT","eventClassifierCode":"ACT","eventDateTime":")" +
         std::string(at) + R"(","eventCreatedDateTime":"2026-11-21T08:01:00+08:00","equipmentEventTypeCode":")" + std::string(code) +
         R"(","equipmentReference":"CSQU3054383","emptyIndicatorCode":"LADEN"})";
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  out.replace(out.find(from), from.size(), to);
  return out;
}

std::shared_ptr<const access::Viewer> party_of(const char* id, Role role = Role::terminal) {
  return std::make_shared<const access::Viewer>(access::make_viewer({id, id, role, {}, 0}));
}

class IntakeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/fairway-intake-XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    folder_ = pattern;
    auto opened = store::open("rocksdb:" + folder_, env_);
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  Result<Outcome> take(std::string_view bytes, std::shared_ptr<const access::Viewer> sender = party_of("pty_hit")) {
    std::promise<Result<Outcome>> promise;
    Intake(*store_, env_).take({std::move(sender), bytes, gateway::Format::unknown, ""}, [&](Result<Outcome> outcome) {
      promise.set_value(std::move(outcome));
    });
    return promise.get_future().get();
  }
  std::vector<Entry> log() {
    auto snapshot = store_->snapshot();
    EXPECT_TRUE(snapshot);
    return (*snapshot)->range(1, 1000).value_or(std::vector<Entry>{});
  }

  ManualEnv env_{1'795'000'000'000'000, 3};
  std::string folder_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(IntakeTest, AMessageAndItsEventsAreEntriesWithTheSendersText) {
  const auto outcome = take(kGateIn);
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->http_status(), 200);
  ASSERT_EQ(outcome->messages.size(), 1u);
  EXPECT_EQ(outcome->messages[0].fate, Fate::accepted);
  EXPECT_EQ(outcome->messages[0].entry, 1u);
  ASSERT_EQ(outcome->messages[0].events.size(), 1u);
  EXPECT_EQ(outcome->messages[0].events[0].entry, 2u);
  const auto entries = log();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].kind, EntryKind::message);
  EXPECT_NE(entries[0].body.find("BGM+34+GATE1+9"), std::string::npos);
  EXPECT_EQ(entries[1].kind, EntryKind::event);
  EXPECT_EQ(entries[1].received_us, env_.now_us());
}

TEST_F(IntakeTest, TheSameBytesAgainGiveTheSameReceipt) {
  ASSERT_TRUE(take(kGateIn));
  const auto again = take(kGateIn);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->messages[0].fate, Fate::repeated);
  EXPECT_EQ(again->messages[0].entry, 1u);
  EXPECT_EQ(again->messages[0].events[0].entry, 2u);
  EXPECT_EQ(log().size(), 2u);
}

TEST_F(IntakeTest, TheSameClaimOfAnotherPartyIsItsOwn) {
  ASSERT_TRUE(take(kGateIn));
  const auto other = take(kGateIn, party_of("pty_other"));
  ASSERT_TRUE(other);
  EXPECT_EQ(other->messages[0].fate, Fate::accepted);
  EXPECT_EQ(log().size(), 4u);
}

TEST_F(IntakeTest, AMessageToldAgainWithOtherDetailsIsACorrection) {
  ASSERT_TRUE(take(kGateIn));
  const auto restated = take(replaced(kGateIn, "SEL+S1+CA", "SEL+S2+CA"));
  ASSERT_TRUE(restated) << restated.error().text();
  ASSERT_EQ(restated->messages[0].events.size(), 1u);
  EXPECT_EQ(restated->messages[0].events[0].fate, Fate::accepted);
  const auto entries = log();
  const auto first = event_from_json(entries[1].body), second = event_from_json(entries.back().body);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->amendment, Amendment::correction);
  EXPECT_EQ(second->amends, first->id);
  EXPECT_NE(second->id, first->id);
  const auto third = take(replaced(kGateIn, "SEL+S1+CA", "SEL+S2+CA"));  // and that again is a repeat
  ASSERT_TRUE(third);
  EXPECT_EQ(third->messages[0].events[0].fate, Fate::repeated);
  EXPECT_EQ(log().size(), entries.size());
}

TEST_F(IntakeTest, ADcsaIdThatSaysSomethingElseIsRefused) {
  const std::string id = "5a2b9a3e-0000-4000-8000-000000000001";
  ASSERT_TRUE(take(dcsa_event(id)));
  const auto clash = take(dcsa_event(id, "GTOT"));
  ASSERT_TRUE(clash);
  EXPECT_EQ(clash->http_status(), 422);
  ASSERT_TRUE(clash->messages[0].events[0].problem);
  EXPECT_EQ(clash->messages[0].events[0].problem->code, Code::conflict);
  EXPECT_EQ(log().size(), 1u);
}

TEST_F(IntakeTest, OneBrokenEventDoesNotHoldUpTheOthers) {
  const auto mixed = take("[" + dcsa_event("a1") + "," + dcsa_event("a2", "FLY") + "," + dcsa_event("a3") + "]");
  ASSERT_TRUE(mixed);
  EXPECT_EQ(mixed->http_status(), 207);
  EXPECT_EQ(mixed->accepted, 2u);
  EXPECT_EQ(mixed->refused, 1u);
  EXPECT_EQ(mixed->messages[1].fate, Fate::refused);
  EXPECT_TRUE(mixed->messages[1].problem);
  EXPECT_EQ(log().size(), 2u);
}

TEST_F(IntakeTest, TheSameEventTwiceInOneBodyIsStoredOnce) {
  const auto twice = take("[" + dcsa_event("a1") + "," + dcsa_event("a1") + "]");
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->accepted, 1u);
  EXPECT_EQ(twice->repeated, 1u);
  EXPECT_EQ(log().size(), 1u);
}

TEST_F(IntakeTest, RefusesWhatItCannotRead) {
  for (const std::string_view body : {"hello", "{", "", "   "}) {
    const auto outcome = take(body);
    ASSERT_FALSE(outcome) << body;
    EXPECT_FALSE(outcome.error().message.empty());
  }
  const auto bank = take(kGateIn, party_of("pty_bank", Role::bank));
  ASSERT_FALSE(bank);
  EXPECT_EQ(bank.error().code, Code::forbidden);
  EXPECT_TRUE(log().empty());
}

TEST_F(IntakeTest, AnInterchangeLargerThanABatchIsStoredWhole) {
  std::string interchange = "UNB+UNOA:2+HIT+OOL+261121:0915+R1'";
  constexpr int kMessages = 6000;
  for (int i = 0; i < kMessages; ++i) {
    const std::string number = std::to_string(i);
    interchange += "UNH+" + number + "+CODECO:D:95B:UN:ITG14'BGM+34+G" + number +
                   "+9'TDT+1++3'NAD+CF+OOL:172:20'EQD+CN+CSQU3054383+45G1:102:5++2+5'" +
                   "DTM+7:202611210913:203'LOC+165+HKHKG:139:6'CNT+16:1'UNT+9+" + number + "'";
  }
  interchange += "UNZ+" + std::to_string(kMessages) + "+R1'";
  const auto outcome = take(interchange);
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->accepted, static_cast<size_t>(kMessages));
  EXPECT_EQ(store_->wait_past(0, std::chrono::milliseconds(0)), 2u * kMessages);
}

TEST_F(IntakeTest, TheReceiptNamesEveryMessageAndEntry) {
  const auto outcome = take(kGateIn);
  ASSERT_TRUE(outcome);
  const auto parsed = parse_json(to_json(*outcome));
  ASSERT_TRUE(parsed);
  const json::object& receipt = parsed->as_object();
  EXPECT_EQ(integer_of(receipt, "accepted"), 1);
  const json::object& message = array_of(receipt, "messages")->at(0).as_object();
  EXPECT_EQ(text_of(message, "type"), "CODECO D.95B ITG14");
  EXPECT_EQ(text_of(message, "document"), "GATE1");
  EXPECT_EQ(array_of(message, "entries")->size(), 2u);
}

// A store that is away: nothing is acknowledged.
class AwayStore final : public store::Store {
 public:
  void commit(store::Batch, store::Completion done) override { done(fail(Code::unavailable, "the disk is full")); }
  Result<std::unique_ptr<store::Snapshot>> snapshot() override { return fail(Code::unavailable, "away"); }
  bool reads_at_once() const override { return true; }
  Position wait_past(Position, std::chrono::milliseconds) override { return 0; }
  Status writable() override { return fail(Code::unavailable, "away"); }
  Figures figures() override { return {}; }
  Result<std::vector<store::Erasure>> traces(std::span<const Position>) override { return fail(Code::unavailable, "away"); }
  Status purge(std::span<const store::Erasure>, std::span<const std::string>) override { return fail(Code::unavailable, "away"); }
  Status export_lines(const std::function<Status(std::string_view)>&) override { return {}; }
  Status import_lines(const std::function<Result<std::optional<std::string>>()>&) override { return {}; }
};

TEST(IntakeFailure, SaysThatNothingIsAcknowledged) {
  AwayStore away;
  ManualEnv env(1);
  std::optional<Result<Outcome>> outcome;
  Intake(away, env).take({party_of("pty_hit"), kGateIn, gateway::Format::unknown, ""}, [&](Result<Outcome> o) { outcome = std::move(o); });
  ASSERT_TRUE(outcome);
  ASSERT_FALSE(*outcome);
  EXPECT_EQ(outcome->error().code, Code::unavailable);
}

}  // namespace
}  // namespace fairway::intake
