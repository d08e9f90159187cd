#include "cn_support.h"
#include "filing/lodge/answers.h"
#include "filing/lodge/dec_letter.h"
#include "filing/lodge/dec_receipt.h"
#include "filing/lodge/outbox.h"
#include "filing/lodge/road_manifest_letter.h"
#include "gateway/customs/dec_message.h"
#include "gateway/customs/dec_receipt.h"
#include "gateway/customs/road_manifest.h"

namespace fairway::filing {
namespace cn_tests {

namespace customs = gateway::customs;

LetterHead head_of(Kind kind = Kind::original) {
  LetterHead head;
  head.id = "ldg_01HZX3";
  head.filing = "fil_01HZX3";
  head.kind = kind;
  head.sender = "pty_0123456789";
  head.authority = "cn-sw";
  head.ordered_us = parse_rfc3339("2026-11-23T20:00:00Z")->micros;
  if (kind != Kind::original) head.number = "I20260000000000001", head.reason = "weights were wrong";
  return head;
}

customs::DecMessage message_of(const Draft& draft, const LetterHead& head) {
  const auto bytes = dec_letter(draft, head);
  if (!bytes) {
    ADD_FAILURE() << bytes.error().text();
    return {};
  }
  std::vector<gateway::Diagnostic> notes;
  auto message = customs::read_dec_message(*bytes, notes);
  EXPECT_TRUE(message && notes.empty()) << *bytes;
  return message ? *message : customs::DecMessage{};
}

TEST(MainlandLetters, ADeclarationHasEveryFieldOfItsForm) {
  for (const bool in : {true, false}) {
    const Draft draft = draft_of(in ? import_record() : export_record(), in ? "dec-import" : "dec-export");
    const auto message = message_of(draft, head_of());
    EXPECT_EQ(message.head.ie_flag, in ? "I" : "E");
    EXPECT_EQ(message.head.ie_date, "20261124");
    EXPECT_EQ(message.head.gross_wet, "620");
    EXPECT_EQ(message.head.voyage_no, "5301202611240001");
    EXPECT_EQ(message.free_text.voy_no, message.head.voyage_no);
    ASSERT_EQ(message.goods.size(), 1U);
    EXPECT_EQ(message.goods[0].code_ts, "6109100021");
    EXPECT_EQ(message.goods[0].second_unit, "035");
    ASSERT_EQ(message.containers.size(), 1U);
    EXPECT_EQ(message.containers[0].goods_no, "1");
    EXPECT_EQ(message.sign.client_seq_no, "ldg_01HZX3");
    EXPECT_EQ(message.sign.sign_date, "2026112404000000");
    EXPECT_EQ(message.sign.note, "");
    EXPECT_EQ(message.head.seq_no, "");
    EXPECT_EQ(dec_letter(draft, head_of()).value(), dec_letter(draft, head_of()).value());
  }
}

TEST(MainlandLetters, ParametersOfTheSideTable) {
  Record record = import_record();
  set(record, {{"documents[1].type", "INVOICE"},
               {"documents[1].number", "INV-118"},
               {"documents[2].type", "CERTIFICATE-OF-ORIGIN"},
               {"documents[2].number", "VN-26-118"},
               {"cn.certificate", "99"},
               {"cn.certificateOriginals", "1"},
               {"cn.certificateCopies", "2"},
               {"cn.qualificationType", "519"},
               {"cn.qualificationNumber", "4403160001"}});
  const auto message = message_of(draft_of(record, "dec-import"), head_of());
  ASSERT_EQ(message.licences.size(), 1U);
  EXPECT_EQ(message.licences[0].docu_code, "Y");
  EXPECT_EQ(message.licences[0].cert_code, "VN-26-118");
  ASSERT_EQ(message.certificates.size(), 1U);
  EXPECT_EQ(message.certificates[0].appl_copy_quan, "2");
  ASSERT_EQ(message.qualifications.size(), 1U);
  EXPECT_EQ(message.qualifications[0].ent_qualif_no, "4403160001");
}

TEST(MainlandLetters, AmendmentsAndCancellationsNameWhatTheyAreTo) {
  const Draft draft = draft_of(import_record(), "dec-import");
  const auto amendment = message_of(draft, head_of(Kind::amendment));
  EXPECT_EQ(amendment.head.seq_no, "I20260000000000001");
  EXPECT_EQ(amendment.sign.note, "修改申请：weights were wrong");
  EXPECT_EQ(amendment.goods.size(), 1U);
  LetterHead head = head_of(Kind::cancellation);
  head.number = "530120261000000851";
  const auto cancellation = message_of(draft, head);
  EXPECT_EQ(cancellation.head.entry_id, "530120261000000851");
  EXPECT_EQ(cancellation.head.seq_no, "");
  EXPECT_EQ(cancellation.head.ie_flag, "I");
  EXPECT_TRUE(cancellation.goods.empty());
  EXPECT_EQ(cancellation.sign.note, "撤销申请：weights were wrong");
}

TEST(MainlandLetters, WhatCannotBeWrittenIsNamed) {
  const Draft bad = draft_of(import_record(), "dec-import", {{"GrossWet", "heavy"}});
  EXPECT_EQ(dec_letter(bad, head_of()).error().detail, "DecHead/GrossWet: no decimal number");
  Draft foreign = draft_of(import_record(), "dec-import");
  foreign.fields.push_back({.name = "Colour", .value = "red"});
  EXPECT_EQ(dec_letter(foreign, head_of()).error().detail, "Colour");
  foreign.fields.back().name = "item[x].GNo";
  EXPECT_FALSE(dec_letter(foreign, head_of()).has_value());
}

TEST(MainlandLetters, ARoadManifest) {
  const auto bytes = road_manifest_letter(draft_of(import_record(), "road-in@1"), head_of());
  ASSERT_TRUE(bytes) << bytes.error().text();
  std::vector<gateway::Diagnostic> notes;
  const auto manifest = customs::read_road_manifest(*bytes, notes);
  ASSERT_TRUE(manifest && notes.empty()) << *bytes;
  EXPECT_EQ(manifest->head.message_id, "ldg_01HZX3");
  EXPECT_EQ(manifest->head.message_type, "MT1401");
  EXPECT_EQ(manifest->head.function_code, "9");
  EXPECT_EQ(manifest->carriage.id, "5301202611240001");
  EXPECT_EQ(manifest->carriage.office, "5301");
  EXPECT_EQ(manifest->carriage.arrival, "20261124110000");
  EXPECT_EQ(manifest->carriage.driver_name, "陈大文");
  ASSERT_EQ(manifest->consignments.size(), 1U);
  EXPECT_EQ(manifest->consignments[0].consignee.name, "深圳永安贸易有限公司");
  EXPECT_EQ(manifest->consignments[0].clearance, "RD1");
  EXPECT_EQ(manifest->consignments[0].items.at(0).hs, "610910");
  EXPECT_EQ(manifest->consignments[0].containers.at(0).seals, "S1001");
}

TEST(MainlandLetters, ManifestsOfOtherModesAndTheirCancellation) {
  Record record = import_record();
  set(record, {{"legs[1].mode", "SEA"}, {"legs[1].vessel", "MV ONE"}, {"legs[1].voyage", "001E"}, {"legs[1].imo", "9074729"}});
  std::vector<gateway::Diagnostic> notes;
  const auto manifest =
      customs::read_road_manifest(road_manifest_letter(draft_of(record, "sea-in@1"), head_of(Kind::cancellation)).value(), notes);
  ASSERT_TRUE(manifest);
  EXPECT_EQ(manifest->head.message_type, "MT1101");
  EXPECT_EQ(manifest->head.function_code, "3");
  EXPECT_EQ(manifest->carriage.means_name, "MV ONE");
  EXPECT_EQ(manifest->carriage.remark, "weights were wrong");
  ASSERT_EQ(manifest->consignments.size(), 1U);
  EXPECT_EQ(manifest->consignments[0].document, "5301202611240001");
  EXPECT_TRUE(manifest->consignments[0].items.empty());
}

TEST(MainlandReceipts, BecomeAnswers) {
  struct Case {
    const char* what;
    customs::DecReceipt receipt;
    const char* status;
    const char* lodgement;
  };
  const std::string kNumber = "I20260000000000001";
  const auto result = [&](const char* channel) {
    return customs::DecReceipt{
        .seq_no = kNumber, .entry_id = "530120261000000851", .code = channel, .note = "x", .notice_date = "2026-11-24T09:15:03"};
  };
  const Case cases[] = {
      {"taken in",
       {.kind = customs::ReceiptKind::import_response, .client_seq_no = "ldg_1", .seq_no = kNumber, .code = "0"},
       "received",
       "ldg_1"},
      {"refused at the door",
       {.kind = customs::ReceiptKind::import_response, .client_seq_no = "ldg_1", .code = "-1", .note = "格式错误"},
       "rejected",
       "ldg_1"},
      {"handed over", result("7"), "received", ""},
      {"入库", result("L"), "received", ""},
      {"审结", result("J"), "accepted", ""},
      {"查验", result("C"), "inspection", ""},
      {"退单", result("E"), "rejected", ""},
      {"挂起", result("H"), "queried", ""},
      {"删单", result("D"), "cancelled", ""},
      {"放行", result("P"), "released", ""},
      {"担保放行", result("K"), "released", ""},
      {"结关", result("R"), "closed", ""},
  };
  std::set<std::string> ids;
  for (const Case& c : cases) {
    const std::string bytes = customs::write_dec_receipt(c.receipt).value();
    EXPECT_TRUE(begins_receipt(bytes));
    const auto heard = read_receipt(bytes);
    ASSERT_TRUE(heard) << c.what << heard.error().text();
    EXPECT_EQ(heard->answer.status, c.status) << c.what;
    EXPECT_EQ(heard->lodgement, c.lodgement) << c.what;
    EXPECT_EQ(heard->answer.number, c.receipt.seq_no);
    EXPECT_EQ(heard->problem, "");
    EXPECT_TRUE(ids.insert(heard->answer.id).second) << "ids tell receipts apart";
    EXPECT_EQ(read_receipt(bytes)->answer.id, heard->answer.id) << "and know one again";
    if (!c.receipt.notice_date.empty()) EXPECT_EQ(heard->answer.at_us, parse_rfc3339("2026-11-24T01:15:03Z")->micros);
    if (!c.receipt.entry_id.empty()) {
      ASSERT_EQ(heard->answer.remarks.size(), 1U);
      EXPECT_EQ(heard->answer.remarks[0].second, "530120261000000851");
    }
  }
}

TEST(MainlandReceipts, ACodeThatNobodyKnowsHasNoEffect) {
  const auto heard = read_receipt(customs::write_dec_receipt({.seq_no = "I1", .code = "?"}).value());
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->answer.status, "");
  EXPECT_NE(heard->problem.find("CHANNEL ?"), std::string::npos);
  EXPECT_NE(heard->original.find("DEC_RESULT"), std::string::npos);
}

TEST(MainlandReceipts, ComeByAnyChannel) {
  const auto heard = read_answer("{\"id\":\"a-1\",\"raw\":\"<DEC_RESULT><CUS_CIQ_NO>I1</CUS_CIQ_NO><CHANNEL>P</CHANNEL></DEC_RESULT>\"}");
  ASSERT_TRUE(heard) << heard.error().text();
  EXPECT_EQ(heard->answer.status, "released");
  const auto unknown = read_answer("<DEC_RESULT><CUS_CIQ_NO>I1</CUS_CIQ_NO><CHANNEL>?</CHANNEL></DEC_RESULT>");
  ASSERT_TRUE(unknown) << unknown.error().text();
  EXPECT_NE(unknown->problem, "");
  const auto explained =
      read_answer("{\"status\":\"queried\",\"raw\":\"<DEC_RESULT><CUS_CIQ_NO>I1</CUS_CIQ_NO><CHANNEL>?</CHANNEL></DEC_RESULT>\"}");
  ASSERT_TRUE(explained) << explained.error().text();
  EXPECT_EQ(explained->problem, "");
  EXPECT_EQ(explained->answer.status, "queried");
}

TEST(MainlandLetters, AreWrittenByTheMessageOfTheForm) {
  for (const auto& [form, message] : {std::pair("dec-import", "dec-message"), {"road-in@1", "cn-road-manifest"}}) {
    Filing filing;
    filing.id = "fil_1", filing.party = "pty_0123456789", filing.message = message;
    filing.key = FormKey::parse("cn/" + std::string(form)).value();
    filing.draft = draft_of(import_record(), form);
    const auto letter = write_letter(filing, {.id = "ldg_1", .ordered_us = usual_setting().now_us});
    ASSERT_TRUE(letter) << letter.error().text();
    EXPECT_EQ(letter->content_type, "application/xml");
    EXPECT_NE(letter->body.find("ldg_1"), std::string::npos);
  }
}

TEST(MainlandReceipts, AnswersToManifests) {
  const auto heard = read_receipt(customs::write_manifest_response({.message_id = "ldg_2",
                                                                    .message_type = "MT1401",
                                                                    .send_time = "20261124101500",
                                                                    .id = "5301202611240001",
                                                                    .code = "01",
                                                                    .text = "接受"})
                                      .value());
  ASSERT_TRUE(heard) << heard.error().text();
  EXPECT_EQ(heard->lodgement, "ldg_2");
  EXPECT_EQ(heard->answer.status, "accepted");
  EXPECT_EQ(heard->answer.number, "5301202611240001");
  EXPECT_EQ(heard->answer.at_us, parse_rfc3339("2026-11-24T02:15:00Z")->micros);
  EXPECT_FALSE(read_receipt("<Manifest><Head/></Manifest>").has_value());
  EXPECT_FALSE(read_receipt("hello").has_value());
}

TEST(MainlandReceipts, TheTablesOfTheRegimeSayWhatCodesMean) {
  const auto codes = ReceiptCodes::of(mainland());
  ASSERT_TRUE(codes) << codes.error().text();
  EXPECT_EQ(codes->declaration("P"), "released");
  EXPECT_EQ(codes->declaration("p"), "");
  EXPECT_EQ(codes->manifest("01"), ReceiptCodes::built_in().manifest("01"));
}

}  // namespace cn_tests
}  // namespace fairway::filing
