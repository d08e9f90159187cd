#include "base/json_scan.h"

#include <array>
#include <cstdint>
#include <string>

#include "base/limits.h"

namespace fairway {
namespace {

static_assert(limits::kJsonDepthMax < 64, "open brackets are kept as bits of one word");

std::unexpected<Error> broken(std::string message, size_t at) {
  return fail(Code::invalid, std::move(message), "at byte " + std::to_string(at), "send one JSON value in UTF-8");
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

size_t skip_blanks(std::string_view text, size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// Bytes at which a scan stops: inside a string its end and escapes, outside it brackets and the beginning of a string.
constexpr std::array<bool, 256> bytes_of(std::string_view bytes) {
  std::array<bool, 256> stops{};
  for (const char c : bytes) stops[static_cast<unsigned char>(c)] = true;
  return stops;
}
constexpr std::array<bool, 256> kStringStops = bytes_of("\"\\");
constexpr std::array<bool, 256> kCompositeStops = bytes_of("\"{}[]");

size_t skip_to(const std::array<bool, 256>& stops, std::string_view text, size_t at) {
  while (at < text.size() && !stops[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

// One past the closing quote of the string whose opening quote is text[at], npos where there is none.
size_t string_end(std::string_view text, size_t at) {
  at = skip_to(kStringStops, text, at + 1);
  while (at < text.size() && text[at] == '\\') at = skip_to(kStringStops, text, at + 2);
  return at < text.size() ? at + 1 : std::string_view::npos;
}

Result<size_t> composite_end(std::string_view text, size_t begin) {
  uint64_t braces = 0;  // bit n: the bracket open at depth n is a brace
  size_t depth = 0;
  for (size_t at = begin; at < text.size(); at = skip_to(kCompositeStops, text, at)) {
    const char c = text[at];
    if (c == '"') {
      at = string_end(text, at);
      if (at == std::string_view::npos) return broken("a JSON string does not end", begin);
    } else if (c == '{' || c == '[') {
      if (depth++ == limits::kJsonDepthMax) return broken("JSON nested too deep", at);
      braces = braces << 1 | (c == '{');
      ++at;
    } else {
      if ((braces & 1) != (c == '}')) return broken("JSON brackets do not match", at);
      braces >>= 1;
      ++at;
      if (--depth == 0) return at;
    }
  }
  return broken("a JSON value is cut off", begin);
}

// Walks the comma-separated items of `text`, which must be `open` … `close` and nothing else. `item` takes the position of an
// item's first byte and gives the position after its last.
Status walk(std::string_view text, char open, char close, const std::function<Result<size_t>(size_t)>& item) {
  size_t at = skip_blanks(text, 0);
  if (at == text.size() || text[at] != open) return broken(std::string("JSON without the expected ") + open, at);
  at = skip_blanks(text, at + 1);
  bool more = at < text.size() && text[at] != close;
  while (more) {
    at = skip_blanks(text, TRY(item(at)));
    more = at < text.size() && text[at] == ',';
    if (more) at = skip_blanks(text, at + 1);
  }
  if (at == text.size() || text[at] != close) return broken(std::string("JSON without the expected , or ") + close, at);
  at = skip_blanks(text, at + 1);
  if (at != text.size()) return broken("text after the JSON value", at);
  return {};
}

}  // namespace

Result<size_t> json_value_end(std::string_view text, size_t at) {
  if (at >= text.size()) return broken("a JSON value is cut off", at);
  if (text[at] == '{' || text[at] == '[') return composite_end(text, at);
  if (text[at] == '"') {
    const size_t end = string_end(text, at);
    if (end == std::string_view::npos) return broken("a JSON string does not end", at);
    return end;
  }
  const size_t end = text.find_first_of(",:]}[{\" \t\r\n", at);
  if (end == at) return broken("JSON without the expected value", at);
  return end == std::string_view::npos ? text.size() : end;
}

Status each_json_element(std::string_view array, const std::function<Status(std::string_view)>& visit) {
  return walk(array, '[', ']', [&](size_t begin) -> Result<size_t> {
    const size_t end = TRY(json_value_end(array, begin));
    TRY_OK(visit(array.substr(begin, end - begin)));
    return end;
  });
}

Status each_json_member(std::string_view object, const JsonMemberVisitor& visit) {
  return walk(object, '{', '}', [&](size_t begin) -> Result<size_t> {
    const size_t name_end = begin < object.size() && object[begin] == '"' ? string_end(object, begin) : std::string_view::npos;
    if (name_end == std::string_view::npos) return broken("a JSON member without a name", begin);
    const size_t colon = skip_blanks(object, name_end);
    if (colon == object.size() || object[colon] != ':') return broken("JSON without the expected :", colon);
    const size_t value = skip_blanks(object, colon + 1);
    const size_t end = TRY(json_value_end(object, value));
    TRY_OK(visit(object.substr(begin + 1, name_end - begin - 2), object.substr(value, end - value)));
    return end;
  });
}

}  // namespace fairway
