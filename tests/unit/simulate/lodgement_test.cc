// Lodging at a simulated authority: whatever dies between two steps, every letter is lodged once and every answer counts once.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <stdexcept>

#include "base/json.h"
#include "filing/life/book.h"
#include "filing/lodge/answers.h"
#include "filing/lodge/http_channel.h"
#include "filing/lodge/outbox.h"
#include "http/server.h"
#include "simulate/authority/authority.h"
#include "store/store.h"

namespace fairway::simulate {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kNoon = 1'795'492'800 * kSecond;  // 2026-11-24 12:00 in Hong Kong
constexpr std::string_view kName = "hk-tsw";

struct Died : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Straight to the authority, without a network between.
class DirectChannel final : public filing::Channel {
 public:
  DirectChannel(Authority& authority, filing::Hours hours) : authority_(authority), hours_(std::move(hours)) {}
  const std::string& name() const override { return name_; }
  std::optional<int64_t> opens_us(std::string_view form, int64_t now_us) const override { return hours_.opens_us(form, now_us); }
  Status send(const filing::Letter& letter) override {
    const http::Response response = authority_.put_letter(
        {letter.id, letter.filing, std::string(filing::name(letter.kind)), letter.form, letter.format, letter.number, letter.content_type},
        letter.body);
    if (response.status < 300) return {};
    return fail(response.status < 500 ? Code::invalid : Code::unavailable, response.body);
  }
  Result<Mail> fetch(std::string_view cursor) override {
    const http::Response response = authority_.answers(cursor);
    if (response.status != 200) return fail(Code::unavailable, response.body);
    return filing::read_answers(response.body);
  }

