// The tables: generated as the directories say, compiled, and found by release.
#include <gtest/gtest.h>

#include <unistd.h>

#include <bit>
#include <cstdlib>
#include <ranges>

#include "edifact_read_support.h"
#include "gateway/edifact/directory.h"

namespace edifact_tables {

using namespace fairway::gateway::edifact;

std::string_view text_of(std::string_view release, std::string_view type) {
  for (const DirectoryText& text : directory_texts()) {
    const DirectoryRow* row = text.release == release ? text.messages.find(type) : nullptr;
    if (row != nullptr) return row->text;
  }
  return {};
}

TEST(EdifactTables, SegmentTablesOfTheContainerMessages) {
  EXPECT_EQ(
      text_of("95B", "CODECO"),
      "UNH! BGM! FTX9 RFF9 SG1x1[TDT! RFF9 LOC9 DTM9] SG2!x9[NAD! CTA9] SG3x999[GID! HAN9 FTX9 PIA9 MEA9 TMP9 RNG9 SGP999 "
      "SG4x9[DGS! FTX9]] SG5!x999[EQD! RFF9 TMD9 DTM9 LOC9 MEA9 DIM9 SEL9 FTX9 EQA9 SG6x9[DAM! COD] SG7x9[TDT! LOC DTM] NAD9] CNT! UNT!");
  EXPECT_EQ(text_of("95B", "COARRI"),
            "UNH! BGM! FTX9 RFF9 SG1!x1[TDT! RFF9 LOC9 DTM9] SG2!x9[NAD! CTA9] SG3!x9999[EQD! RFF9 TMD9 DTM9 LOC9 MEA9 DIM9 TMP9 RNG9 SEL9 "
            "FTX9 DGS9 EQA9 PIA9 SG4x9[DAM! COD] SG5x1[TDT! LOC9 DTM9] NAD] CNT! UNT!");
  EXPECT_EQ(text_of("95B", "COPRAR"),
            "UNH! BGM! FTX9 RFF!9 SG1!x1[TDT! RFF9 LOC9 DTM9 FTX9] SG2!x9[NAD! CTA9] SG3!x9999[EQD! RFF9 EQN TMD9 DTM9 LOC9 MEA9 DIM9 TMP9 "
            "RNG9 SEL9 FTX9 DGS9 EQA9 SG4x1[TDT! RFF9 LOC9 DTM9] NAD] CNT! UNT!");
  EXPECT_EQ(
      text_of("95B", "COPARN"),
      "UNH! BGM! TMD TSR FTX9 RFF!9 SG1x9[TDT! RFF9 LOC9 DTM9] SG2!x9[NAD! CTA9 RFF9 DTM9] SG3x999[GID! HAN9 FTX9 RFF9 PIA9 SG4x9[NAD! "
      "DTM9 RFF9] MEA9 DIM9 DOC9 SG5x999[SGP! MEA9] SG6x9[DGS! FTX9 MEA9]] SG7!x999[EQD! RFF9 EQN TMD9 DTM9 TSR9 LOC9 MEA9 DIM9 TMP9 "
      "RNG9 SEL9 FTX9 DGS MOA9 GOR9 EQA SG8x9[DAM! COD] SG9x9[TDT! LOC9 DTM9] SG10x9[NAD! DTM CTA COM]] CNT! UNT!");
  EXPECT_EQ(text_of("95B", "BAPLIE"),
            "UNH! BGM! DTM! RFF NAD3 SG1!x3[TDT! LOC!2 DTM!99 RFF FTX] SG2x9999[LOC! GID GDS FTX9 MEA!9 DIM9 TMP RNG LOC9 RFF! "
            "SG3x3[EQD! EQA9 NAD] SG4x999[DGS! FTX]] UNT!");
  EXPECT_EQ(text_of("16A", "VERMAS"),
            "UNH! BGM! DTM9 SG1x9[RFF! DTM9] SG2x9[NAD! SG3x9[CTA! COM9]] SG4x99999[EQD! RFF9 LOC9 SEL99 SG5x9[MEA! DTM9] SG6x9[TDT! RFF9] "
            "SG7x9[DOC! DTM9 SG8x9[NAD! SG9x9[CTA! COM9]]]] UNT!");
  EXPECT_EQ(text_of("00B", "APERAK"),
            "UNH! BGM! DTM9 FTX9 CNT9 SG1x99[DOC! DTM99] SG2x9[RFF! DTM9] SG3x9[NAD! CTA9 COM9] SG4x99999[ERC! FTX SG5x9[RFF! FTX9]] UNT!");
}

TEST(EdifactTables, SegmentTablesOfTheStatusAndCustomsMessages) {
  EXPECT_TRUE(text_of("00B", "IFTSTA")
                  .starts_with("UNH! BGM! DTM9 TSR SG1x9[NAD! SG2x9[CTA! COM9]] SG3x9[RFF! DTM] LOC9 FTX9 CNT9 SG4x99999[CNI! LOC9 CNT9 "
                               "SG5!x99[STS! RFF999 DTM9 "
                               "DOC FTX9 NAD9 LOC PCI99 SG6x99[TDT! DTM9 RFF9 SG7x9[LOC! DTM9]] SG8x99[EQD! MEA9 DIM9 SEL9 RFF9 TPL9 TMD "
                               "SG9x99[EQA! SEL9]] "));
  EXPECT_NE(text_of("00B", "CUSRES").find("SG12x999999[TAX!"), std::string_view::npos);      // C 999999 in the UN text
  EXPECT_TRUE(text_of("95B", "CUSCAR").ends_with("SG13x1[AUT! DTM9 RFF9] UNT!"));            // not its informative extended table
  EXPECT_NE(text_of("95B", "CUSDEC").find("UNS!"), text_of("95B", "CUSDEC").rfind("UNS!"));  // two section controls
}

TEST(EdifactTables, EveryTableCompilesWithASegmentAtEveryLine) {
  for (const DirectoryText& text : directory_texts()) {
    for (const int version : {3, 4}) {
      for (const DirectoryRow& row : text.messages.all()) {
        const Lookup found = find_tables(row.name, "D", text.release, version);
        ASSERT_NE(found.message, nullptr) << row.name;
        EXPECT_TRUE(found.exact);
        EXPECT_EQ(found.message->nodes.front().tag, pack_tag("UNH"));
        EXPECT_EQ(found.message->nodes.back().tag, pack_tag("UNT"));
        size_t line = 0;
        for (const TableNode& node : found.message->nodes) {
          ++line;
          ASSERT_GT(node.repeats, 0u);
          if (node.end != 0) {  // the head of a group: its trigger follows, mandatory and once
            const TableNode& trigger = found.message->nodes[line];
            EXPECT_EQ(node.tag, trigger.tag);
            EXPECT_TRUE(trigger.mandatory && trigger.repeats == 1) << row.name << " line " << line;
            EXPECT_EQ(trigger.group, node.group);
          } else {
            ASSERT_NE(node.segment, nullptr) << row.name << " D." << text.release << " line " << line;
            EXPECT_EQ(node.segment->tag, node.tag);
          }
        }
      }
    }
  }
}

struct DirectorySize {
  std::string_view release;
  std::ptrdiff_t messages, segments, composites, elements;
};

TEST(EdifactTables, EachDirectoryIsWhole) {
  constexpr DirectorySize kSizes[] = {
      {"95B", 22, 126, 160, 459}, {"96A", 22, 127, 161, 462}, {"99B", 22, 152, 194, 622}, {"00B", 22, 158, 200, 644},
      {"03B", 22, 155, 198, 648}, {"13B", 22, 156, 198, 649}, {"16A", 23, 156, 198, 646},
  };
  ASSERT_EQ(directory_texts().size(), std::size(kSizes));
  const auto count = [](const DirectoryRows& rows) { return std::ranges::distance(rows.all()); };
  for (size_t i = 0; i < std::size(kSizes); ++i) {
    const DirectoryText& text = directory_texts()[i];
    EXPECT_EQ(text.release, kSizes[i].release);
    EXPECT_EQ(count(text.messages), kSizes[i].messages) << text.release;
    EXPECT_EQ(count(text.segments), kSizes[i].segments) << text.release;
    EXPECT_EQ(count(text.composites), kSizes[i].composites) << text.release;
    EXPECT_EQ(count(text.elements), kSizes[i].elements) << text.release;
  }
}

// What a look-up relies on: sorted by name, each row in some directory, and no directory with two rows of one name.
void expect_pool(std::span<const DirectoryRow> pool, uint8_t directories) {
  for (size_t i = 0; i < pool.size(); ++i) {
    EXPECT_NE(pool[i].directories, 0) << pool[i].name;
    EXPECT_EQ(pool[i].directories & ~directories, 0) << pool[i].name;
    EXPECT_LE(pool[i > 0 ? i - 1 : 0].name, pool[i].name);
    for (size_t j = i + 1; j < pool.size() && pool[j].name == pool[i].name; ++j) {
      EXPECT_EQ(pool[i].directories & pool[j].directories, 0) << pool[i].name;
      EXPECT_NE(pool[i].text, pool[j].text) << pool[i].name << " stands twice";
    }
  }
}

TEST(EdifactTables, EachRowStandsOnceInItsPool) {
  uint8_t all = 0;
  for (const DirectoryText& text : directory_texts()) {
    const uint8_t bit = text.messages.directory();
    EXPECT_TRUE(std::has_single_bit(bit) && (all & bit) == 0) << text.release;
    EXPECT_TRUE(text.segments.directory() == bit && text.composites.directory() == bit && text.elements.directory() == bit);
    all |= bit;
  }
  const DirectoryText& any = directory_texts().front();
  for (const DirectoryRows* rows : {&any.messages, &any.segments, &any.composites, &any.elements}) expect_pool(rows->pool(), all);
}

// A row that changed from one release to the next is found as each has it, and not where a release has none.
TEST(EdifactTables, ARowIsThatOfItsDirectory) {
  const auto text_in = [](size_t directory, std::string_view composite) {
    const DirectoryRow* row = directory_texts()[directory].composites.find(composite);
    return row != nullptr ? row->text : std::string_view();
  };
  for (const size_t d95b_d96a : {0u, 1u}) EXPECT_EQ(text_in(d95b_d96a, "C709"), "1475! 1056! 1058! 1476! 1523 1060");
  for (const size_t d99b_d00b : {2u, 3u}) EXPECT_EQ(text_in(d99b_d00b, "C709"), "1475! 1056 1058 1476 1523 1060 1373");
  for (const size_t since_d03b : {4u, 5u, 6u}) EXPECT_EQ(text_in(since_d03b, "C709"), "1003! 1056 1058 1476 1523 1060 1373");
  EXPECT_EQ(text_in(1, "C004"), "");
  EXPECT_EQ(text_in(2, "C004"), "9637 1131 3055 9636");
  EXPECT_EQ(text_in(2, "C999"), "");
  EXPECT_EQ(directory_texts()[5].messages.find("VERMAS"), nullptr);
  ASSERT_NE(directory_texts()[6].messages.find("VERMAS"), nullptr);
}

TEST(EdifactTables, SegmentsKeepOrderStatusAndForm) {
  const Lookup coarri = find_tables("COARRI", "D", "95B", 3);
  const SegmentRule* loc = coarri.directory->segment(pack_tag("LOC"));
  ASSERT_NE(loc, nullptr);
  ASSERT_EQ(loc->elements.size(), 5u);  // 3227 C517 C519 C553 5479
  EXPECT_EQ(loc->elements[1].tag, "C517");
  EXPECT_EQ(loc->elements[1].count, 4);
  EXPECT_EQ(loc->mandatory_elements, 1u);
  const ComponentRule& place = loc->components[loc->elements[1].first];
  EXPECT_EQ(place.number, 3225);
  EXPECT_EQ(place.max, 25);
  EXPECT_EQ(place.type, ElementType::alphanumeric);
  EXPECT_EQ(coarri.directory->segment(pack_tag("ZZZ")), nullptr);
}

// Before version 4 each repeat of an element is a position of its own.
TEST(EdifactTables, RepeatingElementsByAndBeforeVersion4) {
  const SegmentRule* before = find_tables("IFTSTA", "D", "00B", 3).directory->segment(pack_tag("COM"));
  const SegmentRule* since = find_tables("IFTSTA", "D", "00B", 4).directory->segment(pack_tag("COM"));
  ASSERT_TRUE(before != nullptr && since != nullptr);
  EXPECT_EQ(before->elements.size(), 3u);
  EXPECT_EQ(before->mandatory_elements, 1u);
  EXPECT_EQ(since->elements.size(), 1u);
  EXPECT_EQ(since->elements[0].repeats, 3);
}

struct NearestCase {
  std::string_view type, version, release, found;
  bool exact;
};

TEST(EdifactTables, NearestDirectory) {
  const NearestCase cases[] = {
      {"BAPLIE", "D", "95B", "95B", true},  {"BAPLIE", "D", "04B", "03B", false}, {"BAPLIE", "D", "13B", "13B", true},
      {"ORDERS", "D", "01B", "00B", false}, {"COARRI", "D", "23A", "16A", false}, {"CODECO", "D", "93A", "95B", false},
      {"DESADV", "0", "96A", "96A", false}, {"IFTMIN", "1", "911", "95B", false}, {"VERMAS", "D", "13B", "16A", false},
      {"CODECO", "S", "95B", "95B", false}, {"CONTRL", "D", "3", "3", true},      {"CONTRL", "2", "2", "3", true},
  };
  for (const NearestCase& c : cases) {
    const Lookup found = find_tables(c.type, c.version, c.release, 3);
    ASSERT_NE(found.directory, nullptr) << c.type;
    EXPECT_EQ(found.directory->release(), c.found) << c.type << " " << c.release;
    EXPECT_EQ(found.exact, c.exact) << c.type << " " << c.release;
  }
  EXPECT_EQ(find_tables("CONTRL", "4", "1", 4).directory->release(), "4");
  EXPECT_EQ(find_tables("PAORES", "93", "1", 3).message, nullptr);
}

TEST(EdifactTables, GeneratingAgainGivesTheSameFiles) {
  const auto directories = edifact_read::corpora() / "edifact-directories";
  if (!std::filesystem::exists(directories)) GTEST_SKIP() << "no ../shared/corpora/edifact-directories beside the project";
  if (std::system("python3 -c 'import zipfile' 2>/dev/null") != 0) GTEST_SKIP() << "no python3";
  const std::filesystem::path project = FAIRWAY_SOURCE_DIR;
  const auto out = std::filesystem::temp_directory_path() / ("fairway-edifact-tables-" + std::to_string(::getpid()));
  std::filesystem::create_directories(out);
  const std::string command =
      "python3 '" + (project / "tools/edifact_tables.py").string() + "' '" + directories.string() + "' --out '" + out.string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(out)) {
    ++files;
    const auto committed = project / "src/gateway/edifact" / entry.path().filename();
    EXPECT_TRUE(edifact_read::file_text(entry.path()) == edifact_read::file_text(committed)) << committed;
  }
  EXPECT_EQ(files, 2u);
  std::filesystem::remove_all(out);
}

}  // namespace edifact_tables
