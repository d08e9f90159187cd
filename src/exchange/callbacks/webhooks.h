// Webhooks: callbacks in Fairway's own form, docs/reference/webhooks.md. One event or alert a letter, as the stream writes it.
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
  // each that is there, one must fit. Or {"alerts": ["all"], "references": […]}: the party's alerts and no events.
  [[nodiscard]] Result<std::unique_ptr<const Filter>> read_filter(std::string_view json) const override;
  [[nodiscard]] bool reads(EntryKind kind) const override { return kind == EntryKind::event || kind == EntryKind::alert; }
  [[nodiscard]] Result<Letter> write(std::span<const Shown> shown, const Occasion& occasion) const override;

 private:
  PartyNames& names_;
};

// The references that a filter names: a party may ask for so many a day.
[[nodiscard]] Result<std::vector<Reference>> references_in(std::string_view filter);
// What tries a receiver out.
[[nodiscard]] Letter write_ping(const Occasion& occasion);

}  // namespace fairway::exchange::callbacks
