#include "app/file_calculators.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>

#include "app/report.h"
#include "base/bytes.h"
#include "base/env.h"
#include "base/json_writer.h"
#include "base/zone.h"
#include "filing/charge/charge.h"
#include "filing/clock/clock.h"
#include "filing/clock/day.h"

namespace fairway::app {
namespace {

using filing::Calendar;
using filing::Charge;
using filing::ChargeLine;
using filing::ChargeQuestion;
using filing::Deadline;
using filing::Regime;
using filing::Regimes;
using filing::Table;

constexpr size_t kCalendarBytesMax = 1u << 20;

struct ChargeOptions {
  std::string folder;  // of further regimes
  std::string regime = "hk";
  std::string form, value;
  bool levied = false;
  std::string levied_value;  // "": all of the value
  int64_t days_late = 0;
  std::string date;  // "": today
  bool json = false;
};

struct DeadlineOptions {
  std::string folder;  // of further regimes
  std::string regime;  // "": Hong Kong, or the first that has such a deadline
  std::string id, date, calendar;
  bool json = false;
};

Result<std::shared_ptr<const Regimes>> regimes_with(const std::string& folder) {
  return folder.empty() ? Regimes::built_in() : Regimes::with_folder(folder);
}

Result<const Regime*> regime_of(const Regimes& regimes, const std::string& code) {
  const Regime* regime = regimes.find(to_lower(code));
  if (regime != nullptr) return regime;
  return fail(Code::not_found, "no such regime", legible(code));
}

// What stands in a column, each once, with blanks between.
std::string known(const Table& table, std::string_view column) {
  std::string text;
  for (size_t row = 0; row < table.rows(); ++row) {
    const std::string& cell = table.cell(row, column);
    if ((" " + text + " ").contains(" " + cell + " ")) continue;
    text += (text.empty() ? "" : " ") + cell;
  }
  return text;
}

// A date or an instant; a date-time without an offset is local time of the regime.
Result<Instant> moment_of(const Regime& regime, const std::string& text) {
  const bool whole_day = filing::parse_day(text).has_value();
  const auto instant = parse_rfc3339(whole_day ? text + "T00:00:00" : text);
  if (!instant) return fail(Code::invalid, "not a date or time", legible(text), "as in 2026-11-24 or 2026-11-24T14:30:00+08:00");
  if (instant->zone != ZoneSource::assumed) return *instant;
  return instant_in_zone(civil_of(instant->micros, 0), regime.setting("zone"));
}

// The last day for lodging that form, after holidays have moved it; "" where the regime has no clock for it.
Result<std::string> last_day_of(const Regime& regime, const ChargeOptions& options, const Instant& date) {
  const Table& forms = regime.table("forms");
  for (size_t row = 0; row < forms.rows(); ++row) {
    const std::string& id = forms.cell(row, "deadline");
    if (forms.cell(row, "charge") != options.form || id.empty()) continue;
    const Deadline deadline = TRY(filing::deadline(regime, id, date));
    return filing::text(TRY(filing::day_at(deadline.latest.micros, regime.setting("zone"))));
  }
  return std::string();
}

Result<ChargeQuestion> question_of(const Regime& regime, const ChargeOptions& options) {
  ChargeQuestion question;
  question.charge = options.form;
  question.value = TRY(Decimal::parse_lenient(options.value));
  if (options.levied)
    question.levied_value = options.levied_value.empty() ? question.value : TRY(Decimal::parse_lenient(options.levied_value));
  if (options.days_late < 0 || options.days_late > 100'000) {
    return fail(Code::invalid, "not a number of days", std::to_string(options.days_late), "0 to 100000");
  }
  question.days_late = static_cast<int>(options.days_late);
  const Instant date = options.date.empty() ? Instant{Env::system().now_us(), 0} : TRY(moment_of(regime, options.date));
  question.date = filing::text(TRY(filing::day_at(date.micros, regime.setting("zone"))));
  if (question.days_late > 0) question.last_day = TRY(last_day_of(regime, options, date));
  return question;
}

std::string in_json(const ChargeQuestion& question, const Charge& charge) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().member("charge", question.charge).member("value", question.value.text()).member("date", question.date);
  if (question.levied_value) json.member("leviedValue", question.levied_value->text());
  if (question.days_late > 0) json.member("daysLate", question.days_late).optional_member("lastDay", question.last_day);
  json.member("currency", charge.currency).member("total", charge.total.text(2)).key("lines").begin_array();
  for (const ChargeLine& line : charge.lines) {
    json.begin_object().member("what", line.what).member("amount", line.amount.text(2));
    json.member("working", line.working).member("source", line.source).end_object();
  }
  json.end_array().end_object();
  return body;
}

Result<std::string> answer(ChargeOptions options) {
  const auto regimes = TRY(regimes_with(options.folder));
  const Regime& regime = *TRY(regime_of(*regimes, options.regime));
  options.form = to_upper(options.form);
  const ChargeQuestion question = TRY(question_of(regime, options));
  const auto charge = filing::charge(regime, question);
  if (!charge) {
    Error error = charge.error();
    if (error.code == Code::not_found) error.hint = "one of " + known(regime.table("charges"), "charge");
    return std::unexpected(std::move(error));
  }
  return options.json ? in_json(question, *charge) : charge->total.text(2);
}

// The regime that has such a deadline: the one asked for, or Hong Kong, or the first of the others.
Result<const Regime*> regime_with(const Regimes& regimes, const DeadlineOptions& options) {
  const auto has = [&](const Regime& regime) {
    return (" " + known(regime.table("deadlines"), "deadline") + " ").contains(" " + options.id + " ");
  };
  const Regime* asked = TRY(regime_of(regimes, options.regime.empty() ? "hk" : options.regime));
  if (has(*asked)) return asked;
  if (options.regime.empty()) {
    for (const Regime& regime : regimes.all()) {
      if (has(regime)) return &regime;
    }
  }
  return fail(Code::not_found, "no such deadline", legible(options.id), "one of " + known(asked->table("deadlines"), "deadline"));
}

bool counts_days(const Regime& regime, const std::string& id) {
  const Table& table = regime.table("deadlines");
  for (size_t row = 0; row < table.rows(); ++row) {
    if (table.cell(row, "deadline") == id && table.cell(row, "day_clock") == "yes") return true;
  }
  return false;
}

std::string in_json(const Regime& regime, const Deadline& deadline) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().member("deadline", deadline.id).member("regime", regime.code());
  if (deadline.earliest) json.member("earliest", to_rfc3339(*deadline.earliest));
  json.member("latest", to_rfc3339(deadline.latest)).key("reminders").begin_array();
  for (const Instant& reminder : deadline.reminders) json.value(to_rfc3339(reminder));
  json.end_array().key("working").begin_array();
  for (const std::string& step : deadline.working) json.value(step);
  json.end_array().optional_member("caution", deadline.caution).member("source", deadline.source).end_object();
  return body;
}

