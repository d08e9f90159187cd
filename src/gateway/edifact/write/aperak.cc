#include "gateway/edifact/write/aperak.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/edifact/reader.h"
#include "gateway/edifact/write/sheet.h"
#include "gateway/edifact/writer.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kRelease = "00B";
constexpr std::string_view kAcknowledgement = "312", kErrors = "313";  // BGM 1001
constexpr size_t kTextCharacters = 350;                                // FTX: five lines of 70, of which one holds it since D.99

// What the answer takes from the interchange: its parties.
class Subject final : public ReaderHandler {
 public:
  void interchange_begins(const Interchange& found) override {
    if (++count == 1) interchange = found;
  }
  Interchange interchange;
  size_t count = 0;
};

bool is_answered(const ApplicationAnswer& answer) { return !answer.type.starts_with("APERAK") && !answer.type.starts_with("CONTRL"); }

// Whole characters, and none that EDIFACT does not know.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  if (out.size() <= kTextCharacters) return out;
  size_t end = kTextCharacters;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
  return out.substr(0, end);
}

std::string text_of(const Diagnostic& diagnostic) {
  std::string text = diagnostic.code;
  if (diagnostic.segment != 0) text += " in segment " + std::to_string(diagnostic.segment);
  if (!diagnostic.position.empty()) text += " at " + diagnostic.position;
  return plain(text + ": " + diagnostic.message);
}

// ERC 9321 has eight characters: it tells the severity, FTX the code and the sentence.
std::string_view error_code(Severity severity) {
  return severity == Severity::error ? "ERROR" : severity == Severity::warning ? "WARNING" : "INFO";
}

void write_answer(Sheet& sheet, Writer& writer, const ApplicationAnswer& answer, const std::string& document, const CivilTime& utc) {
  writer.segment("BGM",
                 {answer.accepted ? kAcknowledgement : kErrors, document, answer.accepted ? "29" : "27", answer.accepted ? "AP" : "RE"});
  const std::string written = fmt::format("{:04}{:02}{:02}{:02}{:02}UTC", utc.year, utc.month, utc.day, utc.hour, utc.minute);
  writer.segment("DTM", {{"137", written, "303"}});
  if (!answer.document.empty()) sheet.add("document", "RFF", {{"ACW", answer.document}});
  if (!answer.message.empty()) sheet.add("message", "RFF", {{"AGO", answer.message}});
  const auto say = [&](std::string_view code, std::string_view text) {
    sheet.add("error", "ERC", {{code, "", "ZZZ"}});
    sheet.add("text", "FTX", {"AAO", {}, {}, {text, ""}});
  };
  if (!answer.problem.empty()) say("ERROR", plain(answer.problem));
  for (const Diagnostic& diagnostic : answer.diagnostics)
    if (diagnostic.severity != Severity::info) say(error_code(diagnostic.severity), text_of(diagnostic));
}

Result<std::string> compose(const Interchange& subject, std::span<const ApplicationAnswer> answers, std::string_view reference,
                            const CivilTime& utc, std::string_view syntax) {
  Interchange head;
  head.syntax = syntax;
  head.sender = subject.recipient;
  head.recipient = subject.sender;
  head.date = fmt::format("{:02}{:02}{:02}", utc.year % 100, utc.month, utc.day);
  head.time = fmt::format("{:02}{:02}", utc.hour, utc.minute);
  head.reference = reference;
  head.test = subject.test;
  Writer writer({.set = character_set(syntax)});
  writer.begin_interchange(head);
  std::vector<LeftOut> left_out;  // what does not fit is told by the receipt in JSON
  Sheet sheet(writer, *find_tables("APERAK", "D", kRelease, head.version).directory, left_out);
  size_t number = 0;
  for (const ApplicationAnswer& answer : answers) {
    if (!is_answered(answer)) continue;
    const std::string message = std::to_string(++number);
    writer.begin_message(message, {"APERAK", "D", kRelease, "UN"});
    write_answer(sheet, writer, answer, std::string(reference) + "-" + message, utc);
    writer.end_message();
  }
  return writer.end_interchange().finish();
}

}  // namespace

Result<std::string> aperak(std::string_view subject, std::span<const ApplicationAnswer> answers, std::string_view reference,
                           const CivilTime& utc) {
  Subject about;
  Reader reader(about);
  reader.feed(subject);
  reader.finish();
  if (about.count != 1 || about.interchange.sender.id.empty() || about.interchange.recipient.id.empty())
    return fail(Code::invalid, "an APERAK answers one interchange with a sender and a recipient",
                std::to_string(about.count) + " UNB found", "answer each interchange by itself");
  if (std::ranges::none_of(answers, is_answered)) return fail(Code::unsupported, "there is no message that is answered with an APERAK");
  Result<std::string> text = fail(Code::invalid, "nothing was written");
  for (const std::string_view syntax : {"UNOA", "UNOB", "UNOC", "UNOY"}) {
    text = compose(about.interchange, answers, reference, utc, syntax);
    if (text) break;
  }
  if (!text) return text;
  TRY_OK(check_written(*text));
  return text;
}

}  // namespace fairway::gateway::edifact
