// Index terms and heads: what is written reads back, damage is refused, keys stay within their bound.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "journey/index.h"

namespace fairway::journey::index_test {
namespace {

Reference make(ReferenceKind kind, std::string_view value) { return Reference::make(kind, value).value(); }

Event loaded_event() {
  Event event;
  event.id = "3cecb101-7a1a-43a4-9d62-e88a131651e2";
  event.milestone = Milestone::loaded;
  event.occurred.micros = 1'700'000'000'000'000;
  event.place = {"HKHKG", "HIT", "SMDG", "POTE", ""};
  event.references = {make(ReferenceKind::equipment, "MSCU1234566"), make(ReferenceKind::booking, "BK1"),
                      make(ReferenceKind::voyage, "9321483/001E")};
  event.equipment.load = Load::laden;
  event.parties = {{"CA", {"SMDG", "COS"}, ""}, {"CN", {}, "named only"}};
  event.source.document = "DOC1";
  return event;
}

TEST(JourneyIndex, TermsCarryTheOtherJoiningReferences) {
  const std::vector<store::Term> terms = terms_of(loaded_event(), "pty_1");
  ASSERT_EQ(terms.size(), 3u);
  EXPECT_EQ(terms[0].key, reference_term(make(ReferenceKind::equipment, "MSCU1234566")));
  const EventHead of_box = decode_head(terms[0].value).value();
  EXPECT_EQ(of_box.references, (std::vector<HeadReference>{{ReferenceKind::booking, "BK1"}}));
  const EventHead of_voyage = decode_head(terms[2].value).value();
  EXPECT_EQ(of_voyage.references.size(), 2u);
  EXPECT_EQ(of_voyage, head_of(loaded_event(), "pty_1"));
  EXPECT_EQ(of_box.named, (std::vector<uint64_t>{name_hash({"SMDG", "COS"})}));
  EXPECT_EQ(of_box.unlocode, "HKHKG");
  EXPECT_EQ(of_box.load, Load::laden);
}

TEST(JourneyIndex, HashIsPinned) {
  // Heads are on disk: a change of the hash would orphan them.
  EXPECT_EQ(hash64("SMDG:COS"), 0xB5476AB7EA9020FA);
  EXPECT_EQ(hash64("3cecb101-7a1a-43a4-9d62-e88a131651e2"), 0x14206A9963A97295);
  EXPECT_NE(hash64("a"), hash64(std::string_view("a\0", 2)));
}

TEST(JourneyIndex, ARepeatedReferenceHasOneTerm) {
  Event event = loaded_event();
  event.references.push_back(event.references[0]);
  event.references.push_back(event.references[1]);
  std::set<std::string> keys;
  for (const store::Term& term : terms_of(event, "pty_1")) EXPECT_TRUE(keys.insert(term.key).second);
  EXPECT_EQ(keys.size(), 3u);
}

TEST(JourneyIndex, OverlongValuesAreBoundedAndDistinct) {
  Event event = loaded_event();
  const std::string stem(limits::kIdentifierBytesMax - 1, 'X');
  event.references = {make(ReferenceKind::booking, stem + "1"), make(ReferenceKind::booking, stem + "2")};
  const std::vector<store::Term> terms = terms_of(event, "pty_1");
  EXPECT_LE(terms[0].key.size(), limits::kTermKeyBytesMax);
  EXPECT_NE(terms[0].key, terms[1].key);
  const EventHead head = decode_head(terms[0].value).value();
  ASSERT_EQ(head.references.size(), 1u);
  EXPECT_EQ(reference_term(head.references[0]), terms[1].key);
}

TEST(JourneyIndex, TransportEventsStandUnderVesselAndVoyage) {
  Event event = loaded_event();
  event.milestone = Milestone::arrived;
  event.references = {make(ReferenceKind::transport_call, "CALL1")};
  event.transport = {.mode = TransportMode::vessel, .vessel_imo = "9321483", .voyage = "2103S", .import_voyage = "2103N"};
  std::set<std::string> keys;
  for (const store::Term& term : terms_of(event, "pty_1")) keys.insert(term.key);
  EXPECT_TRUE(keys.contains(transport_term({ReferenceKind::vessel, "9321483"})));
  EXPECT_TRUE(keys.contains(transport_term({ReferenceKind::voyage, "9321483/2103S"})));
  EXPECT_TRUE(keys.contains(transport_term({ReferenceKind::voyage, "9321483/2103N"})));
  for (const std::string& key : {call_term(CallKey::port, event.place.unlocode), call_term(CallKey::voyage_number, "2103s"),
                                 call_term(CallKey::voyage_number, "2103N")})
    EXPECT_TRUE(keys.contains(key)) << key;
  EXPECT_FALSE(keys.contains(call_term(CallKey::service, "")));
  EXPECT_LE(call_term(CallKey::vessel_name, std::string(4'000, 'x')).size(), limits::kTermKeyBytesMax);
  event.references.push_back(make(ReferenceKind::equipment, "MSCU1234566"));
  for (const store::Term& term : terms_of(event, "pty_1"))
    EXPECT_NE(term.key, call_term(CallKey::port, event.place.unlocode)) << "of a box";
}

TEST(JourneyIndex, AnAmendmentIsFoundFromWhatItAmends) {
  Event event = loaded_event();
  event.amendment = Amendment::correction;
  event.amends = "OLD";
  const std::vector<Reference> amended = {make(ReferenceKind::equipment, "MSCU7654321"), event.references[1]};
  const std::vector<store::Term> terms = terms_of(event, "pty_1", amended);
  const std::string key = reference_term(amended[0]);
  const auto found = std::ranges::find(terms, key, &store::Term::key);
  ASSERT_NE(found, terms.end());
  EXPECT_TRUE(decode_head(found->value).value().amends_elsewhere);
  EXPECT_EQ(decode_head(found->value).value().amends, hash64("OLD"));
  EXPECT_EQ(terms.size(), 4u);
}

TEST(JourneyIndex, DamagedHeadsAreRefused) {
  const std::string good = terms_of(loaded_event(), "pty_1")[0].value;
  ASSERT_TRUE(decode_head(good));
  for (size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(decode_head(std::string_view(good).substr(0, size))) << size;
  EXPECT_FALSE(decode_head(good + "x"));
  std::string newer = good;
  newer[0] = 9;
  EXPECT_EQ(decode_head(newer).error().code, Code::invalid);
}

RC_GTEST_PROP(JourneyIndex, AnyBytesDecodeToWhatWritesBackOrAreRefused, (std::string noise, uint8_t where)) {
  std::string bytes = terms_of(loaded_event(), "pty_1")[1].value;
  bytes.replace(where % bytes.size(), std::min(noise.size(), size_t{4}), noise.substr(0, 4));
  const Result<EventHead> head = decode_head(bytes);
  if (!head) return;
  std::string written;
  append_head(written, *head);
  RC_ASSERT(decode_head(written).value() == *head);
}

}  // namespace
}  // namespace fairway::journey::index_test
