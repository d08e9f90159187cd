// Need to know and grants: the table, what a grant may hold, its life in a real store, and who looked.
#include <gtest/gtest.h>

#include "access/access_log.h"
#include "access/directory.h"
#include "access/grant_book.h"
#include "unit/access/support.h"

namespace fairway::access {
namespace {

constexpr auto kColumnsAll = {Column::shipper,   Column::forwarder, Column::line, Column::terminal, Column::haulier,
                              Column::warehouse, Column::customs,   Column::bank, Column::buyer,    Column::peer_port};

TEST(NeedToKnow, TheTableKeepsTheTradesPromises) {
  for (const Data data : {Data::value, Data::goods_description}) EXPECT_EQ(cell(data, Column::terminal), Cell::no);
  EXPECT_FALSE(sees_at_most(Column::haulier).has(See::value)) << "a haulier never sees a price, whatever anybody grants";
  EXPECT_TRUE(sees_when_named(Column::bank).nothing()) << "a bank sees nothing without consent";
  for (const Column column : kColumnsAll) {
    EXPECT_EQ(sees_when_named(column) & sees_at_most(column), sees_when_named(column)) << name(column);
    EXPECT_FALSE(sees_at_most(column).all()) << name(column);
  }
}

TEST(NeedToKnow, NamesReadBack) {
  for (size_t i = 0; i < kData; ++i) EXPECT_EQ(data_from(name(static_cast<Data>(i))).value(), static_cast<Data>(i));
  EXPECT_EQ(data_from("everything").error().code, Code::invalid);
}

TEST(NeedToKnow, ARedactedEventHoldsNothingOfWhatIsHidden) {
  Event event;
  event.remark = "toys", event.original = R"({"declaredValue":1})";
  event.references = {Reference::make(ReferenceKind::equipment, "MSCU1234566").value(),
                      Reference::make(ReferenceKind::house_document, "H1").value(),
                      Reference::make(ReferenceKind::purchase_order, "PO1").value()};
  event.parties = {{"CN", {"BR", "1"}, "Buyer"}, {"CA", {"SMDG", "OOL"}, ""}, {"XX", {"BR", "2"}, "me"}};
  Event whole = event;
  EXPECT_FALSE(redact(whole, Sees::everything(), {}));
  const std::vector<PartyIdentifier> me = {{"BR", "2"}};
  EXPECT_TRUE(redact(event, sees_when_named(Column::terminal), me));
  EXPECT_EQ(event.remark + event.original, "");
  EXPECT_EQ(event.references.size(), 1u);
  ASSERT_EQ(event.parties.size(), 2u);
  EXPECT_EQ(event.parties[0].role, "CA");
  EXPECT_EQ(event.parties[1].name, "me") << "one's own name is no secret";
  EXPECT_FALSE(redact(event, sees_when_named(Column::terminal), me)) << "nothing is left to take";
}

class GrantTest : public StoreTest {
 protected:
  Grant wish(GrantKind kind, const PartyId& from, const PartyId& to, std::vector<std::string> keys = {"equipment:MSCU1234566"}) {
    Grant grant;
    grant.kind = kind;
    grant.from = from, grant.to = to;
    for (const std::string& key : keys) grant.references.push_back(Reference::from_key(key).value());
    grant.purpose = "a test";
    grant.expires_us = env_.now_us() + 3'600'000'000;
    return grant;
  }
  std::vector<HeldGrant> held(const PartyId& party, const std::vector<std::string>& keys = {"equipment:MSCU1234566"},
                              const std::vector<PartyId>& from = {}) {
    return book_->held(*store_->snapshot().value(), party, keys, from).value();
  }
  void SetUp() override {
    StoreTest::SetUp();
    book_.emplace(*store_, env_);
  }
  void TearDown() override {
    book_.reset();
    StoreTest::TearDown();
  }

