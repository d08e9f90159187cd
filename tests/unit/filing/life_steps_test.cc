// A filing's way: what people may do with it in which state, and what the authority's answers do to it.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/limits.h"
#include "unit/filing/life_support.h"

namespace fairway::filing::life_test {
namespace {

TEST(FilingLife, FromDraftToClosed) {
  Filing filing = new_filing();
  EXPECT_EQ(filing.state, State::checked);
  EXPECT_EQ(unconfirmed(filing), (std::vector<std::string>{"parties", "values"}));
  ASSERT_TRUE(confirm_group(filing, "parties"));
  EXPECT_EQ(filing.state, State::checked);
  ASSERT_TRUE(confirm_group(filing, "values"));
  EXPECT_EQ(filing.state, State::confirmed);
  ASSERT_TRUE(order(filing, "ldg_1"));
  EXPECT_EQ(filing.state, State::lodging);
  EXPECT_FALSE(filing.lodged) << "the authority has nothing yet";
  ASSERT_TRUE(note_sent(filing, "ldg_1", kStart + 3 * kSecond));
  EXPECT_EQ(filing.state, State::lodged);
  EXPECT_EQ(filing.lodged->digest(), filing.draft.digest());
  for (const auto& [status, state] : {std::pair{"received", State::lodged},
                                      {"queried", State::queried},
                                      {"accepted", State::accepted},
                                      {"inspection", State::accepted},
                                      {"released", State::released},
                                      {"paid", State::released},
                                      {"closed", State::closed}}) {
    EXPECT_TRUE(hear(filing, status, status, 10 + static_cast<int64_t>(filing.answers.size())));
    EXPECT_EQ(filing.state, state) << status;
  }
  EXPECT_TRUE(filing.paid);
  EXPECT_EQ(filing.answers.size(), 7u);
  EXPECT_EQ(open_lodgement(filing), nullptr);
}

TEST(FilingLife, ABlockingFindingOrAMissingFieldKeepsItADraft) {
  Filing filing = new_filing();
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "100"), {blocking_finding()}, 1, kStart));
  EXPECT_EQ(filing.state, State::draft);
  const Status refused = confirm_group(filing, "values");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().hint.find("item[1].value"), std::string::npos) << "what stands in the way is named";
  Finding warning = blocking_finding();
  warning.weight = Weight::warning;
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "100"), {warning}, 1, kStart));
  EXPECT_EQ(filing.state, State::checked);
  Draft lacking = draft_of("", "100");
  lacking.missing = {"importer.name"};
  ASSERT_TRUE(refill(filing, lacking, {}, 1, kStart));
  EXPECT_EQ(filing.state, State::draft);
  ASSERT_TRUE(refill(filing, Draft{}, {}, 1, kStart));
  EXPECT_EQ(filing.state, State::draft) << "an empty form says nothing that somebody could stand for";
}

TEST(FilingLife, AMachineNeitherConfirmsNorLodges) {
  Filing filing = new_filing();
  EXPECT_EQ(confirm_group(filing, "parties", "").error().code, Code::forbidden);
  confirm_all(filing);
  EXPECT_EQ(order(filing, "ldg_1", Kind::original, "").error().code, Code::forbidden);
  EXPECT_TRUE(filing.lodgements.empty());
}

TEST(FilingLife, AnOrderWithAnUnconfirmedGroupNamesIt) {
  Filing filing = new_filing();
  ASSERT_TRUE(confirm_group(filing, "values"));
  const Status refused = order(filing, "ldg_1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::conflict);
  EXPECT_EQ(refused.error().detail, "parties");
}

TEST(FilingLife, WhatIsUncertainMustHaveBeenLookedAt) {
  Filing filing = new_filing(draft_of("Wing On", "100", kConfident - 1));
  EXPECT_TRUE(confirm_group(filing, "parties"));
  const Status refused = confirm_group(filing, "values");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "item[1].value");
  EXPECT_TRUE(confirm_group(filing, "values", "usr_anna", true));
  Filing certain = new_filing(draft_of("Wing On", "100", kConfident));
  EXPECT_TRUE(confirm_group(certain, "values"));
}

