// Makes an Event of one Track & Trace 3.0 object, reporting what deviates. One builder, one event; not thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "gateway/dcsa/tnt3_members.h"
#include "gateway/decoded.h"

namespace fairway::gateway::dcsa {

class Tnt3Builder {
 public:
  // `object` is used up: what is left of it once the model has its part is kept. `position` is its JSON pointer in the body.
  Tnt3Builder(json::object object, std::string position, DecodedMessage& message)
      : object_(std::move(object)), position_(std::move(position)), message_(message) {}

  // Whose claim this is, and whether it is withdrawn. To be called first.
  void read_claim();
  // Sets all of the event but its source's place in the body. Where message.ok is false afterwards, it is not to be used.
  void build(Event& event);
  // "EQUIPMENT", once built.
  [[nodiscard]] const std::string& type() const { return type_; }

 private:
  void read_classification(Event& event);
  void read_texts(Event& event);
  void read_times(Event& event);
  std::optional<Instant> instant(std::string_view member, const Event& event);
  void read_position(Event& event);
  void read_transport(Event& event);
  void read_equipment(Event& event);
  void read_seals(Event& event);
  void read_document(Event& event);
  void read_items(Event& event, std::string_view path, std::span<const ReferenceRow> rows);
  void read_reefer(Event& event);
  void read_parties(Event& event);
  void read_party(Event& event, const json::value* value);
  void read_extension(Event& event);
  void keep_rest(Event& event);

  // The text at the path, taken out of the object.
  std::string take(std::string_view path);
  // True where the reference's normalised value says all that was sent.
  bool add_reference(Event& event, ReferenceKind kind, std::string_view text, std::string_view path);
  void error(std::string_view path, std::string code, std::string what);
  void warn(std::string_view path, std::string code, std::string what);

  json::object object_;
  std::string position_;
  DecodedMessage& message_;
  std::string type_;
};

}  // namespace fairway::gateway::dcsa
