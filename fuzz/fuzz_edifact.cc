// EDIFACT: any bytes, cut anywhere, give the same result; what is decoded is valid UTF-8 and JSON; what is written again reads as the
// same segments; CONTRL answers or declines, and never crashes.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "expect.h"
#include "gateway/decoded.h"
#include "gateway/edifact/contrl.h"
#include "gateway/edifact/decode.h"
#include "gateway/edifact/raw.h"
#include "gateway/edifact/reader.h"
#include "gateway/edifact/write/event_messages.h"
#include "gateway/edifact/writer.h"

namespace {

using fairway::expect;

using namespace fairway::gateway;
using namespace fairway::gateway::edifact;

constexpr size_t kEventsWrittenMax = 50;

// Everything that a reader hands on, as one text; without positions, only the segments of messages.
class Transcript final : public ReaderHandler {
 public:
  explicit Transcript(bool positions) : positions_(positions) {}
  std::string text;

  void interchange_begins(const Interchange& i) override {
    if (positions_) add("interchange", i.reference, i.sender.id, i.recipient.id);
  }
  void interchange_ends() override {
    if (positions_) add("interchange ends");
  }
  void group_begins(const FunctionalGroup& g) override {
    if (positions_) add("group", g.reference);
  }
  void group_ends() override {
    if (positions_) add("group ends");
  }
  void message_begins(const MessageHeader& h, uint64_t offset) override { add("message", h.type, h.reference, at(offset)); }
  void message_ends(uint64_t end) override { add("message ends", at(end)); }
  void envelope(const Segment& s) override {
    if (positions_) segment(s);
  }
  void segment(const Segment& s) override {
    add(s.tag, std::to_string(s.number), std::to_string(s.group), s.opens_group ? "opens" : "", at(s.offset));
    for (const Component& c : s.components)
      add(std::to_string(c.element), std::to_string(c.repetition), std::to_string(c.component), at(c.offset), c.value);
  }
  void finding(const Finding& f) override {
    if (!positions_) return;
    const Diagnostic d = to_diagnostic(f);
    add(d.code, d.position, std::to_string(d.segment), at(d.offset), d.message);
  }

 private:
  std::string at(uint64_t offset) const { return positions_ ? std::to_string(offset) : std::string(); }
  template <typename... Parts>
  void add(const Parts&... parts) {
    ((text.append(parts) += '\x01'), ...);
    text += '\x02';
  }
  bool positions_;
};

std::string read_in_pieces(std::string_view bytes, size_t piece_bytes, bool positions, Text as = Text::utf8) {
  Transcript transcript(positions);
  Reader reader(transcript, as);
  for (size_t from = 0; from < bytes.size(); from += piece_bytes) {
    const std::string piece(bytes.substr(from, piece_bytes));  // of its own: a view kept too long is caught
    reader.feed(piece);
  }
  reader.finish();
  return transcript.text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const size_t piece_bytes = 1 + data[0] % 23;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = read_in_pieces(bytes, bytes.size() + 1, true);
  expect(whole == read_in_pieces(bytes, 1, true));
  expect(whole == read_in_pieces(bytes, piece_bytes, true));

  std::vector<fairway::Event> events;
  (void)decode_edifact(bytes, [&events](const DecodedMessage& message) {
    for (const fairway::Event& event : message.events)
      if (events.size() < kEventsWrittenMax) events.push_back(event);
    expect(fairway::is_valid_utf8(message.text));
    expect(fairway::is_valid_utf8(to_json(message)));
    const auto is_error = [](const Diagnostic& d) { return d.severity == Severity::error; };
    expect(message.ok == std::ranges::none_of(message.diagnostics, is_error));
  });

  // What any sender says can be told on, by the standard or not at all.
  const OutgoingInterchange outgoing{{"FAIRWAY", "ZZZ", "", ""}, {"R", "", "", ""}, "F1", {2026, 11, 22, 8, 0, 0}, false};
  for (const std::string_view type : {"COARRI", "CODECO", "IFTSTA"}) {
    for (const Profile& profile : profiles()) {
      const auto written = write_events(events, type, profile, outgoing);
      if (written && !written->text.empty())
        expect(decode_edifact(written->text, [](const DecodedMessage& message) { expect(message.ok); }).has_value());
    }
  }

  if (const auto again = reemit(bytes)) {
    const auto twice = reemit(*again);
    expect(twice && *twice == *again);
  }
  (void)raw_edifact(bytes, [](std::string_view line) {
    expect(fairway::is_valid_utf8(line));
    expect(line.starts_with('{') && line.ends_with('}'));
  });
  (void)contrl(bytes, "C1", {2026, 11, 22, 8, 0, 0});
  (void)contrl_receipt(bytes, "C1", {2026, 11, 22, 8, 0, 0});
  return 0;
}
