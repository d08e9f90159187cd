#include "base/byte_source.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/descriptor.h"

namespace fairway {
namespace {

constexpr size_t kReadBytesMax = 64u << 10;  // no datagram is longer

struct KindRow {
  SourceAddress::Kind kind;
  std::string_view scheme;
};
constexpr std::array kKinds = {
    KindRow{SourceAddress::Kind::tcp, "tcp:"},
    KindRow{SourceAddress::Kind::udp, "udp:"},
    KindRow{SourceAddress::Kind::file, "file:"},
};

bool is_port(std::string_view text) {
  const bool digits = !text.empty() && text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits && std::stoi(std::string(text)) >= 1 && std::stoi(std::string(text)) <= 65'535;
}

std::unexpected<Error> failed(std::string what) { return fail(Code::unavailable, std::move(what), std::strerror(errno)); }

bool wait_for(int descriptor, short events, std::chrono::milliseconds patience) {
  pollfd waiting{descriptor, events, 0};
  return ::poll(&waiting, 1, static_cast<int>(patience.count())) == 1;
}

Result<int> connect_to(const addrinfo& at, std::chrono::milliseconds patience) {
  Descriptor socket(::socket(at.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.number() < 0) return failed("no socket");
  if (::connect(socket.number(), at.ai_addr, at.ai_addrlen) != 0 && errno != EINPROGRESS) return failed("cannot connect");
  if (!wait_for(socket.number(), POLLOUT, patience)) return fail(Code::unavailable, "no connection in time");
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return fail(Code::unavailable, "cannot connect", std::strerror(error));
  // A peer that vanished without a word is found out.
  const int on = 1;
  ::setsockopt(socket.number(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  return socket.release();
}

Result<int> listen_at(const addrinfo& at) {
  Descriptor socket(::socket(at.ai_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.number() < 0) return failed("no socket");
  if (::bind(socket.number(), at.ai_addr, at.ai_addrlen) != 0) return failed("cannot listen");
  return socket.release();
}

Result<int> open_socket(const SourceAddress& address, std::chrono::milliseconds patience) {
  const bool datagrams = address.kind == SourceAddress::Kind::udp;
  addrinfo hints{};
  hints.ai_socktype = datagrams ? SOCK_DGRAM : SOCK_STREAM;
  hints.ai_family = datagrams && address.host.empty() ? AF_INET : AF_UNSPEC;
  hints.ai_flags = datagrams ? AI_PASSIVE : 0;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(address.host.empty() ? nullptr : address.host.c_str(), address.port.c_str(), &hints, &found);
  if (error != 0) return fail(Code::unavailable, "cannot find the host", address.host + ": " + ::gai_strerror(error));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, ::freeaddrinfo);
  Result<int> last = fail(Code::unavailable, "the host has no address", address.host);
  for (const addrinfo* at = found; at != nullptr && !last; at = at->ai_next) last = datagrams ? listen_at(*at) : connect_to(*at, patience);
  return last;
}

}  // namespace

std::string SourceAddress::text() const {
  const auto row = std::ranges::find(kKinds, kind, &KindRow::kind);
  std::string out(row->scheme);
  if (kind == Kind::file) return out + path;
  if (!host.empty()) out += (host.find(':') != std::string::npos ? "[" + host + "]" : host) + ":";
  return out + port;
}

Result<SourceAddress> source_address_from(std::string_view text) {
  const auto row = std::ranges::find_if(kKinds, [&](const KindRow& known) { return text.starts_with(known.scheme); });
  const auto wrong = [&] {
    return fail(Code::invalid, "not the address of a feed", std::string(text), "tcp:HOST:PORT, udp:PORT or file:PATH");
  };
  if (row == kKinds.end()) return wrong();
  std::string_view rest = text.substr(row->scheme.size());
  SourceAddress address{row->kind, {}, {}, {}};
  if (row->kind == SourceAddress::Kind::file) {
    if (rest.empty()) return wrong();
    address.path = rest;
    return address;
  }
  const size_t colon = rest.rfind(':');
  if (colon != std::string_view::npos) {
    address.host = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
    if (address.host.starts_with('[') && address.host.ends_with(']')) address.host = address.host.substr(1, address.host.size() - 2);
  }
  address.port = rest;
  const bool has_host = !address.host.empty() || (row->kind == SourceAddress::Kind::udp && colon == std::string_view::npos);
  if (!has_host || !is_port(address.port)) return wrong();
  return address;
}

Result<std::unique_ptr<ByteSource>> ByteSource::open(const SourceAddress& address, std::chrono::milliseconds patience) {
  if (address.kind != SourceAddress::Kind::file) {
    const int socket = TRY(open_socket(address, patience));
    return std::unique_ptr<ByteSource>(new ByteSource(socket, address.kind));
  }
  const int file = ::open(address.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return failed("cannot read " + address.path);
  return std::unique_ptr<ByteSource>(new ByteSource(file, address.kind));
}

ByteSource::~ByteSource() { ::close(descriptor_); }

Result<size_t> ByteSource::read(std::string& into, std::chrono::milliseconds patience) {
  if (!wait_for(descriptor_, POLLIN, patience)) return size_t{0};
  const size_t before = into.size();
  into.resize(before + kReadBytesMax);
  const ssize_t count = ::read(descriptor_, into.data() + before, kReadBytesMax);
  const int error = errno;
  into.resize(before + static_cast<size_t>(std::max<ssize_t>(count, 0)));
  if (count < 0 && (error == EAGAIN || error == EINTR || (kind_ == SourceAddress::Kind::udp && error == ECONNREFUSED))) return size_t{0};
  if (count < 0) return fail(Code::unavailable, "cannot read", std::strerror(error));
  if (count == 0 && kind_ == SourceAddress::Kind::file) return fail(Code::not_found, "the end of the file");
  if (count == 0 && kind_ == SourceAddress::Kind::tcp) return fail(Code::unavailable, "the other side has closed the connection");
  if (kind_ == SourceAddress::Kind::udp) into += '\n';
  return into.size() - before;
}

}  // namespace fairway
