#include "gateway/edifact/contrl.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/edifact/reader.h"
#include "gateway/edifact/writer.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kRejected = "4", kAcknowledged = "7", kReceived = "8";  // 0083
constexpr uint8_t kMissing = 13;                                                   // 0085
constexpr size_t kSegmentReportsMax = 999, kElementReportsMax = 99;                // repeats of SG2 and UCD
constexpr std::string_view kControlMessage = "CONTRL";

// 0085 with the place of S011, as UCI, UCF, UCM and UCD carry it.
struct ErrorReport {
  uint8_t code = 0;  // 0: none
  Severity severity = Severity::info;
  std::string tag;  // 0013/0135 of a service segment
  uint16_t element = 0, component = 0;
};

struct SegmentReport {
  uint32_t position = 0;  // 0096
  uint8_t code = 0;       // 0085 about the segment as a whole
  std::vector<ErrorReport> elements;
};

struct MessageReport {
  std::string reference;
  std::array<std::string, 5> identifier;  // S009
  bool rejected = false;
  ErrorReport error;
  std::vector<SegmentReport> segments;
  [[nodiscard]] bool empty() const { return error.code == 0 && segments.empty(); }
};

struct GroupReport {
  FunctionalGroup group;
  ErrorReport error;
  std::vector<MessageReport> messages;
};

// There is room for one error: the first of the greatest severity.
void keep(ErrorReport& slot, const Finding& finding) {
  const DeviationRow& found = row(finding.deviation);
  if (slot.code != 0 && found.severity <= slot.severity) return;
  slot = {found.syntax_error, found.severity, std::string(finding.tag), finding.element, finding.component};
}

// What is to be said about the interchange, gathered as it is read.
class Report final : public ReaderHandler {
 public:
  void interchange_begins(const Interchange& interchange) override {
    if (++interchanges_ == 1) interchange_ = interchange;
  }
  void group_begins(const FunctionalGroup& group) override {
    groups_.push_back({group, {}, {}});
    in_group_ = true;
  }
  void group_ends() override {
    in_group_ = false;
    if (groups_.back().error.code == 0 && groups_.back().messages.empty()) groups_.pop_back();
  }
  void message_begins(const MessageHeader& header, uint64_t) override {
    MessageReport& message = message_.emplace();
    message.reference = header.reference;
    message.identifier = {header.type, header.version, header.release, header.agency, header.association};
    (header.type == kControlMessage ? control_messages_ : other_messages_) += 1;
  }
  void message_ends(uint64_t) override {
    std::vector<MessageReport>& reports = in_group_ ? groups_.back().messages : messages_;
    if (!message_->empty() && message_->identifier[0] != kControlMessage) reports.push_back(std::move(*message_));
    message_.reset();
  }

  void finding(const Finding& finding) override {
    const DeviationRow& found = row(finding.deviation);
    if (message_ && found.severity == Severity::error) message_->rejected = true;
    if (found.syntax_error == 0) return;
    switch (finding.level) {
      case Level::interchange:
        rejected_ = rejected_ || (found.severity == Severity::error && (finding.tag == "UNA" || finding.tag == "UNB"));
        return keep(error_, finding);
      case Level::group: return keep(in_group_ ? groups_.back().error : error_, finding);
      case Level::message: return keep(message_->error, finding);
      case Level::segment: return add_segment(finding, found.syntax_error);
    }
  }

  [[nodiscard]] Status check() const {
    if (interchanges_ != 1)
      return fail(Code::invalid, "a CONTRL reports on one interchange", std::to_string(interchanges_) + " UNB found",
                  "answer each interchange by itself");
    if (other_messages_ == 0 && control_messages_ != 0) return fail(Code::unsupported, "a CONTRL is not answered with a CONTRL");
    if (interchange_.reference.empty() || interchange_.sender.id.empty() || interchange_.recipient.id.empty())
      return fail(Code::invalid, "UNB lacks what a CONTRL must repeat", "0020, S002 or S003");
    return {};
  }

  [[nodiscard]] const Interchange& interchange() const { return interchange_; }
  [[nodiscard]] bool rejected() const { return rejected_; }
  [[nodiscard]] const ErrorReport& error() const { return error_; }
  [[nodiscard]] const std::vector<MessageReport>& messages() const { return messages_; }
  [[nodiscard]] const std::vector<GroupReport>& groups() const { return groups_; }

 private:
  void add_segment(const Finding& finding, uint8_t code) {
    // What is missing is reported at the last segment before the place where it should be.
    const bool missing = finding.deviation == Deviation::segment_missing || finding.deviation == Deviation::group_missing;
    const uint32_t position = missing ? std::max(finding.segment, 2u) - 1 : finding.segment;
    std::vector<SegmentReport>& reports = message_->segments;
    const bool same = !reports.empty() && reports.back().position == position && !missing;
    if (!same && reports.size() >= kSegmentReportsMax) return;
    SegmentReport& report = same ? reports.back() : reports.emplace_back(SegmentReport{position, 0, {}});
    if (finding.element == 0) {
      if (report.code == 0) report.code = code;
      return;
    }
    // Only the first error of a data element is reported.
    const auto at_same_place = [&](const ErrorReport& e) { return e.element == finding.element && e.component == finding.component; };
    if (report.elements.size() < kElementReportsMax && std::ranges::none_of(report.elements, at_same_place))
      report.elements.push_back({code, Severity::warning, {}, finding.element, finding.component});
  }

