#include "filing/lodge/hours.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/zone.h"

namespace fairway::filing {
namespace {

constexpr int kDayMinutes = 24 * 60;
constexpr int64_t kMinuteUs = 60'000'000;

// "07:00", "24:00"; −1 for anything else.
int minutes_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  const auto number = [](std::string_view two) {
    int value = -1;
    const auto [end, error] = std::from_chars(two.data(), two.data() + 2, value);
    return error == std::errc() && end == two.data() + 2 ? value : -1;
  };
  const int hour = number(text.substr(0, 2)), minute = number(text.substr(3));
  const bool good = hour >= 0 && minute >= 0 && minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
  return good ? hour * 60 + minute : -1;
}

bool names(const std::vector<std::string>& forms, std::string_view form) {
  return std::ranges::any_of(forms, [&](const std::string& one) {
    if (one.ends_with('*')) return form.starts_with(std::string_view(one).substr(0, one.size() - 1));
    return one == form;
  });
}

}  // namespace

Result<Hours> Hours::of(const Regime& regime, std::string_view authority) {
  Hours hours;
  const Table& table = regime.table("hours");
  for (size_t row = 0; row < table.rows(); ++row) {
    if (table.cell(row, "authority") != authority) continue;
    Row found{regime.code(), regime.setting("zone"), {}, minutes_of(table.cell(row, "opens")), minutes_of(table.cell(row, "closes"))};
    if (found.opens < 0 || found.closes < 0 || found.opens == found.closes)
      return fail(Code::invalid, "an authority's hours are HH:MM to HH:MM", table.place(row));
    std::string_view forms = table.cell(row, "forms");
    while (!forms.empty()) {
      const size_t bar = forms.find('|');
      found.forms.emplace_back(trim(forms.substr(0, bar)));
      forms.remove_prefix(bar == std::string_view::npos ? forms.size() : bar + 1);
    }
    hours.rows_.push_back(std::move(found));
  }
  return hours;
}

Result<Hours> Hours::of(const Regimes& regimes, std::string_view authority) {
  Hours hours;
  for (const Regime& regime : regimes.all()) {
    Hours more = TRY(of(regime, authority));
    std::ranges::move(more.rows_, std::back_inserter(hours.rows_));
  }
  return hours;
}

std::optional<int64_t> Hours::opens_us(std::string_view form, int64_t now_us) const {
  const size_t slash = form.find('/');
  const std::string_view regime = form.substr(0, slash == std::string_view::npos ? 0 : slash);
  const std::string_view code = form.substr(slash == std::string_view::npos ? 0 : slash + 1, form.find('@') - (slash + 1));
  const auto row = std::ranges::find_if(rows_, [&](const Row& one) { return one.regime == regime && names(one.forms, code); });
  if (row == rows_.end()) return std::nullopt;
  const int offset = offset_minutes_at(now_us, row->zone).value_or(0);
  const CivilTime local = civil_of(now_us, offset);
  const int now = local.hour * 60 + local.minute;
  const bool open = row->opens < row->closes ? now >= row->opens && now < row->closes : now >= row->opens || now < row->closes;
  if (open) return std::nullopt;
  const int wait = (row->opens - now + kDayMinutes) % kDayMinutes;
  return now_us - now_us % kMinuteUs + wait * kMinuteUs;
}

}  // namespace fairway::filing
