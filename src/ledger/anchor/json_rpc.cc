#include "ledger/anchor/json_rpc.h"

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "http/client.h"

namespace fairway::ledger::anchor {
namespace {

constexpr auto kPatience = std::chrono::seconds(10);
constexpr auto kWhole = std::chrono::seconds(30);
constexpr size_t kQuotedBytesMax = 300;

}  // namespace

Result<json::value> result_of_answer(std::string_view answer, uint64_t id) {
  Result<json::value> parsed = parse_json(answer);
  if (!parsed) return fail(Code::unavailable, "the node's answer is no JSON", parsed.error().message);
  json::object* object = parsed->if_object();
  if (object == nullptr || text_of(*object, "jsonrpc") != "2.0" || integer_of(*object, "id") != static_cast<int64_t>(id))
    return fail(Code::unavailable, "the node's answer is not one of JSON-RPC to this call", legible(answer, kQuotedBytesMax));
  if (const json::object* error = object_of(*object, "error"))
    return fail(Code::forbidden, "the node refuses the call", legible(text_of(*error, "message"), kQuotedBytesMax));
  json::value* result = object->if_contains("result");
  if (result == nullptr) return fail(Code::unavailable, "the node's answer has neither a result nor an error");
  return std::move(*result);
}

Result<SplitUrl> split_url(std::string_view url) {
  const size_t scheme = url.starts_with("http://") ? 7 : url.starts_with("https://") ? 8 : 0;
  if (scheme == 0 || url.size() == scheme || url.find_first_of(" \t\r\n#") != std::string_view::npos)
    return fail(Code::invalid, "this is no URL of http or https", legible(url));
  const size_t path = url.find('/', scheme);
  if (path == std::string_view::npos) return SplitUrl{std::string(url), "/"};
  return SplitUrl{std::string(url.substr(0, path)), std::string(url.substr(path))};
}

Result<JsonRpc::Post> json_poster(std::string_view url, const std::atomic<bool>* give_up) {
  const SplitUrl split = TRY(split_url(url));
  http::ClientOptions options;
  options.patience = kPatience;
  options.whole = kWhole;
  options.give_up = give_up;
  options.answer_bytes_max = limits::kAnchorAnswerBytesMax;
  std::shared_ptr<http::Client> client = TRY(http::Client::open(split.host, options));
  return [client = std::move(client), split](const std::string& body) -> Result<std::string> {
    http::Response answer =
        TRY(client->send({http::Method::post, split.target, {{"content-type", "application/json"}, {"accept", "application/json"}}, body}));
    if (answer.status >= 300)
      return fail(Code::unavailable, split.host + " answers " + std::to_string(answer.status), legible(answer.body, kQuotedBytesMax));
    return std::move(answer.body);
  };
}

Result<JsonRpc> JsonRpc::open(std::string_view url, const std::atomic<bool>* give_up) {
  return JsonRpc(TRY(split_url(url)).host, TRY(json_poster(url, give_up)));
}

Result<json::value> JsonRpc::call(std::string_view method, std::string_view parameters) {
  const uint64_t id = ++calls_;
  std::string body;
  JsonWriter json(body);
  json.begin_object().member("jsonrpc", "2.0").member("id", id).member("method", method).key("params").raw(parameters).end_object();
  const std::string answer = TRY(post_(body));
  return result_of_answer(answer, id);
}

}  // namespace fairway::ledger::anchor
