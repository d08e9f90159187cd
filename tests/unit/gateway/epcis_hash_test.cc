// The event hash of CBV 2.0: published inputs with their published hashes, and what must and must not change it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/bytes.h"
#include "gateway/epcis/document.h"
#include "gateway/epcis/epc_uri.h"
#include "gateway/epcis/epcis.h"
#include "gateway/epcis/hash.h"

namespace fairway::gateway::epcis::hash_test {
namespace {

constexpr std::string_view kContext =
    R"("@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"example":"https://ns.example.com/epcis/","http":"http://ns.example.com/epcis/","repository-x":"https://repository-x.example.com/"}])";

std::vector<std::string> hashes(std::string_view document) {
  std::vector<std::string> found;
  const Status read = event_hashes(document, [&](std::string_view hash) { found.emplace_back(hash); });
  EXPECT_TRUE(read) << read.error().text();
  return found;
}

// The hash of one event, given by its members.
std::string hash_of(std::string_view members) {
  const auto found = hashes("[{" + std::string(kContext) + "," + std::string(members) + "}]");
  return found.size() == 1 ? found.front() : "";
}

std::string pre_hash_of(std::string_view members) {
  std::string text;
  const std::string event = "{" + std::string(kContext) + "," + std::string(members) + "}";
  const Status read = read_document(event, [&](const CapturedEvent& captured, const DecodedMessage&) { text = pre_hash(captured); });
  EXPECT_TRUE(read);
  return text;
}

std::string ni(std::string_view hex) { return "ni:///sha-256;" + std::string(hex) + "?ver=CBV2.0"; }

