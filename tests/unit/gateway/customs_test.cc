#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "base/limits.h"
#include "gateway/customs/dec_message.h"
#include "gateway/customs/dec_receipt.h"
#include "gateway/customs/road_manifest.h"

namespace fairway::gateway::customs {
namespace customs_tests {

using Notes = std::vector<Diagnostic>;

DecMessage declaration() {
  DecMessage message;
  message.head = {.ie_flag = "E", .custom_master = "5301", .trade_co_scc = "91510100569680768F", .trade_name = "深圳永安贸易有限公司"};
  message.head.distinate_port = "HKG003";
  message.head.promise_itmes = "000";
  message.head.gross_wet = "120.5";
  message.goods.push_back({.g_no = "1", .code_ts = "8471300000", .g_name = "笔记本电脑", .g_model = "4|3|<A&B>"});
  message.goods.push_back({.g_no = "2", .code_ts = "6109100021", .g_name = "T恤"});
  message.containers.push_back({.container_id = "CSQU3054383", .container_md = "11", .goods_no = "1,2"});
  message.licences.push_back({.docu_code = "Y", .cert_code = "<01>HK123"});
  message.certificates.push_back({.app_cert_code = "99", .appl_ori = "1", .appl_copy_quan = "2"});
  message.packs.push_back({.pack_qty = "3", .pack_type = "92"});
  message.qualifications.push_back({.ent_qualif_no = "4403160001", .ent_qualif_type_code = "519"});
  message.promises.push_back({.declaratio_material_code = "101040"});
  message.free_text.voy_no = "5100489963144";
  message.sign = {.oper_type = "C", .client_seq_no = "ldg_01", .note = ""};
  return message;
}

RoadManifest manifest() {
  RoadManifest out;
  out.head = {.message_id = "ldg_01", .function_code = "9", .message_type = "MT1401", .send_time = "20261124101500", .version = "1.0"};
  out.carriage = {.office = "5301", .id = "5100489963144", .mode = "4", .means_id = "粤ZAB12港", .driver_name = "陈大文"};
  out.carriage.means_id = "ZAB12";
  out.carriage.trailer_id = "T1234";
  out.carriage.unloading_time = "20261124120000";
  ManifestConsignment one;
  one.document = "HKG0001";
  one.clearance = "01";
  one.packages = "10";
  one.gross = "120.5";
  one.value = "100.00";
  one.currency = "USD";
  one.consignee = {.name = "深圳永安贸易有限公司", .address = "深圳市福田区", .country = "CN"};
  one.containers.push_back({.id = "CSQU3054383", .size_type = "22G1", .fullness = "5", .seals = "S1 E9"});
  one.items.push_back(
      {.number = "1", .description = "笔记本电脑", .hs = "847130", .gross = "120.5", .packages = "10", .package_type = "CT"});
  out.consignments = {one, one};
  return out;
}

TEST(CustomsDecMessage, KeepsOfficialSpellings) {
  const std::string xml = write_dec_message(declaration()).value();
  for (const char* name : {"<DistinatePort>HKG003</DistinatePort>", "<PromiseItmes>000</PromiseItmes>", "<GrossWet>120.5</GrossWet>",
                           "<TradeName>深圳永安贸易有限公司</TradeName>", "<GModel>4|3|&lt;A&amp;B&gt;</GModel>", "<LicenseDocu>",
                           "<DecSign>", "xmlns=\"http://www.chinaport.gov.cn/dec\"", "<DeclaratioMaterialCode>"})
    EXPECT_NE(xml.find(name), std::string::npos) << name << "\n" << xml;
}

TEST(CustomsDecMessage, ReadsBackWhatItWrote) {
  Notes notes;
  const DecMessage message = declaration();
  EXPECT_EQ(read_dec_message(write_dec_message(message).value(), notes).value(), message);
  EXPECT_TRUE(notes.empty());
}

TEST(CustomsDecMessage, AnyTextsReadBack) {
  rc::check([] {
    const auto text = [](size_t length) {
      return *rc::gen::resize(static_cast<int>(length), rc::gen::container<std::string>(rc::gen::inRange<char>('!', '~')));
    };
    DecMessage message;
    message.head.mark_no = text(40);
    message.head.seq_no = text(18).substr(0, 18);
    message.goods.resize(*rc::gen::inRange<size_t>(0, 5));
    for (DecList& row : message.goods) row = {.g_no = "1", .g_name = text(50), .g_model = text(50)};
    Notes notes;
    RC_ASSERT(read_dec_message(write_dec_message(message).value(), notes).value() == message);
  });
}

TEST(CustomsDecMessage, RefusesToWriteWhatCustomsWouldNotTake) {
  struct Case {
    const char* what;
    void (*spoil)(DecMessage&);
    const char* where;
  };
  const Case cases[] = {
      {"name of 31 characters", [](DecMessage& m) { m.head.trade_name = std::string(61, 'x'); }, "DecHead/TradeName: longer than 60"},
      {"Chinese counts two",
       [](DecMessage& m) {
         m.head.trade_name.clear();
         for (int i = 0; i < 31; ++i) m.head.trade_name += "永";
       },
       "DecHead/TradeName: longer than 60"},
      {"a weight in words", [](DecMessage& m) { m.head.gross_wet = "heavy"; }, "DecHead/GrossWet: no decimal number"},
      {"a date with hyphens", [](DecMessage& m) { m.head.ie_date = "2026-11-24"; }, "DecHead/IEDate: no date"},
      {"a code with a blank", [](DecMessage& m) { m.goods[1].code_ts = "6109 1000"; }, "DecList[2]/CodeTS: no code"},
      {"a control character", [](DecMessage& m) { m.goods[0].g_name = "a\x01"; }, "DecList[1]/GName: no text"},
      {"an empty row", [](DecMessage& m) { m.containers.emplace_back(); }, "Container[2]"},
  };
  for (const Case& c : cases) {
    DecMessage message = declaration();
    c.spoil(message);
    const auto out = write_dec_message(message);
    ASSERT_FALSE(out.has_value()) << c.what;
    EXPECT_EQ(out.error().code, Code::invalid);
    EXPECT_EQ(out.error().detail.substr(0, std::string_view(c.where).size()), c.where);
  }
  DecMessage message = declaration();
  message.goods.resize(limits::kCustomsRowsMax + 1, {.g_no = "1"});
  EXPECT_EQ(write_dec_message(message).error().code, Code::too_large);
}

TEST(CustomsDecMessage, ReadsWhatOthersSend) {
  Notes notes;
  const DecMessage message =
      read_dec_message(
          "\xEF\xBB\xBF<?xml version='1.0'?><d:DecMessage xmlns:d='http://www.chinaport.gov.cn/dec'><d:DecHead><d:IEFlag>I</d:IEFlag>"
          "<d:GrossWet>x</d:GrossWet><d:New>1</d:New></d:DecHead><d:DecContainers><d:DecContainer>"
          "<d:ContainerId> CSQU3054383 </d:ContainerId></d:DecContainer></d:DecContainers>"
          "<d:DecList><d:GNo>1</d:GNo></d:DecList><d:TrnHead/></d:DecMessage>",
          notes)
          .value();
  EXPECT_EQ(message.head.ie_flag, "I");
  EXPECT_EQ(message.containers.at(0).container_id, "CSQU3054383");
  EXPECT_EQ(message.goods.at(0).g_no, "1");
  std::map<std::string, std::string> by_place;
  for (const Diagnostic& note : notes) by_place[note.position] = note.code;
  const std::map<std::string, std::string> expected = {{"/DecMessage/DecHead/GrossWet", "customs.value"},
                                                       {"/DecMessage/DecHead/New", "customs.element_unknown"},
                                                       {"/DecMessage/TrnHead", "customs.element_unknown"}};
  EXPECT_EQ(by_place, expected);
}

TEST(CustomsDecMessage, RefusesWhatIsNone) {
  Notes notes;
  EXPECT_EQ(read_dec_message("DecMessage", notes).error().code, Code::invalid);
  EXPECT_EQ(read_dec_message("<DecMessage/><DecMessage/>", notes).error().code, Code::invalid);
  EXPECT_EQ(read_dec_message("<!DOCTYPE DecMessage [<!ENTITY a 'b'>]><DecMessage/>", notes).error().message, "a document type definition");
  EXPECT_EQ(read_dec_message("<DecMessage>\xFF</DecMessage>", notes).error().code, Code::invalid);
  EXPECT_EQ(read_dec_message("<Manifest/>", notes).error().code, Code::unsupported);
  EXPECT_EQ(read_dec_message(std::string(limits::kCustomsXmlBytesMax + 1, ' '), notes).error().code, Code::too_large);
  std::string many = "<DecMessage><DecHead/><DecLists>";
  for (size_t i = 0; i <= limits::kCustomsRowsMax; ++i) many += "<DecList><GNo>1</GNo></DecList>";
  EXPECT_EQ(read_dec_message(many + "</DecLists></DecMessage>", notes).error().code, Code::too_large);
}

TEST(CustomsDecReceipt, ReadsBothKinds) {
  struct Case {
    const char* xml;
    DecReceipt expected;
  };
  const Case cases[] = {
      {"<DecImportResponse xmlns=\"http://www.chinaport.gov.cn/dec\"><ResponseCode>0</ResponseCode><ErrorMessage>成功</ErrorMessage>"
       "<ClientSeqNo>ldg_01</ClientSeqNo><SeqNo>I20260000000000001</SeqNo><TrnPreId/></DecImportResponse>",
       {.kind = ReceiptKind::import_response, .client_seq_no = "ldg_01", .seq_no = "I20260000000000001", .code = "0", .note = "成功"}},
      {"<DEC_RESULT><CUS_CIQ_NO>I20260000000000001</CUS_CIQ_NO><ENTRY_ID>530120261000000851</ENTRY_ID>"
       "<NOTICE_DATE>2026-11-24T09:15:03</NOTICE_DATE><CHANNEL>P</CHANNEL><NOTE>放行</NOTE><CUSTOM_MASTER>5301</CUSTOM_MASTER></"
       "DEC_RESULT>",
       {.seq_no = "I20260000000000001",
        .entry_id = "530120261000000851",
        .code = "P",
        .note = "放行",
        .notice_date = "2026-11-24T09:15:03",
        .custom_master = "5301"}},
      {"<DEC_DATA><DEC_RESULT><SEQ_NO>000000001398639573</SEQ_NO><CHANNEL>7</CHANNEL></DEC_RESULT><RESULT_INFO/></DEC_DATA>",
       {.seq_no = "000000001398639573", .code = "7"}},
  };
  for (const Case& c : cases) {
    Notes notes;
    EXPECT_TRUE(begins_dec_receipt(c.xml));
    const DecReceipt receipt = read_dec_receipt(c.xml, notes).value();
    EXPECT_EQ(receipt, c.expected) << c.xml;
    EXPECT_TRUE(notes.empty());
    EXPECT_EQ(read_dec_receipt(write_dec_receipt(receipt).value(), notes).value(), receipt);
  }
  Notes notes;
  EXPECT_FALSE(begins_dec_receipt("<DecMessage/>"));
  EXPECT_EQ(read_dec_receipt("<DEC_DATA/>", notes).error().code, Code::unsupported);
  EXPECT_FALSE(write_dec_receipt({.seq_no = "1"}).has_value());
  EXPECT_FALSE(write_dec_receipt({.kind = ReceiptKind::import_response, .seq_no = "1", .code = "0"}).has_value());
}

TEST(CustomsDecReceipt, SaysWhatIsMissing) {
  Notes notes;
  EXPECT_TRUE(read_dec_receipt("<DEC_RESULT><NOTE>x</NOTE></DEC_RESULT>", notes).has_value());
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].code, "customs.part_missing");
  EXPECT_EQ(notes[0].severity, Severity::error);
}

