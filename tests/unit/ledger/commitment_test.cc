// Commitments: our own vectors (worked out by commitment_vectors.py), openings, and what nobody can find out by trying.
#include "ledger/commitment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "base/bytes.h"
#include "base/env.h"
#include "base/json.h"
#include "base/limits.h"
#include "ledger/sha256.h"
#include "model/event.h"
#include "unit/model/event_generator.h"

namespace fairway::ledger {
namespace commitments {

Entry entry_of(std::string body) { return {4711, EntryKind::event, "pty_7k2m9q4xwa", 1'795'422'000'000'000, std::move(body)}; }

json::value vectors() {
  std::ifstream in(std::string(FAIRWAY_SOURCE_DIR) + "/tests/unit/ledger/commitment_vectors.json");
  std::ostringstream text;
  text << in.rdbuf();
  return parse_json(text.str()).value();
}

std::string some_salt() { return ManualEnv(0, 7).random_bytes(kSaltBytes); }

TEST(Commitment, AgreesWithItsVectors) {
  const json::value parsed = vectors();
  const json::array& rows = *array_of(parsed.as_object(), "vectors");
  ASSERT_GE(rows.size(), 13u);
  for (const json::value& value : rows) {
    const json::object& row = value.as_object();
    const Entry entry{1, entry_kind_from(text_of(row, "kind")).value(), std::string(text_of(row, "party")), *integer_of(row, "received"),
                      std::string(text_of(row, "body"))};
    const std::vector<Field> fields = fields_of(entry);
    const json::array& wanted = *array_of(row, "fields");
    ASSERT_EQ(fields.size(), wanted.size()) << text_of(row, "what");
    for (size_t i = 0; i < fields.size(); ++i) {
      EXPECT_EQ(fields[i].path, text_of(wanted[i].as_object(), "path")) << text_of(row, "what");
      EXPECT_EQ(fields[i].value, text_of(wanted[i].as_object(), "value")) << text_of(row, "what");
    }
    const std::string salt = from_hex(text_of(row, "salt")).value();
    EXPECT_EQ(to_hex(commit_to(entry, salt)), text_of(row, "entry")) << text_of(row, "what");
  }
}

TEST(Commitment, TakesBodiesOfTooManyFieldsAsOne) {
  const auto list_of = [](size_t elements) {
    std::string body = "{\"a\":[1";
    for (size_t i = 1; i < elements; ++i) body += ",1";
    return entry_of(body + "]}");
  };
  const size_t most = limits::kLedgerFieldsMax - 3;  // beside kind, party and received
  EXPECT_EQ(fields_of(list_of(most)).size(), limits::kLedgerFieldsMax);
  const std::vector<Field> one = fields_of(list_of(most + 1));
  ASSERT_EQ(one.size(), 4u);
  EXPECT_EQ(one[3].path, "body");
  EXPECT_EQ(one[3].value, '"' + to_base64(list_of(most + 1).body) + '"');
}

TEST(Commitment, KeepsPartiesThatAreNoTextApart) {
  Entry entry = entry_of("{}");
  entry.party = "\xff";
  EXPECT_EQ(fields_of(entry)[1].value, "{\"base64\":\"/w==\"}");
}

// The parser's memory is kept between bodies: a large one must not change what is found in the next.
TEST(Commitment, DoesNotRememberTheBodyBefore) {
  const Entry small = entry_of("{\"a\":1}");
  const std::string before = commit_to(small, some_salt());
  const Entry large = entry_of("{\"a\":\"" + std::string(3u << 20, 'x') + "\"}");
  EXPECT_EQ(fields_of(large).back().value.size(), (3u << 20) + 2);
  EXPECT_EQ(commit_to(small, some_salt()), before);
  const Entry no_text = entry_of(std::string(2u << 20, '\xff'));
  EXPECT_EQ(fields_of(no_text).back().path, "body");
  EXPECT_EQ(commit_to(small, some_salt()), before);
}

RC_GTEST_PROP(Commitment, IsWhatEveryOpeningOpens, ()) {
  const Entry entry = entry_of(to_json(generated::arbitrary_event()));
  const std::string salt = ManualEnv(0, *rc::gen::inRange<uint64_t>(1, 1'000'000)).random_bytes(kSaltBytes);
  const std::vector<Field> fields = fields_of(entry);
  std::vector<bool> shown;
  for (size_t i = 0; i < fields.size(); ++i) shown.push_back(*rc::gen::arbitrary<bool>());
  const Opening opening = open(entry, salt, shown);
  RC_ASSERT(log_entry(opening) == commit_to(entry, salt));
  const auto back = opening_from_json(to_json(opening));
  RC_ASSERT(back.has_value());
  RC_ASSERT(to_json(*back) == to_json(opening));
  RC_ASSERT(log_entry(*back) == commit_to(entry, salt));
  for (size_t i = 0; i < fields.size(); ++i) RC_ASSERT(opening.fields[i].field.has_value() == shown[i]);
}

TEST(Commitment, IsWhatEverySubsetOfAShortEntryOpens) {
  const Entry entry = entry_of(R"({"milestone":"loaded","place":{"latitude":1,"longitude":2},"references":["x","y"]})");
  const size_t count = fields_of(entry).size();
  ASSERT_EQ(count, 8u);
  for (unsigned bits = 0; bits < 1u << count; ++bits) {
    std::vector<bool> shown;
    for (size_t i = 0; i < count; ++i) shown.push_back((bits >> i & 1) != 0);
    const Opening opening = open(entry, some_salt(), shown);
    EXPECT_EQ(log_entry(opening), commit_to(entry, some_salt()));
    const auto back = opening_from_json(to_json(opening));
    ASSERT_TRUE(back) << bits;
    EXPECT_EQ(log_entry(*back), commit_to(entry, some_salt()));
  }
}

TEST(Opening, OfAnythingElseOpensSomethingElse) {
  const Entry entry = entry_of(R"({"milestone":"loaded","reason":"x"})");
  const std::vector<bool> shown(5, true);
  const Opening good = open(entry, some_salt(), shown);
  const std::string wanted = commit_to(entry, some_salt());
  const auto changed = [&](const std::function<void(Opening&)>& change) {
    Opening other = good;
    change(other);
    return log_entry(other) != wanted;
  };
  EXPECT_TRUE(changed([](Opening& o) { o.fields[3].field->value = "\"loadee\""; }));
  EXPECT_TRUE(changed([](Opening& o) { o.fields[3].field->path += "x"; }));
  EXPECT_TRUE(changed([](Opening& o) { o.fields[3].salt[0] ^= 1; }));
  EXPECT_TRUE(changed([](Opening& o) { std::swap(o.fields[3], o.fields[4]); }));
  EXPECT_TRUE(changed([](Opening& o) { o.fields.pop_back(); }));
  // What of the path goes over into the value is another field.
  EXPECT_TRUE(changed([](Opening& o) {
    o.fields[3].field->value.insert(0, 1, o.fields[3].field->path.back());
    o.fields[3].field->path.pop_back();
  }));
}

TEST(Opening, IsReadInItsOneSpellingOnly) {
  const Entry entry = entry_of(R"({"a":"\u00e9/ü","b":2})");
  const std::string good = to_json(open(entry, some_salt(), {true, false, false, true, false}));
  ASSERT_TRUE(opening_from_json(good));
  const auto with = [&](std::string_view what, std::string_view instead) {
    std::string other = good;
    const size_t at = other.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return other.replace(at, what.size(), instead);
  };
  for (const std::string& bad : {good + "\n",
                                 " " + good,
                                 with("\"version\":1", "\"version\": 1"),
                                 with("\"version\":1", "\"version\":1.0"),
                                 with("\"version\":1", "\"version\":2"),
                                 with("\"version\":1,", ""),
                                 with("4711", "4711.0"),
                                 with("4711", "-1"),
                                 with("4711", "0"),
                                 with("4711", "04711"),
                                 with("4711", "9223372036854775808"),
                                 with("\"path\":\"kind\"", "\"path\":\"\\u006bind\""),
                                 with("\"path\":\"body/a\"", "\"path\":\"body\\/a\""),
                                 with("=\"}", "\"}"),
                                 with("\"salt\"", "\"Salt\""),
                                 with("{\"commitment\"", "{\"path\":\"party\",\"commitment\""),
                                 with("]}", "],\"more\":1}"),
                                 with("\"fields\":[", "\"fields\":[[],"),
                                 std::string("{\"version\":1,\"entry\":1,\"fields\":[]}"),
                                 std::string("[]"),
                                 std::string("null"),
                                 std::string()})
    EXPECT_FALSE(opening_from_json(bad)) << bad;
}

// Everything of an event is shown but the container's number. Whoever knows the owner's prefix tries its million serials, each with its
// check digit, with all that is public: no salt of another field, no zeros, no hash of what is known gives the field's commitment, and none
// the tree's entry. With the salt it is found: the search does not fail by itself.
class Search {
 public:
  Search() {
    for (size_t i = 0; i < fields_.size(); ++i)
      if (fields_[i].path == "body/references/0") hidden_ = i;
    std::vector<bool> shown(fields_.size(), true);
    shown[hidden_] = false;
    opening_ = open(entry_, salt_, shown);
    tree_ = commit_to(entry_, salt_);
  }

  // The serial with which one of the salts gives what is hidden; -1 where none does.
  int find(const std::vector<std::string>& salts, int serials) const {
    for (int serial = 0; serial < serials; ++serial) {
      const Field guess{fields_[hidden_].path, reference(serial)};
      for (const std::string& salt : salts) {
        const Hash commitment = field_commitment(salt, guess);
        if (commitment == opening_.fields[hidden_].commitment || log_entry(commitment) == tree_) return serial;
      }
    }
    return -1;
  }

  std::vector<std::string> known() const {
    std::vector<std::string> salts = {std::string(kSaltBytes, '\0'), opening_.fields[hidden_ - 1].salt, opening_.fields[hidden_ + 1].salt};
    std::string all;
    for (const OpenedField& field : opening_.fields) all += field.salt;
    const Hash of_all = sha256_of({all}), of_tree = sha256_of({tree_});
    salts.emplace_back(view(of_all));
    salts.emplace_back(view(of_tree));
    return salts;
  }
  std::string secret() const { return field_salts(salt_, fields_.size())[hidden_]; }

  static std::string number(int serial) {
    char text[16];
    std::snprintf(text, sizeof text, "MSCU%06d", serial);
    static constexpr std::string_view kValues = "0123456789A_BCDEFGHIJK_LMNOPQRSTU_VWXYZ";
    int sum = 0;
    for (int i = 0; i < 10; ++i) sum += static_cast<int>(kValues.find(text[i])) << i;
    return text + std::to_string(sum % 11 % 10);
  }
  static std::string reference(int serial) { return "{\"kind\":\"equipment\",\"value\":\"" + number(serial) + "\"}"; }

 private:
  Entry entry_ = entry_of("{\"milestone\":\"gate-in\",\"references\":[" + reference(663'987) + "],\"remark\":\"x\"}");
  std::string salt_ = Env::system().random_bytes(kSaltBytes);
  std::vector<Field> fields_ = fields_of(entry_);
  size_t hidden_ = 0;
  Opening opening_;
  std::string tree_;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kSerials = 20'000, kFound = 700'000;  // sanitizers are slow: a part of the prefix, and the whole only with the salt
#else
constexpr int kSerials = 1'000'000, kFound = 1'000'000;
#endif

TEST(Commitment, OfAContainerCannotBeFoundByTryingAll) {
  EXPECT_EQ(Search::number(663'987), "MSCU6639870");
  const Search search;
  EXPECT_EQ(search.find({search.secret()}, kFound), 663'987);
  EXPECT_EQ(search.find(search.known(), kSerials), -1);
}

}  // namespace commitments
}  // namespace fairway::ledger
