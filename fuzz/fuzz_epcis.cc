// EPCIS: any bytes decode without a crash; what is decoded is valid, is stored and read back, and has a hash that its kept form has too.
#include <cstdint>

#include "expect.h"
#include "gateway/epcis/epcis.h"
#include "gateway/epcis/hash.h"
#include "gateway/epcis/kept.h"

namespace {

using namespace fairway;

void check(const Event& event) {
  expect(validate(event).has_value());
  const auto stored = event_from_json(to_json(event));
  expect(stored.has_value());
  expect(to_json(*stored) == to_json(event));
  const auto kept = gateway::epcis::kept(*stored);
  expect(kept.has_value());
  const auto again = gateway::epcis::kept(event);
  expect(gateway::epcis::event_hash(*kept) == gateway::epcis::event_hash(*again));
  expect(!gateway::epcis::index_keys(event).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Status status = gateway::epcis::decode_epcis(bytes, [](const gateway::DecodedMessage& message) {
    expect(message.ok == !message.events.empty());
    for (const Event& event : message.events) check(event);
  });
  if (!status) expect(!status.error().message.empty());
  static_cast<void>(gateway::epcis::event_hashes(bytes, [](std::string_view hash) { expect(hash.starts_with("ni:///sha-256;")); }));
  return 0;
}
