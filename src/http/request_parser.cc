#include "http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <optional>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::http::field;
using beast::http::verb;
using beast_view = beast::string_view;

// A claimed length reserves no more than this ahead of the bytes themselves.
constexpr size_t kBodyReserveBytesMax = 256u << 10;

// "0\r\n\r\n": no less is to come where a chunk's head is awaited. Beast asserts, where it looks at a last chunk for the second time,
// that so much is there.
constexpr size_t kLastChunkBytes = 5;

// A method, the longest target and a version.
constexpr size_t kRequestLineBytesMax = limits::kRequestTargetBytesMax + 20;

std::string_view view(beast_view text) { return {text.data(), text.size()}; }

Method method_of(verb method) {
  switch (method) {
    case verb::get: return Method::get;
    case verb::head: return Method::head;
    case verb::post: return Method::post;
    case verb::put: return Method::put;
    case verb::patch: return Method::patch;
    case verb::delete_: return Method::del;
    case verb::options: return Method::options;
    default: return Method::other;
  }
}

Refusal target_too_long() {
  return {
      414,
      {Code::too_large, "The request's target is too long.", "at most " + std::to_string(limits::kRequestTargetBytesMax) + " bytes", {}}};
}

Refusal refusal_of(error_code ec) {
  using beast::http::error;
  if (ec == error::body_limit) {
    return {413,
            {Code::too_large, "The request's body is too large.", "at most " + std::to_string(limits::kRequestBodyBytesMax) + " bytes",
             "Send it in parts."}};
  }
  if (ec == error::header_limit || ec == error::buffer_overflow) {
    return {431,
            {Code::too_large,
             "The request's header is too large.",
             "at most " + std::to_string(limits::kRequestHeaderBytesMax) + " bytes",
             {}}};
  }
  return {400, {Code::invalid, "The request is not well-formed HTTP/1.1.", ec.message(), {}}};
}

// Fills a Request as Beast finds its parts.
class BeastParser final : public beast::http::basic_parser<true> {
 public:
  Request request;
  std::optional<Refusal> refused;  // where the reason is ours and not Beast's
  bool expects_continue = false;
  bool http_1_1 = true;

 private:
  void refuse(error_code& ec, Refusal why) {
    refused = std::move(why);
    ec = beast::http::error::bad_value;
  }
  void refuse(error_code& ec, int status, Code code, std::string message, std::string detail = {}) {
    refuse(ec, {status, {code, std::move(message), std::move(detail), {}}});
  }

  void on_request_impl(verb method, beast_view, beast_view target, int version, error_code& ec) override {
    if (target.size() > limits::kRequestTargetBytesMax) return refuse(ec, target_too_long());
    request.method = method_of(method);
    request.target.assign(target.data(), target.size());
    http_1_1 = version == 11;
  }

  void on_field_impl(field known, beast_view name, beast_view value, error_code& ec) override {
    if (got_body_) return;  // trailers could smuggle in what a proxy has checked in the header (RFC 9110, 6.5.1)
    switch (known) {
      case field::host:
        if (hosts_++ != 0) return refuse(ec, 400, Code::invalid, "A request carries one Host field.");
        break;
      case field::content_length:
        if (framings_++ != 0) return refuse_framing(ec);
        break;
      case field::transfer_encoding:
        if (framings_++ != 0 || !http_1_1 || !beast::iequals(value, "chunked")) return refuse_framing(ec);
        break;
      case field::expect:
        if (!beast::iequals(value, "100-continue")) return refuse(ec, 417, Code::unsupported, "Only 100-continue can be expected.");
        expects_continue = http_1_1;
        break;
      default: break;
    }
    request.headers.emplace_back(to_lower(view(name)), std::string(view(value)));
  }

  void refuse_framing(error_code& ec) {
    refuse(ec, 400, Code::invalid, "The request's length cannot be told for certain.",
           "one Content-Length, or Transfer-Encoding: chunked, and not both");
  }

  void on_header_impl(error_code& ec) override {
    if (http_1_1 && hosts_ == 0) refuse(ec, 400, Code::invalid, "A request carries one Host field.");
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    got_body_ = true;
    if (length) request.body.reserve(std::min<std::uint64_t>(*length, kBodyReserveBytesMax));
  }
  std::size_t on_body_impl(beast_view body, error_code&) override {
    request.body.append(body.data(), body.size());
    return body.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, beast_view body, error_code&) override {
    request.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, beast_view, error_code&) override {}
  void on_response_impl(int, beast_view, int, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  int hosts_ = 0;
  int framings_ = 0;
  bool got_body_ = false;
};

}  // namespace

