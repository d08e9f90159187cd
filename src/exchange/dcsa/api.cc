#include "exchange/dcsa/api.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/env.h"
#include "base/instant.h"
#include "base/json_writer.h"

namespace fairway::exchange::dcsa {
namespace {

struct StatusText {
  int status;
  std::string_view text;
};
constexpr std::array kStatusTexts = {
    StatusText{400, "Bad Request"},         StatusText{401, "Unauthorized"},      StatusText{403, "Forbidden"},
    StatusText{404, "Not Found"},           StatusText{409, "Conflict"},          StatusText{413, "Content Too Large"},
    StatusText{415, "Unsupported"},         StatusText{429, "Too Many Requests"}, StatusText{500, "Internal Server Error"},
    StatusText{503, "Service Unavailable"},
};

std::string_view text_of_status(int status) {
  const auto found = std::ranges::find(kStatusTexts, status, &StatusText::status);
  return found == kStatusTexts.end() ? std::string_view("Error") : found->text;
}

// One sentence: what is wrong, where, and the cure.
std::string sentence(const Error& error) {
  std::string out = error.message;
  if (!error.detail.empty()) out.append(": ").append(error.detail);
  if (!error.hint.empty()) out.append(" (").append(error.hint).append(")");
  return legible(out, 5000);
}

// "2" and "2.2.0" are both versions of API 2.
Status check_version(const Api& api, const http::Request& request) {
  const std::string_view asked = trim(request.header("api-version"));
  const std::string_view major = asked.substr(0, asked.find('.'));
  if (asked.empty() || major == api.version.substr(0, api.version.find('.'))) return {};
  return fail(Code::invalid, "the API-Version is not that of the address", legible(asked), "this is " + std::string(api.version));
}

}  // namespace

std::string request_error(const Error& error, const http::Request& request, int status, int64_t now_us) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("httpMethod", name(request.method)).member("requestUri", legible(request.target, request.target.size()));
  json.member("statusCode", status).member("statusCodeText", text_of_status(status)).member("errorDateTime", to_rfc3339_utc(now_us));
  json.key("errors").begin_array().begin_object().member("reason", name(error.code)).member("message", sentence(error));
  json.end_object().end_array().end_object();
  return out;
}

std::string feedback_error(const Error& error, const http::Request&, int, int64_t) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("feedbackElements").begin_array();
  json.begin_object().member("severity", "ERROR").member("message", sentence(error)).end_object();
  json.end_array().end_object();
  return out;
}

http::Response refusal(const Api& api, const Error& error, const http::Request& request, int64_t now_us) {
  http::Response response = http::problem(error);  // for its status and the headers that go with it
  response.content_type = "application/json";
  response.body = api.error_body(error, request, response.status, now_us);
  response.headers.emplace_back("api-version", api.version);
  return response;
}

http::Handler handling(Services& services, const Api& api, May may, PrivateHandler handler) {
  return [&services, &api, may, handler = std::move(handler)](http::Request request, http::Responder responder) {
    auto viewer = authenticate(services, request);
    const Status admitted = viewer ? admit(services, may, request, **viewer) : std::unexpected(viewer.error());
    const Status version = admitted ? check_version(api, request) : admitted;
    if (!version) return responder.send(refusal(api, version.error(), request, services.env.now_us()));
    handler(std::move(request), std::move(*viewer), std::move(responder));
  };
}

http::Handler answering(Services& services, const Api& api, May may, Answer answer) {
  return handling(services, api, may,
                  [&services, &api, answer = std::move(answer)](const http::Request& request, const ViewerPtr& viewer,
                                                                const http::Responder& responder) {
                    auto answered = answer(request, viewer);
                    if (answered) {
                      answered->headers.emplace_back("api-version", api.version);
                      return responder.send(std::move(*answered));
                    }
                    http::Response refused = refusal(api, answered.error(), request, services.env.now_us());
                    if (answered.error().code == Code::not_found) level_time(refused, *viewer);
                    responder.send(std::move(refused));
                  });
}

}  // namespace fairway::exchange::dcsa
