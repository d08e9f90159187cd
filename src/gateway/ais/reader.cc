#include "gateway/ais/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/bytes.h"
#include "gateway/ais/destination.h"
#include "gateway/ais/layout.h"

namespace fairway::gateway::ais {
namespace {

constexpr std::string_view kFormat = "AIS";
constexpr int64_t kSecond = 1'000'000, kDay = 86'400 * kSecond;
constexpr int64_t kEarliest = 631'152'000, kLatest = 4'102'444'800;  // 1990 and 2100: what a TAG block may say
constexpr int64_t kPastMax = kDay;                                   // an arrival announced longer ago is none

DecodedMessage message_of(std::string text, uint64_t offset, uint64_t length) {
  DecodedMessage message;
  message.format = kFormat;
  message.type = kFormat;
  message.offset = offset;
  message.length = length;
  message.hash = to_hex(sha256(text));
  message.identity = message.hash;
  message.text = is_valid_utf8(text) ? std::move(text) : legible(text, kSentenceBytesMax * kPartsMax);
  return message;
}

void note(DecodedMessage& message, Severity severity, std::string code, std::string what) {
  report(message, {severity, std::move(code), std::move(what), 0, "", message.offset});
}

// The report says at which second of a minute it was taken, the receiver when it came: seconds later, or a little earlier by another
// clock. So all receivers of one report tell the same time.
int64_t taken_at(int64_t unix_s, uint8_t second) {
  constexpr int kAheadMax = 5;
  if (second > 59) return unix_s;
  int64_t apart = second - unix_s % 60;
  if (apart > kAheadMax) apart -= 60;
  if (apart <= kAheadMax - 60) apart += 60;
  return unix_s + apart;
}

std::string nine_digits(uint32_t mmsi) { return fmt::format("{:09}", mmsi); }

void add_reference(std::vector<Reference>& references, ReferenceKind kind, std::string_view value) {
  if (auto reference = Reference::make(kind, value); reference && std::ranges::find(references, *reference) == references.end())
    references.push_back(std::move(*reference));
}

// Degrees have no more digits than the report has.
double rounded(double degrees) { return std::round(degrees * 1e6) / 1e6; }

}  // namespace

void Reader::read(std::string_view line, uint64_t offset, std::optional<int64_t> received_s) {
  Kept& kept = lines_[++sentences_ % lines_.size()];
  kept.offset = offset;
  kept.text = line.substr(0, kSentenceBytesMax);
  const auto sentence = parse_sentence(line);
  if (!sentence) {
    refuse(sentence.error().message == "a wrong checksum" ? "ais.checksum" : "ais.sentence", sentence.error(), kept);
    return;
  }
  const auto whole = assembler_.add(*sentence, sentences_);
  tell_given_up();
  if (!whole) return refuse("ais.payload", whole.error(), kept);
  if (*whole == nullptr) return;
  if ((*whole)->parts == 1) return read_whole(**whole, kept, received_s);
  Kept all{UINT64_MAX, {}};
  for (size_t i = 0; i < (*whole)->parts; ++i) {
    const Kept& part = lines_[(*whole)->sentences[i] % lines_.size()];
    all.offset = std::min(all.offset, part.offset);
    all.text.append(i != 0 ? "\n" : "").append(part.text);
  }
  read_whole(**whole, all, received_s);
}

void Reader::finish() {
  assembler_.finish();
  tell_given_up();
}

void Reader::read_whole(const Assembled& whole, const Kept& text, std::optional<int64_t> received_s) {
  const uint64_t type = whole.bits.number(0, 6);
  const Report report = report_of(whole.bits);
  if (detail_ == Detail::worthy && std::holds_alternative<std::monostate>(report)) return;
  DecodedMessage message = message_of(text.text, text.offset, text.text.size());
  message.type = fmt::format("{} {}", kFormat, type);
  if (layout_of(whole.bits) == nullptr) {
    const std::string_view code = is_known_type(type) ? "ais.length" : "ais.type";
    note(message, Severity::error, std::string(code), fmt::format("a message of type {} and {} bits", type, whole.bits.size()));
    return give(std::move(message));
  }
  add_reference(message.references, ReferenceKind::vessel_mmsi, nine_digits(static_cast<uint32_t>(whole.bits.number(8, 30))));
  std::optional<int64_t> unix_s = whole.unix_s ? whole.unix_s : received_s;
  if (unix_s && (*unix_s < kEarliest || *unix_s >= kLatest)) {
    note(message, Severity::warning, "ais.time", fmt::format("a time that cannot be: {}", *unix_s));
    unix_s.reset();
  }
  if (const auto* position = std::get_if<PositionReport>(&report)) take_position(*position, unix_s, message);
  if (const auto* ship = std::get_if<ShipReport>(&report)) take_ship(*ship, unix_s, message);
  give(std::move(message));
}

void Reader::take_position(const PositionReport& report, std::optional<int64_t> unix_s, DecodedMessage& message) {
  if (!unix_s) return note(message, Severity::info, "ais.no_time", "no TAG block says when it was received; nothing is stated");
  const int64_t taken = taken_at(*unix_s, report.second);
  const Step step = tracks_.add(report, taken);
  if (step.doubt != Doubt::none) return doubt(step, report, message);
  if (step.keep || detail_ == Detail::all) {
    Event event = begin_event(Milestone::located, Classifier::actual, report.mmsi, taken * kSecond);
    if (report.type == 9) event.transport.mode = TransportMode::air;
    event.place.latitude = rounded(report.latitude_degrees());
    event.place.longitude = rounded(report.longitude_degrees());
    if (report.speed != PositionReport::kNoSpeed) event.readings.push_back({"speed", report.speed / 10.0, "KNT", {}, {}});
    if (report.course < PositionReport::kNoCourse) event.readings.push_back({"course", report.course / 10.0, "DD", {}, {}});
    state(std::move(event), message);
  }
  if (step.entered == nullptr || report.type == 9) return;
  Event event = begin_event(Milestone::arrived, Classifier::estimated, report.mmsi, taken * kSecond);
  event.place.unlocode = step.entered->unlocode;
  event.place.name = step.entered->name;
  event.reason = "port-area";
  state(std::move(event), message);
}

void Reader::doubt(const Step& step, const PositionReport& report, DecodedMessage& message) const {
  switch (step.doubt) {
    case Doubt::number:
      return note(message, Severity::warning, "ais.mmsi", nine_digits(report.mmsi) + " is no ship's number; nothing is stated");
    case Doubt::nowhere:
      if (report.longitude == 181 * kPerDegree && report.latitude == 91 * kPerDegree)
        return note(message, Severity::info, "ais.no_position", "the station does not know its position");
      return note(message, Severity::warning, "ais.position", "a position that is not on the globe");
    case Doubt::backward:
      return note(message, Severity::info, "ais.late", "a later position of this ship has been heard already; nothing is stated");
    case Doubt::jump:
      return note(message, Severity::warning, "ais.jump",
                  fmt::format("{:.0f} knots from the position before; nothing is stated until another agrees", step.knots));
    case Doubt::none: break;
  }
}

void Reader::take_ship(const ShipReport& report, std::optional<int64_t> unix_s, DecodedMessage& message) {
  if (!is_plausible_mmsi(report.mmsi))
    return note(message, Severity::warning, "ais.mmsi", nine_digits(report.mmsi) + " is no ship's number; nothing is stated");
  remember(report, message);
  if (report.type != 5) return;
  const std::string unlocode = unlocode_in(report.destination.view());
  if (unlocode.empty()) {
    if (!report.destination.view().empty())
      note(message, Severity::info, "ais.destination", "the destination is no UN/LOCODE: " + std::string(report.destination.view()));
    return;
  }
  if (!unix_s) return note(message, Severity::info, "ais.no_time", "no TAG block says when it was received; nothing is stated");
  const std::optional<int64_t> arrival = arrival_of(report, *unix_s * kSecond);
  if (!arrival) return note(message, Severity::info, "ais.no_eta", "there is no time of arrival, or none that is a date");
  if (*arrival < *unix_s * kSecond - kPastMax)
    return note(message, Severity::info, "ais.eta_past", "the time of arrival has passed: the voyage data are old");
  Event event = begin_event(Milestone::arrived, Classifier::estimated, report.mmsi, *arrival);
  event.place.unlocode = unlocode;
  event.reason = "voyage-data";
  event.remark = report.destination.view();
  state(std::move(event), message);
  if (detail_ == Detail::all || message.events.empty()) return;
  // Ships repeat their voyage every six minutes.
  Known& known = known_.at(report.mmsi);
  if (known.voyage == message.events.back().id)
    message.events.clear();
  else
    known.voyage = message.events.back().id;
}

void Reader::remember(const ShipReport& report, DecodedMessage& message) {
  Known& known = known_.at(report.mmsi);
  if (!report.name.view().empty()) known.name = report.name.view();
  if (!report.call_sign.view().empty()) known.call_sign = report.call_sign.view();
  if (report.imo == 0) return;
  const auto imo = Reference::make(ReferenceKind::vessel, std::to_string(report.imo));
  if (imo && imo->check() == ReferenceCheck::passed) {
    known.imo = imo->value();
    add_reference(message.references, ReferenceKind::vessel, known.imo);
  } else {
    note(message, Severity::warning, "ais.imo", std::to_string(report.imo) + " is no IMO number; left out");
  }
}

Event Reader::begin_event(Milestone milestone, Classifier classifier, uint32_t mmsi, int64_t micros) {
  Event event;
  event.milestone = milestone;
  event.classifier = classifier;
  event.occurred.micros = micros;
  event.transport.mode = TransportMode::vessel;
  add_reference(event.references, ReferenceKind::vessel_mmsi, nine_digits(mmsi));
  if (const Known* known = known_.find(mmsi)) {
    if (!known->imo.empty()) add_reference(event.references, ReferenceKind::vessel, known->imo);
    event.transport.vessel_imo = known->imo;
    event.transport.vessel_name = known->name;
    event.transport.call_sign = known->call_sign;
  }
  return event;
}

// The identity is what is said, so that the same report from two receivers, or the same voyage repeated, is one event.
void Reader::state(Event event, DecodedMessage& message) const {
  event.id = uuid_from_digest(sha256("ais/" + content_digest(event)));
  event.source.format = message.format;
  event.source.type = message.type;
  event.source.offset = message.offset;
  event.source.hash = message.hash;
  if (const Status valid = validate(event); !valid) return note(message, Severity::error, "ais.event", valid.error().text());
  for (const Reference& reference : event.references)
    if (std::ranges::find(message.references, reference) == message.references.end()) message.references.push_back(reference);
  message.events.push_back(std::move(event));
}

void Reader::tell_given_up() {
  for (const GivenUp& lost : assembler_.take_given_up()) {
    if (detail_ == Detail::worthy) continue;
    const Kept& first = lines_[lost.sentences[0] % lines_.size()];
    DecodedMessage message = message_of(first.text, first.offset, first.text.size());
    note(message, Severity::error, "ais.parts_missing", fmt::format("{} of {} parts came", lost.came, lost.parts));
    give(std::move(message));
  }
}

void Reader::refuse(std::string_view code, const Error& error, const Kept& line) {
  DecodedMessage message = message_of(line.text, line.offset, line.text.size());
  note(message, Severity::error, std::string(code), error.message + (error.detail.empty() ? "" : ": " + legible(error.detail)));
  give(std::move(message));
}

void Reader::give(DecodedMessage message) {
  if (detail_ == Detail::worthy && message.events.empty()) return;
  message.is_kept = !message.events.empty();  // most of what stations say to each other is for the moment
  sink_(std::move(message));
}

}  // namespace fairway::gateway::ais
