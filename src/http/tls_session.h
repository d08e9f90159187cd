// TlsSession: TLS on one accepted, non-blocking socket: the handshake, and bytes in and out. Private to src/http.
//
// Never waits: each call does what the socket allows now. The handshake is part of reading: read() drives it until established().
// Belongs to its connection's I/O thread. The socket stays the connection's.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/certificate.h"
#include "http/moved.h"
#include "http/output.h"
#include "http/tls_context.h"

namespace fairway::http {

class TlsSession {
 public:
  // Throws std::bad_alloc, as any allocation does.
  [[nodiscard]] static std::unique_ptr<TlsSession> accept(std::shared_ptr<const TlsContext> context, int descriptor);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  // Reads until the room is full or all that was received is taken. Where it fails, failure() says why.
  [[nodiscard]] Moved read(std::span<char> room);
  // Writes at most one record of what is to be sent, once established() holds.
  [[nodiscard]] Moved write(const Output& output);
  // Tells the peer, if it can be told at once, that nothing more will come.
  void end_sending();

  [[nodiscard]] bool established() const { return established_; }
  // What read() waits for: that the socket can be written to (a handshake of many bytes)…
  [[nodiscard]] bool reads_by_writing() const { return reads_by_writing_; }
  // …or nothing, since the last call had no room for everything.
  [[nodiscard]] bool has_more() const { return has_more_; }
  // The client's certificate, where it gave one.
  [[nodiscard]] const std::shared_ptr<const Certificate>& peer_certificate() const { return peer_certificate_; }

  [[nodiscard]] const std::string& failure() const { return failure_; }
  // It failed because the peer speaks HTTP without TLS.
  [[nodiscard]] bool peer_speaks_plain_http() const { return plain_http_; }

 private:
  TlsSession(std::shared_ptr<const TlsContext> context, SSL* ssl, int descriptor);
  Moved stopped(size_t bytes, int outcome);
  void establish();

  const std::shared_ptr<const TlsContext> context_;
  SSL* const ssl_;
  int descriptor_;  // where OpenSSL finds it
  bool established_ = false;
  bool reads_by_writing_ = false;
  bool has_more_ = false;
  bool plain_http_ = false;
  std::shared_ptr<const Certificate> peer_certificate_;
  std::string failure_;
};

}  // namespace fairway::http
