#include "gateway/edifact/decode.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/edifact/charset.h"
#include "gateway/edifact/mapper.h"
#include "gateway/edifact/reader.h"

namespace fairway::gateway::edifact {
namespace {

// "ID:QUALIFIER", or "ID" where there is no qualifier.
std::string qualified(const std::string& id, const std::string& qualifier) { return qualifier.empty() ? id : id + ":" + qualifier; }

// Collects messages. The last one is held back until the next begins or the input ends: what the trailers after it say belongs to it.
// Segments that stand outside of any message come out as a message of their own, which is not ok and has no type.
class Collector final : public ReaderHandler {
 public:
  Collector(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) : bytes_(bytes), sink_(sink) {}

  void interchange_begins(const Interchange& interchange) override {
    sender_ = qualified(interchange.sender.id, interchange.sender.qualifier);
    recipient_ = qualified(interchange.recipient.id, interchange.recipient.qualifier);
    reference_ = interchange.reference;
    set_ = character_set(interchange.syntax);
  }

  void interchange_ends() override {
    sender_ = recipient_ = reference_ = "";
    set_ = CharacterSet::undeclared;
    header_.clear();
  }

  void message_begins(const MessageHeader& header, uint64_t offset) override {
    DecodedMessage& message = hold(offset);
    message.type = type_of(header);
    message.message = header.reference;
    message_type_ = header.type;
    for (const Diagnostic& diagnostic : header_) report(message, diagnostic);
    // An error in UNA or UNB is one in every message below it, anything less is said once.
    std::erase_if(header_, [](const Diagnostic& d) { return d.severity != Severity::error; });
    mapper_ = mapper_for(header, message);
    ++messages_;
  }

  void segment(const Segment& segment) override {
    if (held_->document.empty() && segment.tag == "BGM") held_->document = segment.at(2);
    mapper_->segment(segment);
  }

  void message_ends(uint64_t end) override {
    mapper_->finish();
    mapper_.reset();
    complete(end);
  }

  void finding(const Finding& finding) override {
    const bool in_header = finding.tag == "UNA" || finding.tag == "UNB" || finding.tag == "UNG";
    if (mapper_ != nullptr)
      report(*held_, to_diagnostic(finding));
    else if (in_header || (!held_ && row(finding.deviation).severity != Severity::error))
      keep_for_next(finding);
    else
      report_outside(finding);
  }

  // The end of the input.
  Status finish() {
    if (messages_ != 0) {
      release(bytes_.size());
      return {};
    }
    if (held_) header_ = std::move(held_->diagnostics);
    const std::string detail =
        header_.empty() ? std::string() : header_.front().message + " at byte " + std::to_string(header_.front().offset);
    return fail(Code::invalid, "the EDIFACT input holds no message", detail, "an interchange holds at least one message from UNH to UNT");
  }

 private:
  DecodedMessage& hold(uint64_t offset) {
    release(offset);
    DecodedMessage& message = held_.emplace();
    message.format = "EDIFACT";
    message.interchange_sender = sender_;
    message.interchange_recipient = recipient_;
    message.interchange = reference_;
    message.offset = offset;
    message_type_.clear();
    return message;
  }

  // The message's bytes and what follows from them.
  void complete(uint64_t end) {
    DecodedMessage& message = *held_;
    message.length = end - message.offset;
    const std::string_view raw = bytes_.substr(message.offset, message.length);
    message.hash = to_hex(sha256(raw));
    (void)append_utf8(set_, raw, message.text);
    // The bytes are part of the identity: senders do use a reference again for another message.
    std::string identity;
    for (const std::string& part : {message.interchange_sender, message.interchange, message.message, message_type_, message.hash})
      identity.append(part) += '\n';
    message.identity = "edifact:" + to_hex(sha256(identity));
  }

  void release(uint64_t end) {
    if (held_ && held_->hash.empty()) complete(end);
    if (held_) sink_(std::move(*held_));
    held_.reset();
  }

  void keep_for_next(const Finding& finding) {
    if (header_.size() < limits::kDiagnosticsPerMessageMax) header_.push_back(to_diagnostic(finding));
  }

  // A trailer's finding goes to the message before it; an error has its own place, so that it spoils no good message.
  void report_outside(const Finding& finding) {
    const bool is_error = row(finding.deviation).severity == Severity::error;
    if (!held_ || (is_error && !held_->type.empty())) hold(finding.offset);
    report(*held_, to_diagnostic(finding));
  }

  std::string_view bytes_;
  const std::function<void(DecodedMessage)>& sink_;
  std::string sender_, recipient_, reference_;  // of the interchange
  CharacterSet set_ = CharacterSet::undeclared;
  std::vector<Diagnostic> header_;  // of UNA, UNB and UNG
  std::optional<DecodedMessage> held_;
  std::unique_ptr<Mapper> mapper_;  // while a message is open
  std::string message_type_;
  uint64_t messages_ = 0;
};

}  // namespace

Status check_encoding(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFE\xFF"sv) || bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\0U"sv) || bytes.starts_with("U\0"sv))
    return fail(Code::unsupported, "EDIFACT in UTF-16 is not read", "", "send it in UTF-8 or in the character set of its UNB");
  return {};
}

Status decode_edifact(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) {
  TRY_OK(check_encoding(bytes));
  Collector collector(bytes, sink);
  Reader reader(collector);
  reader.feed(bytes);
  reader.finish();
  return collector.finish();
}

}  // namespace fairway::gateway::edifact
