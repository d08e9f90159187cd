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

// "COARRI D.95B ITG13"
std::string type_of(const MessageHeader& header) {
  std::string type = header.type;
  if (!header.version.empty() || !header.release.empty()) type += " " + header.version + "." + header.release;
  if (!header.association.empty()) type += " " + header.association;
  return type;
}

// Collects messages. The last one is held back until the next begins or the input ends: what the trailers after it say belongs to it.
class Collector final : public ReaderHandler {
 public:
  Collector(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) : bytes_(bytes), sink_(sink) {}

  void interchange_begins(const Interchange& interchange) override {
    release();
    set_ = character_set(interchange.syntax);
  }

  void message_begins(const MessageHeader& header, uint64_t offset) override {
    release();
    DecodedMessage& message = held_.emplace();
    message.format = "EDIFACT";
    message.type = type_of(header);
    message.interchange_sender = qualified(header.interchange_sender, header.interchange_sender_qualifier);
    message.interchange_recipient = qualified(header.interchange_recipient, header.interchange_recipient_qualifier);
    message.interchange = header.interchange;
    message.message = header.reference;
    message.offset = offset;
    message_type_ = header.type;
    for (Diagnostic& diagnostic : std::exchange(pending_, {})) report(message, std::move(diagnostic));
    mapper_ = mapper_for(header, message);
  }

  void segment(const Segment& segment) override {
    if (held_->document.empty() && segment.tag == "BGM") held_->document = segment.at(2);
    mapper_->segment(segment);
  }

  void message_ends(uint64_t end) override {
    mapper_->finish();
    mapper_.reset();
    DecodedMessage& message = *held_;
    message.length = end - message.offset;
    const std::string_view raw = bytes_.substr(message.offset, message.length);
    message.hash = to_hex(sha256(raw));
    (void)append_utf8(set_, raw, message.text);
    // The message bytes are part of it: senders do use a reference again for another message.
    std::string identity;
    for (const std::string_view part : {std::string_view(message.interchange_sender), std::string_view(message.interchange),
                                        std::string_view(message.message), std::string_view(message_type_), std::string_view(message.hash)})
      identity.append(part) += '\n';
    message.identity = "edifact:" + to_hex(sha256(identity));
    ++messages_;
  }

  void interchange_ends() override { set_ = CharacterSet::undeclared; }

  void finding(const Finding& finding) override {
    const bool heads = finding.level == Level::interchange || finding.level == Level::group;
    const bool ahead = mapper_ == nullptr && heads && (finding.tag == "UNA" || finding.tag == "UNB" || finding.tag == "UNG");
    if (held_ && !ahead)
      report(*held_, to_diagnostic(finding));
    else if (pending_.size() < limits::kDiagnosticsPerMessageMax)
      pending_.push_back(to_diagnostic(finding));
  }

  // The end of the input.
  Status finish() {
    if (held_)
      for (Diagnostic& diagnostic : std::exchange(pending_, {})) report(*held_, std::move(diagnostic));
    release();
    if (messages_ != 0) return {};
    const std::string detail = pending_.empty() ? std::string() : pending_.front().message + " at byte " + std::to_string(pending_.front().offset);
    return fail(Code::invalid, "the EDIFACT input holds no message", detail, "an interchange holds at least one message from UNH to UNT");
  }

 private:
  void release() {
    if (held_) sink_(std::move(*held_));
    held_.reset();
  }

  std::string_view bytes_;
  const std::function<void(DecodedMessage)>& sink_;
  CharacterSet set_ = CharacterSet::undeclared;
  std::optional<DecodedMessage> held_;
  std::unique_ptr<Mapper> mapper_;  // while a message is open
  std::string message_type_;
  std::vector<Diagnostic> pending_;  // of headers, for the message that follows
  uint64_t messages_ = 0;
};

bool is_utf16(std::string_view bytes) {
  using namespace std::string_view_literals;
  return bytes.starts_with("\xFE\xFF"sv) || bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\0U"sv) || bytes.starts_with("U\0"sv);
}

}  // namespace

Status decode_edifact(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) {
  if (is_utf16(bytes)) return fail(Code::unsupported, "EDIFACT in UTF-16 is not read", "", "send it in UTF-8 or in the character set of its UNB");
  Collector collector(bytes, sink);
  Reader reader(collector);
  reader.feed(bytes);
  reader.finish();
  return collector.finish();
}

}  // namespace fairway::gateway::edifact
