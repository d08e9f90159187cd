// Consignments, filings and bundles in a store: what a batch has, who sees what in which list, and what happens when two are at it.
#include <algorithm>
#include <atomic>
#include <thread>

#include "base/json.h"
#include "base/limits.h"
#include "unit/filing/life_home.h"

namespace fairway::filing::life_test {
namespace {

TEST_P(LifeOfFilings, AConsignmentWithItsVersions) {
  Consignment first = add_consignment();
  EXPECT_EQ(first.id.substr(0, 4), "cns_");
  env_.advance_us(kSecond);
  const auto changed = book_->change(first.id, "usr_ben", [&](Consignment& one) -> Status {
    put(one.record, "importer.name", "Wing Off");
    return {};
  });
  ASSERT_TRUE(changed) << changed.error().text();
  EXPECT_EQ(changed->record_version, 2u);
  const auto same = book_->change(first.id, "usr_ben", [](Consignment&) -> Status { return {}; });
  EXPECT_EQ(same->record_version, 2u) << "nothing changed";
  EXPECT_EQ(book_->change(first.id, "usr_ben", [](Consignment&) -> Status { return fail(Code::invalid, "no"); }).error().code,
            Code::invalid);
  reopen();
  const auto item = life_regimes().schema().parse_path("importer.name").value();
  EXPECT_EQ(book_->find_consignment(first.id).value()->record.field(item).value, "Wing Off");
  EXPECT_EQ(book_->version_of(first.id, 1).value()->field(item).value, "Wing On");
  EXPECT_FALSE(book_->version_of(first.id, 3).value());
  const auto versions = book_->versions(first.id, 0, 10).value();
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0].changed_count, 4u);
  EXPECT_EQ(versions[1].changed, std::vector<std::string>{"importer.name"});
  EXPECT_EQ(versions[1].person, "usr_ben");
  EXPECT_EQ(versions[1].at_us, kStart + kSecond);
  EXPECT_EQ(book_->versions(first.id, 1, 10)->size(), 1u);
  for (const char* id : {"cns_nobody", "", "../x", "a/b"}) EXPECT_FALSE(book_->find_consignment(id).value()) << id;
  EXPECT_EQ(book_->change("cns_nobody", "", [](Consignment&) -> Status { return {}; }).error().code, Code::not_found);
}

