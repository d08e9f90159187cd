#include "filing/lodge/http_channel.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json.h"
#include "base/limits.h"
#include "filing/lodge/answers.h"

namespace fairway::filing {
namespace {

constexpr std::chrono::seconds kPatience{10}, kWhole{60};
constexpr size_t kAnswersBytesMax = 16u << 20;
// Of 4xx, those that say nothing of the letter: it is sent again.
constexpr std::array kPassing = {401, 403, 404, 405, 408, 421, 425, 429};

bool is_loopback(std::string_view host) {
  return host.starts_with("127.") || host == "localhost" || host.starts_with("localhost:") || host.starts_with("[::1]");
}

// Header values are ASCII: anything else is left to the letter's body.
void add_header(http::Fields& headers, std::string_view name, std::string_view value) {
  const bool plain = std::ranges::all_of(value, [](char c) { return c >= 0x20 && c < 0x7F; });
  if (!value.empty() && plain) headers.emplace_back(name, value);
}

// The words of problem+json, or whatever was said.
Error refusal_of(const http::Response& response) {
  Error error{Code::invalid, "the authority refuses the letter", "HTTP " + std::to_string(response.status), {}};
  const auto parsed = parse_json(response.body);
  const json::object* problem = parsed ? parsed->if_object() : nullptr;
  if (problem == nullptr) {
    if (!response.body.empty()) error.detail = legible(trim(response.body), 500);
    return error;
  }
  if (const std::string_view title = text_of(*problem, "title"); !title.empty()) error.message = legible(title, limits::kTextBytesMax / 4);
  if (const std::string_view detail = text_of(*problem, "detail"); !detail.empty())
    error.detail = legible(detail, limits::kTextBytesMax / 4);
  error.hint = legible(text_of(*problem, "hint"), limits::kTextBytesMax / 4);
  return error;
}

std::unexpected<Error> not_now(const http::Response& response) {
  return fail(Code::unavailable, "the authority does not take it now",
              "HTTP " + std::to_string(response.status) + " " + legible(trim(response.body), 200));
}

}  // namespace

Result<std::unique_ptr<HttpChannel>> HttpChannel::make(HttpChannelSettings settings) {
  const size_t scheme = settings.url.find("://");
  const std::string_view kind = std::string_view(settings.url).substr(0, scheme);
  if (scheme == std::string::npos || (kind != "http" && kind != "https"))
    return fail(Code::invalid, "an authority's address begins with http:// or https://", settings.url);
  const size_t slash = settings.url.find('/', scheme + 3);
  const std::string origin = settings.url.substr(0, slash);
  if (!settings.token.empty() && kind == "http" && !is_loopback(std::string_view(origin).substr(scheme + 3)))
    return fail(Code::invalid, "a token is not sent over the open net in the clear", settings.url, "use https://");
  std::unique_ptr<HttpChannel> channel(new HttpChannel(std::move(settings)));
  if (slash != std::string::npos) channel->path_ = channel->settings_.url.substr(slash);
  while (channel->path_.ends_with('/')) channel->path_.pop_back();
  http::ClientOptions options;
  options.patience = kPatience;
  options.whole = kWhole;
  options.tls = channel->settings_.tls;
  options.give_up = &channel->given_up_;
  options.answer_bytes_max = kAnswersBytesMax;
  channel->client_ = TRY(http::Client::open(origin, options));
  return channel;
}

http::ClientRequest HttpChannel::request(http::Method method, std::string_view path) const {
  http::ClientRequest request;
  request.method = method;
  request.target = path_ + std::string(path);
  if (!settings_.token.empty()) request.headers.emplace_back("authorization", "Bearer " + settings_.token);
  return request;
}

Status HttpChannel::send(const Letter& letter) {
  http::ClientRequest put = request(http::Method::put, "/letters/" + http::percent_encode(letter.id));
  put.headers.emplace_back("content-type", letter.content_type);
  add_header(put.headers, "fairway-filing", letter.filing);
  add_header(put.headers, "fairway-kind", filing::name(letter.kind));
  add_header(put.headers, "fairway-form", letter.form);
  add_header(put.headers, "fairway-format", letter.format);
  add_header(put.headers, "fairway-number", letter.number);
  put.body = letter.body;
  const auto response = client_->send(put);
  // Whatever went wrong on the way says nothing of the letter.
  if (!response) return fail(Code::unavailable, response.error().message, response.error().detail, response.error().hint);
  if (response->status >= 200 && response->status < 300) return {};
  const bool refused = response->status >= 400 && response->status < 500 && std::ranges::find(kPassing, response->status) == kPassing.end();
  if (refused) return std::unexpected(refusal_of(*response));
  return not_now(*response);
}

Result<Channel::Mail> HttpChannel::fetch(std::string_view cursor) {
  http::ClientRequest get = request(http::Method::get, "/answers?after=" + http::percent_encode(cursor));
  get.headers.emplace_back("accept", "application/json");
  const http::Response response = TRY(client_->send(get));
  if (response.status != 200) return not_now(response);
  Mail mail = TRY(read_answers(response.body));
  if (mail.cursor.empty()) mail.cursor = cursor;
  return mail;
}

}  // namespace fairway::filing
