// People in an organisation: invitations, rights, and who may take them away.
#include "access/people/people.h"

#include "base/limits.h"
#include "unit/access/support.h"

namespace fairway::access {
namespace {

class PeopleTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    line_ = add("Slow Boat Line", Role::carrier).party.id;
  }
  // What the log says, oldest first: the actions on people.
  std::vector<std::string> actions() {
    std::vector<std::string> found;
    auto snapshot = store_->snapshot();
    auto entries = (*snapshot)->range(1, 1000);
    for (const Entry& entry : *entries)
      if (entry.kind == EntryKind::person) found.push_back(entry.body.substr(entry.body.find("action") + 9));
    return found;
  }
  PartyId line_;
};

const KeyScopes kRead = *KeyScopes::from_names({"read"});

TEST_F(PeopleTest, AnInvitationWorksOnce) {
  const IssuedInvitation issued = invite(line_, " Anna@Line.Example ", kRead);
  const auto seen = identity_->invitations.look(issued.token);
  ASSERT_TRUE(seen) << seen.error().text();
  EXPECT_EQ(seen->wish.email, "anna@line.example");
  const auto opened = identity_->invitations.accept(issued.token, {" Anna ", kPassword, {}});
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_EQ(opened->person.name, "Anna");
  EXPECT_EQ(opened->person.rights, kRead);
  EXPECT_EQ(identity_->invitations.accept(issued.token, {"Eve", kPassword, {}}).error().code, Code::not_found);
  EXPECT_EQ(identity_->invitations.look(issued.token).error().code, Code::not_found);
  EXPECT_TRUE(knock("ANNA@line.example", kPassword));
}

