// CUSRES: what customs answer: goods released, held or to be examined, papers accepted or refused, and why.
//
// Each declaration or bill of lading of the answer (DOC group, or the message as a whole) becomes an event for each of its containers.
// Keeps the header and one answer. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class CustomsResponse final : public Mapper {
 public:
  CustomsResponse(const MessageHeader& header, DecodedMessage& out) : report_(header, out) { report_.identify_by_all_references(); }

  void segment(const Segment& segment) override;
  void finish() override;

 private:
  // What is said of the whole message or of one of its documents.
  struct Answer {
    Origin origin;
    std::vector<Reference> papers;
    std::vector<Equipment> equipment;
    std::vector<StatedTime> times;
    std::vector<Location> locations;
    std::vector<NamedParty> parties;
    std::vector<Milestone> indicators;
    std::string errors, remark;
    Transport transport;
  };
  void answer_segment(Answer& answer, const Segment& segment);
  void begin_document(const Segment& doc);
  void state_answer(const Answer& answer);
  void state_indicator(const Answer& answer, Milestone milestone);

  Report report_;
  Answer whole_;
  std::optional<Answer> document_;
  bool documents_ = false;  // some have come: the message as a whole is not an answer of its own
};

}  // namespace fairway::gateway::edifact