TEST(FilingLife, AConfirmationIsOfWhatWasShown) {
  Filing filing = new_filing();
  GroupConfirmation shown{.group = {}, .person = "usr_anna", .name = "Anna", .at_us = 0, .digest = filing.draft.digest("values")};
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "101"), {}, 2, kStart));
  EXPECT_EQ(confirm(filing, "values", shown, true, kStart).error().code, Code::conflict);
  EXPECT_EQ(confirm_group(filing, "nothing").error().code, Code::not_found);
}

TEST(FilingLife, AChangeUndoesTheConfirmationOfItsGroupAlone) {
  Filing filing = new_filing();
  confirm_all(filing);
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "100"), {}, 2, kStart));
  EXPECT_EQ(filing.state, State::confirmed) << "nothing has changed";
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "101"), {}, 3, kStart));
  EXPECT_EQ(filing.state, State::checked);
  EXPECT_EQ(unconfirmed(filing), std::vector<std::string>{"values"});
  ASSERT_EQ(filing.confirmations.size(), 1u);
  ASSERT_TRUE(withdraw_confirmation(filing, "parties", kStart));
  EXPECT_EQ(withdraw_confirmation(filing, "parties", kStart).error().code, Code::not_found);
}

TEST(FilingLife, AChangeInTheRecordMakesStaleWhatUsesIt) {
  Filing filing = new_filing();
  EXPECT_FALSE(mark_stale(filing, {"exporter.name", "goods[1].brand"}, kStart));
  EXPECT_TRUE(mark_stale(filing, {"goods[7].amount"}, kStart)) << "a new line of goods, of which it has others";
  EXPECT_FALSE(mark_stale(filing, {"importer.name"}, kStart)) << "it is stale already";
  EXPECT_EQ(confirm_group(filing, "values").error().code, Code::conflict);
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "100"), {}, 2, kStart));
  EXPECT_FALSE(filing.stale);
  confirm_all(filing);
  EXPECT_TRUE(mark_stale(filing, {"importer.name"}, kStart));
  EXPECT_EQ(order(filing, "ldg_1").error().code, Code::conflict);
}

TEST(FilingLife, AnAmendmentIsDraftedBesideWhatTheAuthorityHas) {
  Filing filing = accepted_filing();
  ASSERT_TRUE(mark_stale(filing, {"goods[1].amount"}, kStart));
  EXPECT_EQ(filing.state, State::accepted);
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "120"), {}, 2, kStart));
  EXPECT_EQ(filing.state, State::checked);
  EXPECT_EQ(filing.standing, State::accepted);
  EXPECT_EQ(filing.lodged->find("item[1].value")->value, "100");
  EXPECT_EQ(filing.draft.find("item[1].value")->value, "120");
  EXPECT_EQ(unconfirmed(filing), std::vector<std::string>{"values"}) << "who stood for the rest still does";
  confirm_all(filing);
  EXPECT_EQ(order(filing, "ldg_2").error().code, Code::conflict) << "an original is there";
  ASSERT_TRUE(order(filing, "ldg_2", Kind::amendment));
  EXPECT_FALSE(refill(filing, draft_of("Wing On", "130"), {}, 3, kStart)) << "what is on its way stays as it was confirmed";
  ASSERT_TRUE(note_sent(filing, "ldg_2", kStart));
  EXPECT_EQ(filing.lodged->find("item[1].value")->value, "100") << "not taken yet";
  EXPECT_TRUE(hear(filing, "a2", "amended", 20, "ldg_2"));
  EXPECT_EQ(filing.lodged->find("item[1].value")->value, "120");
  EXPECT_EQ(filing.state, State::accepted);
  EXPECT_FALSE(filing.offered);
}

TEST(FilingLife, ARefusedAmendmentLeavesWhatTheAuthorityHas) {
  Filing filing = accepted_filing();
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "120"), {}, 2, kStart));
  confirm_all(filing);
  ASSERT_TRUE(order(filing, "ldg_2", Kind::amendment));
  ASSERT_TRUE(hear(filing, "a2", "rejected", 20));
  EXPECT_EQ(filing.state, State::rejected);
  EXPECT_EQ(filing.standing, State::accepted);
  EXPECT_EQ(filing.lodged->find("item[1].value")->value, "100");
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "100"), {}, 3, kStart));
  EXPECT_EQ(filing.state, State::accepted) << "back to what the authority has: nothing is to be done";
  ASSERT_TRUE(hear(filing, "a3", "amended", 30, "ldg_2"));
  EXPECT_TRUE(filing.answers.back().contradicts);
  EXPECT_EQ(filing.lodged->find("item[1].value")->value, "100");
}

