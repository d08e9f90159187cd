// The sample file of the gpsd project, and generated messages, against gpsd's own decoding.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "base/json.h"
#include "gateway/ais/decode.h"
#include "unit/gateway/ais_support.h"

namespace fairway::gateway::ais::raw_test {
namespace {

using ais_support::Builder;

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) lines.push_back(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
  return lines;
}

std::vector<std::string> raw_of(const std::string& sentences) {
  std::vector<std::string> lines;
  const Status status = raw_ais(sentences, [&lines](std::string_view line) { lines.emplace_back(line); });
  EXPECT_TRUE(status.has_value()) << status.error().text();
  return lines;
}

double as_double(const json::value& value) { return value.is_double() ? value.as_double() : value.to_number<double>(); }

// The members in which two objects differ; order does not count, and 0 is 0.0.
std::string difference(const json::value& ours, const json::value& theirs) {
  if (ours.is_number() && theirs.is_number()) return as_double(ours) == as_double(theirs) ? "" : "number";
  if (ours.kind() != theirs.kind()) return "kind";
  if (ours.is_array()) {
    const auto &a = ours.as_array(), &b = theirs.as_array();
    if (a.size() != b.size()) return "length";
    for (size_t i = 0; i < a.size(); ++i)
      if (const auto inner = difference(a[i], b[i]); !inner.empty()) return "[" + std::to_string(i) + "] " + inner;
    return "";
  }
  if (!ours.is_object()) return ours == theirs ? "" : "value";
  std::set<std::string> names;
  for (const auto& member : ours.as_object()) names.insert(member.key());
  for (const auto& member : theirs.as_object()) names.insert(member.key());
  std::string out;
  for (const std::string& name : names) {
    const json::value *a = ours.as_object().if_contains(name), *b = theirs.as_object().if_contains(name);
    const std::string inner = a == nullptr || b == nullptr ? "missing" : difference(*a, *b);
    if (!inner.empty())
      out += name + " (" + inner + "): " + (a != nullptr ? json::serialize(*a) : "-") + " / " + (b != nullptr ? json::serialize(*b) : "-") +
             "; ";
  }
  return out;
}

std::string difference(const std::string& ours, const std::string& theirs) {
  const auto a = parse_json(ours), b = parse_json(theirs);
  if (!a || !b) return "no JSON: " + ours + " / " + theirs;
  return difference(*a, *b);
}

TEST(AisRaw, SampleFileIsReadAsGpsdReadsIt) {
  const std::filesystem::path folder = std::filesystem::path(FAIRWAY_SOURCE_DIR) / "../shared/corpora/ais";
  if (!std::filesystem::exists(folder / "sample.aivdm")) GTEST_SKIP() << "no ../shared/corpora/ais beside the project";
  const auto expected = lines_of(file_text(folder / "sample.aivdm.js.chk"));
  const auto actual = raw_of(file_text(folder / "sample.aivdm"));
  ASSERT_EQ(expected.size(), 97u);
  ASSERT_EQ(actual.size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(difference(actual[i], expected[i]), "") << "line " << i + 1 << ": " << expected[i];
}

// One random message of each form: its type, length and the bits that tell the form.
struct Shape {
  unsigned type;
  size_t bits;
  std::vector<ais_support::Piece> fixed;
};

std::vector<Shape> shapes() {
  std::vector<Shape> out;
  for (const unsigned type : {1u, 2u, 3u, 4u, 9u, 11u, 18u}) out.push_back({type, 168, {}});
  for (const size_t bits : {163u, 165u, 174u}) out.push_back({1, bits, {}});
  for (const size_t bits : {420u, 422u, 424u, 426u}) out.push_back({5, bits, {}});
  for (const unsigned type : {7u, 13u})
    for (const size_t bits : {72u, 104u, 136u, 168u}) out.push_back({type, bits, {}});
  for (const size_t bits : {72u, 78u, 168u, 360u}) out.push_back({12, bits, {}}), out.push_back({14, bits, {}});
  out.push_back({10, 72, {}});
  for (const size_t bits : {88u, 110u, 160u}) out.push_back({15, bits, {{88, 0, 2}, {108, 0, 2}}});
  for (const size_t bits : {96u, 144u}) out.push_back({16, bits, {{92, 0, 4}}});
  for (const size_t bits : {80u, 456u}) out.push_back({17, bits, {}});
  out.push_back({19, 312, {}});
  out.push_back({20, 160, {}});
  for (const size_t bits : {272u, 278u, 302u, 360u}) out.push_back({21, bits, {}});
  for (const uint64_t flag : {0u, 1u}) out.push_back({22, 168, {{139, flag, 1}}});
  out.push_back({23, 160, {}});
  for (const uint64_t flags : {0u, 1u, 2u, 3u}) {
    out.push_back({25, 168, {{38, flags, 2}}});
    out.push_back({26, 256, {{38, flags, 2}}});
  }
  out.push_back({27, 96, {}});
  const auto addressed = [&out](uint64_t area, uint64_t function, size_t bits) {
    out.push_back({6, bits, {{72, area, 10}, {82, function, 6}}});
  };
  const auto broadcast = [&out](uint64_t area, uint64_t function, size_t bits) {
    out.push_back({8, bits, {{40, area, 10}, {50, function, 6}}});
  };
  addressed(1, 12, 360), addressed(1, 14, 192), addressed(1, 18, 360), addressed(1, 20, 360), addressed(1, 25, 168);
  addressed(1, 30, 200), addressed(1, 32, 186), addressed(1, 40, 104), addressed(200, 21, 248), addressed(200, 22, 232);
  addressed(200, 55, 168), addressed(200, 3, 104), addressed(235, 10, 136), addressed(250, 10, 136), addressed(669, 11, 136);
  out.push_back({6, 424, {{72, 1, 10}, {82, 28, 6}, {144, 5, 5}}});
  out.push_back({8, 392, {{40, 1, 10}, {50, 27, 6}, {112, 5, 5}}});
  broadcast(1, 11, 352), broadcast(1, 29, 200), broadcast(200, 24, 168), broadcast(200, 40, 168);
  out.push_back({8, 360, {{40, 1, 10}, {50, 31, 6}, {201, 1, 1}}});  // gpsd 3.22 has no water levels below 0
  broadcast(366, 57, 566), broadcast(413, 1, 120);
  out.push_back({8, 168, {{40, 200, 10}, {50, 10, 6}, {127, 8030, 14}, {141, 2, 3}}});
  return out;
}

// gpsd 3.22 writes the turn without its sign; ours has it.
std::string without_sign_of_turn(std::string line) {
  if (const size_t at = line.find("\"turn\":-"); at != std::string::npos) line.erase(at + 7, 1);
  return line;
}

struct Generated {
  std::string sentences;
  size_t messages = 0;
};

Generated generate(uint64_t seed, int rounds) {
  std::mt19937_64 random(seed);
  Generated out;
  uint32_t mmsi = 200'000'000;
  for (int round = 0; round < rounds; ++round)
    for (const Shape& shape : shapes()) {
      Builder builder;
      for (size_t i = 0; i < shape.bits; i += 8) builder.add(random() & 255, static_cast<unsigned>(std::min<size_t>(8, shape.bits - i)));
      builder.set(0, shape.type, 6);
      builder.set(8, ++mmsi, 30);
      for (const auto& piece : shape.fixed) builder.set(piece.at, piece.value, piece.bits);
      out.sentences += builder.sentences('A', static_cast<int>(out.messages++ % 10));
    }
  return out;
}

std::string gpsdecode(const std::string& sentences) {
  const auto folder = std::filesystem::temp_directory_path() / ("fairway-ais-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "in", std::ios::binary) << sentences;
  const std::string command = "gpsdecode -j <" + (folder / "in").string() + " >" + (folder / "out").string() + " 2>/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::string out = file_text(folder / "out");
  std::filesystem::remove_all(folder);
  return out;
}

TEST(AisRaw, RandomMessagesAreReadAsGpsdecodeReadsThem) {
  if (std::system("command -v gpsdecode >/dev/null") != 0) GTEST_SKIP() << "no gpsdecode (Debian: gpsd-clients)";
  const Generated generated = generate(20261123, 25);
  const auto theirs = lines_of(gpsdecode(generated.sentences));
  const auto ours = raw_of(generated.sentences);
  ASSERT_EQ(ours.size(), generated.messages);
  ASSERT_EQ(theirs.size(), ours.size());
  size_t compared = 0;
  for (size_t i = 0; i < ours.size(); ++i) {
    // gpsd 3.22 leaves quotes and backslashes in the texts of Inland AIS as they are, which is other JSON or none.
    if (ours[i].find("\"dac\":200") != std::string::npos && ours[i].find('\\') != std::string::npos) continue;
    ++compared;
    const std::string found = difference(without_sign_of_turn(ours[i]), theirs[i]);
    ASSERT_EQ(found, "") << ours[i] << "\n" << theirs[i];
  }
  EXPECT_GT(compared, ours.size() * 9 / 10);
}

}  // namespace
}  // namespace fairway::gateway::ais::raw_test
