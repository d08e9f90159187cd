#include "intake/outcome.h"

#include <array>

#include "base/json_writer.h"

namespace fairway::intake {
namespace {

constexpr std::array<std::string_view, 4> kFates = {"accepted", "repeated", "refused", "partly"};

void write_problem(JsonWriter& writer, const std::optional<Error>& problem) {
  if (!problem) return;
  writer.key("problem").begin_object().member("code", name(problem->code)).member("title", problem->message);
  writer.optional_member("detail", problem->detail).optional_member("hint", problem->hint).end_object();
}

void write_diagnostics(JsonWriter& writer, const std::vector<gateway::Diagnostic>& diagnostics) {
  if (diagnostics.empty()) return;
  writer.key("diagnostics").begin_array();
  for (const gateway::Diagnostic& d : diagnostics) gateway::append_json(writer, d);
  writer.end_array();
}

void write_message(JsonWriter& writer, size_t index, const MessageFate& m) {
  writer.begin_object().member("index", index).member("format", m.format).member("type", m.type).member("status", name(m.fate));
  writer.optional_member("interchange", m.interchange).optional_member("message", m.message).optional_member("document", m.document);
  writer.key("entries").begin_array();
  if (m.entry != 0) writer.value(m.entry);
  for (const EventFate& event : m.events)
    if (event.entry != 0) writer.value(event.entry);
  writer.end_array().key("events").begin_array();
  for (const EventFate& event : m.events) {
    writer.begin_object().member("eventID", event.id).member("status", name(event.fate));
    if (event.entry != 0) writer.member("entry", event.entry);
    write_problem(writer, event.problem);
    writer.end_object();
  }
  writer.end_array();
  write_diagnostics(writer, m.diagnostics);
  write_problem(writer, m.problem);
  writer.end_object();
}

}  // namespace

std::string_view name(Fate fate) { return kFates.at(static_cast<size_t>(fate)); }

int Outcome::http_status() const {
  if (refused == messages.size()) return 422;
  for (const MessageFate& message : messages)
    if (message.fate == Fate::refused || message.fate == Fate::partly) return 207;
  return 200;
}

std::string to_json(const Outcome& outcome) {
  std::string out;
  out.reserve(256 * outcome.messages.size() + 128);
  JsonWriter writer(out);
  writer.begin_object().member("accepted", outcome.accepted).member("repeated", outcome.repeated).member("refused", outcome.refused);
  writer.key("messages").begin_array();
  for (size_t i = 0; i < outcome.messages.size(); ++i) write_message(writer, i, outcome.messages[i]);
  writer.end_array().end_object();
  return out;
}

}  // namespace fairway::intake
