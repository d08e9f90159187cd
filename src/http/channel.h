// Channel: the bytes of one accepted socket, plain or through TLS. Private to src/http, and the one header that includes Asio: its
// waits take handlers as they are, so that a plain connection pays nothing for it.
//
// Never blocks; belongs to its connection's I/O thread.
#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <span>
#include <string>

#include "http/moved.h"
#include "http/output.h"
#include "http/tls_session.h"

namespace fairway::http {

class Channel {
 public:
  using Socket = boost::asio::generic::stream_protocol::socket;

  // Takes the descriptor over. Plain where `tls` is null.
  Channel(boost::asio::io_context& io, int descriptor, bool local, std::shared_ptr<const TlsContext> tls);

  // Calls handler(error_code) once receive() may find something, and transmit() a place for it.
  template <typename Handler>
  void when_readable(Handler handler) {
    if (tls_ && tls_->has_more()) return boost::asio::post(socket_.get_executor(), [handler] { handler({}); });
    socket_.async_wait(tls_ && tls_->reads_by_writing() ? Socket::wait_write : Socket::wait_read, std::move(handler));
  }
  template <typename Handler>
  void when_writable(Handler handler) {
    socket_.async_wait(Socket::wait_write, std::move(handler));
  }

  [[nodiscard]] Moved receive(std::span<char> room);
  // Sends from the front of the output, which drops it afterwards.
  [[nodiscard]] Moved transmit(const Output& output);
  // Tells a TLS peer that nothing is lost with the end that comes now.
  void say_goodbye();
  // The same, and ends the sending half; false where there is nobody to read it.
  bool end_sending();
  void close();

  [[nodiscard]] bool is_tls() const { return tls_ != nullptr; }
  // TLS whose handshake is still under way: nothing can be sent yet. It is part of receiving.
  [[nodiscard]] bool shakes_hands() const { return tls_ && !tls_->established(); }
  [[nodiscard]] std::shared_ptr<const Certificate> client_certificate() const { return tls_ ? tls_->peer_certificate() : nullptr; }
  // After a handshake that failed: why, and whether the peer speaks HTTP without TLS. The channel is plain from then on.
  struct NoTls {
    std::string reason;
    bool plain_http = false;
  };
  [[nodiscard]] NoTls give_up_tls();

 private:
  Socket socket_;
  std::unique_ptr<TlsSession> tls_;
};

}  // namespace fairway::http
