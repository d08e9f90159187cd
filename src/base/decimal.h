// Decimal: an exact decimal number, for money, weights, quantities and rates. Never a binary fraction on its way.
//
// Up to 18 significant digits with up to 9 of them behind the point; arithmetic that would leave this range is Code::too_large. Values
// compare by what they are worth: 1.50 equals 1.5. Value type; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway {

enum class Rounding : uint8_t { half_up, up, down };  // up: away from zero, down: towards it

class Decimal {
 public:
  static constexpr int kScaleMax = 9;

  constexpr Decimal() = default;
  // `units` of 10^-scale: Decimal(1250, 2) is 12.50.
  constexpr explicit Decimal(int64_t units, int scale = 0) : units_(units), scale_(static_cast<int8_t>(scale)) {}

  // Digits with at most one point and an optional minus: "12", "-0.5", "1234.50"; no blanks, no separators of thousands, no exponent.
  // Code::invalid otherwise, Code::too_large past the range.
  [[nodiscard]] static Result<Decimal> parse(std::string_view text);
  // As people write sheets and invoices: also with separators of thousands ("1,234.50", "1 234.50", "1'234.50"), a leading '+', blanks
  // around. A separator has three digits behind it up to the next one, of the same kind, or the point: "1234,50" is Code::invalid, not
  // 123450.
  [[nodiscard]] static Result<Decimal> parse_lenient(std::string_view text);

  [[nodiscard]] int64_t units() const { return units_; }
  [[nodiscard]] int scale() const { return scale_; }
  [[nodiscard]] bool is_zero() const { return units_ == 0; }
  [[nodiscard]] bool is_negative() const { return units_ < 0; }

  // Without zeros at its end: "12.5".
  [[nodiscard]] std::string text() const;
  // With exactly so many digits behind the point, rounded half up: "12.50".
  [[nodiscard]] std::string text(int digits) const;

  [[nodiscard]] Decimal round(int digits, Rounding rounding = Rounding::half_up) const;
  [[nodiscard]] Result<Decimal> plus(Decimal other) const;
  [[nodiscard]] Result<Decimal> minus(Decimal other) const;
  // Exact where nine digits behind the point hold it, else rounded half up to nine.
  [[nodiscard]] Result<Decimal> times(Decimal other) const;
  // To nine digits behind the point, half up. Code::invalid for a division by zero.
  [[nodiscard]] Result<Decimal> over(Decimal other) const;

  friend bool operator==(Decimal a, Decimal b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(Decimal a, Decimal b);

 private:
  int64_t units_ = 0;
  int8_t scale_ = 0;
};

}  // namespace fairway
