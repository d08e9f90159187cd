// The contract of src/store/store.h as tests that every engine passes: contract_*.cc.
//
// An engine joins by registering itself, at namespace scope in a .cc of this folder:
//
//   const bool kRegistered = contract::register_engine({"Postgres", [] { return make_postgres_home(); }});
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "store/store.h"

namespace fairway::store::contract {

// A place for one store: it can be opened, closed and opened again. Removes the store at its end.
class Home {
 public:
  virtual ~Home() = default;
  [[nodiscard]] virtual Result<std::unique_ptr<Store>> open() = 0;
  // While it is closed: raises the format that is written in the store by one, as a newer Fairway would.
  virtual void pretend_newer() = 0;
};

struct Engine {
  std::string name;
  // A home for a new, empty store; an error says why the engine cannot be tested here, and its tests are skipped.
  std::function<Result<std::unique_ptr<Home>>()> make_home;
};

inline std::vector<Engine>& engines() {
  static std::vector<Engine> registered;
  return registered;
}

inline bool register_engine(Engine engine) {
  engines().push_back(std::move(engine));
  return true;
}

// A test of one engine with a store of its own.
class StoreContract : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    Result<std::unique_ptr<Home>> home = GetParam().make_home();
    if (!home.has_value()) GTEST_SKIP() << home.error().text();
    home_ = std::move(*home);
    reopen();
  }
  void TearDown() override { store_.reset(); }

  void close() { store_.reset(); }
  void reopen() {
    store_.reset();
    Result<std::unique_ptr<Store>> opened = home_->open();
    ASSERT_TRUE(opened.has_value()) << opened.error().text();
    store_ = std::move(*opened);
  }

  // Commits what must be accepted.
  Receipt commit(Batch batch) {
    Result<Receipt> receipt = store_->commit_and_wait(std::move(batch));
    EXPECT_TRUE(receipt.has_value()) << receipt.error().text();
    return receipt.value_or(Receipt());
  }
  // Commits what must be refused.
  Error refused(Batch batch) {
    const Result<Receipt> receipt = store_->commit_and_wait(std::move(batch));
    EXPECT_FALSE(receipt.has_value());
    return receipt.has_value() ? Error() : receipt.error();
  }
  std::unique_ptr<Snapshot> look() {
    Result<std::unique_ptr<Snapshot>> snapshot = store_->snapshot();
    EXPECT_TRUE(snapshot.has_value()) << snapshot.error().text();
    return std::move(*snapshot);
  }

  std::unique_ptr<Home> home_;
  std::unique_ptr<Store> store_;
};

inline NewEntry entry(std::string body, std::vector<Term> terms = {}, std::string identity = {}, std::string digest = {}) {
  return {.kind = EntryKind::event,
          .party = "party-1",
          .received_us = 1'700'000'000'000'000,
          .body = std::move(body),
          .terms = std::move(terms),
          .identity = std::move(identity),
          .digest = std::move(digest)};
}

inline Batch batch_of(std::vector<NewEntry> entries, std::vector<StateWrite> state = {}) {
  return {.entries = std::move(entries), .state = std::move(state)};
}
inline Batch one(NewEntry only) {
  Batch batch;
  batch.entries.push_back(std::move(only));
  return batch;
}
inline Batch write_state(std::string key, std::optional<std::string> value, std::optional<uint64_t> expect = {}) {
  Batch batch;
  batch.state.push_back({std::move(key), std::move(value), expect});
  return batch;
}

// Everything in a store, as the lines of its export.
inline std::vector<std::string> dump(Store& store) {
  std::vector<std::string> lines;
  const Status exported = store.export_lines([&](std::string_view line) -> Status {
    lines.emplace_back(line);
    return {};
  });
  EXPECT_TRUE(exported.has_value()) << exported.error().text();
  return lines;
}

inline Status load(Store& store, const std::vector<std::string>& lines) {
  size_t next = 0;
  return store.import_lines([&]() -> Result<std::optional<std::string>> {
    if (next == lines.size()) return std::nullopt;
    return lines[next++];
  });
}

// "position=value …" of a scan's hits.
inline std::string text_of(const Result<std::vector<TermHit>>& hits) {
  if (!hits.has_value()) return hits.error().text();
  std::string text;
  for (const TermHit& hit : *hits) text += (text.empty() ? "" : " ") + std::to_string(hit.position) + "=" + hit.value;
  return text;
}

// The bodies of entries, one after the other.
inline std::string text_of(const Result<std::vector<Entry>>& entries) {
  if (!entries.has_value()) return entries.error().text();
  std::string text;
  for (const Entry& each : *entries) text += (text.empty() ? "" : " ") + std::to_string(each.position) + "=" + each.body;
  return text;
}

}  // namespace fairway::store::contract
