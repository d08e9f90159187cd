// access_check [BOXES]: what it costs to ask for a journey as a party instead of as the operator, of whom nothing is checked.
//
// Simulated traffic goes into a store of its own, each message as its party. Then the same journeys are asked for in turn by the operator
// and by the shipper, where both see the same events; and by a bank that holds ten grants, and one that holds 100,000. Each answer is
// assembled, noted in the access log and written as JSON. Prints JSON: microseconds of processor time a journey, and the two ratios.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "access/registry.h"
#include "base/json.h"
#include "exchange/sight.h"
#include "intake/intake.h"
#include "journey/assemble.h"
#include "journey/journey_json.h"
#include "simulate/world.h"

namespace {

using namespace fairway;

constexpr int kGrantsFew = 10, kGrantsMany = 100'000;
constexpr int kGivers = 64;  // threads, so that they share the disk's syncs
constexpr int kRounds = 9;
constexpr int64_t kStartUs = 1'795'000'000'000'000;

int64_t thread_cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

template <typename Value>
Value must(Result<Value> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().text());
  std::exit(2);
}

class Port {
 public:
  Port(const std::string& folder, int box_count)
      : store_(must(store::open("rocksdb:" + folder, env_))),
        registry_(*store_, env_),
        grants_(*store_, env_),
        rule_(directory_, grants_),
        log_(*store_, env_, 0) {
    for (const simulate::SimulatedParty& party : simulate::parties()) add(party.slug, {party.name, party.role, party.identifiers});
    add("operator", {"Port", Role::operator_, {}});
    add("few", {"Bank", Role::bank, {}});
    add("many", {"Other bank", Role::bank, {}});
    fill(box_count);
  }

  // One journey as it is answered; how many events it shows.
  size_t ask(const std::string& who, const std::string& reference) {
    const auto snapshot = must(store_->snapshot());
    const exchange::ViewerSight sight(rule_, viewers_.at(who));
    const auto journey = journey::find(*snapshot, reference, sight);
    if (!journey) return 0;
    access::Looks looks(*viewers_.at(who), access::Channel::journey);
    for (const journey::Claim& claim : journey->claims)
      exchange::saw(looks, claim.sender, claim.event, claim.grant ? &*claim.grant : nullptr);
    if (!log_.note(std::move(looks))) std::exit(2);
    const auto names = [](const PartyId&) { return journey::PartyName{"Somebody", "carrier"}; };
    return journey::to_json(*journey, names, 0).empty() ? 0 : journey->claims.size();
  }

  // Consents of one reference each to a bank: ten of these boxes, and others up to the count.
  void consent(const std::string& bank, const std::string& from, const std::vector<std::string>& of, int count) {
    std::vector<std::thread> givers;
    for (int giver = 0; giver < kGivers; ++giver)
      givers.emplace_back([&, giver] {
        for (int i = giver; i < count; i += kGivers) {
          const bool real = i < kGrantsFew && i < static_cast<int>(of.size());
          give(bank, from, real ? "equipment:" + of[static_cast<size_t>(i)] : fmt::format("booking:OTHER{}", i));
        }
      });
    for (std::thread& giver : givers) giver.join();
  }

  // The shipper of each box that has one, and the box.
  std::vector<std::pair<std::string, std::string>> boxes;

 private:
  void add(const std::string& slug, const access::NewParty& party) {
    viewers_[slug] = std::make_shared<const access::Viewer>(access::make_viewer(must(registry_.add_party(party)).party));
  }
  void fill(int count) {
    intake::Intake intake(*store_, env_);
    simulate::World world({.seed = 7, .boxes = count, .days = 30, .start_us = kStartUs});
    for (simulate::Dispatch dispatch; world.next(dispatch);) {
      std::promise<void> done;
      intake.take({viewers_.at(dispatch.party_slug), dispatch.body, gateway::Format::unknown, dispatch.content_type},
                  [&done](const Result<intake::Outcome>&) { done.set_value(); });
      done.get_future().wait();
    }
    world.truth([this](std::string_view line) {
      const json::value truth = must(parse_json(line));
      const std::string_view shipper = text_of(truth.get_object(), "shipper");
      if (!shipper.empty()) boxes.emplace_back(shipper, text_of(truth.get_object(), "container"));
    });
  }
  void give(const std::string& bank, const std::string& from, const std::string& key) {
    access::Grant grant;
    grant.kind = access::GrantKind::consent;
    grant.from = viewers_.at(from)->party.id;
    grant.to = viewers_.at(bank)->party.id;
    grant.references = {must(Reference::from_key(key))};
    grant.purpose = "a bench";
    must(grants_.accept(must(grants_.give(std::move(grant)))));
  }

  Env& env_ = Env::system();
  std::unique_ptr<store::Store> store_;
  access::Registry registry_;
  access::Directory directory_;
  access::GrantBook grants_;
  exchange::AccessRule rule_;
  access::AccessLog log_;
  std::map<std::string, std::shared_ptr<const access::Viewer>> viewers_;
};

struct Question {
  std::string one, other, box;
};

// Microseconds of processor time a journey for either of the two who ask, in turn; the medians of the rounds.
std::pair<double, double> compare(Port& port, const std::vector<Question>& questions) {
  std::vector<double> one, other;
  for (int round = 0; round < kRounds; ++round) {
    for (const bool first : {true, false}) {
      const int64_t began = thread_cpu_ns();
      for (const Question& question : questions) port.ask(first ? question.one : question.other, question.box);
      (first ? one : other).push_back(static_cast<double>(thread_cpu_ns() - began) / 1e3 / static_cast<double>(questions.size()));
    }
  }
  std::ranges::sort(one);
  std::ranges::sort(other);
  return {one[one.size() / 2], other[other.size() / 2]};
}

}  // namespace

int main(int count, char** arguments) {
  const int boxes = count > 1 ? std::atoi(arguments[1]) : 400;
  const std::string folder = (std::filesystem::temp_directory_path() / fmt::format("fairway-access-{}", getpid())).string();
  {
    Port port(folder, boxes);
    std::vector<Question> party, bank;
    std::map<std::string, std::vector<std::string>> of_shipper;
    for (const auto& [shipper, box] : port.boxes) {
      const size_t whole = port.ask("operator", box);
      if (whole == 0 || port.ask(shipper, box) != whole) continue;
      party.push_back({"operator", shipper, box});
      of_shipper[shipper].push_back(box);
    }
    if (party.empty()) return fmt::print(stderr, "no shipper sees what the operator sees\n"), 2;
    const auto& [shipper, seen] = *std::ranges::max_element(of_shipper, {}, [](const auto& item) { return item.second.size(); });
    port.consent("few", shipper, seen, kGrantsFew);
    port.consent("many", shipper, seen, kGrantsMany);
    for (size_t i = 0; i < std::min<size_t>(seen.size(), kGrantsFew); ++i)
      for (int again = 0; again < 20; ++again) bank.push_back({"few", "many", seen[i]});
    if (port.ask("few", seen[0]) == 0 || port.ask("many", seen[0]) == 0) return fmt::print(stderr, "the banks see nothing\n"), 2;
    const auto [unchecked, checked] = compare(port, party);
    const auto [few, many] = compare(port, bank);
    fmt::print(
        R"({{"journeys":{},"operator_us":{:.1f},"party_us":{:.1f},"check":{:.3f},"ten_grants_us":{:.1f},"many_grants_us":{:.1f},"grants":{:.3f}}})"
        "\n",
        party.size(), unchecked, checked, checked / unchecked, few, many, many / few);
  }
  std::filesystem::remove_all(folder);
  return 0;
}
