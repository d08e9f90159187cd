#include "app/authority_option.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <memory>
#include <string_view>

#include "app/report.h"
#include "base/bytes.h"

namespace fairway::app {
namespace {

constexpr size_t kTokenBytesMax = 4096;
constexpr int kEndedByTest = 86;

Result<std::pair<std::string, std::string>> split(const std::string& text, const char* form) {
  const size_t sign = text.find('=');
  const std::string_view name = std::string_view(text).substr(0, sign);
  const bool is_name = !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
  if (sign == std::string::npos || !is_name || sign + 1 == text.size())
    return fail(Code::invalid, "this authority is not understood", text, form);
  return std::pair(std::string(name), text.substr(sign + 1));
}

}  // namespace

Result<std::vector<filing::AuthoritySettings>> authorities_from(const std::vector<std::string>& authorities,
                                                                const std::vector<std::string>& tokens) {
  std::vector<filing::AuthoritySettings> settings;
  for (const std::string& text : authorities) {
    auto [name, address] = TRY(split(text, "NAME=http://…, https://… or folder:DIR"));
    settings.push_back({std::move(name), std::move(address), {}});
  }
  for (const std::string& text : tokens) {
    const auto [name, file] = TRY(split(text, "NAME=FILE"));
    const auto authority = std::ranges::find(settings, name, &filing::AuthoritySettings::name);
    if (authority == settings.end()) return fail(Code::invalid, "a token of an authority that is not named", name, "--authority NAME=URL");
    const std::string token = TRY(read_input(file, kTokenBytesMax));
    authority->token = trim(std::string_view(token).substr(0, token.find('\n')));
    if (authority->token.empty()) return fail(Code::invalid, "the file holds no token", file);
  }
  return settings;
}

filing::Outbox::Settings lodging_settings(const std::string& ends_at) {
  filing::Outbox::Settings settings;
  if (ends_at.empty()) return settings;
  const size_t sign = ends_at.find('#');
  int times = 1;
  if (sign != std::string::npos) std::from_chars(ends_at.data() + sign + 1, ends_at.data() + ends_at.size(), times);
  const auto left = std::make_shared<std::atomic<int>>(times);
  settings.crash_point = [left, step = ends_at.substr(0, sign)](std::string_view reached) {
    if (reached == step && --*left == 0) _exit(kEndedByTest);
  };
  return settings;
}

}  // namespace fairway::app
