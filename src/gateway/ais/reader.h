// Reader: AIS sentences line by line, as messages with the events they state.
//
// It remembers what one message says for the next: parts, ships' names and IMO numbers by MMSI, and their tracks. Pure: time comes
// with the lines. Not thread-safe; one per file or feed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "gateway/ais/assembler.h"
#include "gateway/ais/recent.h"
#include "gateway/ais/report.h"
#include "gateway/ais/track.h"
#include "gateway/decoded.h"

namespace fairway::gateway::ais {

// What was said of a ship by its voyage and static data.
struct Known {
  std::string imo, name, call_sign;
  std::string voyage;  // the identity of the last arrival it announced
};

enum class Detail : uint8_t {
  all,     // every message, and an event for every position
  worthy,  // only messages with events, and of these what Tracks finds worth one
};

class Reader {
 public:
  Reader(Detail detail, const MessageSink& sink) : detail_(detail), sink_(sink) {}

  // `received_s`: when it came, for lines without a TAG block that says so. `offset`: of the line in the input.
  void read(std::string_view line, uint64_t offset, std::optional<int64_t> received_s);
  // Tells of the messages that are not complete.
  void finish();
  [[nodiscard]] uint64_t sentences() const { return sentences_; }

 private:
  struct Kept {
    uint64_t offset = 0;
    std::string text;
  };
  void read_whole(const Assembled& whole, const Kept& text, std::optional<int64_t> received_s);
  void take_position(const PositionReport& report, std::optional<int64_t> unix_s, DecodedMessage& message);
  void take_ship(const ShipReport& report, std::optional<int64_t> unix_s, DecodedMessage& message);
  void remember(const ShipReport& report, DecodedMessage& message);
  void doubt(const Step& step, const PositionReport& report, DecodedMessage& message) const;
  [[nodiscard]] Event begin_event(Milestone milestone, Classifier classifier, uint32_t mmsi, int64_t micros);
  void state(Event event, DecodedMessage& message) const;
  void tell_given_up();
  void refuse(std::string_view code, const Error& error, const Kept& line);
  void give(DecodedMessage message);

  Detail detail_;
  const MessageSink& sink_;
  Assembler assembler_;
  Tracks tracks_;
  Recent<Known> known_{limits::kAisStationsMax};
  // The latest sentences, so that a message can be given with the text of all its parts.
  std::array<Kept, 2 * Assembler::kPartsApartMax> lines_;
  uint64_t sentences_ = 0;
};

}  // namespace fairway::gateway::ais
