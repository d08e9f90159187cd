#include "filing/lodge/channels.h"

#include <set>

#include "filing/lodge/folder_channel.h"
#include "filing/lodge/hours.h"
#include "filing/lodge/http_channel.h"

namespace fairway::filing {
namespace {

constexpr std::string_view kFolder = "folder:";

Result<std::unique_ptr<Channel>> make_channel(const AuthoritySettings& authority, Hours hours, Env& env) {
  if (authority.address.starts_with(kFolder))
    return TRY(FolderChannel::make(authority.name, authority.address.substr(kFolder.size()), std::move(hours), env));
  return TRY(HttpChannel::make({authority.name, authority.address, authority.token, {}, std::move(hours)}));
}

}  // namespace

Result<std::vector<std::unique_ptr<Channel>>> make_channels(const std::vector<AuthoritySettings>& authorities, const Regimes& regimes,
                                                            Env& env) {
  std::vector<std::unique_ptr<Channel>> channels;
  std::set<std::string> names;
  for (const AuthoritySettings& authority : authorities) {
    if (!names.insert(authority.name).second) return fail(Code::invalid, "this authority is named twice", authority.name);
    channels.push_back(TRY(make_channel(authority, TRY(Hours::of(regimes, authority.name)), env)));
  }
  return channels;
}

}  // namespace fairway::filing
