// The traps of AIS sentences: checksums, TAG blocks, parts in any order, armour, fill bits.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/json.h"
#include "gateway/ais/assembler.h"
#include "gateway/ais/decode.h"
#include "unit/gateway/ais_support.h"

namespace fairway::gateway::ais::sentence_test {
namespace {

using ais_support::Builder;
using ais_support::tag_block;
using ais_support::with_checksum;

const std::string kReport = "!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4A";

// A type 5 of two sentences.
Builder voyage(uint32_t mmsi, std::string_view name = "EVER DIADEM") {
  Builder builder;
  builder.add(5, 6).add(0, 2).add(mmsi, 30).add(0, 2).add(9'134'270, 30).text("3FOF8", 7).text(name, 20).add(70, 8).add(0, 30).add(1, 4);
  return builder.add(5, 4).add(15, 5).add(14, 5).add(0, 6).add(122, 8).text("NEW YORK", 20).add(0, 2);
}

std::vector<std::string> raw_of(const std::string& sentences) {
  std::vector<std::string> lines;
  (void)raw_ais(sentences, [&lines](std::string_view line) { lines.emplace_back(line); });
  return lines;
}
std::vector<int64_t> mmsis_of(const std::string& sentences) {
  std::vector<int64_t> out;
  for (const std::string& line : raw_of(sentences)) out.push_back(integer_of(parse_json(line)->as_object(), "mmsi").value_or(0));
  return out;
}

TEST(AisSentence, ChecksumIsOfWhatStandsBetweenTheMarkAndTheStar) {
  EXPECT_TRUE(parse_sentence(kReport).has_value());
  EXPECT_TRUE(parse_sentence(kReport + "\r\n").has_value());
  std::string wrong = kReport;
  wrong.back() = 'B';
  EXPECT_EQ(parse_sentence(wrong).error().message, "a wrong checksum");
  EXPECT_EQ(parse_sentence(kReport.substr(0, kReport.size() - 3)).error().message, "no checksum");
  EXPECT_FALSE(parse_sentence(kReport.substr(0, kReport.size() - 1)).has_value());
  EXPECT_TRUE(parse_sentence("!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4a").has_value()) << "digits of either case";
  EXPECT_TRUE(parse_sentence(kReport + ",s28089,d-103,T39.44353985*,1242958962").has_value()) << "receivers add to the line";
}

TEST(AisSentence, EveryTalkerIsHeard) {
  for (const char* talker : {"AI", "AB", "AD", "AN", "AR", "AS", "AT", "AX", "BS", "SA"}) {
    const std::string line = with_checksum(std::string(talker) + "VDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0");
    ASSERT_TRUE(parse_sentence(line).has_value()) << line;
    EXPECT_EQ(parse_sentence(line)->talker, talker);
    EXPECT_FALSE(parse_sentence(line)->own_ship);
  }
  EXPECT_TRUE(parse_sentence(with_checksum("AIVDO,1,1,,,15RTgt0PAso;90TKcjM8h6g208CQ,0"))->own_ship);
  EXPECT_FALSE(parse_sentence(with_checksum("GPRMC,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0")).has_value());
}

TEST(AisSentence, FieldsOutOfRangeAreRefused) {
  for (const char* body :
       {"AIVDM,0,1,,A,15RT,0", "AIVDM,2,3,,A,15RT,0", "AIVDM,2,0,,A,15RT,0", "AIVDM,10,1,,A,15RT,0", "AIVDM,1,1,12,A,15RT,0",
        "AIVDM,1,1,,A,,0", "AIVDM,1,1,,A,15RT,6", "AIVDM,1,1,,A,15RT,", "AIVDM,1,1,,A,15RT", "AIVDM", ""})
    EXPECT_FALSE(parse_sentence(with_checksum(body)).has_value()) << body;
  EXPECT_FALSE(parse_sentence("!" + std::string(5'000, 'A')).has_value());
}

TEST(AisSentence, TagBlockHasItsOwnChecksum) {
  const std::string line = tag_block("g:1-2-1234,s:rORBCOMM109,c:1700000000") + kReport;
  const auto sentence = parse_sentence(line);
  ASSERT_TRUE(sentence.has_value()) << sentence.error().text();
  EXPECT_EQ(sentence->tag.source, "rORBCOMM109");
  EXPECT_EQ(sentence->tag.unix_s, 1'700'000'000);
  EXPECT_EQ(sentence->tag.group, "1234");
  EXPECT_EQ(sentence->tag.part, 1);
  EXPECT_EQ(sentence->tag.parts, 2);
  EXPECT_EQ(parse_sentence(tag_block("c:1700000000123") + kReport)->tag.unix_s, 1'700'000'000) << "milliseconds";
  EXPECT_EQ(parse_sentence("\\s:a,c:1700000000*00\\" + kReport).error().message, "a wrong checksum");
  EXPECT_FALSE(parse_sentence("\\s:a,c:1700000000").has_value());
  EXPECT_FALSE(parse_sentence(tag_block("c:17x,s:a") + kReport)->tag.unix_s.has_value());
}

TEST(AisParts, ComeInAnyOrderAndMixed) {
  const auto a = voyage(1'000'001).parts('A', 1), b = voyage(1'000'002).parts('B', 1), c = voyage(1'000'003).parts('A', 2);
  EXPECT_EQ(mmsis_of(a[1] + "\n" + a[0] + "\n"), (std::vector<int64_t>{1'000'001}));
  EXPECT_EQ(mmsis_of(a[0] + "\n" + b[0] + "\n" + c[0] + "\n" + kReport + "\n" + c[1] + "\n" + a[1] + "\n" + b[1]),
            (std::vector<int64_t>{371'798'000, 1'000'003, 1'000'001, 1'000'002}));
}

TEST(AisParts, TalkerAndKindTellThemApart) {
  const auto ship = voyage(1'000'001).parts('A', 1), base = voyage(1'000'002).parts('A', 1, "ABVDM"),
             own = voyage(1'000'003).parts('A', 1, "AIVDO");
  EXPECT_EQ(mmsis_of(ship[0] + "\n" + base[0] + "\n" + own[0] + "\n" + ship[1] + "\n" + base[1] + "\n" + own[1]),
            (std::vector<int64_t>{1'000'001, 1'000'002, 1'000'003}));
}

TEST(AisParts, NextMessageOfTheSameNumberBeginsAnew) {
  const auto lost = voyage(1'000'001).parts('A', 1), next = voyage(1'000'002).parts('A', 1);
  EXPECT_EQ(mmsis_of(lost[0] + "\n" + next[0] + "\n" + next[1]), (std::vector<int64_t>{1'000'002}));
}

TEST(AisParts, WithoutNumberAreJoinedInTheirTurn) {
  std::string lines;
  for (const std::string& part : voyage(1'000'001).parts('A', 1)) {
    std::string body = part.substr(1, part.find('*') - 1);
    body.replace(body.find(",1,A,"), 5, ",,A,");
    lines += with_checksum(body) + "\n";
  }
  EXPECT_EQ(mmsis_of(lines), (std::vector<int64_t>{1'000'001}));
}

TEST(AisParts, AreGivenUpAfterAWhile) {
  const auto parts = voyage(1'000'001).parts('A', 1);
  std::string many;
  for (uint64_t i = 0; i < Assembler::kPartsApartMax; ++i) many += kReport + "\n";
  EXPECT_EQ(mmsis_of(parts[0] + "\n" + many + parts[1]).size(), Assembler::kPartsApartMax);
  const std::string early = tag_block("c:1700000000"), late = tag_block("c:1700000100"), soon = tag_block("c:1700000003");
  EXPECT_TRUE(mmsis_of(early + parts[0] + "\n" + late + parts[1]).empty());
  EXPECT_EQ(mmsis_of(early + parts[0] + "\n" + soon + parts[1]).size(), 1u);
}

TEST(AisParts, OfATagGroupNeedNoSourceButTheFirst) {
  const auto a = voyage(1'000'001).parts('A', 1), b = voyage(1'000'002).parts('A', 1);
  const std::string first = tag_block("g:1-2-1234,s:north,c:1700000000"), second = tag_block("g:2-2-1234");
  const std::string other_first = tag_block("g:1-2-77,s:south,c:1700000001"), other_second = tag_block("g:2-2-77");
  EXPECT_EQ(mmsis_of(first + a[0] + "\n" + other_first + b[0] + "\n" + second + a[1] + "\n" + other_second + b[1]),
            (std::vector<int64_t>{1'000'001, 1'000'002}));
  Assembler assembler;
  const std::string line_1 = first + a[0], line_2 = second + a[1];
  ASSERT_EQ(*assembler.add(*parse_sentence(line_1)), nullptr);
  const Assembled* whole = *assembler.add(*parse_sentence(line_2));
  ASSERT_NE(whole, nullptr);
  EXPECT_EQ(whole->source, "north");
  EXPECT_EQ(whole->unix_s, 1'700'000'000);
}

TEST(AisParts, OfTwoReceiversStayApart) {
  const auto a = voyage(1'000'001).parts('A', 1), b = voyage(1'000'002).parts('A', 1);
  const std::string north = tag_block("s:north"), south = tag_block("s:south");
  EXPECT_EQ(mmsis_of(north + a[0] + "\n" + south + b[0] + "\n" + south + b[1] + "\n" + north + a[1]),
            (std::vector<int64_t>{1'000'002, 1'000'001}));
}

TEST(AisParts, ThatDidNotComeAreTold) {
  const auto parts = voyage(1'000'001).parts('A', 1);
  Assembler assembler;
  ASSERT_EQ(*assembler.add(*parse_sentence(parts[1]), 7), nullptr);
  assembler.finish();
  const auto lost = assembler.take_given_up();
  ASSERT_EQ(lost.size(), 1u);
  EXPECT_EQ(lost[0].came, 1);
  EXPECT_EQ(lost[0].parts, 2);
  EXPECT_EQ(lost[0].sentences[0], 7u);
  EXPECT_TRUE(assembler.take_given_up().empty());
}

TEST(AisBits, IllegalCharactersAreRefused) {
  for (const char c : {'X', '[', '_', 'x', '~', ' ', '/', '\x80'}) {
    Bits bits;
    EXPECT_FALSE(bits.append(std::string("15RT") + c, 0).has_value()) << c;
  }
  Bits all;
  EXPECT_TRUE(all.append("0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVW`abcdefghijklmnopqrstuvw", 0).has_value());
  for (unsigned i = 0; i < 64; ++i) EXPECT_EQ(all.number(i * 6, 6), i);
}

TEST(AisBits, FillBitsAreLeftOutAtTheEndOnly) {
  Bits bits;
  ASSERT_TRUE(bits.append("ww", 4).has_value());
  EXPECT_EQ(bits.size(), 8u);
  EXPECT_EQ(bits.number(0, 12), 0xFF0u);
  ASSERT_TRUE(bits.append("w", 5).has_value());
  EXPECT_EQ(bits.size(), 9u);
  auto parts = voyage(1'000'001).parts('A', 1);
  std::string body = parts[0].substr(1, parts[0].find('*') - 1);
  body.back() = '2';  // on the first part they mean nothing
  EXPECT_EQ(raw_of(with_checksum(body) + "\n" + parts[1]), raw_of(parts[0] + "\n" + parts[1]));
}

TEST(AisBits, AreReadAcrossWordsAndPastTheEnd) {
  Bits bits;
  ASSERT_TRUE(bits.append(std::string(30, 'w'), 0).has_value());
  EXPECT_EQ(bits.number(60, 8), 0xFFu);
  EXPECT_EQ(bits.number(176, 8), 0xF0u);
  EXPECT_EQ(bits.number(5'000, 8), 0u);
  EXPECT_EQ(bits.signed_number(100, 5), -1);
  EXPECT_EQ(bits.number(10, 0), 0u);
  bits.clear();
  EXPECT_EQ(bits.size(), 0u);
  EXPECT_EQ(bits.number(0, 64), 0u);
  EXPECT_EQ(bits.append(std::string(400, 'w'), 0).error().code, Code::too_large);
}

TEST(AisBits, TextEndsAtTheAtSign) {
  Builder builder;
  builder.text("AB C  @XX", 9);
  unsigned fill = 0;
  Bits bits;
  ASSERT_TRUE(bits.append(builder.payload(fill), fill).has_value());
  EXPECT_EQ(bits.text(0, 9), "AB C");
  EXPECT_EQ(bits.padded_text(0, 9), "AB C  ");
}

std::string only(const std::string& sentences) {
  const auto lines = raw_of(sentences);
  EXPECT_EQ(lines.size(), 1u);
  return lines.empty() ? "{}" : lines[0];
}

TEST(AisMessages, ValuesThatAreNotThere) {
  Builder builder;
  builder.add(1, 6)
      .add(0, 2)
      .add(244'740'981, 30)
      .add(15, 4)
      .add(0x80, 8)
      .add(1023, 10)
      .add(0, 1)
      .add(181 * 600'000, 28)
      .add(91 * 600'000, 27);
  builder.add(3600, 12).add(511, 9).add(60, 6).add(0, 25);
  const auto report = only(builder.sentences());
  for (const char* member : {R"("turn":"nan")", R"("speed":"nan")", R"("lon":181.000000)", R"("lat":91.000000)", R"("course":360.0)",
                             R"("heading":511)", R"("second":60)"})
    EXPECT_NE(report.find(member), std::string::npos) << member << " in " << report;
}

TEST(AisMessages, TurnHasItsSign) {
  const auto turn = [](int indicated) {
    Builder builder;
    builder.add(1, 6).add(0, 2).add(244'740'981, 30).add(0, 4).add(static_cast<uint64_t>(indicated) & 255, 8).add(0, 118);
    const auto parsed = parse_json(only(builder.sentences()));
    const json::value& value = parsed->as_object().at("turn");
    return value.is_string() ? std::string(value.as_string()) : std::to_string(value.to_number<int64_t>());
  };
  EXPECT_EQ(turn(0), "0");
  EXPECT_EQ(turn(20), "18");
  EXPECT_EQ(turn(-20), "-18");
  EXPECT_EQ(turn(126), "709");
  EXPECT_EQ(turn(127), "fastright");
  EXPECT_EQ(turn(-127), "fastleft");
  EXPECT_EQ(turn(-128), "nan");
}

TEST(AisMessages, VoyageOf422BitsIsRead) {
  Builder builder = voyage(1'000'001);
  ASSERT_EQ(builder.size(), 424u);
  Builder shorter;
  unsigned fill = 0;
  Bits bits;
  ASSERT_TRUE(bits.append(builder.payload(fill), fill).has_value());
  for (size_t i = 0; i < 422; ++i) shorter.add(bits.number(i, 1), 1);
  EXPECT_EQ(only(shorter.sentences()), only(builder.sentences()));
}

TEST(AisMessages, PartsOfAType24AreJoinedByMmsi) {
  const auto part_a = [](uint32_t mmsi, std::string_view name) {
    return Builder().add(24, 6).add(0, 2).add(mmsi, 30).add(0, 2).text(name, 20).add(0, 8).sentences();
  };
  const auto part_b = [](uint32_t mmsi) {
    return Builder()
        .add(24, 6)
        .add(0, 2)
        .add(mmsi, 30)
        .add(1, 2)
        .add(37, 8)
        .text("ABC", 3)
        .add(0, 24)
        .text("CALL", 7)
        .add(0, 36)
        .sentences();
  };
  EXPECT_TRUE(raw_of(part_b(271'000'001)).empty());
  const auto lines =
      raw_of(part_a(271'000'001, "ONE") + part_a(271'000'002, "TWO") + part_b(271'000'001) + part_b(271'000'002) + part_b(271'000'002));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NE(lines[0].find(R"("shipname":"ONE")"), std::string::npos);
  EXPECT_NE(lines[1].find(R"("shipname":"TWO")"), std::string::npos);
  EXPECT_NE(only(part_a(982'110'001, "BOAT") + part_b(982'110'001)).find("mothership_mmsi"), std::string::npos);
}

TEST(AisMessages, LengthsThatATypeCannotHaveAreLeftOut) {
  EXPECT_TRUE(raw_of(Builder().add(1, 6).add(0, 150).sentences()).empty());
  EXPECT_TRUE(raw_of(Builder().add(27, 6).add(0, 94).sentences()).empty());
  EXPECT_TRUE(raw_of(Builder().add(63, 6).add(0, 162).sentences()).empty());
  EXPECT_TRUE(raw_of(Builder().add(0, 2).sentences()).empty());
}

TEST(AisMessages, BytesWithoutASentenceAreAnError) {
  EXPECT_FALSE(raw_ais("", [](std::string_view) {}).has_value());
  EXPECT_FALSE(raw_ais("# nothing\n$GPGGA,1*00\n", [](std::string_view) {}).has_value());
}

}  // namespace
}  // namespace fairway::gateway::ais::sentence_test