 private:
  std::string name_{kName};
  Authority& authority_;
  filing::Hours hours_;
};

// A store with filings, and a server's outbox on it that a test can let die.
class Quay {
 public:
  explicit Quay(const Conduct& conduct, filing::Hours hours = {}) : hours_(std::move(hours)) {
    folder_ = std::filesystem::temp_directory_path() / ("fairway-lodgement-" + random_id(Env::system(), 12));
    store_ = *store::open("rocksdb:" + folder_.string(), env_);
    regimes_ = *filing::Regimes::built_in();
    authority_ = *Authority::open(conduct, env_);
    book_ = std::make_unique<filing::Book>(*store_, env_, *regimes_);
    book_->set_letter_writer(filing::write_letter);
    restart();
  }
  ~Quay() {
    outbox_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  // As after a crash: nothing is left but what is in the store.
  void restart() {
    outbox_.reset();
    std::vector<std::unique_ptr<filing::Channel>> channels;
    channels.push_back(channel_ ? channel_() : std::make_unique<DirectChannel>(*authority_, hours_));
    filing::Outbox::Settings settings;
    settings.crash_point = [this](std::string_view step) {
      if (step == dies_at && --dies_after == 0) throw Died(std::string(step));
    };
    outbox_ = std::make_unique<filing::Outbox>(*store_, *book_, env_, std::move(channels), std::move(settings));
  }

  std::string draft_filing(const std::string& message = "json") {
    filing::Consignment consignment{.record = filing::Record(regimes_->schema())};
    consignment.owner = "pty_owner";
    consignment = *book_->add(std::move(consignment), "usr_anna");
    filing::Filing filing;
    filing.consignment = consignment.id;
    filing.party = "pty_owner";
    filing.key = {"hk", "1", 0};
    filing.authority = kName;
    filing.message = message;
    filing.record_version = 1;
    filing.draft.key = filing.key;
    filing.draft.fields = {{.name = "importer.name", .value = "Wing On Ltd", .group = "parties"},
                           {.name = "consignee.name", .value = "Wing On Ltd", .group = "parties"},
                           {.name = "container[1].number", .value = "MSCU1234566", .group = "parties"},
                           {.name = "container[2].number", .value = "TCLU4265123", .group = "parties"}};
    const auto added = book_->add(std::move(filing), "usr_anna");
    EXPECT_TRUE(added) << added.error().text();
    return added ? added->id : std::string();
  }

  void order(const std::string& id, filing::Kind kind = filing::Kind::original) {
    const auto ordered = book_->step(id, "lodgement ordered", "usr_anna", [&](filing::Filing& filing) -> Status {
      for (const std::string& group : unconfirmed(filing))
        TRY_OK(confirm(filing, group, {.person = "usr_anna", .name = "Anna"}, true, env_.now_us()));
      filing::Lodgement lodgement;
      lodgement.id = "ldg_" + random_id(Env::system(), 10);
      lodgement.kind = kind;
      lodgement.by = "usr_anna";
      lodgement.ordered_us = env_.now_us();
      return order_lodgement(filing, std::move(lodgement), env_.now_us());
    });
    EXPECT_TRUE(ordered) << ordered.error().text();
  }

  std::string lodge(const std::string& message = "json") {
    std::string id = draft_filing(message);
    order(id);
    return id;
  }

  // A round, and some time; a server that dies is started again.
  void turn(int64_t pass_us = kSecond / 2) {
    try {
      const Status done = outbox_->turn();
      EXPECT_TRUE(done) << done.error().text();
    } catch (const Died&) {
      ++deaths;
      restart();
    }
    env_.advance_us(pass_us);
  }
  void turns(int count) {
    for (int i = 0; i < count; ++i) turn();
  }

  filing::Filing filing(const std::string& id) { return **book_->find_filing(id); }
  json::object letters() { return parse_json(authority_->letters().body)->as_object(); }
  size_t in_state(std::string_view prefix) { return (*store_->snapshot())->state_scan(prefix, "", 1000)->size(); }

  // Each letter was taken once, no filing was lodged twice, nothing waits, no answer counts twice.
  void expect_once_each(size_t letters_expected) {
    const json::object told = letters();
    EXPECT_EQ(told.at("letters").as_array().size(), letters_expected);
    EXPECT_TRUE(told.at("lodgedTwice").as_array().empty());
    EXPECT_TRUE(told.at("differing").as_array().empty());
    EXPECT_EQ(in_state("outbox/"), 0U);
    EXPECT_EQ(in_state("stray/"), 0U);
  }

  ManualEnv env_{kNoon};
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  std::shared_ptr<const filing::Regimes> regimes_;
  std::unique_ptr<Authority> authority_;
  std::unique_ptr<filing::Book> book_;
  std::function<std::unique_ptr<filing::Channel>()> channel_;
  filing::Hours hours_;
  std::unique_ptr<filing::Outbox> outbox_;
  std::string dies_at;
  int dies_after = 0, deaths = 0;
};

void expect_closed_once(Quay& world, const std::string& id) {
  const filing::Filing filing = world.filing(id);
  EXPECT_EQ(filing.state, filing::State::closed) << name(filing.state);
  std::set<std::string> seen;
  for (const filing::Answer& answer : filing.answers) {
    EXPECT_TRUE(seen.insert(answer.id).second) << answer.id;
    EXPECT_FALSE(answer.contradicts) << answer.status;
  }
  EXPECT_FALSE(filing.number.empty());
}

TEST(Lodgement, ALetterGoesOutAndComesBackReleasedAndClosed) {
  Quay world({});
  const std::string id = world.lodge("cusdec");
  world.turns(12);
  expect_closed_once(world, id);
  EXPECT_TRUE(world.filing(id).paid);
  world.expect_once_each(1);
}

TEST(Lodgement, DyingAtAnyStepLodgesNothingTwiceAndLosesNothing) {
  for (const char* step : {"letter read", "letter sent", "sending noted", "answers fetched", "answer taken", "cursor kept"})
    for (const int time : {1, 2, 3}) {
      SCOPED_TRACE(std::string(step) + " #" + std::to_string(time));
      Quay world({.seed = static_cast<uint64_t>(time), .outage = 20, .duplicate = 40, .inspect = 50});
      world.dies_at = step;
      world.dies_after = time;
      std::vector<std::string> ids;
      for (int i = 0; i < 4; ++i) ids.push_back(world.lodge(i % 2 == 0 ? "json" : "cusdec"));
      world.turns(80);
      EXPECT_EQ(world.deaths, 1);
      for (const std::string& id : ids) expect_closed_once(world, id);
      world.expect_once_each(4);
    }
}

TEST(Lodgement, AnOutageIsWaitedOutWithGrowingPauses) {
  Conduct conduct;
  ASSERT_TRUE(set_hours(conduct, "01:00-02:00"));  // and the channel knows nothing of it
  Quay world(conduct);
  const std::string id = world.lodge();
  for (int i = 0; i < 600; ++i) world.turn();  // five minutes
  EXPECT_GE(world.letters().at("closed").as_int64(), 6);
  EXPECT_LE(world.letters().at("closed").as_int64(), 12);
  EXPECT_EQ(world.in_state("outbox/"), 1U);
  EXPECT_FALSE(world.outbox_->figures().front().trouble.empty());
  EXPECT_EQ(world.filing(id).state, filing::State::lodging);
  world.env_.advance_us(13 * 3600 * kSecond);  // half past one at night
  world.env_.advance_us(1800 * kSecond);
  world.turns(12);
  expect_closed_once(world, id);
  EXPECT_TRUE(world.outbox_->figures().front().trouble.empty());
}

// Its answers show that it has the letter, whatever it said when it took it.
TEST(Lodgement, WhatIsAnsweredWasTaken) {
  Quay world({.outage = 100});
  const std::string id = world.lodge();
  world.turns(300);
  expect_closed_once(world, id);
  world.expect_once_each(1);
}

TEST(Lodgement, ARejectionNamesItsFieldAndCanBeMended) {
  Quay world({.reject = 100});
  const std::string id = world.lodge();
  world.turns(4);
  const filing::Filing filing = world.filing(id);
  ASSERT_EQ(filing.state, filing::State::rejected);
  EXPECT_FALSE(filing.answers.back().remarks.empty());
  EXPECT_EQ(world.letters().at("lodgedTwice").as_array().size(), 0U);
}

TEST(Lodgement, WhatCannotBeReadIsRejectedInTheAuthoritysWords) {
  Quay world({});
  const std::string id = world.lodge("cusdec");
  // The kept letter is damaged before it leaves.
  const std::string key = "outbox/hk-tsw/" + world.filing(id).lodgements.front().id;
  std::string kept = (*world.store_->snapshot())->state(key)->value().value;
  kept.replace(kept.find("UNB+"), 4, "UNX+");
  store::Batch batch;
  batch.state.push_back({key, kept, std::nullopt});
  ASSERT_TRUE(world.store_->commit_and_wait(std::move(batch)));
  world.turns(3);
  const filing::Filing filing = world.filing(id);
  EXPECT_EQ(filing.state, filing::State::rejected);
  ASSERT_FALSE(filing.answers.empty());
  EXPECT_NE(filing.answers.front().text.find("broken"), std::string::npos) << filing.answers.front().text;
  EXPECT_EQ(world.in_state("outbox/"), 0U);
}

TEST(Lodgement, ACancellationEndsWhatWasAccepted) {
  Quay world({.release_after_ms = 3'600'000});
  const std::string id = world.lodge();
  world.turns(6);
  ASSERT_EQ(world.filing(id).state, filing::State::accepted);
  world.order(id, filing::Kind::cancellation);
  world.turns(6);
  EXPECT_EQ(world.filing(id).state, filing::State::cancelled);
  world.expect_once_each(2);
}

TEST(Lodgement, InClosedHoursLettersWait) {
  const auto regimes = *filing::Regimes::built_in();
  const auto hours = filing::Hours::of(*regimes, kName);
  ASSERT_TRUE(hours) << hours.error().text();
  Conduct conduct;
  ASSERT_TRUE(set_hours(conduct, "07:00-23:00"));
  Quay world(conduct, *hours);
  world.env_.advance_us(12 * 3600 * kSecond);  // midnight
  const std::string id = world.lodge();
  world.turns(20);
  EXPECT_TRUE(world.letters().at("letters").as_array().empty());
  EXPECT_EQ(world.letters().at("closed").as_int64(), 0);
  EXPECT_EQ(world.outbox_->figures().front().waiting, 1U);
  world.env_.advance_us(7 * 3600 * kSecond);
  world.turns(12);
  expect_closed_once(world, id);
}

// An authority that says something of nobody, and something that cannot be read.
class StrangeChannel final : public filing::Channel {
 public:
  const std::string& name() const override { return name_; }
  std::optional<int64_t> opens_us(std::string_view, int64_t) const override { return std::nullopt; }
  Status send(const filing::Letter& letter) override {
    sent_ = letter.id;
    return {};
  }
  Result<Mail> fetch(std::string_view) override {
    return filing::read_answers(R"({"answers":[{"id":"x1","status":"accepted","lodgement":"ldg_unknown"},{"id":"x2","status":"nonsense"},)"
                                R"({"id":"x3","status":"accepted","number":"N1","lodgement":")" +
                                sent_ + R"("}],"next":"1"})");
  }

 private:
  std::string name_{kName}, sent_;
};

