// Land transport: any bytes, as JSON, as CSV and as a workbook, decode without a crash; what is decoded is valid, is stored and read back.
// The first byte says as what the rest is read.
#include <cstdint>

#include "expect.h"
#include "gateway/land/land.h"

namespace {

using namespace fairway;

void check(const gateway::DecodedMessage& message) {
  expect(message.ok || message.events.empty());
  for (const Event& event : message.events) {
    expect(validate(event).has_value());
    const auto stored = event_from_json(to_json(event));
    expect(stored.has_value());
    expect(to_json(*stored) == to_json(event));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace gateway::land;
  if (size == 0) return 0;
  constexpr Status (*kDecode[])(std::string_view, const Sink&) = {decode_land, decode_csv, decode_xlsx};
  constexpr Status (*kRaw[])(std::string_view, const Lines&) = {raw_land, raw_csv, raw_xlsx};
  const size_t form = data[0] % 3;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Status decoded = kDecode[form](bytes, check);
  if (!decoded) expect(!decoded.error().message.empty());
  const Status raw = kRaw[form](bytes, [](std::string_view line) { expect(!line.empty()); });
  expect(raw.has_value() == decoded.has_value());
  return 0;
}
