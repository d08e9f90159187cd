#include "base/bytes.h"
#include "base/json_scan.h"
#include "gateway/dcsa/tnt3.h"
#include "gateway/dcsa/tnt3_event.h"
#include "gateway/dcsa/told_list.h"

namespace fairway::gateway::dcsa {
namespace {

constexpr std::string_view kType = "TNT 3.0";

// An event of 3.0 has its codes in one object; one of 2.2 has its eventType beside them.
bool is_event3(std::string_view object) {
  bool classified = false, typed = false;
  const Status cut = each_json_member(object, [&](std::string_view member, std::string_view) -> Status {
    classified |= member == "eventClassification" || member == "isRetracted";
    typed |= member == "eventType";
    return {};
  });
  return cut && classified && !typed;
}

// What is under "events"; "" where there is none.
std::string_view events_of(std::string_view object) {
  std::string_view events;
  bool typed = false;
  const Status cut = each_json_member(object, [&](std::string_view member, std::string_view value) -> Status {
    if (member == "events") events = value;
    typed |= member == "eventType";
    return {};
  });
  return cut && !typed ? events : std::string_view();
}

void tell_event(json::object object, const std::string& position, DecodedMessage& message) {
  Tnt3Builder builder(std::move(object), position, message);
  builder.read_claim();
  if (message.claim.withdrawn) return;  // whatever else it says is irrelevant
  builder.build(message.events.emplace_back());
  message.type.append(" ").append(builder.type().substr(0, 16));
}

}  // namespace

bool is_tnt3(std::string_view bytes) {
  std::string_view text = trim(without_byte_order_mark(bytes));
  if (text.starts_with('{')) return !events_of(text).empty() || is_event3(text);
  if (!text.starts_with('[')) return false;
  bool first = true, is3 = false;
  const Status cut = each_json_element(text, [&](std::string_view slice) -> Status {
    if (std::exchange(first, false)) is3 = is_event3(slice);
    return first ? Status() : fail(Code::invalid, "the first says enough");
  });
  static_cast<void>(cut);
  return is3;
}

Status decode_tnt3(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) {
  const std::string_view text = trim(without_byte_order_mark(bytes));
  const std::string_view listed = text.starts_with('{') ? events_of(text) : text;
  const std::string position = text.starts_with('{') ? "/events" : "";
  if (listed.empty()) {
    TRY_OK(each_json_member(text, [](std::string_view, std::string_view) { return Status(); }));
    sink(decode_element(bytes, text, "", kType, tell_event));
    return {};
  }
  return decode_list(bytes, listed, position, kType, tell_event, sink);
}

}  // namespace fairway::gateway::dcsa
