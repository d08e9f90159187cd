// The lines of an export, apart from any engine: what is not an export is refused, with the line that is wrong.
#include "store/transfer.h"

#include "base/limits.h"
#include "unit/store/contract.h"

namespace fairway::store::contract {
namespace {

const std::string kHeader = R"({"format":"fairway-export","version":1})";
const std::string kEntry1 = R"({"entry":{"position":1,"kind":"event","party":"p","received_us":5,"body":"{}"}})";
const std::string kEntry2 = R"({"entry":{"position":2,"kind":"event","party":"p","received_us":5,"body":"{}"}})";
const std::string kTerm = R"({"term":{"key":"k","position":1,"value_base64":"/w=="}})";
const std::string kState = R"({"state":{"key":"k","version":3,"value":"v"}})";
const std::string kIdentity = R"({"identity":{"identity":"i","position":1,"digest":"d"}})";

std::string footer(int entries, int terms, int states, int identities) {
  return "{\"end\":{\"entries\":" + std::to_string(entries) + ",\"terms\":" + std::to_string(terms) +
         ",\"states\":" + std::to_string(states) + ",\"identities\":" + std::to_string(identities) + "}}";
}

// Reads all lines; the records' sorts, as the indexes of their alternatives.
Result<std::string> read_all(const std::vector<std::string>& lines) {
  size_t next = 0;
  const ImportReader::Source source = [&]() -> Result<std::optional<std::string>> {
    if (next == lines.size()) return std::nullopt;
    return lines[next++];
  };
  ImportReader reader(source);
  std::string sorts;
  for (;;) {
    const auto record = TRY(reader.next());
    if (!record.has_value()) return sorts;
    sorts += static_cast<char>('0' + record->index());
  }
}

struct BadRow {
  const char* what;
  std::vector<std::string> lines;
  Code code;
  const char* in_detail;
};

}  // namespace

TEST(StoreTransfer, AWholeExportIsRead) {
  const auto sorts = read_all({kHeader, kEntry1, kEntry2, kTerm, kState, kIdentity, footer(2, 1, 1, 1)});
  ASSERT_TRUE(sorts.has_value()) << sorts.error().text();
  EXPECT_EQ(*sorts, "00123");
}

TEST(StoreTransfer, WhatIsNotAnExportIsRefusedWithItsLine) {
  const std::string long_key(limits::kTermKeyBytesMax + 1, 'k');
  const std::vector<BadRow> rows = {
      {"nothing", {}, Code::invalid, ""},
      {"no header", {kEntry1, footer(1, 0, 0, 0)}, Code::invalid, ""},
      {"another header", {R"({"format":"x","version":1})"}, Code::invalid, ""},
      {"a newer version", {R"({"format":"fairway-export","version":9})"}, Code::unsupported, ""},
      {"no footer", {kHeader, kEntry1}, Code::invalid, "line 3"},
      {"a footer that counts otherwise", {kHeader, kEntry1, footer(2, 0, 0, 0)}, Code::invalid, "line 3"},
      {"a footer without counts", {kHeader, R"({"end":{}})"}, Code::invalid, "line 2"},
      {"something after the footer", {kHeader, footer(0, 0, 0, 0), kEntry1}, Code::invalid, "line 2"},
      {"a gap", {kHeader, kEntry2, footer(1, 0, 0, 0)}, Code::invalid, "line 2"},
      {"a repeat", {kHeader, kEntry1, kEntry1, footer(2, 0, 0, 0)}, Code::invalid, "line 3"},
      {"sections out of order", {kHeader, kEntry1, kState, kTerm, footer(1, 1, 1, 0)}, Code::invalid, "line 4"},
      {"a term without entry", {kHeader, kTerm, footer(0, 1, 0, 0)}, Code::invalid, "line 2"},
      {"an identity without entry", {kHeader, kIdentity, footer(0, 0, 0, 1)}, Code::invalid, "line 2"},
      {"no JSON", {kHeader, "entry"}, Code::invalid, "line 2"},
      {"no object", {kHeader, "[1]"}, Code::invalid, "line 2"},
      {"an unknown sort", {kHeader, R"({"grant":{}})"}, Code::invalid, "line 2"},
      {"an unknown kind",
       {kHeader, R"({"entry":{"position":1,"kind":"x","party":"","received_us":5,"body":""}})"},
       Code::invalid,
       "line 2"},
      {"no body", {kHeader, R"({"entry":{"position":1,"kind":"event","party":"","received_us":5}})"}, Code::invalid, "body"},
      {"no time", {kHeader, R"({"entry":{"position":1,"kind":"event","party":"","body":""}})"}, Code::invalid, "received_us"},
      {"a position below one",
       {kHeader, R"({"entry":{"position":0,"kind":"event","party":"","received_us":5,"body":""}})"},
       Code::invalid,
       "position"},
      {"no base64", {kHeader, R"({"state":{"key_base64":"=","version":1,"value":""}})"}, Code::invalid, "line 2"},
      {"an empty key", {kHeader, R"({"state":{"key":"","version":1,"value":""}})"}, Code::invalid, "key"},
      {"version zero", {kHeader, R"({"state":{"key":"k","version":0,"value":""}})"}, Code::invalid, "version"},
      {"a key too long",
       {kHeader, kEntry1, R"({"term":{"key":")" + long_key + R"(","position":1,"value":""}})"},
       Code::too_large,
       "line 3"},
      {"a line too long", {kHeader, std::string(limits::kExportLineBytesMax + 1, ' ')}, Code::too_large, "line 2"},
  };
  for (const BadRow& row : rows) {
    SCOPED_TRACE(row.what);
    const auto read = read_all(row.lines);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, row.code) << read.error().text();
    EXPECT_NE(read.error().detail.find(row.in_detail), std::string::npos) << read.error().text();
  }
}

TEST(StoreTransfer, TheSourcesErrorComesBackAsItIs) {
  const ImportReader::Source source = []() -> Result<std::optional<std::string>> { return fail(Code::unavailable, "the file is gone"); };
  ImportReader reader(source);
  const auto record = reader.next();
  ASSERT_FALSE(record.has_value());
  EXPECT_EQ(record.error().code, Code::unavailable);
}

}  // namespace fairway::store::contract
