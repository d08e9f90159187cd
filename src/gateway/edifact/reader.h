// Reader: reads EDIFACT as it arrives and hands on interchanges, messages and segments, with every deviation from the standard.
//
// A push parser: feed() takes any cut of the bytes, the result is the same for all of them. Segments that lie whole in what is fed are
// read in place; the Reader itself keeps at most one segment (limits::kEdifactSegmentBytesMax) and the head of the message. Nothing
// stops it: what can be read is handed on, what cannot is a Finding, and a broken message does not take the next ones with it.
// One reader, one stream; not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/edifact/deviation.h"
#include "gateway/edifact/directory.h"
#include "gateway/edifact/element_check.h"
#include "gateway/edifact/interchange.h"
#include "gateway/edifact/mapper.h"
#include "gateway/edifact/reference_set.h"
#include "gateway/edifact/scanner.h"
#include "gateway/edifact/segment.h"
#include "gateway/edifact/walker.h"

namespace fairway::gateway::edifact {

// What the reader hands on, in the order of the input. Every argument is valid only during the call.
class ReaderHandler {
 public:
  virtual ~ReaderHandler() = default;
  virtual void interchange_begins(const Interchange&) {}
  virtual void interchange_ends() {}
  virtual void group_begins(const FunctionalGroup&) {}
  virtual void group_ends() {}
  virtual void message_begins(const MessageHeader&, uint64_t /*offset*/) {}
  virtual void message_ends(uint64_t /*end*/) {}
  // UNH … UNT of the message that has begun.
  virtual void segment(const Segment&) {}
  // UNB, UNG, UNE and UNZ.
  virtual void envelope(const Segment&) {}
  // Findings about a message come between its begin and its end; those about UNB and UNG before, those about UNE and UNZ after it.
  virtual void finding(const Finding&) {}
};

class Reader {
 public:
  explicit Reader(ReaderHandler& handler, Text text = Text::utf8);

  void feed(std::string_view bytes);
  // The end of the input: says what is unfinished.
  void finish();

 private:
  // Bytes (reader.cc)
  std::string_view take_opening(std::string_view bytes);
  void begin_stream_of_segments();
  std::string_view skip_blanks(std::string_view bytes);
  std::string_view read_whole_segments(std::string_view bytes);
  std::string_view finish_carried(std::string_view bytes);
  void end_carried();
  void drop_oversize();
  void finish_unterminated();
  void take_segment(std::string_view bytes);
  void configure_scanner(bool repeating);

  // Segments (envelope.cc)
  void reset_interchange();
  void dispatch(uint32_t tag);
  void begin_interchange();
  void end_interchange();
  void begin_group();
  void end_group();
  void begin_message();
  void end_message();
  void data_segment(uint32_t tag);
  void cut_message(uint64_t end);
  void cut_group();
  void cut_interchange();
  void read_header();
  void check_place(uint32_t tag);
  void check_definition(const SegmentRule* rule);
  void check_trailer(uint64_t counted, Deviation wrong_count, std::string_view reference, Deviation wrong_reference);
  void hand_on_envelope();

  void report(Deviation deviation, uint16_t element = 0, uint16_t component = 0, uint32_t offset = 0, std::string_view detail = {});
  void report_at(Deviation deviation, Level level, std::string_view tag, std::string_view detail = {}, uint64_t ahead = 0);
  void report_marks();
  [[nodiscard]] Level level() const;
  [[nodiscard]] std::string_view value(uint16_t element, uint16_t component = 1) const { return segment_.at(element, component); }

  ReaderHandler& handler_;
  const Text text_;
  Scanner scanner_;

  enum class Phase : uint8_t { opening, segments, oversize };
  Phase phase_ = Phase::opening;
  bool at_start_ = true;        // nothing but a byte order mark has been read
  uint64_t offset_ = 0;         // of the next byte to take
  std::string carried_;         // the opening bytes, or a segment cut by the end of a chunk
  uint64_t unfinished_ = 0;     // bytes of the segment in progress, kept or not
  Scanner::Progress progress_;  // through them
  bool blanks_reported_ = false, trailing_reported_ = false;

  Segment segment_;  // being read
  uint32_t segment_bytes_ = 0;
  std::vector<ElementDeviation> element_deviations_;

  enum class Where : uint8_t { outside, after_interchange, message };
  Where where_ = Where::outside;
  Interchange interchange_;
  FunctionalGroup group_;
  bool in_group_ = false;
  uint64_t messages_ = 0, groups_ = 0, group_messages_ = 0;
  bool bare_messages_ = false;  // of this interchange, outside of any group
  ReferenceSet references_;     // 0062 of the messages of this interchange

  MessageHeader header_;
  Lookup tables_;
  Walker walker_;
  uint32_t segments_ = 0;  // of this message
};

}  // namespace fairway::gateway::edifact
