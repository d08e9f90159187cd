// Mailer: hands messages to one SMTP server (RFC 5321), over TLS (RFC 3207, RFC 8314).
//
// smtps:// speaks TLS from the first byte, smtp:// demands STARTTLS; smtp-plain:// does without and takes no password: for a relay on the
// same machine. Never logs what it is given to prove itself with. carry() from any thread; stop() ends what is on its way.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "base/status.h"
#include "exchange/callbacks/carrier.h"

namespace fairway::exchange {

struct MailSettings {
  std::string server;             // "smtps://host:465", "smtp://host:587", "smtp-plain://host:25"
  std::string from;               // the address that mails come from
  std::string user, password;     // "": the server asks for none
  std::string ca_file;            // whom to trust beside the machine's authorities (PEM); "": those alone
  std::string public_url;         // where people find the portal
  int64_t pause_us = 60'000'000;  // what is found within it goes into one mail
};

class Mailer final : public callbacks::Carrier {
 public:
  // Code::invalid for a server or an address that will not do.
  [[nodiscard]] static Result<std::unique_ptr<Mailer>> open(MailSettings settings);
  [[nodiscard]] const MailSettings& settings() const { return settings_; }
  // To "mailto:…"; the letter's body is the whole message. The status is the server's last reply.
  [[nodiscard]] Result<http::Response> carry(const std::string& url, const callbacks::Letter& letter) const override;
  void stop() { stopping_ = true; }

 private:
  explicit Mailer(MailSettings settings) : settings_(std::move(settings)) {}

  MailSettings settings_;
  std::string curl_url_;
  bool tls_ = true;
  std::atomic<bool> stopping_{false};
};

}  // namespace fairway::exchange
