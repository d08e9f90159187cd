// The event's JSON form: docs/reference/event.md. Written by hand into a string (hot path), read through simdjson's on-demand API.
#include <simdjson.h>

#include <array>
#include <concepts>
#include <optional>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "model/event.h"

namespace fairway {
namespace {

namespace ondemand = simdjson::ondemand;

// The members that are plain texts, in the order in which they are written.
template <typename Owner>
struct TextMember {
  std::string_view name;
  std::string Owner::* text;
};
constexpr std::array<TextMember<Place>, 5> kPlaceTexts = {{{"UNLocationCode", &Place::unlocode},
                                                           {"facilityCode", &Place::facility},
                                                           {"facilityCodeListProvider", &Place::facility_provider},
                                                           {"facilityTypeCode", &Place::facility_type},
                                                           {"name", &Place::name}}};
constexpr std::array<TextMember<Transport>, 9> kTransportTexts = {{{"vesselIMONumber", &Transport::vessel_imo},
                                                                   {"vesselName", &Transport::vessel_name},
                                                                   {"callSign", &Transport::call_sign},
                                                                   {"voyage", &Transport::voyage},
                                                                   {"importVoyage", &Transport::import_voyage},
                                                                   {"service", &Transport::service},
                                                                   {"carrier", &Transport::carrier},
                                                                   {"vehicle", &Transport::vehicle},
                                                                   {"transportCallID", &Transport::call_id}}};
constexpr std::array<TextMember<Seal>, 2> kSealTexts = {{{"number", &Seal::number}, {"source", &Seal::source}}};
constexpr std::array<TextMember<EquipmentFacts>, 2> kEquipmentTexts = {
    {{"ISOEquipmentCode", &EquipmentFacts::iso_code}, {"stowage", &EquipmentFacts::stowage}}};
constexpr std::array<TextMember<Source>, 6> kSourceTexts = {{{"format", &Source::format},
                                                             {"type", &Source::type},
                                                             {"interchange", &Source::interchange},
                                                             {"message", &Source::message},
                                                             {"document", &Source::document},
                                                             {"hash", &Source::hash}}};
constexpr std::array<TextMember<Event>, 5> kEventTexts = {{{"eventID", &Event::id},
                                                           {"documentTypeCode", &Event::document_type},
                                                           {"reason", &Event::reason},
                                                           {"remark", &Event::remark},
                                                           {"amends", &Event::amends}}};

template <typename Owner, size_t N>
void write_texts(JsonWriter& writer, const std::array<TextMember<Owner>, N>& members, const Owner& owner) {
  for (const TextMember<Owner>& member : members) writer.optional_member(member.name, owner.*member.text);
}

template <typename Number>
void write_number(JsonWriter& writer, std::string_view member, const std::optional<Number>& number) {
  if (number) writer.member(member, *number);
}

void write_instant(JsonWriter& writer, std::string_view member, const Instant& instant) {
  writer.key(member).begin_object().member("instant", to_rfc3339_utc(instant.micros));
  if (instant.offset_minutes != 0) writer.member("local", to_rfc3339(instant));
  writer.member("zone", name(instant.zone)).optional_member("text", instant.text).end_object();
}

void write_place(JsonWriter& writer, const Place& place) {
  if (place.empty()) return;
  writer.key("place").begin_object();
  write_texts(writer, kPlaceTexts, place);
  write_number(writer, "latitude", place.latitude);
  write_number(writer, "longitude", place.longitude);
  writer.end_object();
}

void write_references(JsonWriter& writer, const std::vector<Reference>& references) {
  writer.key("references").begin_array();
  for (const Reference& reference : references) {
    writer.begin_object().member("kind", name(reference.kind())).member("value", reference.value());
    if (reference.check() == ReferenceCheck::wrong_check_digit || reference.check() == ReferenceCheck::unusual_form)
      writer.member("flag", name(reference.check()));
    writer.end_object();
  }
  writer.end_array();
}

void write_transport(JsonWriter& writer, const Transport& t) {
  if (t.empty()) return;
  writer.key("transport").begin_object().optional_member("mode", name(t.mode));
  write_texts(writer, kTransportTexts, t);
  writer.end_object();
}

void write_equipment(JsonWriter& writer, const EquipmentFacts& e) {
  if (e == EquipmentFacts()) return;
  writer.key("equipment").begin_object().optional_member("ISOEquipmentCode", e.iso_code).optional_member("load", name(e.load));
  if (!e.seals.empty()) {
    writer.key("seals").begin_array();
    for (const Seal& seal : e.seals)
      writer.begin_object().member("number", seal.number).optional_member("source", seal.source).end_object();
    writer.end_array();
  }
  write_number(writer, "grossKg", e.gross_kg);
  write_number(writer, "tareKg", e.tare_kg);
  write_number(writer, "vgmKg", e.vgm_kg);
  writer.optional_member("stowage", e.stowage).end_object();
}

void write_parties(JsonWriter& writer, const std::vector<NamedParty>& parties) {
  if (parties.empty()) return;
  writer.key("parties").begin_array();
  for (const NamedParty& party : parties) {
    writer.begin_object().member("role", party.role).optional_member("scheme", party.identifier.scheme);
    writer.optional_member("code", party.identifier.value).optional_member("name", party.name).end_object();
  }
  writer.end_array();
}

void write_source(JsonWriter& writer, const Source& s) {
  writer.key("source").begin_object().optional_member("format", s.format).optional_member("type", s.type);
  writer.optional_member("interchange", s.interchange).optional_member("message", s.message).optional_member("document", s.document);
  if (s.segment != 0) writer.member("segment", s.segment);
  if (s.offset != 0) writer.member("offset", s.offset);
  writer.optional_member("hash", s.hash).end_object();
}

// Everything but the source, which says where the claim stood and not what it is.
void write_claim(JsonWriter& writer, const Event& event) {
  writer.member("eventID", event.id).member("milestone", name(event.milestone)).member("classifier", name(event.classifier));
  write_instant(writer, "occurred", event.occurred);
  if (event.created) write_instant(writer, "created", *event.created);
  if (!event.window.empty()) append_json(writer.key("window"), event.window);
  write_place(writer, event.place);
  write_references(writer, event.references);
  write_transport(writer, event.transport);
  write_equipment(writer, event.equipment);
  if (event.cargo != CargoFacts()) append_json(writer.key("cargo"), event.cargo);
  if (!event.readings.empty()) append_json(writer.key("readings"), event.readings);
  writer.optional_member("documentTypeCode", event.document_type);
  write_parties(writer, event.parties);
  writer.optional_member("reason", event.reason).optional_member("remark", event.remark);
  if (event.amendment != Amendment::none) writer.member("amendment", name(event.amendment)).member("amends", event.amends);
  if (!event.original.empty()) writer.key("original").raw(event.original);
}

std::unexpected<Error> not_json(simdjson::error_code code) {
  return fail(Code::invalid, "an event that is not JSON", simdjson::error_message(code));
}

// Takes what was found; false where the value is of another type, which counts as absent.
template <typename Value>
Result<bool> take(simdjson::simdjson_result<Value> found, Value& out) {
  const auto error = std::move(found).get(out);
  if (error == simdjson::INCORRECT_TYPE) return false;
  if (error) return not_json(error);
  return true;
}

// A string's text, unescaped, or "". Valid until the next document.
Result<std::string_view> text_in(ondemand::value& value) {
  std::string_view text;
  TRY(take(value.get_string(), text));
  return text;
}

Status read_text(ondemand::value& value, std::string& out) {
  std::string_view text;
  if (TRY(take(value.get_string(), text))) out = text;
  return {};
}

Status read_number(ondemand::value& value, std::optional<double>& out) {
  double number = 0;
  if (TRY(take(value.get_double(), number))) out = number;
  return {};
}

Status read_number(ondemand::value& value, std::optional<uint32_t>& out) {
  uint64_t number = 0;
  if (TRY(take(value.get_uint64(), number)) && number <= UINT32_MAX) out = static_cast<uint32_t>(number);
  return {};
}

template <std::unsigned_integral Number>
Status read_number(ondemand::value& value, Number& out) {
  uint64_t number = 0;
  if (TRY(take(value.get_uint64(), number))) out = static_cast<Number>(number);
  return {};
}

template <typename Enum>
Status read_name(ondemand::value& value, Result<Enum> (*from)(std::string_view), Enum& out) {
  out = TRY(from(TRY(text_in(value))));
  return {};
}

// Calls `visit` with the name and value of each member, in the order in which they stand. A value that is no object has none.
template <typename Visit>
Status each_member(ondemand::value& value, Visit visit) {
  ondemand::object object;
  if (!TRY(take(value.get_object(), object))) return {};
  for (auto field : object) {
    if (field.error()) return not_json(field.error());
    std::string_view name;
    if (const auto bad = field.unescaped_key().get(name)) return not_json(bad);
    ondemand::value inner = field.value().value_unsafe();
    TRY_OK(visit(name, inner));
  }
  return {};
}

template <typename Visit>
Status each_element(ondemand::value& value, Visit visit) {
  ondemand::array array;
  if (!TRY(take(value.get_array(), array))) return {};
  for (auto element : array) {
    if (element.error()) return not_json(element.error());
    ondemand::value inner = element.value_unsafe();
    TRY_OK(visit(inner));
  }
  return {};
}

// The member's text goes where the table says; false where the table has no such member.
template <typename Owner, size_t N>
Result<bool> read_listed(const std::array<TextMember<Owner>, N>& members, std::string_view name, ondemand::value& value, Owner& owner) {
  for (const TextMember<Owner>& member : members) {
    if (member.name != name) continue;
    TRY_OK(read_text(value, owner.*member.text));
    return true;
  }
  return false;
}

template <typename Owner, size_t N>
Status read_texts(const std::array<TextMember<Owner>, N>& members, ondemand::value& value, Owner& owner) {
  return each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    TRY(read_listed(members, name, inner, owner));
    return {};
  });
}

