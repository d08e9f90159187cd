// Closing and opening, exporting and importing, and stores of another version.
#include "store/transfer.h"
#include "unit/store/contract.h"

namespace fairway::store::contract {
namespace {

// One of everything, with bytes that JSON cannot hold as they are.
void fill(Store& store) {
  NewEntry odd = entry(std::string("\0\xFF\xC0", 3), {{std::string("k\0k", 3), "\xFE"}}, std::string("\xFFid", 3), std::string(32, '\x80'));
  odd.kind = EntryKind::message;
  odd.party = "\xF0";
  odd.received_us = INT64_MIN;
  NewEntry plain =
      entry("{\"text\":\"鹽田 \\u0041\\n\", \"n\": 1.10}", {{"container/MSKU1234565", "head"}, {"booking/1", ""}}, "message 1", "d");
  plain.received_us = INT64_MAX;
  ASSERT_TRUE(store.commit_and_wait(batch_of({odd, plain, entry("")}, {{"a", std::string("\0", 1), 0}, {std::string("b\0", 2), "", 0}})));
  ASSERT_TRUE(store.commit_and_wait(batch_of({entry("again", {}, "message 1")}, {{"a", "second", 1}})));
  for (int i = 0; i < 300; ++i)
    ASSERT_TRUE(store.commit_and_wait(
        batch_of({entry("body " + std::to_string(i), {{"many", std::to_string(i)}}, "id " + std::to_string(i), "d")})));
}

}  // namespace

TEST_P(StoreContract, EverythingIsThereAfterClosingAndOpening) {
  fill(*store_);
  const std::vector<std::string> before = dump(*store_);
  reopen();
  EXPECT_EQ(dump(*store_), before);
  EXPECT_EQ(store_->figures().last, 303u);
  EXPECT_EQ(commit(one(entry("next"))).entries.at(0).position, 304u);
}

TEST_P(StoreContract, AnExportImportsIntoEveryEngine) {
  fill(*store_);
  const std::vector<std::string> lines = dump(*store_);
  for (const Engine& other : engines()) {
    SCOPED_TRACE(other.name);
    const auto home = other.make_home();
    if (!home.has_value()) continue;
    auto second = (*home)->open();
    ASSERT_TRUE(second.has_value()) << second.error().text();
    const Status loaded = load(**second, lines);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
    EXPECT_EQ(dump(**second), lines);
    EXPECT_EQ((*second)->wait_past(0, std::chrono::milliseconds(0)), 303u);

    second->reset();
    second = (*home)->open();
    ASSERT_TRUE(second.has_value()) << second.error().text();
    EXPECT_EQ(dump(**second), lines);
    const auto receipt = (*second)->commit_and_wait(batch_of({entry("x", {}, "message 1"), entry("next")}, {{"a", "third", 2}}));
    ASSERT_TRUE(receipt.has_value()) << receipt.error().text();
    EXPECT_EQ(receipt->entries[0].position, 2u);
    EXPECT_EQ(receipt->entries[0].digest, "d");
    EXPECT_EQ(receipt->entries[1].position, 304u);
  }
}

TEST_P(StoreContract, AnEmptyStoreExportsAndImports) {
  const std::vector<std::string> lines = dump(*store_);
  EXPECT_EQ(lines.size(), 2u);
  EXPECT_TRUE(load(*store_, lines).has_value());
  EXPECT_EQ(commit(one(entry("a"))).entries.at(0).position, 1u);
}

TEST_P(StoreContract, AnImportGoesIntoAnEmptyStoreOnly) {
  const std::vector<std::string> lines = dump(*store_);
  commit(write_state("k", "v"));
  const Status loaded = load(*store_, lines);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, Code::conflict);
  EXPECT_EQ(look()->state("k")->value().value, "v");
}

TEST_P(StoreContract, ABrokenImportLeavesTheStoreEmptyAndUsable) {
  fill(*store_);
  const std::vector<std::string> whole = dump(*store_);
  const auto home = GetParam().make_home();
  ASSERT_TRUE(home.has_value());
  auto second = (*home)->open();
  ASSERT_TRUE(second.has_value());
  const std::vector<std::string> empty = dump(**second);

  const auto refuses = [&](std::vector<std::string> lines, Code code) {
    const Status loaded = load(**second, lines);
    ASSERT_FALSE(loaded.has_value());
    EXPECT_EQ(loaded.error().code, code) << loaded.error().text();
    EXPECT_EQ(dump(**second), empty);
  };
  std::vector<std::string> lines = whole;
  lines.pop_back();
  refuses(lines, Code::invalid);  // cut off before the last line
  lines.erase(lines.begin() + 5, lines.end());
  refuses(lines, Code::invalid);  // cut off in the middle
  lines = whole;
  lines.erase(lines.end() - 4);
  refuses(lines, Code::invalid);  // a line is gone
  lines = whole;
  lines[3] = lines[3].substr(0, lines[3].size() / 2);
  refuses(lines, Code::invalid);  // a line is cut off
  lines = whole;
  std::swap(lines[2], lines[3]);
  refuses(lines, Code::invalid);  // lines are out of order
  refuses({}, Code::invalid);
  refuses({"{\"format\":\"fairway-export\",\"version\":2}"}, Code::unsupported);

  const Status loaded = load(**second, whole);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_EQ(dump(**second), whole);
}

TEST_P(StoreContract, AnExportEndsWhereItsReaderFails) {
  fill(*store_);
  size_t lines = 0;
  const Status exported = store_->export_lines([&](std::string_view) -> Status {
    if (++lines == 3) return fail(Code::unavailable, "the pipe is closed");
    return {};
  });
  ASSERT_FALSE(exported.has_value());
  EXPECT_EQ(exported.error().message, "the pipe is closed");
  EXPECT_EQ(lines, 3u);
}

TEST_P(StoreContract, AStoreOfANewerVersionIsRefusedWithBothVersions) {
  commit(one(entry("a")));
  close();
  home_->pretend_newer();
  const auto opened = home_->open();
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, Code::conflict);
  size_t numbers = 0;  // in the message: the store's version and ours
  const std::string& message = opened.error().message;
  for (size_t i = 0; i < message.size(); ++i)
    if (isdigit(message[i]) != 0 && (i == 0 || isdigit(message[i - 1]) == 0)) ++numbers;
  EXPECT_EQ(numbers, 2u) << message;
}

}  // namespace fairway::store::contract