TEST(FilingLife, ARejectedOriginalIsMendedAndLodgedAgain) {
  Filing filing = lodged_filing();
  ASSERT_TRUE(hear(filing, "a1", "rejected", 10));
  EXPECT_EQ(filing.state, State::rejected);
  EXPECT_FALSE(filing.lodged) << "it counts as not lodged";
  EXPECT_FALSE(order(filing, "ldg_2"));
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "120"), {}, 2, kStart));
  confirm_all(filing);
  EXPECT_EQ(order(filing, "ldg_2", Kind::amendment).error().code, Code::conflict) << "there is nothing to amend";
  ASSERT_TRUE(order(filing, "ldg_2"));
  ASSERT_TRUE(hear(filing, "late", "accepted", 9, "ldg_1"));
  EXPECT_TRUE(filing.answers.back().contradicts) << "said of the one that was rejected";
  EXPECT_EQ(filing.state, State::lodging);
  ASSERT_TRUE(hear(filing, "a2", "accepted", 20, "ldg_2"));
  EXPECT_EQ(filing.state, State::accepted);
}

TEST(FilingLife, ACancellation) {
  Filing filing = accepted_filing();
  EXPECT_EQ(order(filing, "ldg_2", Kind::cancellation, "").error().code, Code::forbidden);
  ASSERT_TRUE(order(filing, "ldg_2", Kind::cancellation));
  EXPECT_EQ(filing.state, State::cancelling);
  ASSERT_TRUE(hear(filing, "a2", "rejected", 20, "ldg_2"));
  EXPECT_EQ(filing.state, State::accepted) << "refused: all stays as it was";
  ASSERT_TRUE(order(filing, "ldg_3", Kind::cancellation));
  ASSERT_TRUE(hear(filing, "a3", "cancelled", 30));
  EXPECT_EQ(filing.state, State::cancelled);
  EXPECT_FALSE(refill(filing, draft_of("Wing On", "1"), {}, 2, kStart));
  EXPECT_FALSE(mark_stale(filing, {"importer.name"}, kStart));
}

TEST(FilingLife, ABundledFilingIsNotChanged) {
  Filing filing = accepted_filing();
  filing.bundle = "bnd_7";
  EXPECT_TRUE(refill(filing, draft_of("Wing On", "100"), {}, 2, kStart)) << "which changes nothing";
  for (const Status& refused : {refill(filing, draft_of("Wing On", "101"), {}, 2, kStart), order(filing, "ldg_2", Kind::cancellation)}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::conflict);
    EXPECT_EQ(refused.error().hint, "unbundle bnd_7 first");
  }
}

TEST(FilingLife, OnlyOneLodgementIsOpen) {
  Filing filing = lodged_filing();
  ASSERT_TRUE(refill(filing, draft_of("Wing On", "120"), {}, 2, kStart)) << "the authority has the first: an amendment can be drafted";
  confirm_all(filing);
  EXPECT_EQ(order(filing, "ldg_2", Kind::amendment).error().detail, "ldg_1");
  ASSERT_TRUE(hear(filing, "a1", "received", 10));
  EXPECT_EQ(filing.state, State::confirmed) << "the work goes on";
  EXPECT_TRUE(order(filing, "ldg_2", Kind::amendment));
  EXPECT_EQ(order(filing, "ldg_2", Kind::amendment).error().code, Code::conflict);
}

TEST(FilingLife, ARepeatChangesNothing) {
  Filing filing = accepted_filing();
  const std::string before = to_json(filing);
  EXPECT_FALSE(hear(filing, "a1", "accepted", 10));
  EXPECT_FALSE(hear(filing, "a1", "rejected", 99)) << "the same id, whatever it says now";
  ASSERT_TRUE(note_sent(filing, "ldg_1", kStart + 77 * kSecond));
  EXPECT_EQ(to_json(filing), before);
}

