#include "gateway/edifact/messages/acknowledgement.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kAcknowledged = "edifact.acknowledged", kRejected = "edifact.rejected", kError = "edifact.application_error";

// UNCL 1225 and 4343, as far as they refuse.
constexpr std::array<std::string_view, 2> kRefusals = {"27", "RE"};

bool refuses(std::string_view code) { return std::ranges::find(kRefusals, code) != kRefusals.end(); }

}  // namespace

void ApplicationAcknowledgement::segment(const Segment& segment) {
  if (segment.tag == "BGM") {
    origin_ = origin_of(segment);
    function_ = trim(segment.at(3));
    response_ = to_upper(trim(segment.at(4)));
    return report_.begin(segment);
  }
  if (segment.tag == "NAD") return report_.add_party(segment);
  if (segment.tag == "ERC" || segment.tag == "UNT") {
    say_error();
    in_error_ = segment.tag == "ERC";
    if (in_error_) error_ = {origin_of(segment), std::string(trim(segment.at(1, 1))), {}, {}};
  } else if (segment.tag == "FTX" && in_error_) {
    if (error_.text.empty()) error_.text = read_text(segment);
  } else if (segment.tag == "RFF") {
    report_.add_reference(references_, segment);
    std::string& about = in_error_ ? error_.about : about_;
    if (about.empty()) about = trim(segment.at(1, 2));
  } else if (segment.tag == "DOC" && about_.empty()) {
    about_ = trim(segment.at(2, 1));
  }
}

void ApplicationAcknowledgement::say_error() {
  if (!std::exchange(in_error_, false)) return;
  any_error_ = true;
  std::string message = "Error " + error_.code;
  if (!error_.text.empty()) message += ": " + error_.text;
  if (!error_.about.empty()) message += " (" + error_.about + ")";
  report_.note(Severity::warning, kError, std::move(message), error_.origin, "ERC/1/1");
}

void ApplicationAcknowledgement::finish() {
  say_error();
  const bool accepted = response_ == "AP" || function_ == "29" || function_ == "44";
  const bool refused = refuses(response_) || refuses(function_) || (any_error_ && !accepted);
  const std::string about = about_.empty() ? "The message" : "Message " + about_;
  report_.note(refused ? Severity::warning : Severity::info, refused ? kRejected : kAcknowledged,
               about + (refused ? " was refused by its receiver." : " was accepted by its receiver."), origin_, "BGM/4");
}

void SyntaxReport::segment(const Segment& segment) {
  if (segment.tag == "UCI") {
    out_.document = trim(segment.at(1));
    say(segment, "Interchange " + out_.document, segment.at(4), segment.at(5));
  } else if (segment.tag == "UCF") {
    say(segment, "Group " + std::string(segment.at(1)), segment.at(4), segment.at(5));
  } else if (segment.tag == "UCM") {
    message_ = trim(segment.at(1));
    say(segment, "Message " + message_ + " (" + std::string(segment.at(2, 1)) + ")", segment.at(3), segment.at(4));
  } else if (segment.tag == "UCS") {
    segment_ = trim(segment.at(1));
    if (!segment.at(2).empty()) say(segment, "Segment " + segment_ + " of message " + message_, "", segment.at(2));
  } else if (segment.tag == "UCD") {
    const std::string place = std::string(segment.at(2, 1)) + (segment.at(2, 2).empty() ? "" : "/" + std::string(segment.at(2, 2)));
    say(segment, "Element " + place + " of segment " + segment_ + " of message " + message_, "", segment.at(1));
  }
}

// 0083: 4 rejected, 7 acknowledged, 8 received. An error under an acknowledgement is one that the sender should mend.
void SyntaxReport::say(const Segment& segment, std::string_view what, std::string_view action, std::string_view error) {
  const Origin at = origin_of(segment);
  std::string message(what);
  const std::string because = error.empty() ? "." : ", syntax error " + std::string(error) + ".";
  if (action == "4") return report_.note(Severity::warning, kRejected, message + " was rejected" + because, at, segment.tag);
  if (action == "7" || action == "8")
    return report_.note(error.empty() ? Severity::info : Severity::warning, kAcknowledged,
                        message + (action == "8" ? " was received" : " was acknowledged") + because, at, segment.tag);
  report_.note(Severity::warning, kError, message + because, at, segment.tag);
}

}  // namespace fairway::gateway::edifact
