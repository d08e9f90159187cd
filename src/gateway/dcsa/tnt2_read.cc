#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "base/limits.h"
#include "gateway/dcsa/arrival_notice.h"
#include "gateway/dcsa/port_call.h"
#include "gateway/dcsa/tnt2.h"
#include "gateway/dcsa/tnt2_event.h"
#include "gateway/dcsa/tnt3.h"
#include "gateway/dcsa/vgm.h"
#include "gateway/json_slices.h"

namespace fairway::gateway::dcsa {
namespace {

// Turns the slices of one body into messages.
class Decoder {
 public:
  explicit Decoder(std::string_view body) : body_(body) {}

  DecodedMessage decode(std::string_view slice, const Path& path) {
    DecodedMessage message;
    message.format = "DCSA";
    message.type = "TNT 2.2";
    place_in(message, body_, slice);
    if (slice.size() > limits::kEventBytesMax)
      refuse(message, path, "dcsa.too_large", "an event has at most " + std::to_string(limits::kEventBytesMax) + " bytes");
    else if (!slice.starts_with('{'))
      refuse(message, path, "dcsa.type", "an event is a JSON object");
    else
      read(slice, path, message);
    return message;
  }

 private:
  static void refuse(DecodedMessage& message, const Path& path, std::string code, std::string what) {
    report(message, {Severity::error, std::move(code), std::move(what), 0, path.pointer(), message.offset});
  }

  void read(std::string_view slice, const Path& path, DecodedMessage& message) {
    EventFields fields;
    const size_t spare = body_.size() - message.offset - slice.size();
    if (const auto read = reader_.read(slice, message.offset, spare, path, fields, message); !read)
      return refuse(message, path, "dcsa.json", read.error().text());
    if (fields.is_version_3 && !fields.type.present())
      return refuse(message, path, "dcsa.version", "a Track & Trace 3.0 event among those of 2.2");
    build(fields, path, message);
    if (!message.ok) message.events.clear();
  }

  static void build(EventFields& fields, const Path& path, DecodedMessage& message) {
    Event& event = message.events.emplace_back();
    EventBuilder builder(fields, path, message, event);
    builder.build();
    if (builder.type()) message.type.append(" ").append(dcsa_code(*builder.type()));
    if (!message.ok) return;
    event.source.format = message.format;
    event.source.type = message.type;
    event.source.offset = message.offset;
    event.source.hash = message.hash;
    if (const auto valid = validate(event); !valid) return refuse(message, path, "dcsa.event", valid.error().text());
    message.references = event.references;
    message.parties = event.parties;
  }

  std::string_view body_;
  FieldReader reader_;
};

Status decode_array(std::string_view body, std::string_view array, const std::function<void(DecodedMessage)>& sink) {
  const std::vector<std::string_view> slices = TRY(json_slices(array, "too many events"));
  Decoder decoder(body);
  const Path root;
  for (size_t i = 0; i < slices.size(); ++i) sink(decoder.decode(slices[i], Path{&root, {}, i}));
  return {};
}

Status refuse_version_3(std::string_view object) {
  if (!is_tnt3(object)) return {};
  return fail(Code::unsupported, "a DCSA Track & Trace 3.0 body", "", "send one Track & Trace 2.2 event");
}

}  // namespace

Status decode_dcsa(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) {
  std::string_view text = trim(without_byte_order_mark(bytes));
  if (is_port_call(text)) return decode_port_call(bytes, sink);
  if (is_tnt3(text)) return decode_tnt3(bytes, sink);
  if (is_arrival_notices(text) || is_arrival_notifications(text)) return decode_arrival_notices(bytes, sink);
  if (is_vgm(text)) return decode_vgm(bytes, sink);
  if (text.starts_with('[')) return decode_array(bytes, text, sink);
  if (!text.starts_with('{'))
    return fail(Code::invalid, "not DCSA events", text.empty() ? "an empty body" : "JSON without an object or array",
                "send one Track & Trace 2.2 event, or an array of them");
  TRY_OK(each_json_member(text, [](std::string_view, std::string_view) { return Status(); }));  // it is one object
  sink(Decoder(bytes).decode(text, Path()));
  return {};
}

Status raw_dcsa(std::string_view bytes, const std::function<void(std::string_view)>& sink) {
  Status outcome;
  TRY_OK(decode_dcsa(bytes, [&](const DecodedMessage& message) {
    if (!outcome) return;
    const auto sent = parse_json(bytes.substr(message.offset, message.length));
    if (sent)
      sink(json::serialize(*sent));
    else
      outcome = std::unexpected(sent.error());
  }));
  return outcome;
}

Result<Event> event_from_dcsa(std::string_view object) {
  const std::string_view text = trim(object);
  TRY_OK(refuse_version_3(text));
  TRY_OK(each_json_member(text, [](std::string_view, std::string_view) { return Status(); }));  // it is one object
  DecodedMessage message = Decoder(object).decode(text, Path());
  if (!message.events.empty()) return std::move(message.events.front());
  for (const Diagnostic& diagnostic : message.diagnostics)
    if (diagnostic.severity == Severity::error) return fail(Code::invalid, diagnostic.message, diagnostic.position);
  return fail(Code::internal, "an event was refused without a reason");
}

}  // namespace fairway::gateway::dcsa
