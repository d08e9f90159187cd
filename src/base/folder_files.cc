#include "base/folder_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <tuple>

#include "base/bytes.h"
#include "base/descriptor.h"
#include "base/limits.h"

namespace fairway {
namespace {

constexpr std::array<std::string_view, 4> kDrafts = {".tmp", ".part", ".filepart", ".writing"};

int open_shelf(int directory, const char* shelf) { return openat(directory, shelf, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); }

bool is_draft(std::string_view name) {
  return name.starts_with('.') || std::ranges::any_of(kDrafts, [&](std::string_view end) { return name.ends_with(end); });
}

Status write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(Code::unavailable, "a file cannot be written", strerror(errno));
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (fsync(file) != 0) return fail(Code::unavailable, "a file cannot be written", strerror(errno));
  return {};
}

}  // namespace

FolderFiles::FolderFiles(FolderFiles&& other) noexcept : path_(std::move(other.path_)), directory_(std::exchange(other.directory_, -1)) {}

FolderFiles::~FolderFiles() {
  if (directory_ >= 0) close(directory_);
}

std::unexpected<Error> FolderFiles::failed(std::string_view what, int reason) const {
  return fail(Code::unavailable, std::string(what), path_ + ": " + strerror(reason));
}

Result<FolderFiles> FolderFiles::open(const std::string& path, std::initializer_list<const char*> shelves) {
  const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const int reason = errno;
  FolderFiles files(path, directory);
  if (directory < 0) return files.failed("the folder cannot be opened", reason);
  for (const char* shelf : shelves) {
    if (mkdirat(directory, shelf, S_IRWXU | S_IRWXG) != 0 && errno != EEXIST) return files.failed("the folder cannot be written to", errno);
    const Descriptor opened(open_shelf(directory, shelf));
    if (!opened.good()) return files.failed(std::string("its ") + shelf + "/ is not a directory of it", errno);
  }
  return files;
}

Result<std::vector<FolderFiles::File>> FolderFiles::list() {
  // A descriptor of its own: reading a directory moves the place in it.
  const int copy = openat(directory_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* stream = copy < 0 ? nullptr : fdopendir(copy);
  if (stream == nullptr) {
    const int reason = errno;
    if (copy >= 0) close(copy);
    return failed("the folder cannot be read", reason);
  }
  std::vector<File> files;
  while (const dirent* item = readdir(stream)) {
    struct stat facts{};
    if (is_draft(item->d_name) || fstatat(directory_, item->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(facts.st_mode)) continue;
    files.push_back(
        {item->d_name, facts.st_ino, static_cast<uint64_t>(facts.st_size), facts.st_mtim.tv_sec * 1'000'000'000 + facts.st_mtim.tv_nsec});
    if (files.size() == limits::kFolderFilesPerTurn) break;
  }
  closedir(stream);
  std::ranges::sort(files, [](const File& a, const File& b) { return std::tie(a.changed_ns, a.name) < std::tie(b.changed_ns, b.name); });
  return files;
}

Result<std::string> FolderFiles::read(const std::string& name) {
  const Descriptor file(openat(directory_, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat facts{};
  if (!file.good() && (errno == ENOENT || errno == ELOOP)) return fail(Code::not_found, "the file is gone", legible(name));
  if (!file.good() || fstat(file.number(), &facts) != 0 || !S_ISREG(facts.st_mode)) return failed("a file cannot be read", errno);
  std::string bytes;
  std::array<char, 64u << 10> room;
  while (true) {
    const ssize_t size = ::read(file.number(), room.data(), room.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return failed("a file cannot be read", errno);
    if (size == 0) return bytes;
    if (bytes.size() + static_cast<size_t>(size) > limits::kFolderFileBytesMax)
      return fail(Code::too_large, "the file is too large", legible(name),
                  "at most " + std::to_string(limits::kFolderFileBytesMax) + " bytes");
    bytes.append(room.data(), static_cast<size_t>(size));
  }
}

Status FolderFiles::put(const char* shelf_name, const std::string& name, std::string_view bytes) {
  const std::string its = std::string("its ") + shelf_name + "/";
  const Descriptor shelf(open_shelf(directory_, shelf_name));
  if (!shelf.good()) return failed(its + " cannot be opened", errno);
  const std::string draft = ".writing-" + to_hex(sha256(name).substr(0, 8));
  unlinkat(shelf.number(), draft.c_str(), 0);
  {
    const Descriptor file(
        openat(shelf.number(), draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP));
    if (!file.good()) return failed(its + " cannot be written to", errno);
    TRY_OK(write_all(file.number(), bytes));
  }
  if (renameat(shelf.number(), draft.c_str(), shelf.number(), name.c_str()) != 0) return failed(its + " cannot be written to", errno);
  fsync(shelf.number());
  return {};
}

Status FolderFiles::shelve(const std::string& name, const char* shelf_name, std::string_view mark) {
  const Descriptor shelf(open_shelf(directory_, shelf_name));
  if (!shelf.good()) return failed(std::string("its ") + shelf_name + "/ cannot be opened", errno);
  constexpr size_t kNameBytesMax = 200;  // of 255, with room for the mark
  std::string kept = name.substr(0, kNameBytesMax);
  struct stat facts{};
  if (kept != name || fstatat(shelf.number(), kept.c_str(), &facts, AT_SYMLINK_NOFOLLOW) == 0) kept += "." + std::string(mark);
  if (renameat(directory_, name.c_str(), shelf.number(), kept.c_str()) == 0 || errno == ENOENT) return {};
  return failed(std::string("a file cannot be moved to ") + shelf_name + "/", errno);
}

}  // namespace fairway
