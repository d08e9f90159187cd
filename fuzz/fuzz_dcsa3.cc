// Track & Trace 3.0 and VGM declarations: any bytes decode without a crash; what is decoded is valid, is stored and read back, and once
// written in the form of 3.0 stays what it is.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "expect.h"
#include "gateway/dcsa/vgm.h"

namespace {

using namespace fairway;

std::string written(const Event& event) {
  std::string out = "{\"events\":[";
  gateway::dcsa::append_tnt3(out, event, 0, {"OOL", "SMDG", "LCL"});
  return out + "]}";
}

void check(const Event& event) {
  expect(validate(event).has_value());
  const auto stored = event_from_json(to_json(event));
  expect(stored.has_value());
  expect(to_json(*stored) == to_json(event));
  if (event.references.size() > 32 || event.original.size() > 8'000) return;  // what writing adds may not fit
  if (event.amendment == Amendment::retraction) return;
  std::vector<gateway::DecodedMessage> again;
  const Status read = gateway::dcsa::decode_tnt3(written(event), [&](gateway::DecodedMessage m) { again.push_back(std::move(m)); });
  expect(read.has_value() && again.size() == 1);
  if (!again[0].ok) return;  // limits that only the second reading meets
  const Event& once = again[0].events.at(0);
  expect(once.milestone == event.milestone && once.classifier == event.classifier && once.occurred == event.occurred);
  for (const Reference& reference : event.references) expect(std::ranges::find(once.references, reference) != once.references.end());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(gateway::dcsa::is_tnt3(bytes));
  const Status status = gateway::dcsa::decode_tnt3(bytes, [](gateway::DecodedMessage message) {
    expect(message.ok == (!message.events.empty() || message.claim.withdrawn));
    for (const Event& event : message.events) check(event);
  });
  if (!status) expect(!status.error().message.empty());
  const Status declared = gateway::dcsa::decode_vgm(bytes, [](gateway::DecodedMessage message) {
    for (const Event& event : message.events) {
      expect(validate(event).has_value());
      std::string out = "{\"VGMDeclarations\":[";
      gateway::dcsa::append_vgm(out, event, 0, {"OOL", "SMDG", "LCL"});
      expect(gateway::dcsa::is_vgm(out + "]}"));
    }
  });
  if (!declared) expect(!declared.error().message.empty());
  return 0;
}
