// AnchorGuard: the contract remembers trees that this log may have forgotten, as after a restore from a backup. Where what is anchored is
// not in the log's own tree, the log does not sign. guard.h says when it is asked.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "ledger/anchor/nodes.h"
#include "ledger/anchor/profile.h"
#include "ledger/guard.h"

namespace fairway::ledger::anchor {

class AnchorGuard final : public Guard {
 public:
  AnchorGuard(Nodes nodes, const Address& contract, std::string origin)
      : nodes_(std::move(nodes)), contract_(contract), origin_(std::move(origin)) {}
  // `give_up`: once it is true every wait ends; it lives as long as the guard, or is null.
  [[nodiscard]] static Result<std::unique_ptr<AnchorGuard>> open(const Profile& profile, std::string origin,
                                                                 const std::atomic<bool>* give_up = nullptr);

  [[nodiscard]] std::string_view name() const override { return "anchor"; }
  [[nodiscard]] Status agree(const GuardQuestion& question) override;

 private:
  Nodes nodes_;
  const Address contract_;
  const std::string origin_;
};

}  // namespace fairway::ledger::anchor
