// Air cargo messages as trees of named fields: splitting, the grammar, real deviations.
#include <rapidcheck.h>

#include <set>

#include "cargo_imp_support.h"
#include "gateway/cargo_imp/form.h"
#include "gateway/cargo_imp/grammar.h"
#include "gateway/cargo_imp/manifests.h"
#include "gateway/cargo_imp/pattern.h"

namespace cargo_imp_read {

using namespace cargo_imp_test;

bool has(const std::string& json, std::string_view part) { return json.find(part) != std::string::npos; }

// Every field of every line was read: the only findings are of line breaks and of the two broken-off texts of the sample.
TEST(CargoImpRead, TheSampleOfStatusesIsReadWhole) {
  FAIRWAY_AIR_SAMPLE(bytes, "fsa15.txt");
  const std::vector<Message> messages = read_all(bytes);
  ASSERT_EQ(messages.size(), 24u);
  EXPECT_EQ(std::string(messages[0].id) + "/" + messages[0].version, "FSU/14");
  std::set<std::string_view> tags;
  for (const Message& message : messages) {
    EXPECT_EQ(message.findings.all().size(), 1u) << findings_of(message);
    EXPECT_EQ(to_diagnostic(message.findings.all()[0]).code, "cargo_imp.line_break");
    for (const Segment& segment : message.segments) {
      EXPECT_NE(segment.name, "unread");
      if (segment.name == "status") tags.insert(segment.tag);
    }
  }
  EXPECT_EQ(tags.size(), 20u);  // all but DOC, DPU, FIW and FOW
  EXPECT_EQ(messages[0].segments.size(), 65u);
}

TEST(CargoImpRead, TheSampleOfWaybillsIsReadWhole) {
  FAIRWAY_AIR_SAMPLE(bytes, "fwb17.txt");
  const std::vector<Message> messages = read_all(bytes);
  ASSERT_EQ(messages.size(), 5u);
  EXPECT_EQ(findings_of(messages[0]), "line_break 1:7");
  EXPECT_EQ(findings_of(messages[2]), "line_break 134:7, character 148:13, slash_missing 148:1");
  EXPECT_EQ(findings_of(messages[3]), "line_break 162:7, slash_missing 179:1");
  const std::string first = to_json(messages[0]);
  EXPECT_TRUE(has(first, R"("charges":[{"code":"MY","entitlement":"C","amount":"1600.50"},{"code":"SC","entitlement":"C")"));
  EXPECT_TRUE(has(first, R"({"line_number":"10","dimensions":{"unit":"CMT","length":"606","width":"244","height":"273"},"pieces":"1"})"));
  EXPECT_TRUE(has(first, R"("contact_type":["TE"],"contact_number":["74956626979"])"));
  EXPECT_TRUE(has(first, R"({"country":"IT","information":"IMP","control":"M","text":"07IT9876AB88901235"})"));
  EXPECT_TRUE(has(first, R"("unit_load_device":{"type":"P1C","serial":"0037","owner":"XX"})"));
  for (const Message& message : messages)
    for (const Segment& segment : message.segments) EXPECT_NE(segment.name, "unread") << segment.fields[0].text;
}

TEST(CargoImpRead, AManifestIsATree) {
  const auto messages = read_all(
      lines({"FFM/8", "1/CX0831/23NOV1010/HKG/BLJJ", "ORD//23NOV1235", "160-12345675HKGORD/T10K200MC1.5/GARMENTS", "/SPX/ECC",
             "ULD/PMC12345CX/FULL", "/JFKAA100/24NOV", "160-11111116HKGJFK/S10K206MC0.15T92/CNSL CGH MIX 13", "/JFKAA100/24NOV",
             "DIM/K206/CMT120-80-100/10", "OCI/HK/ISS/RA/00012-01", "///ED/1226", "COR/T1", "ANC/NIL/23NOV0200/23NOV0330", "LAST"}));
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(findings_of(messages[0]), "");
  const std::vector<Segment>& s = messages[0].segments;
  ASSERT_EQ(s.size(), 10u);
  EXPECT_EQ(s[2].name, "consignment");  // loose cargo stands under the point of unloading
  EXPECT_EQ(s[2].parent, 1u);
  EXPECT_EQ(s[4].name, "consignment");
  EXPECT_EQ(s[4].parent, 3u);  // under the unit load device
  EXPECT_EQ(s[4].part("quantity", "total_pieces"), "92");
  EXPECT_EQ(s[4].part("onward", "airport"), "JFK");
  EXPECT_EQ(s[7].name, "customs_origin");
  EXPECT_EQ(s[8].text("nil_cargo"), "NIL");
}

// FFM/5 ends a consignment's line by its special handling codes, run together.
TEST(CargoImpRead, OlderManifests) {
  const auto messages = read_all(lines({"FFM/5", "5/KZ134/20JUN/NRT/JA15KZ", "ORD", "ULD/PMC96188KZ/W-2190.0 C-L",
                                        "933-34751150HKGORD/S102K2081MC14.28T150/CNSL AWO BUC 13/BUCELI", "OSI/FIRMS CODE H0P9", "CONT"}));
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(findings_of(messages[0]), "");
  EXPECT_TRUE(has(to_json(messages[0]), R"("special_handling":["BUC","ELI"])"));
}

TEST(CargoImpRead, HousesUnderTheirMaster) {
  const auto messages = read_all(lines({"FHL/4", "MBI/933-27754882NRTORD/T32K2571.3", "HBS/NUSH2381471/NRTORD/1/K18/1/FLOW SENSOR",
                                        "TXT/FLOW SENSOR . ETC.", "HTS/851290", "OCI/US/SHP/MU/X", "/US/SHP/MD/X",
                                        "HBS/SGH5135041/PVGORD/31/K531/31/DRESS WOMEN WOV", "/ST CHAI WAN 999077 15 GSH 2801 TREN"}));
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(findings_of(messages[0]), "");
  const std::vector<Segment>& s = messages[0].segments;
  ASSERT_EQ(s.size(), 6u);
  EXPECT_EQ(s[5].text("house_air_waybill"), "SGH5135041");
  EXPECT_EQ(s[5].parent, 0u);
  EXPECT_EQ(s[4].parent, 1u);
  EXPECT_EQ(s[5].text("text"), "ST CHAI WAN 999077 15 GSH 2801 TREN");  // a continued description, of no form of the standard
}

// Before version 17 an address has no identifiers of its own: its lines follow the party's.
TEST(CargoImpRead, AddressesOfOlderWaybills) {
  const auto messages = read_all(lines({"FWB/16", "160-12345675HKGORD/T1K913.0", "RTG/ORDCX", "SHP/4711", "/EXPORTANT LTD.",
                                        "/WAPPING TRADING ESTATE", "/HONG KONG", "/HK/999077/TE/85212345678/FX/85212345679"}));
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(findings_of(messages[0]), "");
  EXPECT_TRUE(has(to_json(messages[0]),
                  R"("account":"4711","name":"EXPORTANT LTD.","street_address":"WAPPING TRADING ESTATE","place":"HONG KONG")"
                  R"(,"country":"HK","postal_code":"999077","contact_type":["TE","FX"])"));
}

TEST(CargoImpRead, EnvelopesOfTypeB) {
  const auto messages = read_all("\x01QK HKGFMCX FRAFMLH\r\n.HKGKKCX 231105\r\n\x02" + lines({"FSU/15", "160-12345675HKGORD/T10"}) +
                                 "\x03\r\nQD PVGKKCX\r\n.FRAKKLH\r\n" + lines({"FSU/15", "020-12345675FRAHKG/T1"}));
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].envelope.priority, "QK");
  EXPECT_EQ(messages[0].envelope.addresses, (std::vector<std::string>{"HKGFMCX", "FRAFMLH"}));
  EXPECT_EQ(messages[0].envelope.origin, "HKGKKCX");
  EXPECT_EQ(messages[0].envelope.stamp, "231105");
  EXPECT_EQ(messages[1].envelope.origin, "FRAKKLH");
  EXPECT_EQ(findings_of(messages[0]) + findings_of(messages[1]), "");
}

