#include "gateway/epcis/document.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/json_scan.h"
#include "base/limits.h"
#include "gateway/epcis/epc_uri.h"
#include "gateway/epcis/validate.h"
#include "gateway/epcis/xml.h"
#include "gateway/json_slices.h"

namespace fairway::gateway::epcis {
namespace {

constexpr size_t kHeaderBytesMax = 4u << 20;  // of one member of a document outside of its events: master data is looked at, not kept
constexpr std::array<std::string_view, 10> kDocumentMembers = {"@context",           "id",     "type",     "schemaVersion", "creationDate",
                                                               "instanceIdentifier", "sender", "receiver", "epcisHeader",   "epcisBody"};

DecodedMessage message_of(std::string_view body, std::string_view slice) {
  DecodedMessage message;
  message.format = "EPCIS";
  message.type = "2.0";
  place_in(message, body, slice);
  return message;
}

// One JSON body on its way into events.
class JsonDocument {
 public:
  JsonDocument(std::string_view body, const EventSink& sink) : body_(body), sink_(sink) {}

  Status read(std::string_view text) {
    if (text.starts_with('[')) return events(text, "", true);
    std::string_view type, events_text, context;
    TRY_OK(each_json_member(text, [&](std::string_view name, std::string_view value) -> Status {
      if (name == "type") type = value;
      if (name == "epcisBody") events_text = value;
      if (name == "@context") context = value;
      return {};
    }));
    const bool is_query = type == "\"EPCISQueryDocument\"";
    if (type != "\"EPCISDocument\"" && !is_query) return one(text);
    TRY_OK(header(text, context, is_query));
    return body_of_document(events_text, is_query);
  }

 private:
  Status one(std::string_view text) {
    bool is_event = false;
    TRY_OK(each_json_member(text, [&](std::string_view name, std::string_view) -> Status {
      is_event |= name == "eventTime" || name == "eventTimeZoneOffset";
      return {};
    }));
    if (!is_event)
      return fail(Code::unsupported, "not an EPCIS document", "an object that is neither a document nor an event",
                  "send an EPCISDocument, an EPCISQueryDocument, one event or a list of events");
    event(text, "", true);
    return {};
  }

  // All of the document but its body; findings go to every event's message.
  Status header(std::string_view text, std::string_view context, bool is_query) {
    if (context.size() > kHeaderBytesMax) {
      finding("epcis.too_large", "@context is too large", "/@context");
    } else if (context.empty()) {
      finding("epcis.context_missing", "@context is missing", "");
    } else {
      const json::value value = TRY(parse_json(context));
      read_context(value, "/@context", namespaces_, document_);
    }
    bool has_version = is_query, has_date = is_query, has_body = false;
    TRY_OK(each_json_member(text, [&](std::string_view name, std::string_view value) -> Status {
      has_version |= name == "schemaVersion";
      has_date |= name == "creationDate";
      has_body |= name == "epcisBody";
      return member(name, value, is_query);
    }));
    if (!has_version) finding("epcis.member_missing", "schemaVersion is missing", "");
    if (!has_date) finding("epcis.member_missing", "creationDate is missing", "");
    if (!has_body) finding("epcis.member_missing", "epcisBody is missing", "");
    return {};
  }

  Status member(std::string_view name, std::string_view value, bool is_query) {
    const std::string pointer = "/" + legible(name);
    if (name == "epcisBody" || name == "@context" || name == "type") return {};
    const bool only_capture = name == "instanceIdentifier" || name == "sender" || name == "receiver" || name == "epcisHeader";
    const bool known = std::ranges::find(kDocumentMembers, name) != kDocumentMembers.end() && !(is_query && only_capture);
    if (!known) {
      if (!qualify(name, namespaces_)) finding("epcis.member_unknown", "an EPCIS document has no such member", pointer);
      return {};
    }
    if (value.size() > kHeaderBytesMax)
      return finding("epcis.too_large", "at most " + std::to_string(kHeaderBytesMax) + " bytes", pointer), Status();
    const json::value parsed = TRY(parse_json(value));
    if (name == "epcisHeader") return master_data(parsed);
    const json::string* text = parsed.if_string();
    if (text == nullptr) return finding("epcis.type", "text is wanted", pointer), Status();
    const std::string_view found(*text);
    if (name == "creationDate" && !utc_milliseconds(found)) finding("epcis.value", "a date-time with its zone is wanted", pointer);
    if (name == "id" && !is_uri(found)) finding("epcis.value", "a URI is wanted", pointer);
    if (name == "schemaVersion" && !is_version(found)) finding("epcis.value", "a version is wanted, as 2.0", pointer);
    return {};
  }

  // Master data is not kept; its form is looked at so far as a document's validity hangs on it.
  Status master_data(const json::value& header) {
    const json::object* object = header.if_object();
    if (object == nullptr) return finding("epcis.type", "an object is wanted", "/epcisHeader"), Status();
    for (const auto& member : *object)
      if (member.key() != "epcisMasterData" && !qualify(member.key(), namespaces_))
        finding("epcis.member_unknown", "an EPCIS header has no such member", "/epcisHeader/" + legible(std::string_view(member.key())));
    const json::value* data = object->if_contains("epcisMasterData");
    if (data == nullptr) return {};
    const json::value* list = data->is_object() ? data->get_object().if_contains("vocabularyList") : nullptr;
    if (!data->is_object() || (list != nullptr && !list->is_array()))
      finding("epcis.type", "master data is an object with a vocabularyList", "/epcisHeader/epcisMasterData");
    return {};
  }

