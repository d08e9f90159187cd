#include "http/channel.h"

#include <sys/socket.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

namespace fairway::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Then = Moved::Then;

bool is_fatal(const error_code& ec) { return ec && ec != asio::error::would_block && ec != asio::error::interrupted; }

}  // namespace

Channel::Channel(asio::io_context& io, int descriptor, bool local, std::shared_ptr<const TlsContext> tls) : socket_(io) {
  error_code ec;
  socket_.assign({local ? AF_UNIX : AF_INET, 0}, descriptor, ec);
  socket_.non_blocking(true, ec);
  if (tls) tls_ = TlsSession::accept(std::move(tls), descriptor);
}

Moved Channel::receive(std::span<char> room) {
  if (tls_) return tls_->read(room);
  error_code ec;
  const size_t size = socket_.read_some(asio::buffer(room.data(), room.size()), ec);
  if (ec == asio::error::eof) return {0, Then::ended};
  return {size, is_fatal(ec) ? Then::failed : Then::more};
}

Moved Channel::transmit(const Output& output) {
  if (tls_) return tls_->write(output);
  std::array<std::string_view, Output::kPiecesPerWriteMax> views;
  std::array<asio::const_buffer, Output::kPiecesPerWriteMax> buffers;
  const size_t count = output.front(views);
  size_t offered = 0;
  for (size_t at = 0; at < count; ++at) {
    buffers[at] = {views[at].data(), views[at].size()};
    offered += views[at].size();
  }
  error_code ec;
  const size_t size = socket_.write_some(std::span<const asio::const_buffer>(buffers.data(), count), ec);
  if (is_fatal(ec)) return {0, Then::failed};
  return {size, size < offered ? Then::blocked : Then::more};
}

void Channel::say_goodbye() {
  if (tls_) tls_->end_sending();
}

bool Channel::end_sending() {
  say_goodbye();
  error_code ec;
  socket_.shutdown(Socket::shutdown_send, ec);
  return !ec;
}

void Channel::close() {
  error_code ec;
  socket_.close(ec);
}

Channel::NoTls Channel::give_up_tls() {
  const auto tls = std::move(tls_);
  return {tls->failure(), tls->peer_speaks_plain_http()};
}

}  // namespace fairway::http
