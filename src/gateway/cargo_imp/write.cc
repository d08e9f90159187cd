#include "gateway/cargo_imp/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/air/airport.h"
#include "gateway/air/dates.h"
#include "gateway/air/flight.h"
#include "gateway/air/status.h"
#include "gateway/cargo_imp/cargo_imp.h"
#include "gateway/cargo_imp/grammar.h"
#include "gateway/cargo_imp/message.h"

namespace fairway::gateway::cargo_imp {
namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr size_t kLineCharactersMax = 69;
constexpr size_t kReasonsMax = 20;

// As text may be: what is outside of the character set becomes a blank.
std::string plain(std::string_view text, size_t characters_max) {
  std::string out;
  for (const char c : to_upper(text)) {
    const bool allowed = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    if (allowed || (!out.empty() && out.back() != ' ')) out += allowed ? c : ' ';
  }
  out.resize(std::min(out.size(), characters_max));
  return std::string(trim(out));
}

std::unexpected<Error> unwritable(const Event& event, std::string_view what) {
  return fail(Code::invalid, "the event cannot be written as a status line", std::string(name(event.milestone)) + ": " + std::string(what));
}

// The event's own local time at the airport.
std::string date_of(const CivilTime& civil) { return fmt::format("{:02}{}", civil.day, air::month_name(civil.month)); }
std::string time_of(const CivilTime& civil) { return fmt::format("{:02}{:02}", civil.hour, civil.minute); }

// "T10K200.5": the whole, or "P4K80" a part of it.
std::optional<std::string> quantity_of(const CargoFacts& cargo) {
  constexpr uint32_t kPiecesMax = 9999;
  if (!cargo.pieces || *cargo.pieces > kPiecesMax) return std::nullopt;
  const bool is_part = cargo.total_pieces && *cargo.total_pieces != *cargo.pieces;
  std::string text = (is_part ? "P" : "T") + std::to_string(*cargo.pieces);
  if (cargo.gross_kg && std::isfinite(*cargo.gross_kg) && *cargo.gross_kg >= 0 && *cargo.gross_kg < 1e7) {
    std::string weight = fmt::format("{:.3f}", *cargo.gross_kg);
    weight.erase(weight.find_last_not_of('0') + 1);
    if (weight.ends_with('.')) weight.pop_back();
    text += "K" + weight;
  }
  return text;
}

// The flight and its date of departure out of the reference "CX831/2026-11-23"; numbers have at least three digits.
struct FlightOn {
  std::string designation, date;
};
std::optional<FlightOn> flight_of(const Event& event) {
  const Reference* reference = event.reference(ReferenceKind::flight);
  if (reference == nullptr) return std::nullopt;
  const std::string& value = reference->value();
  const size_t slash = value.find('/');
  const auto flight = air::read_flight(std::string_view(value).substr(0, slash));
  const auto date = slash == value.npos ? fail(Code::invalid, "no date") : parse_rfc3339(value.substr(slash + 1) + "T00:00:00Z");
  if (!flight || !date) return std::nullopt;
  const bool suffix = flight->number.back() >= 'A';
  const size_t digits = flight->number.size() - (suffix ? 1 : 0);
  const std::string padding(digits < 3 ? 3 - digits : 0, '0');
  return FlightOn{flight->carrier + padding + flight->number, date_of(civil_of(date->micros, 0))};
}

// The place that the flight goes to or comes from is no field of an event: the waybill's own destination stands for it.
Result<std::string> status_line(const Event& event, std::string_view destination) {
  const air::StatusRow* row = air::status_of(event.milestone, event.classifier);
  if (row == nullptr) return unwritable(event, "it has no status code");
  const std::string_view airport = air::iata_of(event.place);
  const auto quantity = quantity_of(event.cargo);
  if (airport.size() != 3) return unwritable(event, "its place is no airport known by its IATA code");
  if (!quantity) return unwritable(event, "the count of its pieces is not known");
  const CivilTime local = civil_of(event.occurred.micros, event.occurred.offset_minutes);
  const std::string moment = date_of(local) + time_of(local) + "/" + std::string(airport) + "/";
  if (row->timing == air::Timing::moment) {
    const bool other_carrier = row->code == "RCT" || row->code == "TFD";
    const bool off_flight = row->code == "RCF" || row->code == "ARR" || row->code == "AWR" || row->code == "DIS";
    std::string line = std::string(row->code) + "/";
    const auto carrier = std::ranges::find(event.parties, std::string_view("CA"), &NamedParty::role);
    if (other_carrier && carrier == event.parties.end()) return unwritable(event, "the other carrier is not named");
    if (other_carrier) line += carrier->identifier.value + "/";
    if (off_flight) line += (air::read_flight(event.transport.vehicle) ? event.transport.vehicle : std::string()) + "/";
    line += moment;
    if (row->code == "DIS" && event.reason.size() != 4) return unwritable(event, "the discrepancy's code is not known");
    if (row->code == "DIS") line += event.reason + "/";
    return line + *quantity;
  }
  const auto flight = flight_of(event);
  if (row->code == "TRM") return unwritable(event, "planned transfers are not written");
  if (!flight) return unwritable(event, "its flight is not known");
  if (destination.size() != 3) return unwritable(event, "the airport of its arrival is not known");
  std::string line = fmt::format("{}/{}/{}/{}{}/{}", row->code, flight->designation, flight->date, airport, destination, *quantity);
  const bool dated = row->timing == air::Timing::flight && date_of(local) == flight->date;
  if (dated) line += fmt::format("/{}{}", event.classifier == Classifier::actual ? "A" : "S", time_of(local));
  return line;
}

// The message as it was received, each line as it stands.
void append_echo(std::string& out, std::string_view received) {
  split(received, [&](MessageText text) {
    for (const Line& line : text.lines) out.append(line.text).append(kEnd);
  });
}

void append_reasons(std::string& out, std::span<const Refusal> refusals) {
  constexpr size_t kTag = 4;  // "ACK/"
  std::string_view tag = "ACK/";
  for (const Refusal& refusal : refusals) {
    for (const std::string& text : {plain(refusal.reason, kLineCharactersMax - kTag), plain(refusal.line, kLineCharactersMax - kTag)}) {
      if (text.empty()) continue;
      out.append(tag).append(text).append(kEnd);
      tag = "/";
    }
  }
  if (tag != "/") out.append("ACK/MESSAGE REFUSED").append(kEnd);
}

// Whether the message is itself an answer.
bool is_answer(const DecodedMessage& message) {
  const MessageKind* kind = find_message(std::string_view(message.type).substr(0, 3));
  return kind != nullptr && kind->answers;
}

// The line that the byte at `offset` stands in, as far as an answer can show it; lines longer than the limit are looked at in part.
std::string line_around(std::string_view received, uint64_t offset) {
  if (offset >= received.size()) return {};
  const size_t first = offset - std::min<size_t>(offset, limits::kCargoImpLineBytesMax);
  const size_t before = received.substr(first, offset - first).find_last_of("\r\n");
  const std::string_view rest = received.substr(before == received.npos ? first : first + before + 1, limits::kCargoImpLineBytesMax);
  return std::string(trim(rest.substr(0, std::min<size_t>(rest.find_first_of("\r\n"), kLineCharactersMax))));
}

std::vector<Refusal> refusals_of(const DecodedMessage& message, std::string_view received) {
  std::vector<Refusal> refusals;
  for (const Diagnostic& diagnostic : message.diagnostics) {
    if (diagnostic.severity != Severity::error || refusals.size() >= kReasonsMax) continue;
    refusals.push_back({diagnostic.message, line_around(received, diagnostic.offset)});
  }
  return refusals;
}

}  // namespace

