#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "refdata/library.h"

namespace fairway::refdata {
namespace {

constexpr std::string_view kPlacesHeading = "country,location,name,nameWoDiacritics,subdivision,status,function,iata,lat,lon,geocoded\n";

std::string places(std::string_view rows) { return std::string(kPlacesHeading) + std::string(rows); }

std::optional<std::string> published(const std::string& name) {
  std::ifstream file(std::string(FAIRWAY_SOURCE_DIR) + "/../shared/corpora/refdata/" + name, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

TEST(RefdataReader, TakesTheRowsAsPublished) {
  const auto read = read_table(Table::unlocode, places("HK,HKG,Hong Kong,Hong Kong,,AI,1--45---,,22.38,114.13,true\n"
                                                       "CI,ABJ,\"Abidjan, port\",Abidjan,,AI,1-34----,,,,\n"));
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read->rows.size(), 2u);
  EXPECT_EQ(read->rows[0].code, "HKHKG");
  EXPECT_EQ(read->rows[0].json, R"({"name":"Hong Kong","plainName":"Hong Kong","status":"AI","function":"1--45---",)"
                                R"("latitude":22.38,"longitude":114.13,"geocoded":"true"})");
  EXPECT_EQ(read->rows[1].json, R"({"name":"Abidjan, port","plainName":"Abidjan","status":"AI","function":"1-34----"})");
  EXPECT_TRUE(read->findings.empty());
}

TEST(RefdataReader, ColumnsMayStandInAnyOrder) {
  const auto read = read_table(Table::container_types, "group;height;code;description\n45GP;9.5;45G1;General purpose\n");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->rows.front().code, "45G1");
  EXPECT_EQ(read->rows.front().json, R"({"description":"General purpose","heightFeet":9.5,"group":"45GP"})");
}

TEST(RefdataReader, AWrongRowNamesItsCellAndTheOthersGoIn) {
  const auto read = read_table(Table::unlocode, places("HK,HKG,Hong Kong,,,,,,,,\n"
                                                       "HKG,HKG,Hong Kong,,,,,,,,\n"
                                                       "CN,YTN,,,,,,,,,\n"
                                                       "CN,SHK,Shekou,,,,,,91.5,113,\n"
                                                       "HK,HKG,Again,,,,,,,,\n"));
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read->rows.size(), 2u);
  EXPECT_EQ(read->rows[1].code, "CNSHK");
  EXPECT_EQ(read->rows[1].json, R"({"name":"Shekou","longitude":113})");
  EXPECT_EQ(read->refused, 3u);
  ASSERT_EQ(read->findings.size(), 4u);
  EXPECT_EQ(read->findings[0].row, 3u);
  EXPECT_EQ(read->findings[0].column, "country");
  EXPECT_EQ(read->findings[0].hint, "two letters, such as HK");
  EXPECT_EQ(read->findings[1].row, 4u);
  EXPECT_EQ(read->findings[1].column, "name");
  EXPECT_EQ(read->findings[2].column, "lat");
  EXPECT_EQ(read->findings[3].row, 6u);
}

TEST(RefdataReader, AFileOfAnotherKindIsRefusedByTheColumnItLacks) {
  const auto read = read_table(Table::hs, places("HK,HKG,Hong Kong,,,,,,,,\n"));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Code::invalid);
  EXPECT_EQ(read.error().detail, "hscode");
  EXPECT_FALSE(read_table(Table::hs, ""));
  EXPECT_FALSE(read_table(Table::hs, "hscode,description\nABC,x\n"));
  EXPECT_EQ(read_table(Table::hs, "\xFFhscode").error().code, Code::unsupported);
}

