#include "app/ais_feeds.h"

#include "base/limits.h"

namespace fairway::app {
Status AisFeeds::open(const std::vector<std::string>& sources, const std::string& party, access::Registry& registry) {
  if (sources.empty()) return {};
  if (sources.size() > limits::kAisFeedsMax)
    return fail(Code::invalid, "too many feeds of AIS", "at most " + std::to_string(limits::kAisFeedsMax));
  const auto sender = std::make_shared<const access::Viewer>(access::make_viewer(TRY(registry.find_party(party))));
  TRY_OK(sender->may_send());
  for (const std::string& text : sources) {
    SourceAddress source = TRY(source_address_from(text));
    feeds_.push_back(std::make_unique<intake::AisFeed>(intake_, env_, std::move(source), sender));
  }
  return {};
}

void AisFeeds::start() {
  for (const auto& feed : feeds_) feed->start();
}

void AisFeeds::stop() {
  for (const auto& feed : feeds_) feed->stop();
}

std::vector<intake::AisFeed::Figures> AisFeeds::figures() const {
  std::vector<intake::AisFeed::Figures> out;
  for (const auto& feed : feeds_) out.push_back(feed->figures());
  return out;
}

}  // namespace fairway::app
