#include "gateway/land/mapper.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/land/base_event.h"
#include "gateway/land/moment_reader.h"
#include "gateway/land/readings.h"
#include "gateway/land/values.h"

namespace fairway::gateway::land {
namespace {

// References that belong to one consignment each: two of a kind on one event would make one journey of two.
constexpr auto kOfOneConsignment =
    std::to_array<ReferenceKind>({ReferenceKind::equipment, ReferenceKind::booking, ReferenceKind::transport_document,
                                  ReferenceKind::house_document, ReferenceKind::air_waybill, ReferenceKind::house_air_waybill,
                                  ReferenceKind::road_cargo_reference, ReferenceKind::consignment, ReferenceKind::declaration});

class Mapper {
 public:
  Mapper(const Record& record, DecodedMessage& message) : record_(record), message_(message), moments_(record, message) {}

  void map() {
    if (!read_type() || !read_event()) return;
    check_needs();
    base_ = base_event(record_, row(type_), *what_, message_);
    moments_.at_place(base_.place.unlocode);
    if (const Value* sent = record_.find(Member::sent_at)) base_.created = moments_.read(*sent);
    if (what_->has_window) read_window();
    if (type_ == Type::sensor)
      read_sensor();
    else if (!record_.positions.empty())
      read_positions();
    else
      read_single();
    if (message_.ok) finish();
  }

 private:
  void error(Member member, std::string code, std::string what) {
    const Value* value = record_.find(member);
    note(message_, Severity::error, std::move(code), std::move(what), record_.place_of(member), value ? value->offset : record_.offset);
  }

  bool read_type() {
    const TypeRow* found = find_type(record_.text(Member::type));
    if (found == nullptr) {
      std::string known;
      for (const TypeRow& candidate : types()) known.append(known.empty() ? "" : ", ").append(candidate.name);
      error(Member::type, "land.type", quoted(record_.text(Member::type)) + " is not a type of message; one of " + known);
      return false;
    }
    type_ = found->type;
    message_.type = "land " + std::string(kVersion) + " " + std::string(found->name);
    return true;
  }

  bool read_event() {
    what_ = find_event(type_, to_lower(record_.text(Member::event)));
    if (what_ != nullptr) return true;
    const std::string_view sent = record_.text(Member::event);
    error(Member::event, "land.event",
          (sent.empty() ? "no event" : quoted(sent) + " is not an event of this type") + "; one of " + event_codes(type_));
    return false;
  }

  void check_needs() {
    for (const std::span<const Member> group : row(type_).needs) {
      if (std::ranges::any_of(group, [&](Member member) { return record_.find(member) != nullptr; })) continue;
      std::string names;
      for (const Member member : group) names.append(names.empty() ? "" : ", ").append(row(member).name);
      error(group.front(), "land.missing", std::string(row(type_).name) + " needs " + (group.size() == 1 ? "" : "one of ") + names);
    }
  }

  // The moment of the record or, for an item of one of its lists, its own.
  std::optional<Instant> moment_of(const Record& item) {
    const Value* at = item.find(Member::at);
    if (at == nullptr) at = record_.find(Member::at);
    if (at != nullptr) return moments_.read(*at);
    note(message_, Severity::error, "land.missing", "no time; give at", item.at, item.offset);
    return std::nullopt;
  }

  void read_window() {
    Window& window = base_.window;
    if (const Value* begins = record_.find(Member::window_begin)) window.begins = moments_.read(*begins);
    const Value* ends = record_.find(Member::window_end);
    if (ends != nullptr) window.ends = moments_.read(*ends);
    if (window.begins && window.ends && *window.ends < *window.begins)
      note(message_, Severity::error, "land.value", "windowEnd is before windowBegin", ends->at, ends->offset);
  }

  Event& add_event(const Instant& occurred) {
    Event& event = events_.emplace_back(base_);
    event.occurred = occurred;
    return event;
  }

  void read_single() {
    const auto occurred = moment_of(record_);
    if (!occurred) return;
    Event& event = add_event(*occurred);
    read_position(record_, event.place, message_);
    if (what_->milestone == Milestone::located && event.place.empty())
      error(Member::latitude, "land.missing", "a position needs latitude and longitude, or a place");
    if (type_ == Type::road_cargo && record_.find(Member::expected_at) != nullptr) expect_crossing();
  }

  // What is expected of the cargo is a claim of its own, at the control point.
  void expect_crossing() {
    const auto expected = moments_.read(*record_.find(Member::expected_at));
    if (!expected) return;
    Event& event = add_event(*expected);
    event.milestone = Milestone::crossed;
    event.classifier = Classifier::planned;
    event.remark.clear();
    event.original.clear();
  }

  void read_positions() {
    for (const Record& item : record_.positions) {
      if (events_.size() == limits::kLandEventsPerMessageMax) return too_many();
      const auto occurred = moment_of(item);
      if (!occurred) continue;
      Event& event = add_event(*occurred);
      read_position(item, event.place, message_);
      if (!event.place.latitude)
        note(message_, Severity::error, "land.missing", "a position needs latitude and longitude", item.at, item.offset);
      if (!item.kept.empty()) keep_item(event, item);
    }
  }

  static void keep_item(Event& event, const Record& item) {
    if (event.original.empty())
      event.original = "{";
    else
      event.original.back() = ',';
    event.original.append("\"position\":{").append(item.kept).append("}}");
  }

