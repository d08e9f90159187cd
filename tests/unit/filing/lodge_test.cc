// Letters, answers, hours and the folder of an authority.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/json_writer.h"
#include "filing/lodge/answers.h"
#include "filing/lodge/channels.h"
#include "filing/lodge/folder_channel.h"
#include "filing/lodge/hours.h"
#include "filing/lodge/letter.h"
#include "filing/lodge/outbox.h"
#include "gateway/customs/paper.h"

namespace fairway::filing::lodge_test {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kNoon = 1'795'492'800 * kSecond;  // 2026-11-24 12:00 in Hong Kong

Filing filing_of(const std::string& message) {
  Filing filing;
  filing.id = "fil_1";
  filing.party = "pty_owner";
  filing.key = {"hk", "1", 0};
  filing.authority = "hk-tsw";
  filing.message = message;
  filing.number = "D1";
  filing.draft.key = filing.key;
  filing.draft.day = "2026-11-24";
  filing.draft.fields = {{.name = "importer.name", .value = "永安有限公司 Wing On", .group = "parties"},
                         {.name = "item[1].code", .value = "84713000", .group = "goods"},
                         {.name = "item[1].value", .value = "9360.00", .group = "goods"},
                         {.name = "note", .value = "", .group = "goods"}};
  return filing;
}

Lodgement lodgement_of(Kind kind = Kind::original) {
  Lodgement lodgement;
  lodgement.id = "ldg_1";
  lodgement.kind = kind;
  lodgement.by = "usr_anna";
  lodgement.ordered_us = kNoon;
  return lodgement;
}

TEST(Letters, EachFormatSaysWhatItIsOf) {
  for (const char* message : {"cusdec", "cuscar"}) {
    const auto letter = write_letter(filing_of(message), lodgement_of(Kind::amendment));
    ASSERT_TRUE(letter) << letter.error().text();
    EXPECT_EQ(letter->content_type, "application/EDIFACT");
    EXPECT_EQ(letter->form, "hk/1");
    const auto paper = gateway::customs::read_paper(letter->body);
    ASSERT_TRUE(paper) << paper.error().text();
    EXPECT_EQ(paper->id, "ldg_1");
    EXPECT_EQ(paper->value("@function"), "5");
    EXPECT_EQ(paper->value("@number"), "D1");
    EXPECT_EQ(paper->value("importer.name"), "永安有限公司 Wing On");
    EXPECT_EQ(paper->value("item[1].value"), "9360.00");
  }
  const auto json = write_letter(filing_of("json"), lodgement_of());
  ASSERT_TRUE(json) << json.error().text();
  EXPECT_NE(json->body.find("\"item[1].value\":\"9360.00\""), std::string::npos) << json->body;
  EXPECT_EQ(json->body.find("note"), std::string::npos);
}

TEST(Letters, ARepeatIsTheSameBytes) {
  EXPECT_EQ(write_letter(filing_of("cusdec"), lodgement_of())->body, write_letter(filing_of("cusdec"), lodgement_of())->body);
}

TEST(Letters, ACancellationIsOfWhatTheAuthorityHas) {
  Filing filing = filing_of("json");
  filing.lodged = filing.draft;
  filing.draft.fields[2].value = "1.00";
  EXPECT_NE(write_letter(filing, lodgement_of(Kind::cancellation))->body.find("9360.00"), std::string::npos);
  EXPECT_EQ(write_letter(filing, lodgement_of(Kind::amendment))->body.find("9360.00"), std::string::npos);
}

TEST(Letters, WhatCannotBeWrittenNamesItsField) {
  Filing filing = filing_of("cusdec");
  filing.draft.fields[2].value = "much";
  const auto refused = write_letter(filing, lodgement_of());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("item[1].value"), std::string::npos) << refused.error().text();
  EXPECT_EQ(write_letter(filing_of("telegram"), lodgement_of()).error().code, Code::invalid);
}

