// certificate.json of a bundle (docs/reference/certificate.md): each line of the timeline says which fields of which entry it is made of,
// and those must be fields that the bundle proves.
#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "ledger/evidence/checks.h"

namespace fairway::ledger::evidence {
namespace {

constexpr size_t kLinesMax = 10'000, kCitedMax = 1'000;  // of one certificate; of one line

using Entries = std::map<Position, const ProvenEntry*>;

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A path that ends in "/*" is of any element of the list.
bool is_at(std::string_view path, std::string_view cited) {
  if (!cited.ends_with("/*")) return path == cited;
  const std::string_view list = cited.substr(0, cited.size() - 1);
  return path.starts_with(list) && is_number(path.substr(list.size()));
}

bool shows(const ProvenEntry& entry, std::string_view cited, std::string_view value) {
  return std::ranges::any_of(entry.shown, [&](const Field& field) { return is_at(field.path, cited) && field.value == value; });
}

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

// What the line says in words of its own is what the fields say.
Status check_words(const json::object& line, const ProvenEntry& entry) {
  for (const std::string_view member : {"milestone", "classifier", "reason"}) {
    const std::string_view said = text_of(line, member);
    if (!said.empty() && !shows(entry, "body/" + std::string(member), quoted(said)))
      return fail(Code::forbidden, "the entry does not say this", std::string(member) + " " + legible(said));
  }
  const std::string_view when = text_of(line, "observedAt");
  const auto observed = parse_rfc3339(when);
  for (const Field& field : entry.shown) {
    if (field.path != "body/occurred") continue;
    const json::value occurred = TRY(parse_json(field.value));
    const json::object* members = occurred.if_object();
    const auto instant = parse_rfc3339(members == nullptr ? std::string_view() : text_of(*members, "instant"));
    if (observed && instant && *observed == *instant) return {};
  }
  return fail(Code::forbidden, "the entry does not say this time", legible(when));
}

Status check_line(const json::object& line, const Entries& entries) {
  const int64_t number = integer_of(line, "entry").value_or(0);
  const auto found = entries.find(static_cast<Position>(std::max<int64_t>(number, 0)));
  if (found == entries.end()) return fail(Code::forbidden, "a line is of an entry that is not proven here", std::to_string(number));
  const json::array* says = array_of(line, "says");
  if (says == nullptr || says->empty() || says->size() > kCitedMax)
    return fail(Code::invalid, "a line does not say what it cites", "entry " + std::to_string(number));
  for (const json::value& item : *says) {
    const json::object* cited = item.if_object();
    const std::string_view path = cited == nullptr ? std::string_view() : text_of(*cited, "path");
    if (path.empty() || !shows(*found->second, path, text_of(*cited, "value")))
      return fail(Code::forbidden, "a line cites what its entry does not show", "entry " + std::to_string(number) + ", " + legible(path));
  }
  return check_words(line, *found->second);
}

Result<size_t> check_lines(std::string_view text, const Report& report) {
  Entries entries;
  for (const ProvenEntry& entry : report.entries) entries.emplace(entry.entry, &entry);
  const json::value parsed = TRY(parse_json(text));
  const json::object* certificate = parsed.if_object();
  if (certificate == nullptr || text_of(*certificate, "format") != "fairway-certificate" || integer_of(*certificate, "version") != 1)
    return fail(Code::unsupported, "not a certificate of this format and version", "", "a newer fairway may know it");
  const json::array* lines = array_of(*certificate, "timeline");
  if (lines == nullptr || lines->size() > kLinesMax) return fail(Code::invalid, "it has no timeline");
  for (const json::value& item : *lines) {
    const json::object* line = item.if_object();
    if (line == nullptr) return fail(Code::invalid, "a line of the timeline is no object");
    TRY_OK(check_line(*line, entries));
  }
  return lines->size();
}

}  // namespace

void check_certificate(Inspection& inspection) {
  const Part* part = inspection.bundle.find(kCertificatePart);
  if (part == nullptr || inspection.note.empty()) return;
  const auto lines = check_lines(part->bytes, inspection.report);
  if (!lines) return inspection.fails(kCertificatePart, lines.error().text());
  inspection.holds(kCertificatePart, "each of its " + std::to_string(*lines) + " lines says what the entry that it names says");
  inspection.notes(kCertificatePart, "the days and terms in it are worked out or given, and are not proven");
}

}  // namespace fairway::ledger::evidence