TEST(FilingLife, AnAnswerThatComesBeforeItsSendingIsNotedCounts) {
  Filing filing = new_filing();
  confirm_all(filing);
  ASSERT_TRUE(order(filing, "ldg_1"));
  ASSERT_TRUE(hear(filing, "a1", "accepted", 10));
  EXPECT_EQ(filing.state, State::accepted);
  EXPECT_NE(filing.lodgements[0].sent_us, 0);
  ASSERT_TRUE(note_sent(filing, "ldg_1", kStart + 20 * kSecond));
  EXPECT_EQ(filing.state, State::accepted);
}

TEST(FilingLife, WhatComesLateTakesNothingBack) {
  Filing filing = lodged_filing();
  ASSERT_TRUE(hear(filing, "r", "released", 30));
  ASSERT_TRUE(hear(filing, "a", "accepted", 10));
  ASSERT_TRUE(hear(filing, "q", "queried", 8));
  ASSERT_TRUE(hear(filing, "l", "received", 5));
  EXPECT_EQ(filing.state, State::released);
  EXPECT_EQ(filing.answers.size(), 4u);
  for (const Answer& answer : filing.answers) EXPECT_FALSE(answer.contradicts) << answer.id;
}

TEST(FilingLife, AQueryAndAnAcceptanceGoByWhenTheyWereSaid) {
  for (const bool query_first : {true, false}) {
    Filing filing = lodged_filing();
    if (query_first) hear(filing, "q", "queried", 10);
    hear(filing, "a", "accepted", 20);
    if (!query_first) hear(filing, "q", "queried", 10);
    EXPECT_EQ(filing.state, State::accepted);
    EXPECT_TRUE(hear(filing, "q2", "queried", 30));
    EXPECT_EQ(filing.state, State::queried) << "it asks again";
    EXPECT_TRUE(hear(filing, "a0", "accepted", 25));
    EXPECT_EQ(filing.state, State::queried) << "said before it asked again";
    EXPECT_TRUE(hear(filing, "a2", "accepted", 31));
    EXPECT_EQ(filing.state, State::accepted);
  }
}

TEST(FilingLife, WhatContradictsIsKeptAndFlagged) {
  struct Case {
    const char *first, *second;
    State stays;
  };
  for (const Case& one : {Case{"accepted", "rejected", State::accepted}, Case{"rejected", "accepted", State::rejected},
                          Case{"rejected", "released", State::rejected}, Case{"released", "rejected", State::released},
                          Case{"released", "cancelled", State::released}, Case{"accepted", "amended", State::accepted},
                          Case{"closed", "cancelled", State::closed}}) {
    Filing filing = lodged_filing();
    ASSERT_TRUE(hear(filing, "1", one.first, 10));
    ASSERT_TRUE(hear(filing, "2", one.second, 20));
    EXPECT_EQ(filing.state, one.stays) << one.first << " " << one.second;
    ASSERT_EQ(filing.answers.size(), 2u);
    EXPECT_FALSE(filing.answers[0].contradicts);
    EXPECT_TRUE(filing.answers[1].contradicts) << one.first << " " << one.second;
  }
  Filing never = new_filing();
  ASSERT_TRUE(hear(never, "1", "accepted", 10));
  EXPECT_EQ(never.state, State::checked) << "an answer to what was never lodged";
  EXPECT_TRUE(never.answers[0].contradicts);
}

TEST(FilingLife, TheNewestNumberIsTheFilings) {
  Filing filing = lodged_filing();
  Answer first = answer_of("1", "received", 10), second = answer_of("2", "accepted", 20), rejected = answer_of("3", "queried", 15);
  first.number = "N1", second.number = "N2", rejected.number = "N0";
  for (const Answer& answer : {first, second, rejected}) ASSERT_TRUE(take_answer(filing, answer, kStart + 60 * kSecond));
  EXPECT_EQ(filing.number, "N2");
}

