// LetterView: a letter as the simulated authority reads it: its head and its fields, whatever format it came in. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace fairway::simulate {

struct LetterHeaders {
  std::string id, filing, kind, form, format, number, content_type;
};

struct LetterView {
  LetterHeaders head;
  std::vector<std::pair<std::string, std::string>> fields;  // by name, in the letter's order
  [[nodiscard]] std::string_view value(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> containers() const;
};

// CUSDEC and CUSCAR, XML (its elements that hold text, by name) and JSON. Code::invalid where it cannot be read, and where what it says of
// itself is not what its headers say.
[[nodiscard]] Result<LetterView> read_letter(const LetterHeaders& head, std::string_view body);

// Fields that must be there and are not, with what is wrong: one of the names of each will do.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> missing_fields(const LetterView& letter);

}  // namespace fairway::simulate
