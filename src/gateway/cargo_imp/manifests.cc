#include "gateway/cargo_imp/manifests.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "gateway/air/flight.h"

namespace fairway::gateway::cargo_imp {

std::optional<ManifestPart> manifest_part(const Message& message) {
  if (message.id != "FFM") return std::nullopt;
  const auto head = std::ranges::find(message.segments, "flight", &Segment::name);
  if (head == message.segments.end()) return std::nullopt;
  const auto flight = air::read_flight(head->text("flight"));
  const std::string_view page = head->text("part");
  ManifestPart part;
  const auto [end, error] = std::from_chars(page.data(), page.data() + page.size(), part.page);
  if (!flight || error != std::errc() || part.page < 1) return std::nullopt;
  part.flight = flight->designation() + "/" + std::string(head->part("date", "date")) + "/" + std::string(head->text("airport"));
  const auto is_last = [](const Segment& segment) { return segment.name == "end" && segment.text("code") == "LAST"; };
  part.last = std::ranges::any_of(message.segments, is_last);
  return part;
}

bool FlightManifests::is_complete(const Pages& pages) {
  // Pages are numbered from 1 without a gap up to the one that is the last.
  return !pages.empty() && pages.rbegin()->second.last && pages.begin()->first == 1 &&
         pages.rbegin()->first == static_cast<int>(pages.size());
}

FlightManifests::Taken FlightManifests::add(const ManifestPart& part) {
  Pages& pages = flights_[part.flight];
  if (parts_ >= limits::kManifestPartsMax) {
    if (pages.empty()) flights_.erase(part.flight);
    return Taken::refused;
  }
  if (!pages.emplace(part.page, part).second) return Taken::repeated;
  ++parts_;
  return is_complete(pages) ? Taken::complete : Taken::waiting;
}

std::vector<ManifestPart> FlightManifests::joined(const std::string& flight) const {
  const auto found = flights_.find(flight);
  std::vector<ManifestPart> parts;
  if (found == flights_.end() || !is_complete(found->second)) return parts;
  for (const auto& [page, part] : found->second) parts.push_back(part);
  return parts;
}

std::vector<ManifestPart> FlightManifests::incomplete() const {
  std::vector<ManifestPart> parts;
  for (const auto& [flight, pages] : flights_) {
    if (is_complete(pages)) continue;
    for (const auto& [page, part] : pages) parts.push_back(part);
  }
  return parts;
}

}  // namespace fairway::gateway::cargo_imp