struct RequestParser::Impl {
  std::optional<BeastParser> parser;
  size_t header_bytes = 0;
  bool asked_to_continue = false;
  bool awaits_chunk_head = false;
  Refusal refusal;

  Impl() { reset(); }
  void reset() {
    parser.emplace();
    parser->header_limit(limits::kRequestHeaderBytesMax);
    parser->body_limit(limits::kRequestBodyBytesMax);
    header_bytes = 0;
    asked_to_continue = false;
    awaits_chunk_head = false;
  }
  Progress fail(Refusal why, size_t used) {
    refusal = std::move(why);
    return {Step::failed, used};
  }
  Progress step(std::string_view bytes);
  // Whether `rest`, which could not be parsed yet, is a part of the request line and nothing more.
  bool ends_in_request_line(std::string_view rest) const {
    return !rest.empty() && parser->request.target.empty() && rest.find('\n') == std::string_view::npos;
  }
  Refusal header_too_large(std::string_view rest) const {
    return ends_in_request_line(rest) ? target_too_long() : refusal_of(beast::http::error::header_limit);
  }
  Progress wait_for_more(std::string_view rest, size_t used);
};

RequestParser::RequestParser() : impl_(std::make_unique<Impl>()) {}
RequestParser::~RequestParser() = default;

RequestParser::Progress RequestParser::feed(std::string_view bytes) { return impl_->step(bytes); }

RequestParser::Progress RequestParser::Impl::step(std::string_view bytes) {
  size_t used = 0;
  if (!parser->got_some()) {  // RFC 9112, 2.2: an empty line before the request line is skipped
    while (bytes.substr(used).starts_with("\r\n")) used += 2;
    if (bytes.substr(used) == "\r") return {Step::need_more, used};
  }
  while (used < bytes.size()) {
    const bool in_header = !parser->is_header_done();
    if (awaits_chunk_head && bytes.size() - used < kLastChunkBytes) break;
    awaits_chunk_head = false;
    error_code ec;
    const size_t taken = parser->put({bytes.data() + used, bytes.size() - used}, ec);
    used += taken;
    if (in_header) header_bytes += taken;
    if (ec == beast::http::error::need_more) return wait_for_more(bytes.substr(used), used);
    if (ec == beast::http::error::header_limit) return fail(header_too_large(bytes.substr(used)), used);
    if (ec) return fail(parser->refused ? std::move(*parser->refused) : refusal_of(ec), used);
    if (in_header && header_bytes > limits::kRequestHeaderBytesMax) return fail(header_too_large({}), used);
    if (parser->is_done()) return {Step::complete, used};
    if (in_header && parser->expects_continue && used == bytes.size() && !asked_to_continue) {
      asked_to_continue = true;
      return {Step::expects_continue, used};
    }
  }
  return {Step::need_more, used};
}

// Beast waits for a line's end without a limit of its own in chunk headers and trailers, and counts a header that comes in
// pieces from the last whole field on.
RequestParser::Progress RequestParser::Impl::wait_for_more(std::string_view rest, size_t used) {
  if (parser->is_header_done()) {
    awaits_chunk_head = true;
    if (rest.size() > limits::kRequestHeaderBytesMax) return fail(refusal_of(beast::http::error::bad_chunk), used);
  } else if (header_bytes + rest.size() > limits::kRequestHeaderBytesMax ||
             (ends_in_request_line(rest) && rest.size() > kRequestLineBytesMax)) {
    return fail(header_too_large(rest), used);
  }
  return {Step::need_more, used};
}

RequestParser::Parsed RequestParser::take() {
  Parsed parsed{std::move(impl_->parser->request), impl_->parser->http_1_1, impl_->parser->keep_alive()};
  impl_->reset();
  return parsed;
}

const Refusal& RequestParser::refusal() const { return impl_->refusal; }
bool RequestParser::started() const { return impl_->parser->got_some(); }
size_t RequestParser::body_bytes() const { return impl_->parser->request.body.size(); }

}  // namespace fairway::http
