// Keys: where consignments, filings, bundles and holds stand in the state, and what their entries are found by. Lists are the newest first:
// a name in one is the time counted down and the id. Pure; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "filing/form/draft.h"
#include "model/party.h"
#include "model/reference.h"
#include "store/store.h"

namespace fairway::filing {

inline constexpr size_t kIdCharacters = 12;
inline constexpr int kTries = 16;  // where others write the same meanwhile

// What can be an id in a key: short, without a slash. Anything else is of nothing.
[[nodiscard]] bool is_id(std::string_view id);

[[nodiscard]] std::string consignment_key(std::string_view id);
[[nodiscard]] std::string named_key(const PartyId& owner, std::string_view reference);  // an owner's reference is of one consignment
[[nodiscard]] std::string record_key(std::string_view consignment, uint64_t record_version);
[[nodiscard]] std::string following_prefix(const Reference& reference);
[[nodiscard]] std::string filing_key(std::string_view id);
[[nodiscard]] std::string filings_of_prefix(std::string_view consignment);
[[nodiscard]] std::string form_key(std::string_view consignment, const FormKey& key);
[[nodiscard]] std::string lodgement_key(std::string_view lodgement);
[[nodiscard]] std::string number_key(std::string_view authority, std::string_view number);
[[nodiscard]] std::string bundle_key(std::string_view id);
[[nodiscard]] std::string hold_key(std::string_view id);
[[nodiscard]] std::string held_key(const Reference& reference);

// "consignments/PARTY/", "filings/PARTY/", …
[[nodiscard]] std::string list_prefix(std::string_view list, const PartyId& party);
[[nodiscard]] std::string list_key(std::string_view list, const PartyId& party, int64_t created_us, std::string_view id);

// Goes through a list from `after` (a name in it, "" the newest): `take` gets name and id, and returns false to end.
[[nodiscard]] Status walk_list(store::Snapshot& snapshot, std::string_view list, const PartyId& party, std::string_view after,
                               const std::function<Result<bool>(std::string_view name, std::string_view id)>& take);

[[nodiscard]] std::unexpected<Error> not_there(std::string_view what, std::string_view id);

}  // namespace fairway::filing
