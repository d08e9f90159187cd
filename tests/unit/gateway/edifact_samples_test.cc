// Our own samples, two or three of each message type: conformant by the UN tables, written again byte for byte, and what is made of them.
//
// edifact_samples/events.txt holds what each says, one line an event. With FAIRWAY_WRITE_EXPECTED set it is written anew, to be read in
// review.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "edifact_read_support.h"
#include "gateway/edifact/decode.h"
#include "gateway/edifact/writer.h"

namespace edifact_samples {

using namespace fairway;
using namespace fairway::gateway;

std::filesystem::path folder() { return std::filesystem::path(FAIRWAY_SOURCE_DIR) / "tests/unit/gateway/edifact_samples"; }

std::map<std::string, std::string> samples() {
  std::map<std::string, std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder()))
    if (entry.path().extension() == ".edi") found.emplace(entry.path().stem().string(), edifact_read::file_text(entry.path()));
  return found;
}

std::vector<DecodedMessage> decode_all(std::string_view bytes) {
  std::vector<DecodedMessage> messages;
  const auto status = edifact::decode_edifact(bytes, [&](DecodedMessage message) { messages.push_back(std::move(message)); });
  EXPECT_TRUE(status.has_value()) << status.error().text();
  return messages;
}

std::string line_of(const Event& event) {
  std::string line = std::string(name(event.milestone)) + " " + std::string(name(event.classifier)) + " " + to_rfc3339(event.occurred);
  line += " @" + event.place.key();
  for (const Reference& reference : event.references) line += " " + reference.key();
  for (const NamedParty& party : event.parties)
    if (party.identifier.scheme != "UNB")
      line += " " + party.role + "=" + (party.identifier.value.empty() ? "'" + party.name + "'" : party.identifier.key());
  if (!event.document_type.empty()) line += " type=" + event.document_type;
  if (!event.equipment.iso_code.empty()) line += " iso=" + event.equipment.iso_code;
  if (event.equipment.load != Load::unknown) line += " " + std::string(name(event.equipment.load));
  if (event.equipment.vgm_kg) line += " vgm=" + std::to_string(static_cast<int>(*event.equipment.vgm_kg));
  for (const Seal& seal : event.equipment.seals) line += " seal=" + seal.number + "/" + seal.source;
  if (event.transport.mode != TransportMode::unknown) line += " by=" + std::string(name(event.transport.mode));
  if (!event.reason.empty()) line += " reason='" + event.reason + "'";
  if (!event.remark.empty()) line += " remark='" + event.remark + "'";
  if (event.amendment != Amendment::none) line += " " + std::string(name(event.amendment)) + "=" + event.amends;
  return line;
}

std::string account_of(const std::string& sample, std::string_view bytes) {
  std::string text = "== " + sample + "\n";
  for (const DecodedMessage& message : decode_all(bytes)) {
    text += message.type + (message.ok ? "" : " NOT OK") + "\n";
    for (const Diagnostic& found : message.diagnostics)
      text += std::string(name(found.severity)) + " " + found.code + ": " + found.message + "\n";
    for (const Event& event : message.events) text += "* " + line_of(event) + "\n";
  }
  return text;
}

TEST(EdifactSamples, ThereAreTwoOfEachMessage) {
  std::map<std::string, int> count;
  for (const auto& [name, bytes] : samples()) ++count[name.substr(0, name.find('_'))];
  for (const char* type : {"coprar", "coparn", "copino", "codeno", "cuscar", "cusres", "iftmbf", "iftmbc", "iftmin", "iftmcs", "ifcsum",
                           "iftsai", "vermas", "aperak", "contrl", "codeco", "coarri", "iftsta"})
    EXPECT_GE(count[type], 2) << type;
}

TEST(EdifactSamples, EachConformsToTheTables) {
  for (const auto& [name, bytes] : samples()) {
    const auto read = edifact_read::read(bytes);
    EXPECT_EQ(read.codes(), "") << name << "\n" << read.text();
  }
}

TEST(EdifactSamples, EachIsWrittenAgainByteForByte) {
  for (const auto& [name, bytes] : samples()) {
    std::string plain = bytes;
    std::erase(plain, '\n');
    const auto again = edifact::reemit(bytes);
    ASSERT_TRUE(again) << name;
    EXPECT_EQ(*again, plain) << name;
  }
}

TEST(EdifactSamples, EachSaysWhatIsExpected) {
  std::string account;
  for (const auto& [name, bytes] : samples()) account += account_of(name, bytes);
  const auto path = folder() / "events.txt";
  if (std::getenv("FAIRWAY_WRITE_EXPECTED") != nullptr) std::ofstream(path, std::ios::binary) << account;
  EXPECT_EQ(account, edifact_read::file_text(path));
}

// A message sent again repeats its events; each event of a message is one of its own.
TEST(EdifactSamples, EventsHaveIdentitiesOfTheirOwn) {
  for (const auto& [name, bytes] : samples()) {
    std::string again = bytes;
    again.replace(again.find("261122:0900"), 11, "261122:0955");  // a new interchange
    const auto first = decode_all(bytes), second = decode_all(again);
    ASSERT_EQ(first.size(), second.size());
    std::map<std::string, int> ids;
    for (size_t m = 0; m < first.size(); ++m) {
      ASSERT_EQ(first[m].events.size(), second[m].events.size()) << name;
      for (size_t i = 0; i < first[m].events.size(); ++i) {
        EXPECT_EQ(first[m].events[i].id, second[m].events[i].id) << name;
        EXPECT_EQ(++ids[first[m].events[i].id], 1) << name;
      }
    }
  }
}

}  // namespace edifact_samples