  void read_sensor() {
    const bool itself = record_.find(Member::kind) != nullptr || record_.find(Member::value) != nullptr;
    if (itself) read_reading(record_);
    for (const Record& item : record_.readings) {
      if (events_.size() == limits::kLandEventsPerMessageMax) return too_many();
      read_reading(item);
    }
    if (!itself && record_.readings.empty()) {
      if (what_->milestone == Milestone::measured)
        return error(Member::kind, "land.missing", "a measurement needs kind and value, or readings");
      if (const auto occurred = moment_of(record_)) read_position(record_, add_event(*occurred).place, message_);
    }
  }

  // Readings of one moment are one event; a door is its own.
  void read_reading(const Record& item) {
    const auto occurred = moment_of(item);
    const Value* value = item.find(Member::value);
    if (value == nullptr) return note(message_, Severity::error, "land.missing", "a reading needs a value", item.at, item.offset);
    if (!occurred) return;
    const std::string_view kind = item.text(Member::kind);
    if (to_lower(kind) == "door") return read_door(*value, *occurred);
    const auto number = number_of(*value, message_);
    if (!number) return;
    const MadeReading made = make_reading(kind, *number, item.text(Member::unit));
    say_unknown(item, made);
    const auto same = std::ranges::find_if(events_, [&](const Event& event) {
      return event.milestone == Milestone::measured && event.occurred == *occurred && event.readings.size() < limits::kReadingsPerEventMax;
    });
    Event& event = same != events_.end() ? *same : add_event(*occurred);
    event.milestone = Milestone::measured;
    if (same == events_.end()) read_position(record_, event.place, message_);
    event.readings.push_back(made.reading);
  }

  void read_door(const Value& value, const Instant& occurred) {
    const auto open = door_is_open(value.text);
    if (!open) return note(message_, Severity::error, "land.value", open.error().text(), value.at, value.offset);
    add_event(occurred).milestone = *open ? Milestone::door_opened : Milestone::door_closed;
  }

  void say_unknown(const Record& item, const MadeReading& made) {
    const std::string& at = item.at;
    if (made.reading.kind.empty())
      note(message_, Severity::error, "land.missing", "a reading needs its kind: temperature, humidity, shock, light, door, …", at,
           item.offset);
    else if (!made.kind_known)
      note(message_, Severity::info, "land.reading_kind", quoted(made.reading.kind) + " is not a known kind of reading; kept as sent", at,
           item.offset);
    else if (made.unit == UnitKnown::assumed)
      note(message_, Severity::warning, "land.unit", "no unit; read as " + made.reading.unit, at, item.offset);
    else if (made.unit == UnitKnown::no)
      note(message_, Severity::warning, "land.unit",
           quoted(made.reading.unit) + " is not a unit of " + made.reading.kind + "; kept as sent", at, item.offset);
  }

  void too_many() {
    error(Member::type, "land.too_many",
          "a message makes at most " + std::to_string(limits::kLandEventsPerMessageMax) + " events; send it in parts");
  }

  void finish() {
    split();
    if (!message_.ok) return;
    name_events();
    for (const Event& event : events_)
      if (const auto valid = validate(event); !valid) return error(Member::type, "land.message", valid.error().text());
    message_.document = base_.source.document;
    message_.references = base_.references;
    message_.parties = base_.parties;
    message_.events = std::move(events_);
  }

  // One event for each container, and for each paper of which there are several.
  void split() {
    std::vector<Reference> shared, several;
    for (const Reference& reference : base_.references) {
      const bool splits = std::ranges::find(kOfOneConsignment, reference.kind()) != kOfOneConsignment.end() &&
                          std::ranges::count(base_.references, reference.kind(), &Reference::kind) > 1;
      (splits ? several : shared).push_back(reference);
    }
    if (several.empty()) return;
    if (several.size() * events_.size() > limits::kLandEventsPerMessageMax) return too_many();
    std::vector<Event> parts;
    parts.reserve(several.size() * events_.size());
    for (const Event& event : events_) {
      for (const Reference& own : several) {
        Event& part = parts.emplace_back(event);
        part.references = {own};
        part.references.insert(part.references.end(), shared.begin(), shared.end());
      }
    }
    events_ = std::move(parts);
  }

  // The sender's own number names the event; where there are several, with their place among them. What the model has no field for stays
  // with all of them where that is little, and with the first alone where it is much.
  void name_events() {
    const std::string_view id = record_.text(Member::message_id);
    const bool much = base_.original.size() * events_.size() > limits::kEventBytesMax;
    for (size_t i = 0; i < events_.size(); ++i) {
      Event& event = events_[i];
      if (much && i != 0) event.original.clear();
      if (id.empty())
        event.id = uuid_from_digest(content_digest(event));
      else
        event.id = events_.size() == 1 ? std::string(id) : std::string(id) + "/" + std::to_string(i + 1);
    }
    if (id.empty()) drop_repeats();
  }

  void drop_repeats() {
    std::vector<std::string> seen;
    std::erase_if(events_, [&](const Event& event) {
      const auto at = std::ranges::lower_bound(seen, event.id);
      if (at != seen.end() && *at == event.id) return true;
      seen.insert(at, event.id);
      return false;
    });
  }

  const Record& record_;
  DecodedMessage& message_;
  MomentReader moments_;
  Type type_ = Type::truck_job;
  const EventRow* what_ = nullptr;
  Event base_;
  std::vector<Event> events_;
};

}  // namespace

void map_record(const Record& record, DecodedMessage& message) { Mapper(record, message).map(); }

}  // namespace fairway::gateway::land