TEST_P(LifeOfFilings, WhoTakesPartHasItInTheList) {
  const Consignment one = add_consignment(), two = add_consignment();
  const auto ids = [&](const PartyId& party) {
    std::vector<std::string> found;
    const auto page = book_->consignments(party, "", 10).value();
    for (const Consignment& each : page.items) found.push_back(each.id);
    return found;
  };
  const Reference booking = Reference::make(ReferenceKind::booking, "B1").value();
  const auto set = [&](std::vector<Participant> participants, std::vector<Reference> follows) {
    return book_->change(one.id, "usr_anna", [&](Consignment& each) -> Status {
      each.participants = participants, each.follows = follows, each.owner = "pty_thief";
      return {};
    });
  };
  ASSERT_TRUE(set({{"pty_broker", {"cn"}, true}}, {booking}));
  EXPECT_EQ(ids("pty_broker"), std::vector<std::string>{one.id});
  EXPECT_EQ(ids("pty_owner").size(), 2u);
  EXPECT_TRUE(ids("pty_thief").empty()) << "the owner stays";
  EXPECT_EQ(book_->following(booking).value(), std::vector<std::string>{one.id});
  EXPECT_EQ(book_->find_consignment(one.id).value()->participants[0].regimes, std::vector<std::string>{"cn"});
  ASSERT_TRUE(set({}, {}));
  EXPECT_TRUE(ids("pty_broker").empty());
  EXPECT_TRUE(book_->following(booking)->empty());
  EXPECT_EQ(set(std::vector<Participant>(limits::kParticipantsMax + 1), {}).error().code, Code::too_large);
  EXPECT_EQ(set({}, std::vector<Reference>(limits::kFollowsMax + 1, booking)).error().code, Code::too_large);
  const auto page = book_->consignments("pty_owner", "", 1).value();
  ASSERT_FALSE(page.next.empty());
  const auto rest = book_->consignments("pty_owner", page.next, 1).value();
  ASSERT_EQ(rest.items.size(), 1u);
  EXPECT_NE(rest.items[0].id, page.items[0].id);
  EXPECT_TRUE(rest.next.empty());
  EXPECT_FALSE(book_->consignments("pty_owner", std::string(1'000, 'x'), 1));
}

TEST_P(LifeOfFilings, AReferenceNamesOneConsignmentOfItsOwner) {
  const Consignment one = add_consignment(), two = add_consignment();
  EXPECT_EQ(book_->named("pty_owner", one.reference).value(), one.id);
  EXPECT_FALSE(book_->named("pty_other", one.reference).value());
  const auto taken = book_->change(two.id, "", [&](Consignment& each) -> Status {
    each.reference = one.reference;
    return {};
  });
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().detail, one.id);
  const auto renamed = book_->change(one.id, "", [](Consignment& each) -> Status {
    each.reference = "WO-renamed";
    return {};
  });
  ASSERT_TRUE(renamed) << renamed.error().text();
  EXPECT_EQ(book_->named("pty_owner", "WO-renamed").value(), one.id);
  EXPECT_FALSE(book_->named("pty_owner", one.reference).value());
}

TEST_P(LifeOfFilings, AChangeOfTheRecordMarksWhatUsesIt) {
  const Consignment consignment = add_consignment();
  const Filing filing = add_filing(consignment), other = add_filing(consignment, "hk/1");
  ASSERT_TRUE(book_->step(other.id, "checked", "", [&](Filing& one) -> Status {
    Draft draft = draft_of("Wing On", "100");
    draft.key = one.key, draft.fields.erase(draft.fields.begin());
    return refill(one, draft, {}, 1, env_.now_us());
  }));
  ASSERT_TRUE(book_->change(consignment.id, "usr_anna", [&](Consignment& one) -> Status {
    put(one.record, "importer.name", "Wing Off");
    return {};
  }));
  EXPECT_TRUE(book_->find_filing(filing.id).value()->stale);
  EXPECT_FALSE(book_->find_filing(other.id).value()->stale);
  // Filled from a version that is not the last: it stays stale.
  ASSERT_TRUE(book_->step(filing.id, "checked", "", [&](Filing& one) { return refill(one, one.draft, {}, 1, env_.now_us()); }));
  EXPECT_TRUE(book_->find_filing(filing.id).value()->stale);
  ASSERT_TRUE(book_->step(filing.id, "checked", "", [&](Filing& one) { return refill(one, one.draft, {}, 2, env_.now_us()); }));
  EXPECT_FALSE(book_->find_filing(filing.id).value()->stale);
}

TEST_P(LifeOfFilings, AFormHasOneFilingUntilItIsCancelled) {
  const Consignment consignment = add_consignment();
  const Filing filing = add_filing(consignment);
  EXPECT_EQ(filing.state, State::checked);
  const auto second = try_add_filing(consignment);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::conflict);
  EXPECT_EQ(second.error().detail, filing.id);
  EXPECT_TRUE(try_add_filing(consignment, "hk/aci@2"));
  ASSERT_TRUE(book_->step(filing.id, "cancelled", "", [](Filing& one) -> Status {
    one.state = one.standing = State::cancelled;
    return {};
  }));
  EXPECT_TRUE(try_add_filing(consignment));
  EXPECT_EQ(book_->filings_of(consignment.id)->size(), 3u);
  EXPECT_EQ(book_->filings("pty_owner", "", 10)->items.size(), 3u);
  Consignment nowhere = consignment;
  nowhere.id = "cns_nowhere";
  EXPECT_EQ(try_add_filing(nowhere).error().code, Code::not_found);
}

TEST_P(LifeOfFilings, AnOrderWritesItsLetterAndASendingTakesItOut) {
  const Consignment consignment = add_consignment();
  const Filing filing = lodge(add_filing(consignment), "ldg_1");
  const auto letter = state("outbox/hk-tsw/ldg_1");
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter_from_json(*letter)->body, "body of ldg_1");
  EXPECT_EQ(book_->find_by_lodgement("ldg_1").value()->id, filing.id);
  EXPECT_FALSE(book_->find_by_lodgement("ldg_2").value());
  const store::StateWrite cursor{"inbox/hk-tsw", "7", std::nullopt};
  const auto sent = [&] {
    return book_->step(filing.id, "sent", "", [&](Filing& one) { return note_sent(one, "ldg_1", env_.now_us()); }, {&cursor, 1});
  };
  ASSERT_TRUE(sent());
  EXPECT_FALSE(state("outbox/hk-tsw/ldg_1"));
  EXPECT_EQ(state("inbox/hk-tsw"), "7");
  const auto before = store_->snapshot().value()->last();
  ASSERT_TRUE(sent());
  EXPECT_EQ(store_->snapshot().value()->last(), before) << "a repeat is no entry";
  Answer answer = answer_of("a1", "accepted", 10);
  answer.number = "ccrn-77";
  ASSERT_TRUE(hear_in_book(filing.id, answer));
  EXPECT_EQ(book_->find_by_number("hk-tsw", "CCRN-77").value()->id, filing.id);
  EXPECT_FALSE(book_->find_by_number("cn-sw", "CCRN-77").value());
  EXPECT_FALSE(book_->find_by_number("hk-tsw", "").value());
  book_.emplace(*store_, env_, life_regimes());
  const Filing next = add_filing(consignment, "hk/aci@2");
  const auto unwritten = book_->step(next.id, "lodgement ordered", "usr_anna", [&](Filing& one) -> Status {
    confirm_all(one);
    return order(one, "ldg_9");
  });
  EXPECT_EQ(unwritten.error().code, Code::unsupported) << "nobody here writes letters";
  EXPECT_TRUE(book_->find_filing(next.id).value()->lodgements.empty());
}

