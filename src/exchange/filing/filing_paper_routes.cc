// GET /v1/filings/{filing} in the format that is asked for, and the day's filings as one sheet.
#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"
#include "base/zone.h"
#include "exchange/account_answers.h"
#include "exchange/filing/desk.h"
#include "exchange/filing/filing_answers.h"
#include "exchange/filing/filing_for.h"
#include "exchange/filing/rooms.h"
#include "exchange/filing/routes.h"
#include "filing/lodge/outbox.h"
#include "filing/paper/filing_paper.h"

namespace fairway::exchange {
namespace {

using filing::Filing;

constexpr std::string_view kPdf = "application/pdf", kCsv = "text/csv; charset=utf-8";
constexpr size_t kScannedMax = 2'000;  // filings, the newest, among which those of a day are looked for

http::Response file_answer(std::string body, std::string_view type, const std::string& name) {
  http::Response response = private_answer(std::move(body));
  response.content_type = type;
  response.headers.emplace_back("content-disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

// As the authority gets it: what was ordered last, or what an order of now would send.
Result<http::Response> official(Services& services, const Filing& filing, const std::string&) {
  filing::Lodgement now;
  now.id = "preview";
  now.digest = filing.draft.digest();
  now.ordered_us = services.env.now_us();
  const filing::Letter letter = TRY(filing::write_letter(filing, filing.lodgements.empty() ? now : filing.lodgements.back()));
  return file_answer(letter.body, letter.content_type,
                     filing.id + (letter.content_type.find("xml") != std::string::npos ? ".xml" : ".edi"));
}

// The language of the papers; of what a page asks for, English where it says nothing.
Result<std::string> language_of(const http::Request& request) {
  const std::string* wanted = request.query_value("language");
  if (wanted == nullptr) return "en";
  for (const std::string_view known : {"en", "zh-Hant", "zh-Hans"})
    if (*wanted == known) return *wanted;
  return fail(Code::invalid, "not a language of these papers", "language=" + legible(*wanted), "en, zh-Hant or zh-Hans");
}

Result<http::Response> pdf(Services& services, const Filing& filing, const std::string& language) {
  return file_answer(TRY(filing::filing_pdf(filing, services.filings->regimes, language, services.env.now_us())), kPdf, filing.id + ".pdf");
}

Result<http::Response> csv(Services& services, const Filing& filing, const std::string& language) {
  return file_answer(filing::filing_csv(filing, services.filings->regimes, language), kCsv, filing.id + ".csv");
}

using Paper = Result<http::Response> (*)(Services&, const Filing&, const std::string& language);
struct Format {
  std::string_view name, type;
  Paper paper;
};
constexpr Format kFormats[] = {
    {"json", "application/json",
     [](Services& services, const Filing& filing, const std::string&) -> Result<http::Response> {
       return private_answer(whole_json(services, filing));
     }},
    {"pdf", kPdf, pdf},
    {"csv", "text/csv", csv},
    {"official", "", official},
};

Result<const Format*> format_of(const http::Request& request) {
  if (const std::string* wanted = request.query_value("format")) {
    for (const Format& format : kFormats)
      if (format.name == *wanted) return &format;
    return fail(Code::invalid, "not a format", "format=" + legible(*wanted), "json, pdf, csv or official");
  }
  const std::string_view accept = request.header("accept");
  for (const Format& format : kFormats)
    if (!format.type.empty() && accept.find(format.type) != std::string_view::npos) return &format;
  return &kFormats[0];
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Format* format = TRY(format_of(request));
  const std::string language = TRY(language_of(request));
  return format->paper(services, TRY(filing_for(services, request.parameter("filing"), *viewer)), language);
}

// A day as the regime's own calendar has it.
bool is_of_day(const filing::Regimes& regimes, const Filing& filing, std::string_view day) {
  const filing::Regime* regime = regimes.find(filing.key.regime);
  Instant changed;
  changed.micros = filing.changed_us;
  if (regime != nullptr)
    changed.offset_minutes = static_cast<int16_t>(offset_minutes_at(filing.changed_us, regime->setting("zone")).value_or(0));
  return to_rfc3339(changed).starts_with(day);
}

// What stands beside a filing on the day's sheet.
Result<filing::SheetLine> line_of(Services& services, const Filing& filing, const PartyId& viewer) {
  filing::SheetLine line;
  line.filing = &filing;
  const Surroundings around = TRY(surroundings_of(services, filing));
  if (around.consignment.owner == viewer) line.reference = around.consignment.reference;
  const std::vector<std::string> regime{filing.key.regime};
  const filing::Plan plan = TRY(services.filings->desk.plan(around.consignment.record, std::span(&filing, 1), regime));
  for (const filing::PlannedFiling& planned : plan.filings)
    if (planned.key == filing.key && planned.charge) line.charge = planned.charge->currency + " " + planned.charge->total.text(2);
  return line;
}

Result<std::vector<Filing>> filings_of_day(Services& services, const PartyId& party, std::string_view day) {
  std::vector<Filing> found;
  std::string after;
  for (size_t scanned = 0; scanned < kScannedMax;) {
    auto page = TRY(services.filings->book.filings(party, after, limits::kPeoplePageSizeMax));
    scanned += page.items.size();
    for (Filing& filing : page.items)
      if (is_of_day(services.filings->regimes, filing, day)) found.push_back(std::move(filing));
    after = page.next;
    if (after.empty()) return found;
  }
  return found;
}

Result<http::Response> sheet(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string* day = request.query_value("day");
  if (day == nullptr || day->size() != 10 || !parse_rfc3339(*day + "T00:00:00Z"))
    return fail(Code::invalid, "which day?", {}, "GET /v1/filings/sheet?day=2026-11-24");
  const std::string* format = request.query_value("format");
  if (format != nullptr && *format != "csv" && *format != "pdf")
    return fail(Code::invalid, "not a format of the sheet", "format=" + legible(*format), "csv or pdf");
  const std::string language = TRY(language_of(request));
  const std::vector<Filing> filings = TRY(filings_of_day(services, viewer->party.id, *day));
  std::vector<filing::SheetLine> lines;
  for (const Filing& filing : filings) lines.push_back(TRY(line_of(services, filing, viewer->party.id)));
  const filing::Regimes& regimes = services.filings->regimes;
  if (format == nullptr || *format == "csv")
    return file_answer(filing::filings_csv(lines, regimes, language), kCsv, "filings-" + *day + ".csv");
  return file_answer(TRY(filing::filings_pdf(lines, *day, regimes, language, services.env.now_us())), kPdf, "filings-" + *day + ".pdf");
}

}  // namespace

void add_filing_paper_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/v1/filings/sheet", answering(services, &access::Viewer::may_read, sheet));
  router.add(http::Method::get, "/v1/filings/{filing}", answering(services, &access::Viewer::may_read, find));
}

}  // namespace fairway::exchange
