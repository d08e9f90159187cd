#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/zone.h"
#include "journey/demurrage.h"

namespace fairway::journey {
namespace {

constexpr int kFreeDaysMax = 365;
constexpr size_t kHolidaysMax = 400;

using Parameter = std::function<const std::string*(std::string_view)>;

template <typename Value>
struct Word {
  std::string_view word;
  Value value;
};
constexpr std::array kTraffics = {Word{"import", Traffic::import}, Word{"export", Traffic::export_}};
constexpr std::array kCharges = {Word{"demurrage", Charge::demurrage}, Word{"detention", Charge::detention}};
constexpr std::array kStarts = {Word{"arrival", ClockStart::arrival}, Word{"discharge", ClockStart::arrival},
                                Word{"availability", ClockStart::availability}};
constexpr std::array kDays = {Word{"calendar", CountedDays::calendar}, Word{"working", CountedDays::working}};
constexpr std::array kFirstDays = {Word{"next", false}, Word{"same", true}};
constexpr std::array kTruths = {Word{"false", false}, Word{"true", true}};

template <typename Value, size_t count>
Status read_word(const Parameter& parameter, std::string_view name, const std::array<Word<Value>, count>& words, Value& into) {
  const std::string* text = parameter(name);
  if (text == nullptr) return {};
  const auto found = std::ranges::find(words, std::string_view(*text), &Word<Value>::word);
  if (found != words.end()) return into = found->value, Status();
  std::string known;
  for (const Word<Value>& word : words) known.append(known.empty() ? "" : ", ").append(word.word);
  return fail(Code::invalid, "not a term of free time", std::string(name) + "=" + legible(*text, 48), "one of " + known);
}

Status read_text(const Parameter& parameter, std::string_view name, std::string& into) {
  const std::string* text = parameter(name);
  if (text == nullptr) return {};
  if (text->size() > limits::kIdentifierBytesMax || !is_valid_utf8(*text))
    return fail(Code::invalid, "not a term of free time", std::string(name),
                "UTF-8 of at most " + std::to_string(limits::kIdentifierBytesMax) + " bytes");
  into = *text;
  return {};
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  CivilTime civil;
  const auto read = [&](size_t at, size_t size, int& into) {
    const char* const end = text.data() + at + size;
    const auto [stop, error] = std::from_chars(text.data() + at, end, into);
    return error == std::errc() && stop == end;
  };
  return read(0, 4, civil.year) && read(5, 2, civil.month) && read(8, 2, civil.day) && micros_of(civil, 0).has_value();
}

Status read_holidays(const Parameter& parameter, std::vector<std::string>& into) {
  const std::string* text = parameter("holidays");
  if (text == nullptr || text->empty()) return {};
  std::string_view rest = *text;
  while (!rest.empty()) {
    const size_t comma = rest.find(',');
    const std::string_view date = rest.substr(0, comma);
    if (!is_date(date) || into.size() == kHolidaysMax)
      return fail(Code::invalid, "not a list of holidays", legible(date, 32),
                  "dates as 2026-12-25, between commas, at most " + std::to_string(kHolidaysMax));
    into.emplace_back(date);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  std::ranges::sort(into);
  into.erase(std::ranges::unique(into).begin(), into.end());
  return {};
}

Status read_free_days(const Parameter& parameter, std::optional<int>& into) {
  const std::string* text = parameter("freeDays");
  if (text == nullptr) return {};
  int days = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), days);
  if (error != std::errc() || end != text->data() + text->size() || days < 0 || days > kFreeDaysMax)
    return fail(Code::invalid, "not a number of free days", "freeDays=" + legible(*text, 32), "0 to " + std::to_string(kFreeDaysMax));
  into = days;
  return {};
}

}  // namespace

std::vector<std::string_view> demurrage_parameters() {
  return {"container",   "traffic",  "charge",   "start", "freeDays", "days",  "chargedDays", "firstDay", "holdsStop",
          "outagesStop", "holidays", "timeZone", "rule",  "rate",     "basis", "contact",     "url",      "timeToDispute"};
}

Result<DemurrageTerms> demurrage_terms_from(const Parameter& parameter) {
  DemurrageTerms terms;
  TRY_OK(read_text(parameter, "container", terms.container));
  TRY_OK(read_word(parameter, "traffic", kTraffics, terms.traffic));
  TRY_OK(read_word(parameter, "charge", kCharges, terms.charge));
  TRY_OK(read_word(parameter, "start", kStarts, terms.start));
  TRY_OK(read_free_days(parameter, terms.free_days));
  TRY_OK(read_word(parameter, "days", kDays, terms.free_counted));
  TRY_OK(read_word(parameter, "chargedDays", kDays, terms.charged_counted));
  TRY_OK(read_word(parameter, "firstDay", kFirstDays, terms.first_day_counts));
  TRY_OK(read_word(parameter, "holdsStop", kTruths, terms.holds_stop));
  TRY_OK(read_word(parameter, "outagesStop", kTruths, terms.outages_stop));
  TRY_OK(read_holidays(parameter, terms.holidays));
  TRY_OK(read_text(parameter, "timeZone", terms.zone));
  if (!terms.zone.empty()) TRY(offset_minutes_at(0, terms.zone));
  TRY_OK(read_text(parameter, "rule", terms.rule));
  TRY_OK(read_text(parameter, "rate", terms.rate));
  TRY_OK(read_text(parameter, "basis", terms.basis));
  TRY_OK(read_text(parameter, "contact", terms.contact));
  TRY_OK(read_text(parameter, "url", terms.url));
  TRY_OK(read_text(parameter, "timeToDispute", terms.time_to_dispute));
  return terms;
}

}  // namespace fairway::journey
