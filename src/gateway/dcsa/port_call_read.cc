#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/bytes.h"
#include "base/json_scan.h"
#include "gateway/dcsa/placed_instant.h"
#include "gateway/dcsa/port_call.h"
#include "gateway/dcsa/port_call_codes.h"
#include "gateway/dcsa/told_list.h"

namespace fairway::gateway::dcsa {
namespace {

constexpr std::string_view kList = "events";
constexpr std::array<std::string_view, 6> kMarks = {"portCall", "terminalCall", "portCallService", "vessel", "timestamp", "movesForecasts"};

std::string in_quotes(std::string_view value) { return "\"" + legible(value, 48) + "\""; }

std::optional<double> number_from(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

class Reader {
 public:
  Reader(json::object object, const std::string& position, const NamedParty& receiver, DecodedMessage& message)
      : object_(std::move(object)), position_(position), receiver_(receiver), message_(message) {}

  void read() {
    read_claim();
    Event& event = message_.events.emplace_back();
    const std::string updated = text_at(object_, "eventUpdatedDateTime");
    event.id = uuid_from_digest(
        sha256("dcsaPortCall\n" + (message_.claim.identity.empty() ? message_.hash : message_.claim.identity) + "\n" + updated));
    if (const std::string id = text_at(object_, "eventID"); !id.empty() && id.size() <= limits::kIdentifierBytesMax) {
      event.source.document = id;
      erase_path(object_, "eventID");
    }
    read_texts(event);
    read_codes(event);
    read_times(event);
    read_reason(event);
    read_position(event);
    read_references(event);
    read_parties(event);
    if (!object_.empty()) event.original = "{\"" + std::string(kPortCallKept) + "\":" + json::serialize(object_) + "}";
  }

 private:
  void say(Severity severity, std::string_view path, std::string code, std::string what) {
    report(message_, {severity, std::move(code), std::move(what), 0, position_ + "/" + std::string(path), message_.offset});
  }
  void warn(std::string_view path, std::string code, std::string what) { say(Severity::warning, path, std::move(code), std::move(what)); }

  void read_claim() {
    const std::string id = text_at(object_, "eventID");
    if (id.empty()) return warn("eventID", "dcsa.event_id", "no eventID; one is derived from the content");
    if (!is_uuid(id)) warn("eventID", "dcsa.event_id", "an eventID is a UUID");
    message_.claim.identity = "PORTCALL\n" + id;
    if (const auto updated = parse_rfc3339(text_at(object_, "eventUpdatedDateTime"))) message_.claim.written_us = updated->micros;
  }

  void read_texts(Event& event) {
    for (const PortCallText& row : kPortCallTexts) {
      std::string_view path = row.text.path;
      if (text_at(object_, path).empty() && !row.older.empty()) path = row.older;
      std::string text = text_at(object_, path);
      if (text.empty()) continue;
      if (characters(text) > row.text.chars_max) warn(path, "dcsa.value", in_quotes(text) + " is longer than Port Call 2.0 allows");
      erase_path(object_, path);
      row.text.in(event) = std::move(text);
    }
    for (const MovedMember& row : kPortCallMoved) {
      const std::string text = text_at(object_, row.older);
      if (text.empty() || find_path(object_, row.path) != nullptr) continue;
      erase_path(object_, row.older);
      put_path(object_, row.path, json::string(text));
    }
    if (event.place.unlocode.empty()) event.place.unlocode = text_at(object_, "portCall/UNLocationCode");
    if (event.place.unlocode == text_at(object_, "portCall/UNLocationCode")) erase_path(object_, "portCall/UNLocationCode");
  }

  // The code at the path where it is one of the list; another stays where it is.
  template <size_t N>
  std::string code(std::string_view path, const std::array<std::string_view, N>& codes) {
    std::string text = text_at(object_, path);
    if (text.empty()) return text;
    if (!is_one_of(codes, text)) {
      warn(path, "dcsa.value", in_quotes(text) + " is no code of Port Call 2.0; kept as sent");
      return {};
    }
    erase_path(object_, path);
    return text;
  }

  void read_codes(Event& event) {
    constexpr std::string_view kService = "portCallService/portCallServiceTypeCode",
                               kEvent = "portCallService/portCallServiceEventTypeCode";
    PortCallCodes codes;
    const auto row = std::ranges::find(kPortCallServices, text_at(object_, kService), &ServiceRow::code);
    if (row != kPortCallServices.end()) {
      codes.service = row->code;
      erase_path(object_, kService);
    } else if (const std::string sent = text_at(object_, kService); sent.empty()) {
      warn(kService, "dcsa.missing", "the service is not named");
    } else {
      warn(kService, "dcsa.value", in_quotes(sent) + " is no code of Port Call 2.0; kept as sent");
    }
    codes.event = code(kEvent, kPortCallEvents);
    if (!codes.service.empty() && !codes.event.empty() && !is_one_of(row->events, codes.event))
      warn(kEvent, "dcsa.value", codes.event + " is no event of " + codes.service);
    codes.phase = code("portCallService/portCallPhaseTypeCode", kPortCallPhases);
    codes.classifier = code("timestamp/classifierCode", kPortCallClassifiers);
    for (const FlagRow& flag : kPortCallFlags) {
      const json::value* value = find_path(object_, flag.path);
      codes.*flag.flag = value != nullptr && value->is_bool() && value->get_bool();
    }
    const bool berth = codes.service == "BERTH" && codes.takes_place() && !codes.classifier.empty();
    event.milestone = berth && codes.event == "ARRI"   ? Milestone::arrived
                      : berth && codes.event == "DEPA" ? Milestone::departed
                                                       : Milestone::observed;
    // A request is no promise: it is the nearest to a plan that the model has, and REQ stays beside it.
    event.classifier =
        codes.classifier == "REQ" ? Classifier::planned : classifier_from_dcsa(codes.classifier).value_or(Classifier::planned);
    event.transport.mode = TransportMode::vessel;
    message_.type = codes.type();
    says_when_ = !codes.classifier.empty();
    is_moves_ = codes.service == "MOVES";
  }

  std::optional<Instant> instant(std::string_view path, const Event& event) {
    const std::string text = text_at(object_, path);
    if (text.empty()) return std::nullopt;
    auto parsed = parse_rfc3339(text);
    if (!parsed) {
      say(Severity::error, path, "dcsa.time", in_quotes(text) + " is not an RFC 3339 date-time");
      return std::nullopt;
    }
    if (parsed->zone == ZoneSource::assumed) {
      warn(path, "dcsa.time_zone", "a time without offset");
      parsed = placed(*parsed, text, event.place.unlocode);
    }
    return std::move(*parsed);
  }

  void read_times(Event& event) {
    constexpr std::string_view kWhen = "timestamp/serviceDateTime", kUpdated = "eventUpdatedDateTime";
    event.created = instant(kUpdated, event);
    if (event.created) erase_path(object_, kUpdated);
    const auto when = instant(kWhen, event);
    if (when && says_when_) erase_path(object_, kWhen);
    if (when) {
      event.occurred = *when;
      if (!says_when_) warn("timestamp/classifierCode", "dcsa.missing", "a time that is neither estimated, requested, planned nor actual");
      return;
    }
    if (!message_.ok) return;
    if (!event.created) return say(Severity::error, kWhen, "dcsa.time", "the event has no time");
    event.occurred = *event.created;
    if (!is_moves_) warn(kWhen, "dcsa.missing", "no time of the service; that of the event stands in for it");
    if (event.milestone == Milestone::observed) return;
    say(Severity::error, kWhen, "dcsa.time", "no serviceDateTime");
  }

  // The first of several codes is the event's reason; the list is kept with the others in it.
  void read_reason(Event& event) {
    constexpr std::string_view kCodes = "timestamp/delayReasonCodes";
    const json::value* value = find_path(object_, kCodes);
    const json::array* codes = value != nullptr ? value->if_array() : nullptr;
    if (codes == nullptr || codes->empty() || !codes->front().is_string()) return;
    const std::string reason(codes->front().get_string());
    if (reason.empty() || characters(reason) > kDelayReasonCharsMax) return;
    event.reason = reason;
    if (codes->size() == 1) erase_path(object_, kCodes);
  }

  // The texts stay as they were sent.
  void read_position(Event& event) {
    constexpr std::string_view kPosition = "portCallService/serviceLocation/geoCoordinate";
    if (find_path(object_, kPosition) == nullptr) return;
    const auto latitude = number_from(text_at(object_, std::string(kPosition) + "/latitude"));
    const auto longitude = number_from(text_at(object_, std::string(kPosition) + "/longitude"));
    if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180)
      return warn(kPosition, "dcsa.value", "not a position on earth; kept as sent");
    event.place.latitude = latitude;
    event.place.longitude = longitude;
  }

  void add(Event& event, Result<Reference> reference, std::string_view path) {
    if (!reference) return say(Severity::error, path, "dcsa.reference", reference.error().text());
    if (std::ranges::find(event.references, *reference) == event.references.end()) event.references.push_back(std::move(*reference));
  }

  void read_references(Event& event) {
    if (!event.transport.vessel_imo.empty())
      if (const auto vessel = Reference::make(ReferenceKind::vessel, event.transport.vessel_imo))
        event.transport.vessel_imo = vessel->value();
    for (auto& reference : references_of(event.transport))
      if (reference) add(event, std::move(*reference), "vessel");
    if (const std::string mmsi = text_at(object_, "vessel/vesselMMSINumber"); !mmsi.empty())
      add(event, Reference::make(ReferenceKind::vessel_mmsi, mmsi), "vessel/vesselMMSINumber");
    for (const char* path : {"portCall/portVisitReference", "terminalCall/terminalCallID", "portCall/portCallID"})
      if (const std::string call = text_at(object_, path); !call.empty())
        add(event, Reference::make(ReferenceKind::transport_call, call), path);
  }

  void name(Event& event, NamedParty party) {
    if (party.identifier.value.empty() || party.identifier.scheme.empty() || party.identifier.scheme == "ZZZ") return;
    if (std::ranges::find(event.parties, party) == event.parties.end()) event.parties.push_back(std::move(party));
  }

  // To whom it is addressed, and the carriers whose moves it forecasts.
  void read_parties(Event& event) {
    name(event, receiver_);
    const json::array* forecasts = array_of(object_, "movesForecasts");
    if (forecasts == nullptr) return;
    for (const json::value& item : *forecasts) {
      const json::object* forecast = item.if_object();
      if (forecast == nullptr || event.parties.size() >= kCarriersMax) continue;
      const std::string provider = to_upper(text_at(*forecast, "carrierCodeListProvider"));
      name(event, {"CA", {provider == "NMFTA" ? "SCAC" : provider, to_upper(text_at(*forecast, "carrierCode"))}, ""});
    }
  }

  static constexpr size_t kCarriersMax = 64;

  json::object object_;
  const std::string& position_;
  const NamedParty& receiver_;
  DecodedMessage& message_;
  bool says_when_ = false, is_moves_ = false;
};

// Whom {"fairway":{"receivingParty":"SMDG:OOL"}} names.
NamedParty receiver_of(std::string_view body) {
  const std::string_view ours = listed_under(body, "fairway");
  if (ours.empty() || ours.size() > limits::kTextBytesMax) return {};
  const auto parsed = parse_json(ours);
  if (!parsed || !parsed->is_object()) return {};
  const auto identifier = parse_party_identifier(text_at(parsed->get_object(), "receivingParty"));
  return identifier ? NamedParty{"MR", *identifier, ""} : NamedParty{};
}

}  // namespace

bool is_port_call(std::string_view bytes) {
  const std::string_view text = trim(without_byte_order_mark(bytes));
  const std::string_view events = text.starts_with('{') ? listed_under(text, kList) : std::string_view();
  if (!events.starts_with('[')) return false;
  bool is = false;
  // The first event that says what it is says it for all.
  const Status looked = each_json_element(events, [&](std::string_view slice) -> Status {
    bool other = false;
    const Status cut = each_json_member(slice, [&](std::string_view member, std::string_view) -> Status {
      is = is || is_one_of(kMarks, member);
      other = other || member == "eventClassification" || member == "eventType" || member == "isRetracted";
      return {};
    });
    is = is && cut && !other;
    return is || other ? fail(Code::invalid, "said") : Status();
  });
  static_cast<void>(looked);
  return is;
}

Status decode_port_call(std::string_view bytes, const std::function<void(DecodedMessage)>& sink) {
  const std::string_view text = trim(without_byte_order_mark(bytes));
  const NamedParty receiver = receiver_of(text);
  const auto tell = [&receiver](json::object object, const std::string& position, DecodedMessage& message) {
    Reader(std::move(object), position, receiver, message).read();
  };
  return decode_list(bytes, listed_under(text, kList), "/" + std::string(kList), kPortCallType, tell, sink);
}

}  // namespace fairway::gateway::dcsa
