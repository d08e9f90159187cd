#include "gateway/edifact/write/event_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/limits.h"
#include "gateway/edifact/messages/codes.h"
#include "gateway/edifact/messages/parts.h"
#include "gateway/edifact/write/values.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kStatusMessage = "IFTSTA", kStatusInformation = "23", kMainCarriage = "20", kInland = "1", kOriginal = "9";
constexpr std::array<std::string_view, 3> kTypes = {"COARRI", "CODECO", kStatusMessage};
constexpr size_t kReferencesMax = 9, kPartiesMax = 9;  // of one group, by the narrowest of the directories
constexpr size_t kPreviousMax = 35;                    // 1154 before D.99

std::string_view function_of(Amendment amendment) {
  return amendment == Amendment::retraction ? "1" : amendment == Amendment::correction ? "5" : kOriginal;
}

bool is_land(TransportMode mode) { return mode == TransportMode::truck || mode == TransportMode::rail || mode == TransportMode::barge; }

// Without its container or its voyage the rest of what is said would be of another: such an event is not written at all.
bool is_sayable(const Event& event) {
  constexpr size_t kEquipmentMax = 17, kVoyageMax = 17, kVesselMax = 9, kCarrierMax = 17;
  const auto fits = [](std::string_view value, size_t max) {
    return value.size() <= max && std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  };
  const Reference* equipment = event.reference(ReferenceKind::equipment);
  const Transport main = main_carriage(event);
  return (equipment == nullptr || fits(equipment->value(), kEquipmentMax)) && fits(main.voyage, kVoyageMax) &&
         fits(main.vessel_imo, kVesselMax) && fits(main.call_sign, kVesselMax) && fits(main.carrier, kCarrierMax) &&
         fits(event.amends, kPreviousMax);
}

// Whether the message can say that the event happened.
bool can_say(const Event& event, std::string_view type, const Profile& profile) {
  if (event.classifier != Classifier::actual || !is_sayable(event)) return false;
  if (event.amendment != Amendment::none && event.amends.empty()) return false;
  if (type == kStatusMessage) return !status_code_of(event.milestone).empty() && !event.references.empty();
  return report_codes(profile, type, event.milestone).has_value() && event.reference(ReferenceKind::equipment) != nullptr;
}

void append_key(std::string& key, std::string_view part) { key.append(part) += '\x1F'; }

// What stands in the header of a message: events that agree in it share one.
std::string header_key(const Event& event, std::string_view type) {
  std::string key;
  append_key(key, name(event.amendment));
  append_key(key, event.amends);
  if (type == kStatusMessage) return key;
  append_key(key, name(event.milestone));
  if (type == "COARRI")
    for (const std::string* part : {&event.place.unlocode, &event.place.facility, &event.place.facility_provider, &event.place.name})
      append_key(key, *part);
  const Transport main = main_carriage(event);
  for (const std::string* part : {&main.vessel_imo, &main.call_sign, &main.vessel_name, &main.voyage, &main.carrier})
    append_key(key, *part);
  append_key(key, name(main.mode));
  for (const NamedParty& party : event.parties)
    if (!is_of_envelope(party)) append_key(key, party.role + party.identifier.key() + party.name);
  return key;
}

using Group = std::vector<const Event*>;

class Composer {
 public:
  Composer(std::string_view type, const Profile& profile, const OutgoingInterchange& outgoing, WrittenMessages& out)
      : type_(type), profile_(profile), outgoing_(outgoing), out_(out) {}

