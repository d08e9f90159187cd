#include "gateway/dcsa/told_list.h"

#include "base/bytes.h"
#include "base/json_scan.h"
#include "base/limits.h"
#include "gateway/json_slices.h"

namespace fairway::gateway::dcsa {

std::string_view listed_under(std::string_view bytes, std::string_view member) {
  std::string_view list;
  const Status cut = each_json_member(bytes, [&](std::string_view name, std::string_view value) -> Status {
    if (name == member) list = value;
    return {};
  });
  return cut ? list : std::string_view();
}

DecodedMessage decode_element(std::string_view body, std::string_view slice, const std::string& position, std::string_view type,
                              const TellOne& tell, size_t element_bytes_max) {
  DecodedMessage message;
  message.format = "DCSA";
  message.type = type;
  place_in(message, body, slice);
  const auto refuse = [&](std::string code, std::string what) {
    report(message, {Severity::error, std::move(code), std::move(what), 0, position, message.offset});
    message.events.clear();
    return message;
  };
  if (slice.size() > element_bytes_max)
    return refuse("dcsa.too_large", "an event has at most " + std::to_string(element_bytes_max) + " bytes");
  auto parsed = parse_json(slice, {}, limits::kOriginalDepthMax);
  if (!parsed) return refuse("dcsa.json", parsed.error().text());
  if (!parsed->is_object()) return refuse("dcsa.type", "an event is a JSON object");
  tell(std::move(parsed->get_object()), position, message);
  if (!message.ok) message.events.clear();
  for (Event& event : message.events) {
    event.source.format = message.format;
    event.source.type = message.type;
    event.source.offset = message.offset;
    event.source.hash = message.hash;
    if (const auto valid = validate(event); !valid) return refuse("dcsa.event", valid.error().text());
    message.references = event.references;
    message.parties = event.parties;
  }
  return message;
}

Status decode_list(std::string_view body, std::string_view list, const std::string& position, std::string_view type, const TellOne& tell,
                   const std::function<void(DecodedMessage)>& sink, size_t element_bytes_max) {
  if (!list.starts_with('[')) return fail(Code::invalid, "not what DCSA has here", "a list is expected under " + position, "send […]");
  const std::vector<std::string_view> slices = TRY(json_slices(list, "too many events"));
  for (size_t i = 0; i < slices.size(); ++i)
    sink(decode_element(body, slices[i], position + "/" + std::to_string(i), type, tell, element_bytes_max));
  return {};
}

}  // namespace fairway::gateway::dcsa
