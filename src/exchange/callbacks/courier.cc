#include "exchange/callbacks/courier.h"

#include "base/limits.h"

namespace fairway::exchange::callbacks {

Result<http::Response> Courier::send(http::Method method, const std::string& url, const Letter& letter,
                                     std::unique_ptr<http::Client>& kept) {
  const Address address = TRY(address_from(url));
  if (!to_private_ && !address.server.starts_with("https://"))
    return fail(Code::forbidden, "anybody on the way could read along", address.server, "give an https:// URL");
  if (!kept) {
    http::ClientOptions options;
    options.patience = std::chrono::seconds(limits::kCallbackSecondsMax / 3);
    options.whole = std::chrono::seconds(limits::kCallbackSecondsMax * 2 / 3);
    options.only_public = !to_private_;
    options.answer_bytes_max = limits::kCallbackAnswerBytesMax;
    options.give_up = &stopping_;
    kept = TRY(http::Client::open(address.server, options));
  }
  http::ClientRequest request;
  request.method = method;
  request.target = address.target;
  request.headers = letter.headers;
  request.headers.emplace_back("user-agent", "Fairway");
  if (!letter.body.empty()) request.headers.emplace_back("content-type", letter.content_type);
  request.body = letter.body;
  Result<http::Response> answered = kept->send(request);
  if (!answered) kept.reset();
  return answered;
}

}  // namespace fairway::exchange::callbacks
