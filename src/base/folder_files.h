// FolderFiles: a watched directory and its shelves (out/, done/, failed/), held by descriptors.
//
// Whoever drops files there may have a hand on everything in it (SFTP), so that nothing is followed out of it: no symbolic link, no device,
// no pipe; the shelves are opened anew for each use, as directories of this directory. For one thread. Errors: Code::unavailable with the
// system's reason.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway {

class FolderFiles {
 public:
  // Makes the shelves where they are missing.
  [[nodiscard]] static Result<FolderFiles> open(const std::string& path,
                                                std::initializer_list<const char*> shelves = {"out", "done", "failed"});
  FolderFiles(FolderFiles&& other) noexcept;
  FolderFiles& operator=(FolderFiles&&) = delete;
  ~FolderFiles();

  struct File {
    std::string name;
    uint64_t inode = 0, size = 0;
    int64_t changed_ns = 0;
    friend bool operator==(const File&, const File&) = default;
  };
  // Regular files in the directory itself, the oldest first, at most limits::kFolderFilesPerTurn of them. Names that begin with a dot or
  // end in .tmp, .part, .filepart or .writing are somebody's drafts.
  [[nodiscard]] Result<std::vector<File>> list();
  // Code::too_large past limits::kFolderFileBytesMax, Code::not_found where it is gone.
  [[nodiscard]] Result<std::string> read(const std::string& name);
  // Onto a shelf, whole or not at all; replaces what stands there.
  [[nodiscard]] Status put(const char* shelf, const std::string& name, std::string_view bytes);
  [[nodiscard]] Status answer(const std::string& name, std::string_view bytes) { return put("out", name, bytes); }
  // Onto a shelf; what stands there under this name stays, and the file gets `mark` behind its own.
  [[nodiscard]] Status shelve(const std::string& name, const char* shelf, std::string_view mark);

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  FolderFiles(std::string path, int directory) : path_(std::move(path)), directory_(directory) {}
  [[nodiscard]] std::unexpected<Error> failed(std::string_view what, int reason) const;

  std::string path_;
  int directory_ = -1;
};

}  // namespace fairway