// The log alone tells how each filing stands, and whom nobody is called by name.
TEST_P(LifeOfFilings, TheLogTellsEveryStepAndNoNames) {
  const Consignment consignment = add_consignment();
  Filing filing = accepted(consignment, "N1");
  ASSERT_TRUE(hear_in_book(filing.id, answer_of("late", "queried", 5)));
  ASSERT_TRUE(hear_in_book(filing.id, answer_of("r", "released", 20)));
  ASSERT_TRUE(hear_in_book(filing.id, answer_of("x", "rejected", 30)));
  filing = *book_->find_filing(filing.id).value();
  std::string stand, standing, digest;
  std::vector<std::string> answers, lodgements, confirmed;
  for (const Entry& entry : entries(EntryKind::filing)) {
    EXPECT_EQ(entry.body.find("Anna"), std::string::npos);
    EXPECT_EQ(entry.body.find("Wing On"), std::string::npos);
    EXPECT_EQ(entry.party, "pty_owner");
    const json::value parsed = parse_json(entry.body).value();
    const json::object& body = parsed.get_object();
    stand = text_of(body, "state"), standing = text_of(body, "standing"), digest = text_of(body, "digest");
    for (const json::value& one : *array_of(body, "answers")) answers.emplace_back(text_of(one.get_object(), "id"));
    for (const json::value& one : *array_of(body, "lodgements")) lodgements.emplace_back(text_of(one.get_object(), "id"));
    for (const json::value& one : *array_of(body, "confirmed")) confirmed.emplace_back(text_of(one.get_object(), "digest"));
  }
  EXPECT_EQ(stand, name(filing.state));
  EXPECT_EQ(standing, name(filing.standing));
  EXPECT_EQ(digest, filing.draft.digest());
  EXPECT_EQ(answers, (std::vector<std::string>{"aN1", "late", "r", "x"}));
  EXPECT_EQ(lodgements, std::vector<std::string>{"ldg_N1"});
  EXPECT_EQ(confirmed, (std::vector<std::string>{filing.draft.digest("parties"), filing.draft.digest("values")}));
  const auto hits = store_->snapshot().value()->scan({.key = "filing/" + filing.id}).value();
  ASSERT_EQ(hits.size(), 6u);
  EXPECT_EQ(hits[0].value, "drafted");
}