TEST(CargoImpRead, OneMessageMayHoldSeveralWaybills) {
  const auto messages = read_all(lines(
      {"FSA/15", "085-22240002LHRZRH/P20T30", "RCF/SR803/26MAR0700/ZRH/T20", "085-22240002LHRZRH/P10T30", "TFD/BA/25MAR1100/LHR/T10"}));
  ASSERT_EQ(messages.size(), 1u);
  ASSERT_EQ(messages[0].segments.size(), 4u);
  EXPECT_EQ(messages[0].segments[3].parent, 2u);
  EXPECT_EQ(messages[0].segments[2].part("quantity", "total_pieces"), "30");
}

// An answer repeats what it answers; the message after it is one of its own.
TEST(CargoImpRead, AnswersKeepWhatTheyRepeat) {
  const auto messages = read_all(lines({"FNA", "ACK/INVALID AWB NO", "/INVALID STATUS CODE", "FHL/5", "MBI/180-19901431ICNTSN/T23K2923",
                                        "FSU/15", "160-12345675HKGORD/T10"}));
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].segments[0].fields[1].text, "INVALID STATUS CODE");
  EXPECT_EQ(messages[0].echo, "FHL/5\r\nMBI/180-19901431ICNTSN/T23K2923\r\n");
  EXPECT_EQ(messages[1].id, "FSU");
}

