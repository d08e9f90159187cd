// Any sequence of steps and answers, on one filing: nothing is lodged without persons, nothing is lost, nothing goes back.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "unit/filing/life_support.h"

namespace fairway::filing::life_test {
namespace {

constexpr std::array kStatuses = {"received", "inspection", "accepted", "queried", "rejected",
                                  "amended",  "cancelled",  "released", "closed",  "paid"};

struct Move {
  int what = 0, first = 0, second = 0, at = 0;
};

Move any_move() {
  return {*rc::gen::element(0, 0, 1, 1, 1, 2, 3, 3, 3, 3, 4, 4, 5, 5, 5, 6), *rc::gen::inRange(0, 10), *rc::gen::inRange(0, 6),
          *rc::gen::inRange(1, 60)};
}

// Mostly one that makes sense.
Kind kind_of(const Filing& filing, const Move& move) {
  if (move.first < 3) return static_cast<Kind>(move.first);
  return may(filing, "amendment") ? Kind::amendment : Kind::original;
}

// Whether it was done.
bool make(Filing& filing, const Move& move, int number) {
  const int64_t now_us = kStart + number * kSecond;
  const std::string group = move.first % 2 == 0 ? "parties" : "values";
  const std::string person = move.second == 0 ? "" : "usr_anna";
  switch (move.what) {
    case 0: {
      std::vector<Finding> findings;
      if (move.second == 0 && move.first < 5) findings.push_back(blocking_finding());
      return refill(filing, draft_of("Wing On", std::to_string(move.first % 3), move.second == 1 ? 50 : 100), findings, 1, now_us)
          .has_value();
    }
    case 1: {
      bool done = false;
      for (const std::string& one : move.at % 3 == 0 ? std::vector<std::string>{group} : unconfirmed(filing)) {
        const GroupConfirmation by{.group = {}, .person = person, .name = "Anna", .at_us = 0, .digest = {}};
        done = confirm(filing, one, by, move.at % 2 == 0, now_us).has_value() || done;
      }
      return done;
    }
    case 2: return move.second == 1 && withdraw_confirmation(filing, group, now_us).has_value();
    case 3: {
      Lodgement lodgement;
      lodgement.id = "ldg_" + std::to_string(number), lodgement.by = person, lodgement.kind = kind_of(filing, move);
      return order_lodgement(filing, lodgement, now_us).has_value();
    }
    case 4: return !filing.lodgements.empty() && note_sent(filing, filing.lodgements.back().id, now_us).has_value();
    case 5: {
      if (filing.lodgements.empty() && move.second != 0) return false;
      std::string status = kStatuses.at(static_cast<size_t>(move.first));
      if (move.at % 4 != 0 && (status == "cancelled" || status == "closed" || status == "rejected")) status = "received";  // seldom the end
      std::string named;
      if (move.second > 2 && !filing.lodgements.empty())
        named = filing.lodgements[static_cast<size_t>(move.second) % filing.lodgements.size()].id;
      const std::string id = move.at % 5 == 0 ? "same" : "answer " + std::to_string(number);
      return take_answer(filing, answer_of(id, status, move.at, named), now_us).value_or(false);
    }
    default: return mark_stale(filing, {"importer.name"}, now_us);
  }
}

int way_of(State standing) {
  static const std::map<State, int> kWay = {{State::draft, 0},    {State::lodged, 1}, {State::queried, 2},  {State::accepted, 2},
                                            {State::released, 3}, {State::closed, 4}, {State::rejected, 0}, {State::cancelled, 5}};
  return kWay.at(standing);
}

void check_order(const Filing& before, const Filing& after) {
  const Lodgement& ordered = after.lodgements.back();
  RC_ASSERT(!ordered.by.empty());
  RC_ASSERT(open_lodgement(before) == nullptr);
  if (ordered.kind == Kind::cancellation) return;
  RC_ASSERT(unconfirmed(before).empty());
  RC_ASSERT(!before.stale);
  RC_ASSERT(ordered.digest == before.draft.digest());
  for (const GroupConfirmation& one : before.confirmations) RC_ASSERT(!one.person.empty());
  for (const FilledField& field : before.draft.fields)
    RC_ASSERT(std::ranges::any_of(before.confirmations, [&](const GroupConfirmation& one) { return one.group == field.group; }));
}

void check_invariants(const Filing& before, const Filing& after) {
  RC_ASSERT(std::ranges::count(after.lodgements, 0, &Lodgement::answered_us) <= 1);
  const Lodgement* open = open_lodgement(after);
  if (after.state == State::lodging || after.state == State::cancelling) RC_ASSERT(open != nullptr);
  // Of what there was nothing is gone.
  RC_ASSERT(after.answers.size() >= before.answers.size() && after.lodgements.size() >= before.lodgements.size());
  for (size_t i = 0; i < before.answers.size(); ++i) RC_ASSERT(after.answers[i].id == before.answers[i].id);
  for (size_t i = 0; i < before.lodgements.size(); ++i) RC_ASSERT(after.lodgements[i].digest == before.lodgements[i].digest);
  // The authority's way goes on; only what it rejects begins anew.
  RC_ASSERT(way_of(after.standing) >= way_of(before.standing) || after.standing == State::rejected);
  if (before.standing == State::accepted || before.standing == State::released) RC_ASSERT(after.standing != State::rejected);
  const bool has_one = after.standing != State::draft && after.standing != State::rejected && after.standing != State::cancelled;
  if (has_one) RC_ASSERT(after.lodged.has_value());
  RC_ASSERT(to_json(filing_from_json(to_json(after)).value()) == to_json(after));
}

TEST(FilingMachine, AnySequenceKeepsItsPromises) {
  EXPECT_TRUE(rc::check("steps and answers in any order", [] {
    Filing filing = new_filing();
    std::vector<std::pair<Move, int>> done;
    const int moves = *rc::gen::inRange(20, 120);
    for (int number = 1; number <= moves; ++number) {
      const Filing before = filing;
      const Move move = any_move();
      if (!make(filing, move, number)) {
        if (move.what != 4) RC_ASSERT(to_json(filing) == to_json(before));
        continue;
      }
      done.emplace_back(move, number);
      if (move.what == 3) check_order(before, filing);
      check_invariants(before, filing);
    }
    RC_CLASSIFY(filing.lodgements.size() >= 2, "lodged more than once");
    RC_CLASSIFY(std::ranges::any_of(filing.lodgements, [](const Lodgement& one) { return one.kind == Kind::amendment; }), "amended");
    RC_CLASSIFY(std::ranges::any_of(filing.answers, &Answer::contradicts), "contradicted");
    Filing again = new_filing();
    for (const auto& [move, number] : done) make(again, move, number);
    RC_ASSERT(to_json(again) == to_json(filing));
  }));
}

// An original that was accepted long ago and an amendment of it: what the authority says of both arrives in any order, some of it twice.
TEST(FilingMachine, AnswersToAnOlderAndANewerLodgementInAnyOrder) {
  EXPECT_TRUE(rc::check("late and early answers", [] {
    Filing filing = accepted_filing();
    RC_ASSERT(refill(filing, draft_of("Wing On", "120"), {}, 2, kStart).has_value());
    for (const std::string& group : unconfirmed(filing)) RC_ASSERT(confirm_group(filing, group).has_value());
    RC_ASSERT(order(filing, "ldg_2", Kind::amendment).has_value());
    std::vector<Answer> said = {answer_of("1", "received", 5, "ldg_1"),  answer_of("2", "queried", 8, "ldg_1"),
                                answer_of("3", "accepted", 10, "ldg_1"), answer_of("4", "received", 40, "ldg_2"),
                                answer_of("5", "queried", 45, "ldg_2"),  answer_of("6", "amended", 50, "ldg_2"),
                                answer_of("7", "released", 60),          answer_of("8", "paid", 61)};
    for (size_t i = 0; i < 4; ++i) said.push_back(said[*rc::gen::inRange<size_t>(0, 8)]);
    for (size_t i = said.size(); i > 1; --i) std::swap(said[i - 1], said[*rc::gen::inRange<size_t>(0, i)]);
    for (const Answer& answer : said) RC_ASSERT(take_answer(filing, answer, kStart + 70 * kSecond).has_value());
    RC_ASSERT(filing.answers.size() == 9u);
    RC_ASSERT(filing.standing == State::released);
    RC_ASSERT(filing.state == State::released);
    RC_ASSERT(filing.lodged->find("item[1].value")->value == "120");
    RC_ASSERT(filing.paid);
    RC_ASSERT(open_lodgement(filing) == nullptr);
  }));
}

}  // namespace
}  // namespace fairway::filing::life_test
