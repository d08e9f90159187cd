#include "exchange/account_answers.h"

#include <charconv>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "exchange/cookies.h"

namespace fairway::exchange {

Result<json::value> object_in(const http::Request& request) {
  json::value parsed = TRY(parse_json(request.body));
  if (!parsed.is_object()) return fail(Code::invalid, "the body is not a JSON object");
  return parsed;
}

http::Response private_answer(std::string body, int status) {
  http::Response response;
  response.status = status;
  response.headers = {{"cache-control", "no-store"}};
  response.body = std::move(body);
  return response;
}

http::Response done() { return private_answer({}, 204); }

Result<PageWish> page_in(const http::Request& request) {
  PageWish page;
  if (const std::string* text = request.query_value("limit")) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), page.limit);
    if (error != std::errc() || end != text->data() + text->size() || page.limit == 0 || page.limit > limits::kPeoplePageSizeMax)
      return fail(Code::invalid, "not a limit", "limit=" + legible(*text), "1 to " + std::to_string(limits::kPeoplePageSizeMax));
  }
  if (const std::string* text = request.query_value("cursor")) {
    const auto after = from_hex(*text);
    if (!after || after->empty() || after->size() > limits::kEmailBytesMax)
      return fail(Code::invalid, "not a cursor", "cursor=" + legible(*text), "take it from the \"next\" of the page before");
    page.after = *after;
  }
  return page;
}

std::string cursor_of(std::string_view after) { return to_hex(after); }

std::string page_json(std::string_view name, const std::vector<std::string>& items, std::string_view next) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key(name).begin_array();
  for (const std::string& item : items) writer.raw(item);
  writer.end_array().optional_member("next", cursor_of(next)).end_object();
  return out;
}

Result<int64_t> overlap_of(const http::Request& request) {
  constexpr int64_t kDaySeconds = int64_t{24} * 3600, kMost = 30 * kDaySeconds;
  const std::string* text = request.query_value("overlap");
  if (text == nullptr) return kDaySeconds;
  int64_t seconds = -1;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc() || end != text->data() + text->size() || seconds < 0 || seconds > kMost)
    return fail(Code::invalid, "not an overlap", "overlap=" + legible(*text), "seconds, 0 to " + std::to_string(kMost));
  return seconds;
}

http::Handler answering(Services& services, May may, AccountAnswer answer) {
  return answering(services, may, [&services, answer](const http::Request& request, const ViewerPtr& viewer) {
    return answer(services, request, viewer);
  });
}

http::Handler answering_anybody(PublicAnswer answer) {
  return [answer = std::move(answer)](const http::Request& request, const http::Responder& responder) {
    Result<http::Response> response = answer(request);
    responder.send(response ? std::move(*response) : http::problem(response.error(), request.path));
  };
}

Result<std::string> session_json(Services& services, const access::OpenedSession& session) {
  const Party party = TRY(services.registry.party(session.person.party));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("person").raw(access::describe_self(session.person)).key("party").raw(access::party_json(party));
  writer.member("csrf", access::csrf_of(session.token)).member("expires", to_rfc3339_utc(session.ends_us)).end_object();
  return out;
}

Status give_session(Services& services, const http::Request& request, const access::OpenedSession& opened, http::Response& response) {
  if (const auto before = TRY(services.identity.sessions.find(cookie_of(request, Cookie::session)))) {
    TRY_OK(services.identity.sessions.end(*before));
    services.authenticator.forget();
  }
  set_cookie(response, request, Cookie::session, opened.token, access::kSessionSeconds);
  return {};
}

Result<http::Response> signed_in(Services& services, const http::Request& request, const access::OpenedSession& opened) {
  http::Response response = private_answer(TRY(session_json(services, opened)), 201);
  TRY_OK(give_session(services, request, opened, response));
  return response;
}

std::string ways_json(Services& services) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("password", true).key("providers").begin_array();
  for (const auto& provider : services.identity.relying_party.providers())
    writer.begin_object().member("id", provider->settings().id).member("name", provider->settings().name).end_object();
  writer.end_array().end_object();
  return out;
}

}  // namespace fairway::exchange
