#include "base/byte_source.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace fairway {
namespace {

using namespace std::chrono_literals;

TEST(ByteSource, AddressesReadBackAsTheyAreWritten) {
  for (const char* text :
       {"tcp:ais.example:10110", "tcp:[::1]:10110", "tcp:127.0.0.1:1", "udp:10110", "udp:127.0.0.1:65535", "file:/var/x:y"})
    EXPECT_EQ(source_address_from(text)->text(), text);
  for (const char* text : {"", "tcp:", "tcp:10110", "tcp::10110", "tcp:host:", "tcp:host:0", "tcp:host:65536", "tcp:host:1x",
                           "udp:", "udp::1", "file:", "ftp:x:1", "TCP:host:1", "udp:123456789012345678901"})
    EXPECT_EQ(source_address_from(text).error().code, Code::invalid) << text;
}

TEST(ByteSource, FileIsReadToItsEnd) {
  const auto path = std::filesystem::temp_directory_path() / ("fairway-source-" + std::to_string(getpid()));
  std::ofstream(path) << "one\ntwo";
  auto source = ByteSource::open(*source_address_from("file:" + path.string()), 1s);
  ASSERT_TRUE(source.has_value());
  std::string bytes;
  EXPECT_EQ(*(*source)->read(bytes, 1s), 7u);
  EXPECT_EQ(bytes, "one\ntwo");
  EXPECT_EQ((*source)->read(bytes, 1s).error().code, Code::not_found);
  std::filesystem::remove(path);
  EXPECT_EQ(ByteSource::open(*source_address_from("file:" + path.string()), 1s).error().code, Code::unavailable);
}

// A listening socket on a free port of this machine.
struct Listener {
  explicit Listener(int type) : descriptor(::socket(AF_INET, type, 0)) {
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size), 0);
    if (type == SOCK_STREAM) {
      EXPECT_EQ(::listen(descriptor, 1), 0);
    }
  }
  ~Listener() { ::close(descriptor); }
  [[nodiscard]] std::string port() const { return std::to_string(ntohs(address.sin_port)); }
  int descriptor;
  sockaddr_in address{};
};

TEST(ByteSource, ConnectionIsReadAsItComesAndSaysWhenItEnds) {
  const Listener listener(SOCK_STREAM);
  auto source = ByteSource::open(*source_address_from("tcp:127.0.0.1:" + listener.port()), 1s);
  ASSERT_TRUE(source.has_value()) << source.error().text();
  const int peer = ::accept(listener.descriptor, nullptr, nullptr);
  std::string bytes;
  EXPECT_EQ(*(*source)->read(bytes, 10ms), 0u);
  ASSERT_EQ(::write(peer, "abc", 3), 3);
  EXPECT_EQ(*(*source)->read(bytes, 1s), 3u);
  ::close(peer);
  EXPECT_EQ((*source)->read(bytes, 1s).error().code, Code::unavailable);
  EXPECT_EQ(bytes, "abc");
}

TEST(ByteSource, NobodyThereIsUnavailable) {
  std::string port;
  {
    const Listener listener(SOCK_STREAM);
    port = listener.port();
  }
  EXPECT_EQ(ByteSource::open(*source_address_from("tcp:127.0.0.1:" + port), 1s).error().code, Code::unavailable);
  EXPECT_EQ(ByteSource::open(*source_address_from("tcp:nowhere.invalid:1"), 1s).error().code, Code::unavailable);
}

TEST(ByteSource, DatagramsAreLines) {
  std::string port;
  {
    const Listener free(SOCK_DGRAM);
    port = free.port();
  }
  auto source = ByteSource::open(*source_address_from("udp:127.0.0.1:" + port), 1s);
  ASSERT_TRUE(source.has_value()) << source.error().text();
  const Listener sender(SOCK_DGRAM);
  sockaddr_in to = sender.address;
  to.sin_port = htons(static_cast<uint16_t>(std::stoi(port)));
  for (const char* text : {"one", "two"})
    ASSERT_EQ(::sendto(sender.descriptor, text, 3, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to), 3);
  std::string bytes;
  EXPECT_EQ(*(*source)->read(bytes, 1s), 4u);
  EXPECT_EQ(*(*source)->read(bytes, 1s), 4u);
  EXPECT_EQ(bytes, "one\ntwo\n");
  EXPECT_FALSE(ByteSource::open(*source_address_from("udp:127.0.0.1:" + port), 1s).has_value()) << "somebody listens there already";
}

}  // namespace
}  // namespace fairway
