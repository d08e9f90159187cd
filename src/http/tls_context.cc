#include "http/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <string_view>

#include "base/certificate.h"
#include "base/instant.h"

namespace fairway::http {
namespace {

constexpr int64_t kDayUs = 86'400'000'000;
constexpr int64_t kWarningDays = 14;

// Of TLS 1.2; those of TLS 1.3 are OpenSSL's own, which are the same three.
constexpr const char* kCipherSuites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* kGroups = "X25519:P-256:P-384";
// What a session ticket is good for: another server's is not taken for ours.
constexpr std::string_view kSessionContext = "fairway";
constexpr std::string_view kProtocol = "\x08http/1.1";

std::unexpected<Error> unusable(std::string_view what, const std::string& file) {
  std::string reason = tls_reason();
  return fail(Code::invalid, std::string(what), file + (reason.empty() ? "" : ": " + reason));
}

// ALPN (RFC 7301): who offers protocols must offer ours.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered, unsigned offered_size, void*) {
  const auto* ours = reinterpret_cast<const unsigned char*>(kProtocol.data());
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, ours, kProtocol.size(), offered, offered_size) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

// A key with a password cannot be used: there is nobody to ask.
int no_password(char*, int, int, void*) { return -1; }

void set_rules(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kCipherSuites);
  SSL_CTX_set1_groups_list(context, kGroups);
  // A peer that ends without a word is told from one whose answer or request was cut by HTTP's own framing.
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // tickets carry what is needed
  SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>(kSessionContext.data()), kSessionContext.size());
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context, no_password);
}

Result<int64_t> end_of(SSL_CTX* context, const std::string& file) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(SSL_CTX_get0_certificate(context), &der);
  if (size <= 0) return unusable("The TLS certificate cannot be read.", file);
  const auto certificate = certificate_from_der({reinterpret_cast<const char*>(der), static_cast<size_t>(size)});
  OPENSSL_free(der);
  return TRY(certificate).not_after_us;
}

}  // namespace

std::string tls_reason() {
  std::string reasons;
  while (const unsigned long code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    if (reason == nullptr) continue;
    if (!reasons.empty()) reasons += ", ";
    reasons += reason;
  }
  return reasons;
}

Result<std::shared_ptr<const TlsContext>> TlsContext::load(const ServerTls& files) {
  ERR_clear_error();
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  if (context == nullptr) return unusable("TLS cannot be started.", "OpenSSL");
  std::shared_ptr<TlsContext> loaded(new TlsContext(context));
  set_rules(context);
  TRY_OK(loaded->read(files));
  return loaded;
}

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

Status TlsContext::read(const ServerTls& files) {
  TRY_OK(read_certificate(files));
  return files.client_ca_file.empty() ? Status() : ask_for_client_certificates(files.client_ca_file);
}

Status TlsContext::read_certificate(const ServerTls& files) {
  if (SSL_CTX_use_certificate_chain_file(context_, files.certificate_file.c_str()) != 1) {
    return unusable("The TLS certificate cannot be read.", files.certificate_file);
  }
  if (SSL_CTX_use_PrivateKey_file(context_, files.key_file.c_str(), SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(context_) != 1) {
    return unusable("The TLS key cannot be read, or is not the certificate's.", files.key_file);
  }
  not_after_us_ = TRY(end_of(context_, files.certificate_file));
  return {};
}

// Asks, and takes none for an answer; one that is given must be good.
Status TlsContext::ask_for_client_certificates(const std::string& authorities) {
  STACK_OF(X509_NAME)* names = SSL_load_client_CA_file(authorities.c_str());
  if (names == nullptr || SSL_CTX_load_verify_file(context_, authorities.c_str()) != 1) {
    sk_X509_NAME_pop_free(names, X509_NAME_free);
    return unusable("The authorities of client certificates cannot be read.", authorities);
  }
  SSL_CTX_set_client_CA_list(context_, names);
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
  return {};
}

std::optional<std::string> expiry_warning(int64_t not_after_us, int64_t now_us) {
  if (now_us >= not_after_us) return "the TLS certificate ended on " + to_rfc3339_utc(not_after_us);
  if (not_after_us - now_us > kWarningDays * kDayUs) return std::nullopt;
  return "the TLS certificate ends on " + to_rfc3339_utc(not_after_us);
}

}  // namespace fairway::http
