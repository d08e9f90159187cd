// A world of multimodal consignments goes through intake into a store; the journeys that come out are held against what was true.
// FAIRWAY_WORLD_JOURNEYS: consignments a seed (100). FAIRWAY_WORLD_MISSES: how many misses are told whole (20).
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <iostream>
#include <map>
#include <set>

#include "base/env.h"
#include "intake/intake.h"
#include "journey/assemble.h"
#include "simulate/world.h"
#include "unit/world/truth.h"

namespace fairway::world_test {
namespace {

constexpr int64_t kStart = 1'795'276'800'000'000;  // 2026-11-21T16:00:00Z
constexpr double kShareMin = 0.995;

// A clock that stands where the world is: air messages name no year.
class WorldClock final : public Env {
 public:
  int64_t now_us() override { return now_us_.load(); }
  int64_t steady_ns() override { return Env::system().steady_ns(); }
  std::string random_bytes(size_t count) override { return Env::system().random_bytes(count); }
  void set(int64_t now_us) { now_us_ = now_us; }

 private:
  std::atomic<int64_t> now_us_{kStart};
};

class OperatorSight final : public journey::Sight, journey::Rule {
 public:
  [[nodiscard]] journey::Rule& rule() const override { return const_cast<OperatorSight&>(*this); }
  [[nodiscard]] const PartyId& viewer() const override { return id_; }
  [[nodiscard]] bool sees_everything() const override { return true; }
  [[nodiscard]] bool shows(Sees, const journey::EventHead&) const override { return true; }
  [[nodiscard]] bool shows_reference(Sees, ReferenceKind) const override { return true; }
  bool redact(Event&, Sees) const override { return false; }
  Result<std::optional<journey::Insider>> by_name(store::Snapshot&, uint64_t) override { return std::nullopt; }
  Result<std::optional<journey::Insider>> by_id(store::Snapshot&, const PartyId&) override { return std::nullopt; }
  Result<std::vector<journey::Held>> held(store::Snapshot&, const PartyId&, std::span<const journey::HeadReference>,
                                          std::span<const PartyId>) override {
    return std::vector<journey::Held>();
  }

