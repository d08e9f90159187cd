// Sheet: writes the segments that fit their definition in a directory, and notes those that do not.
//
// A value that is longer than its data element, or not of its type, is never cut: its segment is left out and named, so that the caller
// can say so. Stands on a Writer, which it outlives not. Not thread-safe.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/edifact/directory.h"
#include "gateway/edifact/writer.h"

namespace fairway::gateway::edifact {

// What of an event a message had no room for: "seal ABC", with the event's id.
struct LeftOut {
  std::string event, what;
};

class Sheet {
 public:
  Sheet(Writer& writer, const Directory& directory, std::vector<LeftOut>& left_out)
      : writer_(writer), directory_(directory), left_out_(left_out) {}

  // The event that the next segments are about.
  void about(std::string_view event) { event_ = event; }
  // Whether the segment was written; where not, `what` is noted. A segment with nothing in it is not.
  bool add(std::string_view what, std::string_view tag, std::initializer_list<Element> elements);
  void leave_out(std::string_view what) { left_out_.push_back({event_, std::string(what)}); }
  // Whether the segment would fit.
  [[nodiscard]] bool fits(std::string_view tag, std::initializer_list<Element> elements) const;

 private:
  Writer& writer_;
  const Directory& directory_;
  std::vector<LeftOut>& left_out_;
  std::string event_;
};

// Our own reader's word on what was written: Code::invalid names its first finding.
[[nodiscard]] Status check_written(std::string_view text);

}  // namespace fairway::gateway::edifact