TEST(CustomsRoadManifest, ReadsBackWhatItWrote) {
  Notes notes;
  const std::string xml = write_road_manifest(manifest()).value();
  EXPECT_EQ(read_road_manifest(xml, notes).value(), manifest());
  EXPECT_TRUE(notes.empty());
  for (const char* piece : {"xmlns=\"urn:Declaration:datamodel:standard:CN:MT1401:1\"", "<Master>", "<GovernmentProcedure>",
                            "<ValueAmount CurrencyTypeCode=\"USD\">100.00</ValueAmount>", "<SealID>S1 E9</SealID>"})
    EXPECT_NE(xml.find(piece), std::string::npos) << piece << "\n" << xml;
}

TEST(CustomsRoadManifest, RefusesAndRemarks) {
  RoadManifest bad = manifest();
  bad.consignments[1].containers[0].tare = "x";
  EXPECT_EQ(write_road_manifest(bad).error().detail, "TransportEquipment[1]/TareWeight: no decimal number");
  bad = manifest();
  bad.head.message_type.clear();
  EXPECT_FALSE(write_road_manifest(bad).has_value());
  bad = manifest();
  bad.consignments.emplace_back();
  EXPECT_FALSE(write_road_manifest(bad).has_value());
  Notes notes;
  EXPECT_EQ(read_road_manifest("<Manifest><Head/></Manifest>", notes).error().code, Code::unsupported);
  const RoadManifest read = read_road_manifest(
                                "<Manifest><Head><MessageType>MT1401</MessageType></Head><Declaration><ID>1</ID><A><B>x</B></A>"
                                "<Consignment><TotalPackageQuantity>ten</TotalPackageQuantity></Consignment></Declaration></Manifest>",
                                notes)
                                .value();
  EXPECT_EQ(read.carriage.id, "1");
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].position, "/Manifest/Declaration/A/B");
  EXPECT_EQ(notes[1].position, "/Manifest/Declaration/Consignment/TotalPackageQuantity");
}