// Events of the reference generator's test collection, with the values it publishes for CBV 2.0.
struct Published {
  const char* name;
  const char* members;
  const char* hash;
};
const Published kPublished[] = {
    {"reference example 1",
     R"("type":"ObjectEvent","eventTime":"2020-03-04T11:00:30.000+01:00","eventTimeZoneOffset":"+01:00","recordTime":"2020-03-04T11:00:30.999+01:00",
        "epcList":["urn:epc:id:sscc:4012345.0000000333","urn:epc:id:sscc:4012345.0000000111","urn:epc:id:sscc:4012345.0000000222"],
        "action":"OBSERVE","bizStep":"departing","readPoint":{"id":"urn:epc:id:sgln:4012345.00011.987"},
        "example:myField1":{"example:mySubField1":"2","example:mySubField2":"5"},"example:myField2":"0",
        "example:myField3":{"example:mySubField3":["3","1"]})",
     "6ae96341e0acc6d7a261364751f60e68278a81cdf51da0abb6b4e617014e39d7"},
    {"reference example 2",
     R"("type":"ObjectEvent","eventTime":"2020-04-01T15:00:00+01:00","eventTimeZoneOffset":"+01:00","epcList":["urn:epc:id:sgtin:4012345.011111.9876"],
        "action":"OBSERVE","bizStep":"inspecting","readPoint":{"id":"urn:epc:id:sgln:4012345.00005.0"},
        "sensorElementList":[{"sensorMetadata":{"deviceID":"urn:epc:id:giai:4000001.111","deviceMetadata":"https://id.gs1.org/8004/4000001111"},
        "sensorReport":[{"type":"Temperature","value":26,"sDev":0.1,"uom":"CEL"},{"type":"AbsoluteHumidity","value":12.1,"uom":"A93"},
        {"type":"Dimensionless","microorganism":"https://www.ncbi.nlm.nih.gov/taxonomy/1126011","value":0.05,"uom":"C35"},
        {"type":"Dimensionless","chemicalSubstance":"https://identifiers.org/inchikey:CZMRCDWAGMRECN-UGDNZRGBSA-N","value":0.18,"uom":"C35"}]}])",
     "271565c346ae2fb28c4583c4dca4ab4772d465eb4e0b6e548d77d8b49377d95c"},
    {"reference example 3",
     R"("type":"ObjectEvent","eventTime":"2020-03-04T11:00:30+01:00","eventTimeZoneOffset":"+01:00","epcList":["urn:epc:id:sgtin:0614141.011111.987"],
        "action":"OBSERVE","bizStep":"departing","disposition":"in_transit",
        "readPoint":{"id":"urn:epc:id:sgln:4012345.00011.0","example:myField1":"AB-12"},
        "bizTransactionList":[{"type":"po","bizTransaction":"urn:epc:id:gdti:4012345.11111.123"}],
        "sourceList":[{"type":"owning_party","source":"urn:epc:id:pgln:4012345.00000"}],
        "destinationList":[{"type":"owning_party","destination":"urn:epc:id:pgln:0614141.00000"}],"example:userExt":"CD-34")",
     "3ae14c02c4bdc220cc31942cf804f6845eb8dec96ba6483391c92a9b165f9329"},
    {"every GS1 key",
     R"("type":"ObjectEvent","eventTime":"2023-03-27T11:30:00.0Z","eventTimeZoneOffset":"+01:00","epcList":["urn:epc:id:sgtin:4012345.012345.12",
        "urn:epc:id:sscc:4012345.0000000333","https://id.gs1.org/00/040123450000003338","urn:epc:id:grai:4012345.66666.87",
        "urn:epc:id:giai:4012345.AAbb","urn:epc:id:gsrn:4012345.9876540000","urn:epc:id:gsrnp:4012345.0000098765",
        "urn:epc:id:gdti:4012345.55555.98","urn:epc:id:cpi:4012345.ABC.123","urn:epc:id:sgcn:4012345.99999.44","urn:epc:id:ginc:4012345.333",
        "urn:epc:id:gsin:4012345.999987654","urn:epc:id:itip:4012345.012345.01.02.999","urn:epc:id:upui:4012345.012345.AB12"],
        "quantityList":[{"epcClass":"urn:epc:class:lgtin:4054739.099914.20160711"},{"epcClass":"urn:epc:idpat:sgtin:4054739.099914.*"},
        {"epcClass":"urn:epc:idpat:grai:4012345.66666.*"},{"epcClass":"urn:epc:idpat:gdti:4012345.55555.*"},
        {"epcClass":"urn:epc:idpat:sgcn:4012345.99999.*"},{"epcClass":"urn:epc:idpat:cpi:4012345.ABC.*"},
        {"epcClass":"urn:epc:idpat:itip:4012345.012345.01.02.*"}],"action":"OBSERVE","bizStep":"other",
        "readPoint":{"id":"urn:epc:id:sgln:4012345.00011.987"})",
     "40744f32beff53a4bf5bb5956d465cb52de5bbcc9f131409d8efb903b04d9351"},
    {"half a millisecond rounds up",
     R"("type":"ObjectEvent","eventTime":"2023-02-02T11:04:03.1415Z","eventTimeZoneOffset":"+01:00","epcList":["https://id.gs1.de/00/040123451111111110"],
        "action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","readPoint":{"id":"https://id.gs1.de/414/4012345000115"})",
     "af7658e711574363633f20b3dadc7bc4c13c6f612cf96d95e03c421c0e58f3c6"},
    {"less than half rounds down",
     R"("type":"ObjectEvent","eventTime":"2023-02-02T11:04:03.1414Z","eventTimeZoneOffset":"+01:00","epcList":["https://id.gs1.de/00/040123451111111110"],
        "action":"OBSERVE","bizStep":"transporting","readPoint":{"id":"geo:50.947573340894124,6.922120147375441"})",
     "0550df44527332c1fe417c5837fe61b9e71eaa93307b88519dac549bf2d4dcf9"},
    {"alert and reference system",
     R"("type":"ObjectEvent","eventTime":"2023-02-12T11:04:03.1415Z","eventTimeZoneOffset":"+01:00",
        "certificationInfo":"https://accreditation-council.example.org/certificate/ABC12345","epcList":["https://id.gs1.de/01/04012345999990/21/XYZ-1234"],
        "action":"OBSERVE","bizStep":"receiving","disposition":"in_progress","readPoint":{"id":"https://id.gs1.de/414/4012345000115"},
        "sensorElementList":[{"sensorMetadata":{"time":"2023-02-12T11:04:03.1007Z","bizRules":"https://id.example.com/253/4012345000054987"},
        "sensorReport":[{"type":"Dimensionless","exception":"ALARM_CONDITION",
        "coordinateReferenceSystem":"http://www.opengis.net/def/crs/EPSG/0/27700"}]}])",
     "bf052637920f56c28bd6bc4ce10bb296203fcddc543f1e293d5a77b07592dcec"},
    {"further namespaces",
     R"("type":"ObjectEvent","eventTime":"2019-10-21T14:45:00Z","recordTime":"2023-06-02T07:03:16.073Z","eventTimeZoneOffset":"+01:00",
        "eventID":"ni:///sha-256;b3d481c5590757ab8361a6cb0e924820feb3b61eb568e7d7703f21a96f76f51d?ver=CBV2.0",
        "epcList":["https://id.gs1.org/00/040123451111111127"],"action":"OBSERVE","bizStep":"inspecting","disposition":"in_progress",
        "readPoint":{"id":"https://id.gs1.org/414/4012345000245/254/1"},
        "repository-x:hash":"ni:///sha-256;b3d481c5590757ab8361a6cb0e924820feb3b61eb568e7d7703f21a96f76f51d?ver=CBV2.0",
        "example:captureID":"cc90bbe4-7f3a-4abd-b150-d4371c72a64f")",
     "81d42556b26127560fee1c57e0b7775cbd58aa401af0565e58ce043472ab3a5b"},
    {"no extension at all",
     R"("type":"ObjectEvent","eventTime":"2019-10-21T14:45:00Z","eventTimeZoneOffset":"+01:00","epcList":["https://id.gs1.org/00/040123451111111127"],
        "action":"OBSERVE","bizStep":"inspecting","disposition":"in_progress","readPoint":{"id":"https://id.gs1.org/414/4012345000245/254/1"})",
     "b3d481c5590757ab8361a6cb0e924820feb3b61eb568e7d7703f21a96f76f51d"},
    {"every EPC URI",
     R"j("type":"ObjectEvent","eventTime":"2019-04-02T15:00:00.000+01:00","eventTimeZoneOffset":"+01:00","epcList":["urn:epc:id:sgtin:4012345.011111.9876",
        "urn:epc:id:sgtin:4012345.011111.98%22","urn:epc:id:sgtin:415056789012.0.987654","urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()",
        "urn:epc:id:sscc:4012345.3111111111","urn:epc:id:sgln:4012345.00005.122","urn:epc:id:sgln:4012345.00005.0",
        "urn:epc:id:grai:4012345.00022.334455","urn:epc:id:giai:4012345.ABC345","urn:epc:id:gsrn:4012345.0000006765",
        "urn:epc:id:gsrnp:4012345.0000000007","urn:epc:id:gdti:4012345.00009.PO-4711","urn:epc:id:gdti:987659999999..9",
        "urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234","urn:epc:id:ginc:0614141.xyz47%2F11","urn:epc:id:gsin:4012345.222333444",
        "urn:epc:id:itip:4012345.011111.01.02.987","urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7'SDB","urn:epc:id:pgln:4000001.00000",
        "urn:epc:id:pgln:999999999999.","urn:epc:class:lgtin:4012345.012345.Lot987","https://id.gs1.org/gtin/09780345418913",
        "https://example.com/gtin/09780345418913/21/765tz?abc=211121"],"action":"OBSERVE","bizStep":"inspecting",
        "readPoint":{"id":"urn:epc:id:sgln:4012345.00005.0"})j",
     "028e1a1a0aef2be946fa8026eec361159033cab9d4da3f94bee1d58070b20198"},
    {"a purchase order",
     R"("type":"ObjectEvent","action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","eventTimeZoneOffset":"-06:00",
        "epcList":["urn:epc:id:sgtin:0614141.107346.2017","urn:epc:id:sgtin:0614141.107346.2018"],"eventTime":"2005-04-03T20:33:31.116-06:00",
        "readPoint":{"id":"urn:epc:id:sgln:0614141.07346.1234"},
        "bizTransactionList":[{"type":"po","bizTransaction":"http://transaction.acme.com/po/12345678"}])",
     "df6523665bc5e5803d6c7b84f5a04e103694d8220f2abc4f2c74310e89f31bc6"},
    {"two transactions and an extension",
     R"("type":"ObjectEvent","action":"OBSERVE","bizStep":"receiving","disposition":"in_progress","epcList":["urn:epc:id:sgtin:0614141.107346.2018"],
        "eventTime":"2005-04-04T20:33:31.116-06:00","eventTimeZoneOffset":"-06:00","readPoint":{"id":"urn:epc:id:sgln:0012345.11111.400"},
        "bizLocation":{"id":"urn:epc:id:sgln:0012345.11111.0"},
        "bizTransactionList":[{"type":"po","bizTransaction":"http://transaction.acme.com/po/12345678"},
        {"type":"desadv","bizTransaction":"urn:epcglobal:cbv:bt:0614141073467:1152"}],"http:myField":"Example of a vendor/user extension")",
     "32547b2344d525ea60ab1b899d82a9011fd9c39bb26ed936e113066146f49941"},
};

