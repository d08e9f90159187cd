#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/json.h"
#include "base/limits.h"
#include "unit/model/event_generator.h"

namespace fairway {
namespace {

std::optional<std::string> error_of(std::string_view text) {
  const auto event = event_from_json(text);
  return event ? std::nullopt : std::optional(event.error().text());
}

Event correction() {
  Event event;
  event.id = "e-2";
  event.milestone = Milestone::gate_out;
  event.classifier = Classifier::estimated;
  event.occurred = *parse_rfc3339("2026-11-22T08:30:00+08:00");
  event.references = {*Reference::make(ReferenceKind::equipment, "CSQU3054384")};
  event.amendment = Amendment::correction;
  event.amends = "e-1";
  event.original = R"({"n":2.50,"big":123456789012345678901234567890})";
  return event;
}

TEST(EventJson, IsWrittenAsDocumented) {
  EXPECT_EQ(to_json(correction()),
            R"({"eventID":"e-2","milestone":"gate_out","classifier":"estimated",)"
            R"("occurred":{"instant":"2026-11-22T00:30:00Z","local":"2026-11-22T08:30:00+08:00","zone":"stated"},)"
            R"("references":[{"kind":"equipment","value":"CSQU3054384","flag":"wrong_check_digit"}],)"
            R"("amendment":"correction","amends":"e-1","original":{"n":2.50,"big":123456789012345678901234567890},"source":{}})");
}

TEST(EventJson, KeepsTheOriginalToTheLetter) { EXPECT_EQ(event_from_json(to_json(correction()))->original, correction().original); }

TEST(EventJson, ReadsBackToAnEqualEvent) {
  EXPECT_TRUE(rc::check("event_from_json(to_json(e)) is e", [] {
    Event event = generated::arbitrary_event();
    event.source = generated::arbitrary_source();
    event.occurred.text = generated::perhaps(generated::text_gen(8));
    event.occurred.zone = static_cast<ZoneSource>(*rc::gen::inRange(0, 3));
    if (*rc::gen::arbitrary<bool>()) event.original = R"({"a":[1,{"b":"\u00e9"}]})";
    RC_ASSERT(validate(event).has_value());
    const std::string text = to_json(event);
    RC_ASSERT(text.find('\n') == std::string::npos);
    const auto read = event_from_json(text);
    RC_ASSERT(read.has_value());
    RC_ASSERT(to_json(*read) == text);
    RC_ASSERT(read->references == event.references);
    RC_ASSERT(read->place == event.place);
    RC_ASSERT(read->transport == event.transport);
    RC_ASSERT(read->equipment == event.equipment);
    RC_ASSERT(read->parties == event.parties);
    RC_ASSERT(read->source == event.source);
    RC_ASSERT(read->occurred.micros == event.occurred.micros && read->occurred.offset_minutes == event.occurred.offset_minutes);
    RC_ASSERT(read->occurred.text == event.occurred.text && read->occurred.zone == event.occurred.zone);
    RC_ASSERT(read->created.has_value() == event.created.has_value());
  }));
}

TEST(EventJson, TheDigestIsOfTheClaimAndNotOfItsSource) {
  EXPECT_TRUE(rc::check("source changes nothing, anything else does", [] {
    const Event event = generated::arbitrary_event();
    Event elsewhere = event;
    elsewhere.source = generated::arbitrary_source();
    RC_ASSERT(content_digest(elsewhere) == content_digest(event));
    RC_ASSERT(write_event(event).json == to_json(event));
    RC_ASSERT(write_event(event).digest == sha256(to_json(event).substr(0, to_json(event).rfind(",\"source\":")) + "}"));
    Event later = event;
    later.occurred.micros += 1;
    RC_ASSERT(content_digest(later) != content_digest(event));
    Event other = event;
    other.references.push_back(*Reference::make(ReferenceKind::seal, "S"));
    RC_ASSERT(content_digest(other) != content_digest(event));
  }));
  EXPECT_EQ(content_digest(correction()).size(), 32u);
}

TEST(EventJson, RefusesWhatIsNoEvent) {
  const std::string text = to_json(correction());
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = text;
    const size_t at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return changed.replace(at, from.size(), to);
  };
  EXPECT_FALSE(error_of(text));
  EXPECT_TRUE(error_of(""));
  EXPECT_TRUE(error_of("[]"));
  EXPECT_TRUE(error_of("{}"));
  EXPECT_TRUE(error_of(with("gate_out", "teleported")));
  EXPECT_TRUE(error_of(with("estimated", "hoped")));
  EXPECT_TRUE(error_of(with("occurred", "happened")));
  EXPECT_TRUE(error_of(with("2026-11-22T00:30:00Z", "yesterday")));
  EXPECT_TRUE(error_of(with("stated", "felt")));
  EXPECT_TRUE(error_of(with("equipment", "pallet")));
  EXPECT_TRUE(error_of(with("CSQU3054384", "")));
  EXPECT_TRUE(error_of(with("[{\"kind\"", "[1,{\"kind\"")));
  EXPECT_TRUE(error_of(with("correction", "regret")));
}

TEST(EventJson, AnyPrefixIsRefused) {
  const std::string text = to_json(correction());
  for (size_t size = 0; size < text.size(); ++size) EXPECT_FALSE(event_from_json(text.substr(0, size))) << size;
}

TEST(EventJson, AnOriginalOfTheGreatestDepthIsRead) {
  Event event = correction();
  const size_t inner = limits::kOriginalDepthMax - 1;
  event.original = "{\"a\":" + std::string(inner, '[') + std::string(inner, ']') + "}";
  EXPECT_EQ(event_from_json(to_json(event))->original, event.original);
}

}  // namespace
}  // namespace fairway
