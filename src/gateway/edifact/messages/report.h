// Report: what the events of one message have in common, and the one door by which each of them enters the DecodedMessage.
//
// A mapper owns one. It reads BGM and the message's own parties, keeps references and parties of the message each once, places
// times, gives events their identity and source, and turns everything odd into a diagnostic. Not thread-safe.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/limits.h"
#include "gateway/decoded.h"
#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/parts.h"
#include "gateway/edifact/messages/times.h"

namespace fairway::gateway::edifact {

class Report {
 public:
  Report(const MessageHeader& header, DecodedMessage& out);

  // BGM: 1001, 1004, and by 1225 whether the message states, corrects (4, 5) or retracts (1).
  void begin(const Segment& bgm);
  [[nodiscard]] const MessageHeader& header() const { return header_; }
  [[nodiscard]] const std::string& code() const { return code_; }  // BGM 1001
  [[nodiscard]] bool retracts() const { return amendment_ == Amendment::retraction; }
  [[nodiscard]] bool stated_nothing() const { return stated_.empty(); }

  // BGM, and NAD, RFF and DTM of the whole message; everything else is passed over.
  void header_segment(const Segment& segment, std::vector<Reference>& references, std::vector<StatedTime>& times);
  // At the end: says so where the message cancels and named nothing that it is about.
  void check_cancellation();

  // Events of papers are told apart by everything they name: one container may be under two bills of lading.
  void identify_by_all_references() { identify_by_all_ = true; }

  // The document's own time (DTM 137): events' creation, and the last resort for when they happened.
  void set_document_time(StatedTime time) { document_time_ = std::move(time); }
  [[nodiscard]] const std::optional<StatedTime>& document_time() const { return document_time_; }

  // A party of the whole message: of every event.
  void add_party(const Segment& nad);
  // A party of one event only.
  void add_party(std::vector<NamedParty>& parties, const Segment& nad);

  // Checks, normalises and adds a reference to `references` and to the message, each once; placeholders are left out.
  void add_reference(std::vector<Reference>& references, ReferenceKind kind, std::string_view raw, Origin at, std::string_view position);
  // RFF by its qualifier. ACW and AGO say which document this one amends; qualifiers Fairway keeps nothing for are passed over.
  void add_reference(std::vector<Reference>& references, const Segment& rff);
  // The vessel and the voyage of a transport.
  void add_references(std::vector<Reference>& references, const Transport& transport, Origin at);

  // Adds to a list that a group gathers, up to the bound of references an event may have; past it, says so once a message.
  template <typename Value>
  void gather(std::vector<Value>& list, Value value, Origin at) {
    if (list.size() < limits::kReferencesPerEventMax) return list.push_back(std::move(value));
    too_many(at);
  }

  // The time at a place; nothing, with a diagnostic, where it is no time.
  [[nodiscard]] std::optional<Instant> time(const StatedTime& stated, const Place& place);
  // The first of the group's times by `qualifiers`, else of the header's, else the document's time with a warning; nothing, with an
  // error, where the message has no time at all.
  [[nodiscard]] std::optional<Instant> time_of(const std::vector<StatedTime>& group, const std::vector<StatedTime>& header,
                                               std::span<const std::string_view> qualifiers, const Place& place, Origin at);
  [[nodiscard]] std::optional<Instant> time_of(const std::vector<StatedTime>& group, const std::vector<StatedTime>& header,
                                               std::initializer_list<std::string_view> qualifiers, const Place& place, Origin at) {
    return time_of(group, header, std::span(qualifiers.begin(), qualifiers.size()), place, at);
  }

  // States an event: adds source, parties, amendment and identity; validates. The same event twice in a message is stated once.
  void state(Event event, Origin at);

  void note(Severity severity, std::string_view code, std::string message, Origin at, std::string_view position = {});

 private:
  [[nodiscard]] std::string identity_of(const Event& event) const;
  void remember(const Reference& reference);
  void remember(const NamedParty& party);
  void too_many(Origin at);
  void add_envelope_party(std::string_view role, std::string_view id);

  const MessageHeader header_;
  DecodedMessage& out_;
  std::string type_;  // "COARRI D.95B ITG13"
  std::string code_;
  Amendment amendment_ = Amendment::none;
  std::string previous_;  // RFF ACW or AGO
  std::optional<StatedTime> document_time_;
  std::vector<NamedParty> parties_;
  std::unordered_set<std::string> known_references_, known_parties_, stated_;
  bool identify_by_all_ = false;
  bool said_too_many_ = false, said_no_zone_ = false, said_document_time_ = false, said_format_wrong_ = false;
};

// Appends what `list` does not hold yet, as long as there is room for it in an event.
void add_each_once(std::vector<Reference>& list, const std::vector<Reference>& more);

// References of a wider level for which the narrower one has none of the same kind: a container's own booking goes before the header's.
void inherit(std::vector<Reference>& narrow, const std::vector<Reference>& wide);

}  // namespace fairway::gateway::edifact
