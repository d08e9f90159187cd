#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "access/need_to_know.h"
#include "exchange/evidence/disclosure.h"
#include "exchange/evidence/statement.h"
#include "paper/document.h"
#include "unit/model/event_generator.h"

namespace fairway::exchange::evidence {
namespace {

Entry entry_of(const Event& event) { return {7, EntryKind::event, "pty_sender", 1'795'464'000'000'000, to_json(event)}; }

std::vector<ledger::Field> opened(const Entry& entry, const std::vector<bool>& shown) {
  std::vector<ledger::Field> fields;
  const std::vector<ledger::Field> all = ledger::fields_of(entry);
  for (size_t i = 0; i < all.size(); ++i)
    if (shown[i]) fields.push_back(all[i]);
  return fields;
}

// Whatever the rule takes out of whatever event: what is opened is what is left, value by value, no more and no less.
RC_GTEST_PROP(EvidenceDisclosure, OpensJustWhatIsShown, ()) {
  const Event event = generated::arbitrary_event();
  Event shown = event;
  Sees sees;
  for (const See see : {See::goods, See::goods_of_master, See::value, See::every_party, See::bill_parties, See::release_to,
                        See::pick_up_deliver, See::house_documents, See::trade_numbers, See::position})
    if (*rc::gen::arbitrary<bool>()) sees = sees | Sees{see};
  access::redact(shown, sees, {});
  const Entry entry = entry_of(event);
  std::vector<std::string> found, wanted;
  for (const ledger::Field& field : opened(entry, shown_fields(entry, to_json(shown)))) found.push_back(field.value);
  for (const ledger::Field& field : ledger::fields_of(entry_of(shown))) wanted.push_back(field.value);
  // A list that has been emptied is left out or stands as []: no field of the entry's.
  if (!event.references.empty() && shown.references.empty()) std::erase(wanted, "[]");
  RC_ASSERT(found == wanted);
}

TEST(EvidenceDisclosure, DoesNotOpenWhatWasWrittenAnew) {
  Entry entry{1, EntryKind::event, "pty_a", 5,
              R"({"eventID":"e","references":[{"kind":"booking"},{"kind":"equipment"}],"place":{"latitude":22.30}})"};
  const std::vector<bool> shown =
      shown_fields(entry, R"({"eventID":"e","references":[{"kind":"equipment"}],"place":{"latitude":22.3},"remark":"new"})");
  std::vector<std::string> paths;
  for (const ledger::Field& field : opened(entry, shown)) paths.push_back(field.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"kind", "party", "received", "body/eventID", "body/references/1"}));
}

TEST(EvidenceDisclosure, OpensNothingOfABodyThatIsNotShown) {
  const Entry entry{1, EntryKind::event, "pty_a", 5, "no JSON"};
  EXPECT_EQ(shown_fields(entry, "{}"), (std::vector<bool>{true, true, true, false}));
  EXPECT_EQ(all_fields(entry), (std::vector<bool>{true, true, true, true}));
}

Stated stated_sample() {
  Stated stated;
  stated.about = "equipment:CSQU3054383";
  stated.made_for = "Bank {log} of <b>Hong Kong</b>";
  stated.made_us = 1'795'464'000'000'000;
  stated.witnessed.checkpoint = {"port.example/ledger", 4711, {}, {}};
  stated.witnessed.witnesses = {0, 1, 2};
  stated.witnessed.times_s = {1'795'464'000, 1'795'464'060, 1'795'464'120};
  stated.witnesses = {"carriers", "terminals", "customs"};
  StatedEntry entry{4700, 1'795'464'000'000'000, "Terminal 貨櫃碼頭", "event", {}, 12, 2, false};
  entry.event.emplace();
  entry.event->references.push_back(*Reference::make(ReferenceKind::equipment, "CSQU3054383"));
  stated.entries.push_back(entry);
  return stated;
}

TEST(EvidenceStatement, SaysWhatIsProvenAndWhatNot) {
  const std::string page = *paper::to_html(statement_of(stated_sample(), journey::Language::en));
  for (const char* said :
       {"What is proven", "What is not proven", "2026-11-23T20:01:00Z", "4711", "12 shown, 2 hidden", "CSQU3054383",
        "carriers, terminals, customs", "What is not shown", "There is no anchor", "Bank {log} of &lt;b&gt;Hong Kong&lt;/b&gt;"})
    EXPECT_NE(page.find(said), std::string::npos) << said;
  EXPECT_EQ(page.find("{about}"), std::string::npos);
}

TEST(EvidenceStatement, IsWholeInEveryLanguage) {
  Stated stated = stated_sample();
  stated.has_anchor = stated.has_timestamp = stated.has_certificate = stated.has_verifier = true;
  stated.entries.front().erased = true;
  size_t blocks = 0;
  for (const auto language : {journey::Language::en, journey::Language::zh_hant, journey::Language::zh_hans}) {
    const paper::Document document = statement_of(stated, language);
    if (blocks != 0) EXPECT_EQ(document.blocks.size(), blocks);
    blocks = document.blocks.size();
    const std::string page = *paper::to_html(document);
    EXPECT_NE(page.find("<html lang=\"" + std::string(journey::name(language)) + "\">"), std::string::npos);
    for (const char* left : {"{time}", "{size}", "{count}", "{for}", "{shown}", "{hidden}"})
      EXPECT_EQ(page.find(left), std::string::npos) << left;
  }
  stated.witnessed.witnesses.clear();
  stated.witnesses.clear();
  EXPECT_NE(paper::to_html(statement_of(stated, journey::Language::en))->find("no witness has seen"), std::string::npos);
}

}  // namespace
}  // namespace fairway::exchange::evidence
