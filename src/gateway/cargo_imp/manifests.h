// FlightManifests: joins the parts of flight manifests. A manifest longer than a message comes as several FFM, numbered, each but the last
// ended by CONT, the last by LAST; they may arrive in any order and more than once.
//
// Not thread-safe; bounded by limits::kManifestPartsMax.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/cargo_imp/message.h"

namespace fairway::gateway::cargo_imp {

// One FFM as a part of its flight's manifest.
struct ManifestPart {
  std::string flight;  // carrier, number, date and point of loading: "KZ134/20JUN/NRT"
  int page = 0;        // from 1
  bool last = false;   // ended by LAST
  size_t index = 0;    // the caller's own: which message it was
};
// Nothing where the message is no FFM or does not say of which flight and part it is.
[[nodiscard]] std::optional<ManifestPart> manifest_part(const Message& message);

class FlightManifests {
 public:
  enum class Taken : uint8_t { waiting, complete, repeated, refused };

  // Takes a part; `complete` when it was the missing one of its manifest, `refused` past the limit.
  Taken add(const ManifestPart& part);

  // The parts of a flight's manifest in order of their pages, once it is complete; else none.
  [[nodiscard]] std::vector<ManifestPart> joined(const std::string& flight) const;
  // The parts at hand of every manifest that is not complete.
  [[nodiscard]] std::vector<ManifestPart> incomplete() const;

 private:
  using Pages = std::map<int, ManifestPart>;
  [[nodiscard]] static bool is_complete(const Pages& pages);
  std::map<std::string, Pages> flights_;
  size_t parts_ = 0;
};

}  // namespace fairway::gateway::cargo_imp
