#include "filing/hold/hold.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "filing/life/json_parts.h"

namespace fairway::filing {
namespace {

constexpr std::array<std::string_view, 2> kKinds = {"detention", "inspection"};

struct StepRow {
  HoldStep step;
  std::string_view name;
  Milestone milestone;
};
constexpr std::array kSteps = {
    StepRow{HoldStep::placed, "placed", Milestone::customs_held},
    StepRow{HoldStep::acknowledged, "acknowledged", Milestone::hold_acknowledged},
    StepRow{HoldStep::released, "released", Milestone::customs_released},
};

int64_t when(const Hold& hold, HoldStep step) {
  if (step == HoldStep::placed) return hold.placed_us;
  if (step == HoldStep::released) return hold.released_us;
  return hold.acknowledgements.empty() ? hold.placed_us : hold.acknowledgements.back().at_us;
}

}  // namespace

std::string_view name(HoldKind kind) { return kKinds.at(static_cast<size_t>(kind)); }

Result<HoldKind> hold_kind_from(std::string_view text) {
  const auto* found = std::ranges::find(kKinds, text);
  if (found == kKinds.end()) return fail(Code::invalid, "not a kind of hold", legible(text), "detention or inspection");
  return static_cast<HoldKind>(found - kKinds.begin());
}

std::vector<Event> hold_events(const Hold& hold, HoldStep step) {
  const StepRow& row = *std::ranges::find(kSteps, step, &StepRow::step);
  const int64_t at_us = when(hold, step);
  std::vector<Event> events;
  for (const Reference& reference : hold.scope) {
    Event event;
    // Each acknowledgement is one of its own: its moment tells it from the others.
    event.id = uuid_from_digest(sha256(fmt::format("{}|{}|{}|{}", hold.id, row.name, at_us, reference.key())));
    event.milestone = row.milestone;
    event.occurred = {.micros = at_us};
    event.created = event.occurred;
    event.references = {reference};
    if (is_unlocode_form(hold.place))
      event.place.unlocode = hold.place;
    else
      event.place.name = hold.place;
    event.reason = hold.reason;
    event.source = {.format = "FAIRWAY", .type = "hold", .interchange = {}, .message = hold.id, .document = hold.notice, .hash = {}};
    events.push_back(std::move(event));
  }
  return events;
}

std::string to_json(const Hold& hold) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", hold.id).member("kind", name(hold.kind)).member("authority", hold.authority);
  writer.member("notice", hold.notice);
  append_references(writer, "scope", hold.scope);
  writer.optional_member("reason", hold.reason).optional_member("place", hold.place);
  append_texts(writer, "addressees", hold.addressees);
  writer.optional_member("text", hold.text).member("placed", hold.placed_us).key("acknowledgements").begin_array();
  for (const Acknowledgement& one : hold.acknowledgements)
    writer.begin_object().member("party", one.party).member("person", one.person).member("at", one.at_us).end_object();
  writer.end_array().member("released", hold.released_us).optional_member("releasedBy", hold.released_by);
  writer.optional_member("releaseText", hold.release_text).end_object();
  return out;
}

Result<Hold> hold_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a hold is a JSON object");
  Hold hold;
  hold.id = text_of(*object, "id");
  hold.kind = TRY(hold_kind_from(text_of(*object, "kind")));
  hold.authority = text_of(*object, "authority");
  hold.notice = text_of(*object, "notice");
  hold.scope = TRY(references_in(*object, "scope"));
  hold.reason = text_of(*object, "reason");
  hold.place = text_of(*object, "place");
  hold.addressees = texts_in(*object, "addressees");
  hold.text = text_of(*object, "text");
  hold.placed_us = integer_of(*object, "placed").value_or(0);
  TRY_OK(each_object(*object, "acknowledgements", [&](const json::object& item) -> Status {
    hold.acknowledgements.push_back(
        {std::string(text_of(item, "party")), std::string(text_of(item, "person")), integer_of(item, "at").value_or(0)});
    return {};
  }));
  hold.released_us = integer_of(*object, "released").value_or(0);
  hold.released_by = text_of(*object, "releasedBy");
  hold.release_text = text_of(*object, "releaseText");
  return hold;
}

}  // namespace fairway::filing
