// The cookies of people who sign in, and what a request shows to access. Pure functions over a request; any thread.
//
// Over TLS the names begin with __Host- (RFC 6265bis, 4.1.3.2): the browser takes such a cookie only from this very host, over TLS. By
// plain HTTP a cookie is set and read on the machine itself only, under a name without the prefix, for trying the platform out.
#pragma once

#include <cstdint>
#include <string_view>

#include "access/credentials.h"
#include "base/status.h"
#include "http/message.h"

namespace fairway::exchange {

enum class Cookie : uint8_t {
  session,  // the token of a session
  sign_in,  // what a sign-in through a provider must remember until the browser comes back
};

// Whether the request came over TLS, to this server or to the proxy before it.
[[nodiscard]] bool is_secure(const http::Request& request);

// Code::forbidden for a request over plain HTTP from another machine.
[[nodiscard]] Status may_have_cookies(const http::Request& request);
// Code::forbidden and Code::unsupported for what another site's page could have sent without asking: whoever gives a session to it would
// sign somebody in as somebody else.
[[nodiscard]] Status check_own_page(const http::Request& request);

// The cookie's value, or "".
[[nodiscard]] std::string_view cookie_of(const http::Request& request, Cookie cookie);
// HttpOnly, SameSite=Lax: the browser sends it with what it navigates to and with the page's own requests.
void set_cookie(http::Response& response, const http::Request& request, Cookie cookie, std::string_view value, int64_t seconds);
void clear_cookie(http::Response& response, const http::Request& request, Cookie cookie);

// Views into the request.
[[nodiscard]] access::Credentials credentials_of(const http::Request& request);

}  // namespace fairway::exchange
