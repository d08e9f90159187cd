// ByteSource: bytes that come from outside as they come: a TCP server, datagrams, a file.
//
// All sockets and files of feeds are behind it. Blocking, with patience: whoever reads asks again, so that it can be told to stop
// meanwhile. One source, one thread. Code::unavailable where it cannot be reached or has ended; opening it anew is the caller's business.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway {

struct SourceAddress {
  enum class Kind : uint8_t { tcp, udp, file };
  Kind kind = Kind::tcp;
  std::string host;  // of UDP: the address to listen on; "" is every one
  std::string port;
  std::string path;
  [[nodiscard]] std::string text() const;
};

// "tcp:HOST:PORT", "tcp:[::1]:PORT", "udp:PORT", "udp:ADDRESS:PORT", "file:PATH". Code::invalid otherwise.
[[nodiscard]] Result<SourceAddress> source_address_from(std::string_view text);

class ByteSource {
 public:
  // Connects, or begins to listen, or opens the file; a connection is waited for no longer than `patience`.
  [[nodiscard]] static Result<std::unique_ptr<ByteSource>> open(const SourceAddress& address, std::chrono::milliseconds patience);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  // Appends what is there, waiting no longer than `patience` for the first byte of it: how many bytes, 0 for none yet. A datagram is
  // given with a line end after it. Code::not_found at the end of a file, Code::unavailable where the other side has gone.
  [[nodiscard]] Result<size_t> read(std::string& into, std::chrono::milliseconds patience);

 private:
  ByteSource(int descriptor, SourceAddress::Kind kind) : descriptor_(descriptor), kind_(kind) {}
  int descriptor_;
  SourceAddress::Kind kind_;
};

}  // namespace fairway
