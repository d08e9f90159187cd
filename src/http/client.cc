#include "http/client.h"

#include <algorithm>
#include <array>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include "base/bytes.h"
#include "base/limits.h"
#include "http/transport.h"

namespace fairway::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast_view = beast::string_view;

constexpr size_t kHeaderBytesMax = 64u << 10;
constexpr size_t kLastChunkBytes = 5;  // "0\r\n\r\n"; Beast asserts that so much is there when it looks at a last chunk again
constexpr size_t kReadBytes = 64u << 10;

using Sink = std::function<bool(std::string_view)>;

// Fills a Response as Beast finds its parts; the body goes to the sink, where there is one and the answer is a good one.
class ResponseParser final : public beast::http::basic_parser<false> {
 public:
  ResponseParser(const Sink* sink, size_t body_bytes_max) : sink_(sink), body_bytes_max_(body_bytes_max) {
    eager(true);
    header_limit(kHeaderBytesMax);
    body_limit(boost::none);  // kept by take(), which knows where the bytes go
    response.content_type.clear();
  }
  Response response;
  bool stopped = false;  // the sink has had enough
  bool too_large = false;

 private:
  void on_response_impl(int status, beast_view, int, error_code&) override { response.status = status; }
  void on_field_impl(beast::http::field field, beast_view name, beast_view value, error_code& ec) override {
    header_bytes_ += name.size() + value.size();
    if (header_bytes_ > kHeaderBytesMax) ec = beast::http::error::header_limit;  // Beast counts only what one call sees
    if (field == beast::http::field::content_type) response.content_type.assign(value.data(), value.size());
    response.headers.emplace_back(to_lower({name.data(), name.size()}), std::string(value.data(), value.size()));
  }
  std::size_t on_body_impl(beast_view body, error_code& ec) override { return take({body.data(), body.size()}, ec); }
  std::size_t on_chunk_body_impl(std::uint64_t, beast_view body, error_code& ec) override { return take({body.data(), body.size()}, ec); }
  void on_header_impl(error_code& ec) override {
    const auto length = content_length();
    if (length && *length > body_bytes_max_ && !has_sink() && !is_done()) refuse_size(ec);  // done: it answers HEAD
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  void on_chunk_header_impl(std::uint64_t, beast_view, error_code&) override {}
  void on_request_impl(beast::http::verb, beast_view, beast_view, int, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  std::size_t take(std::string_view bytes, error_code& ec) {
    if (has_sink()) {
      stopped = !(*sink_)(bytes);
      if (stopped) ec = beast::http::error::end_of_stream;
    } else if (response.body.size() + bytes.size() > body_bytes_max_) {
      refuse_size(ec);
    } else {
      response.body.append(bytes);
    }
    return bytes.size();
  }
  [[nodiscard]] bool has_sink() const { return sink_ != nullptr && response.status < 300; }
  void refuse_size(error_code& ec) {
    too_large = true;
    ec = beast::http::error::body_limit;
  }

  const Sink* sink_;
  const size_t body_bytes_max_;
  size_t header_bytes_ = 0;
};

bool is_idempotent(Method method) { return method != Method::post && method != Method::patch && method != Method::other; }

bool breaks_line(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos; }

Result<std::string> write_request_head(const ClientRequest& request, std::string_view host) {
  const bool fields_are_clean =
      std::ranges::none_of(request.headers, [](const auto& field) { return breaks_line(field.first) || breaks_line(field.second); });
  if (!request.target.starts_with('/') || request.target.find(' ') != std::string::npos || breaks_line(request.target) ||
      !fields_are_clean || request.method == Method::other) {
    return fail(Code::invalid, "This request cannot be written as HTTP.", request.target, "Encode the target and drop line breaks.");
  }
  std::string head(name(request.method));
  head.append(" ").append(request.target).append(" HTTP/1.1\r\nhost: ").append(host).append("\r\n");
  for (const auto& [field, value] : request.headers) head.append(field).append(": ").append(value).append("\r\n");
  if (!request.body.empty() || !is_idempotent(request.method)) {
    head.append("content-length: ").append(std::to_string(request.body.size())).append("\r\n");
  }
  return head.append("\r\n");
}

class ClientImpl final : public Client {
 public:
  ClientImpl(Endpoint endpoint, ClientOptions options) : endpoint_(std::move(endpoint)), options_(std::move(options)) {}
  Result<Response> send(const ClientRequest& request) override { return exchange(request, nullptr); }
  Result<Response> stream(const ClientRequest& request, const Sink& piece) override { return exchange(request, &piece); }

 private:
  Result<Response> exchange(const ClientRequest& request, const Sink* sink);
  Status send_request(const ClientRequest& request, const std::string& head);
  Result<Response> receive(const ClientRequest& request, const Sink* sink, bool& silent);
  Result<bool> fill(ResponseParser& parser, bool& silent);

  const Endpoint endpoint_;
  const ClientOptions options_;
  std::unique_ptr<Transport> transport_;
  std::string input_;  // received and not yet parsed
  std::chrono::steady_clock::time_point began_;
  bool awaits_more_ = false;  // the parser has seen input_ and can do nothing with so little
};

Result<Response> ClientImpl::exchange(const ClientRequest& request, const Sink* sink) {
  const std::string head = TRY(write_request_head(request, endpoint_.name));
  began_ = std::chrono::steady_clock::now();
  while (true) {
    if (transport_ && (!input_.empty() || transport_->stale())) transport_.reset();
    const bool reused = transport_ != nullptr;
    if (!reused) {
      input_.clear();
      awaits_more_ = false;
      transport_ = TRY(Transport::connect(endpoint_, options_));
    }
    bool silent = true;
    const Status sent = send_request(request, head);
    // A server that refuses a body may answer before it has read it, so an answer is looked for in any case.
    auto response = receive(request, sink, silent);
    if (response) return response;
    const bool try_again = reused && silent && is_idempotent(request.method) && !transport_->timed_out();
    transport_.reset();
    if (!try_again) return sent ? std::move(response) : std::unexpected(sent.error());
  }
}

Status ClientImpl::send_request(const ClientRequest& request, const std::string& head) {
  constexpr size_t kJoinBytesMax = 16u << 10;
  if (request.body.size() <= kJoinBytesMax) return transport_->write(head + request.body);
  TRY_OK(transport_->write(head));
  return transport_->write(request.body);
}

Result<Response> ClientImpl::receive(const ClientRequest& request, const Sink* sink, bool& silent) {
  while (true) {
    ResponseParser parser(sink, options_.answer_bytes_max);
    parser.skip(request.method == Method::head);
    while (!parser.is_done()) {
      const bool more = TRY(fill(parser, silent));
      if (parser.stopped) {
        transport_.reset();
        return std::move(parser.response);
      }
      if (!more) break;
    }
    if (parser.response.status / 100 == 1) continue;  // interim (RFC 9110, 15.2)
    if (!parser.keep_alive()) transport_.reset();
    return std::move(parser.response);
  }
}

// Parses what is there, or reads more. False when the connection's end was the answer's end.
Result<bool> ClientImpl::fill(ResponseParser& parser, bool& silent) {
  const bool short_chunk_head = awaits_more_ && parser.is_header_done() && input_.size() < kLastChunkBytes;
  if (!input_.empty() && !short_chunk_head) {
    error_code ec;
    const size_t used = parser.put({input_.data(), input_.size()}, ec);
    input_.erase(0, used);
    awaits_more_ = ec == beast::http::error::need_more;
    if (parser.stopped) return true;
    if (parser.too_large) {
      return fail(Code::too_large, "The answer is too large.", "at most " + std::to_string(options_.answer_bytes_max) + " bytes");
    }
    if (ec && ec != beast::http::error::need_more) {
      return fail(Code::invalid, "The server's answer is not well-formed HTTP/1.1.", ec.message());
    }
    if (parser.is_done()) return true;
    if (input_.size() > kHeaderBytesMax) return fail(Code::too_large, "The answer's header is too large.");
  }
  if (options_.whole.count() != 0 && std::chrono::steady_clock::now() - began_ > options_.whole)
    return fail(Code::unavailable, "The server's answer takes too long.", endpoint_.name);
  std::array<char, kReadBytes> room;
  const size_t size = TRY(transport_->read(room));
  if (size != 0) {
    silent = false;
    input_.append(room.data(), size);
    return true;
  }
  error_code ec;
  if (parser.got_some()) parser.put_eof(ec);
  if (!parser.got_some() || ec)
    return fail(Code::unavailable, "The server closed the connection before its answer was complete.", endpoint_.name);
  return false;
}

}  // namespace

Result<std::unique_ptr<Client>> Client::open(std::string_view url, const ClientOptions& options) {
  return std::make_unique<ClientImpl>(TRY(parse_url(url)), options);
}

}  // namespace fairway::http
