#include "http/transport.h"

#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl.hpp>
#include <cerrno>
#include <optional>

#include "http/public_address.h"

namespace fairway::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Socket = asio::generic::stream_protocol::socket;
using TlsSocket = asio::ssl::stream<Socket>;

struct Scheme {
  std::string_view prefix;
  Endpoint::Kind kind;
  std::string_view port;
};
constexpr std::array kSchemes = {
    Scheme{"http://", Endpoint::Kind::tcp, "80"},
    Scheme{"https://", Endpoint::Kind::tls, "443"},
    Scheme{"unix:", Endpoint::Kind::local, ""},
};

std::unexpected<Error> unreachable(const Endpoint& endpoint, const error_code& ec) {
  return fail(Code::unavailable, "The server cannot be reached.", endpoint.name + ": " + ec.message());
}

Status check_public(const asio::ip::address& address, const Endpoint& endpoint) {
  if (is_public(address.to_string())) return {};
  return fail(Code::forbidden, "This address is not on the open internet.", endpoint.name + ": " + address.to_string(),
              "Give the URL of a server that everybody can reach.");
}

// What the streams have in common: Asio's asynchronous calls, each run until it is done or patience is over.
class AsioTransport : public Transport {
 public:
  AsioTransport(Endpoint endpoint, const ClientOptions& options)
      : endpoint_(std::move(endpoint)), patience_(options.patience), only_public_(options.only_public), give_up_(options.give_up) {}

  bool stale() override {
    char byte = 0;
    const ssize_t size = ::recv(socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return size >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
  }

  bool timed_out() const override { return timed_out_; }

  Status connect() {
    const auto candidates = TRY(resolve());
    Status outcome = fail(Code::unavailable, "The server cannot be reached.", endpoint_.name + ": no address");
    for (const auto& candidate : candidates) {
      error_code ec;
      socket().close(ec);
      const auto connected =
          complete([&](auto done) { socket().async_connect(candidate, [done](error_code connect_ec) { done(connect_ec, 0); }); });
      if (connected) return secure();
      outcome = std::unexpected(connected.error());
    }
    return outcome;
  }

 protected:
  virtual Socket& socket() = 0;
  virtual Status secure() { return {}; }

  // Starts an operation and waits for it.
  template <typename Start>
  Result<size_t> complete(Start start) {
    std::optional<error_code> outcome;
    size_t size = 0;
    start([&](error_code ec, size_t transferred) {
      outcome = ec;
      size = transferred;
    });
    io_.restart();
    run_until(outcome);
    timed_out_ = !outcome;
    if (timed_out_) {
      error_code ignored;
      socket().close(ignored);
      io_.restart();
      io_.run();  // the operation refers to this frame: it must end with it
      return fail(Code::unavailable, "The server does not answer in time.",
                  endpoint_.name + ": " + std::to_string(patience_.count()) + " ms");
    }
    if (*outcome == asio::error::eof) return 0;
    if (*outcome) return unreachable(endpoint_, *outcome);
    return size;
  }

  template <typename Stream>
  Result<size_t> read_from(Stream& stream, std::span<char> room) {
    return complete([&](auto done) { stream.async_read_some(asio::buffer(room.data(), room.size()), done); });
  }
  template <typename Stream>
  Status write_to(Stream& stream, std::string_view bytes) {
    while (!bytes.empty()) {
      bytes.remove_prefix(TRY(complete([&](auto done) { stream.async_write_some(asio::buffer(bytes.data(), bytes.size()), done); })));
    }
    return {};
  }

  asio::io_context io_{1};
  const Endpoint endpoint_;

 private:
  // Until there is an outcome, patience is over, or somebody says that it is no use any more.
  void run_until(const std::optional<error_code>& outcome) {
    constexpr std::chrono::milliseconds kLook{100};
    if (give_up_ == nullptr) {
      io_.run_for(patience_);
      return;
    }
    for (auto left = patience_; !outcome && left.count() > 0 && !give_up_->load(); left -= kLook) io_.run_for(std::min(left, kLook));
  }

  Result<std::vector<asio::generic::stream_protocol::endpoint>> resolve() {
    std::vector<asio::generic::stream_protocol::endpoint> found;
    if (endpoint_.kind == Endpoint::Kind::local) {
      if (only_public_) return fail(Code::forbidden, "A local socket is not on the open internet.", endpoint_.host);
      found.emplace_back(asio::local::stream_protocol::endpoint(endpoint_.host));
      return found;
    }
    error_code ec;
    asio::ip::tcp::resolver resolver(io_);
    for (const auto& entry : resolver.resolve(endpoint_.host, endpoint_.port, ec)) {
      if (only_public_) TRY_OK(check_public(entry.endpoint().address(), endpoint_));
      found.emplace_back(entry.endpoint());
    }
    if (ec) return unreachable(endpoint_, ec);
    return found;
  }

  const std::chrono::milliseconds patience_;
  const bool only_public_;
  const std::atomic<bool>* give_up_;
  bool timed_out_ = false;
};

class PlainTransport final : public AsioTransport {
 public:
  using AsioTransport::AsioTransport;
  Result<size_t> read(std::span<char> room) override { return read_from(socket_, room); }
  Status write(std::string_view bytes) override { return write_to(socket_, bytes); }