TEST(FilingLife, AnswersAreBounded) {
  Filing filing = lodged_filing();
  EXPECT_EQ(take_answer(filing, answer_of("", "accepted", 1), kStart).error().code, Code::invalid);
  EXPECT_EQ(take_answer(filing, answer_of("1", "perhaps", 1), kStart).error().code, Code::invalid);
  Answer long_one = answer_of("1", "accepted", 1);
  long_one.text.assign(limits::kTextBytesMax + 1, 'x');
  EXPECT_EQ(take_answer(filing, long_one, kStart).error().code, Code::too_large);
  for (size_t i = 0; i < limits::kAnswersPerFilingMax; ++i) ASSERT_TRUE(hear(filing, std::to_string(i), "inspection", 5));
  EXPECT_EQ(take_answer(filing, answer_of("one more", "accepted", 9), kStart).error().code, Code::too_large);
}

// The table of docs/reference/filing.md, section States.
TEST(FilingLife, WhatMayBeDoneInWhichState) {
  const std::map<std::string, std::set<State>> table = {
      {"check",
       {State::draft, State::checked, State::confirmed, State::lodged, State::accepted, State::queried, State::rejected, State::released}},
      {"confirm", {State::checked, State::confirmed}},
      {"withdraw", {State::draft, State::checked, State::confirmed}},
      {"original", {}},  // with this standing
      {"amendment", {State::confirmed}},
      {"cancellation",
       {State::draft, State::checked, State::confirmed, State::lodged, State::accepted, State::queried, State::rejected, State::released}},
      {"bundle", {State::accepted}},
  };
  for (const auto& [step, states] : table)
    for (int i = 0; i <= static_cast<int>(State::cancelled); ++i) {
      Filing filing;
      filing.state = static_cast<State>(i), filing.standing = State::accepted;
      EXPECT_EQ(may(filing, step), states.contains(filing.state)) << step << " " << name(filing.state);
    }
  Filing fresh;
  fresh.state = State::confirmed;
  EXPECT_TRUE(may(fresh, "original"));
  EXPECT_FALSE(may(fresh, "amendment"));
  EXPECT_FALSE(may(fresh, "dance"));
}

TEST(FilingLife, NamesReadBack) {
  for (int i = 0; i <= static_cast<int>(State::cancelled); ++i)
    EXPECT_EQ(state_from(name(static_cast<State>(i))).value(), static_cast<State>(i));
  for (int i = 0; i <= static_cast<int>(Kind::cancellation); ++i)
    EXPECT_EQ(kind_from(name(static_cast<Kind>(i))).value(), static_cast<Kind>(i));
  EXPECT_FALSE(state_from("lost"));
  EXPECT_FALSE(kind_from("copy"));
}

TEST(FilingLife, ReadsBackFromItsJson) {
  Filing filing = accepted_filing();
  ASSERT_TRUE(refill(filing, draft_of("榮安 \"Wing On\"\n", "120", 40), {blocking_finding()}, 2, kStart));
  ASSERT_TRUE(refill(filing, draft_of("榮安 \"Wing On\"\n", "120", 40), {}, 2, kStart));
  confirm_all(filing);
  ASSERT_TRUE(order(filing, "ldg_2", Kind::amendment));
  filing.findings = {blocking_finding()};
  filing.draft.missing = {"x"}, filing.draft.fields[0].typed = true, filing.draft.fields[0].source = nullptr;
  filing.overrides = {{"importer.name", "W"}}, filing.bundle = "bnd_1", filing.stale = true, filing.latest_us = kStart, filing.paid = true;
  Answer answer = answer_of("a9", "queried", 50, "ldg_1");
  answer.number = "N", answer.text = "why?", answer.remarks = {{"item[1].value", "too low"}}, answer.containers = {"MSCU1234566"};
  ASSERT_TRUE(take_answer(filing, answer, kStart));
  const std::string text = to_json(filing);
  const auto again = filing_from_json(text);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(to_json(*again), text);
  EXPECT_EQ(again->answers.back().remarks, answer.remarks);
  EXPECT_EQ(again->draft.digest(), filing.draft.digest());
  EXPECT_EQ(again->draft.fields[1].confidence(), 40);
  EXPECT_EQ(again->offered->digest(), filing.offered->digest());
  EXPECT_FALSE(filing_from_json("[]"));
  EXPECT_FALSE(filing_from_json("{}"));
}

}  // namespace
}  // namespace fairway::filing::life_test
