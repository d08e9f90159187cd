// A Book on each engine: a store that goes away with the test, the regimes of the program, and a road consignment from Hong Kong.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "filing/hold/hold.h"
#include "filing/life/book.h"
#include "filing/lodge/letter.h"
#include "unit/filing/life_support.h"
#include "unit/store/postgres_home.h"
#include "unit/store/rocksdb_home.h"

namespace fairway::filing::life_test {

inline const Regimes& life_regimes() {
  static const std::shared_ptr<const Regimes> kRegimes = Regimes::built_in().value();
  return *kRegimes;
}

class LifeOfFilings : public testing::TestWithParam<store::contract::Engine> {
 protected:
  void SetUp() override {
    auto home = GetParam().make_home();
    if (!home) GTEST_SKIP() << home.error().text();
    home_ = std::move(*home);
    reopen();
  }
  void TearDown() override {
    book_.reset(), holds_.reset();
    store_.reset();
  }
  void reopen() {
    book_.reset(), holds_.reset();
    store_.reset();
    store_ = home_->open().value();
    book_.emplace(*store_, env_, life_regimes());
    holds_.emplace(*store_, env_);
    book_->set_letter_writer([](const Filing& filing, const Lodgement& lodgement) -> Result<Letter> {
      Letter letter;
      letter.id = lodgement.id, letter.filing = filing.id, letter.kind = lodgement.kind, letter.form = filing.key.text();
      letter.body = "body of " + lodgement.id, letter.ordered_us = lodgement.ordered_us;
      return letter;
    });
  }

  static void put(Record& record, std::string_view path, std::string value) {
    static const SourcePtr kSource = source_of(100);
    ASSERT_TRUE(record.put(record.schema().parse_path(path).value(), std::move(value), kSource)) << path;
  }
  Consignment add_consignment(const PartyId& owner = "pty_owner") {
    Consignment consignment{.id = {},
                            .owner = owner,
                            .reference = "WO-1",
                            .record_version = 1,
                            .record = Record(life_regimes().schema()),
                            .participants = {},
                            .follows = {},
                            .created_us = 0,
                            .changed_us = 0,
                            .version = 0};
    put(consignment.record, "importer.name", "Wing On");
    put(consignment.record, "goods[1].amount", "100");
    put(consignment.record, "containers[1].number", "MSCU6639870");
    put(consignment.record, "legs[1].mode", "ROAD");
    const auto added = book_->add(std::move(consignment), "usr_anna");
    EXPECT_TRUE(added) << added.error().text();
    return *added;
  }
  Result<Filing> try_add_filing(const Consignment& consignment, std::string_view form = "hk/aci@1") {
    Filing filing;
    filing.consignment = consignment.id, filing.party = consignment.owner, filing.key = FormKey::parse(form).value();
    filing.authority = "hk-tsw", filing.message = "cusdec", filing.record_version = consignment.record_version;
    filing.draft = draft_of("Wing On", "100");
    filing.draft.key = filing.key;
    return book_->add(std::move(filing), "usr_anna");
  }
  Filing add_filing(const Consignment& consignment, std::string_view form = "hk/aci@1") {
    const auto added = try_add_filing(consignment, form);
    EXPECT_TRUE(added) << added.error().text();
    return added.value_or(Filing());
  }
  Result<Filing> hear_in_book(const std::string& id, Answer answer) {
    return book_->step(id, answer.status, "", [&](Filing& one) -> Status {
      const auto taken = take_answer(one, answer, env_.now_us());
      return taken ? Status() : Status(std::unexpected(taken.error()));
    });
  }
  Filing lodge(const Filing& filing, const std::string& lodgement) {
    const auto ordered = book_->step(filing.id, "lodgement ordered", "usr_anna", [&](Filing& one) -> Status {
      for (const std::string& group : unconfirmed(one)) TRY_OK(confirm_group(one, group));
      return order(one, lodgement);
    });
    EXPECT_TRUE(ordered) << ordered.error().text();
    return ordered.value_or(Filing());
  }
  // Accepted under that number.
  Filing accepted(const Consignment& consignment, const std::string& number) {
    const Filing filing = lodge(add_filing(consignment), "ldg_" + number);
    Answer answer = answer_of("a" + number, "accepted", 10, "ldg_" + number);
    answer.number = number;
    return hear_in_book(filing.id, answer).value();
  }
  Bundle wish(std::vector<std::string> filings, int64_t minutes_before = 60, const PartyId& haulier = "pty_haulier") {
    Bundle bundle;
    bundle.party = haulier, bundle.vehicle = "AB1234", bundle.driver = "Mr Chan", bundle.filings = std::move(filings);
    bundle.crossing_us = env_.now_us() + minutes_before * 60 * kSecond;
    return bundle;
  }
  std::vector<Entry> entries(EntryKind kind) {
    std::vector<Entry> found;
    std::vector<Entry> all = store_->snapshot().value()->range(1, 1'000).value();
    for (Entry& entry : all)
      if (entry.kind == kind) found.push_back(std::move(entry));
    return found;
  }
  std::optional<std::string> state(const std::string& key) {
    const auto found = store_->snapshot().value()->state(key).value();
    return found ? std::optional(found->value) : std::nullopt;
  }

  ManualEnv env_{kStart, 11};
  std::unique_ptr<store::contract::Home> home_;
  std::unique_ptr<store::Store> store_;
  std::optional<Book> book_;
  std::optional<Holds> holds_;
};

}  // namespace fairway::filing::life_test