  Result<std::string> compose(const std::vector<Group>& groups, std::string_view syntax) {
    Interchange head;
    head.syntax = syntax;
    head.sender = outgoing_.sender;
    head.recipient = outgoing_.recipient;
    const CivilTime& utc = outgoing_.utc;
    head.date = fmt::format("{:02}{:02}{:02}", utc.year % 100, utc.month, utc.day);
    head.time = fmt::format("{:02}{:02}", utc.hour, utc.minute);
    head.reference = outgoing_.reference;
    head.test = outgoing_.test;
    Writer writer({.set = character_set(syntax)});
    writer.begin_interchange(head);
    const Directory& directory = *find_tables(type_, "D", profile_.release, head.version).directory;
    Sheet sheet(writer, directory, out_.left_out);
    size_t number = 0;
    for (const Group& group : groups) {
      const auto codes = report_codes(profile_, type_, group.front()->milestone);
      const std::string_view association = codes ? codes->association : std::string_view();
      writer.begin_message(std::to_string(++number), {type_, "D", profile_.release, "UN", association});
      const std::string document = outgoing_.reference + "-" + std::to_string(number);
      sheet.about(group.front()->id);
      writer.segment("BGM", {codes ? codes->bgm_1001 : kStatusInformation, document, function_of(group.front()->amendment)});
      if (type_ == kStatusMessage)
        status_message(sheet, writer, group);
      else
        container_message(sheet, writer, group);
      writer.end_message();
    }
    return writer.end_interchange().finish();
  }

 private:
  [[nodiscard]] int64_t now() const { return micros_of(outgoing_.utc, 0).value_or(0); }

  void container_message(Sheet& sheet, Writer& writer, const Group& group) {
    const Event& first = *group.front();
    const Transport main = main_carriage(first);
    if (profile_.document_time) write_time(sheet, "137", now(), {});
    if (first.amendment != Amendment::none) sheet.add("previous document", "RFF", {{"ACW", first.amends}});
    if (type_ == "COARRI" || !main.empty()) write_stage(sheet, kMainCarriage, main);
    if (type_ == "COARRI") write_place(sheet, profile_, first.milestone == Milestone::loaded ? "9" : "11", first.place);
    parties_of_header(sheet, first);
    for (const Event* event : group) container(sheet, *event);
    writer.segment("CNT", {{"16", std::to_string(group.size())}});
  }

  // The directories want one party at least.
  void parties_of_header(Sheet& sheet, const Event& event) {
    const bool some = std::ranges::any_of(event.parties, [](const NamedParty& party) { return !is_of_envelope(party); });
    if (some && write_parties(sheet, event.parties, kPartiesMax) != 0) return;
    sheet.add("sender", "NAD", {"MS", {outgoing_.sender.id, "", "ZZZ"}});
  }

  void container(Sheet& sheet, const Event& event) {
    sheet.about(event.id);
    out_.events.push_back(event.id);
    write_equipment(sheet, event, {});
    write_references(sheet, event.references, kReferencesMax);
    write_time(sheet, type_ == "COARRI" ? "203" : "7", event.occurred.micros, event.place);
    if (type_ == "CODECO") write_place(sheet, profile_, "165", event.place);
    if (!event.equipment.stowage.empty()) sheet.add("stowage", "LOC", {"147", {event.equipment.stowage, "", "5"}});
    write_masses(sheet, event.equipment);
    write_seals(sheet, event.equipment);
    write_remark(sheet, event.remark);
    if (!event.reason.empty()) sheet.leave_out("reason " + event.reason);
    const bool on_leg = type_ == "CODECO" && is_land(event.transport.mode);
    if (on_leg) write_stage(sheet, kInland, event.transport);
    note_lost_transport(sheet, event, main_carriage(event), on_leg ? event.transport : Transport());
  }

  void status_message(Sheet& sheet, Writer& writer, const Group& group) {
    write_time(sheet, "137", now(), {});
    if (group.front()->amendment != Amendment::none) sheet.add("previous document", "RFF", {{"ACW", group.front()->amends}});
    size_t number = 0;
    for (const Event* event : group) status(sheet, writer, *event, ++number);
  }

