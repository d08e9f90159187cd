// What all answers under /epcis have in common: GS1's headers, and errors of the types that EPCIS 2.0 names.
//
// Functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "exchange/services.h"
#include "http/message.h"
#include "http/server.h"

namespace fairway::exchange::epcis {

inline constexpr std::string_view kRoot = "/epcis";
inline constexpr std::string_view kJsonLd = "application/ld+json";
inline constexpr std::string_view kContextAddress = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

// What a route is about: the same Code is another exception of EPCIS when capturing than when asking.
enum class Subject : uint8_t { capture, event, query, named_query, subscription, resource };

// {"type": "epcisException:ValidationException", "title", "status", "detail", "instance"} (RFC 7807).
[[nodiscard]] http::Response exception(const Error& error, Subject subject, std::string_view instance);

// How EPCs are to be written in an answer (GS1-EPC-Format): as they were captured, or as GS1 Digital Links.
enum class EpcFormat : uint8_t { as_captured, digital_link };
// What the request asks for of it; Code::unsupported for a format that is not to be had: EPC URNs, and anything but JSON.
[[nodiscard]] Result<EpcFormat> epc_format_of(const http::Request& request);

// A body of JSON-LD with GS1's headers.
[[nodiscard]] http::Response answer(int status, std::string body, EpcFormat format = EpcFormat::as_captured);
void add_gs1_headers(http::Response& response, EpcFormat format = EpcFormat::as_captured);

// {"@context": …, "type": "Collection", "member": […]}; `members` is JSON text of a list.
[[nodiscard]] std::string collection(std::string_view members);

// The body for an answer that adds "next" to the address that was asked for: Link: <…>; rel="next", and until when it holds.
void add_next_page(http::Response& response, const http::Request& request, std::string_view token, Env& env);

// How many a page (perPage), and what comes after what (nextPageToken, "" for the first page).
struct Paging {
  size_t per_page = limits::kEpcisPageSizeDefault;
  std::string token;
};
[[nodiscard]] Result<Paging> paging_of(const http::Request& request);

// A route whose errors are EPCIS's: who asks is settled first, and what it may is asked.
using Route = std::function<Result<http::Response>(http::Request&, const ViewerPtr&)>;
[[nodiscard]] http::Handler route(Services& services, May may, Subject subject, Route handler);
// The same for a handler that answers later.
using LateRoute = std::function<void(http::Request, ViewerPtr, const http::Responder&)>;
[[nodiscard]] http::Handler late_route(Services& services, May may, Subject subject, LateRoute handler);
// OPTIONS: what may be done here.
void add_options(http::Router& router, const std::string& path, std::string allowed);

}  // namespace fairway::exchange::epcis