TEST(Letters, AKeptLetterReadsBack) {
  Letter letter{"ldg_1", "fil_1", Kind::amendment, "cusdec", "application/EDIFACT", "D1", "UNB+\xFF\x00+", kNoon, "hk/1"};
  for (const std::string& body : {std::string("plain 永"), std::string("\xFF\x00\x01", 3)}) {
    letter.body = body;
    const auto back = letter_from_json(to_json(letter));
    ASSERT_TRUE(back) << back.error().text();
    EXPECT_EQ(to_json(*back), to_json(letter));
    EXPECT_EQ(back->body, body);
    EXPECT_EQ(back->kind, Kind::amendment);
  }
}

Heard heard_of(std::string status) {
  Heard heard;
  heard.filing = "fil_1";
  heard.lodgement = "ldg_1";
  heard.answer = {.id = "a1", .status = std::move(status), .number = "D123", .text = "said: so + 'so'", .at_us = kNoon};
  heard.answer.remarks = {{"item[2].value", "is too low?"}, {"", "and more"}};
  heard.answer.containers = {"MSCU1234566", "TCLU4265123"};
  return heard;
}

TEST(Answers, EveryStatusGoesThroughCusresAndJson) {
  for (const char* status :
       {"received", "accepted", "queried", "rejected", "amended", "cancelled", "inspection", "released", "closed", "paid"}) {
    const Heard heard = heard_of(status);
    const auto written = write_cusres(heard, "HK-TSW", "FAIRWAY");
    ASSERT_TRUE(written) << status << ": " << written.error().text();
    for (const std::string& text : {*written, to_json(heard)}) {
      const auto back = read_answer(text);
      ASSERT_TRUE(back) << back.error().text() << "\n" << text;
      EXPECT_EQ(to_json(*back), to_json(heard));
    }
  }
}

TEST(Answers, ACusresOfErrorsAloneIsARejection) {
  const auto heard = read_answer(
      "UNB+UNOA:3+A+B+261124:1200+1'UNH+1+CUSRES:D:16A:UN'BGM+963+E1'RFF+ACW:ldg_1'ERP+:item[1].code'ERC+12'FTX+AAO+++no such code'"
      "UNT+7+1'UNZ+1+1'");
  ASSERT_TRUE(heard) << heard.error().text();
  EXPECT_EQ(heard->answer.status, "rejected");
  ASSERT_EQ(heard->answer.remarks.size(), 1U);
  EXPECT_EQ(heard->answer.remarks[0].first, "item[1].code");
  EXPECT_EQ(heard->answer.remarks[0].second, "no such code");
}

TEST(Answers, WhatStandsBesideTheRawFormatFillsItIn) {
  Heard bare = heard_of("accepted");
  bare.lodgement.clear(), bare.filing.clear();
  std::string page;
  JsonWriter json(page);
  json.begin_object().key("answers").begin_array();
  json.begin_object().member("raw", *write_cusres(bare, "A", "B")).member("lodgement", "ldg_7").end_object();
  json.raw(R"({"raw":"UNB","id":"x"})").raw(R"({"id":"y","lodgement":"ldg_9","status":"paid"})").raw("7");
  json.end_array().member("next", "3").end_object();
  const auto mail = read_answers(page);
  ASSERT_TRUE(mail) << mail.error().text();
  ASSERT_EQ(mail->heard.size(), 4U);
  EXPECT_EQ(mail->heard[0].lodgement, "ldg_7");
  EXPECT_EQ(mail->heard[0].answer.status, "accepted");
  EXPECT_FALSE(mail->heard[1].problem.empty());
  EXPECT_TRUE(mail->heard[2].problem.empty());
  EXPECT_FALSE(mail->heard[3].problem.empty());
  EXPECT_EQ(mail->cursor, "3");
}

TEST(Answers, WhatNamesNothingOrSaysNothingIsRefused) {
  EXPECT_FALSE(read_answer(R"({"id":"a","status":"accepted"})"));
  EXPECT_FALSE(read_answer(R"({"id":"a","status":"perhaps","lodgement":"l"})"));
  EXPECT_FALSE(read_answer(R"({"status":"accepted","lodgement":"l"})"));
  EXPECT_FALSE(read_answer(""));
  EXPECT_FALSE(read_answers("[]"));
  EXPECT_FALSE(read_answer(R"({"id":"a","status":"accepted","lodgement":"l","text":")" + std::string(10'000, 'x') + "\"}"));
}

