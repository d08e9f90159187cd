#include "app/provider_option.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "app/report.h"
#include "base/bytes.h"

namespace fairway::app {
namespace {

constexpr size_t kSecretBytesMax = 1024;
constexpr size_t kParts = 4;

std::unexpected<Error> not_understood(const std::string& text, std::string_view reason) {
  return fail(Code::invalid, "this provider is not understood", text + ": " + std::string(reason),
              "ID=ISSUER_URL,CLIENT_ID,SECRET_FILE[,NAME]");
}

bool is_id(std::string_view id) {
  return !id.empty() && id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

// At the first three commas: a name may have some of its own.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (parts.size() + 1 < kParts && text.find(',') != std::string_view::npos) {
    parts.emplace_back(text.substr(0, text.find(',')));
    text.remove_prefix(text.find(',') + 1);
  }
  parts.emplace_back(text);
  return parts;
}

}  // namespace

Result<access::oidc::ProviderSettings> provider_from(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || !is_id(std::string_view(text).substr(0, equals)))
    return not_understood(text, "it begins with an id of lower-case letters, digits and '-'");
  const std::vector<std::string> parts = split(std::string_view(text).substr(equals + 1));
  if (parts.size() < 3 || std::ranges::any_of(parts, &std::string::empty)) return not_understood(text, "something is missing");
  access::oidc::ProviderSettings settings{
      text.substr(0, equals), parts[0], parts[1], {}, parts.size() > 3 ? parts[3] : text.substr(0, equals)};
  if (const Status usable = access::oidc::check_address(settings.issuer); !usable) return std::unexpected(usable.error());
  const std::string secret = TRY(read_input(parts[2], kSecretBytesMax));
  settings.client_secret = trim(std::string_view(secret).substr(0, secret.find('\n')));
  if (settings.client_secret.empty()) return not_understood(text, "the file holds no secret");
  return settings;
}

}  // namespace fairway::app