Result<Instant> read_instant(ondemand::value& value) {
  std::string_view point, local;
  Instant instant;
  TRY_OK(each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "instant") point = TRY(text_in(inner));
    if (name == "local") local = TRY(text_in(inner));
    if (name == "zone") return read_name(inner, zone_source_from, instant.zone);
    if (name == "text") return read_text(inner, instant.text);
    return {};
  }));
  instant.micros = TRY(parse_rfc3339(point)).micros;
  if (!local.empty()) instant.offset_minutes = TRY(parse_rfc3339(local)).offset_minutes;
  return instant;
}

Status read_window(ondemand::value& value, Window& window) {
  return each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "begins") window.begins = TRY(read_instant(inner));
    if (name == "ends") window.ends = TRY(read_instant(inner));
    return {};
  });
}

Status read_reference(ondemand::value& value, std::vector<Reference>& references) {
  std::optional<ReferenceKind> kind;
  std::string_view text;
  TRY_OK(each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "kind") kind = TRY(reference_kind_from(TRY(text_in(inner))));
    if (name == "value") text = TRY(text_in(inner));
    return {};
  }));
  if (!kind) return fail(Code::invalid, "a reference without its kind");
  references.push_back(TRY(Reference::make(*kind, text)));
  return {};
}

Status read_party(ondemand::value& value, std::vector<NamedParty>& parties) {
  NamedParty& party = parties.emplace_back();
  return each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "role") return read_text(inner, party.role);
    if (name == "scheme") return read_text(inner, party.identifier.scheme);
    if (name == "code") return read_text(inner, party.identifier.value);
    if (name == "name") return read_text(inner, party.name);
    return {};
  });
}