TEST(EpcisHash, PublishedValuesAreComputed) {
  for (const Published& published : kPublished)
    EXPECT_EQ(hash_of(published.members), ni(published.hash)) << published.name << "\n" << pre_hash_of(published.members);
}

// XML of the same collection; the transformation has every place an extension can stand in.
constexpr std::string_view kXmlHead =
    R"(<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:example="http://ns.example.com/epcis/" xmlns:example2="http://ns.example.com/epcis-2/"
xmlns:example3="http://ns.example.com/epcis-3/" xmlns:example4="http://ns.example.com/epcis-4/" xmlns:cbvmda="urn:epcglobal:cbv:mda"
creationDate="2005-07-11T11:30:47.0Z" schemaVersion="2.0"><EPCISBody><EventList>)";
constexpr std::string_view kXmlTail = "</EventList></EPCISBody></epcis:EPCISDocument>";

std::vector<std::string> xml_hashes(std::string_view events) { return hashes(std::string(kXmlHead).append(events).append(kXmlTail)); }

TEST(EpcisHash, XmlWithExtensionsEverywhere) {
  EXPECT_EQ(
      xml_hashes(
          R"(<TransformationEvent><eventTime>2020-09-29T14:00:00.000+02:00</eventTime><eventTimeZoneOffset>+02:00</eventTimeZoneOffset>
<errorDeclaration><declarationTime>2020-09-29T15:00:00.000+02:00</declarationTime><example:issuer>Employee 123</example:issuer>
<example:field example:furtherData="abcd1234"/></errorDeclaration>
<inputQuantityList><quantityElement><epcClass>urn:epc:class:lgtin:4023333.055555.ABC123</epcClass><quantity>25.0</quantity><uom>KGM</uom>
</quantityElement></inputQuantityList><outputEPCList><epc>urn:epc:id:sgtin:4012345.012345.987</epc><epc>urn:epc:id:sgtin:4012345.012345.988</epc></outputEPCList>
<bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep><readPoint><id>urn:epc:id:sgln:4023333.00000.0</id>
<example:gs1ES>(414)4023333000000</example:gs1ES></readPoint><bizLocation><id>urn:epc:id:sgln:4023333.00001.12</id>
<example:gs1ES>(414)4023333000017 (254)12</example:gs1ES></bizLocation><sensorElementList><sensorElement>
<sensorMetadata startTime="2019-04-01T15:00:00.000+01:00" endTime="2019-04-02T14:59:59.999+01:00" example:someFurtherMetaData="someText"/>
<sensorReport type="gs1:Temperature" minValue="12.4" maxValue="13.8" meanValue="13.2" sDev="0.41" uom="CEL" percRank="50" percValue="12.7" example:cv="123"/>
<sensorReport type="example:someSensorProperty" stringValue="someSensorOutput"/>
<example:furtherSensorData><example:measure1>123.5</example:measure1><example:measure2>0.987</example:measure2></example:furtherSensorData>
<example:someUserField>abc123</example:someUserField></sensorElement></sensorElementList>
<ilmd><cbvmda:lotNumber>LOTABC</cbvmda:lotNumber><example:grading>A</example:grading><example2:userMasterData>
<example2:sizeCode>B-2</example2:sizeCode></example2:userMasterData></ilmd>
<example:extension><moreExtensions><futureExtension><tag1>1</tag1><tag2>2</tag2><tag3>3</tag3></futureExtension></moreExtensions></example:extension>
<example:internalData><example:machine>urn:epc:id:giai:4012345.ABC</example:machine><example:procedure>A-1</example:procedure></example:internalData>
<example2:furtherData example2:assemblyLine="2" example2:workingShift="1"/><example4:otherThings>some text</example4:otherThings>
</TransformationEvent>)"),
      std::vector{ni("dca180f4e6005d4b6a6408a8d143977ca2e4f3e72048d7aa03b4df4055d484f9")});
}