TEST(Lodgement, AnAnswerToNothingIsKeptAsideAndBlocksNobody) {
  Quay world({});
  world.channel_ = [] { return std::make_unique<StrangeChannel>(); };
  world.restart();
  const std::string id = world.lodge();
  world.turns(3);
  EXPECT_EQ(world.filing(id).state, filing::State::accepted);
  EXPECT_EQ(world.in_state("stray/hk-tsw/"), 2U);
  world.turns(3);
  EXPECT_EQ(world.in_state("stray/hk-tsw/"), 2U);
  EXPECT_EQ(world.outbox_->figures().front().strays, 2U);
}

TEST(Lodgement, OverHttpTheContractIsTheSame) {
  Quay world({.outage = 30, .duplicate = 30});
  auto server = *http::Server::start({.listen = "127.0.0.1:0"}, world.authority_->router());
  world.channel_ = [&]() -> std::unique_ptr<filing::Channel> {
    return *filing::HttpChannel::make(
        {.name = std::string(kName), .url = "http://" + server->address(), .token = "secret", .tls = {}, .hours = {}});
  };
  world.restart();
  const std::string json = world.lodge(), edifact = world.lodge("cusdec");
  world.turns(60);
  expect_closed_once(world, json);
  expect_closed_once(world, edifact);
  world.expect_once_each(2);
  server->stop(std::chrono::milliseconds(100));
}

