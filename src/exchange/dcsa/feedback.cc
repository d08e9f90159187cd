#include "exchange/dcsa/feedback.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json_writer.h"

namespace fairway::exchange::dcsa {
namespace {

constexpr std::array<std::string_view, 3> kSeverities = {"INFO", "WARN", "ERROR"};  // by gateway::Severity
constexpr std::string_view kFollows = " ETA";
constexpr size_t kElementsMax = 1000;  // of one answer

class Feedback {
 public:
  explicit Feedback(std::string& out) : json_(out) { json_.begin_object().key("feedbackElements").begin_array(); }

  void add(gateway::Severity severity, std::string_view message, std::string_view pointer) {
    if (++count_ > kElementsMax) return;
    json_.begin_object().member("severity", kSeverities.at(static_cast<size_t>(severity))).member("message", legible(message, 5000));
    json_.optional_member("propertyPath", legible(json_path(pointer), 1000)).end_object();
  }
  void end() { json_.end_array().end_object(); }

 private:
  JsonWriter json_;
  size_t count_ = 0;
};

bool has_error(const intake::MessageFate& message) {
  return std::ranges::any_of(message.diagnostics, [](const auto& d) { return d.severity == gateway::Severity::error; });
}

void add_message(Feedback& feedback, const intake::MessageFate& message, const std::string& position) {
  for (const gateway::Diagnostic& d : message.diagnostics) feedback.add(d.severity, d.message, d.position);
  if (message.fate != intake::Fate::refused || has_error(message)) return;
  const std::string said = message.problem ? message.problem->text() : std::string("not accepted");
  feedback.add(gateway::Severity::error, said, position);
}

}  // namespace

std::string json_path(std::string_view pointer) {
  std::string path = pointer.empty() ? "" : "$";
  while (pointer.starts_with('/')) {
    pointer.remove_prefix(1);
    const std::string_view part = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(part.size());
    const bool is_index = !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    path.append(is_index ? "[" : ".").append(part).append(is_index ? "]" : "");
  }
  return path;
}

std::string feedback(const intake::Outcome& outcome, std::string_view list) {
  std::string out;
  Feedback feedback(out);
  size_t index = 0;
  for (const intake::MessageFate& message : outcome.messages) {
    // The expected arrivals of an arrival notice are messages of their own behind it.
    const bool follows = message.type.ends_with(kFollows) && index > 0;
    if (!follows) ++index;
    add_message(feedback, message, "/" + std::string(list) + "/" + std::to_string(index - 1));
  }
  feedback.end();
  return out;
}

}  // namespace fairway::exchange::dcsa