TEST(EpcisHash, XmlOfTheOtherEventTypes) {
  const std::string aggregation =
      "<AggregationEvent><eventTime>2019-10-21T17:30:56.591+02:00</eventTime><eventTimeZoneOffset>+02:00</eventTimeZoneOffset>"
      "<parentID>urn:epc:id:sscc:4012344.0111111133</parentID><action>ADD</action><bizStep>urn:epcglobal:cbv:bizstep:packing</bizStep>"
      "<readPoint><id>urn:epc:id:sgln:4012345.00025.0</id></readPoint><childQuantityList>"
      "<quantityElement><epcClass>urn:epc:class:lgtin:4054739.099902.P2</epcClass><quantity>12</quantity><uom>KGM</uom></quantityElement>"
      "<quantityElement><epcClass>urn:epc:class:lgtin:4054739.012345.lot2</epcClass><quantity>17</quantity></quantityElement>"
      "</childQuantityList></AggregationEvent>";
  const std::string transaction =
      "<TransactionEvent><eventTime>2019-10-21T00:05:00-06:00</eventTime><eventTimeZoneOffset>-06:00</eventTimeZoneOffset>"
      "<bizTransactionList><bizTransaction type=\"urn:epcglobal:cbv:btt:po\">urn:epcglobal:cbv:bt:4012345123456:RE100099</bizTransaction>"
      "</bizTransactionList><epcList><epc>urn:epc:id:sgtin:0614141.107340.1</epc><epc>urn:epc:id:sgtin:0614141.107340.2</epc></epcList>"
      "<action>ADD</action><bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep><readPoint><id>urn:epc:id:sgln:4012345.00000.5</id></"
      "readPoint>"
      "<bizLocation><id>urn:epc:id:sgln:4012345.00000.0</id></bizLocation></TransactionEvent>";
  const std::string deletion =
      "<AggregationEvent><eventTime>2019-10-21T11:58:56.591+02:00</eventTime><eventTimeZoneOffset>+02:00</eventTimeZoneOffset>"
      "<parentID>urn:epc:id:sscc:4012344.0111111144</parentID><action>DELETE</action><bizStep>urn:epcglobal:cbv:bizstep:unpacking</bizStep>"
      "<readPoint><id>urn:epc:id:sgln:4012345.00025.0</id></readPoint><bizTransactionList>"
      "<bizTransaction "
      "type=\"urn:epcglobal:cbv:btt:inv\">urn:epcglobal:cbv:bt:4012345123456:RE1099</bizTransaction></bizTransactionList></"
      "AggregationEvent>";
  EXPECT_EQ(xml_hashes(aggregation + transaction + deletion),
            (std::vector{ni("cfda50b7ff23682e989bafc3747ac9b752f405305fcde6618280f6be27344f35"),
                         ni("cf6559dc931963f19ed9cd2fe33c02ef64c8cfd557e5a96b086a87db315b7122"),
                         ni("c4bdb87c8d59d6ab569d0cfc6583e9dd4c314cdf71799b0ef8d4febe5239d9c5")}));
}

