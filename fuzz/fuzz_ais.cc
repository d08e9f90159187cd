// AIS: any bytes are read without a crash; what is written of them is JSON, the typed values agree with it, and what is stated is valid and
// the same when it is stated again.
#include <cstdint>

#include "base/json.h"
#include "expect.h"
#include "gateway/ais/assembler.h"
#include "gateway/ais/decode.h"
#include "gateway/ais/lines.h"
#include "gateway/ais/raw_json.h"
#include "gateway/ais/report.h"

namespace {

using namespace fairway;

void check_bits(const gateway::ais::Bits& bits) {
  const gateway::ais::Report report = gateway::ais::report_of(bits);
  const gateway::ais::Layout* layout = gateway::ais::layout_of(bits);
  if (layout == nullptr) return;
  std::string line;
  gateway::ais::append_raw_json(line, bits, *layout);
  const auto parsed = parse_json(line);
  expect(parsed.has_value());
  if (const auto* position = std::get_if<gateway::ais::PositionReport>(&report))
    expect(integer_of(parsed->as_object(), "mmsi") == position->mmsi);
}

// The bytes as the armour of one message, whatever a sentence would say of them.
void check_payload(std::string_view bytes) {
  gateway::ais::Bits bits;
  std::string payload;
  for (const char c : bytes.substr(0, 340)) {
    const unsigned six = static_cast<uint8_t>(c) & 63u;
    payload += static_cast<char>(six < 40 ? six + '0' : six - 40 + '`');
  }
  expect(bits.append(payload, bytes.size() % 6).has_value());
  check_bits(bits);
}

std::string stated(std::string_view bytes) {
  std::string out;
  const Status status = gateway::ais::decode_ais_at(bytes, 1'780'315'200, [&out](const gateway::DecodedMessage& message) {
    for (const gateway::Diagnostic& diagnostic : message.diagnostics) expect(diagnostic.code.starts_with("ais."));
    for (const Event& event : message.events) {
      expect(validate(event).has_value());
      const auto stored = event_from_json(to_json(event));
      expect(stored.has_value() && to_json(*stored) == to_json(event));
      out += event.id + "\n";
    }
  });
  if (!status) expect(!status.error().message.empty());
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Status raw = gateway::ais::raw_ais(bytes, [](std::string_view line) { expect(parse_json(line).has_value()); });
  if (!raw) expect(!raw.error().message.empty());
  gateway::ais::Assembler assembler;
  gateway::ais::Line line;
  for (size_t at = 0; gateway::ais::next_line(bytes, at, line);) {
    const auto sentence = gateway::ais::parse_sentence(line.text);
    if (!sentence) continue;
    const auto whole = assembler.add(*sentence, line.offset);
    if (whole && *whole != nullptr) check_bits((*whole)->bits);
  }
  assembler.finish();
  check_payload(bytes);
  expect(stated(bytes) == stated(bytes));
  return 0;
}
