#include "filing/lodge/folder_channel.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "filing/lodge/answers.h"

namespace fairway::filing {
namespace {

constexpr int64_t kSettleNs = 1'000'000'000;
constexpr size_t kFilesAtOnce = 100;
constexpr size_t kNameBytesMax = 200;  // of 255, with room for the ending

struct Ending {
  std::string_view content_type, ending;
};
constexpr std::array kEndings = {Ending{"application/EDIFACT", ".edi"}, Ending{"application/xml", ".xml"},
                                 Ending{"application/json", ".json"}};

bool is_file_name(std::string_view id) {
  return !id.empty() && id.size() <= kNameBytesMax && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

}  // namespace

Result<std::unique_ptr<FolderChannel>> FolderChannel::make(std::string name, const std::string& folder, Hours hours, Env& env) {
  FolderFiles top = TRY(FolderFiles::open(folder, {"out", "in"}));
  FolderFiles in = TRY(FolderFiles::open(folder + "/in", {"done", "failed"}));
  return std::unique_ptr<FolderChannel>(new FolderChannel(std::move(name), std::move(top), std::move(in), std::move(hours), env));
}

Status FolderChannel::send(const Letter& letter) {
  if (!is_file_name(letter.id)) return fail(Code::invalid, "a letter's id cannot be the name of a file", legible(letter.id));
  const auto ending = std::ranges::find(kEndings, letter.content_type, &Ending::content_type);
  return folder_.put("out", letter.id + std::string(ending == kEndings.end() ? ".txt" : ending->ending), letter.body);
}

Result<Channel::Mail> FolderChannel::fetch(std::string_view cursor) {
  if (cursor == handed_)
    for (const std::string& file : files_) TRY_OK(in_.shelve(file, "done", to_hex(sha256(handed_ + file)).substr(0, 16)));
  files_.clear();
  Mail mail{{}, std::string(cursor)};
  const std::vector<FolderFiles::File> listed = TRY(in_.list());
  std::erase_if(seen_, [&](const auto& known) { return std::ranges::find(listed, known.first, &FolderFiles::File::name) == listed.end(); });
  for (const FolderFiles::File& file : listed)
    if (files_.size() < kFilesAtOnce && is_complete(file)) TRY_OK(read_file(file.name, mail));
  if (files_.empty()) return mail;
  std::string names(cursor);
  for (const std::string& file : files_) names += "\n" + file;
  handed_ = mail.cursor = to_hex(sha256(names)).substr(0, 32);
  return mail;
}

bool FolderChannel::is_complete(const FolderFiles::File& file) {
  const int64_t now_ns = env_.steady_ns();
  const auto [known, is_new] = seen_.try_emplace(file.name, Seen{file, now_ns});
  if (known->second.file != file) known->second = {file, now_ns};
  return now_ns - known->second.since_ns >= kSettleNs;
}

Status FolderChannel::read_file(const std::string& file, Mail& mail) {
  const auto bytes = in_.read(file);
  if (!bytes && bytes.error().code == Code::not_found) return {};
  if (!bytes && bytes.error().code == Code::too_large) return put_aside(file, {}, bytes.error());
  if (!bytes) return std::unexpected(bytes.error());
  if (auto page = read_answers(*bytes)) {
    std::ranges::move(page->heard, std::back_inserter(mail.heard));
  } else if (auto one = read_answer(*bytes)) {
    mail.heard.push_back(std::move(*one));
  } else {
    return put_aside(file, *bytes, one.error());
  }
  files_.push_back(file);
  return {};
}

Status FolderChannel::put_aside(const std::string& file, std::string_view bytes, const Error& error) {
  std::string reason;
  JsonWriter(reason).begin_object().member("file", legible(file, kNameBytesMax)).member("reason", error.text()).end_object();
  const std::string mark = to_hex(sha256(bytes)).substr(0, 16);
  TRY_OK(in_.put("failed", (is_file_name(file) || file.size() <= kNameBytesMax ? file : mark) + ".error.json", reason));
  return in_.shelve(file, "failed", mark);
}

}  // namespace fairway::filing
