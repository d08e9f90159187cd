// Elements: a message of customs as a struct of texts and the table of its elements: official name, member, what it may hold, how long.
//
// The table is all that writer and reader know of an element. Lengths count as the customs' own: a character of Chinese, Japanese or Korean
// script as two. Values; any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::customs {

enum class Holds : uint8_t {
  text,     // any characters that XML allows
  code,     // letters, digits and marks of ASCII without blanks
  whole,    // digits
  decimal,  // digits with at most one point
  date,     // yyyyMMdd
  moment,   // yyyyMMdd, and then any of HHmmssSSS
};

template <typename T>
struct ElementRow {
  std::string_view name;  // as the authority spells it
  std::string T::* member;
  uint16_t length = 255;
  Holds holds = Holds::text;
};

// Latin characters count one, those of Chinese, Japanese and Korean script two.
[[nodiscard]] size_t counted_length(std::string_view text);

// What is wrong with the value ("longer than 30", "no decimal number"); "" where nothing is. An empty value is never wrong.
[[nodiscard]] std::string wrong_with(std::string_view value, uint16_t length, Holds holds);

template <typename T>
[[nodiscard]] const ElementRow<T>* find_element(std::span<const ElementRow<T>> rows, std::string_view name) {
  const auto found = std::ranges::find(rows, name, &ElementRow<T>::name);
  return found == rows.end() ? nullptr : &*found;
}

// Code::invalid names the first element that must not be written like this.
template <typename T>
[[nodiscard]] Status check_elements(std::span<const ElementRow<T>> rows, const T& values, std::string_view where) {
  for (const ElementRow<T>& row : rows)
    if (const std::string wrong = wrong_with(values.*row.member, row.length, row.holds); !wrong.empty())
      return fail(Code::invalid, "an element cannot be written", std::string(where) + "/" + std::string(row.name) + ": " + wrong,
                  "mend the field of the filing");
  return {};
}

// Reading is lenient: what is said of it goes here, up to limits::kDiagnosticsPerMessageMax.
class Remarks {
 public:
  explicit Remarks(std::vector<Diagnostic>& out) : out_(out) {}
  // Whether nothing more will be kept.
  [[nodiscard]] bool full() const;
  void say(Severity severity, std::string_view code, std::string message, std::string position, uint64_t offset);

 private:
  std::vector<Diagnostic>& out_;
};

}  // namespace fairway::gateway::customs
