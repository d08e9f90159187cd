#include "filing/record/normal_form.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/instant.h"
#include "base/limits.h"

namespace fairway::filing {
namespace {

constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80", kNoBreakSpace = "\xC2\xA0";

struct TruthWord {
  std::string_view word;
  bool truth;
};
constexpr std::array<TruthWord, 10> kTruthWords = {{{"yes", true},
                                                    {"no", false},
                                                    {"y", true},
                                                    {"n", false},
                                                    {"true", true},
                                                    {"false", false},
                                                    {"1", true},
                                                    {"0", false},
                                                    {"是", true},
                                                    {"否", false}}};

std::unexpected<Error> expected(std::string_view what, std::string_view raw, std::string hint) {
  return fail(Code::invalid, "not " + std::string(what), legible(raw), std::move(hint));
}

// Blanks of every kind that sheets bring along as plain ones, ends of line as LF, none at either end.
Result<std::string> plain(std::string_view raw) {
  if (!is_valid_utf8(raw)) return expected("text in UTF-8", raw, "save it as UTF-8");
  std::string out;
  out.reserve(raw.size());
  for (size_t at = 0; at < raw.size();) {
    const std::string_view rest = raw.substr(at);
    if (rest.starts_with(kIdeographicSpace) || rest.starts_with(kNoBreakSpace)) {
      out += ' ';
      at += rest.front() == kNoBreakSpace.front() ? kNoBreakSpace.size() : kIdeographicSpace.size();
      continue;
    }
    const char c = rest.front();
    ++at;
    if (c == '\r') {
      if (!rest.starts_with("\r\n")) out += '\n';
    } else if (c == '\t') {
      out += ' ';
    } else if (c != '\n' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)) {
      return expected("plain text", raw, "a control character stands in it");
    } else {
      out += c;
    }
  }
  std::string trimmed(trim(out));
  if (trimmed.size() > limits::kTextBytesMax)
    return fail(Code::too_large, "a text is too long", legible(trimmed),
                "at most " + std::to_string(limits::kTextBytesMax) + " bytes; it has " + std::to_string(trimmed.size()));
  return trimmed;
}

std::string code_form(std::string_view text) {
  std::string out = to_upper(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\n'; });
  return out;
}

bool digits_at(std::string_view text, size_t from, size_t count) {
  return text.size() >= from + count && std::ranges::all_of(text.substr(from, count), [](char c) { return c >= '0' && c <= '9'; });
}

// Whether each comma separates thousands: "1,5" may mean one and a half, and is nobody's fifteen.
bool commas_are_thousands(std::string_view text) {
  const size_t point = text.find('.');
  for (size_t at = text.find(','); at != std::string_view::npos; at = text.find(',', at + 1)) {
    const bool three_follow = digits_at(text, at + 1, 3) && !digits_at(text, at + 4, 1);
    if (at == 0 || at > point || !three_follow) return false;
  }
  return true;
}

Result<std::string> decimal_form(std::string_view text) {
  const auto number = Decimal::parse_lenient(text);
  if (!number || !commas_are_thousands(text))
    return expected("a number", text, "digits with at most one point, as in 1234.50; at most 18 of them, 9 behind the point");
  return number->text();
}

// "2026-11-24", and as sheets have it: "2026/11/24", "20261124", "2026-11-24 00:00:00".
Result<std::string> date_form(std::string_view text) {
  std::string form;
  if (digits_at(text, 0, 8) && text.size() == 8) {
    form = std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" + std::string(text.substr(6));
  } else if (digits_at(text, 0, 4) && digits_at(text, 5, 2) && digits_at(text, 8, 2) && text[4] == text[7] &&
             (text[4] == '-' || text[4] == '/') && (text.size() == 10 || text.substr(10) == " 00:00:00")) {
    form = std::string(text.substr(0, 4)) + "-" + std::string(text.substr(5, 2)) + "-" + std::string(text.substr(8, 2));
  }
  if (form.empty() || !parse_rfc3339(form + "T00:00:00Z")) return expected("a date", text, "year, month, day, as in 2026-11-24");
  return form;
}

Result<std::string> instant_form(std::string_view text) {
  constexpr std::string_view kExample = "as in 2026-11-24T08:30:00+08:00";
  const auto instant = parse_rfc3339(text);
  if (!instant) return expected("a moment", text, "date, time and offset from UTC, " + std::string(kExample));
  if (instant->zone == ZoneSource::assumed)
    return expected("a moment with its offset", text, "say how far local time is from UTC, " + std::string(kExample));
  std::string form = to_rfc3339(*instant);
  if (!parse_rfc3339(form)) return expected("a moment", text, "a year from 1900 to 2200");  // 24:00 of the last day
  return form;
}

Result<std::string> truth_form(std::string_view text) {
  const std::string word = to_lower(text);
  const auto* found = std::ranges::find(kTruthWords, std::string_view(word), &TruthWord::word);
  if (found == kTruthWords.end()) return expected("yes or no", text, "write yes or no");
  return std::string(found->truth ? "yes" : "no");
}

}  // namespace

Result<std::string> normal_form(ValueType type, std::string_view raw) {
  std::string text = TRY(plain(raw));
  if (text.empty()) return text;
  switch (type) {
    case ValueType::text: return text;
    case ValueType::code: return code_form(text);
    case ValueType::decimal: return decimal_form(text);
    case ValueType::date: return date_form(text);
    case ValueType::instant: return instant_form(text);
    case ValueType::truth: return truth_form(text);
  }
  return fail(Code::internal, "a type that no value has");
}

}  // namespace fairway::filing