// FNA is also the airport of Freetown, a point of unloading.
TEST(CargoImpRead, APointOfUnloadingIsNoMessage) {
  const auto messages = read_all(
      lines({"FFM/8", "1/CX0831/23NOV/HKG", "FNA", "160-12345675HKGFNA/T1K1", "COR//23NOV1235", "160-12345675HKGCOR/T1K1", "LAST"}));
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(findings_of(messages[0]), "");
  EXPECT_EQ(messages[0].segments[1].text("airport"), "FNA");
  EXPECT_EQ(messages[0].segments[3].text("airport"), "COR");
}

struct DeviationCase {
  std::string input;
  std::string findings;
};

TEST(CargoImpRead, RealDeviationsAreReportedAtTheirPlace) {
  const std::string awb = "160-12345675HKGORD/T10\r\n";
  const std::vector<DeviationCase> cases = {
      {"fsu/15\r\n" + awb, "lower_case 1:1"},
      {"FSU/15\n160-12345675HKGORD/T10\n", "line_break 1:7"},
      {"FSU/15\r\n160-12345675HKGORD/T10  \r\n", "trailing_blank 2:23"},
      {"FSU/15\r\n\r\n" + awb, "blank_line 2:1"},
      {"FSU/15\r\n" + awb + "\r\n\r\n", ""},  // after the message
      {"FSU/15\r\n" + awb + "OSI/" + std::string(70, 'X') + "\r\n", "line_length 3:70"},
      {"FSU/15\r\n" + awb + "OSI/" + std::string(5000, 'X') + "\r\n", "line_too_long 3:1"},
      {"FSU/15\r\n" + awb + "OSI/A+B\r\n", "character 3:6"},
      {"FSU/15\r\n" + awb + "OSI/ONE\r\nTWO WORDS\r\n", "slash_missing 4:1"},
      {"FSU/15\r\n" + awb + "ABC/DEF\r\n", "line_unknown 3:1"},
      {"FSU/15\r\nDEP/CX831/23NOV/HKGORD/T1\r\n", "line_unexpected 2:1"},
      {"FSU/15\r\n" + awb + "/X\r\n", "line_unexpected 3:1"},
      {"FSU/15\r\n" + awb + "DEP/CX831/23NOV//T1\r\n", "field_missing 3:17"},
      {"FSU/15\r\n" + awb + "DLV/23NOV1010/HKG\r\n", "field_missing 3:1"},
      {"FSU/15\r\n" + awb + "DEP/CX831/40NOV/HKGORD/T1\r\n", "field_format 3:11"},
      {"FSU/15\r\n" + awb + "TRM/AF/CPH/T6K166/X\r\n", "field_extra 3:19"},
      {"FSU/3\r\n" + awb, "version_unknown 1:1"},
      {"FSU/15\r\n", "message_empty 1:1"},
      {"HELLO\r\nFSU/15\r\n" + awb, "text_outside 1:1"},
      {"FBL/4\r\n1/CX831/23NOV/HKG\r\nORD\r\n", "end_missing 3:1"},
      {"FSR/1\r\n" + awb, "message_unknown 1:1"},
  };
  for (const DeviationCase& c : cases) {
    const auto messages = read_all(c.input);
    ASSERT_EQ(messages.size(), 1u) << c.input;
    EXPECT_EQ(findings_of(messages[0]), c.findings) << c.input;
  }
}

TEST(CargoImpRead, OffsetsAreBytesOfTheInput) {
  const std::string input = "\xEF\xBB\xBF" + lines({"FSU/15", "160-12345675HKGORD/T10", "DEP/CX831/40NOV/HKGORD/T1"});
  const auto messages = read_all(input);
  ASSERT_EQ(messages.size(), 1u);
  ASSERT_EQ(messages[0].findings.all().size(), 1u);
  EXPECT_EQ(messages[0].findings.all()[0].place.offset, input.find("40NOV"));
  EXPECT_EQ(messages[0].findings.all()[0].place.segment, 3u);
}

