#include "access/oidc/fetch.h"

#include <algorithm>
#include <chrono>

#include "base/bytes.h"
#include "base/limits.h"
#include "http/client.h"

namespace fairway::access::oidc {
namespace {

constexpr auto kPatience = std::chrono::seconds(5);
constexpr int64_t kTotalNs = 10'000'000'000;

struct Address {
  std::string server;  // "https://host:port"
  std::string target;  // "/path?query"
};

Result<Address> split(std::string_view url) {
  const size_t scheme = url.find("://");
  const bool has_fragment = url.find('#') != std::string_view::npos;
  if (scheme == std::string_view::npos || has_fragment) return fail(Code::invalid, "not a provider's address", legible(url));
  const size_t path = std::min(url.find_first_of("/?", scheme + 3), url.size());
  std::string target(url.substr(path));
  if (!target.starts_with('/')) target.insert(0, "/");
  return Address{std::string(url.substr(0, path)), std::move(target)};
}

bool is_on_this_machine(std::string_view server) {
  constexpr std::string_view kScheme = "http://";
  if (!server.starts_with(kScheme)) return false;
  const std::string_view authority = server.substr(kScheme.size());
  const std::string_view host =
      authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1) : authority.substr(0, authority.find(':'));
  const bool is_address = host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host == "localhost" || host == "[::1]" || is_address;
}

Result<std::string> fetch(Env& env, const FetchRequest& request) {
  TRY_OK(check_address(request.url));
  const Address address = TRY(split(request.url));
  const auto client = TRY(http::Client::open(address.server, {.patience = kPatience}));
  http::ClientRequest asked{request.form.empty() ? http::Method::get : http::Method::post, address.target, request.headers, request.form};
  asked.headers.emplace_back("accept", "application/json");
  if (!request.form.empty()) asked.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
  std::string body;
  const int64_t end_ns = env.steady_ns() + kTotalNs;
  bool enough = false;
  const auto response = client->stream(asked, [&](std::string_view piece) {
    enough = body.size() + piece.size() > limits::kProviderAnswerBytesMax || env.steady_ns() > end_ns;
    if (!enough) body += piece;
    return !enough;
  });
  if (!response) return fail(Code::unavailable, "the provider does not answer", response.error().text(), "try again later");
  if (response->status != 200) return fail(Code::unavailable, "the provider refuses", "status " + std::to_string(response->status));
  if (enough) return fail(Code::unavailable, "the provider's answer is too long, or takes too long", address.server);
  return body;
}

}  // namespace

Status check_address(std::string_view url) {
  const Address address = TRY(split(url));
  if (address.server.starts_with("https://") || is_on_this_machine(address.server)) return {};
  return fail(Code::invalid, "a provider is asked over TLS only", legible(url), "its address begins with https://");
}

Fetch fetch_over_http(Env& env) {
  return [&env](const FetchRequest& request) { return fetch(env, request); };
}

}  // namespace fairway::access::oidc
