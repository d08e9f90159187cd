// Customs: how the customs of each side of a border stand to each container, and to each paper whose cargo is in none, as the claims of a
// journey say it: declarations and their answers, inspections, holds, releases.
//
// What is said of the goods (inspection, hold, release, close) goes before what is said of a paper: a second declaration that is lodged
// after the release takes nothing back. A hold stands until it is lifted. Senders that contradict each other stand side by side. Values;
// any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/party.h"

namespace fairway::journey {

enum class CustomsState : uint8_t { lodged, accepted, queried, rejected, cancelled, inspection, inspected, held, released, closed };
[[nodiscard]] std::string_view name(CustomsState state);

// A state since a claim: it began when that claim's event occurred, and its sender says so.
struct CustomsStanding {
  CustomsState state = CustomsState::lodged;
  size_t claim = 0;
  friend bool operator==(const CustomsStanding&, const CustomsStanding&) = default;
};

// One declaration of several.
struct CustomsPaper {
  std::string number;  // the authority's; "" before it gave one
  std::string form;    // "hk/1", where Fairway lodged it
  CustomsStanding stands;
  bool paid = false;
};

struct CustomsVoice {
  PartyId sender;
  CustomsStanding stands;  // by this sender's claims alone
};

struct CustomsStatus {
  std::string equipment, document;  // one of the two
  std::string regime;               // code of the side: "hk", "cn"; "" where no claim says
  CustomsStanding stands;
  std::string number;                    // that the claim names
  bool paid = false;                     // something was paid on it
  bool conflict = false;                 // one sender says released, while another says held or to be inspected
  std::vector<CustomsPaper> papers;      // in order of their first claim
  std::vector<CustomsVoice> said;        // ascending by sender
  std::vector<CustomsStanding> history;  // the newest kCustomsHistoryMax, in order of time
};
inline constexpr size_t kCustomsMax = 400;
inline constexpr size_t kCustomsHistoryMax = 64;

}  // namespace fairway::journey
