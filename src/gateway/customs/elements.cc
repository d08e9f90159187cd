#include "gateway/customs/elements.h"

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/limits.h"

namespace fairway::gateway::customs {
namespace {

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// XML 1.0, 2.2: of the control characters only tab, line feed and carriage return are characters. A reader makes one blank of line ends.
bool is_xml_text(std::string_view text) {
  return is_valid_utf8(text) && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; }) &&
         text.find("\xEF\xBF\xBE") == std::string_view::npos && text.find("\xEF\xBF\xBF") == std::string_view::npos;
}

bool is_date(std::string_view text) {
  if (text.size() != 8 || !is_digits(text)) return false;
  const std::string_view month = text.substr(4, 2), day = text.substr(6, 2);
  return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

std::string wrong_form(std::string_view value, Holds holds) {
  switch (holds) {
    case Holds::text: return is_xml_text(value) && trim(value) == value ? "" : "no text that XML can hold, or has blanks at its ends";
    case Holds::code:
      return std::ranges::all_of(value, [](char c) { return c > ' ' && c < '\x7F'; }) ? "" : "no code: letters, digits and marks of ASCII";
    case Holds::whole: return is_digits(value) ? "" : "no whole number";
    case Holds::decimal: return Decimal::parse(value) ? "" : "no decimal number";
    case Holds::date: return is_date(value) ? "" : "no date: yyyyMMdd";
    case Holds::moment: return value.size() <= 17 && is_date(value.substr(0, 8)) && is_digits(value) ? "" : "no moment: yyyyMMddHHmmss";
  }
  return "";
}

}  // namespace

size_t counted_length(std::string_view text) {
  // Three and four bytes of UTF-8 begin with 0xE0 and above: the scripts of East Asia among them, and no other that customs take.
  size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) length += byte >= 0xE0 ? 2 : 1;
  }
  return length;
}

std::string wrong_with(std::string_view value, uint16_t length, Holds holds) {
  if (value.empty()) return {};
  if (std::string wrong = wrong_form(value, holds); !wrong.empty()) return wrong;
  return counted_length(value) > length ? "longer than " + std::to_string(length) : std::string();
}

bool Remarks::full() const { return out_.size() >= limits::kDiagnosticsPerMessageMax; }

void Remarks::say(Severity severity, std::string_view code, std::string message, std::string position, uint64_t offset) {
  if (full()) return;
  out_.push_back({.severity = severity,
                  .code = std::string(code),
                  .message = std::move(message),
                  .segment = 0,
                  .position = std::move(position),
                  .offset = offset});
}

}  // namespace fairway::gateway::customs