TEST(RefdataReader, PublishedFilesAreTakenWhole) {
  struct Case {
    Table table;
    const char* file;
    size_t rows, refused;
  };
  for (const Case& c :
       {Case{Table::unlocode, "un-locode.csv", 115'637, 144}, Case{Table::terminals, "smdg-terminals.csv", 1'256, 0},
        Case{Table::hs, "harmonized-system.csv", 6'939, 0}, Case{Table::container_types, "iso-container-codes.csv", 715, 1}}) {
    const auto bytes = published(c.file);
    if (!bytes) GTEST_SKIP() << "the published code lists are not there";
    const auto read = read_table(c.table, *bytes);
    ASSERT_TRUE(read) << c.file << read.error().text();
    EXPECT_EQ(read->refused, c.refused) << c.file << " " << read->findings.front().row << " " << read->findings.front().message;
    EXPECT_EQ(read->rows.size(), c.rows) << c.file;
  }
}

class RefdataLibrary : public ::testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/fairway-refdata-XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    folder_ = pattern;
    auto opened = store::open("rocksdb:" + folder_, Env::system());
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::string folder_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(RefdataLibrary, AnswersAsOfEachDay) {
  Library library(*store_, Env::system());
  ASSERT_TRUE(library.import(Table::unlocode, places("HK,HKG,Old name,,,,,,,,\nCN,SHK,Shekou,,,,,,,,\n"), {"2024-01-01", "2024"}));
  const auto second = library.import(Table::unlocode, places("HK,HKG,New name,,,,,,,,\n"), {"2025-07-01", "2025"});
  ASSERT_TRUE(second) << second.error().text();
  EXPECT_EQ(second->version.number, 2u);
  EXPECT_EQ(library.find(Table::unlocode, "hkhkg", "2025-06-30")->row.json, R"({"name":"Old name"})");
  EXPECT_EQ(library.find(Table::unlocode, "HKHKG", "2025-07-01")->row.json, R"({"name":"New name"})");
  EXPECT_EQ(library.find(Table::unlocode, "HKHKG", "")->version.source, "2025");
  EXPECT_TRUE(library.find(Table::unlocode, "CNSHK", "2024-12-31"));
  EXPECT_EQ(library.find(Table::unlocode, "CNSHK", "").error().code, Code::not_found);
  EXPECT_EQ(library.find(Table::unlocode, "HKHKG", "yesterday").error().code, Code::invalid);
  ASSERT_TRUE(library.find(Table::unlocode, "HKHKG", "1999-01-01"));
  EXPECT_EQ(library.find(Table::unlocode, "HKHKG", "1999-01-01")->version.number, 0u) << "before every version: what is built in";
}

TEST_F(RefdataLibrary, TheSameFileForTheSameDayChangesNothing) {
  Library library(*store_, Env::system());
  const std::string file = "code,description\n45G1,General purpose\n";
  const auto first = library.import(Table::container_types, file, {"2026-01-01", "a"});
  const auto again = library.import(Table::container_types, file, {"2026-01-01", "b"});
  ASSERT_TRUE(first && again);
  EXPECT_FALSE(first->unchanged);
  EXPECT_TRUE(again->unchanged);
  EXPECT_EQ(library.versions(Table::container_types)->size(), 1u);
  EXPECT_EQ((*store_->snapshot())->last(), 1u) << "one entry tells of the one import";
}

TEST_F(RefdataLibrary, ListsByPrefixPageByPage) {
  Library library(*store_, Env::system());
  std::string rows;
  for (const char* place : {"AAA", "AAB", "AAC", "ABA"}) rows += std::string("XX,") + place + ",Name,,,,,,,,\n";
  ASSERT_TRUE(library.import(Table::unlocode, places(rows + "YY,AAA,Other,,,,,,,,\n"), {"2026-01-01", ""}));
  const auto first = library.list(Table::unlocode, "xxaa", "", 2, "");
  ASSERT_TRUE(first) << first.error().text();
  ASSERT_EQ(first->rows.size(), 2u);
  EXPECT_EQ(first->next, "XXAAB");
  const auto second = library.list(Table::unlocode, "XXAA", first->next, 2, "");
  ASSERT_EQ(second->rows.size(), 1u);
  EXPECT_EQ(second->rows[0].code, "XXAAC");
  EXPECT_EQ(second->next, "");
}

TEST_F(RefdataLibrary, BuiltInPlacesAnswerUntilSomethingIsImported) {
  Library library(*store_, Env::system());
  EXPECT_TRUE(library.find(Table::unlocode, "CNSHK", ""));
  EXPECT_TRUE(library.find(Table::terminals, "HKHKG/HITHK", ""));
  EXPECT_FALSE(library.find(Table::hs, "8504", ""));
  EXPECT_GE(library.list(Table::unlocode, "CN", "", 100, "")->rows.size(), 8u);
  ASSERT_TRUE(library.import(Table::unlocode, places("HK,HKG,Hong Kong,,,,,,,,\n"), {}));
  EXPECT_FALSE(library.find(Table::unlocode, "CNSHK", ""));
}

}  // namespace
}  // namespace fairway::refdata
