// The model's readers of text: times, reference keys, party identifiers, the event's JSON. Whatever one of them takes, it takes
// again when it is written out.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json_scan.h"
#include "expect.h"
#include "model/event.h"

namespace {

using namespace fairway;

void check_instant(std::string_view text) {
  const auto instant = parse_rfc3339(text);
  if (!instant) return;
  expect(instant->text.empty() ? to_rfc3339(*instant) == text : instant->text == text);
  const auto again = parse_rfc3339(to_rfc3339(*instant));
  // An offset may carry the written year past the range that is read.
  if (again) expect(*again == *instant && again->offset_minutes == instant->offset_minutes);
}

void check_reference(std::string_view text) {
  const auto reference = Reference::from_key(text);
  if (!reference) return;
  const auto again = Reference::from_key(reference->key());
  expect(again.has_value() && *again == *reference && again->check() == reference->check());
}

void check_party(std::string_view text) {
  const auto identifier = parse_party_identifier(text);
  if (!identifier) return;
  const auto again = parse_party_identifier(identifier->key());
  expect(again.has_value() && *again == *identifier);
}

void check_event(std::string_view text) {
  const auto event = event_from_json(text);
  if (!event) return;
  const auto again = event_from_json(to_json(*event));
  expect(again.has_value());
  expect(to_json(*again) == to_json(*event));
  static_cast<void>(validate(*event));
}

void check_scan(std::string_view text) {
  const auto within = [text](std::string_view part) -> Status {
    expect(part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size());
    return {};
  };
  static_cast<void>(each_json_element(text, within));
  static_cast<void>(each_json_member(text, [&](std::string_view, std::string_view value) { return within(value); }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_instant(text);
  check_reference(text);
  check_party(text);
  check_event(text);
  check_scan(text);
  return 0;
}
