// FolderChannel: an authority that is reached through files: letters into DIR/out/, answers out of DIR/in/.
//
// A letter is DIR/out/LODGEMENT.edi, .xml or .json: written under a draft's name, synced, renamed; the same letter again is the same file
// with the same bytes. An answer is a file of any other name dropped into DIR/in/: one answer, or a page of them, in a format that
// answers.h reads. It is complete when it has stood there unchanged for a second, goes to in/done/ once it was taken, and to in/failed/,
// with the reason beside it, where it cannot be read. What nobody may follow out of the folder: base/folder_files.h. As Channel.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "base/folder_files.h"
#include "filing/lodge/channel.h"
#include "filing/lodge/hours.h"

namespace fairway::filing {

class FolderChannel final : public Channel {
 public:
  // Makes out/ and in/ in a folder that is there.
  [[nodiscard]] static Result<std::unique_ptr<FolderChannel>> make(std::string name, const std::string& folder, Hours hours, Env& env);

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::optional<int64_t> opens_us(std::string_view form, int64_t now_us) const override {
    return hours_.opens_us(form, now_us);
  }
  [[nodiscard]] Status send(const Letter& letter) override;
  // The cursor tells which files the answers are of: asked with it again, they have been taken.
  [[nodiscard]] Result<Mail> fetch(std::string_view cursor) override;

 private:
  struct Seen {
    FolderFiles::File file;
    int64_t since_ns = 0;
  };
  FolderChannel(std::string name, FolderFiles folder, FolderFiles in, Hours hours, Env& env)
      : name_(std::move(name)), folder_(std::move(folder)), in_(std::move(in)), hours_(std::move(hours)), env_(env) {}
  [[nodiscard]] bool is_complete(const FolderFiles::File& file);
  Status read_file(const std::string& file, Mail& mail);
  Status put_aside(const std::string& file, std::string_view bytes, const Error& error);

  std::string name_;
  FolderFiles folder_, in_;
  Hours hours_;
  Env& env_;
  std::map<std::string, Seen> seen_;
  std::string handed_;              // cursor of the answers that were handed on last
  std::vector<std::string> files_;  // that they came in
};

}  // namespace fairway::filing