TEST(EpcisHash, TheSampleWithAllFieldsHasItsPublishedHash) {
  const auto path = std::filesystem::path(FAIRWAY_SOURCE_DIR) / "../shared/corpora/epcis/object_event_all_possible_fields.jsonld";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_EQ(hashes(text.str()), std::vector{ni("9811bfb2672e9c3a0f6151be339d22b60db375c8b23d2740f6137cc6539f0639")});
}

// One event, and what the ten usual mistakes would make of it.
constexpr const char* kBase =
    R"("type":"AggregationEvent","eventTime":"2024-05-01T10:00:00Z","eventTimeZoneOffset":"+00:00","parentID":"urn:epc:id:grai:4012345.55555.98765",
       "childEPCs":["urn:epc:id:sscc:4012345.0000000222","urn:epc:id:sscc:4012345.0000000111"],"action":"ADD","bizStep":"packing")";
std::string base_with(const std::string& more) { return std::string(kBase) + more; }

TEST(EpcisHash, IgnoredFieldsChangeNothing) {
  const std::string plain = hash_of(kBase);
  for (const char* ignored :
       {R"(,"recordTime":"2024-05-01T11:00:00Z")", R"(,"eventID":"urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8")",
        R"(,"certificationInfo":["https://a.example/1"])",
        R"(,"errorDeclaration":{"declarationTime":"2024-05-02T10:00:00Z","reason":"incorrect_data","example:why":"x"})",
        R"(,"rdfs:comment":"a note")"})
    EXPECT_EQ(hash_of(base_with(ignored)), plain) << ignored;
}

