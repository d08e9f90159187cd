// Port Call and Arrival Notice: any bytes decode without a crash; what is decoded is valid, is stored and read back, and once written in
// the form of its standard is read again as the same.
#include <cstdint>
#include <vector>

#include "expect.h"
#include "gateway/dcsa/arrival_notice.h"
#include "gateway/dcsa/port_call.h"

namespace {

using namespace fairway;

void check(const Event& event) {
  expect(validate(event).has_value());
  const auto stored = event_from_json(to_json(event));
  expect(stored.has_value() && to_json(*stored) == to_json(event));
}

void check_port_call(const Event& event) {
  check(event);
  expect(gateway::dcsa::is_port_call_event(event));
  if (event.original.size() > 8'000) return;  // what writing adds may not fit
  std::vector<gateway::DecodedMessage> again;
  const std::string written = "{\"events\":[" + json::serialize(gateway::dcsa::port_call_object(event, 0)) + "]}";
  expect(gateway::dcsa::decode_port_call(written, [&](gateway::DecodedMessage m) { again.push_back(std::move(m)); }).has_value());
  expect(again.size() == 1);
  if (!again[0].ok) return;  // limits that only the second reading meets
  expect(again[0].events.at(0).milestone == event.milestone && again[0].events.at(0).occurred == event.occurred);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(gateway::dcsa::is_port_call(bytes));
  const Status called = gateway::dcsa::decode_port_call(bytes, [](const gateway::DecodedMessage& message) {
    expect(message.ok == !message.events.empty());
    for (const Event& event : message.events) check_port_call(event);
  });
  if (!called) expect(!called.error().message.empty());
  const Status noticed = gateway::dcsa::decode_arrival_notices(bytes, [](const gateway::DecodedMessage& message) {
    expect(message.events.size() <= 1);
    for (const Event& event : message.events) {
      check(event);
      if (gateway::dcsa::is_arrival_notice_event(event)) static_cast<void>(json::serialize(gateway::dcsa::arrival_notice_object(event, 0)));
    }
  });
  if (!noticed) expect(!noticed.error().message.empty());
  return 0;
}