TEST(CustomsRoadManifest, DeepNestingIsNoTrouble) {
  std::string deep = "<Manifest><Head/><Declaration>";
  for (int i = 0; i < 50'000; ++i) deep += "<a>";
  for (int i = 0; i < 50'000; ++i) deep += "</a>";
  Notes notes;
  EXPECT_TRUE(read_road_manifest(deep + "</Declaration></Manifest>", notes).has_value());
}

TEST(CustomsRoadManifest, AnswersReadBack) {
  const ManifestResponse response = {.message_id = "ldg_01",
                                     .message_type = "MT1401",
                                     .send_time = "20261124101500",
                                     .function_code = "9",
                                     .office = "5301",
                                     .id = "5100489963144",
                                     .document = "HKG0001",
                                     .code = "01",
                                     .text = "接受"};
  Notes notes;
  EXPECT_EQ(read_manifest_response(write_manifest_response(response).value(), notes).value(), response);
  EXPECT_TRUE(notes.empty());
  EXPECT_FALSE(write_manifest_response({.message_id = "1"}).has_value());
}

TEST(CustomsElements, CountsChineseAsTwo) {
  EXPECT_EQ(counted_length("abc"), 3U);
  EXPECT_EQ(counted_length("é"), 1U);
  EXPECT_EQ(counted_length("海關a"), 5U);
  EXPECT_EQ(counted_length("한"), 2U);
}

}  // namespace customs_tests
}  // namespace fairway::gateway::customs
