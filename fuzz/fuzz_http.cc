// The parts of src/http that read what a stranger sends: requests however they are cut, targets, queries, escapes, routes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "http/message.h"
#include "http/request_parser.h"
#include "http/routing.h"
#include "http/server.h"

namespace {

using namespace fairway;
using namespace fairway::http;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Outcome {
  std::vector<Request> requests;
  bool refused = false;
};

// The requests in `bytes`, presented `piece` bytes at a time.
Outcome parse_in_pieces(std::string_view bytes, size_t piece) {
  Outcome outcome;
  RequestParser parser;
  std::string input;
  while (!bytes.empty() && !outcome.refused) {
    input += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    while (!input.empty()) {
      const auto [step, used] = parser.feed(input);
      require(used <= input.size());
      input.erase(0, used);
      if (step == RequestParser::Step::complete) outcome.requests.push_back(parser.take().request);
      outcome.refused = step == RequestParser::Step::failed;
      if (step == RequestParser::Step::need_more || outcome.refused) break;
    }
    require(outcome.refused || input.size() <= limits::kRequestHeaderBytesMax);
  }
  return outcome;
}

const Router& routes() {
  static const Router router = [] {
    Router made;
    const Handler nothing = [](const Request&, const Responder&) {};
    made.add(Method::get, "/", nothing);
    made.add(Method::get, "/v1/journeys/{reference}", nothing);
    made.add(Method::get, "/v1/journeys/newest", nothing);
    made.add(Method::post, "/v1/{kind}", nothing);
    made.add(Method::get, "/files/{rest...}", nothing);
    return made;
  }();
  return router;
}

void check_text(std::string_view text) {
  for (const bool plus_is_blank : {false, true}) {
    const auto decoded = percent_decode(text, plus_is_blank);
    if (!decoded) continue;
    require(is_valid_utf8(*decoded) && decoded->find('\0') == std::string::npos);
    require(percent_decode(percent_encode(*decoded), plus_is_blank) == *decoded);
  }
}

void check_request(Request request) {
  const auto match = route(request, routes());
  if (!match) {
    (void)no_route(match.error(), request);
    return;
  }
  for (const auto& [name, value] : request.path_parameters) {
    require(is_valid_utf8(value));
    require(name == "rest" ? ("/" + value + "/").find("/../") == std::string::npos : !value.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_text(bytes);
  (void)parse_query(bytes);
  Request asked;
  asked.target = bytes;
  check_request(std::move(asked));

  // However the bytes are cut, the same requests come out and the same ones are refused.
  const Outcome whole = parse_in_pieces(bytes, bytes.size() + 1);
  const Outcome pieces = parse_in_pieces(bytes, size == 0 ? 1 : 1 + data[0] % 7);
  require(whole.requests.size() == pieces.requests.size());
  for (size_t at = 0; at < whole.requests.size(); ++at) {
    const Request& a = whole.requests[at];
    const Request& b = pieces.requests[at];
    require(a.method == b.method && a.target == b.target && a.headers == b.headers && a.body == b.body);
    check_request(a);
  }
  return 0;
}
