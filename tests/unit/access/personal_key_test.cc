// Personal keys: they act as a person, can do no more than the person can now, and end with what the person's sessions end with.
#include "access/personal_key.h"

#include "base/limits.h"
#include "unit/access/support.h"

namespace fairway::access {
namespace {

class PersonalKeyTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    line_ = add("Slow Boat Line", Role::carrier).party.id;
    join(line_, "boss@line.example");  // so that somebody is left who manages
    anna_ = join(line_, "anna@line.example");
  }
  Result<std::shared_ptr<const Viewer>> ask(const std::string& key) {
    return identity_->authenticator.authenticate({.authorization = "Bearer " + key});
  }
  Viewer in_session() {
    const auto viewer = identity_->authenticator.authenticate({.session = anna_.token});
    EXPECT_TRUE(viewer) << viewer.error().text();
    return **viewer;
  }
  IssuedKey give(std::string_view wish = "{}") {
    const auto wanted = personal_key_wish(wish, in_session(), env_.now_us());
    EXPECT_TRUE(wanted) << wanted.error().text();
    const auto person = identity_->people.person(anna_.person.id);
    const auto issued = identity_->registry.add_key(line_, *wanted, {(*person)->id, (*person)->generation});
    EXPECT_TRUE(issued) << issued.error().text();
    return *issued;
  }
  PartyId line_;
  OpenedSession anna_;
};

TEST_F(PersonalKeyTest, ItActsAsThePerson) {
  const IssuedKey issued = give(R"({"label":"laptop"})");
  const auto viewer = ask(issued.key);
  ASSERT_TRUE(viewer) << viewer.error().text();
  EXPECT_EQ((*viewer)->person, anna_.person.id);
  EXPECT_EQ((*viewer)->party.id, line_);
  EXPECT_FALSE((*viewer)->in_session);
  EXPECT_TRUE((*viewer)->may_stand_for());
  EXPECT_EQ((*viewer)->may_change_own_account().error().code, Code::forbidden);
  EXPECT_EQ(personal_key_wish("{}", **viewer, env_.now_us()).error().code, Code::forbidden) << "a key makes no keys";
  EXPECT_NE(describe(issued.record, env_.now_us()).find(anna_.person.id), std::string::npos);
}

TEST_F(PersonalKeyTest, AMachineStandsForNothing) {
  const auto machine = identity_->registry.add_key(line_, {});
  const Status refused = (*ask(machine->key))->may_stand_for();
  EXPECT_EQ(refused.error().code, Code::forbidden);
  EXPECT_NE(refused.error().hint.find("/v1/me/keys"), std::string::npos);
}

TEST_F(PersonalKeyTest, ARightThatIsTakenLaterIsGoneFromTheKey) {
  const IssuedKey issued = give();
  ASSERT_TRUE((*ask(issued.key))->may_grant());
  const KeyScopes fewer = *KeyScopes::from_names({"read", "send"});
  ASSERT_TRUE(identity_->accounts.set_terms(anna_.person.id, {.rights = fewer, .suspended = {}}));
  pass_seconds(kTrustSeconds);
  const auto viewer = ask(issued.key);
  ASSERT_TRUE(viewer) << viewer.error().text();
  EXPECT_EQ((*viewer)->scopes, fewer);
  EXPECT_EQ(personal_key_wish(R"({"scopes":["grant"]})", in_session(), env_.now_us()).error().code, Code::forbidden);
  const auto wish = personal_key_wish("{}", in_session(), env_.now_us());
  ASSERT_TRUE(wish) << wish.error().text();
  EXPECT_EQ(wish->scopes, fewer) << "where nothing is said, what the person has";
}

TEST_F(PersonalKeyTest, ASuspensionEndsItForGood) {
  const IssuedKey issued = give();
  ASSERT_TRUE(ask(issued.key));
  ASSERT_TRUE(identity_->accounts.set_terms(anna_.person.id, {.rights = {}, .suspended = true}));
  pass_seconds(kTrustSeconds);
  EXPECT_EQ(ask(issued.key).error().code, Code::unauthorized);
  ASSERT_TRUE(identity_->accounts.set_terms(anna_.person.id, {.rights = {}, .suspended = false}));
  EXPECT_EQ(ask(issued.key).error().code, Code::unauthorized) << "who is active again signs in, and makes a new one";
}

TEST_F(PersonalKeyTest, ANewPasswordEndsIt) {
  const IssuedKey issued = give();
  ASSERT_TRUE(identity_->accounts.change_password(anna_.person.id, kPassword, "another harbour at dusk", anna_.token));
  pass_seconds(kTrustSeconds);
  EXPECT_FALSE(ask(issued.key));
  EXPECT_TRUE(ask(give().key)) << "one that is made after it works";
}

TEST_F(PersonalKeyTest, ItsSuccessorIsThePersonsToo) {
  const IssuedKey old = give(R"({"scopes":["read"]})");
  ASSERT_TRUE(may_rotate(in_session(), old.record));
  const auto successor = identity_->registry.rotate_key(old.record, 0);
  ASSERT_TRUE(successor) << successor.error().text();
  EXPECT_FALSE(ask(old.key));
  const auto viewer = ask(successor->key);
  ASSERT_TRUE(viewer) << viewer.error().text();
  EXPECT_EQ((*viewer)->person, anna_.person.id);
  EXPECT_EQ(may_rotate(**viewer, successor->record).error().code, Code::forbidden) << "not by itself, without end";
}

TEST_F(PersonalKeyTest, NobodyElseHasItMadeAnew) {
  const IssuedKey issued = give();
  const auto boss = knock("boss@line.example", kPassword);
  ASSERT_TRUE(boss);
  const auto viewer = identity_->authenticator.authenticate({.session = boss->token});
  EXPECT_EQ(may_rotate(**viewer, issued.record).error().code, Code::forbidden);
  EXPECT_EQ(may_rotate(*ask(identity_->registry.add_key(line_, {})->key).value(), issued.record).error().code, Code::forbidden);
}

TEST_F(PersonalKeyTest, ItEndsByItselfAndNotTooLate) {
  const IssuedKey issued = give();
  EXPECT_EQ(issued.record.wish.expires_us, env_.now_us() + limits::kPersonalKeyDaysDefault * 86'400'000'000);
  const auto late = personal_key_wish(R"({"expires":"2033-01-01T00:00:00Z"})", in_session(), env_.now_us());
  EXPECT_EQ(late.error().code, Code::invalid);
  pass_seconds(limits::kPersonalKeyDaysDefault * 86'400);
  EXPECT_FALSE(ask(issued.key));
}

TEST_F(PersonalKeyTest, APersonHasSoManyAndTheOrganisationStillHasItsOwn) {
  for (size_t i = 0; i < limits::kKeysPerPersonMax; ++i) give();
  const auto person = identity_->people.person(anna_.person.id);
  EXPECT_EQ(identity_->registry.add_key(line_, {}, {(*person)->id, (*person)->generation}).error().code, Code::too_large);
  EXPECT_TRUE(identity_->registry.add_key(line_, {}));
}

}  // namespace
}  // namespace fairway::access
