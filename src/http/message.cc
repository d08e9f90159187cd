#include "http/message.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json_writer.h"

namespace fairway::http {
namespace {

constexpr std::array<std::string_view, 8> kMethodNames = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "OTHER"};

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

// The value of a hexadecimal digit, or -1.
int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  const char lower = static_cast<char>(digit | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// RFC 3986, section 2.3.
bool is_unreserved(char character) {
  const char lower = static_cast<char>(character | 0x20);
  return (lower >= 'a' && lower <= 'z') || (character >= '0' && character <= '9') ||
         std::string_view("-._~").find(character) != std::string_view::npos;
}

// JSON holds text only, and an Error may quote what a sender wrote in another character set.
std::string as_text(std::string_view bytes) {
  std::string text(bytes);
  if (!is_valid_utf8(text)) {
    std::ranges::replace_if(text, [](char byte) { return (byte & 0x80) != 0; }, '?');
  }
  return text;
}

}  // namespace

std::string_view name(Method method) { return kMethodNames.at(static_cast<size_t>(method)); }

std::string_view find(const Fields& fields, std::string_view lower_name) {
  for (const auto& [name, value] : fields) {
    if (name == lower_name) return value;
  }
  return {};
}

const std::string* Request::query_value(std::string_view name) const {
  const auto field = std::ranges::find(query, name, &Fields::value_type::first);
  return field == query.end() ? nullptr : &field->second;
}

Response problem(const Error& error, std::string_view instance) { return problem(http_status(error.code), error, instance); }

Response problem(int status, const Error& error, std::string_view instance) {
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  const std::string_view code = name(error.code);
  JsonWriter writer(response.body);
  writer.begin_object()
      .member("type", std::string("urn:fairway:problem:").append(code))
      .member("title", as_text(error.message))
      .member("status", status)
      .optional_member("detail", as_text(error.detail))
      .member("code", code)
      .optional_member("hint", as_text(error.hint))
      .optional_member("instance", as_text(instance))
      .end_object();
  if (status == 401) response.headers.emplace_back("www-authenticate", "Bearer");
  if (status == 503 || status == 429)
    response.headers.emplace_back("retry-after", std::to_string(std::max<int64_t>(1, error.retry_after_s)));
  return response;
}

Result<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus_is_blank) {
      decoded += ' ';
    } else if (text[at] != '%') {
      decoded += text[at];
    } else {
      const int high = at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
      const int low = at + 2 < text.size() ? hex_value(text[at + 2]) : -1;
      if (high < 0 || low < 0) {
        return fail(Code::invalid, "A percent sign must be followed by two hexadecimal digits.", "at character " + std::to_string(at + 1),
                    "Write a percent sign itself as %25.");
      }
      decoded += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  if (decoded.find('\0') != std::string::npos) return fail(Code::invalid, "A path or query must not hold the NUL character.");
  if (!is_valid_utf8(decoded)) return fail(Code::invalid, "A path or query must be UTF-8 once its escapes are decoded.");
  return decoded;
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  encoded.reserve(text.size());
  for (const char character : text) {
    if (is_unreserved(character)) {
      encoded += character;
    } else {
      const auto byte = static_cast<unsigned char>(character);
      encoded += {'%', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
    }
  }
  return encoded;
}

Result<Fields> parse_query(std::string_view query) {
  Fields fields;
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    std::string field_name = TRY(percent_decode(pair.substr(0, equals), true));
    std::string value = TRY(percent_decode(pair.substr(std::min(equals + 1, pair.size())), true));
    fields.emplace_back(std::move(field_name), std::move(value));
  }
  return fields;
}

}  // namespace fairway::http
