// Cargo-XML as documents: what is one, what is refused, what is reported; hostile ones; mutants.
#include "base/bytes.h"
#include "base/json.h"
#include "base/limits.h"
#include "cargo_xml_support.h"
#include "gateway/cargo_xml/document.h"
#include "gateway/cargo_xml/groups.h"

namespace cargo_xml_test {

const std::string kAccepted = status("RCS", kTen + movement(location("HKG") + moment("2026-11-23T10:00:00")));

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

TEST(CargoXmlRead, AMessageIsKnownByItsRootAndItsNamespace) {
  using gateway::Format;
  EXPECT_EQ(gateway::detect(kAccepted), Format::cargo_xml);
  EXPECT_EQ(gateway::detect("\xEF\xBB\xBF \n" + kAccepted), Format::cargo_xml);
  EXPECT_EQ(gateway::detect(manifest(), "application/xml"), Format::cargo_xml);
  EXPECT_EQ(gateway::detect("<!-- by hand --><Waybill xmlns='iata:waybill:1'/>"), Format::cargo_xml);
  EXPECT_EQ(gateway::detect("<Waybill xmlns = \"iata:waybill:1\">"), Format::cargo_xml);
  EXPECT_EQ(gateway::detect("<StatusMessage/>"), Format::cargo_xml);
  EXPECT_EQ(gateway::detect("<Waybill xmlns='urn:other'/>"), Format::unknown);
  EXPECT_EQ(gateway::detect("<x:Waybill xmlns='iata:waybill:1' xmlns:x='urn:other'/>"), Format::unknown);
  EXPECT_EQ(gateway::detect("<html>"), Format::unknown);
  EXPECT_EQ(gateway::detect("<"), Format::unknown);
  EXPECT_EQ(gateway::detect("<!--"), Format::unknown);
  EXPECT_EQ(gateway::detect("<epcis:EPCISDocument xmlns:epcis='urn:epcglobal:epcis:xsd:2'/>"), Format::epcis);
}

// Prefixes are the sender's own; so is the one that has none.
TEST(CargoXmlRead, PrefixesDoNotMatter) {
  const auto named = decode_one(kAccepted);
  const auto other = decode_one(replaced(replaced(kAccepted, "ram:", "a.b:"), ":ram=", ":a.b="));
  const auto none = decode_one(replaced(replaced(kAccepted, "ram:", ""), "xmlns:ram=", "xmlns="));
  ASSERT_EQ(named.events.size(), 1u);
  EXPECT_EQ(codes_of(other) + codes_of(none), "");
  EXPECT_EQ(texts_of(other), texts_of(named));
  EXPECT_EQ(texts_of(none), texts_of(named));
  EXPECT_EQ(other.events.at(0).id, named.events.at(0).id);
}

TEST(CargoXmlRead, VersionsAndNamespacesThatAreNotKnownAreReadAndSaid) {
  for (const std::string version : {"1.00", "2.00", "3.00", "4.00", "5.00", "6.00", "3"}) {
    const auto message = decode_one(replaced(kAccepted, ">3.00<", ">" + version + "<"));
    EXPECT_EQ(codes_of(message), "") << version;
    EXPECT_EQ(message.events.size(), 1u) << version;
  }
  EXPECT_EQ(codes_of(decode_one(replaced(kAccepted, ">3.00<", ">99.00<"))), "version_unknown");
  EXPECT_EQ(codes_of(decode_one(replaced(kAccepted, ">3.00<", "><"))), "version_unknown");
  EXPECT_EQ(codes_of(decode_one(replaced(kAccepted, "iata:statusmessage:1", "iata:statusmessage:2"))), "namespace_unknown");
  const auto bare = decode_one(replaced(replaced(kAccepted, "rsm:", ""), " xmlns:rsm=\"iata:statusmessage:1\"", ""));
  EXPECT_EQ(codes_of(bare), "namespace_unknown");
  EXPECT_EQ(bare.events.size(), 1u);
  const auto unknown = decode_one("<HouseManifest xmlns='iata:housemanifest:1'/>");
  EXPECT_EQ(codes_of(unknown), "message_unknown");
  EXPECT_TRUE(unknown.ok && unknown.events.empty());
}

TEST(CargoXmlRead, ElementsThatAreNotKnownAreSaidOnceWithTheirPlace) {
  const std::string odd = "<ram:Foo><ram:PieceQuantity>3</ram:PieceQuantity></ram:Foo>";
  const std::string bytes = status("RCS", kTen + odd + odd + movement(location("HKG") + moment("2026-11-23T10:00:00")) +
                                              "<x:Signature xmlns:x='urn:x'><x:PieceQuantity>1</x:PieceQuantity></x:Signature>");
  const auto message = decode_one(bytes);
  ASSERT_EQ(codes_of(message), "element_unknown element_foreign");
  EXPECT_EQ(message.diagnostics[0].position, "/StatusMessage/MasterConsignment/ReportedStatus/AssociatedStatusConsignment/Foo");
  EXPECT_EQ(message.diagnostics[0].offset, bytes.find("<ram:Foo>"));
  EXPECT_EQ(message.events.at(0).cargo.pieces, 10u);
}

TEST(CargoXmlRead, OffsetsAndPathsAreThoseOfTheInput) {
  const std::string two = replaced(kAccepted, "</rsm:MasterConsignment>",
                                   "<ram:ReportedStatus><ram:ReasonCode>QQQ</ram:ReasonCode></ram:ReportedStatus></rsm:MasterConsignment>");
  for (const std::string& bytes : {two, "\xEF\xBB\xBF" + two}) {
    const auto message = decode_one(bytes);
    ASSERT_EQ(codes_of(message), "status_unknown");
    EXPECT_EQ(message.diagnostics[0].position, "/StatusMessage/MasterConsignment/ReportedStatus[2]/ReasonCode");
    EXPECT_EQ(message.diagnostics[0].offset, bytes.find("<ram:ReasonCode>QQQ"));
    EXPECT_EQ(message.events.at(0).source.offset, bytes.find("<ram:SpecifiedLogisticsTransportMovement>"));
  }
}

TEST(CargoXmlRead, RawIsEveryElementByItsName) {
  std::string line;
  ASSERT_TRUE(gateway::cargo_xml::raw_cargo_xml(kAccepted, {}, [&](std::string_view text) { line = text; }));
  const auto parsed = parse_json(line);
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(line.starts_with("{\"message\":\"XFSU 3.00\",\"fields\":{\"StatusMessage\":{\"MessageHeaderDocument\":{\"ID\":\"M-1\""));
  EXPECT_NE(line.find("\"GrossWeightMeasure\":{\"@unitCode\":\"KGM\",\"#text\":\"200\"}"), std::string::npos);
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(CargoXmlRead, HostileDocumentsAreRefused) {
  EXPECT_EQ(error_of("<!DOCTYPE StatusMessage [<!ENTITY a 'b'>]><StatusMessage xmlns='iata:statusmessage:1'>&a;</StatusMessage>"),
            "invalid: a document type definition");
  EXPECT_EQ(error_of("<StatusMessage xmlns='iata:statusmessage:1'>"), "invalid: not XML");
  EXPECT_EQ(error_of(""), "invalid: not XML");
  EXPECT_EQ(error_of(std::string("<StatusMessage xmlns='iata:x'>\xFF</StatusMessage>")), "invalid: not XML in UTF-8");
  EXPECT_EQ(error_of(kAccepted + kAccepted), "invalid: more than one root element");
  EXPECT_EQ(error_of("<html/>"), "unsupported: not a message of Cargo-XML");
  std::string deep, close;
  for (int i = 0; i < 100'000; ++i) deep += "<a>", close += "</a>";
  EXPECT_EQ(error_of("<StatusMessage>" + deep + close + "</StatusMessage>"), "too_large: too large");
  std::string attributes;
  for (int i = 0; i < 1000; ++i) attributes += " a" + std::to_string(i) + "='1'";
  EXPECT_EQ(error_of("<StatusMessage" + attributes + "/>"), "too_large: too large");
  std::string wide;
  wide.reserve(4 * limits::kCargoXmlElementsMax + 100);
  for (size_t i = 0; i <= limits::kCargoXmlElementsMax; ++i) wide += "<a/>";
  EXPECT_EQ(error_of("<StatusMessage>" + wide + "</StatusMessage>"), "too_large: too large");
}

// Entities beyond XML's own are no entities; a reference to what is no character does not come out as such.
TEST(CargoXmlRead, ReferencesAreThoseOfXml) {
  const auto message = decode_one(status("RCS", kTen + movement(location("HKG") + moment("2026-11-23T10:00:00")) +
                                                    "<ram:HandlingOSIInstructions><ram:Description>A &amp; B &unknown; &#xD800; &#1;"
                                                    "<![CDATA[<C>]]></ram:Description></ram:HandlingOSIInstructions>"));
  EXPECT_TRUE(is_valid_utf8(gateway::to_json(message)));
  ASSERT_EQ(message.events.size() + (message.ok ? 0 : 1), 1u) << codes_of(message);
}

TEST(CargoXmlRead, AMessageOfTooManyEventsIsRefused) {
  const std::string one = "<ram:ReportedStatus><ram:ReasonCode>RCS</ram:ReasonCode><ram:AssociatedStatusConsignment>";
  std::string many;
  for (size_t i = 0; i < limits::kCargoXmlEventsPerMessageMax + 5; ++i)
    many += one + "<ram:PieceQuantity>" + std::to_string(i) + "</ram:PieceQuantity>" +
            movement(location("HKG") + moment("2026-11-23T10:00:00")) + "</ram:AssociatedStatusConsignment></ram:ReportedStatus>";
  const auto message = decode_one(replaced(kAccepted, "</rsm:MasterConsignment>", many + "</rsm:MasterConsignment>"));
  EXPECT_EQ(codes_of(message), "too_many_events");
  EXPECT_FALSE(message.ok);
}

// Every text of a manifest and of a status, cut short at each place and with each byte changed, is refused or read, and what is read is
// valid.
TEST(CargoXmlRead, MutantsAreReadOrRefused) {
  const auto try_one = [](const std::string& bytes) {
    (void)gateway::cargo_xml::begins_cargo_xml(bytes);
    (void)gateway::cargo_xml::decode_cargo_xml(bytes, {kReceived}, [&](const DecodedMessage& message) {
      EXPECT_TRUE(is_valid_utf8(gateway::to_json(message)));
      for (const Event& event : message.events) EXPECT_TRUE(validate(event));
      for (const gateway::Diagnostic& diagnostic : message.diagnostics) EXPECT_LE(diagnostic.offset, bytes.size());
    });
  };
  for (const std::string& whole : {kAccepted, manifest()})
    for (size_t i = 0; i < whole.size(); i += 3) {
      try_one(whole.substr(0, i));
      std::string changed = whole;
      constexpr std::string_view kOthers = "<>/\"'& :=A0-\x01\xFF";
      changed[i] = kOthers[i / 3 % kOthers.size()];
      try_one(changed);
      changed.erase(i, 1 + i % 40);
      try_one(changed);
    }
}

// The rows that a mapper asks for are there, and no path is written twice in a group.
TEST(CargoXmlRead, TablesAreInOrder) {
  using namespace gateway::cargo_xml;
  for (size_t i = 0; i < kGroups; ++i) {
    const GroupRow& group = row(static_cast<Group>(i));
    EXPECT_EQ(static_cast<size_t>(group.group), i);
    std::set<std::string_view> paths;
    for (const FieldRow& field : group.fields) EXPECT_TRUE(paths.insert(field.path).second) << field.path;
    for (const InnerRow& inner : group.groups) EXPECT_TRUE(paths.insert(inner.path).second) << inner.path;
  }
  EXPECT_TRUE(is_passed_over("PostalStructuredAddress") && is_passed_over("AccountingNote") && is_passed_over("WeightTotalChargeAmount"));
  EXPECT_FALSE(is_passed_over("Foo"));
}

}  // namespace cargo_xml_test