TEST(Lodgement, ATokenIsNotSentInTheClear) {
  EXPECT_FALSE(filing::HttpChannel::make({.name = "x", .url = "http://customs.example", .token = "secret", .tls = {}, .hours = {}}));
  EXPECT_FALSE(filing::HttpChannel::make({.name = "x", .url = "ftp://customs.example", .token = "", .tls = {}, .hours = {}}));
}

TEST(SimulatedAuthority, ARestartForgetsNothing) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / ("fairway-authority-" + random_id(Env::system(), 12));
  ManualEnv env(kNoon);
  const Conduct conduct{.duplicate = 50, .inspect = 50};
  const LetterHeaders head{"ldg_1", "fil_1", "original", "hk/1", "json", "", "application/json"};
  const std::string body = R"({"lodgement":"ldg_1","filing":"fil_1","fields":{"consignor.name":"A","container[1].number":"MSCU1234566"}})";
  std::string first;
  {
    auto authority = *Authority::open(conduct, env, file.string());
    EXPECT_EQ(authority->put_letter(head, body).status, 201);
    EXPECT_EQ(authority->put_letter(head, body).status, 200);
    EXPECT_EQ(authority->put_letter(head, body + " ").status, 409);
    env.advance_us(kSecond);
    first = authority->answers("").body;
  }
  auto authority = Authority::open(conduct, env, file.string());
  ASSERT_TRUE(authority) << authority.error().text();
  EXPECT_EQ((*authority)->answers("").body, first);
  EXPECT_EQ((*authority)->put_letter(head, body).status, 200);
  env.advance_us(60 * kSecond);
  const std::string all = (*authority)->answers("").body;
  EXPECT_NE(all.find("closed"), std::string::npos);
  EXPECT_EQ((*authority)->answers("0").body, all);
  std::filesystem::remove(file);
}

TEST(SimulatedAuthority, WhatItDecidesFollowsFromSeedAndLetter) {
  const Conduct conduct{.reject = 30, .query = 30, .duplicate = 30, .inspect = 30};
  const LetterView letter{{"ldg_7", "fil_7", "original", "hk/1", "json", "", ""}, {{"consignor.name", "A"}}};
  const auto once = decide(conduct, letter, {}), again = decide(conduct, letter, {});
  ASSERT_EQ(once.size(), again.size());
  for (size_t i = 0; i < once.size(); ++i) EXPECT_EQ(to_json(once[i].heard), to_json(again[i].heard));
}

TEST(SimulatedAuthority, RoadCargoHasAConsignorWhereDeclarationsHaveATrader) {
  const LetterView road{{"ldg_8", "fil_8", "original", "hk/aci", "cusdec", "", ""}, {{"consignor.name", "A"}, {"consignor.address", "B"}}};
  const LetterView declaration{{"ldg_9", "fil_9", "original", "hk/1", "cusdec", "", ""}, {{"consignor.name", "A"}}};
  EXPECT_TRUE(missing_fields(road).empty());
  ASSERT_EQ(missing_fields(declaration).size(), 1U);
  EXPECT_EQ(missing_fields(declaration).front().first, "importer.name");
}

}  // namespace
}  // namespace fairway::simulate