TEST_P(LifeOfFilings, TwoThreadsStepOneFiling) {
  const Filing filing = lodge(add_filing(add_consignment()), "ldg_1");
  constexpr int kEach = 20;
  const auto talk = [&](const std::string& who) {
    for (int i = 0; i < kEach; ++i) {
      const auto heard = book_->step(filing.id, "inspection", "", [&](Filing& one) -> Status {
        TRY(take_answer(one, answer_of(who + std::to_string(i), "inspection", 5), kStart));
        return {};
      });
      EXPECT_TRUE(heard) << heard.error().text();
    }
  };
  std::thread other(talk, "a");
  talk("b");
  other.join();
  EXPECT_EQ(book_->find_filing(filing.id).value()->answers.size(), 2u * kEach) << "none overwrote another's";
}

TEST_P(LifeOfFilings, TwoOrderAndOneIsLodged) {
  const Filing filing = add_filing(add_consignment());
  std::atomic<int> done = 0;
  const auto go = [&](const std::string& lodgement) {
    const auto ordered = book_->step(filing.id, "lodgement ordered", "usr_anna", [&](Filing& one) -> Status {
      for (const std::string& group : unconfirmed(one)) TRY_OK(confirm_group(one, group));
      return order(one, lodgement);
    });
    if (ordered)
      ++done;
    else
      EXPECT_EQ(ordered.error().code, Code::conflict);
  };
  std::thread other(go, "ldg_a");
  go("ldg_b");
  other.join();
  EXPECT_EQ(done, 1);
  EXPECT_EQ(store_->snapshot().value()->state_scan("outbox/", "", 10)->size(), 1u);
}

TEST_P(LifeOfFilings, ABundleBindsItsFilings) {
  const Consignment consignment = add_consignment();
  const Filing one = accepted(consignment, "N1");
  const auto bundle = book_->bundle(wish({one.id}), "usr_driver");
  ASSERT_TRUE(bundle) << bundle.error().text();
  EXPECT_EQ(bundle->state, "bundled");
  EXPECT_EQ(bundle->earliest_us, bundle->created_us + 30 * 60 * kSecond) << "the least that it is bundled before it crosses";
  ASSERT_EQ(bundle->findings.size(), 1u);
  EXPECT_EQ(bundle->findings[0].rule, "V17") << "customs on the other side have no manifest";
  EXPECT_EQ(book_->find_filing(one.id).value()->bundle, bundle->id);
  const auto changed = book_->step(one.id, "checked", "", [&](Filing& each) {
    Draft draft = draft_of("Wing On", "900");
    draft.key = each.key;
    return refill(each, draft, {}, 1, env_.now_us());
  });
  EXPECT_EQ(changed.error().hint, "unbundle " + bundle->id + " first");
  EXPECT_EQ(book_->bundle(wish({one.id}), "").error().code, Code::conflict) << "in one live bundle at most";
  EXPECT_EQ(book_->unbundle(bundle->id, "usr_driver")->state, "unbundled");
  EXPECT_EQ(book_->find_filing(one.id).value()->bundle, "");
  EXPECT_EQ(book_->unbundle(bundle->id, "usr_driver").error().code, Code::conflict);
  EXPECT_TRUE(book_->bundle(wish({one.id}), "usr_driver"));
  EXPECT_EQ(book_->bundles("pty_haulier", "", 10)->items.size(), 2u);
  for (const Entry& entry : entries(EntryKind::bundle))
    EXPECT_EQ(entry.body.find("Chan"), std::string::npos) << "the driver's name is in the state alone";
  EXPECT_EQ(entries(EntryKind::bundle).size(), 3u);
}

