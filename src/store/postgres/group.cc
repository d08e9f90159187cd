#include "store/postgres/group.h"

#include <algorithm>
#include <map>

namespace fairway::store::postgres {
namespace {

class Planner {
 public:
  Planner(Position next, Known known) : known_(std::move(known)) { plan_.first = plan_.next = next; }

  void take(const Batch& batch) {
    Status taken = check_erasures(batch);
    if (taken.has_value()) taken = take_states(batch);
    if (!taken.has_value()) {
      plan_.receipts.push_back(std::unexpected(std::move(taken).error()));
      return;
    }
    for (const Erasure& erasure : batch.erasures) take_erasure(erasure);
    Receipt receipt;
    receipt.entries.reserve(batch.entries.size());
    for (const NewEntry& entry : batch.entries) receipt.entries.push_back(take_entry(entry));
    plan_.receipts.push_back(std::move(receipt));
  }

  GroupPlan finish() && {
    std::ranges::sort(plan_.identities, {}, [](const EntryRow& row) -> const std::string& { return row.entry->identity; });
    std::ranges::sort(plan_.terms, [](const TermRow& a, const TermRow& b) {
      const int order = a.term->key.compare(b.term->key);
      return order != 0 ? order < 0 : a.position < b.position;
    });
    for (const auto& [key, row] : states_) plan_.states.push_back(row);
    return std::move(plan_);
  }

 private:
  // Versions are counted through first, so that a batch that is refused leaves nothing behind.
  Status take_states(const Batch& batch) {
    std::unordered_map<std::string_view, uint64_t> versions;
    std::vector<StateRow> rows;
    rows.reserve(batch.state.size());
    for (const StateWrite& write : batch.state) {
      const auto found = known_.versions.find(write.key);
      uint64_t& version = versions.try_emplace(write.key, found == known_.versions.end() ? 0 : found->second).first->second;
      if (write.expect.has_value() && *write.expect != version)
        return fail(Code::conflict, "the state was changed meanwhile",
                    "expected version " + std::to_string(*write.expect) + ", found " + std::to_string(version));
      version = write.value.has_value() ? version + 1 : 0;
      rows.push_back({write.key, version, write.value.has_value() ? &*write.value : nullptr});
    }
    for (const StateRow& row : rows) states_.insert_or_assign(row.key, row);
    for (const auto& [key, version] : versions) known_.versions.insert_or_assign(std::string(key), version);
    return {};
  }

  [[nodiscard]] Status check_erasures(const Batch& batch) const {
    for (const Erasure& erasure : batch.erasures)
      if (erasure.left.position == 0 || erasure.left.position >= plan_.first)
        return fail(Code::not_found, "there is no entry at the position", std::to_string(erasure.left.position));
    return {};
  }

  void take_erasure(const Erasure& erasure) {
    plan_.erasures.push_back(&erasure);
    for (const std::string& identity : erasure.identities) {
      const auto known = known_.identities.find(identity);
      if (known != known_.identities.end() && known->second.position == erasure.left.position) known_.identities.erase(known);
    }
  }

  Appended take_entry(const NewEntry& entry) {
    if (!entry.identity.empty()) {
      const auto [standing, fresh] = known_.identities.try_emplace(entry.identity, Standing{plan_.next, entry.digest});
      if (!fresh) {
        ++plan_.repeats;
        return {.position = standing->second.position, .fresh = false, .digest = standing->second.digest};
      }
    }
    const EntryRow row{plan_.next++, &entry};
    plan_.entries.push_back(row);
    if (!entry.identity.empty()) plan_.identities.push_back(row);
    for (const Term& term : entry.terms) plan_.terms.push_back({&term, row.position});
    return {.position = row.position, .fresh = true, .digest = entry.digest};
  }

  Known known_;
  GroupPlan plan_;
  std::map<std::string_view, StateRow> states_;
};

}  // namespace

Names names_in(std::span<const Batch* const> batches) {
  Names names;
  for (const Batch* batch : batches) {
    for (const NewEntry& entry : batch->entries)
      if (!entry.identity.empty()) names.identities.push_back(entry.identity);
    for (const StateWrite& write : batch->state) names.states.push_back(write.key);
  }
  return names;
}

GroupPlan plan_group(std::span<const Batch* const> batches, Position next, Known known) {
  Planner planner(next, std::move(known));
  for (const Batch* batch : batches) planner.take(*batch);
  return std::move(planner).finish();
}

}  // namespace fairway::store::postgres
