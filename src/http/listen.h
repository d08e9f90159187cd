// Listening sockets, as plain descriptors: non-blocking, closed on exec. Private to src/http. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::http {

struct Listening {
  int descriptor = -1;  // the caller closes it
  std::string address;  // HOST:PORT with the port that was taken, or the path
};

// HOST:PORT, [IPv6]:PORT. Code::invalid for a malformed address, Code::unavailable where it cannot be had.
[[nodiscard]] Result<Listening> listen_tcp(std::string_view address);

// A Unix socket that only this user may open (0600). A socket file that nobody listens on any more is replaced; anything else
// in its place is left alone and Code::unavailable.
[[nodiscard]] Result<Listening> listen_unix(const std::string& path);

// "192.0.2.7" or "2001:db8::7" of the connected peer, "unix" on a local socket.
[[nodiscard]] std::string peer_of(int descriptor);

}  // namespace fairway::http
