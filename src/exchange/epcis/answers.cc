#include "exchange/epcis/answers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"

namespace fairway::exchange::epcis {
namespace {

struct ExceptionRow {
  Code code;
  std::string_view of_capture, of_query, of_subscription, of_resource;
  int status;
};
constexpr std::array kExceptions = {
    ExceptionRow{Code::invalid, "ValidationException", "QueryParameterException", "SubscriptionControlsException", "ValidationException",
                 400},
    ExceptionRow{Code::unauthorized, "SecurityException", "SecurityException", "SecurityException", "SecurityException", 401},
    ExceptionRow{Code::second_factor, "SecurityException", "SecurityException", "SecurityException", "SecurityException", 401},
    ExceptionRow{Code::forbidden, "SecurityException", "SecurityException", "SecurityException", "SecurityException", 403},
    ExceptionRow{Code::not_found, "NoSuchResourceException", "NoSuchNameException", "NoSuchNameException", "NoSuchResourceException", 404},
    ExceptionRow{Code::conflict, "ResourceAlreadyExistsException", "ResourceAlreadyExistsException", "ResourceAlreadyExistsException",
                 "ResourceAlreadyExistsException", 409},
    ExceptionRow{Code::too_large, "CaptureLimitExceededException", "QueryTooLargeException", "QueryTooLargeException",
                 "QueryTooLargeException", 413},
    ExceptionRow{Code::unsupported, "UnsupportedMediaTypeException", "NotAcceptableException", "NotAcceptableException",
                 "NotAcceptableException", 415},
};
constexpr int64_t kTokenHoldsSeconds = 86'400;

std::string_view name_of(const ExceptionRow& row, Subject subject) {
  switch (subject) {
    case Subject::capture:
    case Subject::event: return row.of_capture;
    case Subject::named_query:
    case Subject::query: return row.of_query;
    case Subject::subscription: return row.of_subscription;
    case Subject::resource: return row.of_resource;
  }
  return row.of_resource;
}

}  // namespace

http::Response exception(const Error& error, Subject subject, std::string_view instance) {
  std::string_view type = "ImplementationException";
  int status = http_status(error.code);
  for (const ExceptionRow& row : kExceptions)
    if (row.code == error.code) type = name_of(row, subject), status = row.status;
  if (type == "NotAcceptableException") status = 406;
  if (subject == Subject::query && error.code == Code::not_found) type = "NoSuchResourceException";
  http::Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  const std::string detail = error.detail.empty() ? error.hint : error.hint.empty() ? error.detail : error.detail + "; " + error.hint;
  JsonWriter(response.body)
      .begin_object()
      .member("type", std::string("epcisException:").append(type))
      .member("title", legible(error.message, limits::kTextBytesMax))
      .member("status", status)
      .optional_member("detail", legible(detail, limits::kTextBytesMax))
      .optional_member("instance", legible(instance, limits::kTextBytesMax))
      .end_object();
  if (status == 401) response.headers.emplace_back("www-authenticate", "Bearer");
  if (status == 503 || status == 429)
    response.headers.emplace_back("retry-after", std::to_string(std::max<int64_t>(1, error.retry_after_s)));
  add_gs1_headers(response);
  return response;
}

Result<EpcFormat> epc_format_of(const http::Request& request) {
  const std::string accept = to_lower(request.header("accept"));
  const auto accepts = [&](std::string_view type) { return accept.find(type) != std::string::npos; };
  if (!accept.empty() && !accepts("json") && !accepts("*/*") && !accepts("application/*"))
    return fail(Code::unsupported, "answers are JSON-LD", legible(accept), "Accept: application/ld+json");
  const std::string_view format = request.header("gs1-epc-format");
  if (format.empty() || format == "Never_Translates") return EpcFormat::as_captured;
  if (format == "Always_GS1_Digital_Link") return EpcFormat::digital_link;
  return fail(Code::unsupported, "EPCs are not to be had in this form", legible(format), "Never_Translates or Always_GS1_Digital_Link");
}

void add_gs1_headers(http::Response& response, EpcFormat format) {
  constexpr auto kHeaders = std::to_array<std::pair<const char*, const char*>>({
      {"gs1-epcis-version", "2.0.0"},
      {"gs1-epcis-min", "2.0.0"},
      {"gs1-epcis-max", "2.0.0"},
      {"gs1-cbv-version", "2.0.0"},
      {"gs1-cbv-min", "2.0.0"},
      {"gs1-cbv-max", "2.0.0"},
      {"gs1-vendor-version", "fairway"},
      {"cache-control", "no-store"},
  });
  for (const auto& [name, value] : kHeaders) response.headers.emplace_back(name, value);
  response.headers.emplace_back("gs1-epc-format", format == EpcFormat::digital_link ? "Always_GS1_Digital_Link" : "Never_Translates");
}

http::Response answer(int status, std::string body, EpcFormat format) {
  http::Response response;
  response.status = status;
  response.content_type = kJsonLd;
  response.body = std::move(body);
  add_gs1_headers(response, format);
  return response;
}

std::string collection(std::string_view members) {
  std::string out;
  JsonWriter(out).begin_object().member("@context", kContextAddress).member("type", "Collection").key("member").raw(members).end_object();
  return out;
}

void add_next_page(http::Response& response, const http::Request& request, std::string_view token, Env& env) {
  std::string address(request.target.substr(0, request.target.find('?')));
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    if (name == "nextPageToken") continue;
    address.append(1, std::exchange(separator, '&')).append(http::percent_encode(name)).append("=").append(http::percent_encode(value));
  }
  address.append(1, separator).append("nextPageToken=").append(http::percent_encode(token));
  response.headers.emplace_back("link", "<" + address + ">; rel=\"next\"");
  response.headers.emplace_back("gs1-next-page-token-expires", to_rfc3339_utc(env.now_us() + kTokenHoldsSeconds * 1'000'000));
}