TEST_F(PeopleTest, AnInvitationEndsByItselfAndByHand) {
  const IssuedInvitation first = invite(line_, "a@line.example"), second = invite(line_, "b@line.example");
  ASSERT_TRUE(identity_->invitations.withdraw(line_, second.invitation.id));
  EXPECT_FALSE(identity_->invitations.look(second.token));
  EXPECT_EQ(identity_->invitations.withdraw("pty_other", first.invitation.id).error().code, Code::not_found) << "somebody else's";
  pass_seconds(kInvitationDaysDefault * 86'400);
  EXPECT_FALSE(identity_->invitations.look(first.token));
  EXPECT_NE(describe(first.invitation, env_.now_us()).find("\"expired\""), std::string::npos);
}

TEST_F(PeopleTest, ATokenThatIsNearlyRightIsWrong) {
  const std::string token = invite(line_, "a@line.example").token;
  for (const std::string& wrong : {std::string(), std::string("inv_"), token + "x", token.substr(0, token.size() - 1) + "~"})
    EXPECT_EQ(identity_->invitations.look(wrong).error().code, Code::not_found) << wrong;
  EXPECT_TRUE(identity_->invitations.look(token)) << "and looking uses nothing up";
}

TEST_F(PeopleTest, TheOperatorInvitesAnOrganisation) {
  const PartyId port = add("Port", Role::operator_).party.id;
  const NewParty bank{"Bank of Examples", Role::bank, {{"LEI", "EXAMPLE"}}};
  const auto issued = identity_->invitations.invite(port, {.founded = bank, .email = "b@bank.example"});
  const auto twin = identity_->invitations.invite(port, {.founded = bank, .email = "c@bank.example"});
  ASSERT_TRUE(issued && twin);
  const auto founder = identity_->invitations.accept(issued->token, {"Bo", kPassword, {}});
  ASSERT_TRUE(founder) << founder.error().text();
  const auto party = identity_->registry.party(founder->person.party);
  ASSERT_TRUE(party);
  EXPECT_EQ(party->name, "Bank of Examples");
  const auto late = identity_->invitations.accept(twin->token, {"Cy", kPassword, {}});
  EXPECT_EQ(late.error().code, Code::conflict);
  EXPECT_EQ(late.error().detail, "LEI:EXAMPLE");
}

TEST_F(PeopleTest, AnAddressHasOneAccount) {
  join(line_, "anna@line.example");
  EXPECT_EQ(identity_->invitations.invite(line_, {.party = line_, .email = "Anna@line.example"}).error().code, Code::conflict);
  const PartyId other = add("Other", Role::shipper).party.id;
  const std::string token = invite(other, "anna@line.example").token;  // another organisation learns nothing of whom this one employs
  EXPECT_EQ(identity_->invitations.accept(token, {"Anna", kPassword, {}}).error().code, Code::conflict);
}

TEST_F(PeopleTest, NobodyTakesTheLastRightToManageAway) {
  const PersonId anna = join(line_, "anna@line.example").person.id;
  const PersonId ben = join(line_, "ben@line.example", kRead).person.id;
  EXPECT_EQ(identity_->accounts.set_terms(anna, {.rights = kRead}).error().code, Code::conflict);
  EXPECT_EQ(identity_->accounts.set_terms(anna, {.suspended = true}).error().code, Code::conflict);
  ASSERT_TRUE(identity_->accounts.set_terms(ben, {.rights = KeyScopes::all()}));
  EXPECT_TRUE(identity_->accounts.set_terms(anna, {.suspended = true}));
  EXPECT_EQ(identity_->accounts.set_terms(ben, {.rights = kRead}).error().code, Code::conflict);
  EXPECT_EQ(knock("anna@line.example", kPassword).error().code, Code::unauthorized);
}

TEST_F(PeopleTest, PeopleAreListedPageByPage) {
  for (const char* email : {"c@line.example", "a@line.example", "b@line.example"}) join(line_, email);
  join(add("Other", Role::shipper).party.id, "z@other.example");
  const auto first = identity_->people.list(line_, "", 2);
  ASSERT_TRUE(first);
  ASSERT_EQ(first->people.size(), 2u);
  EXPECT_EQ(first->people[0].email, "a@line.example");
  const auto second = identity_->people.list(line_, first->next, 2);
  ASSERT_TRUE(second);
  ASSERT_EQ(second->people.size(), 1u);
  EXPECT_EQ(second->people[0].email, "c@line.example");
  EXPECT_EQ(second->next, "");
  const auto invitations = identity_->invitations.list(line_, "", 2);
  ASSERT_TRUE(invitations);
  EXPECT_EQ(identity_->invitations.list(line_, invitations->next, 2)->invitations.size(), 1u);
}

TEST_F(PeopleTest, TheLogSaysWhatWasDoneAndNotToWhom) {
  const OpenedSession anna = join(line_, "anna@line.example");
  join(line_, "ben@line.example");
  ASSERT_TRUE(identity_->accounts.set_terms(anna.person.id, {.rights = kRead, .suspended = true}));
  EXPECT_EQ(actions(),
            (std::vector<std::string>{"invited\"}", "joined\"}", "invited\"}", "joined\"}", "rights changed\"}", "suspended\"}"}));
  auto snapshot = store_->snapshot();
  const auto entries = (*snapshot)->range(1, 1000);
  for (const Entry& entry : *entries)
    for (const char* personal : {"anna", "Anna", "ben@", "argon2"}) EXPECT_EQ(entry.body.find(personal), std::string::npos) << entry.body;
}

TEST_F(PeopleTest, AResetSetsAPasswordOnceAndSwitchesTheSecondFactorOff) {
  const OpenedSession anna = join(line_, "anna@line.example");
  const auto link = identity_->invitations.reset("anna@line.example");
  ASSERT_TRUE(link) << link.error().text();
  ASSERT_TRUE(identity_->people.change(anna.person.id, [](Person& person, store::Batch&) -> Status {
    person.second_factor.sealed = "sealed";
    return {};
  }));
  const auto opened = identity_->invitations.accept(link->token, {"", "another harbour at noon", {}});
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_FALSE(opened->person.has_second_factor());
  EXPECT_FALSE(*identity_->sessions.find(anna.token)) << "the session before has ended";
  EXPECT_TRUE(*identity_->sessions.find(opened->token));
  EXPECT_FALSE(knock("anna@line.example", kPassword));
  EXPECT_TRUE(knock("anna@line.example", "another harbour at noon"));
  EXPECT_FALSE(identity_->invitations.accept(link->token, {"", "a third harbour at night", {}}));
  EXPECT_EQ(identity_->invitations.reset("nobody@line.example").error().code, Code::not_found);
}

TEST(PersonTest, AnAddressIsFolded) {
  EXPECT_EQ(fold_email(" Anna@Line.EXAMPLE ").value_or(""), "anna@line.example");
  for (const std::string& wrong : {std::string("anna"), std::string("@line"), std::string("anna@"), std::string("a@b@c"),
                                   std::string("a b@c"), std::string("a\n@c"), std::string(limits::kEmailBytesMax, 'a') + "@c"})
    EXPECT_FALSE(fold_email(wrong)) << wrong;
}

TEST(PersonTest, KeepsEverythingAsJson) {
  Person person{.id = "usr_1", .party = "pty_1", .email = "a@b", .name = "A", .rights = kRead, .password_hash = "$argon2id$"};
  person.subjects = {{"https://id.example", "s1"}};
  person.second_factor = {"sealed", "pending", 42};
  EXPECT_EQ(to_json(*person_from_json("usr_1", to_json(person))), to_json(person));
  EXPECT_EQ(describe_self(person),
            R"({"id":"usr_1","email":"a@b","name":"A","rights":["read"],"secondFactor":true,"ways":["password","oidc"]})");
}

}  // namespace
}  // namespace fairway::access