Status read_transport(ondemand::value& value, Transport& transport) {
  return each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "mode") return read_name(inner, transport_mode_from, transport.mode);
    TRY(read_listed(kTransportTexts, name, inner, transport));
    return {};
  });
}

Status read_equipment(ondemand::value& value, EquipmentFacts& equipment) {
  return each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "load") return read_name(inner, load_from, equipment.load);
    if (name == "seals")
      return each_element(inner, [&](ondemand::value& seal) { return read_texts(kSealTexts, seal, equipment.seals.emplace_back()); });
    if (name == "grossKg") return read_number(inner, equipment.gross_kg);
    if (name == "tareKg") return read_number(inner, equipment.tare_kg);
    if (name == "vgmKg") return read_number(inner, equipment.vgm_kg);
    TRY(read_listed(kEquipmentTexts, name, inner, equipment));
    return {};
  });
}

Status read_place(ondemand::value& value, Place& place) {
  return each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "latitude") return read_number(inner, place.latitude);
    if (name == "longitude") return read_number(inner, place.longitude);
    TRY(read_listed(kPlaceTexts, name, inner, place));
    return {};
  });
}

Status read_cargo(ondemand::value& value, CargoFacts& cargo) {
  return each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "pieces") return read_number(inner, cargo.pieces);
    if (name == "totalPieces") return read_number(inner, cargo.total_pieces);
    if (name == "grossKg") return read_number(inner, cargo.gross_kg);
    if (name == "volumeM3") return read_number(inner, cargo.volume_m3);
    return {};
  });
}

Status read_reading(ondemand::value& value, std::vector<Reading>& readings) {
  Reading& reading = readings.emplace_back();
  std::optional<double> measured;
  TRY_OK(each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "kind") return read_text(inner, reading.kind);
    if (name == "value") return read_number(inner, measured);
    if (name == "unit") return read_text(inner, reading.unit);
    if (name == "low") return read_number(inner, reading.low);
    if (name == "high") return read_number(inner, reading.high);
    return {};
  }));
  reading.value = measured.value_or(0);
  return {};
}

Status read_source(ondemand::value& value, Source& source) {
  return each_member(value, [&](std::string_view name, ondemand::value& inner) -> Status {
    if (name == "segment") return read_number(inner, source.segment);
    if (name == "offset") return read_number(inner, source.offset);
    TRY(read_listed(kSourceTexts, name, inner, source));
    return {};
  });
}

