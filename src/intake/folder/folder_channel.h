// FolderChannel: directories in which parties drop their files, by SFTP or out of a mailbox, as a way in.
//
// One thread looks twice a second. A file is complete when it has stood there unchanged for a second; rename it in, or write it under a
// draft's name first, and nothing is ever seen half. Each file goes through Intake as its directory's party; then the answers are written
// to out/ (NAME.receipt.json, for EDIFACT also NAME.contrl.edi, or NAME.error.json), and the file goes to done/, or to failed/ where
// nothing of it was taken. A crash in between repeats a file, which changes nothing (intake.h). While the store is away files wait. stop()
// from any thread.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "access/viewer.h"
#include "base/env.h"
#include "base/folder_files.h"
#include "intake/intake.h"

namespace fairway::intake {

class FolderChannel {
 public:
  struct Folder {
    std::shared_ptr<const access::Viewer> sender;
    FolderFiles files;
  };
  // `on_outcome` is told of each file that Intake took, from the channel's thread.
  FolderChannel(Intake& intake, Env& env, std::vector<Folder> folders, std::function<void(const Outcome&)> on_outcome);
  ~FolderChannel();
  // After the file that is being taken.
  void stop();

 private:
  struct Seen {
    FolderFiles::File file;
    int64_t since_ns = 0;
  };
  struct Watched {
    Folder folder;
    std::map<std::string, Seen> seen;
    std::string trouble;  // that has been reported
    int64_t rests_until_ns = 0;
  };
  void run();
  Status look(Watched& watched);
  [[nodiscard]] bool complete(Watched& watched, const FolderFiles::File& file);
  Status take(Watched& watched, const std::string& name);
  Status keep(Watched& watched, const std::string& name, std::string_view bytes, const Outcome& outcome);
  Status refuse(Watched& watched, const std::string& name, std::string_view mark, const Error& error);

  Intake& intake_;
  Env& env_;
  std::vector<Watched> watched_;
  std::function<void(const Outcome&)> on_outcome_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace fairway::intake
