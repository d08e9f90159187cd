// What the routes of people, invitations and machines share: bodies, pages and answers. Pure functions; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "exchange/services.h"

namespace fairway::exchange {

// The request's body as a JSON object. Code::invalid where it is none.
[[nodiscard]] Result<json::value> object_in(const http::Request& request);

// An answer that is nobody else's: never kept by a cache.
[[nodiscard]] http::Response private_answer(std::string body, int status = 200);
// 204.
[[nodiscard]] http::Response done();

// `?limit=` and `?cursor=`.
struct PageWish {
  size_t limit = limits::kPeoplePageSizeDefault;
  std::string after;  // what the page before ended with; "": the first page
};
// Code::invalid for a limit out of range and for a cursor that is none.
[[nodiscard]] Result<PageWish> page_in(const http::Request& request);
// A cursor is opaque: the place in hex.
[[nodiscard]] std::string cursor_of(std::string_view after);
// {"NAME":[…],"next"?}
[[nodiscard]] std::string page_json(std::string_view name, const std::vector<std::string>& items, std::string_view next);

// `?overlap=`: how many seconds an old key or secret works on beside the new; a day where nothing is said. Code::invalid past 30 days.
[[nodiscard]] Result<int64_t> overlap_of(const http::Request& request);

// A route that is a function of the services, behind credentials…
using AccountAnswer = Result<http::Response> (*)(Services&, const http::Request&, const ViewerPtr&);
[[nodiscard]] http::Handler answering(Services& services, May may, AccountAnswer answer);
// …and one that needs none.
using PublicAnswer = std::function<Result<http::Response>(const http::Request&)>;
[[nodiscard]] http::Handler answering_anybody(PublicAnswer answer);

// Puts the cookie of a new session on an answer. Whoever signs in again leaves the session before: nobody goes on with one that somebody
// else may have begun for them.
[[nodiscard]] Status give_session(Services& services, const http::Request& request, const access::OpenedSession& opened,
                                  http::Response& response);
// 201 with the session, and its cookie.
[[nodiscard]] Result<http::Response> signed_in(Services& services, const http::Request& request, const access::OpenedSession& opened);
// {"person":{…},"party":{…},"csrf","expires"}
[[nodiscard]] Result<std::string> session_json(Services& services, const access::OpenedSession& session);

// {"password":true,"providers":[…]}: how people may prove who they are.
[[nodiscard]] std::string ways_json(Services& services);

}  // namespace fairway::exchange
