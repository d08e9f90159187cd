#include "gateway/decoded.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/ais/decode.h"
#include "gateway/cargo_imp/cargo_imp.h"
#include "gateway/cargo_imp/splitter.h"
#include "gateway/cargo_xml/cargo_xml.h"
#include "gateway/dcsa/tnt2.h"
#include "gateway/edifact/decode.h"
#include "gateway/edifact/raw.h"
#include "gateway/epcis/epcis.h"
#include "gateway/land/land.h"
#include "gateway/onerecord/onerecord.h"

namespace fairway::gateway {
namespace {

constexpr std::array<std::string_view, 3> kSeverities = {"info", "warning", "error"};
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

bool begins_edifact(std::string_view bytes) {
  for (const std::string_view tag : {"UNA", "UNB", "UNG", "UNH"})
    if (bytes.starts_with(tag)) return true;
  return false;
}

bool begins_json(std::string_view bytes) { return bytes.starts_with('{') || bytes.starts_with('['); }

using Decode = Status (*)(std::string_view bytes, const Context& context, const MessageSink& sink);
using Raw = Status (*)(std::string_view bytes, const Context& context, const LineSink& sink);
using Hashes = Status (*)(std::string_view bytes, const LineSink& sink);

// Everything that is known of a format. The first row whose `begins` holds for the first bytes is taken, so what is narrower stands first.
struct FormatRow {
  Format format;
  std::string_view name;
  std::array<std::string_view, 3> content_types;
  bool (*begins)(std::string_view bytes);  // without byte order mark and blanks before it
  Decode decode;
  Raw raw = nullptr;
  Hashes hashes = nullptr;
};

// Most decoders need nothing of the context.
template <auto decode>
constexpr Decode kDecode = [](std::string_view bytes, const Context&, const MessageSink& sink) -> Status { return decode(bytes, sink); };
template <auto raw>
constexpr Raw kRaw = [](std::string_view bytes, const Context&, const LineSink& sink) -> Status { return raw(bytes, sink); };

constexpr std::array kFormats = {
    FormatRow{Format::edifact,
              "edifact",
              {"application/edifact", "application/edi-consent", "text/edifact"},
              begins_edifact,
              kDecode<edifact::decode_edifact>,
              kRaw<edifact::raw_edifact>},
    FormatRow{Format::epcis, "epcis", {}, epcis::begins_epcis, kDecode<epcis::decode_epcis>, kRaw<epcis::raw_epcis>, epcis::event_hashes},
    FormatRow{
        Format::land, "land", {"application/vnd.fairway.land+json"}, land::begins_land, kDecode<land::decode_land>, kRaw<land::raw_land>},
    FormatRow{Format::land_xlsx,
              "land-xlsx",
              {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
              land::begins_xlsx,
              kDecode<land::decode_xlsx>,
              kRaw<land::raw_xlsx>},
    FormatRow{
        Format::land_csv, "land-csv", {"text/csv", "application/csv"}, land::begins_csv, kDecode<land::decode_csv>, kRaw<land::raw_csv>},
    FormatRow{
        Format::ais, "ais", {"application/vnd.nmea0183", "text/nmea0183"}, ais::begins_ais, kDecode<ais::decode_ais>, kRaw<ais::raw_ais>},
    FormatRow{Format::cargo_imp,
              "cargo-imp",
              {"application/x-cargo-imp"},
              cargo_imp::begins_as_cargo_imp,
              cargo_imp::decode_cargo_imp,
              cargo_imp::raw_cargo_imp},
    FormatRow{Format::cargo_xml,
              "cargo-xml",
              {"application/x-cargo-xml"},
              cargo_xml::begins_cargo_xml,
              cargo_xml::decode_cargo_xml,
              cargo_xml::raw_cargo_xml},
    FormatRow{Format::onerecord,
              "onerecord",
              {},
              onerecord::begins_onerecord,
              kDecode<onerecord::decode_onerecord>,
              kRaw<onerecord::raw_onerecord>},
    FormatRow{Format::dcsa, "dcsa", {}, begins_json, kDecode<dcsa::decode_dcsa>, kRaw<dcsa::raw_dcsa>},
};

const FormatRow* find_row(Format format) {
  const auto found = std::ranges::find(kFormats, format, &FormatRow::format);
  return found == kFormats.end() ? nullptr : &*found;
}

// "application/dcsa+json; charset=utf-8" without its parameters.
std::string media_type(std::string_view content_type) { return to_lower(trim(content_type.substr(0, content_type.find(';')))); }

// Says no more than the first bytes do: several formats are JSON.
bool is_json_type(std::string_view content_type) {
  const std::string type = media_type(content_type);
  return type == "application/json" || type == "text/json" || type.ends_with("+json");
}

Format from_content_type(std::string_view content_type) {
  const std::string type = media_type(content_type);
  if (type.empty()) return Format::unknown;
  for (const FormatRow& row : kFormats)
    if (std::ranges::find(row.content_types, type) != row.content_types.end()) return row.format;
  return Format::unknown;
}

std::unexpected<Error> not_known() {
  return fail(Code::unsupported, "the format of the input is not known", "",
              "send EDIFACT (beginning with UNA, UNB or UNH), DCSA JSON, or another format of docs/reference/formats.md");
}

}  // namespace

std::string_view name(Severity severity) { return kSeverities.at(static_cast<size_t>(severity)); }
std::string_view name(Format format) {
  const FormatRow* row = find_row(format);
  return row == nullptr ? "unknown" : row->name;
}

void place_in(DecodedMessage& message, std::string_view input, std::string_view piece) {
  message.offset = static_cast<uint64_t>(piece.data() - input.data());
  message.length = piece.size();
  message.hash = to_hex(sha256(piece));
  const bool fits = piece.size() <= limits::kEventBytesMax && is_valid_utf8(piece);
  message.text = fits ? std::string(piece) : legible(piece, limits::kEventBytesMax);
}

void report(DecodedMessage& message, Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::error) message.ok = false;
  if (message.diagnostics.size() >= limits::kDiagnosticsPerMessageMax)
    count_one_more(message, diagnostic.severity);
  else
    message.diagnostics.push_back(std::move(diagnostic));
}

Format detect(std::string_view bytes, std::string_view content_type) {
  if (const Format named = from_content_type(content_type); named != Format::unknown) return named;
  const bool said_json = is_json_type(content_type);
  bytes = without_byte_order_mark(bytes);
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  const auto found = std::ranges::find_if(kFormats, [&](const FormatRow& row) { return row.begins(bytes); });
  if (found != kFormats.end()) return found->format;
  return said_json ? Format::dcsa : Format::unknown;  // whose decoder says what is wrong with the JSON
}

Status decode(std::string_view bytes, Format format, const Context& context, const MessageSink& sink) {
  const FormatRow* row = find_row(format);
  return row == nullptr ? not_known() : row->decode(bytes, context, sink);
}

Status decode_raw(std::string_view bytes, Format format, const Context& context, const LineSink& sink) {
  const FormatRow* row = find_row(format);
  if (row == nullptr) return not_known();
  if (row->raw == nullptr) return fail(Code::unsupported, "this format has no raw form", std::string(row->name), "decode it without --raw");
  return row->raw(bytes, context, sink);
}

Status content_hashes(std::string_view bytes, Format format, const LineSink& sink) {
  const FormatRow* row = find_row(format);
  if (row == nullptr) return not_known();
  if (row->hashes == nullptr)
    return fail(Code::unsupported, "this format has no identifier by content", std::string(row->name), "EPCIS events have one");
  return row->hashes(bytes, sink);
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