Result<std::string> fsu(std::span<const Event> events, std::string_view origin, std::string_view destination) {
  if (events.empty()) return fail(Code::invalid, "a status message needs an event");
  const Reference* air_waybill = events.front().reference(ReferenceKind::air_waybill);
  constexpr size_t kPrefix = 3, kNumber = 11;
  if (air_waybill == nullptr || air_waybill->value().size() != kNumber || air_waybill->check() == ReferenceCheck::unusual_form)
    return fail(Code::invalid, "a status message needs an air waybill", air_waybill == nullptr ? "" : air_waybill->value());
  CargoFacts whole;
  for (const Event& event : events)
    if (!whole.pieces) whole.pieces = event.cargo.total_pieces ? event.cargo.total_pieces : event.cargo.pieces;
  const auto quantity = quantity_of(whole);
  if (!quantity) return unwritable(events.front(), "the count of its pieces is not known");
  std::string out = "FSU/15" + std::string(kEnd) + air_waybill->value().substr(0, kPrefix) + "-" + air_waybill->value().substr(kPrefix);
  out.append(origin).append(destination).append("/").append(*quantity).append(kEnd);
  for (const Event& event : events) {
    const Reference* own = event.reference(ReferenceKind::air_waybill);
    if (own == nullptr || *own != *air_waybill) return unwritable(event, "it names another air waybill");
    const std::string line = TRY(status_line(event, destination));
    if (line.size() > kLineCharactersMax) return unwritable(event, "its line is too long");
    out.append(line).append(kEnd);
    for (const Reference& reference : event.references)
      if (reference.kind() == ReferenceKind::unit_load_device) out.append("ULD/").append(plain(reference.value(), 11)).append(kEnd);
  }
  return out;
}

std::string fma(std::string_view received) {
  std::string out = "FMA" + std::string(kEnd) + "ACK/MESSAGE RECEIVED" + std::string(kEnd);
  append_echo(out, received);
  return out;
}

std::string fna(std::string_view received, std::span<const Refusal> refusals) {
  std::string out = "FNA" + std::string(kEnd);
  append_reasons(out, refusals);
  append_echo(out, received);
  return out;
}

Result<std::string> answer(std::string_view received, const Context& context) {
  std::string out;
  TRY_OK(decode_cargo_imp(received, context, [&](const DecodedMessage& message) {
    if (is_answer(message)) return;
    const std::string_view own = received.substr(message.offset, message.length);
    out += message.ok ? fma(own) : fna(own, refusals_of(message, received));
  }));
  if (out.empty()) return fail(Code::invalid, "answers are not answered", "the input holds nothing but FMA and FNA");
  return out;
}

}  // namespace fairway::gateway::cargo_imp
