#include "gateway/edifact/messages/report.h"

#include <algorithm>

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kEnvelopeScheme = "UNB";

// UNCL 1225, as far as it changes what was said before.
Amendment amendment_of(std::string_view bgm_1225) {
  if (bgm_1225 == "1" || bgm_1225 == "3" || bgm_1225 == "17" || bgm_1225 == "50") return Amendment::retraction;
  if (bgm_1225 == "4" || bgm_1225 == "5" || bgm_1225 == "36") return Amendment::correction;
  return Amendment::none;
}

std::string key_of(const NamedParty& party) { return party.role + "\n" + party.identifier.key() + "\n" + party.name; }

void add_once(std::vector<NamedParty>& parties, const NamedParty& party) {
  if (parties.size() < limits::kReferencesPerEventMax && std::ranges::find(parties, party) == parties.end()) parties.push_back(party);
}

}  // namespace

Report::Report(const MessageHeader& header, DecodedMessage& out) : header_(header), out_(out), type_(type_of(header)) {
  add_envelope_party("MS", header_.interchange_sender);
  add_envelope_party("MR", header_.interchange_recipient);
}

void Report::add_envelope_party(std::string_view role, std::string_view id) {
  const std::string value = to_upper(trim(id));
  if (value.empty()) return;
  parties_.push_back({std::string(role), {std::string(kEnvelopeScheme), value}, {}});
  remember(parties_.back());
}

void Report::begin(const Segment& bgm) {
  code_ = trim(bgm.at(1, 1));
  out_.document = trim(bgm.at(2, 1));
  amendment_ = amendment_of(bgm.at(3));
  if (amendment_ != Amendment::none && out_.document.empty())
    note(Severity::warning, "edifact.amendment_without_document", "The message changes an earlier one but has no document number.",
         origin_of(bgm), "BGM/2/1");
}

void Report::header_segment(const Segment& segment, std::vector<Reference>& references, std::vector<StatedTime>& times) {
  if (segment.tag == "BGM") return begin(segment);
  if (segment.tag == "NAD") return add_party(segment);
  if (segment.tag == "RFF") return add_reference(references, segment);
  if (segment.tag != "DTM") return;
  StatedTime time = stated_time(segment);
  if (time.qualifier == "137") return set_document_time(std::move(time));
  gather(times, std::move(time), origin_of(segment));
}

void Report::check_cancellation() {
  if (!retracts() || !stated_nothing()) return;
  note(Severity::warning, "edifact.cancellation_without_subject", "The cancellation names nothing that it is about.", {2, 0});
}

void Report::add_party(const Segment& nad) { add_party(parties_, nad); }

void Report::add_party(std::vector<NamedParty>& parties, const Segment& nad) {
  const NamedParty party = read_party(nad);
  if (party.identifier.value.empty() && party.name.empty()) return;
  if (party.identifier.value.size() > limits::kIdentifierBytesMax || party.name.size() > limits::kTextBytesMax)
    return note(Severity::warning, "edifact.party_too_long", "A party's code or name is too long and was left out.", origin_of(nad),
                "NAD/2");
  if (parties.size() >= limits::kReferencesPerEventMax) return too_many(origin_of(nad));
  add_once(parties, party);
  remember(party);
}

void Report::add_reference(std::vector<Reference>& references, ReferenceKind kind, std::string_view raw, Origin at,
                           std::string_view position) {
  if (trim(raw).empty() || is_placeholder(raw)) return;
  auto reference = Reference::make(kind, raw);
  if (!reference) return note(Severity::warning, "edifact.bad_reference", reference.error().text(), at, position);
  if (std::ranges::find(references, *reference) != references.end()) return;
  if (references.size() >= limits::kReferencesPerEventMax) return too_many(at);
  if (!known_references_.contains(reference->key())) {
    if (reference->check() == ReferenceCheck::wrong_check_digit)
      note(Severity::warning, "edifact.wrong_check_digit", "The check digit of " + reference->value() + " is wrong; kept as sent.", at,
           position);
    if (reference->check() == ReferenceCheck::unusual_form)
      note(Severity::info, "edifact.unusual_reference", reference->value() + " has not the form of its standard; kept as sent.", at,
           position);
  }
  remember(*reference);
  references.push_back(*std::move(reference));
}

void Report::add_reference(std::vector<Reference>& references, const Segment& rff) {
  const std::string_view qualifier = rff.at(1, 1), value = rff.at(1, 2);
  if ((qualifier == "ACW" || qualifier == "AGO") && previous_.empty()) previous_ = trim(value);
  if (const auto kind = reference_kind_of(qualifier)) add_reference(references, *kind, value, origin_of(rff), "RFF/1/2");
}

void Report::add_references(std::vector<Reference>& references, const Transport& transport, Origin at) {
  add_reference(references, ReferenceKind::vessel, transport.vessel_imo, at, "TDT/8/1");
  add_reference(references, ReferenceKind::voyage, voyage_key(transport), at, "TDT/2/1");
}

