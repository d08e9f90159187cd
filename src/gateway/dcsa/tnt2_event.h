// Makes an Event of the members of one Track & Trace 2.2 object, reporting what deviates. One builder, one event; not thread-safe.
#pragma once

#include <optional>
#include <span>

#include "gateway/dcsa/tnt2_extension.h"
#include "gateway/dcsa/tnt2_fields.h"
#include "gateway/dcsa/tnt2_members.h"

namespace fairway::gateway::dcsa {

class EventBuilder {
 public:
  // All of them outlive the builder. `path` is that of the event object, whose first byte is at message.offset.
  EventBuilder(EventFields& fields, const Path& path, DecodedMessage& message, Event& event)
      : fields_(fields), path_(path), message_(message), event_(event) {}

  // Sets all of the event but its source. Where message.ok is false afterwards, it is not to be used.
  void build();
  // The eventType, where it is a known one.
  [[nodiscard]] std::optional<EventType> type() const { return type_; }

 private:
  void read_extension_member();
  void read_what();
  void read_place();
  void read_two_places();
  void read_transport();
  void read_times();
  std::optional<Instant> instant(const Text& text, std::string_view member);
  void read_references();
  void read_document();
  void add_transport_references();
  void read_items(std::string_view member, std::vector<ItemFields>& items, std::span<const ReferenceRow> rows);
  void read_equipment();
  void read_seals();
  void read_parties();
  void read_amendment();
  void read_remarks();
  void keep_rest();
  // True where the reference is new and its normalised value says all that was sent.
  bool add_reference(ReferenceKind kind, const Text& text, std::string_view member);
  template <typename Owner, size_t N>
  void take_texts(const std::array<TextMember<Owner>, N>& members, const std::array<Text, N>& texts, std::string_view parent, Owner& owner);
  void keep(const Text& text);
  [[nodiscard]] bool assumes(std::string_view member) const { return extension_ && extension_->assumes(member); }

  // `member` is the way from the event to the value, without the first slash.
  void error(const Text& text, std::string_view member, std::string code, std::string what);
  void warn(const Text& text, std::string_view member, std::string code, std::string what);
  void deviation(Severity severity, const Text& text, std::string_view member, std::string code, std::string what);

  EventFields& fields_;
  const Path& path_;
  DecodedMessage& message_;
  Event& event_;
  std::optional<Extension> extension_;
  std::optional<EventType> type_;
  std::vector<std::string_view> kept_document_references_, kept_references_;
  bool keep_seals_ = false;
};

}  // namespace fairway::gateway::dcsa