 private:
  PartyId id_ = "pty_operator";
};

size_t wanted(const char* variable, size_t otherwise) {
  const char* said = std::getenv(variable);
  return said == nullptr ? otherwise : std::strtoul(said, nullptr, 10);
}

simulate::Options options_of(uint64_t seed, int disturbed = 0) {
  simulate::Options options{.seed = seed, .boxes = 30, .days = 100, .start_us = kStart};
  options.journeys = static_cast<int>(wanted("FAIRWAY_WORLD_JOURNEYS", 100));
  options.disturbed = disturbed;
  return options;
}

struct Share {
  size_t right = 0, all = 0;
  void count(bool is_right) { right += is_right ? 1 : 0, ++all; }
  [[nodiscard]] double value() const { return all == 0 ? 1 : static_cast<double>(right) / static_cast<double>(all); }
};

// A milestone as it came out.
struct Placed {
  const TrueMilestone* milestone = nullptr;
  const journey::MilestoneGroup* group = nullptr;
  std::string wrong;
};

std::string line_of(const std::string& name, const Share& share) {
  return "  " + name + ": " + std::to_string(share.right) + " of " + std::to_string(share.all) + " (" +
         std::to_string(100 * share.value()) + " %)\n";
}

class WorldTest : public ::testing::Test {
 protected:
  void open() {
    char pattern[] = "/tmp/fairway-world-XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    folder_ = pattern;
    auto opened = store::open("rocksdb:" + folder_, clock_);
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
  }
  void TearDown() override { close(); }
  void close() {
    store_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  void take_in(simulate::World& world) {
    intake::Intake intake(*store_, clock_);
    std::map<std::string, std::shared_ptr<const access::Viewer>> senders;
    for (const simulate::SimulatedParty& party : simulate::parties())
      senders[party.slug] =
          std::make_shared<const access::Viewer>(access::make_viewer({"pty_" + party.slug, party.name, party.role, {}, 0}));
    // A sender hands in its next message when it has the answer to the one before, as over one connection.
    std::map<std::string, std::future<size_t>> answers;
    for (simulate::Dispatch d; world.next(d);) {
      std::future<size_t>& answer = answers[d.party_slug];
      if (answer.valid()) refused_ += answer.get();
      clock_.set(d.at_us);
      auto promise = std::make_shared<std::promise<size_t>>();
      answer = promise->get_future();
      intake.take({senders.at(d.party_slug), d.body, gateway::Format::unknown, d.content_type},
                  [promise](Result<intake::Outcome> outcome) { promise->set_value(outcome ? outcome->refused : 1); });
      ++messages_;
    }
    for (auto& [sender, answer] : answers) refused_ += answer.get();
  }

  void compare(uint64_t seed, const Truth& truth) {
    auto snapshot = store_->snapshot();
    ASSERT_TRUE(snapshot);
    const auto found = journey::find(**snapshot, std::string_view(truth.ask), OperatorSight());
    if (!found) {
      ADD_FAILURE() << truth.ask << ": " << found.error().text();
      return;
    }
    const journey::Journey& journey = *found;
    std::vector<Placed> all;
    for (const TrueMilestone& milestone : truth.milestones) {
      if (milestone.formats.empty()) continue;  // nobody has told it
      const journey::MilestoneGroup* group = find_group(journey, truth, milestone);
      all.push_back({&milestone, group, wrong_with(journey, group, truth.leg(milestone.leg))});
    }
    tell_twins_apart(journey, truth, all);
    for (const Placed& placed : all) {
      const bool right = placed.wrong.empty();
      all_.count(right);
      by_itinerary_[truth.journey].count(right);
      for (const std::string& format : placed.milestone->formats) by_format_[format].count(right);
      if (!right) note_miss(seed, truth, journey, *placed.milestone, placed.group, placed.wrong);
    }
    for (const journey::Leg& leg : journey.legs) named_.count(!carrier_of(leg.transport).empty());
  }

  // Two legs between the same places by the same carrier: a flight of one number on two days. What stands on a leg that is mostly the
  // other's is wrong. Where several trucks are drawn as one leg, it names none of them and is all of theirs.
  void tell_twins_apart(const journey::Journey& journey, const Truth& truth, std::vector<Placed>& all) {
    std::map<int, std::map<int, size_t>> held;  // by made leg: the true legs whose milestones it has
    for (const Placed& placed : all)
      if (placed.group != nullptr && placed.group->leg != 0) ++held[placed.group->leg][placed.milestone->leg];
    for (const auto& [made, true_legs] : held) {
      whole_.count(true_legs.size() == 1);
      const auto leg = std::ranges::find(journey.legs, made, &journey::Leg::number);
      if (true_legs.size() == 1) continue;
      ++kinds_[truth.journey + ": one leg of several by " + std::string(name(leg->mode))];
      if (carrier_of(leg->transport).empty()) continue;
      const int owner = std::ranges::max_element(true_legs, {}, [](const auto& entry) { return entry.second; })->first;
      for (Placed& placed : all)
        if (placed.wrong.empty() && placed.group->leg == made && placed.milestone->leg != owner) placed.wrong = "on its twin's leg";
    }
  }

  void note_miss(uint64_t seed, const Truth& truth, const journey::Journey& journey, const TrueMilestone& milestone,
                 const journey::MilestoneGroup* group, const std::string& wrong) {
    ++kinds_[truth.journey + " " + milestone.milestone + " at " + milestone.place + ": " + wrong];
    if (misses_++ >= wanted("FAIRWAY_WORLD_MISSES", 20)) return;
    const TrueLeg* leg = truth.leg(milestone.leg);
    std::string& out = report_;
    out += "seed " + std::to_string(seed) + " " + truth.journey + " " + std::to_string(truth.number) + " (" + truth.ask +
           "): " + milestone.milestone + " of " + milestone.subject + " at " + milestone.place + " " + to_rfc3339_utc(milestone.at_us) +
           ": " + wrong + "\n    true leg:  " + (leg == nullptr ? std::string("none") : leg->text()) + "\n";
    if (group != nullptr) {
      const Event& event = journey.claims[*group->best].event;
      out += "    told by " + event.source.type + " of";
      for (const Reference& reference : event.references) out += " " + reference.key();
      out += ", on leg " + std::to_string(group->leg) + "\n";
    }
    for (const journey::Leg& made : journey.legs) out += "    made leg:  " + text_of(made) + "\n";
    for (const TrueLeg& one : truth.legs) out += "    there was: " + one.text() + "\n";
  }

  void play(const simulate::Options& options) {
    open();
    simulate::World world(options);
    take_in(world);
    world.journey_truth([&](std::string_view line) { compare(options.seed, truth_of(line)); });
    close();
  }

  void print() const {
    std::cout << messages_ << " messages, " << refused_ << " refused\n" << line_of("all", all_);
    std::cout << line_of("legs of one truck, vessel or flight", whole_) << line_of("legs that name it", named_);
    for (const auto& [name, share] : by_itinerary_) std::cout << line_of(name, share);
    for (const auto& [name, share] : by_format_) std::cout << line_of(name, share);
    for (const auto& [kind, count] : kinds_) std::cout << "  " << count << " x " << kind << "\n";
    std::cout << report_;
  }

  WorldClock clock_;
  std::string folder_;
  std::unique_ptr<store::Store> store_;
  size_t messages_ = 0, refused_ = 0, misses_ = 0;
  Share all_;
  // Legs that hold the milestones of one true leg alone (several trucks on one way are drawn as one), and that say by what.
  Share whole_, named_;
  std::map<std::string, Share> by_itinerary_, by_format_;
  std::map<std::string, size_t> kinds_;
  std::string report_;
};

TEST_F(WorldTest, EveryMilestoneStandsOnItsLeg) {
  for (const uint64_t seed : {1, 2, 3}) play(options_of(seed));
  print();
  EXPECT_GE(all_.value(), kShareMin);
}

TEST_F(WorldTest, AndWhereMessagesAreLateRepeatedDamagedAndCorrected) {
  for (const uint64_t seed : {1, 2}) play(options_of(seed, 20));
  print();
  EXPECT_GT(refused_, 0u);
  EXPECT_GE(all_.value(), kShareMin);
}

// What the simulator writes is what its senders would be expected to write.
TEST(WorldMessages, EveryOneDecodesWithoutAnError) {
  simulate::Options options = options_of(4);
  options.boxes = 1;  // beside which nothing is planted
  simulate::World world(options);
  std::map<std::string, size_t> formats;
  std::set<std::string> said;
  for (simulate::Dispatch d; world.next(d);) {
    const gateway::Format format = gateway::detect(d.body, d.content_type);
    const Status status = gateway::decode(d.body, format, {d.at_us}, [&](const gateway::DecodedMessage& message) {
      ++formats[message.format];
      EXPECT_TRUE(message.ok) << d.file_name << "\n" << d.body;
      for (const gateway::Diagnostic& diagnostic : message.diagnostics)
        if (diagnostic.severity == gateway::Severity::error || said.insert(diagnostic.code).second)
          std::cout << name(diagnostic.severity) << " " << diagnostic.code << " " << diagnostic.position << " " << diagnostic.message
                    << " in " << d.file_name << "\n";
    });
    EXPECT_TRUE(status) << d.file_name << "\n" << d.body;
  }
  for (const char* format : {"DCSA", "EDIFACT", "LAND", "CARGO-IMP", "CARGO-XML", "ONERECORD", "EPCIS", "AIS"})
    EXPECT_GT(formats[format], 0u) << format;
}

}  // namespace
}  // namespace fairway::world_test