std::optional<Instant> Report::time(const StatedTime& stated, const Place& place) {
  const Origin at{stated.segment, stated.offset};
  const auto read = read_time(stated, place.unlocode);
  if (!read) {
    note(Severity::warning, "edifact.bad_time", read.error().text(), at, "DTM/1/2");
    return std::nullopt;
  }
  if (read->format_wrong && !std::exchange(said_format_wrong_, true))
    note(Severity::warning, "edifact.time_format", "The time does not fit its format code; its length decided.", at, "DTM/1/3");
  if (read->instant.zone == ZoneSource::assumed && !std::exchange(said_no_zone_, true))
    note(Severity::info, "edifact.zone_assumed", "A time has no zone and its place has none known; UTC was assumed.", at, "DTM/1/2");
  return read->instant;
}

std::optional<Instant> Report::time_of(const std::vector<StatedTime>& group, const std::vector<StatedTime>& header,
                                       std::span<const std::string_view> qualifiers, const Place& place, Origin at) {
  for (const std::vector<StatedTime>* times : {&group, &header})
    if (const StatedTime* found = find_time(*times, qualifiers))
      if (auto instant = time(*found, place)) return instant;
  if (document_time_ && !document_time_->value.empty()) {
    if (auto instant = time(*document_time_, place)) {
      if (!std::exchange(said_document_time_, true))
        note(Severity::warning, "edifact.time_of_document", "No time of the event is given; the document's time stands for it.", at);
      return instant;
    }
  }
  note(Severity::error, "edifact.no_time", "No time is given, so that the event cannot be stated.", at);
  return std::nullopt;
}

void Report::state(Event event, Origin at) {
  event.amendment = amendment_;
  if (amendment_ != Amendment::none) event.amends = previous_.empty() ? out_.document : previous_;
  if (!event.created && document_time_)
    if (const auto created = read_time(*document_time_, event.place.unlocode)) event.created = created->instant;
  std::vector<NamedParty> parties = parties_;
  for (const NamedParty& party : event.parties) add_once(parties, party);
  event.parties = std::move(parties);
  event.id = identity_of(event);
  event.source = {out_.format, type_, header_.interchange, header_.reference, out_.document, at.segment, at.offset, {}};
  if (!stated_.insert(event.id).second) return;
  if (const Status valid = validate(event); !valid) return note(Severity::error, "edifact.event_refused", valid.error().text(), at);
  out_.events.push_back(std::move(event));
}

// A UUID from what the message says and not from its envelope, so that a message sent again in a new interchange repeats its
// events. An amendment says something new about the same thing: its whole claim goes in.
std::string Report::identity_of(const Event& event) const {
  const Reference* equipment = event.reference(ReferenceKind::equipment);
  std::string claim = header_.interchange_sender + "\n" + header_.type + "\n" + out_.document + "\n";
  if (equipment != nullptr)
    claim += equipment->key();
  else if (!event.references.empty())
    claim += event.references.front().key() + event.equipment.iso_code;
  claim += '\n';
  claim += name(event.milestone);
  claim += '\n';
  claim += name(event.classifier);
  claim += '\n' + to_rfc3339_utc(event.occurred.micros) + '\n' + event.place.key();
  if (identify_by_all_)
    for (const Reference& reference : event.references) claim += '\n' + reference.key();
  if (amendment_ != Amendment::none) claim += '\n' + content_digest(event);
  return uuid_from_digest(sha256(claim));
}

void Report::note(Severity severity, std::string_view code, std::string message, Origin at, std::string_view position) {
  report(out_, {severity, std::string(code), std::move(message), at.segment, std::string(position), at.offset});
}

void Report::remember(const Reference& reference) {
  if (known_references_.insert(reference.key()).second) out_.references.push_back(reference);
}

void Report::remember(const NamedParty& party) {
  if (known_parties_.insert(key_of(party)).second) out_.parties.push_back(party);
}

void Report::too_many(Origin at) {
  if (!std::exchange(said_too_many_, true))
    note(Severity::warning, "edifact.group_too_large", "A group holds more than an event can carry; the rest of it was left out.", at);
}

void add_each_once(std::vector<Reference>& list, const std::vector<Reference>& more) {
  for (const Reference& reference : more)
    if (list.size() < limits::kReferencesPerEventMax && std::ranges::find(list, reference) == list.end()) list.push_back(reference);
}

void inherit(std::vector<Reference>& narrow, const std::vector<Reference>& wide) {
  std::vector<Reference> inherited;
  for (const Reference& reference : wide)
    if (std::ranges::find(narrow, reference.kind(), &Reference::kind) == narrow.end()) inherited.push_back(reference);
  add_each_once(narrow, inherited);
}

}  // namespace fairway::gateway::edifact
