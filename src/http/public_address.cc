#include "http/public_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace fairway::http {
namespace {

using V4 = std::array<uint8_t, 4>;
using V6 = std::array<uint8_t, 16>;

template <typename Address>
struct Block {
  Address base;
  int bits;
};

// IANA IPv4 Special-Purpose Address Registry, without what is globally reachable; 224.0.0.0/4 is RFC 5771's.
constexpr std::array kNotPublicV4 = {
    Block<V4>{{0, 0, 0, 0}, 8},        // this network, RFC 791
    Block<V4>{{10, 0, 0, 0}, 8},       // private, RFC 1918
    Block<V4>{{100, 64, 0, 0}, 10},    // shared by carriers (CGNAT), RFC 6598
    Block<V4>{{127, 0, 0, 0}, 8},      // loopback, RFC 1122
    Block<V4>{{169, 254, 0, 0}, 16},   // link-local, RFC 3927
    Block<V4>{{172, 16, 0, 0}, 12},    // private, RFC 1918
    Block<V4>{{192, 0, 0, 0}, 24},     // protocol assignments, RFC 6890
    Block<V4>{{192, 0, 2, 0}, 24},     // documentation, RFC 5737
    Block<V4>{{192, 88, 99, 0}, 24},   // 6to4 relays, RFC 7526
    Block<V4>{{192, 168, 0, 0}, 16},   // private, RFC 1918
    Block<V4>{{198, 18, 0, 0}, 15},    // benchmarking, RFC 2544
    Block<V4>{{198, 51, 100, 0}, 24},  // documentation, RFC 5737
    Block<V4>{{203, 0, 113, 0}, 24},   // documentation, RFC 5737
    Block<V4>{{224, 0, 0, 0}, 4},      // multicast
    Block<V4>{{240, 0, 0, 0}, 4},      // reserved, and 255.255.255.255; RFC 1112
};

// Outside of 2000::/3 nothing is public; these are the special blocks inside it.
constexpr Block<V6> kGlobalUnicast{{0x20}, 3};
constexpr std::array kNotPublicV6 = {
    Block<V6>{{0x20, 0x01, 0x00}, 23},        // protocol assignments, RFC 2928: Teredo, benchmarking, ORCHID
    Block<V6>{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation, RFC 3849
    Block<V6>{{0x20, 0x02}, 16},              // 6to4, RFC 3056
    Block<V6>{{0x3f, 0xff, 0x00}, 20},        // documentation, RFC 9637
};

// Those that hold an IPv4 address in their last four bytes.
constexpr std::array kHoldV4 = {
    Block<V6>{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96},  // IPv4-mapped, RFC 4291
    Block<V6>{{0x00, 0x64, 0xff, 0x9b}, 96},                    // NAT64, RFC 6052
};

template <typename Address>
bool holds(const Block<Address>& block, const Address& address) {
  const auto whole = static_cast<size_t>(block.bits / 8);
  if (!std::ranges::equal(std::span(block.base).first(whole), std::span(address).first(whole))) return false;
  const int rest = block.bits % 8;
  return rest == 0 || ((block.base[whole] ^ address[whole]) >> (8 - rest)) == 0;
}

bool is_public_v4(const V4& address) {
  return std::ranges::none_of(kNotPublicV4, [&](const auto& block) { return holds(block, address); });
}

bool is_public_v6(const V6& address) {
  if (std::ranges::any_of(kHoldV4, [&](const auto& block) { return holds(block, address); })) {
    return is_public_v4({address[12], address[13], address[14], address[15]});
  }
  return holds(kGlobalUnicast, address) && std::ranges::none_of(kNotPublicV6, [&](const auto& block) { return holds(block, address); });
}

}  // namespace

bool is_public(std::string_view ip) {
  const std::string text(ip);
  V4 v4;
  if (inet_pton(AF_INET, text.c_str(), v4.data()) == 1) return is_public_v4(v4);
  V6 v6;
  return inet_pton(AF_INET6, text.c_str(), v6.data()) == 1 && is_public_v6(v6);
}

}  // namespace fairway::http
