#include "http/tls_session.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>

namespace fairway::http {
namespace {

constexpr size_t kRecordBytesMax = 16u << 10;  // RFC 8446, 5.1

int descriptor_of(BIO* bio) { return *static_cast<const int*>(BIO_get_data(bio)); }

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

int socket_read(BIO* bio, char* room, int size) {
  BIO_clear_retry_flags(bio);
  const ssize_t received = ::recv(descriptor_of(bio), room, static_cast<size_t>(size), 0);
  if (received < 0 && would_block()) BIO_set_retry_read(bio);
  if (received == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
  return static_cast<int>(received);
}

// OpenSSL's own would raise SIGPIPE where the peer has gone.
int socket_write(BIO* bio, const char* bytes, int size) {
  BIO_clear_retry_flags(bio);
  const ssize_t sent = ::send(descriptor_of(bio), bytes, static_cast<size_t>(size), MSG_NOSIGNAL);
  if (sent < 0 && would_block()) BIO_set_retry_write(bio);
  return static_cast<int>(sent);
}

long socket_control(BIO* bio, int command, long, void*) {
  if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

// The calls that OpenSSL reaches a socket by; kept as long as the program runs.
const BIO_METHOD* socket_method() {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "fairway socket");
    BIO_meth_set_read(made, socket_read);
    BIO_meth_set_write(made, socket_write);
    BIO_meth_set_ctrl(made, socket_control);
    return made;
  }();
  return method;
}

bool is_plain_http(unsigned long error) { return ERR_GET_LIB(error) == ERR_LIB_SSL && (ERR_GET_REASON(error) == SSL_R_HTTP_REQUEST); }

std::shared_ptr<const Certificate> certificate_of(const SSL* ssl) {
  X509* const given = SSL_get0_peer_certificate(ssl);
  unsigned char* der = nullptr;
  const int size = given != nullptr ? i2d_X509(given, &der) : 0;
  if (size <= 0) return nullptr;
  auto certificate = certificate_from_der({reinterpret_cast<const char*>(der), static_cast<size_t>(size)});
  OPENSSL_free(der);
  return certificate ? std::make_shared<const Certificate>(std::move(*certificate)) : nullptr;
}

// The first bytes of the output, at most a record: where they lie, or put together in `room`.
std::string_view gather(const Output& output, std::span<char, kRecordBytesMax> room) {
  std::array<std::string_view, Output::kPiecesPerWriteMax> views;
  const size_t count = output.front(views);
  if (count == 1 || views[0].size() >= room.size()) return views[0].substr(0, room.size());
  size_t size = 0;
  for (size_t at = 0; at < count && size < room.size(); ++at) size += views[at].copy(room.data() + size, room.size() - size);
  return {room.data(), size};
}

}  // namespace

std::unique_ptr<TlsSession> TlsSession::accept(std::shared_ptr<const TlsContext> context, int descriptor) {
  SSL* const ssl = SSL_new(context->native());
  BIO* const bio = BIO_new(socket_method());
  if (ssl == nullptr || bio == nullptr) {
    SSL_free(ssl);
    BIO_free(bio);
    throw std::bad_alloc();
  }
  std::unique_ptr<TlsSession> session(new TlsSession(std::move(context), ssl, descriptor));
  BIO_set_data(bio, &session->descriptor_);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl, bio, bio);
  SSL_set_accept_state(ssl);
  return session;
}

TlsSession::TlsSession(std::shared_ptr<const TlsContext> context, SSL* ssl, int descriptor)
    : context_(std::move(context)), ssl_(ssl), descriptor_(descriptor) {}

TlsSession::~TlsSession() { SSL_free(ssl_); }

Moved TlsSession::read(std::span<char> room) {
  ERR_clear_error();
  reads_by_writing_ = false;
  has_more_ = false;
  size_t size = 0;
  while (size < room.size()) {
    size_t part = 0;
    const int outcome = SSL_read_ex(ssl_, room.data() + size, room.size() - size, &part);
    if (!established_ && SSL_is_init_finished(ssl_) == 1) establish();
    if (outcome != 1) return stopped(size, outcome);
    size += part;
    if (SSL_has_pending(ssl_) == 0) return {size, Moved::Then::more};  // the socket says when there is more: spares a vain read
  }
  has_more_ = true;
  return {size, Moved::Then::more};
}

Moved TlsSession::write(const Output& output) {
  ERR_clear_error();
  std::array<char, kRecordBytesMax> room;
  const std::string_view bytes = gather(output, room);
  size_t size = 0;
  const int outcome = SSL_write_ex(ssl_, bytes.data(), bytes.size(), &size);
  return outcome == 1 ? Moved{size, Moved::Then::more} : stopped(0, outcome);
}

void TlsSession::end_sending() {
  ERR_clear_error();
  if (established_) SSL_shutdown(ssl_);
}

// Why OpenSSL went no further.
Moved TlsSession::stopped(size_t bytes, int outcome) {
  switch (SSL_get_error(ssl_, outcome)) {
    case SSL_ERROR_WANT_WRITE: reads_by_writing_ = !established_; [[fallthrough]];
    case SSL_ERROR_WANT_READ: return {bytes, Moved::Then::blocked};
    case SSL_ERROR_ZERO_RETURN: return {bytes, Moved::Then::ended};
    default: break;
  }
  plain_http_ = is_plain_http(ERR_peek_error());
  failure_ = tls_reason();
  if (failure_.empty()) failure_ = "the peer went away";
  return {bytes, Moved::Then::failed};
}

void TlsSession::establish() {
  established_ = true;
  peer_certificate_ = certificate_of(ssl_);
}

}  // namespace fairway::http