  Interchange interchange_;
  uint64_t interchanges_ = 0, control_messages_ = 0, other_messages_ = 0;
  bool rejected_ = false, in_group_ = false;
  ErrorReport error_;
  std::optional<MessageReport> message_;
  std::vector<MessageReport> messages_;
  std::vector<GroupReport> groups_;
};

// S011: 0098 counts the tag as the first position, 0104 the components from 1.
std::string element_position(const ErrorReport& error) { return std::to_string(error.element + 1); }
std::string component_position(const ErrorReport& error) { return error.component != 0 ? std::to_string(error.component) : std::string(); }

struct ErrorFields {
  explicit ErrorFields(const ErrorReport& error) {
    if (error.code == 0) return;
    code = std::to_string(error.code);
    if (!error.tag.starts_with("UN")) return;  // 0013 and 0135 name service segments
    tag = error.tag;
    if (error.element == 0) return;
    element = element_position(error);
    component = component_position(error);
  }
  std::string code, tag, element, component;
};

void write_message(Writer& writer, const MessageReport& message) {
  const ErrorFields error(message.error);
  const auto& [type, version, release, agency, association] = message.identifier;
  writer.segment("UCM", {message.reference,
                         {type, version, release, agency, association},
                         message.rejected ? kRejected : kAcknowledged,
                         error.code,
                         error.tag,
                         {error.element, error.component}});
  for (const SegmentReport& segment : message.segments) {
    writer.segment("UCS", {std::to_string(segment.position), segment.code != 0 ? std::to_string(segment.code) : std::string()});
    for (const ErrorReport& element : segment.elements)
      writer.segment("UCD", {std::to_string(element.code), {element_position(element), component_position(element)}});
  }
}

void write_group(Writer& writer, const GroupReport& report) {
  const ErrorFields error(report.error);
  const FunctionalGroup& group = report.group;
  writer.segment("UCF", {group.reference,
                         {group.sender.id, group.sender.qualifier},
                         {group.recipient.id, group.recipient.qualifier},
                         kAcknowledged,
                         error.code,
                         error.tag,
                         {error.element, error.component}});
  for (const MessageReport& message : report.messages) write_message(writer, message);
}

Result<std::string> write(const Report& report, std::string_view action, std::string_view reference, const CivilTime& utc,
                          std::string_view syntax) {
  const Interchange& subject = report.interchange();
  const bool version_4 = subject.version >= kRepetitionSyntax;
  Interchange answer;
  answer.syntax = syntax;
  answer.version = subject.version;
  answer.sender = subject.recipient;
  answer.recipient = subject.sender;
  answer.date = fmt::format("{:02}{:02}{:02}", version_4 ? utc.year : utc.year % 100, utc.month, utc.day);
  answer.time = fmt::format("{:02}{:02}", utc.hour, utc.minute);
  answer.reference = reference;
  answer.test = subject.test;

  Writer writer({.set = character_set(syntax)});
  writer.begin_interchange(answer);
  if (version_4)
    writer.begin_message("1", {kControlMessage, "4", "1", "UN"});
  else
    writer.begin_message("1", {kControlMessage, "D", "3", "UN"});
  const ErrorFields error(action == kReceived ? ErrorReport{} : report.error());
  const InterchangeParty& sender = subject.sender;
  const InterchangeParty& recipient = subject.recipient;
  writer.segment("UCI", {subject.reference,
                         {sender.id, sender.qualifier, sender.routing, sender.sub_routing},
                         {recipient.id, recipient.qualifier, recipient.routing, recipient.sub_routing},
                         action,
                         error.code,
                         error.tag,
                         {error.element, error.component}});
  if (action == kAcknowledged) {
    // Version 4 has one or the other (dependency note D4); where an interchange mixes them, UCI says so.
    if (!version_4 || report.groups().empty())
      for (const MessageReport& message : report.messages()) write_message(writer, message);
    for (const GroupReport& group : report.groups()) write_group(writer, group);
  }
  return writer.end_message().end_interchange().finish();
}

Result<std::string> answer_to(std::string_view subject, std::optional<std::string_view> action, std::string_view reference,
                              const CivilTime& utc) {
  Report report;
  Reader reader(report);
  reader.feed(subject);
  reader.finish();
  TRY_OK(report.check());
  const std::string_view decided = action.value_or(report.rejected() ? kRejected : kAcknowledged);
  // In the character set of the subject, or in the narrowest after it that has what must be repeated.
  const bool writable = character_set(report.interchange().syntax) != CharacterSet::unsupported;
  Result<std::string> written = write(report, decided, reference, utc, writable ? std::string_view(report.interchange().syntax) : "UNOA");
  for (const std::string_view wider : {"UNOB", "UNOC", "UNOY"})
    if (!written) written = write(report, decided, reference, utc, wider);
  return written;
}

}  // namespace

Result<std::string> contrl(std::string_view subject, std::string_view reference, const CivilTime& utc) {
  return answer_to(subject, std::nullopt, reference, utc);
}

Result<std::string> contrl_receipt(std::string_view subject, std::string_view reference, const CivilTime& utc) {
  return answer_to(subject, kReceived, reference, utc);
}

}  // namespace fairway::gateway::edifact
