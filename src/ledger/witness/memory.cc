#include "ledger/witness/memory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/bytes.h"
#include "ledger/spelling.h"

namespace fairway::ledger::witness {
namespace {

constexpr std::string_view kRecordWords = "fairway-witness v1";
constexpr std::string_view kListWords = "fairway-witness-logs v1";
constexpr const char* kList = "logs";
constexpr size_t kFileBytesMax = 2 * limits::kNoteBytesMax;
constexpr std::string_view kCure =
    "restore this file as it last was, or ask the log's operator for the checkpoint that this witness cosigned last; to begin anew means "
    "to "
    "trust the log once without proof: make a new key and folder for that";

std::unexpected<Error> damaged(std::string_view what) {
  return fail(Code::conflict, "what this witness remembers of a log is damaged", std::string(what), std::string(kCure));
}

std::string file_of(std::string_view origin) { return origin_hex(origin) + ".seen"; }

Status write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return fail(Code::unavailable, "the witness's folder cannot be written", strerror(errno));
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (fsync(file) != 0) return fail(Code::unavailable, "the witness's folder cannot be written", strerror(errno));
  return {};
}

}  // namespace

std::string origin_hex(std::string_view origin) { return to_hex(sha256(origin)); }

std::string to_text(const Record& record, std::string_view origin) {
  std::string text = std::string(kRecordWords) + "\n" + std::string(origin) + "\n" + std::to_string(record.seen.size) + "\n" +
                     to_base64(view(record.seen.root)) + "\n";
  return text + to_base64(sha256(text + record.note)) + "\n" + record.note;
}

Result<Record> record_from(std::string_view text, std::string_view origin) {
  std::string_view rest = text;
  std::array<std::string_view, 5> lines;
  for (std::string_view& line : lines) {
    const auto taken = take_line(rest);
    if (!taken) return damaged("it breaks off");
    line = *taken;
  }
  if (lines[0] != kRecordWords) return damaged("it does not begin as it should");
  if (lines[1] != origin) return damaged("it is another log's");
  const auto size = exact_number(lines[2]);
  const auto root = exact_hash(lines[3]);
  const std::string_view head = text.substr(0, static_cast<size_t>(lines[4].data() - text.data()));
  if (!size || !root || lines[4] != to_base64(sha256(std::string(head) + std::string(rest)))) return damaged("its checksum is wrong");
  return Record{{*size, *root}, std::string(rest)};
}

std::unexpected<Error> Memory::failed(std::string_view what, int reason) const {
  return fail(Code::unavailable, std::string(what), path_ + ": " + strerror(reason));
}

Result<std::unique_ptr<Memory>> Memory::open(const std::string& folder, std::vector<std::string> origins) {
  const bool made = mkdir(folder.c_str(), S_IRWXU) == 0;
  if (!made && errno != EEXIST) return fail(Code::unavailable, "the witness's folder cannot be made", folder + ": " + strerror(errno));
  Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.good()) return fail(Code::unavailable, "the witness's folder cannot be opened", folder + ": " + strerror(errno));
  if (made) {  // and its name is durable, too
    const Descriptor parent(openat(opened.number(), "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!parent.good() || fsync(parent.number()) != 0)
      return fail(Code::unavailable, "the witness's folder cannot be made", folder + ": " + strerror(errno));
  }
  Descriptor lock(openat(opened.number(), "lock", O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!lock.good()) return fail(Code::unavailable, "the witness's folder cannot be written", folder + ": " + strerror(errno));
  if (flock(lock.number(), LOCK_EX | LOCK_NB) != 0)
    return fail(Code::conflict, "another process has this witness's folder", folder, "one witness, one process: stop the other first");
  std::unique_ptr<Memory> memory(new Memory(folder, opened.release(), lock.release()));
  TRY_OK(memory->settle(std::move(origins)));
  return memory;
}

// A log's file is made before the list names it, so that after a crash in between nothing is missed that was never cosigned.
Status Memory::settle(std::vector<std::string> origins) {
  std::vector<std::string> known;
  auto list = read(kList);
  if (!list && list.error().code != Code::not_found) return std::unexpected(list.error());
  std::string_view rest = list ? std::string_view(*list) : std::string_view();
  if (list && take_line(rest) != kListWords) return damaged(path_ + "/" + kList);
  while (const auto line = take_line(rest)) known.emplace_back(*line);
  if (!rest.empty()) return damaged(path_ + "/" + kList);
  bool grown = !list.has_value();
  for (std::string& origin : origins) {
    if (std::ranges::find(known, origin) != known.end()) continue;
    const auto record = load(origin);
    if (!record && record.error().code != Code::not_found) return std::unexpected(record.error());
    if (!record) TRY_OK(this->record(origin, Record{}));
    known.push_back(std::move(origin));
    grown = true;
  }
  if (!grown) return {};
  std::string text = std::string(kListWords) + "\n";
  for (const std::string& origin : known) text += origin + "\n";
  return replace(kList, text);
}

Result<Record> Memory::load(std::string_view origin) const {
  const std::string name = file_of(origin);
  const auto text = read(name);
  if (!text) {
    if (text.error().code != Code::not_found) return std::unexpected(text.error());
    return fail(Code::not_found, "what this witness remembers of a log is gone", path_ + "/" + name + ", of " + legible(origin),
                std::string(kCure));
  }
  auto record = record_from(*text, origin);
  if (!record) record.error().detail = path_ + "/" + name + ", of " + legible(origin) + ": " + record.error().detail;
  return record;
}

Status Memory::record(std::string_view origin, const Record& record) { return replace(file_of(origin), to_text(record, origin)); }

Result<std::string> Memory::read(const std::string& name) const {
  const Descriptor file(openat(folder_.number(), name.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.good()) {
    if (errno == ENOENT) return fail(Code::not_found, "there is no such file", path_ + "/" + name);
    return failed("the witness's folder cannot be read", errno);
  }
  std::string text(kFileBytesMax + 1, '\0');
  size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t size = ::read(file.number(), text.data() + filled, text.size() - filled);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return failed("the witness's folder cannot be read", errno);
    if (size == 0) break;
    filled += static_cast<size_t>(size);
  }
  if (filled > kFileBytesMax) return damaged(path_ + "/" + name + " is too large");
  text.resize(filled);
  return text;
}

// The file under its name is the old one or the new one, whole, whatever happens; and the new one once the folder is synced.
Status Memory::replace(const std::string& name, std::string_view text) {
  const std::string draft = name + ".new";
  {
    const Descriptor file(openat(folder_.number(), draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.good()) return failed("the witness's folder cannot be written", errno);
    TRY_OK(write_all(file.number(), text));
  }
  if (renameat(folder_.number(), draft.c_str(), folder_.number(), name.c_str()) != 0 || fsync(folder_.number()) != 0)
    return failed("the witness's folder cannot be written", errno);
  return {};
}

}  // namespace fairway::ledger::witness
