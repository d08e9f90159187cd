#include "exchange/cookies.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/bytes.h"

namespace fairway::exchange {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"fairway", "fairway-sign-in"};
constexpr std::string_view kHostPrefix = "__Host-";

std::string name_of(const http::Request& request, Cookie cookie) {
  return std::string(is_secure(request) ? kHostPrefix : "").append(kNames.at(static_cast<size_t>(cookie)));
}

bool is_on_this_machine(const http::Request& request) {
  return request.peer.starts_with("127.") || request.peer == "::1" || request.peer.starts_with("::ffff:127.");
}

bool is_cross_site(const http::Request& request) { return request.header("sec-fetch-site") == "cross-site"; }

// What a form can send (Fetch, CORS-safelisted request-header): the rest needs this server's word first, which it never gives.
bool is_form(std::string_view content_type) {
  constexpr std::array<std::string_view, 3> kForms = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"};
  const std::string type = to_lower(trim(content_type.substr(0, content_type.find(';'))));
  return std::ranges::find(kForms, type) != kForms.end();
}

void write_cookie(http::Response& response, const http::Request& request, Cookie cookie, std::string_view value, int64_t seconds) {
  std::string text =
      name_of(request, cookie) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds);
  if (is_secure(request)) text += "; Secure";
  response.headers.emplace_back("set-cookie", std::move(text));
}

}  // namespace

bool is_secure(const http::Request& request) { return request.secure; }

Status may_have_cookies(const http::Request& request) {
  if (is_secure(request) || is_on_this_machine(request)) return {};
  return fail(Code::forbidden, "people sign in over TLS only", {}, "use the address that begins with https://");
}

Status check_own_page(const http::Request& request) {
  TRY_OK(may_have_cookies(request));
  if (is_cross_site(request)) return fail(Code::forbidden, "another site's page sent this", {}, "open this server's own page");
  if (is_form(request.header("content-type"))) return fail(Code::unsupported, "a form is not taken", {}, "send application/json");
  return {};
}

std::string_view cookie_of(const http::Request& request, Cookie cookie) {
  if (!may_have_cookies(request)) return {};
  const std::string name = name_of(request, cookie);
  std::string_view rest = request.header("cookie");
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view pair = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') return pair.substr(name.size() + 1);
  }
  return {};
}

void set_cookie(http::Response& response, const http::Request& request, Cookie cookie, std::string_view value, int64_t seconds) {
  write_cookie(response, request, cookie, value, seconds);
}

void clear_cookie(http::Response& response, const http::Request& request, Cookie cookie) { write_cookie(response, request, cookie, "", 0); }

access::Credentials credentials_of(const http::Request& request) {
  const bool is_unsafe =
      request.method != http::Method::get && request.method != http::Method::head && request.method != http::Method::options;
  return {.authorization = request.header("authorization"),
          .session = cookie_of(request, Cookie::session),
          .csrf_token = request.header("x-csrf-token"),
          .is_unsafe = is_unsafe,
          .is_cross_site = is_cross_site(request)};
}

}  // namespace fairway::exchange
