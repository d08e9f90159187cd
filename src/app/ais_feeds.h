// The feeds of AIS that `fairway serve --ais` follows. One thread; figures() from any.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/registry.h"
#include "intake/ais_feed.h"

namespace fairway::app {

class AisFeeds {
 public:
  AisFeeds(intake::Intake& intake, Env& env) : intake_(intake), env_(env) {}

  // Code::invalid for what is no source, or too many; Code::not_found for a party that is not there, Code::forbidden for one that may
  // not send.
  Status open(const std::vector<std::string>& sources, const std::string& party, access::Registry& registry);
  void start();
  void stop();
  [[nodiscard]] std::vector<intake::AisFeed::Figures> figures() const;

 private:
  intake::Intake& intake_;
  Env& env_;
  std::vector<std::unique_ptr<intake::AisFeed>> feeds_;
};

}  // namespace fairway::app
