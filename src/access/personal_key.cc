#include "access/personal_key.h"

#include "base/json.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr int64_t kDayUs = 86'400'000'000;

}  // namespace

Result<KeyWish> personal_key_wish(std::string_view text, const Viewer& viewer, int64_t now_us) {
  TRY_OK(viewer.may_change_own_account());
  KeyWish wish = TRY(key_wish_from_json(text, now_us));
  const json::value parsed = TRY(parse_json(text));
  if (!parsed.get_object().contains("scopes")) wish.scopes = viewer.scopes;
  if (!wish.scopes.within(viewer.scopes))
    return fail(Code::forbidden, "a key cannot give more than you have", {}, "leave out the scopes that you lack");
  if (wish.expires_us == 0) wish.expires_us = now_us + limits::kPersonalKeyDaysDefault * kDayUs;
  if (wish.expires_us > now_us + limits::kPersonalKeyDaysMax * kDayUs)
    return fail(Code::invalid, "a personal key does not last that long", {},
                "at most " + std::to_string(limits::kPersonalKeyDaysMax) + " days");
  return wish;
}

Status may_rotate(const Viewer& viewer, const KeyRecord& key) {
  if (!key.holder.person.empty()) {
    TRY_OK(viewer.may_change_own_account());
    if (key.holder.person != viewer.person)
      return fail(Code::forbidden, "this key is another person's", key.id, "withdraw it, and ask that person to make a new one");
  }
  if (!key.wish.scopes.within(viewer.scopes))
    return fail(Code::forbidden, "a key cannot give more than it has", {}, "rotate it with a key of the same scopes");
  return {};
}

}  // namespace fairway::access
