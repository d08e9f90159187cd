// Random work on a store and on a few maps that do the same: they agree in every receipt and in everything that is stored.
#include <rapidcheck.h>

#include <future>
#include <map>

#include "unit/store/contract.h"

namespace fairway::store::contract {
namespace {

// The store, said as simply as possible.
class Model {
 public:
  Result<Receipt> commit(const Batch& batch) {
    std::map<std::string, StateValue> states = states_;
    for (const StateWrite& write : batch.state) {
      const auto found = states.find(write.key);
      const uint64_t version = found == states.end() ? 0 : found->second.version;
      if (write.expect.has_value() && *write.expect != version) return fail(Code::conflict, "");
      if (write.value.has_value()) {
        states[write.key] = {*write.value, version + 1};
      } else {
        states.erase(write.key);
      }
    }
    states_ = std::move(states);
    Receipt receipt;
    for (const NewEntry& each : batch.entries) receipt.entries.push_back(append(each));
    return receipt;
  }

  void agree(Store& store) const {
    const auto snapshot = store.snapshot();
    RC_ASSERT(snapshot.has_value());
    RC_ASSERT((*snapshot)->last() == bodies_.size());
    const auto entries = (*snapshot)->range(1, bodies_.size() + 1);
    RC_ASSERT(entries.has_value());
    RC_ASSERT(entries->size() == bodies_.size());
    for (size_t i = 0; i < bodies_.size(); ++i) RC_ASSERT((*entries)[i].body == bodies_[i]);
    for (const auto& [key, hits] : terms_) {
      const std::vector<std::pair<Position, std::string>> expected(hits.begin(), hits.end());
      RC_ASSERT(scan(**snapshot, key, false) == expected);
      RC_ASSERT(scan(**snapshot, key, true) == std::vector(expected.rbegin(), expected.rend()));
    }
    const auto states = (*snapshot)->state_scan("", "", 1000);
    RC_ASSERT(states.has_value());
    RC_ASSERT(states->size() == states_.size());
    auto expected = states_.begin();
    for (const auto& [key, state] : *states) {
      RC_ASSERT(key == expected->first);
      RC_ASSERT(state.value == expected->second.value);
      RC_ASSERT(state.version == expected->second.version);
      ++expected;
    }
  }

 private:
  Appended append(const NewEntry& each) {
    if (const auto found = identities_.find(each.identity); found != identities_.end())
      return {.position = found->second.position, .fresh = false, .digest = found->second.digest};
    bodies_.push_back(each.body);
    for (const Term& term : each.terms) terms_[term.key][bodies_.size()] = term.value;
    const Appended appended{.position = bodies_.size(), .fresh = true, .digest = each.digest};
    if (!each.identity.empty()) identities_[each.identity] = appended;
    return appended;
  }

  // A scan in pages of two.
  static std::vector<std::pair<Position, std::string>> scan(Snapshot& snapshot, const std::string& key, bool newest_first) {
    std::vector<std::pair<Position, std::string>> all;
    for (Position after = 0;;) {
      const auto page = snapshot.scan({.key = key, .newest_first = newest_first, .after = after, .limit = 2});
      RC_ASSERT(page.has_value());
      for (const TermHit& hit : *page) all.emplace_back(hit.position, hit.value);
      if (page->size() < 2) return all;
      after = page->back().position;
    }
  }

  std::vector<std::string> bodies_;
  std::map<std::string, std::map<Position, std::string>> terms_;
  std::map<std::string, StateValue> states_;
  std::map<std::string, Appended> identities_;
};

rc::Gen<std::string> any_key() { return rc::gen::element<std::string>("a", std::string("a\0", 2), "ab", "\xFF", std::string("\0\xFF", 2)); }

rc::Gen<Batch> any_batch() {
  return rc::gen::exec([] {
    Batch batch;
    const int entries = *rc::gen::inRange(0, 4), states = *rc::gen::weightedElement<int>({{3, 0}, {2, 1}, {1, 2}});
    for (int i = 0; i < entries; ++i) {
      const std::string body = *rc::gen::string<std::string>();
      std::vector<Term> terms;
      for (int t = *rc::gen::inRange(0, 4); t > 0; --t) terms.push_back({*any_key(), *rc::gen::string<std::string>()});
      const std::string identity = *rc::gen::element<std::string>("", "", "i", "j", "k", "l");
      batch.entries.push_back(entry(body, std::move(terms), identity, *rc::gen::element<std::string>("", "d", "e")));
    }
    for (int i = 0; i < states; ++i) {
      StateWrite write{*any_key(), *rc::gen::string<std::string>(), std::nullopt};
      if (*rc::gen::inRange(0, 4) == 0) write.value.reset();
      if (*rc::gen::inRange(0, 2) == 0) write.expect = *rc::gen::inRange<uint64_t>(0, 3);
      batch.state.push_back(std::move(write));
    }
    return batch;
  });
}

void same(const Result<Receipt>& expected, const Result<Receipt>& got) {
  RC_ASSERT(got.has_value() == expected.has_value());
  if (!got.has_value()) {
    RC_ASSERT(got.error().code == expected.error().code);
    return;
  }
  RC_ASSERT(got->entries.size() == expected->entries.size());
  for (size_t i = 0; i < got->entries.size(); ++i) {
    RC_ASSERT(got->entries[i].position == expected->entries[i].position);
    RC_ASSERT(got->entries[i].fresh == expected->entries[i].fresh);
    RC_ASSERT(got->entries[i].digest == expected->entries[i].digest);
  }
}

}  // namespace

TEST_P(StoreContract, ItDoesWhatASimpleModelDoes) {
  close();
  EXPECT_TRUE(rc::check("batches sent together, and the store opened again between them", [&] {
    const auto home = GetParam().make_home();
    RC_ASSERT(home.has_value());
    Model model;
    for (int opening = *rc::gen::inRange(1, 3); opening > 0; --opening) {
      const auto store = (*home)->open();
      RC_ASSERT(store.has_value());
      const std::vector<Batch> batches = *rc::gen::container<std::vector<Batch>>(any_batch());
      std::vector<std::promise<Result<Receipt>>> outcomes(batches.size());
      for (size_t i = 0; i < batches.size(); ++i)
        (*store)->commit(batches[i], [&outcomes, i](Result<Receipt> result) { outcomes[i].set_value(std::move(result)); });
      std::vector<Result<Receipt>> got;
      for (auto& outcome : outcomes) got.push_back(outcome.get_future().get());
      for (size_t i = 0; i < batches.size(); ++i) same(model.commit(batches[i]), got[i]);
      model.agree(**store);
    }
  }));
}

}  // namespace fairway::store::contract
