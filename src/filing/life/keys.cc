#include "filing/life/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::filing {
namespace {

constexpr size_t kIdBytesMax = 64;
constexpr size_t kDigestBytes = 16;
constexpr size_t kPage = 200;

// Of what may be longer than a key.
std::string digest_of(std::string_view text) { return to_hex(std::string_view(sha256(text)).substr(0, kDigestBytes)); }

}  // namespace

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= kIdBytesMax && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::string consignment_key(std::string_view id) { return fmt::format("consignment/{}", id); }
std::string named_key(const PartyId& owner, std::string_view reference) {
  return fmt::format("consignment-named/{}/{}", owner, digest_of(reference));
}
std::string record_key(std::string_view consignment, uint64_t record_version) {
  return fmt::format("consignment-version/{}/{:016x}", consignment, record_version);
}
std::string following_prefix(const Reference& reference) { return fmt::format("following/{}/", digest_of(reference.key())); }
std::string filing_key(std::string_view id) { return fmt::format("filing/{}", id); }
std::string filings_of_prefix(std::string_view consignment) { return fmt::format("filings-of/{}/", consignment); }
std::string form_key(std::string_view consignment, const FormKey& key) { return fmt::format("filing-form/{}/{}", consignment, key.text()); }
std::string lodgement_key(std::string_view lodgement) { return fmt::format("lodgement/{}", lodgement); }
std::string number_key(std::string_view authority, std::string_view number) {
  return fmt::format("filing-number/{}/{}", authority, digest_of(to_upper(number)));
}
std::string bundle_key(std::string_view id) { return fmt::format("bundle/{}", id); }
std::string hold_key(std::string_view id) { return fmt::format("hold/{}", id); }
std::string held_key(const Reference& reference) { return fmt::format("held/{}", digest_of(reference.key())); }

std::string list_prefix(std::string_view list, const PartyId& party) { return fmt::format("{}/{}/", list, party); }
std::string list_key(std::string_view list, const PartyId& party, int64_t created_us, std::string_view id) {
  return fmt::format("{}/{}/{:016x}-{}", list, party, static_cast<uint64_t>(std::numeric_limits<int64_t>::max() - created_us), id);
}

Status walk_list(store::Snapshot& snapshot, std::string_view list, const PartyId& party, std::string_view after,
                 const std::function<Result<bool>(std::string_view, std::string_view)>& take) {
  if (after.size() > limits::kIdentifierBytesMax / 2)
    return fail(Code::invalid, "not a cursor", legible(after), "use the one of the page before");
  const std::string prefix = list_prefix(list, party);
  for (std::string from = after.empty() ? "" : prefix + std::string(after);;) {
    const auto names = TRY(snapshot.state_scan(prefix, from, kPage));
    for (const auto& [key, unused] : names) {
      const std::string_view name = std::string_view(key).substr(prefix.size());
      if (!TRY(take(name, name.substr(std::min(name.find('-') + 1, name.size()))))) return {};
    }
    if (names.size() < kPage) return {};
    from = names.back().first;
  }
}

std::unexpected<Error> not_there(std::string_view what, std::string_view id) {
  return fail(Code::not_found, fmt::format("no such {}", what), legible(id));
}

}  // namespace fairway::filing
