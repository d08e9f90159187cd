#include "http/listen.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>

#include "base/descriptor.h"

namespace fairway::http {
namespace {

constexpr int kBacklog = 1024;
constexpr int kSocketFlags = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;

std::unexpected<Error> cannot_listen(std::string_view address) {
  return fail(Code::unavailable, "Cannot listen on this address.", std::string(address) + ": " + std::strerror(errno));
}

struct HostPort {
  std::string host, port;
};

Result<HostPort> split_address(std::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon != std::string_view::npos) {
    std::string_view host = address.substr(0, colon);
    const std::string_view port = address.substr(colon + 1);
    uint16_t number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    const bool host_is_one = !host.empty() && (bracketed || host.find(':') == std::string_view::npos);
    if (error == std::errc() && end == port.data() + port.size() && host_is_one) return HostPort{std::string(host), std::string(port)};
  }
  return fail(Code::invalid, "This is not an address to listen on.", std::string(address), "Write HOST:PORT or [IPv6]:PORT.");
}

std::string address_of(const sockaddr_storage& storage) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (storage.ss_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&storage);
    return inet_ntop(AF_INET, &v4->sin_addr, text.data(), text.size());
  }
  if (storage.ss_family != AF_INET6) return "unix";
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&storage);
  const std::string_view address = inet_ntop(AF_INET6, &v6->sin6_addr, text.data(), text.size());
  constexpr std::string_view kMapped = "::ffff:";
  const bool is_mapped = IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr) != 0;
  return std::string(is_mapped ? address.substr(kMapped.size()) : address);
}

// The address as bound, with its real port.
std::string bound_address(int descriptor) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
  if (storage.ss_family == AF_INET) {
    return address_of(storage) + ":" + std::to_string(ntohs(reinterpret_cast<const sockaddr_in*>(&storage)->sin_port));
  }
  return "[" + address_of(storage) + "]:" + std::to_string(ntohs(reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_port));
}

bool somebody_listens(const sockaddr_un& address) {
  const Descriptor probe(::socket(AF_UNIX, kSocketFlags, 0));
  // EAGAIN: a listener whose backlog is full.
  return ::connect(probe.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno == EAGAIN;
}

// Makes way for a new socket file, where the old one is a socket and nobody listens on it.
Status clear_stale(const sockaddr_un& address) {
  struct stat file{};
  if (::lstat(address.sun_path, &file) != 0) return {};
  if (!S_ISSOCK(file.st_mode)) {
    return fail(Code::unavailable, "There is a file that is no socket where the local socket should be.", address.sun_path);
  }
  if (somebody_listens(address)) {
    return fail(Code::unavailable, "Another process listens on this local socket.", address.sun_path, "Stop it, or choose another path.");
  }
  if (::unlink(address.sun_path) != 0) return cannot_listen(address.sun_path);
  return {};
}

}  // namespace

Result<Listening> listen_tcp(std::string_view address) {
  const HostPort wanted = TRY(split_address(address));
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(wanted.host.c_str(), wanted.port.c_str(), &hints, &found); error != 0) {
    return fail(Code::unavailable, "Cannot listen on this address.", std::string(address) + ": " + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, &freeaddrinfo);
  Descriptor socket(::socket(found->ai_family, kSocketFlags, 0));
  const int on = 1;
  const int off = 0;
  setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (found->ai_family == AF_INET6) setsockopt(socket.number(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);  // [::] takes IPv4 too
  if (::bind(socket.number(), found->ai_addr, found->ai_addrlen) != 0 || ::listen(socket.number(), kBacklog) != 0) {
    return cannot_listen(address);
  }
  std::string bound = bound_address(socket.number());
  return Listening{socket.release(), std::move(bound)};
}

Result<Listening> listen_unix(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return fail(Code::invalid, "The path of the local socket is too long.", path,
                "At most " + std::to_string(sizeof address.sun_path - 1) + " bytes.");
  }
  path.copy(address.sun_path, path.size());
  TRY_OK(clear_stale(address));
  Descriptor socket(::socket(AF_UNIX, kSocketFlags, 0));
  if (::bind(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return cannot_listen(path);
  // Before listen() nobody can connect, so there is no moment at which others could.
  if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || ::listen(socket.number(), kBacklog) != 0) return cannot_listen(path);
  return Listening{socket.release(), path};
}

std::string peer_of(int descriptor) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
  return address_of(storage);
}

}  // namespace fairway::http
