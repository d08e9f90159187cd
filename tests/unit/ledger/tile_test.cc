// Tiles: paths with one spelling, the specification's own figures, nodes worked out from tiles.
#include "ledger/tile.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "unit/ledger/support.h"

namespace fairway::ledger::tile_test {
namespace {

TEST(Tile, PathsAreTheSpecifications) {
  EXPECT_EQ(tile_path({0, 1234067}), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_path({1, 0, 17}), "tile/1/000.p/17");
  EXPECT_EQ(tile_path({kEntriesLevel, 3}), "tile/entries/003");
  EXPECT_EQ(tile_path({63, 999, 255}), "tile/63/999.p/255");
  EXPECT_EQ(tile_path({0, 1000}), "tile/0/x001/000");
}

TEST(Tile, PathsReadBack) {
  EXPECT_TRUE(rc::check("tile_from_path(tile_path(t)) is t", [] {
    const TileId tile{*rc::gen::inRange(-1, 64), *rc::gen::arbitrary<uint64_t>() >> *rc::gen::inRange(0, 64), *rc::gen::inRange(1, 257)};
    RC_ASSERT(tile_from_path(tile_path(tile)).value() == tile);
  }));
}

TEST(Tile, AnyOtherSpellingIsRefused) {
  for (const std::string_view path : {"",
                                      "tile",
                                      "tile/",
                                      "tile/0",
                                      "tile/0/",
                                      "tile/0/0",
                                      "tile/0/67",
                                      "tile/00/067",
                                      "tile/64/067",
                                      "tile/-1/067",
                                      "tile/+1/067",
                                      "tile/0/067/",
                                      "tile/0/x067",
                                      "tile/0/x000/067",
                                      "tile/0/x001/67",
                                      "tile/0/001/067",
                                      "tile/0/0001",
                                      "tile/0/067.p/0",
                                      "tile/0/067.p/256",
                                      "tile/0/067.p/01",
                                      "tile/0/067.p/",
                                      "tile/0/067.p/1.p/1",
                                      "tile/0/067.p",
                                      "tile/entries/3",
                                      "tile/Entries/003",
                                      "/tile/0/067",
                                      "tile/0/06a",
                                      "tile/0/x018/x446/x744/x073/x709/x551/616",
                                      "tile/0/xxx067",
                                      "tile/0/0/6/7",
                                      "tile/0//067"})
    EXPECT_FALSE(tile_from_path(path)) << path;
  EXPECT_TRUE(tile_from_path("tile/0/x018/x446/x744/x073/x709/x551/615")) << "2^64 - 1";
}

TEST(Tile, WidthsAreTheSpecifications) {
  // tlog-tiles: a tree of 70,000 has 273 full tiles at level 0 and a partial one of 112; 1 and 17 at level 1; 1 at level 2.
  constexpr uint64_t kSize = 70'000;
  EXPECT_EQ(tile_width(0, 272, kSize), 256);
  EXPECT_EQ(tile_width(0, 273, kSize), 112);
  EXPECT_EQ(tile_width(0, 274, kSize), 0);
  EXPECT_EQ(tile_width(1, 0, kSize), 256);
  EXPECT_EQ(tile_width(1, 1, kSize), 17);
  EXPECT_EQ(tile_width(2, 0, kSize), 1);
  EXPECT_EQ(tile_width(3, 0, kSize), 0);
  EXPECT_EQ(tile_width(0, 0, 256), 256);
  EXPECT_EQ(tile_width(0, 1, 256), 0);
  EXPECT_EQ(tile_width(1, 0, 256), 1);
  EXPECT_EQ(tile_width(kEntriesLevel, 273, kSize), 112);
  EXPECT_EQ(tile_width(63, 0, ~uint64_t{0}), 0);
  EXPECT_EQ(tile_width(0, ~uint64_t{0}, ~uint64_t{0}), 0);
}

TEST(Tile, NodesAreWorkedOutFromTheirTile) {
  constexpr uint64_t kSize = 700;
  const MemoryTree tree(kSize);
  const NodeReader reader = tree.reader();
  for (int level = 0; level < 10; ++level)
    for (uint64_t index = 0; index < kSize >> level; ++index) {
      const NodeId node{level, index};
      const TileId tile = tile_of(node);
      std::string bytes;
      for (uint64_t i = 0; i < static_cast<uint64_t>(tile_width(tile.level, tile.index, kSize)); ++i) {
        const NodeId own{tile.level * 8, tile.index * kTileWidth + i};
        bytes += view(reader({&own, 1}).value().front());
      }
      EXPECT_EQ(node_from_tile(node, bytes).value(), reader({&node, 1}).value().front()) << level << "/" << index;
    }
  EXPECT_FALSE(node_from_tile({0, 1}, std::string(32, 'x'))) << "the tile is too short";
  EXPECT_FALSE(node_from_tile({0, 0}, std::string(33, 'x')));
  EXPECT_FALSE(node_from_tile({64, 0}, std::string(32, 'x')));
  EXPECT_FALSE(node_from_tile({-1, 0}, std::string(32, 'x')));
}

TEST(Tile, BundlesOfEntriesReadBack) {
  EXPECT_TRUE(rc::check("entries_of reads what append_entry writes", [](const std::vector<std::string>& entries) {
    RC_PRE(entries.size() <= kTileWidth);
    std::string bundle;
    for (const std::string& entry : entries) RC_ASSERT(append_entry(bundle, entry).has_value());
    const auto read = entries_of(bundle).value();
    RC_ASSERT(std::ranges::equal(read, entries));
    if (!bundle.empty() && !entries.back().empty())
      RC_ASSERT(!entries_of(std::string_view(bundle).substr(0, bundle.size() - 1)).has_value());
  }));
  std::string bundle;
  EXPECT_TRUE(append_entry(bundle, std::string(65'535, 'x')));
  EXPECT_EQ(append_entry(bundle, std::string(65'536, 'x')).error().code, Code::too_large);
  EXPECT_EQ(entries_of(bundle).value().front().size(), 65'535u);
  EXPECT_FALSE(entries_of(std::string(1, '\0')));
  EXPECT_FALSE(entries_of(std::string(257 * 2, '\0'))) << "257 empty entries";
}

}  // namespace
}  // namespace fairway::ledger::tile_test
