#include "base/decimal.h"

#include <optional>

#include "base/bytes.h"

namespace fairway {
namespace {

using Wide = __int128;

constexpr int64_t kPowers[] = {1,
                               10,
                               100,
                               1'000,
                               10'000,
                               100'000,
                               1'000'000,
                               10'000'000,
                               100'000'000,
                               1'000'000'000,
                               10'000'000'000,
                               100'000'000'000,
                               1'000'000'000'000,
                               10'000'000'000'000,
                               100'000'000'000'000,
                               1'000'000'000'000'000,
                               10'000'000'000'000'000,
                               100'000'000'000'000'000,
                               1'000'000'000'000'000'000};
constexpr int kDigitsMax = 18;
constexpr int64_t kUnitsMax = kPowers[kDigitsMax] - 1;

Wide magnitude(Wide value) { return value < 0 ? -value : value; }

// value / divisor, rounded.
Wide divide(Wide value, Wide divisor, Rounding rounding) {
  const Wide whole = value / divisor;
  const Wide rest = magnitude(value % divisor);
  const bool away = rounding == Rounding::up ? rest != 0 : rounding == Rounding::half_up && rest * 2 >= magnitude(divisor);
  const bool negative = (value < 0) != (divisor < 0);
  return away ? whole + (negative ? -1 : 1) : whole;
}

// Takes digits off the end until the value fits; zeros first, then by rounding.
Result<Decimal> fit(Wide units, int scale) {
  while (scale > 0 && (scale > Decimal::kScaleMax || magnitude(units) > kUnitsMax)) {
    units = divide(units, 10, Rounding::half_up);
    --scale;
  }
  if (magnitude(units) > kUnitsMax) return fail(Code::too_large, "a number has more than 18 digits");
  return Decimal(static_cast<int64_t>(units), scale);
}

std::string written(int64_t units, int scale) {
  std::string digits = std::to_string(units < 0 ? -units : units);
  if (scale > 0) {
    const auto behind = static_cast<size_t>(scale);
    if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
    digits.insert(digits.size() - behind, 1, '.');
  }
  return units < 0 ? "-" + digits : digits;
}

std::unexpected<Error> no_number(std::string_view text) {
  return fail(Code::invalid, "not a decimal number", legible(text), "digits with at most one point, as in 1234.50");
}

// "-1,234,567.80" as "-1234567.80"; none where a separator does not stand before groups of three, or two kinds are mixed.
std::optional<std::string> without_separators(std::string_view text) {
  const std::string_view whole = text.substr(0, text.find('.'));
  const size_t first = whole.find_first_of(", '");
  if (first == std::string_view::npos) return std::string(text);
  const char separator = whole[first];
  std::string plain(whole.substr(0, first));
  if (plain.find_first_of("0123456789") == std::string::npos || plain.size() > 3 + (plain.front() == '-')) return std::nullopt;
  for (size_t at = first; at < whole.size(); at += 4) {
    const std::string_view group = whole.substr(at, 4);
    if (group.size() != 4 || group[0] != separator || group.find_first_not_of("0123456789", 1) != std::string_view::npos)
      return std::nullopt;
    plain += group.substr(1);
  }
  return plain.append(text.substr(whole.size()));
}

}  // namespace

Result<Decimal> Decimal::parse(std::string_view text) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  int64_t units = 0;
  int scale = -1, digits = 0;
  for (const char c : rest) {
    if (c == '.' && scale < 0) {
      scale = 0;
      continue;
    }
    if (c < '0' || c > '9') return no_number(text);
    if (++digits > 0 && units > kUnitsMax / 10) return fail(Code::too_large, "a number has more than 18 digits", legible(text));
    units = units * 10 + (c - '0');
    if (scale >= 0) ++scale;
  }
  if (digits == 0 || rest.ends_with('.')) return no_number(text);
  if (scale > kScaleMax) return fail(Code::too_large, "a number has more than 9 digits behind the point", legible(text));
  return Decimal(negative ? -units : units, scale < 0 ? 0 : scale);
}

Result<Decimal> Decimal::parse_lenient(std::string_view text) {
  std::string_view rest = trim(text);
  if (rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.starts_with('+') || rest.starts_with("-+")) return no_number(text);
  const auto plain = without_separators(rest);
  if (!plain) return no_number(text);
  auto number = parse(*plain);
  if (!number) number.error().detail = legible(text);
  return number;
}

std::string Decimal::text() const {
  int64_t units = units_;
  int scale = scale_;
  while (scale > 0 && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  return written(units, scale);
}

std::string Decimal::text(int digits) const {
  const Decimal rounded = round(digits);
  const std::string bare = written(rounded.units_, rounded.scale_);
  const int missing = digits - rounded.scale_;
  if (missing <= 0) return bare;
  return bare + (rounded.scale_ == 0 ? "." : "") + std::string(static_cast<size_t>(missing), '0');
}

Decimal Decimal::round(int digits, Rounding rounding) const {
  if (digits >= scale_) return *this;
  const int off = scale_ - (digits < 0 ? 0 : digits);
  return Decimal(static_cast<int64_t>(divide(units_, kPowers[off], rounding)), scale_ - off);
}

Result<Decimal> Decimal::plus(Decimal other) const {
  const int scale = scale_ > other.scale_ ? scale_ : other.scale_;
  return fit(static_cast<Wide>(units_) * kPowers[scale - scale_] + static_cast<Wide>(other.units_) * kPowers[scale - other.scale_], scale);
}

Result<Decimal> Decimal::minus(Decimal other) const { return plus(Decimal(-other.units_, other.scale_)); }

Result<Decimal> Decimal::times(Decimal other) const { return fit(static_cast<Wide>(units_) * other.units_, scale_ + other.scale_); }

Result<Decimal> Decimal::over(Decimal other) const {
  if (other.units_ == 0) return fail(Code::invalid, "a division by zero");
  // units / 10^scale at nine digits behind the point.
  const Wide above = static_cast<Wide>(units_) * kPowers[kScaleMax + other.scale_];
  Wide below = static_cast<Wide>(other.units_);
  Wide result = divide(above, below * kPowers[scale_], Rounding::half_up);
  int scale = kScaleMax;
  while (scale > 0 && result % 10 == 0) {
    result /= 10;
    --scale;
  }
  return fit(result, scale);
}

std::strong_ordering operator<=>(Decimal a, Decimal b) {
  const int scale = a.scale_ > b.scale_ ? a.scale_ : b.scale_;
  const Wide left = static_cast<Wide>(a.units_) * kPowers[scale - a.scale_],
             right = static_cast<Wide>(b.units_) * kPowers[scale - b.scale_];
  return left < right ? std::strong_ordering::less : left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace fairway
