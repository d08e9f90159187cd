#include <algorithm>
#include <vector>

#include "base/bytes.h"
#include "gateway/dcsa/port_call.h"
#include "gateway/dcsa/port_call_codes.h"

namespace fairway::gateway::dcsa {
namespace {

constexpr std::string_view kNotSaid = "-";

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const size_t blank = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return words;
}

// An arrival or departure of a vessel that names no box and no paper.
bool is_vessel_call(const Event& event) {
  if (event.milestone != Milestone::arrived && event.milestone != Milestone::departed) return false;
  return std::ranges::none_of(event.references, [](const Reference& reference) {
    const ReferenceKind kind = reference.kind();
    return kind != ReferenceKind::vessel && kind != ReferenceKind::voyage && kind != ReferenceKind::transport_call &&
           kind != ReferenceKind::vessel_mmsi;
  });
}

json::object kept_of(const Event& event) {
  const auto parsed = event.original.empty() ? Result<json::value>(json::object()) : parse_json(event.original);
  const json::object* kept = parsed && parsed->is_object() ? object_of(parsed->get_object(), kPortCallKept) : nullptr;
  return kept == nullptr ? json::object() : *kept;
}

void put_text(json::object& out, std::string_view path, std::string_view text) {
  if (!text.empty()) put_path(out, path, json::string(text));
}

std::string event_id(const Event& event) {
  if (told_as_port_call(event) && !event.source.document.empty()) return event.source.document;
  const std::string& id = event.amendment == Amendment::none ? event.id : event.amends;
  return is_uuid(id) ? id : uuid_from_digest(sha256("event\n" + id));
}

void put_codes(json::object& out, const PortCallCodes& codes) {
  put_text(out, "portCallService/portCallServiceTypeCode", codes.service);
  put_text(out, "portCallService/portCallServiceEventTypeCode", codes.event);
  put_text(out, "portCallService/portCallPhaseTypeCode", codes.phase);
  put_text(out, "timestamp/classifierCode", codes.classifier);
  for (const FlagRow& row : kPortCallFlags)
    if (codes.*row.flag) put_path(out, row.path, true);
}

}  // namespace

std::string PortCallCodes::type() const {
  std::string out(kPortCallType);
  for (const std::string* code : {&service, &event, &classifier, &phase}) out.append(" ").append(code->empty() ? kNotSaid : *code);
  for (const FlagRow& row : kPortCallFlags)
    if (this->*row.flag) out.append(" ").append(row.word);
  return out;
}

bool told_as_port_call(const Event& event) { return event.source.type.starts_with(kPortCallType); }

PortCallCodes port_call_codes(const Event& event) {
  if (!told_as_port_call(event))
    return {"BERTH", event.milestone == Milestone::departed ? "DEPA" : "ARRI", std::string(dcsa_code(event.classifier)), "", {}, {}, {},
            {}};
  PortCallCodes codes;
  std::vector<std::string_view> words = words_of(std::string_view(event.source.type).substr(kPortCallType.size()));
  std::erase(words, "");
  std::string* const fields[] = {&codes.service, &codes.event, &codes.classifier, &codes.phase};
  for (size_t i = 0; i < words.size(); ++i) {
    if (i < std::size(fields)) {
      if (words[i] != kNotSaid) *fields[i] = words[i];
      continue;
    }
    for (const FlagRow& row : kPortCallFlags) codes.*row.flag = codes.*row.flag || row.word == words[i];
  }
  return codes;
}

bool is_port_call_event(const Event& event) {
  if (event.amendment == Amendment::retraction) return false;
  if (told_as_port_call(event)) return true;
  const TransportMode mode = event.transport.mode;
  return is_vessel_call(event) && !event.place.facility.empty() && (mode == TransportMode::vessel || mode == TransportMode::unknown);
}

json::object port_call_object(const Event& event, int64_t received_us) {
  json::object out;
  const PortCallCodes codes = port_call_codes(event);
  put_text(out, "eventID", event_id(event));
  put_text(out, "eventUpdatedDateTime", event.created ? to_rfc3339(*event.created) : to_rfc3339_utc(received_us));
  put_text(out, "portCall/UNLocationCode", event.place.unlocode);
  for (const PortCallText& row : kPortCallTexts)
    if (const std::string& text = row.text.in(event); characters(text) <= row.text.chars_max) put_text(out, row.text.path, text);
  if (const Reference* mmsi = event.reference(ReferenceKind::vessel_mmsi)) put_text(out, "vessel/vesselMMSINumber", mmsi->value());
  put_codes(out, codes);
  if (!codes.classifier.empty()) put_text(out, "timestamp/serviceDateTime", to_rfc3339(event.occurred));
  json::object kept = kept_of(event);
  if (!event.reason.empty() && characters(event.reason) <= kDelayReasonCharsMax && find_path(kept, "timestamp/delayReasonCodes") == nullptr)
    put_path(out, "timestamp/delayReasonCodes", json::array({json::value(event.reason)}));
  merge(out, kept);
  return out;
}

}  // namespace fairway::gateway::dcsa
