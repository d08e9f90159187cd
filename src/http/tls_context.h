// TlsContext: the server's certificate and its rules for TLS, loaded once and constant. Private to src/http. Any thread.
//
// TLS 1.2 and 1.3 with Mozilla's intermediate settings (guidelines 5.7, but for the finite-field suites, which nobody needs any more);
// no renegotiation, no compression. A reload makes a new context: connections that are open keep the old one alive.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/status.h"
#include "http/server.h"

namespace fairway::http {

class TlsContext {
 public:
  // Code::invalid with the file and OpenSSL's reason where the files cannot be read or do not belong together.
  [[nodiscard]] static Result<std::shared_ptr<const TlsContext>> load(const ServerTls& files);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  [[nodiscard]] SSL_CTX* native() const { return context_; }
  // When the certificate ends.
  [[nodiscard]] int64_t not_after_us() const { return not_after_us_; }

 private:
  explicit TlsContext(SSL_CTX* context) : context_(context) {}
  Status read(const ServerTls& files);
  Status read_certificate(const ServerTls& files);
  Status ask_for_client_certificates(const std::string& authorities);

  SSL_CTX* const context_;
  int64_t not_after_us_ = 0;
};

// What the operator should be told of a certificate that ends soon (within a fortnight) or has ended.
[[nodiscard]] std::optional<std::string> expiry_warning(int64_t not_after_us, int64_t now_us);

// OpenSSL's reasons for this thread's last failure, which are forgotten then; "" where it gave none.
[[nodiscard]] std::string tls_reason();

}  // namespace fairway::http
