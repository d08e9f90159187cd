// "fairway": the one member of ours in a Track & Trace 2.2 event. It carries what 2.2 has no member for, under the names of
// docs/reference/event.md, and in "assumed" the names of required members whose value was filled in and is nobody's claim.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/status.h"
#include "model/event.h"

namespace fairway::gateway::dcsa {

// Collects the extension of one event; nothing is allocated for an event that needs none.
class ExtensionWriter {
 public:
  void assume(std::string_view member) { add_item(assumed_, member); }
  void milestone(std::string_view name) { add(members_, "milestone", name); }
  void event_id(std::string_view id) { add(members_, "eventID", id); }
  void document_type(std::string_view code) { add(members_, "documentTypeCode", code); }
  void remark(std::string_view text) { add(members_, "remark", text); }
  void place(std::string_view native, std::string_view text) { add(place_, native, text); }
  void transport(std::string_view native, std::string_view text) { add(transport_, native, text); }
  void equipment(std::string_view native, std::string_view text) { add(equipment_, native, text); }
  void equipment(std::string_view native, double number);
  void reference(const Reference& reference);
  // What 2.2 has no member for: quantities of the cargo, readings, where on earth, from when until when.
  void more(const Event& event);

  // Writes the member "fairway" where there is anything to say.
  void append(JsonWriter& writer) const;

 private:
  static void add(std::string& section, std::string_view name, std::string_view text);
  static void add_item(std::string& list, std::string_view text);

  std::string members_, place_, transport_, equipment_, references_, assumed_, more_;  // what stands between the brackets
};

struct Extension {
  Event said;  // only the fields that the extension may hold are set
  bool has_milestone = false;
  std::vector<std::string> assumed;
  [[nodiscard]] bool assumes(std::string_view member) const;
};

// Code::invalid names the member that is wrong.
[[nodiscard]] Result<Extension> read_extension(std::string_view text);

// Puts what the extension said into an event that was read from 2.2's own members. Code::invalid where its milestone is not one
// that is written under the event's code.
[[nodiscard]] Status apply(const Extension& extension, Event& event);

}  // namespace fairway::gateway::dcsa
