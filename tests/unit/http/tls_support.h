// Authorities that issue certificates into a scratch folder, and a peer that speaks TLS byte for byte.
#pragma once

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/time.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/bytes.h"
#include "unit/http/support.h"

namespace fairway::http::test {

struct IssuedCertificate {
  std::string certificate_file, key_file, fingerprint;
};

constexpr long kHourSeconds = 3600;

struct Validity {
  long from_s = -kHourSeconds, until_s = 100 * 24 * kHourSeconds;  // from now
};

class Authority {
 public:
  explicit Authority(std::string_view name = "Test Authority") {
    std::string pattern = ::testing::TempDir() + "fairway-tls-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    key_ = EVP_EC_gen("P-256");
    certificate_ = make(key_, name, "critical,CA:TRUE", {}, {});
    X509_set_issuer_name(certificate_, X509_get_subject_name(certificate_));
    X509_sign(certificate_, key_, EVP_sha256());
    write_certificate(file(), certificate_);
  }
  ~Authority() {
    X509_free(certificate_);
    EVP_PKEY_free(key_);
    std::filesystem::remove_all(folder_);
  }
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  [[nodiscard]] std::string file() const { return folder_ + "/ca.pem"; }
  [[nodiscard]] std::string folder() const { return folder_; }
  // Into the files NAME.pem and NAME.key, whatever they held before.
  IssuedCertificate issue(const std::string& name, const Validity& validity = {}) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = make(key, name, "CA:FALSE", "DNS:localhost,IP:127.0.0.1", validity);
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate_));
    X509_sign(certificate, key_, EVP_sha256());
    IssuedCertificate issued{folder_ + "/" + name + ".pem", folder_ + "/" + name + ".key", fingerprint_of(certificate)};
    write_certificate(issued.certificate_file, certificate);
    FILE* out = std::fopen(issued.key_file.c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return issued;
  }
  static std::string fingerprint_of(X509* certificate) {
    std::array<unsigned char, 32> digest;
    X509_digest(certificate, EVP_sha256(), digest.data(), nullptr);
    return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
  }

 private:
  static X509* make(EVP_PKEY* key, std::string_view name, const char* constraints, const char* names, const Validity& validity) {
    static std::atomic<long> serial = 1;
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), validity.from_s);
    X509_gmtime_adj(X509_getm_notAfter(certificate), validity.until_s);
    X509_set_pubkey(certificate, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "O", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("Harbour Haulage"), -1, -1, 0);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.data()),
                               static_cast<int>(name.size()), -1, 0);
    add_extension(certificate, NID_basic_constraints, constraints);
    if (names != nullptr) add_extension(certificate, NID_subject_alt_name, names);
    return certificate;
  }
  static void add_extension(X509* certificate, int kind, const char* value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }
  // In one step, as whoever renews a certificate should.
  static void write_certificate(const std::string& file, X509* certificate) {
    FILE* out = std::fopen((file + ".new").c_str(), "w");
    PEM_write_X509(out, certificate);
    std::fclose(out);
    std::filesystem::rename(file + ".new", file);
  }

  std::string folder_;
  EVP_PKEY* key_;
  X509* certificate_;
};

struct TlsPeerOptions {
  int version_min = 0, version_max = 0;
  std::optional<IssuedCertificate> certificate;
  std::string protocol;  // offered by ALPN
  SSL_SESSION* resume = nullptr;
};

class TlsPeer final : public Peer {
 public:
  explicit TlsPeer(std::string_view address, const TlsPeerOptions& options = {}, int receive_buffer = 0)
      : Peer(address, receive_buffer), context_(SSL_CTX_new(TLS_client_method())) {
    ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
    SSL_CTX_set_cipher_list(context_, "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(context_, options.version_min);
    SSL_CTX_set_max_proto_version(context_, options.version_max);
    if (options.certificate) {
      SSL_CTX_use_certificate_chain_file(context_, options.certificate->certificate_file.c_str());
      SSL_CTX_use_PrivateKey_file(context_, options.certificate->key_file.c_str(), SSL_FILETYPE_PEM);
    }
    ssl_ = SSL_new(context_);
    const std::string offer = std::string(1, static_cast<char>(options.protocol.size())) + options.protocol;
    if (!options.protocol.empty()) {
      SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(offer.data()), static_cast<unsigned>(offer.size()));
    }
    if (options.resume != nullptr) SSL_set_session(ssl_, options.resume);
    SSL_set_fd(ssl_, descriptor());
    set_patience(10'000'000);
    ERR_clear_error();
    established_ = SSL_connect(ssl_) == 1;
    if (!established_) note_failure();
    set_patience(20'000);
  }
  ~TlsPeer() override {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }

  [[nodiscard]] bool established() const { return established_; }
  [[nodiscard]] const std::string& failure() const { return failure_; }
  [[nodiscard]] std::string version() const { return SSL_get_version(ssl_); }
  [[nodiscard]] SSL* ssl() const { return ssl_; }
  // Of the server.
  [[nodiscard]] std::string fingerprint() const { return Authority::fingerprint_of(SSL_get0_peer_certificate(ssl_)); }
  // The server has said that it is done, rather than just gone.
  [[nodiscard]] bool was_told() const { return (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) != 0; }
  void end_sending() override {
    SSL_shutdown(ssl_);
    Peer::end_sending();
  }

 protected:
  ssize_t write_some(std::string_view bytes) override {
    ERR_clear_error();
    return established_ ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) : -1;
  }
  ssize_t read_some(std::span<char> room) override {
    if (!established_) return 0;
    ERR_clear_error();
    const int size = SSL_read(ssl_, room.data(), static_cast<int>(room.size()));
    if (size > 0) return size;
    if (SSL_get_error(ssl_, size) == SSL_ERROR_WANT_READ) return kNothingYet;
    note_failure();
    return 0;
  }
  [[nodiscard]] bool has_buffered() const override { return SSL_pending(ssl_) > 0; }

 private:
  void note_failure() {
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    failure_ = reason != nullptr ? reason : "";
  }
  void set_patience(long micros) const {
    const timeval patience{micros / 1'000'000, micros % 1'000'000};
    setsockopt(descriptor(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }

  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  bool established_ = false;
  std::string failure_;
};

// Options with a certificate of that authority, for serve().
inline ServerOptions with_tls(const IssuedCertificate& certificate, const std::string& client_ca_file = {}) {
  ServerOptions options;
  options.tls = ServerTls{certificate.certificate_file, certificate.key_file, client_ca_file, 20ms};
  return options;
}

}  // namespace fairway::http::test
