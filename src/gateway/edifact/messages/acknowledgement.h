// APERAK and CONTRL: what the other side says of messages it received. They state no events: what they say are findings, so that whoever
// sent the message sees that it was accepted, or what is wrong with it. Not thread-safe.
#pragma once

#include <string>
#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class ApplicationAcknowledgement final : public Mapper {
 public:
  ApplicationAcknowledgement(const MessageHeader& header, DecodedMessage& out) : report_(header, out) {}

  void segment(const Segment& segment) override;
  void finish() override;

 private:
  struct Error {
    Origin origin;
    std::string code, text, about;
  };
  void say_error();

  Report report_;
  Origin origin_;
  std::string function_, response_;  // BGM 1225, 4343
  std::string about_;                // the message or document answered: RFF ACW, AGO, AAE…, DOC
  std::vector<Reference> references_;
  bool in_error_ = false, any_error_ = false;
  Error error_;
};

class SyntaxReport final : public Mapper {
 public:
  SyntaxReport(const MessageHeader& header, DecodedMessage& out) : report_(header, out), out_(out) {}

  void segment(const Segment& segment) override;
  void finish() override {}

 private:
  void say(const Segment& segment, std::string_view what, std::string_view action, std::string_view error);

  Report report_;
  DecodedMessage& out_;
  std::string message_;  // 0062 of the UCM in hand
  std::string segment_;  // 0096 of the UCS in hand
};

}  // namespace fairway::gateway::edifact
