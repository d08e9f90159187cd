// Which addresses belong to the open internet: what a server may be sent to on somebody else's word (webhooks, providers). Pure; any
// thread.
#pragma once

#include <string_view>

namespace fairway::http {

// Whether a connection to `ip` ("192.0.2.7", "2001:db8::7") would leave the machine and its networks: false for every block of the
// IANA special-purpose registries (RFC 6890) that is not globally reachable, for multicast, and for what is no address. An IPv4 address
// inside an IPv6 one (IPv4-mapped, NAT64's 64:ff9b::/96) is looked at itself; 6to4 and Teredo, which lead to one through others, are not
// public at all.
[[nodiscard]] bool is_public(std::string_view ip);

}  // namespace fairway::http