TEST_P(LifeOfFilings, WhatMayNotBeBundled) {
  const Consignment consignment = add_consignment();
  const Filing one = accepted(consignment, "N1");
  const auto late = book_->bundle(wish({one.id}, 29), "");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Code::conflict);
  EXPECT_NE(late.error().message.find("V11"), std::string::npos);
  EXPECT_NE(late.error().detail.find("29 minutes before the crossing, and 30"), std::string::npos) << late.error().detail;
  EXPECT_EQ(book_->bundle(wish({one.id}, -5), "").error().code, Code::invalid);
  const Filing early = add_filing(consignment, "hk/aci@2");
  const auto mixed = book_->bundle(wish({one.id, early.id}), "");
  ASSERT_FALSE(mixed);
  EXPECT_NE(mixed.error().detail.find(early.id), std::string::npos);
  EXPECT_EQ(book_->find_filing(one.id).value()->bundle, "") << "all or none";
  EXPECT_EQ(book_->bundle(wish({add_filing(consignment, "hk/1").id}), "").error().code, Code::conflict) << "no form of the road";
  EXPECT_EQ(book_->bundle(wish({}), "").error().code, Code::invalid);
  EXPECT_EQ(book_->bundle(wish({"fil_nobody"}), "").error().code, Code::not_found);
  EXPECT_EQ(book_->bundle(wish(std::vector<std::string>(1, one.id), 30), "").has_value(), true) << "thirty minutes are enough";
}

TEST_P(LifeOfFilings, WhatIsHeldIsNotBundled) {
  const Filing one = accepted(add_consignment(), "N1");
  Hold hold;
  hold.authority = "pty_customs", hold.notice = "D-1", hold.scope = {Reference::make(ReferenceKind::equipment, "MSCU6639870").value()};
  const Hold placed = holds_->place(hold, "usr_officer").value();
  const auto refused = book_->bundle(wish({one.id}), "");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("D-1"), std::string::npos);
  ASSERT_TRUE(holds_->release(placed.id, "pty_customs", "usr_officer", ""));
  EXPECT_TRUE(book_->bundle(wish({one.id}), ""));
}

// Whoever is first: a bundle that is stored after the hold would carry what is held.
TEST_P(LifeOfFilings, AHoldAndABundleAtOnce) {
  const Filing one = accepted(add_consignment(), "N1");
  for (int round = 0; round < 10; ++round) {
    Hold hold;
    hold.authority = "pty_customs", hold.notice = "D-1";
    hold.scope = {Reference::make(ReferenceKind::equipment, "MSCU6639870").value()};
    std::thread officer([&] { hold = holds_->place(hold, "usr_officer").value(); });
    const auto bundled = book_->bundle(wish({one.id}), "");
    officer.join();
    if (bundled) EXPECT_LT(entries(EntryKind::bundle).back().position, entries(EntryKind::hold).back().position);
    ASSERT_TRUE(holds_->release(hold.id, "pty_customs", "usr_officer", ""));
    if (bundled) ASSERT_TRUE(book_->unbundle(bundled->id, ""));
  }
}

TEST_P(LifeOfFilings, TheManifestOfTheOtherSideIsSeen) {
  const Consignment consignment = add_consignment();
  const Filing one = accepted(consignment, "N1");
  const Filing far = add_filing(consignment, "cn/road@1");
  ASSERT_TRUE(book_->step(far.id, "accepted", "", [](Filing& each) -> Status {
    each.state = each.standing = State::accepted;
    return {};
  }));
  EXPECT_TRUE(book_->bundle(wish({one.id}), "")->findings.empty());
  const Consignment told = add_consignment();
  ASSERT_TRUE(book_->change(told.id, "", [](Consignment& each) -> Status {
    put(each.record, "legs[1].manifestAccepted", "yes");
    return {};
  }));
  Filing other = add_filing(*book_->find_consignment(told.id).value());
  other = lodge(other, "ldg_N2");
  ASSERT_TRUE(hear_in_book(other.id, answer_of("x", "accepted", 10)));
  EXPECT_TRUE(book_->bundle(wish({other.id}), "")->findings.empty());
}