Result<std::string> answer(const DeadlineOptions& options) {
  const auto regimes = TRY(regimes_with(options.folder));
  const Regime& regime = *TRY(regime_with(*regimes, options));
  if (filing::parse_day(options.date) && !counts_days(regime, options.id)) {
    return fail(Code::invalid, "this clock counts hours and minutes: a date alone does not do", legible(options.date),
                "as in 2026-11-24T14:30:00+08:00");
  }
  const Instant from = TRY(moment_of(regime, options.date));
  std::optional<Calendar> calendar;
  if (!options.calendar.empty()) {
    calendar = TRY(Calendar::parse(TRY(read_input(options.calendar, kCalendarBytesMax)), options.calendar));
  }
  const Deadline deadline = TRY(filing::deadline(regime, options.id, from, calendar ? &*calendar : nullptr));
  if (options.json) return in_json(regime, deadline);
  if (!deadline.caution.empty()) std::cerr << "fairway: " << deadline.caution << "\n";
  return to_rfc3339(deadline.latest);
}

int tell(const Result<std::string>& answer) {
  if (!answer) return complain(answer.error(), kCannotRun);
  std::cout << *answer << std::endl;
  return kOk;
}

}  // namespace

void add_file_calculators(CLI::App& file, int& status) {
  const auto charge = std::make_shared<ChargeOptions>();
  CLI::App* cost = file.add_subcommand("charge", "what lodging a declaration costs");
  cost->add_option("--form", charge->form, "1, 1A, 1B, 2, 2A or 2B")->required();
  cost->add_option("--value", charge->value, "of the goods: CIF of an import, FOB of an export, in the regime's currency (HK$)")
      ->required();
  CLI::Option* levied =
      cost->add_option("--hk-made-clothing", charge->levied_value,
                       "the part of the value that is clothing and footwear made in Hong Kong; without an amount: all of it");
  levied->expected(0, 1);
  cost->add_option("--days-late", charge->days_late, "days after the last day for lodging");
  cost->add_option("--date", charge->date, "of the import or export; today without it");
  cost->add_option("--only", charge->regime, "the regime whose tables count")->capture_default_str();
  cost->add_option("--regime", charge->folder, "a folder of further regimes")->envname("FAIRWAY_REGIMES");
  cost->add_flag("--json", charge->json, "with the working");
  cost->callback([charge, levied, &status] {
    charge->levied = levied->count() > 0;
    status = tell(answer(*charge));
  });

  const auto deadline = std::make_shared<DeadlineOptions>();
  CLI::App* clock = file.add_subcommand("deadline", "until when something must be filed");
  clock->add_option("what", deadline->id, "import-declaration, export-declaration, cargo-manifest, road-cargo, …")->required();
  clock->add_option("--date", deadline->date, "what it counts from: the import, export, crossing or loading; RFC 3339, or a date")
      ->required();
  clock->add_option("--calendar", deadline->calendar, "date,kind with holiday, gale and black-rain, instead of the built-in calendar");
  clock->add_option("--only", deadline->regime, "the regime whose clock it is; hk, or the first that has such a one, without it");
  clock->add_option("--regime", deadline->folder, "a folder of further regimes")->envname("FAIRWAY_REGIMES");
  clock->add_flag("--json", deadline->json, "with the working");
  clock->callback([deadline, &status] { status = tell(answer(*deadline)); });
}

}  // namespace fairway::app