  std::optional<GrantBook> book_;
};

TEST_F(GrantTest, AnOfferHoldsOnceItIsAcceptedAndUntilItIsRevoked) {
  const Grant offer = book_->give(wish(GrantKind::consent, "pty_s", "pty_b")).value();
  EXPECT_TRUE(held("pty_b").empty());
  const Grant accepted = book_->accept(offer).value();
  ASSERT_EQ(held("pty_b").size(), 1u);
  EXPECT_TRUE(held("pty_s").empty());
  EXPECT_TRUE(held("pty_b", {"equipment:CSQU3054383"}).empty());
  EXPECT_EQ(book_->accept(accepted).error().code, Code::conflict);
  EXPECT_EQ(book_->accept(offer).error().code, Code::conflict) << "a stale copy changes nothing";
  const Grant revoked = book_->revoke(accepted, "pty_b").value();
  EXPECT_TRUE(held("pty_b").empty());
  EXPECT_EQ(book_->revoke(revoked, "pty_b").error().code, Code::conflict);
  EXPECT_EQ(book_->find(offer.id).value()->state, GrantState::revoked);
}

TEST_F(GrantTest, ItEndsByItself) {
  const Grant grant = book_->accept(book_->give(wish(GrantKind::nomination, "pty_f", "pty_h")).value()).value();
  pass_seconds(3'601);
  EXPECT_TRUE(held("pty_h").empty());
  EXPECT_EQ(grant.state_at(env_.now_us()), "expired");
}

TEST_F(GrantTest, ADelegationOfEverythingIsFoundByItsGiver) {
  Grant all = wish(GrantKind::delegation, "pty_s", "pty_f", {});
  all.expires_us = 0;
  const Grant given = book_->give(std::move(all)).value();
  ASSERT_TRUE(book_->accept(given));
  EXPECT_EQ(held("pty_f", {}, {"pty_x", "pty_s"}).size(), 1u);
  EXPECT_TRUE(held("pty_f", {}, {"pty_x"}).empty());
}

TEST_F(GrantTest, TooManyOfOneReferenceAreRefused) {
  for (size_t i = 0; i < limits::kGrantsPerReferenceMax; ++i)
    ASSERT_TRUE(book_->accept(book_->give(wish(GrantKind::consent, "pty_s", "pty_b")).value()));
  EXPECT_EQ(book_->accept(book_->give(wish(GrantKind::consent, "pty_s", "pty_b")).value()).error().code, Code::too_large);
  pass_seconds(3'601);  // what has expired makes room
  EXPECT_TRUE(book_->accept(book_->give(wish(GrantKind::consent, "pty_s", "pty_b")).value()));
}

TEST_F(GrantTest, EveryStepIsAnEntry) {
  const Grant grant = book_->accept(book_->give(wish(GrantKind::consent, "pty_s", "pty_b")).value()).value();
  ASSERT_TRUE(book_->revoke(grant, "pty_s"));
  std::string actions;
  const std::vector<Entry> log = store_->snapshot().value()->range(1, 100).value();
  for (const Entry& entry : log)
    if (entry.kind == EntryKind::grant) actions += entry.party + " " + entry.body.substr(0, entry.body.find(',')) + ";";
  EXPECT_EQ(actions, R"(pty_s {"action":"offered";pty_b {"action":"accepted";pty_s {"action":"revoked";)");
}

TEST_F(GrantTest, ReadsBackFromItsJson) {
  Grant grant = wish(GrantKind::legal_basis, "pty_c", "pty_c", {"equipment:MSCU1234566", "booking:B1"});
  grant.id = "gr_1", grant.sealed = true, grant.data = {Data::milestones, Data::value};
  const Grant again = grant_from_json(to_json(grant)).value();
  EXPECT_EQ(to_json(again), to_json(grant));
}

TEST_F(GrantTest, WhoLookedIsToldToWhomItConcerns) {
  AccessLog log(*store_, env_, 3'600'000'000);
  Party bank{"pty_b", "Bank", Role::bank, {}, 0};
  const Viewer reader = make_viewer(bank);
  Event event;
  event.references = {Reference::make(ReferenceKind::house_document, "H1").value(),
                      Reference::make(ReferenceKind::equipment, "MSCU1234566").value()};
  HeldGrant grant;
  grant.id = "gr_1", grant.kind = GrantKind::consent, grant.from = "pty_s", grant.purpose = "credit";
  Looks looks(reader, Channel::journey);
  looks.saw("pty_line", event, &grant);
  looks.saw("pty_b", event);  // its own
  ASSERT_TRUE(log.note(std::move(looks)));
  ASSERT_TRUE(log.flush());
  for (const char* owner : {"pty_line", "pty_s"}) {
    const auto page = log.told(owner, {}).value();
    ASSERT_EQ(page.readings.size(), 1u) << owner;
    EXPECT_EQ(page.readings[0].references, std::vector<std::string>{"equipment:MSCU1234566"}) << "nothing that the owner may not know";
    EXPECT_EQ(page.readings[0].purpose, "credit");
  }
  EXPECT_TRUE(log.told("pty_b", {}).value().readings.empty());

  HeldGrant sealed;
  sealed.id = "gr_2", sealed.kind = GrantKind::legal_basis, sealed.from = "pty_c", sealed.sealed = true, sealed.purpose = "case";
  const Viewer customs = make_viewer({"pty_c", "Customs", Role::authority, {}, 0});
  Looks secret(customs, Channel::journey);
  secret.saw("pty_line", event, &sealed);
  ASSERT_TRUE(log.note(std::move(secret)));
  ASSERT_TRUE(log.flush());
  EXPECT_EQ(log.told("pty_line", {}).value().readings.size(), 1u);
  log.stop();
}

TEST_F(GrantTest, NothingIsShownThatCannotBeWrittenDown) {
  AccessLog log(*store_, env_, 0);
  log.stop();  // nobody writes any more
  const Viewer reader = make_viewer({"pty_b", "Bank", Role::bank, {}, 0});
  Status noted;
  for (size_t i = 0; noted && i <= limits::kLooksWaitingMax; ++i) {
    Event event;
    event.references = {Reference::make(ReferenceKind::booking, "B" + std::to_string(i)).value()};
    Looks looks(reader, Channel::events);
    looks.saw("pty_line", event);
    noted = log.note(std::move(looks));
  }
  ASSERT_FALSE(noted);
  EXPECT_EQ(noted.error().code, Code::overloaded);
  EXPECT_FALSE(log.has_room());
  ASSERT_TRUE(log.flush());
  EXPECT_TRUE(log.has_room());
}

}  // namespace
}  // namespace fairway::access
