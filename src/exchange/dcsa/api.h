// What the APIs of DCSA have in common: who asks is settled first, every answer names the version of the API, and every error is in the
// standard's own words. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "exchange/services.h"
#include "http/server.h"

namespace fairway::exchange::dcsa {

struct Api {
  std::string_view version;  // "2.2.0"
  // The body of an error answer: of the request, the status and when it happened.
  std::string (*error_body)(const Error& error, const http::Request& request, int status, int64_t now_us);
};

// {httpMethod, requestUri, statusCode, statusCodeText, errorDateTime, errors: [{reason, message}]}: Track & Trace 2.2.
[[nodiscard]] std::string request_error(const Error& error, const http::Request& request, int status, int64_t now_us);
inline constexpr Api kTnt2 = {"2.2.0", request_error};
// {feedbackElements: [{severity, message}]}: the APIs from 2025 on.
[[nodiscard]] std::string feedback_error(const Error& error, const http::Request& request, int status, int64_t now_us);

// An Error as the API answers it.
[[nodiscard]] http::Response refusal(const Api& api, const Error& error, const http::Request& request, int64_t now_us);

// As exchange::authenticated() and answering(), in the API's words. Code::invalid for a request that names another major version in
// API-Version. `api` lives as long as the server.
[[nodiscard]] http::Handler handling(Services& services, const Api& api, May may, PrivateHandler handler);
[[nodiscard]] http::Handler answering(Services& services, const Api& api, May may, Answer answer);

}  // namespace fairway::exchange::dcsa
