// `fairway file plan` and `fairway file check`: on a file, with no server and no store; or on a consignment of a server's.
#include <fmt/format.h>

#include <iostream>

#include "app/file_commands.h"
#include "app/file_input.h"
#include "app/file_print.h"
#include "app/report.h"
#include "base/bytes.h"
#include "base/env.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/zone.h"
#include "filing/form/plan_json.h"
#include "filing/life/json_parts.h"
#include "filing/record/sheet.h"

namespace fairway::app {
namespace {

constexpr std::string_view kConsignmentId = "cns_", kFilingId = "fil_";

enum class Shown : uint8_t { plan, findings };

// The day and the moment that the tables are asked for, in the time of the first regime.
Result<filing::Setting> setting_of(const filing::Regimes& regimes, const std::string& date) {
  const std::string zone = regimes.all().empty() ? "UTC" : regimes.all().front().setting("zone");
  filing::Setting setting;
  if (date.empty()) {
    setting.now_us = Env::system().now_us();
  } else {
    const bool is_day = date.size() == 10;
    const auto moment = parse_rfc3339(is_day ? date + "T12:00:00" : date);
    if (!moment) return fail(Code::invalid, "not a day or a moment", legible(date), "as in 2026-11-24, or 2026-11-24T08:30:00+08:00");
    setting.now_us = moment->zone == ZoneSource::assumed ? TRY(instant_in_zone(civil_of(moment->micros, 0), zone)).micros : moment->micros;
  }
  const int offset = TRY(offset_minutes_at(setting.now_us, zone));
  const CivilTime day = civil_of(setting.now_us, offset);
  setting.today = fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
  return setting;
}

// One line of JSON a consignment: the plan's members, or "refused" with the findings that keep it from being planned.
Result<std::string> planned(const filing::Regimes& regimes, const FiledConsignment& one, const filing::Setting& setting,
                            const std::vector<std::string>& only) {
  std::string line;
  JsonWriter writer(line);
  writer.begin_object().optional_member("reference", one.reference).member("place", one.place);
  if (!one.record) {
    filing::append_findings(writer, "refused", one.findings);
    writer.end_object();
    return line;
  }
  filing::Plan plan = TRY(filing::make_plan(regimes, *one.record, setting, {}, only));
  plan.across.insert(plan.across.begin(), one.findings.begin(), one.findings.end());
  filing::append_members(writer, plan, regimes);
  writer.end_object();
  return line;
}

// Prints one consignment's; false where the answer is no.
Result<bool> show(const std::string& line, Shown shown, const FilePlanOptions& options, bool heads) {
  const json::value parsed = TRY(parse_json(line));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "the server's answer is not understood");
  const json::array* refused = array_of(*object, "refused");
  const bool good = refused == nullptr && (shown == Shown::plan || !has_blocking(*object));
  if (options.json) {
    std::cout << line << "\n";
    return good;
  }
  if (heads) std::cout << fmt::format("consignment {} ({})\n", text_of(*object, "reference"), text_of(*object, "place"));
  if (refused != nullptr)
    print_findings(*refused, options.language);
  else if (shown == Shown::plan)
    print_plan(*object, options.language);
  else
    print_plan_findings(*object, options.language);
  if (heads) std::cout << "\n";
  return good;
}

Result<bool> of_file(const FilePlanOptions& options, Shown shown) {
  const auto regimes = TRY(options.regimes.empty() ? filing::Regimes::built_in() : filing::Regimes::with_folder(options.regimes));
  for (const std::string& code : options.only)
    if (regimes->find(code) == nullptr)
      return fail(Code::not_found, "no such regime", legible(code), "hk, cn, …: folders of tables/regimes");
  const filing::Setting setting = TRY(setting_of(*regimes, options.date));
  std::vector<FiledConsignment> all = TRY(read_consignments(regimes->schema(), options.what, setting.now_us));
  if (!options.feeds.empty() && all.size() != 1)
    return fail(Code::invalid, "messages are merged into one consignment", std::to_string(all.size()) + " consignments",
                "give a file with one");
  for (const std::string& file : options.feeds) TRY_OK(feed_from_file(all.front(), file, setting.now_us));
  bool good = true;
  for (const FiledConsignment& one : all)
    good = TRY(show(TRY(planned(*regimes, one, setting, options.only)), shown, options, all.size() > 1 || !one.reference.empty())) && good;
  return good;
}

Result<bool> of_server(const FilePlanOptions& options, Shown shown) {
  Connection connection = TRY(Connection::open(options.server));
  const bool is_filing = options.what.starts_with(kFilingId);
  const std::string id = http::percent_encode(options.what);
  http::ClientRequest request{http::Method::get, "/v1/consignments/" + id + "/plan", {}, {}};
  if (is_filing) request = {http::Method::post, "/v1/filings/" + id + "/check", {}, {}};
  const http::Response response = TRY(connection.send(std::move(request)));
  return show(response.body, shown, options, false);
}

int run(const FilePlanOptions& options, Shown shown) {
  const bool on_server = options.what.starts_with(kConsignmentId) || (shown == Shown::findings && options.what.starts_with(kFilingId));
  const auto good = on_server ? of_server(options, shown) : of_file(options, shown);
  if (!good) return complain(good.error(), on_server && good.error().code == Code::not_found ? kFailed : kCannotRun);
  return *good ? kOk : kFailed;
}

}  // namespace

int file_plan(const FilePlanOptions& options) { return run(options, Shown::plan); }

int file_check(const FilePlanOptions& options) { return run(options, Shown::findings); }

int file_template() {
  std::cout << filing::sheet_template();
  return kOk;
}

}  // namespace fairway::app
