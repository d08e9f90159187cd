// Cargo-IMP: any bytes are read without a crash; raw and decoded agree on the messages; what comes out is valid UTF-8, its events are valid
// and the same the second time; answers read back.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "expect.h"
#include "gateway/cargo_imp/cargo_imp.h"
#include "gateway/cargo_imp/message.h"
#include "gateway/cargo_imp/write.h"

namespace {

using namespace fairway;
using namespace fairway::gateway;

std::vector<DecodedMessage> decode_all(std::string_view bytes) {
  constexpr Context kContext{1'795'521'600'000'000};
  std::vector<DecodedMessage> messages;
  (void)cargo_imp::decode_cargo_imp(bytes, kContext, [&](DecodedMessage message) { messages.push_back(std::move(message)); });
  return messages;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  size_t raw = 0;
  (void)cargo_imp::raw_cargo_imp(bytes, {}, [&](std::string_view line) {
    ++raw;
    expect(is_valid_utf8(line) && line.find('\n') == std::string_view::npos);
  });
  const std::vector<DecodedMessage> messages = decode_all(bytes), again = decode_all(bytes);
  expect(messages.size() == raw && again.size() == raw);
  uint64_t end = 0;
  for (size_t i = 0; i < messages.size(); ++i) {
    const DecodedMessage& message = messages[i];
    expect(message.offset >= end && message.offset + message.length <= size);
    end = message.offset + message.length;
    expect(is_valid_utf8(gateway::to_json(message)) && is_valid_utf8(message.text));
    expect(message.identity == again[i].identity && message.events.size() == again[i].events.size());
    for (size_t j = 0; j < message.events.size(); ++j) {
      expect(validate(message.events[j]).has_value() && message.events[j].id == again[i].events[j].id);
      if (const auto written = cargo_imp::fsu(std::span(&message.events[j], 1), "HKG", "ORD")) expect(!decode_all(*written).empty());
    }
  }
  if (const auto answered = cargo_imp::answer(bytes, {})) expect(!decode_all(*answered).empty());
  return 0;
}
