#include "http/public_address.h"

#include <gtest/gtest.h>

#include "http/client.h"

namespace fairway::http::test {
namespace {

struct AddressCase {
  std::string_view ip;
  bool is_public;
};

// The first and the last address of each block, and their neighbours outside.
constexpr AddressCase kAddresses[] = {
    {"0.0.0.0", false},
    {"0.255.255.255", false},
    {"1.0.0.0", true},
    {"9.255.255.255", true},
    {"10.0.0.0", false},
    {"10.255.255.255", false},
    {"11.0.0.0", true},
    {"100.63.255.255", true},
    {"100.64.0.0", false},
    {"100.127.255.255", false},
    {"100.128.0.0", true},
    {"126.255.255.255", true},
    {"127.0.0.1", false},
    {"127.255.255.255", false},
    {"128.0.0.0", true},
    {"169.253.255.255", true},
    {"169.254.0.0", false},
    {"169.254.169.254", false},  // where clouds keep their secrets
    {"169.255.0.0", true},
    {"172.15.255.255", true},
    {"172.16.0.0", false},
    {"172.31.255.255", false},
    {"172.32.0.0", true},
    {"192.0.0.1", false},
    {"192.0.1.0", true},
    {"192.0.2.7", false},
    {"192.0.3.0", true},
    {"192.88.99.1", false},
    {"192.88.100.0", true},
    {"192.167.255.255", true},
    {"192.168.0.0", false},
    {"192.168.255.255", false},
    {"192.169.0.0", true},
    {"198.17.255.255", true},
    {"198.18.0.0", false},
    {"198.19.255.255", false},
    {"198.20.0.0", true},
    {"198.51.100.1", false},
    {"198.51.101.0", true},
    {"203.0.113.1", false},
    {"203.0.114.0", true},
    {"223.255.255.255", true},
    {"224.0.0.1", false},
    {"239.255.255.255", false},
    {"240.0.0.1", false},
    {"255.255.255.255", false},
    {"8.8.8.8", true},
    {"::", false},
    {"::1", false},
    {"::8.8.8.8", false},  // IPv4-compatible, no longer in use
    {"::ffff:8.8.8.8", true},
    {"::ffff:127.0.0.1", false},
    {"::ffff:10.1.2.3", false},
    {"::ffff:0:8.8.8.8", false},  // IPv4-translated
    {"64:ff9b::8.8.8.8", true},
    {"64:ff9b::192.168.0.1", false},
    {"64:ff9b::169.254.169.254", false},
    {"64:ff9b:1::8.8.8.8", false},
    {"100::1", false},
    {"1fff:ffff::1", false},
    {"2000::1", true},
    {"2001::1", false},     // Teredo
    {"2001:2::1", false},   // benchmarking
    {"2001:10::1", false},  // ORCHID
    {"2001:20::1", false},  // ORCHIDv2
    {"2001:1ff:ffff::", false},
    {"2001:200::1", true},
    {"2001:db7:ffff::1", true},
    {"2001:db8::1", false},
    {"2001:db9::1", true},
    {"2002:808:808::1", false},  // 6to4
    {"2003::1", true},
    {"2606:4700:4700::1111", true},
    {"3ffe:ffff::1", true},
    {"3fff::1", false},
    {"3fff:fff:ffff::1", false},
    {"3fff:1000::1", true},
    {"4000::1", false},
    {"5f00::1", false},
    {"fc00::1", false},
    {"fdff:ffff::1", false},
    {"fe80::1", false},
    {"fe80::1%lo", false},
    {"fec0::1", false},
    {"ff02::1", false},
    {"", false},
    {"localhost", false},
    {"1.2.3", false},
    {"0x8080808", false},
};

TEST(PublicAddress, EveryBlock) {
  for (const auto& [ip, expected] : kAddresses) EXPECT_EQ(is_public(ip), expected) << ip;
}

TEST(PublicAddress, TheClientGoesNowhereElse) {
  for (const auto url : {"http://127.0.0.1:9", "http://localhost:9", "https://[::1]:9", "http://10.0.0.1", "http://2130706433:9",
                         "unix:/run/x", "http://[::ffff:127.0.0.1]:9", "http://169.254.169.254"}) {
    const auto refused = Client::open(url, {.only_public = true}).value()->send({Method::get, "/", {}, {}});
    ASSERT_FALSE(refused) << url;
    EXPECT_EQ(refused.error().code, Code::forbidden) << url << ": " << refused.error().text();
  }
}

}  // namespace
}  // namespace fairway::http::test
