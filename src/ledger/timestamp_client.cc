#include "ledger/timestamp_client.h"

#include <cstdlib>

#include "base/bytes.h"
#include "base/instant.h"
#include "http/client.h"

namespace fairway::ledger {
namespace {

constexpr size_t kReplyBytesMax = 128u << 10;
constexpr int64_t kClocksApartUs = 600'000'000;

struct Address {
  std::string origin, target;
};
Result<Address> address_of(const std::string& url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string::npos || (!url.starts_with("http://") && !url.starts_with("https://")))
    return fail(Code::invalid, "not the URL of a time-stamping authority", legible(url, 120), "http://… or https://…");
  const size_t path = url.find('/', scheme + 3);
  return Address{url.substr(0, path), path == std::string::npos ? "/" : url.substr(path)};
}

}  // namespace

Result<std::string> ask_for_stamp(const TimestampAuthority& authority, const TimestampTrust& trust, std::string_view bytes, Env& env,
                                  const std::atomic<bool>* give_up) {
  const Address address = TRY(address_of(authority.url));
  const TimestampRequest request = TRY(make_timestamp_request(bytes, env.random_bytes(16)));
  http::ClientOptions client_options;
  client_options.patience = authority.patience;
  client_options.whole = authority.patience;
  client_options.give_up = give_up;
  client_options.answer_bytes_max = kReplyBytesMax;
  const auto client = TRY(http::Client::open(address.origin, client_options));
  http::ClientRequest asked{http::Method::post, address.target, {{"content-type", "application/timestamp-query"}}, request.der};
  asked.headers.push_back({"accept", "application/timestamp-reply"});
  const http::Response answer = TRY(client->send(asked));
  if (answer.status != 200)
    return fail(Code::unavailable, "the time-stamping authority refused", "status " + std::to_string(answer.status));
  if (!to_lower(answer.content_type).starts_with("application/timestamp-reply"))
    return fail(Code::invalid, "not the reply of a time-stamping authority", legible(answer.content_type, 60));
  TRY_OK(check_reply(answer.body, request, trust));
  const StampedTime stamped = TRY(verify_timestamp(answer.body, bytes, trust));
  if (std::llabs(stamped.at_us - env.now_us()) > kClocksApartUs)
    return fail(Code::forbidden, "the time-stamping authority's clock is far from this server's", to_rfc3339_utc(stamped.at_us));
  return answer.body;
}

Status check_timestamp_url(const std::string& url) {
  TRY(address_of(url));
  return {};
}

}  // namespace fairway::ledger
