#include "exchange/callbacks/mail_address.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::exchange::callbacks {

Result<std::string> mail_address_from(std::string_view url) {
  constexpr std::string_view kScheme = "mailto:", kAtoms = "!#$%&'*+-/=?^_`{|}~";
  const auto bad = [&] { return fail(Code::invalid, "not a mail address", legible(url), "name@host.example, of plain ASCII characters"); };
  if (!url.starts_with(kScheme)) return bad();
  const std::string_view address = url.substr(kScheme.size());
  const size_t at = address.find('@');
  if (address.size() > limits::kEmailBytesMax || at == std::string_view::npos || at == 0 || at > 64) return bad();
  const auto is_label = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  const auto dots_stand_well = [](std::string_view part) {
    return !part.starts_with('.') && !part.ends_with('.') && part.find("..") == std::string_view::npos;
  };
  const std::string_view local = address.substr(0, at), host = address.substr(at + 1);
  if (!std::ranges::all_of(local, [&](char c) { return is_label(c) || c == '.' || kAtoms.contains(c); })) return bad();
  if (host.empty() || !std::ranges::all_of(host, [&](char c) { return is_label(c) || c == '.' || c == '-'; })) return bad();
  if (!dots_stand_well(local) || !dots_stand_well(host) || host.starts_with('-') || host.ends_with('-')) return bad();
  return std::string(address);
}

}  // namespace fairway::exchange::callbacks
