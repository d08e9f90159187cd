#include "gateway/decoded.h"

#include <array>
#include <charconv>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/dcsa/tnt2.h"
#include "gateway/edifact/decode.h"

namespace fairway::gateway {
namespace {

constexpr std::array<std::string_view, 3> kSeverities = {"info", "warning", "error"};
constexpr std::array<std::string_view, 3> kFormats = {"unknown", "edifact", "dcsa"};
constexpr std::string_view kMoreCode = "diagnostics.more";

// The line that stands for the diagnostics past the limit, counting them.
void count_one_more(DecodedMessage& message, Severity severity) {
  if (message.diagnostics.size() == limits::kDiagnosticsPerMessageMax) {
    Diagnostic& more = message.diagnostics.emplace_back();
    more.severity = Severity::info;
    more.code = kMoreCode;
  }
  Diagnostic& more = message.diagnostics.back();
  uint64_t count = 0;
  std::from_chars(more.message.data(), more.message.data() + more.message.size(), count);
  more.message = std::to_string(count + 1) + " more are not listed";
  more.severity = std::max(more.severity, severity);
}

struct ContentTypeRow {
  std::string_view type;
  Format format;
};
constexpr std::array kContentTypes = {
    ContentTypeRow{"application/edifact", Format::edifact},
    ContentTypeRow{"application/edi-consent", Format::edifact},
    ContentTypeRow{"text/edifact", Format::edifact},
    ContentTypeRow{"application/json", Format::dcsa},
    ContentTypeRow{"text/json", Format::dcsa},
};

Format from_content_type(std::string_view content_type) {
  const std::string type = to_lower(trim(content_type.substr(0, content_type.find(';'))));
  for (const ContentTypeRow& known : kContentTypes)
    if (known.type == type) return known.format;
  return type.ends_with("+json") ? Format::dcsa : Format::unknown;
}

}  // namespace

std::string_view name(Severity severity) { return kSeverities.at(static_cast<size_t>(severity)); }
std::string_view name(Format format) { return kFormats.at(static_cast<size_t>(format)); }

void report(DecodedMessage& message, Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::error) message.ok = false;
  if (message.diagnostics.size() >= limits::kDiagnosticsPerMessageMax)
    count_one_more(message, diagnostic.severity);
  else
    message.diagnostics.push_back(std::move(diagnostic));
}

Format detect(std::string_view bytes, std::string_view content_type) {
  if (const Format named = from_content_type(content_type); named != Format::unknown) return named;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  for (const std::string_view tag : {"UNA", "UNB", "UNG", "UNH"})
    if (bytes.starts_with(tag)) return Format::edifact;
  return bytes.starts_with('{') || bytes.starts_with('[') ? Format::dcsa : Format::unknown;
}

Status decode(std::string_view bytes, Format format, const std::function<void(DecodedMessage)>& sink) {
  switch (format) {
    case Format::edifact: return edifact::decode_edifact(bytes, sink);
    case Format::dcsa: return dcsa::decode_dcsa(bytes, sink);
    case Format::unknown: break;
  }
  return fail(Code::unsupported, "the format of the input is not known", "", "send EDIFACT (beginning with UNA, UNB or UNH) or DCSA JSON");
}

std::string to_json(const DecodedMessage& message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("format", message.format).member("type", message.type).member("ok", message.ok);
  json.key("diagnostics").begin_array();
  for (const Diagnostic& diagnostic : message.diagnostics) append_json(json, diagnostic);
  json.end_array().key("references").begin_array();
  for (const Reference& reference : message.references) {
    json.begin_object().member("kind", name(reference.kind())).member("value", reference.value());
    const bool flagged = reference.check() == ReferenceCheck::wrong_check_digit || reference.check() == ReferenceCheck::unusual_form;
    if (flagged) json.member("flag", name(reference.check()));
    json.end_object();
  }
  json.end_array().key("events").begin_array();
  for (const Event& event : message.events) json.raw(to_json(event));
  json.end_array().end_object();
  return out;
}

}  // namespace fairway::gateway
