// load_seed of note.h.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/bytes.h"
#include "base/descriptor.h"
#include "base/env.h"
#include "ledger/note.h"
#include "ledger/spelling.h"

namespace fairway::ledger {
namespace {

constexpr size_t kSeedBytes = 32;
constexpr std::string_view kFirstWords = "fairway-ed25519-seed v1 ";

std::unexpected<Error> unusable(const std::string& path, std::string_view reason) {
  return fail(Code::unavailable, "the key's file cannot be used", path + ": " + std::string(reason));
}

Result<std::string> read_seed(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.good()) return errno == ENOENT ? fail(Code::not_found, "there is no such key", path) : unusable(path, strerror(errno));
  struct stat facts{};
  if (fstat(file.number(), &facts) != 0) return unusable(path, strerror(errno));
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail(Code::forbidden, "others than its owner may use the key's file", path, "chmod 600 mends that");
  std::array<char, 256> bytes{};
  const ssize_t size = ::read(file.number(), bytes.data(), bytes.size());
  if (size < 0) return unusable(path, strerror(errno));
  const std::string_view text = trim({bytes.data(), static_cast<size_t>(size)});
  const auto seed = text.starts_with(kFirstWords) ? exact_base64(text.substr(kFirstWords.size())) : fail(Code::invalid, "no seed");
  if (!seed || seed->size() != kSeedBytes) return fail(Code::invalid, "the file holds no Ed25519 seed of Fairway's", path);
  return *seed;
}

Status sync_folder(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path();
  const Descriptor folder(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.good() || fsync(folder.number()) != 0) return unusable(path, strerror(errno));
  return {};
}

// Written whole under another name and then linked: whoever finds the file finds a whole seed, and of two who make one both read the same.
Status make_seed(const std::string& path) {
  const std::string draft = path + "." + random_id(Env::system(), 8);
  const std::string text = std::string(kFirstWords) + to_base64(Env::system().random_bytes(kSeedBytes)) + "\n";
  {
    const Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.good()) return unusable(path, strerror(errno));
    if (::write(file.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) || fsync(file.number()) != 0) {
      const int reason = errno;
      unlink(draft.c_str());
      return unusable(path, strerror(reason));
    }
  }
  const int linked = link(draft.c_str(), path.c_str());
  const int reason = errno;
  unlink(draft.c_str());
  if (linked != 0 && reason != EEXIST) return unusable(path, strerror(reason));
  return sync_folder(path);
}

}  // namespace

Result<std::string> load_seed(const std::string& path, bool make) {
  auto seed = read_seed(path);
  if (seed || !make || seed.error().code != Code::not_found) return seed;
  TRY_OK(make_seed(path));
  return read_seed(path);
}

}  // namespace fairway::ledger