TEST(CargoImpRead, EveryFormOfTheGrammarExists) {
  size_t count = 0;
  const auto check = [&](std::string_view pattern) {
    const Slots slots = slots_of(pattern);
    for (const std::vector<Slot>* list : {&slots.once, &slots.repeated})
      for (const Slot& slot : *list) {
        EXPECT_TRUE(is_readable_form(slot.form) && !form_named(slot.form).empty()) << pattern << ": " << slot.form;
        ++count;
      }
  };
  for (const MessageKind& kind : message_kinds())
    for (const LineRule& rule : kind.lines) {
      check(rule.fields);
      for (std::string_view next = rule.next; !next.empty(); next.remove_prefix(std::min(next.find(';') + 1, next.size()))) {
        check(next.substr(0, next.find(';')));
        if (next.find(';') == next.npos) break;
      }
    }
  for (const char letter : std::string_view("PKLCSWRDT")) check(find_rate_column(letter)->pattern);
  for (const std::string_view code : {"NG", "NC", "ND", "NV", "NU", "NS", "NH", "NO"}) check(find_goods_line(code)->pattern);
  EXPECT_GT(count, 250u);
}

TEST(CargoImpRead, DiagnosticsAreDocumentedAsTheyAre) {
  std::ifstream file(std::filesystem::path(FAIRWAY_SOURCE_DIR) / "docs/reference/diagnostics.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  for (const DeviationRow& deviation : deviations()) {
    EXPECT_EQ(&row(deviation.deviation), &deviation) << deviation.code;
    const std::string line = "| `" + std::string(deviation.code) + "` | " + std::string(name(deviation.severity)) + " |";
    EXPECT_TRUE(has(text, line)) << line;
  }
}

TEST(CargoImpRead, FormsNameTheirParts) {
  std::vector<Part> parts;
  EXPECT_FALSE(match_form("unit_load_device", "PMC1234X", parts));
  ASSERT_TRUE(match_form("unit_load_device", "PMC12345XX-L", parts));
  EXPECT_EQ(parts[1].value, "12345");
  ASSERT_TRUE(match_form("unit_load_device", "AKE1234ABC", parts));  // an owner of three characters
  EXPECT_EQ(parts[2].value, "ABC");
  ASSERT_TRUE(match_form("awb", "160-12345675ORD", parts));  // without an origin
  EXPECT_EQ(parts[2].name, "destination");
  ASSERT_TRUE(match_form("quantity", "T114K2380DG6", parts));
  EXPECT_EQ(parts.back().name, "density_group");
  EXPECT_FALSE(match_form("quantity", "T114K", parts));
  EXPECT_FALSE(match_form("charges", std::string(4000, 'A'), parts));  // bounded work
}

TEST(CargoImpRead, ManifestPartsJoinInAnyOrder) {
  const auto part = [](int page, bool last) {
    const auto read =
        read_all(lines({"FFM/8", std::to_string(page) + "/KZ0134/20JUN/NRT", "ORD", "160-12345675HKGORD/T1K1", last ? "LAST" : "CONT"}));
    return *manifest_part(read.at(0));
  };
  FlightManifests manifests;
  using Taken = FlightManifests::Taken;
  EXPECT_EQ(manifests.add(part(3, true)), Taken::waiting);
  EXPECT_EQ(manifests.add(part(1, false)), Taken::waiting);
  EXPECT_EQ(manifests.add(part(1, false)), Taken::repeated);
  EXPECT_EQ(manifests.incomplete().size(), 2u);
  EXPECT_TRUE(manifests.joined("KZ134/20JUN/NRT").empty());
  EXPECT_EQ(manifests.add(part(2, false)), Taken::complete);
  ASSERT_EQ(manifests.joined("KZ134/20JUN/NRT").size(), 3u);
  EXPECT_EQ(manifests.joined("KZ134/20JUN/NRT")[2].page, 3);
  EXPECT_TRUE(manifests.incomplete().empty());
}

TEST(CargoImpRead, NoInputBreaksIt) {
  rc::check("any lines from pieces of messages are read, and written as JSON", [] {
    const auto piece =
        rc::gen::element<std::string>("FSU/15", "FWB/17", "FFM/8", "FHL/4", "FBL/4", "FFR/8", "FNA", "ACK/X", "\r\n", "\n", "/", "//",
                                      "160-12345675HKGORD", "T10K20", "DEP", "CX831", "23NOV", "HKG", "LAST", "SHP", "RTD",
                                      "1/P1/K2/ND//CMT1-2-3/4", "OCI", "\xFF", "\x01", " ", "QK HKGFMCX", ".HKGKKCX 231105");
    std::string input;
    for (const std::string& text : *rc::gen::container<std::vector<std::string>>(piece)) input += text;
    size_t raw = 0;
    (void)raw_cargo_imp(input, {}, [&](std::string_view line) {
      ++raw;
      RC_ASSERT(line.starts_with('{') && line.ends_with('}') && line.find('\n') == std::string_view::npos);
    });
    RC_ASSERT(raw == read_all(input).size());
  });
}

}  // namespace cargo_imp_read
