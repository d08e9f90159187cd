// The code lists of messages about papers, as tables: which step of a paper's life a message is. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/event.h"

namespace fairway::gateway::edifact {

// What a BGM says of the paper: 0065 of its message, 1001, 1225 and 4343.
struct DocumentCodes {
  std::string message_type, name_1001, function_1225, response_4343;
};

struct Paper {
  Milestone milestone;
  std::string_view document_type;  // DCSA documentTypeCode; "" where DCSA has none for it
};

// The step that a booking, instruction, contract or manifest is; nothing for messages that are no papers (schedules).
[[nodiscard]] std::optional<Paper> paper_of(const DocumentCodes& codes);

// What the document's own number (BGM 1004) identifies, by 1001: a bill of lading is one in an IFTMCS that is the bill.
[[nodiscard]] std::optional<ReferenceKind> document_kind_of(const DocumentCodes& codes);

// What customs say of goods or of their papers, by GIS or GEI 7365.
[[nodiscard]] std::optional<Milestone> customs_indicator_of(std::string_view code_7365);
// The same from BGM 1001, where no indicator is given.
[[nodiscard]] std::optional<Milestone> customs_response_of(std::string_view bgm_1001);

}  // namespace fairway::gateway::edifact
