#include "exchange/paging.h"

#include <charconv>

#include "base/bytes.h"

namespace fairway::exchange {
namespace {

constexpr size_t kLimitDefault = 50, kLimitMax = 200;

}  // namespace

Result<Position> position_of(std::string_view parameter, std::string_view text) {
  Position position = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
  if (error != std::errc() || end != text.data() + text.size())
    return fail(Code::invalid, "not a number", std::string(parameter) + "=" + legible(text), "use the one that an answer gave you");
  return position;
}

Result<size_t> limit_of(const http::Request& request) {
  const std::string* text = request.query_value("limit");
  if (text == nullptr) return kLimitDefault;
  const Position limit = TRY(position_of("limit", *text));
  if (limit == 0 || limit > kLimitMax)
    return fail(Code::invalid, "not a limit", "limit=" + legible(*text), "1 to " + std::to_string(kLimitMax));
  return limit;
}

std::string cursor_of(const http::Request& request) {
  const std::string* cursor = request.query_value("cursor");
  return cursor == nullptr ? "" : *cursor;
}

http::Response private_json(std::string body, int status) {
  http::Response response;
  response.status = status;
  response.headers = {{"cache-control", "no-store"}};
  response.body = std::move(body);
  return response;
}

}  // namespace fairway::exchange
