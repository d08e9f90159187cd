// Webhooks: callbacks in Fairway's own form, docs/reference/webhooks.md. One event a letter, as the stream writes it.
#pragma once

#include "exchange/callbacks/kind.h"
#include "exchange/party_names.h"

namespace fairway::exchange::callbacks {

inline constexpr std::string_view kWebhook = "webhook";

class WebhookKind final : public Kind {
 public:
  explicit WebhookKind(PartyNames& names) : names_(names) {}
  [[nodiscard]] std::string_view name() const override { return kWebhook; }
  // {"references": ["equipment:…"], "milestones": ["gate_in"], "classifiers": ["actual"], "unlocodes": ["HKHKG"], "facilities": […]}: of
  // each that is there, one must fit.
  [[nodiscard]] Result<std::unique_ptr<const Filter>> read_filter(std::string_view json) const override;
  [[nodiscard]] Result<Letter> write(std::span<const Shown> shown, const Occasion& occasion) const override;

 private:
  PartyNames& names_;
};

// The references that a filter names: a party may ask for so many a day.
[[nodiscard]] Result<std::vector<Reference>> references_in(std::string_view filter);
// What tries a receiver out.
[[nodiscard]] Letter write_ping(const Occasion& occasion);

}  // namespace fairway::exchange::callbacks