TEST(EpcisHash, TimesAreUtcWithThreeDecimals) {
  EXPECT_NE(pre_hash_of(kBase).find("eventTime=2024-05-01T10:00:00.000Z"), std::string::npos);
  EXPECT_EQ(utc_milliseconds("2013-06-08T14:58:56.1415+02:00"), "2013-06-08T12:58:56.142Z");
  EXPECT_EQ(utc_milliseconds("2013-06-08T14:58:56.1414999+02:00"), "2013-06-08T12:58:56.141Z");
  EXPECT_EQ(utc_milliseconds("2023-12-31T23:59:59.9995Z"), "2024-01-01T00:00:00.000Z");
  EXPECT_EQ(utc_milliseconds("1969-12-31T23:59:59.9994Z"), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(utc_milliseconds("2013-06-08T14:58:56"), std::nullopt);
}

TEST(EpcisHash, NumbersHaveNoTrailingZeros) {
  const std::pair<const char*, const char*> cases[] = {{"1.0", "1"},       {"0.3434000", "0.3434"}, {"200", "200"}, {"-0.50", "-0.5"},
                                                       {"1e3", "1000"},    {"1.5e-3", "0.0015"},    {"+7", "7"},    {"000", "0"},
                                                       {"1.2.3", "1.2.3"}, {"12a", "12a"},          {"", ""},       {"-", "-"},
                                                       {"1e999", "1e999"}, {".5", "0.5"},           {"-0.0", "0"}};
  for (const auto& [text, plain] : cases) EXPECT_EQ(plain_number(text), plain) << text;
}

TEST(EpcisHash, ListsAreSortedAndNamedOnce) {
  const std::string text = pre_hash_of(kBase);
  EXPECT_NE(text.find("childEPCsepc=https://id.gs1.org/00/040123450000001112epc=https://id.gs1.org/00/040123450000002225action"),
            std::string::npos)
      << text;
}

TEST(EpcisHash, TypesStandBeforeTheirValues) {
  const std::string text = pre_hash_of(
      base_with(R"(,"bizTransactionList":[{"bizTransaction":"urn:x:2","type":"bol"},{"type":"bol","bizTransaction":"urn:x:1"}])"));
  EXPECT_NE(text.find("bizTransactionListtype=https://ref.gs1.org/cbv/BTT-bolbizTransaction=urn:x:1type=https://ref.gs1.org/cbv/"
                      "BTT-bolbizTransaction=urn:x:2"),
            std::string::npos)
      << text;
}

TEST(EpcisHash, EquivalentSpellingsOfOneEventAreEqual) {
  const std::string plain = hash_of(kBase);
  const std::pair<std::string, std::string> changes[] = {
      {"2024-05-01T10:00:00Z", "2024-05-01T12:00:00.000+02:00"},
      {"\"bizStep\":\"packing\"", "\"bizStep\":\"https://ref.gs1.org/cbv/BizStep-packing\""},
      {"\"bizStep\":\"packing\"", "\"bizStep\":\"cbv:BizStep-packing\""},
      {"urn:epc:id:sscc:4012345.0000000222", "https://id.gs1.org/00/040123450000002225"},
      {"urn:epc:id:sscc:4012345.0000000222", "https://shop.example.com/some/where/sscc/040123450000002225?x=1"},
      {"urn:epc:id:grai:4012345.55555.98765", "https://id.gs1.org/8003/0401234555555498765"},
      {"urn:epc:id:grai:4012345.55555.98765", " urn:epc:id:grai:4012345.55555.98765"},
  };
  for (const auto& [from, to] : changes) {
    std::string members = kBase;
    members.replace(members.find(from), from.size(), to);
    std::string found;
    const Status read = read_document("{" + std::string(kContext) + "," + members + "}",
                                      [&](const CapturedEvent& event, const DecodedMessage&) { found = event_hash(event); });
    EXPECT_TRUE(read);
    EXPECT_EQ(found, plain) << to;
  }
}

TEST(EpcisHash, EveryRelevantChangeChangesIt) {
  const std::string plain = hash_of(kBase);
  for (const char* more : {R"(,"disposition":"in_transit")", R"(,"example:a":{})", R"(,"childQuantityList":[{"epcClass":"urn:x:c"}])",
                           R"(,"readPoint":{"id":"urn:x:r"})"})
    EXPECT_NE(hash_of(base_with(more)), plain) << more;
}

TEST(EpcisHash, EmptyListsAreLeftOutAndEmptyParentsStay) {
  EXPECT_EQ(hash_of(base_with(R"(,"bizTransactionList":[],"childQuantityList":[])")), hash_of(kBase));
  EXPECT_TRUE(pre_hash_of(base_with(R"(,"example:a":{"example:b":{}})"))
                  .ends_with("{https://ns.example.com/epcis/}a{https://ns.example.com/epcis/}b"));
}

TEST(EpcisHash, PrefixesAreResolvedAndNotPartOfIt) {
  const std::string one = hash_of(base_with(R"(,"example:b":"1","example:a":["2","1"])"));
  std::string members = base_with(R"(,"zz:a":["1","2"],"zz:b":"1")");
  const auto found = hashes(
      R"({"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2024-05-01T10:00:00Z","@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
      "epcisBody":{"eventList":[{"@context":[{"zz":"https://ns.example.com/epcis/"}],)" +
      members + "}]}}");
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found.front(), one);
}

TEST(EpcisHash, XmlAndJsonOfOneEventAreEqual) {
  const auto xml = xml_hashes(
      "<extension><AssociationEvent><eventTime>2024-05-01T10:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset>"
      "<parentID>urn:epc:id:grai:4012345.55555.98765</parentID><childEPCs><epc>urn:epc:id:bic:CSQU3054383</epc></childEPCs><action>ADD</"
      "action>"
      "<bizStep>urn:epcglobal:cbv:bizstep:loading</bizStep><sensorElementList><sensorElement>"
      "<sensorReport type=\"gs1:Temperature\" value=\"-18.50\" uom=\"CEL\" booleanValue=\"1\" component=\"cbv:Comp-x\"/>"
      "</sensorElement></sensorElementList><example:a><example:b>2.0</example:b></example:a></AssociationEvent></extension>"
      "<ObjectEvent><eventTime>2024-05-01T10:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset><epcList/><action>ADD</"
      "action>"
      "<extension><persistentDisposition><set>urn:epcglobal:cbv:disp:conformant</set></persistentDisposition><extension><ilmd>"
      "<cbvmda:lotNumber>7</cbvmda:lotNumber></ilmd></extension></extension></ObjectEvent>");
  const std::vector json = {
      hash_of(
          R"("type":"AssociationEvent","eventTime":"2024-05-01T10:00:00.000Z","eventTimeZoneOffset":"+00:00","parentID":"urn:epc:id:grai:4012345.55555.98765",
         "childEPCs":["urn:epc:id:bic:CSQU3054383"],"action":"ADD","bizStep":"loading",
         "sensorElementList":[{"sensorReport":[{"type":"Temperature","value":-18.5,"uom":"CEL","booleanValue":true,"component":"x"}]}],"http:a":{"http:b":2})"),
      hash_of(R"("type":"ObjectEvent","eventTime":"2024-05-01T10:00:00Z","eventTimeZoneOffset":"+00:00","epcList":[],"action":"ADD",
         "persistentDisposition":{"set":["conformant"]},"ilmd":{"cbvmda:lotNumber":"7"})")};
  EXPECT_EQ(xml, json);
}

TEST(EpcisUri, DigitalLinksAreConstrained) {
  const std::pair<const char*, const char*> cases[] = {
      {"http://example.de/gtin-8/01/97803111", "https://id.gs1.org/01/00000097803111"},
      {"http://us-company-with-UPC.com/01/001122334455/ser/GHB", "https://id.gs1.org/01/00001122334455/21/GHB"},
      {"https://id.gs1.org/gtin/9780345418913/cpv/344/lot/1223/ser/765tz", "https://id.gs1.org/01/09780345418913/21/765tz"},
      {"https://id.gs1.org/gtin/9780345418913/cpv/344", "https://id.gs1.org/01/09780345418913"},
      {"http://example.de/01/040123451234/cpv/344/lot/ABD", "https://id.gs1.org/01/00040123451234/10/ABD"},
      {"https://fashion-corp.com/8006/040123451234560102/10/Lot-123/21/ser987", "https://id.gs1.org/8006/040123451234560102/21/ser987"},
      {"https://example.co.uk/party/4226350800008", "https://id.gs1.org/417/4226350800008"},
      {"https://id.gs1.org/414/4280000000002/254/12", "https://id.gs1.org/414/4280000000002/254/12"},
      {"urn:epc:id:gdti:987659999999..9", "https://id.gs1.org/253/98765999999929"},
      {"urn:epc:idpat:upui:4012345.012345.*", "https://id.gs1.org/01/04012345123456"},
  };
  for (const auto& [uri, link] : cases) EXPECT_EQ(digital_link(uri), link) << uri;
  for (const char* other : {"http://example.org/123/4012345ABC987/456/4711", "http://id.gs1.org/99/9780345418913",
                            "http://id.gs1.org/01/9780345418913/99/utfgf", "http://example.de/abc/9780345418913",
                            "http://example.de/01/97803", "42", "Hello World!", "urn:epc:id:sgtin:4012345.11111.1"})
    EXPECT_EQ(digital_link(other), std::nullopt) << other;
}

TEST(EpcisUri, FormsAreTold) {
  for (const char* valid :
       {"urn:epc:id:bic:CSQU3054383", "urn:epc:id:imovn:9176187", "urn:epc:id:gid:95100000.12345.400", "urn:epc:idpat:sgtin:0614141.*.*"})
    EXPECT_EQ(epc_form(valid), EpcForm::valid) << valid;
  for (const char* malformed :
       {"urn:epc:id:bic:CSQU305438", "urn:epc:id:sscc:4012345.00000001110", "urn:epc:id:none:1.2", "urn:epc:id:sgtin:4012345.011111.",
        "https://id.gs1.org/01/abc", "urn:epc:tag:sgtin-96:3.0614141.812345.6789", "urn:epc:id:imovn:917618"})
    EXPECT_EQ(epc_form(malformed), EpcForm::malformed) << malformed;
  for (const char* other : {"http://transaction.acme.com/po/12345678", "urn:uuid:1", "geo:22.3,114.2"})
    EXPECT_EQ(epc_form(other), EpcForm::not_epc) << other;
  for (const char* none : {"abc", ":x", "urn:", "http://a b", "1a:b", "a\x01:b", ""}) EXPECT_FALSE(is_uri(none)) << none;
}

}  // namespace
}  // namespace fairway::gateway::epcis::hash_test