Result<Paging> paging_of(const http::Request& request) {
  Paging paging;
  if (const std::string* token = request.query_value("nextPageToken")) paging.token = *token;
  const std::string* per_page = request.query_value("perPage");
  if (per_page == nullptr) return paging;
  const auto [end, error] = std::from_chars(per_page->data(), per_page->data() + per_page->size(), paging.per_page);
  if (error != std::errc() || end != per_page->data() + per_page->size() || paging.per_page == 0)
    return fail(Code::invalid, "perPage is a whole number from 1", legible(*per_page));
  paging.per_page = std::min(paging.per_page, limits::kEpcisPageSizeMax);
  return paging;
}

http::Handler late_route(Services& services, May may, Subject subject, LateRoute handler) {
  return [&services, may, subject, handler = std::move(handler)](http::Request request, http::Responder responder) {
    auto viewer = authenticate(services, request);
    if (!viewer) return responder.send(exception(viewer.error(), subject, request.path));
    Status admitted = may != nullptr ? ((**viewer).*may)() : Status();
    const bool reads = request.method == http::Method::get || request.method == http::Method::head;
    if (admitted && reads) admitted = services.quota.admit(**viewer);
    if (!admitted) return responder.send(exception(admitted.error(), subject, request.path));
    handler(std::move(request), std::move(*viewer), responder);
  };
}

http::Handler route(Services& services, May may, Subject subject, Route handler) {
  return late_route(
      services, may, subject,
      [subject, handler = std::move(handler)](http::Request request, const ViewerPtr& viewer, const http::Responder& responder) {
        auto answered = handler(request, viewer);
        if (answered) return responder.send(std::move(*answered));
        http::Response response = exception(answered.error(), subject, request.path);
        if (answered.error().code == Code::not_found) level_time(response, *viewer);
        responder.send(std::move(response));
      });
}

void add_options(http::Router& router, const std::string& path, std::string allowed) {
  router.add(http::Method::options, path, [allowed = std::move(allowed)](const http::Request&, const http::Responder& responder) {
    http::Response response = answer(204, "");
    response.headers.emplace_back("allow", allowed);
    response.headers.emplace_back("gs1-capture-error-behaviour", "all");
    response.headers.emplace_back("gs1-epcis-capture-limit", std::to_string(limits::kEventsPerRequestMax));
    response.headers.emplace_back("gs1-epcis-capture-file-size-limit", std::to_string(limits::kRequestBodyBytesMax));
    responder.send(std::move(response));
  });
}

}  // namespace fairway::exchange::epcis
