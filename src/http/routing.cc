#include "http/routing.h"

#include <algorithm>

namespace fairway::http {

Result<Target> split_target(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const size_t path = target.find('/', scheme.size());
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  target = target.substr(0, target.find('#'));
  if (!target.starts_with('/')) {
    return fail(Code::invalid, "The request's target must be a path.", {}, "Begin it with a slash.");
  }
  const size_t mark = std::min(target.find('?'), target.size());
  return Target{target.substr(0, mark), target.substr(std::min(mark + 1, target.size()))};
}

Result<Router::Match> route(Request& request, const Router& router) {
  const Target target = TRY(split_target(request.target));
  request.path = TRY(percent_decode(target.path, false));
  request.query = TRY(parse_query(target.query));
  Router::Match match = TRY(router.match(request.method, target.path));
  request.path_parameters = std::move(match.parameters);
  return match;
}

Response no_route(const Error& error, const Request& request) {
  const bool wrong_method = error.code == Code::unsupported;
  const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  Response response = problem(wrong_method ? 405 : http_status(error.code), error, path);
  if (wrong_method) response.headers.emplace_back("allow", error.detail);
  return response;
}

}  // namespace fairway::http