TEST_P(LifeOfFilings, WhatBecomesOfABundle) {
  const Consignment consignment = add_consignment();
  const Filing one = accepted(consignment, "N1");
  const auto to = [](const char* state) {
    return [state](Bundle& bundle) -> Status {
      bundle.state = state;
      return {};
    };
  };
  const Bundle first = book_->bundle(wish({one.id}), "").value();
  const auto permitted = book_->step_bundle(first.id, "crossing permitted", [](Bundle& bundle) -> Status {
    bundle.earliest_us = bundle.crossing_us - kSecond;
    return {};
  });
  EXPECT_EQ(permitted->earliest_us, first.crossing_us - kSecond);
  EXPECT_EQ(book_->step_bundle(first.id, "expired", to("expired"))->state, "expired");
  EXPECT_EQ(book_->find_filing(one.id).value()->bundle, "") << "free for another crossing";
  EXPECT_EQ(book_->step_bundle(first.id, "crossed", to("crossed")).error().code, Code::conflict);
  const Bundle second = book_->bundle(wish({one.id}), "").value();
  ASSERT_TRUE(book_->step_bundle(second.id, "inspected", to("inspected")));
  EXPECT_TRUE(book_->find_bundle(second.id).value()->is_live());
  EXPECT_EQ(book_->unbundle(second.id, "").error().code, Code::conflict) << "it stands at the control point";
  ASSERT_TRUE(book_->step_bundle(second.id, "crossed", to("crossed")));
  EXPECT_EQ(book_->find_filing(one.id).value()->bundle, second.id) << "it has had its journey";
  EXPECT_EQ(book_->step_bundle(second.id, "odd", to("lost")).error().code, Code::conflict);
  EXPECT_EQ(book_->step_bundle("bnd_nobody", "crossed", to("crossed")).error().code, Code::not_found);
}

TEST_P(LifeOfFilings, TwoHauliersRaceForOneFiling) {
  const Filing one = accepted(add_consignment(), "N1");
  std::atomic<int> won = 0;
  const auto race = [&](Book& book, const PartyId& haulier) {
    const auto bundle = book.bundle(wish({one.id}, 60, haulier), "");
    if (bundle)
      ++won;
    else
      EXPECT_EQ(bundle.error().code, Code::conflict) << bundle.error().text();
  };
  ManualEnv theirs(kStart, 12);  // on another server
  Book elsewhere(*store_, theirs, life_regimes());
  std::thread other(race, std::ref(elsewhere), "pty_h1");
  race(*book_, "pty_h2");
  other.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(store_->snapshot().value()->state_scan("bundle/", "", 10)->size(), 1u);
}

TEST_P(LifeOfFilings, AHoldFromNoticeToRelease) {
  const Reference box = Reference::make(ReferenceKind::equipment, "MSCU6639870").value();
  const Reference bill = Reference::make(ReferenceKind::transport_document, "MAEU1").value();
  Hold wish;
  wish.kind = HoldKind::inspection, wish.authority = "pty_customs", wish.notice = "D-1", wish.scope = {box, bill, box};
  wish.reason = "documents", wish.place = "HKHKG", wish.addressees = {"pty_carrier", "pty_terminal"}, wish.text = "bring the manifest";
  const auto placed = holds_->place(wish, "usr_officer");
  ASSERT_TRUE(placed) << placed.error().text();
  EXPECT_EQ(placed->scope.size(), 2u);
  const auto on = [&](const Reference& reference) { return holds_->on({&reference, 1}).value().size(); };
  EXPECT_EQ(on(box) + on(bill), 2u);
  EXPECT_EQ(on(Reference::make(ReferenceKind::booking, "B1").value()), 0u);
  EXPECT_EQ(holds_->acknowledge(placed->id, "pty_carrier", "").error().code, Code::forbidden) << "a person has to";
  EXPECT_EQ(holds_->acknowledge(placed->id, "pty_stranger", "usr_x").error().code, Code::not_found);
  ASSERT_TRUE(holds_->acknowledge(placed->id, "pty_carrier", "usr_c"));
  const auto last = store_->snapshot().value()->last();
  EXPECT_EQ(holds_->acknowledge(placed->id, "pty_carrier", "usr_c")->acknowledgements.size(), 1u);
  EXPECT_EQ(store_->snapshot().value()->last(), last) << "once a person";
  EXPECT_EQ(holds_->acknowledge(placed->id, "pty_carrier", "usr_d")->acknowledgements.size(), 2u);
  EXPECT_EQ(holds_->release(placed->id, "pty_carrier", "usr_c", "").error().code, Code::forbidden);
  EXPECT_EQ(holds_->release(placed->id, "pty_other_customs", "usr_c", "").error().code, Code::not_found);
  const auto released = holds_->release(placed->id, "pty_customs", "usr_officer", "all right");
  ASSERT_TRUE(released);
  EXPECT_FALSE(released->stands());
  EXPECT_EQ(on(box) + on(bill), 0u);
  EXPECT_EQ(holds_->release(placed->id, "pty_customs", "usr_officer", "").error().code, Code::conflict);
  EXPECT_EQ(entries(EntryKind::hold).size(), 4u);
  for (const char* party : {"pty_customs", "pty_carrier", "pty_terminal"}) {
    EXPECT_EQ(holds_->list(party, false, "", 10)->items.size(), 1u);
    EXPECT_TRUE(holds_->list(party, true, "", 10)->items.empty());
  }
  EXPECT_EQ(to_json(hold_from_json(to_json(*released)).value()), to_json(*released));
}