TEST(OpenHours, AreThoseOfTheRegimeInItsZone) {
  const auto regimes = *Regimes::built_in();
  const auto hours = Hours::of(*regimes, "hk-tsw");
  ASSERT_TRUE(hours) << hours.error().text();
  EXPECT_FALSE(hours->opens_us("hk/1", kNoon));
  const int64_t late = kNoon + (11 * 3600 + 5) * kSecond;  // five seconds past 23:00
  ASSERT_TRUE(hours->opens_us("hk/1", late));
  EXPECT_EQ(*hours->opens_us("hk/1", late), kNoon + 19 * 3600 * kSecond);
  EXPECT_TRUE(hours->opens_us("hk/dcp-export", late));
  EXPECT_FALSE(hours->opens_us("hk/aci@2", late));
  EXPECT_FALSE(hours->opens_us("hk/eman-sea@1", late));
  EXPECT_FALSE(hours->opens_us("xx/1", late));
  EXPECT_FALSE(Hours().opens_us("hk/1", late));
}

struct Folder {
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  void drop(const std::string& name, const std::string& text) const { std::ofstream(path / "in" / name) << text; }
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("fairway-folder-" + random_id(Env::system(), 12));
};

TEST(FolderOfAnAuthority, LettersGoOutAndAnswersComeInOnce) {
  const Folder folder;
  ManualEnv env(kNoon);
  const auto channel = *FolderChannel::make("zz", folder.path.string(), {}, env);
  const Letter letter = *write_letter(filing_of("cusdec"), lodgement_of());
  ASSERT_TRUE(channel->send(letter));
  ASSERT_TRUE(channel->send(letter));
  EXPECT_TRUE(std::filesystem::exists(folder.path / "out" / "ldg_1.edi"));

  folder.drop("a.json", to_json(heard_of("accepted")));
  folder.drop("b.edi", *write_cusres(heard_of("released"), "A", "B"));
  folder.drop("c.json", "nothing");
  folder.drop("d.json.tmp", "a draft");
  EXPECT_TRUE(channel->fetch("")->heard.empty()) << "nothing has stood for a second yet";
  env.advance_us(2 * kSecond);
  const auto mail = channel->fetch("");
  ASSERT_TRUE(mail) << mail.error().text();
  EXPECT_EQ(mail->heard.size(), 2U);
  EXPECT_TRUE(std::filesystem::exists(folder.path / "in" / "a.json")) << "they have not been taken yet";
  EXPECT_TRUE(std::filesystem::exists(folder.path / "in" / "failed" / "c.json.error.json"));
  // As after a crash: the cursor was not kept, and they are handed on again.
  EXPECT_EQ(channel->fetch("")->heard.size(), 2U);
  const auto rest = channel->fetch(mail->cursor);
  ASSERT_TRUE(rest) << rest.error().text();
  EXPECT_TRUE(rest->heard.empty());
  EXPECT_TRUE(std::filesystem::exists(folder.path / "in" / "done" / "a.json"));
  EXPECT_TRUE(std::filesystem::exists(folder.path / "in" / "d.json.tmp"));
}

TEST(FolderOfAnAuthority, ANameThatLeadsElsewhereIsRefused) {
  const Folder folder;
  ManualEnv env(kNoon);
  const auto channel = *FolderChannel::make("zz", folder.path.string(), {}, env);
  Letter letter = *write_letter(filing_of("json"), lodgement_of());
  letter.id = "../../etc/passwd";
  EXPECT_EQ(channel->send(letter).error().code, Code::invalid);
}

TEST(Channels, AreMadeFromTheirAddresses) {
  const auto regimes = *Regimes::built_in();
  EXPECT_TRUE(make_channels({{"hk-tsw", "http://127.0.0.1:1/x/", ""}}, *regimes, Env::system()));
  EXPECT_FALSE(make_channels({{"hk-tsw", "ftp://127.0.0.1", ""}}, *regimes, Env::system()));
  EXPECT_FALSE(make_channels({{"hk-tsw", "http://a", ""}, {"hk-tsw", "http://b", ""}}, *regimes, Env::system()));
  EXPECT_FALSE(make_channels({{"cn-sw", "folder:/nonexistent/fairway", ""}}, *regimes, Env::system()));
}

}  // namespace
}  // namespace fairway::filing::lodge_test