 private:
  Socket& socket() override { return socket_; }
  Socket socket_{io_};
};

std::unexpected<Error> unusable(std::string_view what, const std::string& file, const error_code& ec) {
  return fail(Code::invalid, std::string(what), file + ": " + ec.message(), "Name a PEM file that you may read.");
}

Result<asio::ssl::context> make_context(const ClientTls& tls) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  error_code ec;  // without authorities no certificate will be trusted
  context.set_default_verify_paths(ec);
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  if (!tls.ca_file.empty()) {
    context.load_verify_file(tls.ca_file, ec);
    if (ec) return unusable("The authorities to trust cannot be read.", tls.ca_file, ec);
  }
  if (tls.certificate_file.empty()) return context;
  context.use_certificate_chain_file(tls.certificate_file, ec);
  if (ec) return unusable("The client certificate cannot be read.", tls.certificate_file, ec);
  context.use_private_key_file(tls.key_file, asio::ssl::context::pem, ec);
  if (ec) return unusable("The client certificate's key cannot be read, or is another's.", tls.key_file, ec);
  return context;
}

class TlsTransport final : public AsioTransport {
 public:
  TlsTransport(Endpoint endpoint, const ClientOptions& options, asio::ssl::context context)
      : AsioTransport(std::move(endpoint), options), context_(std::move(context)) {}
  Result<size_t> read(std::span<char> room) override { return read_from(stream_, room); }
  Status write(std::string_view bytes) override { return write_to(stream_, bytes); }

 private:
  Socket& socket() override { return stream_.next_layer(); }
  Status secure() override {
    stream_.set_verify_mode(asio::ssl::verify_peer);
    stream_.set_verify_callback(asio::ssl::host_name_verification(endpoint_.host));
    error_code not_an_address;
    asio::ip::make_address(endpoint_.host, not_an_address);
    if (not_an_address) SSL_set_tlsext_host_name(stream_.native_handle(), endpoint_.host.c_str());  // RFC 6066, 3: names only
    TRY(complete([&](auto done) {
      stream_.async_handshake(TlsSocket::client,
                              [done](error_code ec) { done(ec == asio::error::eof ? asio::error::connection_reset : ec, 0); });
    }));
    return {};
  }
  asio::ssl::context context_;
  TlsSocket stream_{io_, context_};
};

}  // namespace

Result<Endpoint> parse_url(std::string_view url) {
  const auto scheme = std::ranges::find_if(kSchemes, [&](const Scheme& row) { return url.starts_with(row.prefix); });
  const auto wrong = [&] {
    return fail(Code::invalid, "This is not a server's URL.", std::string(url), "Write http://HOST:PORT, https://HOST or unix:PATH.");
  };
  if (scheme == kSchemes.end()) return wrong();
  std::string_view rest = url.substr(scheme->prefix.size());
  if (scheme->kind == Endpoint::Kind::local) {
    if (rest.empty() || rest.size() >= sizeof(sockaddr_un::sun_path)) return wrong();
    return Endpoint{scheme->kind, std::string(rest), {}, "localhost"};
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.empty() || rest.find_first_of("/?#@ \t\r\n") != std::string_view::npos) return wrong();
  const size_t bracket = rest.starts_with('[') ? rest.find(']') : 0;
  if (bracket == std::string_view::npos) return wrong();
  const size_t colon = rest.find(':', bracket);
  std::string_view host = rest.substr(0, colon);
  if (bracket != 0) host = host.substr(1, bracket - 1);
  const std::string_view port = colon == std::string_view::npos ? scheme->port : rest.substr(colon + 1);
  const bool port_is_number = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
  if (host.empty() || !port_is_number) return wrong();
  return Endpoint{scheme->kind, std::string(host), std::string(port), std::string(rest)};
}

Result<std::unique_ptr<Transport>> Transport::connect(const Endpoint& endpoint, const ClientOptions& options) {
  try {
    std::unique_ptr<AsioTransport> transport;
    if (endpoint.kind == Endpoint::Kind::tls) {
      transport = std::make_unique<TlsTransport>(endpoint, options, TRY(make_context(options.tls)));
    } else {
      transport = std::make_unique<PlainTransport>(endpoint, options);
    }
    TRY_OK(transport->connect());
    return transport;
  } catch (const boost::system::system_error& error) {
    return unreachable(endpoint, error.code());
  }
}

}  // namespace fairway::http