TEST_P(LifeOfFilings, HoldsAreBounded) {
  Hold wish;
  wish.authority = "pty_customs";
  EXPECT_FALSE(holds_->place(wish, ""));
  wish.notice = "D-1";
  EXPECT_EQ(holds_->place(wish, "").error().code, Code::invalid) << "it holds nothing";
  const Reference box = Reference::make(ReferenceKind::equipment, "MSCU6639870").value();
  wish.scope.assign(limits::kHoldScopeMax + 1, box);
  EXPECT_EQ(holds_->place(wish, "").error().code, Code::too_large);
  wish.scope = {box};
  for (size_t i = 0; i < limits::kHoldsPerReferenceMax; ++i) ASSERT_TRUE(holds_->place(wish, ""));
  EXPECT_EQ(holds_->place(wish, "").error().code, Code::too_large);
  EXPECT_EQ(holds_->on({&box, 1})->size(), limits::kHoldsPerReferenceMax);
}

TEST(HoldEvents, OneForEachThingThatIsHeld) {
  Hold hold;
  hold.id = "hld_1", hold.authority = "pty_customs", hold.notice = "D-1", hold.place = "HKHKG", hold.placed_us = kStart;
  hold.scope = {Reference::make(ReferenceKind::equipment, "MSCU6639870").value(),
                Reference::make(ReferenceKind::transport_document, "MAEU1").value()};
  const auto placed = hold_events(hold, HoldStep::placed), again = hold_events(hold, HoldStep::placed);
  ASSERT_EQ(placed.size(), 2u);
  EXPECT_EQ(placed[0].milestone, Milestone::customs_held);
  EXPECT_EQ(placed[0].id, again[0].id) << "told twice, it is told once";
  EXPECT_NE(placed[0].id, placed[1].id);
  EXPECT_EQ(placed[0].place.unlocode, "HKHKG");
  hold.released_us = kStart + kSecond;
  const auto released = hold_events(hold, HoldStep::released);
  EXPECT_EQ(released[0].milestone, Milestone::customs_released);
  EXPECT_EQ(released[0].occurred.micros, kStart + kSecond);
  for (const Event& event : {placed[0], released[1]}) EXPECT_TRUE(validate(event));
  EXPECT_FALSE(hold_kind_from("arrest"));
}

const auto kEngines = testing::Values(
    store::contract::Engine{
        "Rocksdb", []() -> Result<std::unique_ptr<store::contract::Home>> { return std::make_unique<store::contract::RocksdbHome>(); }},
    store::contract::Engine{"Postgres",
                            []() -> Result<std::unique_ptr<store::contract::Home>> { return store::contract::PostgresHome::make(); }});
INSTANTIATE_TEST_SUITE_P(Engines, LifeOfFilings, kEngines, [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace fairway::filing::life_test
