#include "base/gzip.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/limits.h"

namespace fairway {
namespace {

TEST(Gzip, UnpacksWhatItPacks) {
  EXPECT_EQ(gunzip(gzip(""), 0).value(), "");
  EXPECT_TRUE(
      rc::check("gunzip(gzip(s)) is s", [](const std::string& bytes) { RC_ASSERT(gunzip(gzip(bytes), bytes.size()).value() == bytes); }));
}

TEST(Gzip, UnpacksSeveralMembersAsOne) { EXPECT_EQ(gunzip(gzip("UNB") + gzip("") + gzip("UNZ"), 6).value(), "UNBUNZ"); }

TEST(Gzip, UnpacksMoreThanOneChunk) {
  std::string bytes;
  for (int i = 0; i < 300'000; ++i) bytes += static_cast<char>(static_cast<unsigned>(i) * static_cast<unsigned>(i) >> 3);
  EXPECT_EQ(gunzip(gzip(bytes), bytes.size()).value(), bytes);
}

TEST(Gzip, StopsAtTheBound) {
  EXPECT_TRUE(gunzip(gzip("123456"), 6));
  EXPECT_EQ(gunzip(gzip("1234567"), 6).error().code, Code::too_large);
}

TEST(Gzip, ABombCostsNoMoreThanTheBound) {
  const std::string bomb = gzip(std::string(limits::kRequestBodyInflatedBytesMax + 1, '\0'));
  EXPECT_LT(bomb.size(), 1u << 20);
  EXPECT_EQ(gunzip(bomb, limits::kRequestBodyInflatedBytesMax).error().code, Code::too_large);
  std::string members;
  for (int i = 0; i < 20; ++i) members += gzip(std::string(100'000, '\0'));
  EXPECT_EQ(gunzip(members, 1'000'000).error().code, Code::too_large);
}

TEST(Gzip, RefusesWhatIsNotGzipOrIsCutOff) {
  EXPECT_EQ(gunzip("", 100).error().code, Code::invalid);
  EXPECT_EQ(gunzip("UNB+UNOA:1", 100).error().code, Code::invalid);
  EXPECT_EQ(gunzip(gzip("text") + "rest", 100).error().code, Code::invalid);
  const std::string whole = gzip("a text that is long enough to be cut anywhere");
  for (size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(gunzip(whole.substr(0, size), 1000)) << size;
  std::string damaged = whole;
  damaged[damaged.size() - 6] ^= 1;  // the checksum
  EXPECT_FALSE(gunzip(damaged, 1000));
}

}  // namespace
}  // namespace fairway
