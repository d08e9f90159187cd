#include "exchange/cursor.h"

#include <charconv>

#include "base/bytes.h"

namespace fairway::exchange {
namespace {

constexpr size_t kStartsMax = 16;
constexpr std::string_view kLast = "last";
constexpr std::string_view kForgot = "~";

std::unexpected<Error> wrong(std::string_view text, std::string hint) {
  return fail(Code::invalid, "a query parameter is not right", "cursor=" + legible(text), std::move(hint));
}

}  // namespace

Cursor Cursor::next(Position after) const {
  Cursor cursor{starts, forgot, false};
  cursor.starts.push_back(after);
  if (cursor.starts.size() > kStartsMax) {
    cursor.starts.erase(cursor.starts.begin());
    cursor.forgot = true;
  }
  return cursor;
}

std::optional<Cursor> Cursor::previous() const {
  if (starts.empty() || (starts.size() == 1 && forgot)) return std::nullopt;
  return Cursor{{starts.begin(), starts.end() - 1}, forgot, false};
}

// "[~]<position>[.<position>…]-<fingerprint>" or "last-<fingerprint>".
std::string Cursor::text(std::string_view fingerprint) const {
  std::string out(last ? kLast : forgot ? kForgot : "");
  for (size_t i = 0; i < starts.size(); ++i) out.append(i == 0 ? "" : ".").append(std::to_string(starts[i]));
  return out.append("-").append(fingerprint);
}

Result<Cursor> parse_cursor(std::string_view text, std::string_view fingerprint) {
  const size_t dash = text.find('-');
  std::string_view rest = text.substr(0, dash);
  Cursor cursor;
  cursor.last = rest == kLast;
  if (cursor.last) rest = {};
  if (rest.starts_with(kForgot)) {
    cursor.forgot = true;
    rest.remove_prefix(kForgot.size());
  }
  while (!rest.empty()) {
    Position start = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), start);
    rest.remove_prefix(static_cast<size_t>(end - rest.data()));
    if (error != std::errc() || (!rest.empty() && rest.front() != '.') || cursor.starts.size() == kStartsMax)
      return wrong(text, "take the cursor from the Next-Page-Cursor header");
    if (!rest.empty()) rest.remove_prefix(1);
    cursor.starts.push_back(start);
  }
  if (dash == std::string_view::npos || (cursor.starts.empty() && !cursor.last))
    return wrong(text, "take the cursor from the Next-Page-Cursor header");
  if (text.substr(dash + 1) != fingerprint) return wrong(text, "a cursor belongs to the query that gave it: repeat all of its parameters");
  return cursor;
}

}  // namespace fairway::exchange
