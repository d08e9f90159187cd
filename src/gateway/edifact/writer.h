// Writer: writes EDIFACT strictly: released service characters, nothing trailing, right counts, only characters of the set.
//
//   Writer writer({.set = CharacterSet::level_a});
//   writer.begin_interchange(interchange);
//   writer.begin_message("1", {"CODECO", "D", "95B", "UN", "ITG14"});
//   writer.segment("EQD", {"CN", {"MSCU1234566", "", ""}, {"22G1", "102", "5"}, {}, "2", "5"});
//   writer.end_message().end_interchange();
//   const std::string text = TRY(writer.finish());
//
// The first error is kept and everything after it ignored, so that only finish() needs to be looked at: Code::invalid for a character
// that the set does not have or that cannot be released, and for a tag that is none. Not thread-safe.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/status.h"
#include "gateway/edifact/charset.h"
#include "gateway/edifact/interchange.h"
#include "gateway/edifact/scanner.h"
#include "gateway/edifact/segment.h"

namespace fairway::gateway::edifact {

// A data element as an argument of Writer::segment(): absent, one value, or the components of a composite. Views only.
class Element {
 public:
  Element() = default;
  Element(std::string_view value) : value_(value) {}                                        // NOLINT: meant to convert
  Element(const std::string& value) : value_(value) {}                                      // NOLINT
  Element(const char* value) : value_(value) {}                                             // NOLINT
  Element(std::initializer_list<std::string_view> components) : components_(components) {}  // NOLINT

  [[nodiscard]] size_t size() const { return components_.size() != 0 ? components_.size() : 1; }
  [[nodiscard]] std::string_view component(size_t i) const { return components_.size() != 0 ? components_.begin()[i] : value_; }

 private:
  std::string_view value_;
  std::initializer_list<std::string_view> components_;
};

struct WriterOptions {
  ServiceString service;
  CharacterSet set = CharacterSet::level_a;
  int version = 3;         // of the syntax: from 4 on the repetition separator is in force
  Text text = Text::utf8;  // as_sent: values are bytes in `set` already and are not checked
  bool lines = false;      // a line feed after each segment
};

class Writer {
 public:
  explicit Writer(const WriterOptions& options) : options_(options) {}

  // UNA where the service string is stated, and UNB.
  Writer& begin_interchange(const Interchange& interchange);
  // UNZ with the count of messages.
  Writer& end_interchange();
  // UNH; `identifier` is S009.
  Writer& begin_message(std::string_view reference, std::initializer_list<std::string_view> identifier);
  // UNT with the count of segments.
  Writer& end_message();
  Writer& segment(std::string_view tag, std::initializer_list<Element> elements);
  // A segment that was read, repetitions included.
  Writer& segment(const Segment& segment);
  Writer& service_string();  // UNA

  [[nodiscard]] Result<std::string> finish();

 private:
  void open(std::string_view tag);
  void put(uint16_t element, uint16_t repetition, uint16_t component, std::string_view value);
  void close();
  void put_value(std::string_view value);
  void put_byte(char byte);

  WriterOptions options_;
  std::string out_, encoded_;
  Status status_;
  std::string interchange_reference_, message_reference_;
  uint64_t messages_ = 0, segments_ = 0;
  uint16_t element_ = 0, repetition_ = 0, component_ = 1;  // of the last value written
};

// What was read, written again, in the sender's own bytes: the same but for white space between segments, line breaks in data,
// trailing separators and superfluous release characters. Code::invalid where an interchange begins within another.
[[nodiscard]] Result<std::string> reemit(std::string_view bytes);

}  // namespace fairway::gateway::edifact
