// Track & Trace 2.2: any bytes decode without a crash; what is decoded is valid, is stored and read back, and once written in the
// form of 2.2 stays what it is.
#include <algorithm>
#include <cstdint>

#include "expect.h"
#include "gateway/dcsa/tnt2.h"

namespace {

using namespace fairway;

// What has to survive: all but the source, the zones and texts of instants, and the order of references.
std::string claim(Event event) {
  event.source = {};
  std::ranges::sort(event.references);
  event.occurred.text.clear();
  event.occurred.zone = ZoneSource::stated;
  if (event.created) event.created->text.clear(), event.created->zone = ZoneSource::stated;
  return to_json(event);
}

// References that writing adds (those a transport stands for) may not fit any more.
bool has_room(const Event& event) { return event.references.size() + 3 <= 64 && event.original.size() < 16'000; }

void check(const Event& event) {
  expect(validate(event).has_value());
  const auto stored = event_from_json(to_json(event));
  expect(stored.has_value());
  expect(to_json(*stored) == to_json(event));
  if (!has_room(event)) return;
  const auto once = gateway::dcsa::event_from_dcsa(gateway::dcsa::to_dcsa(event, 0));
  expect(once.has_value());
  expect(once->id == event.id && once->milestone == event.milestone && once->classifier == event.classifier);
  expect(once->occurred == event.occurred && once->created == event.created);
  expect(once->equipment == event.equipment && once->parties == event.parties && once->amends == event.amends);
  for (const Reference& reference : event.references) expect(std::ranges::find(once->references, reference) != once->references.end());
  if (!has_room(*once)) return;
  const auto twice = gateway::dcsa::event_from_dcsa(gateway::dcsa::to_dcsa(*once, 0));
  expect(twice.has_value());
  expect(claim(*twice) == claim(*once));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Status status = gateway::dcsa::decode_dcsa(bytes, [](gateway::DecodedMessage message) {
    expect(message.ok == !message.events.empty());
    for (const Event& event : message.events) check(event);
  });
  if (!status) expect(!status.error().message.empty());
  return 0;
}