  void status(Sheet& sheet, Writer& writer, const Event& event, size_t number) {
    sheet.about(event.id);
    out_.events.push_back(event.id);
    writer.segment("CNI", {std::to_string(number)});
    const std::string_view code = status_code_of(event.milestone);
    const bool lettered = code.front() >= 'A';
    const bool reasoned = !event.reason.empty() && sheet.fits("STS", {"1", {code}, {event.reason}});
    if (!event.reason.empty() && !reasoned) sheet.leave_out("reason " + event.reason);
    sheet.add("status", "STS", {"1", {code, "", lettered ? "182" : ""}, {reasoned ? std::string_view(event.reason) : std::string_view()}});
    write_references(sheet, event.references, kReferencesMax);
    write_time(sheet, "334", event.occurred.micros, event.place);
    write_remark(sheet, event.remark);
    write_parties(sheet, event.parties, kPartiesMax);
    write_place(sheet, profile_, "175", event.place);
    if (!event.transport.empty()) write_stage(sheet, is_land(event.transport.mode) ? kInland : kMainCarriage, event.transport);
    note_lost_transport(sheet, event, event.transport, event.transport);
    if (!event.equipment.stowage.empty()) sheet.leave_out("stowage " + event.equipment.stowage);
    if (event.reference(ReferenceKind::equipment) == nullptr) return;
    write_equipment(sheet, event, {});
    write_masses(sheet, event.equipment);
    write_seals(sheet, event.equipment);
  }

  // Vessel, voyage and vehicle are said by TDT alone: those that no TDT says are lost.
  static void note_lost_transport(Sheet& sheet, const Event& event, const Transport& main, const Transport& leg) {
    for (const Reference& reference : event.references) {
      const std::string& value = reference.value();
      const bool lost = (reference.kind() == ReferenceKind::vessel && value != main.vessel_imo && value != leg.vessel_imo) ||
                        (reference.kind() == ReferenceKind::voyage && value != voyage_key(main) && value != voyage_key(leg)) ||
                        (reference.kind() == ReferenceKind::vehicle && value != leg.vehicle);
      if (lost) sheet.leave_out("reference " + reference.key());
    }
    const bool second_box = std::ranges::count(event.references, ReferenceKind::equipment, &Reference::kind) > 1;
    if (second_box) sheet.leave_out("further containers");
  }

  std::string_view type_;
  const Profile& profile_;
  const OutgoingInterchange& outgoing_;
  WrittenMessages& out_;
};

}  // namespace

Result<WrittenMessages> write_events(std::span<const Event> events, std::string_view type, const Profile& profile,
                                     const OutgoingInterchange& outgoing) {
  if (std::ranges::find(kTypes, type) == kTypes.end())
    return fail(Code::unsupported, "this message is not written", std::string(type), "COARRI, CODECO or IFTSTA");
  if (events.size() > limits::kEdifactEventsWrittenMax)
    return fail(Code::too_large, "one interchange does not hold so many events", std::to_string(events.size()));
  WrittenMessages written;
  std::vector<Group> groups;
  std::map<std::string, size_t> group_of;
  std::vector<LeftOut> unsaid;
  for (const Event& event : events) {
    if (!can_say(event, type, profile)) {
      unsaid.push_back({event.id, ""});
      continue;
    }
    const auto [at, is_new] = group_of.emplace(header_key(event, type), groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(&event);
  }
  written.left_out = unsaid;
  if (groups.empty()) return written;
  Result<std::string> text = fail(Code::invalid, "nothing was written");
  // The narrowest character set that has everything.
  for (const std::string_view syntax : {"UNOA", "UNOB", "UNOC", "UNOY"}) {
    written.left_out = unsaid;
    written.events.clear();
    text = Composer(type, profile, outgoing, written).compose(groups, syntax);
    if (text) break;
  }
  if (!text) return std::unexpected(text.error());
  TRY_OK(check_written(*text));
  written.text = std::move(*text);
  written.messages = groups.size();
  return written;
}

}  // namespace fairway::gateway::edifact
