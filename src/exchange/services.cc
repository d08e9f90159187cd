#include "exchange/services.h"

#include "base/bytes.h"
#include "base/gzip.h"
#include "base/limits.h"
#include "exchange/routes.h"

namespace fairway::exchange {

http::Handler authenticated(Services& services, PrivateHandler handler) {
  return [&services, handler = std::move(handler)](http::Request request, http::Responder responder) {
    auto viewer = services.authenticator.authenticate(request.header("authorization"));
    if (!viewer) return responder.send(http::problem(viewer.error(), request.path));
    handler(std::move(request), std::move(*viewer), std::move(responder));
  };
}

http::Handler answering(Services& services, Answer answer) {
  return authenticated(services, [answer = std::move(answer)](http::Request request, ViewerPtr viewer, http::Responder responder) {
    Result<http::Response> response = answer(request, viewer);
    responder.send(response ? std::move(*response) : http::problem(response.error(), request.path));
  });
}

Result<std::string> body_of(http::Request& request) {
  const std::string encoding = to_lower(trim(request.header("content-encoding")));
  if (encoding.empty() || encoding == "identity") return std::move(request.body);
  if (encoding == "gzip" || encoding == "x-gzip") return gunzip(request.body, limits::kRequestBodyInflatedBytesMax);
  return fail(Code::unsupported, "unknown Content-Encoding", encoding, "send the body as it is, or packed with gzip");
}

void add_routes(http::Router& router, Services& services) {
  add_intake_routes(router, services);
  add_events_routes(router, services);
  add_journey_routes(router, services);
  add_stream_routes(router, services);
  add_system_routes(router, services);
}

}  // namespace fairway::exchange
