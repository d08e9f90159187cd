#include "gateway/edifact/writer.h"

#include "gateway/edifact/directory.h"
#include "gateway/edifact/reader.h"

namespace fairway::gateway::edifact {

Writer& Writer::service_string() {
  const ServiceString& s = options_.service;
  out_.append("UNA").append({s.component, s.element, s.decimal, s.release, s.repetition, s.terminator});
  if (options_.lines) out_ += '\n';
  return *this;
}

Writer& Writer::begin_interchange(const Interchange& interchange) {
  const auto& [service, headed, syntax, version, sender, recipient, date, time, reference, application, acknowledge, test] = interchange;
  options_.version = version;
  if (version < kRepetitionSyntax) options_.service.repetition = kNoServiceCharacter;  // reserved in UNA, a blank
  if (options_.service.stated) service_string();
  interchange_reference_ = reference;
  messages_ = 0;
  return segment("UNB", {{syntax, std::to_string(version)},
                         {sender.id, sender.qualifier, sender.routing, sender.sub_routing},
                         {recipient.id, recipient.qualifier, recipient.routing, recipient.sub_routing},
                         {date, time},
                         reference,
                         {},
                         application,
                         {},
                         acknowledge ? "1" : "",
                         {},
                         test ? "1" : ""});
}

Writer& Writer::end_interchange() { return segment("UNZ", {std::to_string(messages_), interchange_reference_}); }

Writer& Writer::begin_message(std::string_view reference, std::initializer_list<std::string_view> identifier) {
  message_reference_ = reference;
  segments_ = 0;
  ++messages_;
  return segment("UNH", {reference, identifier});
}

Writer& Writer::end_message() { return segment("UNT", {std::to_string(segments_ + 1), message_reference_}); }

Writer& Writer::segment(std::string_view tag, std::initializer_list<Element> elements) {
  open(tag);
  uint16_t position = 0;
  for (const Element& element : elements) {
    ++position;
    for (size_t i = 0; i < element.size(); ++i) put(position, 0, static_cast<uint16_t>(i + 1), element.component(i));
  }
  close();
  return *this;
}

Writer& Writer::segment(const Segment& segment) {
  open(segment.tag);
  for (const Component& c : segment.components) put(c.element, c.repetition, c.component, c.value);
  close();
  return *this;
}

Result<std::string> Writer::finish() {
  if (!status_) return std::unexpected(status_.error());
  return std::move(out_);
}

void Writer::open(std::string_view tag) {
  if (pack_tag(tag) == 0 && status_) status_ = fail(Code::invalid, "a segment tag has three characters", std::string(tag));
  out_ += tag;
  ++segments_;
  element_ = repetition_ = 0;
  component_ = 1;
}

// Separators are written only in front of a value, so that nothing trails.
void Writer::put(uint16_t element, uint16_t repetition, uint16_t component, std::string_view value) {
  if (value.empty()) return;
  if (element != element_) repetition_ = 0, component_ = 1;
  for (; element_ < element; ++element_) out_ += options_.service.element;
  if (repetition != repetition_) component_ = 1;
  for (; repetition_ < repetition; ++repetition_) out_ += options_.service.repetition;
  for (; component_ < component; ++component_) out_ += options_.service.component;
  put_value(value);
}

void Writer::close() {
  out_ += options_.service.terminator;
  if (options_.lines) out_ += '\n';
}

void Writer::put_value(std::string_view value) {
  if (options_.text == Text::utf8) {
    encoded_.clear();
    if (Status encoded = append_encoded(options_.set, value, encoded_); !encoded && status_) status_ = std::move(encoded);
    value = encoded_;
  }
  for (const char byte : value) put_byte(byte);
}

void Writer::put_byte(char byte) {
  const ServiceString& s = options_.service;
  const bool repeats = options_.version >= kRepetitionSyntax && byte == s.repetition && byte != kNoServiceCharacter;
  const bool separates = byte == s.component || byte == s.element || byte == s.terminator || repeats;
  if (separates || (s.has_release() && byte == s.release)) {
    if (s.has_release())
      out_ += s.release;
    else if (status_)
      status_ = fail(Code::invalid, "a service character stands in data and there is no release character", std::string(1, byte));
  }
  out_ += byte;
}

namespace {

// Writes everything that the reader hands on.
class Copy final : public ReaderHandler {
 public:
  void interchange_begins(const Interchange& interchange) override {
    // Its service characters, and a UNA before it, belong at the beginning of a text.
    if (in_text_ && status_)
      status_ = fail(Code::invalid, "an interchange begins before what stands before it has ended", interchange.reference,
                     "end each interchange with its UNZ");
    flush({.service = interchange.service, .version = interchange.version, .text = Text::as_sent});
    if (interchange.service.stated) writer_.service_string();
  }
  void interchange_ends() override { flush({.text = Text::as_sent}); }
  void segment(const Segment& segment) override {
    in_text_ = true;
    writer_.segment(segment);
  }
  void envelope(const Segment& segment) override {
    in_text_ = segment.tag != "UNZ";
    writer_.segment(segment);
  }

  Result<std::string> finish() {
    flush({});
    if (!status_) return std::unexpected(status_.error());
    return std::move(out_);
  }

 private:
  void flush(const WriterOptions& next) {
    Result<std::string> part = writer_.finish();
    if (part)
      out_ += *part;
    else if (status_)
      status_ = std::unexpected(part.error());
    writer_ = Writer(next);
  }

  std::string out_;
  Status status_;
  bool in_text_ = false;  // something stands before that no UNZ has ended
  Writer writer_{{.text = Text::as_sent}};
};

}  // namespace

Result<std::string> reemit(std::string_view bytes) {
  Copy copy;
  Reader reader(copy, Text::as_sent);
  reader.feed(bytes);
  reader.finish();
  return copy.finish();
}

}  // namespace fairway::gateway::edifact