  static bool is_version(std::string_view text) {
    const auto fits = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    return !text.empty() && std::ranges::all_of(text, fits) && text.front() != '.' && text.back() != '.' &&
           text.find("..") == std::string_view::npos;
  }

  Status body_of_document(std::string_view body, bool is_query) {
    std::string pointer = "/epcisBody";
    std::string_view list = body;
    static constexpr std::array<std::string_view, 3> kQueryPath = {"queryResults", "resultsBody", "eventList"};
    static constexpr std::array<std::string_view, 1> kCapturePath = {"eventList"};
    const std::span<const std::string_view> path = is_query ? std::span<const std::string_view>(kQueryPath) : kCapturePath;
    for (const std::string_view step : path) {
      if (!list.starts_with('{')) return finding("epcis.type", "an object is wanted", pointer), without_events();
      std::string_view next;
      TRY_OK(each_json_member(list, [&](std::string_view name, std::string_view value) -> Status {
        if (name == step) next = value;
        if (is_query) envelope_member(step, name, value, pointer);
        return {};
      }));
      if (next.empty()) return finding("epcis.member_missing", std::string(step) + " is missing", pointer), without_events();
      pointer.append("/").append(step);
      list = next;
    }
    if (is_query && !has_query_name_) finding("epcis.member_missing", "queryName is missing", "/epcisBody/queryResults");
    if (!list.starts_with('[')) return finding("epcis.type", "a list of events is wanted", pointer), without_events();
    return events(list, pointer, false);
  }

  // What stands around the list of a query's results. `step` is the member that leads on to it.
  void envelope_member(std::string_view step, std::string_view name, std::string_view value, const std::string& pointer) {
    const bool text = step == "resultsBody" && (name == "queryName" || name == "subscriptionID");
    const bool list = step == "eventList" && name == "vocabularyList";
    has_query_name_ |= name == "queryName";
    const std::string at = pointer + "/" + legible(name);
    if (text && !value.starts_with('"')) finding("epcis.type", "text is wanted", at);
    if (list && !value.starts_with('[')) finding("epcis.type", "a list is wanted", at);
    if (name == step || text || list || qualify(name, namespaces_)) return;
    finding("epcis.member_unknown", "EPCIS has no such member here", at);
  }

  Status events(std::string_view array, const std::string& pointer, bool bare) {
    const std::vector<std::string_view> slices = TRY(json_slices(array, "too many events"));
    if (slices.empty() && !document_.ok) return without_events();
    for (size_t i = 0; i < slices.size(); ++i) event(slices[i], pointer + "/" + std::to_string(i), bare);
    return {};
  }

  // A broken document without a readable event still has to say what is wrong with it.
  Status without_events() {
    DecodedMessage message = message_of(body_, body_);
    message.diagnostics = document_.diagnostics;
    message.ok = document_.ok;
    sink_({}, std::move(message));
    return {};
  }

  void event(std::string_view slice, const std::string& pointer, bool bare) {
    DecodedMessage message = message_of(body_, slice);
    message.diagnostics = document_.diagnostics;
    message.ok = document_.ok;
    CapturedEvent captured{{}, namespaces_};
    if (slice.size() > limits::kEventBytesMax)
      report(message, {Severity::error, "epcis.too_large", "an event has at most " + std::to_string(limits::kEventBytesMax) + " bytes", 0,
                       pointer, message.offset});
    else
      parse(slice, pointer, bare, captured, message);
    sink_(std::move(captured), std::move(message));
  }

  static void parse(std::string_view slice, const std::string& pointer, bool bare, CapturedEvent& captured, DecodedMessage& message) {
    const auto refuse = [&](const char* code, std::string what) {
      report(message, {Severity::error, code, std::move(what), 0, pointer, message.offset});
    };
    auto parsed = parse_json(slice);
    if (!parsed) return refuse("epcis.json", parsed.error().text());
    if (!parsed->is_object()) return refuse("epcis.type", "an event is an object");
    captured.body = std::move(parsed->get_object());
    if (bare && !captured.body.contains("@context")) refuse("epcis.context_missing", "@context is missing");
    validate(captured, pointer, message);
  }

  void finding(std::string code, std::string what, std::string pointer) {
    report(document_, {Severity::error, std::move(code), std::move(what), 0, std::move(pointer), 0});
  }

  std::string_view body_;
  const EventSink& sink_;
  Namespaces namespaces_;
  bool has_query_name_ = false;
  DecodedMessage document_;  // collects the findings about the document
};

}  // namespace

Status read_document(std::string_view bytes, const EventSink& sink) {
  const std::string_view text = trim(bytes.starts_with(kByteOrderMark) ? bytes.substr(kByteOrderMark.size()) : bytes);
  if (text.starts_with('{') || text.starts_with('[')) return JsonDocument(bytes, sink).read(text);
  if (!text.starts_with('<'))
    return fail(Code::invalid, "not an EPCIS document", text.empty() ? "an empty body" : "neither JSON nor XML",
                "send an EPCISDocument as JSON-LD or XML");
  return read_xml(bytes, [&](XmlEvent xml) {
    DecodedMessage message = message_of(bytes, bytes.substr(xml.offset, xml.length));
    validate(xml.event, xml.pointer, message);
    sink(std::move(xml.event), std::move(message));
  });
}

}  // namespace fairway::gateway::epcis
