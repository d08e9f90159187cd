// The authority's state file: a line of JSON for each letter taken, each that came again, and each answer given.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/bytes.h"
#include "base/json.h"
#include "simulate/authority/authority.h"

namespace fairway::simulate {
namespace {

constexpr size_t kFileBytesMax = 1u << 30;

Result<std::string> read_all(int file, const std::string& path) {
  std::string text;
  std::array<char, 64u << 10> room;
  while (true) {
    const ssize_t size = ::read(file, room.data(), room.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return fail(Code::unavailable, "the state cannot be read", path + ": " + strerror(errno));
    if (size == 0) return text;
    text.append(room.data(), static_cast<size_t>(size));
    if (text.size() > kFileBytesMax) return fail(Code::too_large, "the state is too large", path);
  }
}

}  // namespace

Result<std::unique_ptr<Authority>> Authority::open(Conduct conduct, Env& env, const std::string& state_file) {
  std::unique_ptr<Authority> authority(new Authority(std::move(conduct), env));
  if (state_file.empty()) return authority;
  auto file = std::make_unique<Descriptor>(::open(state_file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file->good()) return fail(Code::unavailable, "the state cannot be opened", state_file + ": " + strerror(errno));
  const std::string text = TRY(read_all(file->number(), state_file));
  // A line that a crash has cut is as if it had never been: nothing was acknowledged.
  const size_t whole = text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1;
  if (whole != text.size() && ftruncate(file->number(), static_cast<off_t>(whole)) != 0)
    return fail(Code::unavailable, "the state cannot be written", state_file + ": " + strerror(errno));
  TRY_OK(authority->load(text.substr(0, whole)));
  authority->file_ = std::move(file);
  return authority;
}

Status Authority::load(const std::string& text) {
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    const auto parsed = parse_json(std::string_view(text).substr(at, end - at));
    const json::object* object = parsed ? parsed->if_object() : nullptr;
    ++number;
    at = end + 1;
    if (object == nullptr) return fail(Code::invalid, "this is no state of an authority", "line " + std::to_string(number));
    if (const json::object* one = object_of(*object, "letter")) {
      const auto value = [&](std::string_view name) { return std::string(text_of(*one, name)); };
      const LetterHeaders head{value("id"),     value("filing"), value("kind"),       value("form"),
                               value("format"), value("number"), value("contentType")};
      std::string body = TRY(from_base64(text_of(*one, "body")));
      LetterView view = TRY(read_letter(head, body));
      take(std::move(view), std::move(body), integer_of(*one, "at").value_or(0));
      taken_.find(head.id)->second.requests = 1;
    } else if (const auto again = taken_.find(text_of(*object, "again")); again != taken_.end()) {
      ++again->second.requests;
    } else if (const std::string letter(text_of(*object, "given")); !letter.empty()) {
      const auto taken = taken_.find(letter);
      const auto answer = static_cast<size_t>(integer_of(*object, "answer").value_or(0));
      if (taken == taken_.end() || answer >= taken->second.plan.size())
        return fail(Code::invalid, "the state was written with another seed or other odds", letter);
      given_.push_back({letter, answer});
      pending_.erase({taken->second.plan[answer].heard.answer.at_us, {letter, answer}});
    }
  }
  return {};
}

Status Authority::keep(std::string_view line) {
  if (file_ == nullptr) return {};
  std::string text(line);
  text += '\n';
  std::string_view left = text;
  while (!left.empty()) {
    const ssize_t written = ::write(file_->number(), left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(Code::unavailable, "the state cannot be written", strerror(errno));
    left.remove_prefix(static_cast<size_t>(written));
  }
  if (fdatasync(file_->number()) != 0) return fail(Code::unavailable, "the state cannot be written", strerror(errno));
  return {};
}

}  // namespace fairway::simulate