// The object as it stands in the text, so that no number changes its form; anything but an object counts as absent.
Status read_original(ondemand::value& value, std::string& out) {
  ondemand::object object;
  if (!TRY(take(value.get_object(), object))) return {};
  std::string_view raw;
  if (const auto cut = object.raw_json().get(raw)) return not_json(cut);
  TRY(parse_json(raw));  // simdjson has not looked inside
  out = raw;
  return {};
}

// What an event cannot be without.
struct Met {
  bool milestone = false, classifier = false, occurred = false;
};

Status read_member(std::string_view name, ondemand::value& value, Event& event, Met& met) {
  if (name == "milestone") return met.milestone = true, read_name(value, milestone_from, event.milestone);
  if (name == "classifier") return met.classifier = true, read_name(value, classifier_from, event.classifier);
  if (name == "occurred") {
    met.occurred = true;
    event.occurred = TRY(read_instant(value));
    return {};
  }
  if (name == "created") {
    event.created = TRY(read_instant(value));
    return {};
  }
  if (name == "window") return read_window(value, event.window);
  if (name == "place") return read_place(value, event.place);
  if (name == "references") return each_element(value, [&](ondemand::value& item) { return read_reference(item, event.references); });
  if (name == "transport") return read_transport(value, event.transport);
  if (name == "equipment") return read_equipment(value, event.equipment);
  if (name == "cargo") return read_cargo(value, event.cargo);
  if (name == "readings") return each_element(value, [&](ondemand::value& item) { return read_reading(item, event.readings); });
  if (name == "parties") return each_element(value, [&](ondemand::value& item) { return read_party(item, event.parties); });
  if (name == "amendment") return read_name(value, amendment_from, event.amendment);
  if (name == "source") return read_source(value, event.source);
  if (name == "original") return read_original(value, event.original);
  TRY(read_listed(kEventTexts, name, value, event));
  return {};
}

Result<Event> read_event(ondemand::document& document) {
  ondemand::value top;
  if (document.get_value().get(top)) return fail(Code::invalid, "an event is not a JSON object");
  Event event;
  Met met;
  TRY_OK(each_member(top, [&](std::string_view name, ondemand::value& value) { return read_member(name, value, event, met); }));
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return fail(Code::invalid, "text after an event", event.id);
  if (!met.milestone || !met.classifier) return fail(Code::invalid, "an event needs a milestone and a classifier", event.id);
  if (!met.occurred) return fail(Code::invalid, "an event needs the time it occurred", event.id);
  return event;
}

// One parser a thread: it keeps its tables from one event to the next.
struct Parser {
  ondemand::parser simd;
  std::string padded;
};

}  // namespace

void append_json(JsonWriter& writer, const CargoFacts& cargo) {
  writer.begin_object();
  write_number(writer, "pieces", cargo.pieces);
  write_number(writer, "totalPieces", cargo.total_pieces);
  write_number(writer, "grossKg", cargo.gross_kg);
  write_number(writer, "volumeM3", cargo.volume_m3);
  writer.end_object();
}

void append_json(JsonWriter& writer, const std::vector<Reading>& readings) {
  writer.begin_array();
  for (const Reading& reading : readings) {
    writer.begin_object().member("kind", reading.kind).member("value", reading.value).optional_member("unit", reading.unit);
    write_number(writer, "low", reading.low);
    write_number(writer, "high", reading.high);
    writer.end_object();
  }
  writer.end_array();
}

void append_json(JsonWriter& writer, const Window& window) {
  writer.begin_object();
  if (window.begins) write_instant(writer, "begins", *window.begins);
  if (window.ends) write_instant(writer, "ends", *window.ends);
  writer.end_object();
}

void append_json(std::string& out, const Event& event) {
  JsonWriter writer(out);
  writer.begin_object();
  write_claim(writer, event);
  write_source(writer, event.source);
  writer.end_object();
}

std::string to_json(const Event& event) {
  std::string out;
  out.reserve(1024);
  append_json(out, event);
  return out;
}

Result<Event> event_from_json(std::string_view text) {
  thread_local Parser parser;
  parser.padded.assign(text).append(simdjson::SIMDJSON_PADDING, '\0');
  ondemand::document document;
  const simdjson::padded_string_view padded(parser.padded.data(), text.size(), parser.padded.size());
  if (const auto error = parser.simd.iterate(padded).get(document)) return not_json(error);
  return read_event(document);
}

// The source stands last: without it the object is the claim.
WrittenEvent write_event(const Event& event) {
  WrittenEvent written;
  std::string& json = written.json;
  json.reserve(1024);
  JsonWriter writer(json);
  writer.begin_object();
  write_claim(writer, event);
  json += '}';
  written.digest = sha256(json);
  json.pop_back();
  write_source(writer, event.source);
  writer.end_object();
  return written;
}

std::string content_digest(const Event& event) { return write_event(event).digest; }

}  // namespace fairway
