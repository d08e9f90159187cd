#include "http/answer.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/env.h"

namespace fairway::http {
namespace {

struct Reason {
  int status;
  std::string_view phrase;
};

// RFC 9110, section 15; 429 and 431 are RFC 6585's.
constexpr std::array kReasons = {
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{206, "Partial Content"},
    Reason{207, "Multi-Status"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{412, "Precondition Failed"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{416, "Range Not Satisfiable"},
    Reason{417, "Expectation Failed"},
    Reason{422, "Unprocessable Content"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{502, "Bad Gateway"},
    Reason{503, "Service Unavailable"},
    Reason{504, "Gateway Timeout"},
};

// RFC 6797: browsers come over TLS only, for a year from the last answer.
constexpr std::string_view kStrictTransport = "strict-transport-security";
constexpr std::string_view kStrictTransportAge = "max-age=31536000";

constexpr std::array<std::string_view, 4> kFramingFields = {"connection", "content-length", "keep-alive", "transfer-encoding"};

std::string_view reason_of(int status) {
  const auto row = std::ranges::lower_bound(kReasons, status, {}, &Reason::status);
  return row != kReasons.end() && row->status == status ? row->phrase : "";
}

// IMF-fixdate (RFC 9110, 5.6.7), written once a second in each thread.
std::string_view date_now() {
  thread_local time_t written = -1;
  thread_local std::array<char, 32> text;
  thread_local size_t size = 0;
  const auto now = static_cast<time_t>(Env::system().now_us() / 1'000'000);
  if (now != written) {
    static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&now, &utc);
    const int length =
        snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays.at(static_cast<size_t>(utc.tm_wday)), utc.tm_mday,
                 kMonths.at(static_cast<size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
    size = static_cast<size_t>(length);
    written = now;
  }
  return {text.data(), size};
}

// CR, LF and NUL would end the field, or the head (RFC 9110, 5.5).
void append_safely(std::string& head, std::string_view text) {
  const auto ends = [](char character) { return character == '\r' || character == '\n' || character == '\0'; };
  const size_t begin = head.size();
  head += text;
  if (std::ranges::any_of(text, ends)) std::replace_if(head.begin() + static_cast<ptrdiff_t>(begin), head.end(), ends, ' ');
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  append_safely(head, name);
  head += ": ";
  append_safely(head, value);
  head += "\r\n";
}

bool has_field(const Fields& fields, std::string_view name) {
  return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name; });
}

std::string begin_head(const Response& response, const AnswerForm& form, const Fields& default_headers) {
  std::string head;
  head.reserve(512);
  head += "HTTP/1.1 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason_of(response.status);
  head += "\r\ndate: ";
  head += date_now();
  head += "\r\n";
  if (!form.keep_alive) head += "connection: close\r\n";
  if (form.keep_alive && !form.http_1_1) head += "connection: keep-alive\r\n";
  if (!response.content_type.empty() && response.status != 204) append_field(head, "content-type", response.content_type);
  for (const auto& [name, value] : response.headers) {
    if (std::ranges::find(kFramingFields, name) == kFramingFields.end()) append_field(head, name, value);
  }
  for (const auto& [name, value] : default_headers) {
    if (!has_field(response.headers, name)) append_field(head, name, value);
  }
  if (form.secure && !has_field(response.headers, kStrictTransport)) append_field(head, kStrictTransport, kStrictTransportAge);
  return head;
}

}  // namespace

bool has_body(Method method, int status) { return method != Method::head && status >= 200 && status != 204 && status != 304; }

std::string write_head(const Response& response, const AnswerForm& form, const Fields& default_headers) {
  std::string head = begin_head(response, form, default_headers);
  if (response.status >= 200 && response.status != 204 && response.status != 304) {
    head += "content-length: ";
    head += std::to_string(response.shared_body ? response.shared_body->size() : response.body.size());
    head += "\r\n";
  }
  head += "\r\n";
  return head;
}

std::string write_stream_head(const Response& response, const AnswerForm& form, const Fields& default_headers) {
  std::string head = begin_head(response, form, default_headers);
  if (form.http_1_1) head += "transfer-encoding: chunked\r\n";
  head += "\r\n";
  return head;
}

}  // namespace fairway::http
