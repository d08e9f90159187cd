// A window out of the JSON that event_json.cc writes, for formats that carry it as an extension.
#include "base/json.h"
#include "model/event.h"

namespace fairway {
namespace {

Result<std::optional<Instant>> instant_in(const json::object& window, std::string_view name) {
  const json::object* object = object_of(window, name);
  if (object == nullptr) return std::nullopt;
  Instant instant;
  instant.micros = TRY(parse_rfc3339(text_of(*object, "instant"))).micros;
  if (const std::string_view local = text_of(*object, "local"); !local.empty())
    instant.offset_minutes = TRY(parse_rfc3339(local)).offset_minutes;
  if (const std::string_view zone = text_of(*object, "zone"); !zone.empty()) instant.zone = TRY(zone_source_from(zone));
  instant.text = text_of(*object, "text");
  return instant;
}

}  // namespace

Result<Window> window_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a window is not a JSON object");
  Window window;
  window.begins = TRY(instant_in(*object, "begins"));
  window.ends = TRY(instant_in(*object, "ends"));
  return window;
}

}  // namespace fairway
