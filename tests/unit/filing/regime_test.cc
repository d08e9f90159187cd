#include "filing/regime/regime.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace fairway::filing::engine_tests {
namespace {

namespace fs = std::filesystem;

// A folder with the regime of the tests, of which one file is another.
class Folder {
 public:
  Folder(const std::string& file, const std::string& find, const std::string& put) {
    std::string name = (fs::temp_directory_path() / "fairway-regimes-XXXXXX").string();
    path_ = mkdtemp(name.data());
    fs::copy(FAIRWAY_SOURCE_DIR "/tests/unit/filing/regimes", path_, fs::copy_options::recursive);
    if (file.empty()) return;
    const fs::path place = path_ / "sg" / file;
    std::ifstream in(place);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const size_t at = text.find(find);
    EXPECT_NE(at, std::string::npos) << find;
    std::ofstream(place) << text.replace(at, find.size(), put);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

TEST(Regimes, those_in_the_program_are_right) {
  const auto regimes = Regimes::built_in();
  ASSERT_TRUE(regimes) << regimes.error().text();
  EXPECT_NE((*regimes)->find("hk"), nullptr);
  EXPECT_NE((*regimes)->find("cn"), nullptr);
  EXPECT_EQ((*regimes)->find("sg"), nullptr);
}

TEST(Regimes, a_folder_adds_one) {
  const Folder folder("", "", "");
  const auto regimes = Regimes::with_folder(folder.path());
  ASSERT_TRUE(regimes) << regimes.error().text();
  const Regime* sg = (*regimes)->find("sg");
  ASSERT_NE(sg, nullptr);
  EXPECT_EQ(sg->setting("currency"), "SGD");
  EXPECT_TRUE(sg->covers("SG"));
  EXPECT_FALSE(sg->covers("HK"));
  EXPECT_EQ(form_title(*sg, "in").en, "IN permit");
  EXPECT_EQ(field_title(*sg, "in", "item[2].value").hans, "到岸价");
  EXPECT_EQ(field_title(*sg, "in", "importer.uen").en, "Importer");
  EXPECT_EQ(field_title(*sg, "in", "nothing").en, "");
  EXPECT_NE((*regimes)->schema().find(Group::goods, "sgHs"), std::nullopt);
}

TEST(Regimes, what_is_wrong_in_a_table_is_named_with_its_place) {
  struct Case {
    std::string file, find, put, told;
  };
  const Case kCases[] = {
      {"regime.csv", "zone,Asia/Singapore", "zone,Asia/Singapur", "sg/regime.csv: Asia/Singapur"},
      {"regime.csv", "currency,SGD", "curency,SGD", "no line with the key currency"},
      {"forms.csv", "trade = 'import'", "trade is 'import'", "sg/forms.csv row 3, column needed_when"},
      {"forms.csv", "permit,arrival", "permits,arrival", "column deadline: there is no permits in deadlines.csv"},
      {"forms.csv", ",consignment,trade = 'import'", ",journey,trade = 'import'", "column per"},
      {"forms.csv", "needed_when", "needed", "column needed"},
      {"fields.csv", "importer.uen,17", "importer.une,17", "sg/fields.csv row 2, column value"},
      {"fields.csv", "code,yes,item.sgHs", "coed,yes,item.sgHs", "column type: \"coed\""},
      {"fields.csv", "3,packages,packages", "3,pakages,packages", "column list: there is no codes/pakages.csv"},
      {"fields.csv", "map('packages'", "map('packs'", "there is no maps/packs.csv (there are: packages)"},
      {"fields.csv", "in,importer.uen,form", "inn,importer.uen,form", "column forms: there is no form inn"},
      {"fields.csv", "out,exporter.uen", "in,importer.uen", "importer.uen stands twice for form in"},
      {"fields.csv", "2024-01-01", "1.1.2024", "column from: \"1.1.2024\" is no date"},
      {"rules.csv", "field.packages >= 1", "field.package >= 1", "the form has no field package"},
      {"rules.csv", "blocking", "serious", "column weight: \"serious\""},
      {"rules.csv", "{value}", "{value", "sg/rules.csv row 2, column message_en"},
      {"rules.csv", "code,item.hs", "code,item.hx", "column path: the record has no item item.hx"},
      {"codes/packages.csv", "code,", "kode,", "a list has no column code"},
      {"items.csv", "goods,sgHs", "goods,hs", "hs"},
  };
  for (const Case& wrong : kCases) {
    const Folder folder(wrong.file, wrong.find, wrong.put);
    const auto regimes = Regimes::with_folder(folder.path());
    ASSERT_FALSE(regimes) << wrong.put;
    EXPECT_NE(regimes.error().text().find(wrong.told), std::string::npos) << wrong.told << "\n" << regimes.error().text();
  }
  EXPECT_FALSE(Regimes::with_folder("/nowhere/at/all"));
}

TEST(Table, cells_are_found_by_the_names_of_columns) {
  const auto table = Table::parse("# a remark\na,b,from,to\n1,\"x, y\",2026-01-01,2026-06-30\n# another\n2,,,\n", "t.csv");
  ASSERT_TRUE(table) << table.error().text();
  ASSERT_EQ(table->rows(), 2u);
  EXPECT_EQ(table->cell(0, "b"), "x, y");
  EXPECT_EQ(table->cell(1, "c"), "");
  EXPECT_EQ(table->place(1), "t.csv row 5");
  EXPECT_TRUE(table->counts_on(0, "2026-06-30"));
  EXPECT_FALSE(table->counts_on(0, "2026-07-01"));
  EXPECT_TRUE(table->counts_on(1, "1999-01-01"));
  EXPECT_FALSE(Table::parse("a,b\n1,2,3\n", "t.csv"));
  EXPECT_FALSE(Table::parse("a,a\n1,2\n", "t.csv"));
}

}  // namespace
}  // namespace fairway::filing::engine_tests
