// Who acts in the simulated port: lines, terminals, the river operator, depots, hauliers, and the shippers, consignees and forwarders
// whose boxes move. Lines and terminals go by their real SMDG codes; every other company is invented. Tables; any thread.
#pragma once

#include <span>
#include <string_view>

namespace fairway::simulate {

enum class Feed { dcsa, iftsta };  // how a line reports to its customers

struct Carrier {
  std::string_view slug, name;
  std::string_view smdg, scac;
  std::string_view box_prefix;     // ISO 6346 owner code and category
  std::string_view vessel_prefix;  // its vessels' names begin so
  Feed feed;
  int terminal;  // index into terminals(): where it calls
};

struct Terminal {
  std::string_view slug, name;
  std::string_view code;  // SMDG, also its EDI mailbox
};

struct Company {
  std::string_view slug, name;
  std::string_view gln;  // GS1 global location number, also its EDI mailbox
};

[[nodiscard]] std::span<const Carrier> carriers();
[[nodiscard]] std::span<const Terminal> terminals();
[[nodiscard]] std::span<const Company> hauliers();
[[nodiscard]] std::span<const Company> forwarders();
[[nodiscard]] std::span<const Company> shippers();    // in the Pearl River Delta
[[nodiscard]] std::span<const Company> consignees();  // overseas; they ship when the box comes to Hong Kong

// The operator of the river barges and the depot of empty containers; their codes are EDI mailboxes.
[[nodiscard]] const Terminal& barge_operator();
[[nodiscard]] const Terminal& depot();

}  // namespace fairway::simulate
