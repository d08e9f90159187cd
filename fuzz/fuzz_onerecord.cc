// ONE Record: any bytes decode without a crash; what is read is written and read back the same; what is decoded is valid and is stored; a
// change that applies leaves a tree that can be taken apart and put together again.
#include <cstdint>

#include "expect.h"
#include "gateway/onerecord/change.h"
#include "gateway/onerecord/onerecord.h"
#include "gateway/onerecord/reader.h"
#include "gateway/onerecord/writer.h"

namespace {

using namespace fairway;
namespace ld = gateway::onerecord;

void check_event(const Event& event) {
  expect(validate(event).has_value());
  const auto stored = event_from_json(to_json(event));
  expect(stored.has_value() && to_json(*stored) == to_json(event));
}

void check_change(const ld::Node& node) {
  const auto change = ld::change_from(node);
  if (!change) return;
  ld::Node object;
  object.id = change->logistics_object.empty() || ld::is_embedded(change->logistics_object) ? "http://h/o" : change->logistics_object;
  object.add("https://onerecord.iata.org/ns/cargo#coload", ld::Value::literal("false"));
  int names = 0;
  const auto after = ld::apply(object, *change, [&names] { return "internal:" + std::to_string(++names); });
  if (!after) return;
  const auto again = ld::put_together(ld::take_apart(*after), object.id);
  expect(again.has_value() && *again == *after);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Status status = ld::decode_onerecord(bytes, [](const gateway::DecodedMessage& message) {
    for (const Event& event : message.events) check_event(event);
  });
  if (!status) expect(!status.error().message.empty());
  const auto node = ld::read_object(bytes);
  if (node) check_change(*node);
  return 0;
}
