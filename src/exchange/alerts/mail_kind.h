// Mails of alerts: the kind of callback whose subscriptions lead to a "mailto:" address. What is found between two strokes of a clock that
// beats every MailSettings::pause_us goes into one mail.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "exchange/alerts/mailer.h"
#include "exchange/alerts/told.h"
#include "exchange/callbacks/mail_address.h"
#include "exchange/callbacks/webhooks.h"

namespace fairway::exchange {

class MailKind final : public callbacks::CarriedKind {
 public:
  // Both outlive the callbacks.
  MailKind(const Mailer& mailer, PartyNames& names) : mailer_(mailer), filters_(names) {}
  [[nodiscard]] std::string_view name() const override { return callbacks::kMail; }
  // {"alerts": […], "references": […]}, as webhooks have it.
  [[nodiscard]] Result<std::unique_ptr<const callbacks::Filter>> read_filter(std::string_view json) const override;
  [[nodiscard]] Result<callbacks::Letter> write(std::span<const callbacks::Shown> shown,
                                                const callbacks::Occasion& occasion) const override;
  [[nodiscard]] bool reads(EntryKind kind) const override { return kind == EntryKind::alert; }
  [[nodiscard]] size_t entries_per_letter(const callbacks::Subscription&) const override { return limits::kAlertsPerMailMax; }
  [[nodiscard]] const callbacks::Carrier& carrier() const override { return mailer_; }

 private:
  const Mailer& mailer_;
  const callbacks::WebhookKind filters_;
};

// The whole message (RFC 5322), in the language of the first alert.
struct MailFrame {
  std::string from, to, id;  // `id`: of the delivery
  std::string subscription, public_url;
  int64_t now_us = 0;
};
[[nodiscard]] std::string write_mail(const std::vector<AlertHead>& alerts, const MailFrame& frame);
// A header's text as RFC 2047 has it: encoded words of at most 75 characters, never a line's end.
[[nodiscard]] std::string encoded_words(std::string_view text);

}  // namespace fairway::exchange
