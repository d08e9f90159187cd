#include "journey/index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/bytes.h"

namespace fairway::journey {
namespace {

constexpr char kHeadVersion = 1;
constexpr char kDigestMark = '\x01';  // no reference holds control characters
constexpr size_t kHeadListMax = 4096;

// By ReferenceKind. Voyage, call and vehicle carry many consignments; a customer's own numbers are unique to nobody.
constexpr std::array<bool, kReferenceKinds> kJoins = {
    true,   // equipment
    true,   // booking
    true,   // transport_document
    true,   // house_document
    false,  // vessel
    false,  // voyage
    false,  // transport_call
    false,  // vehicle
    true,   // shipping_instruction
    false,  // forwarder_reference
    false,  // purchase_order
    false,  // customer_reference
    false,  // seal
    true,   // air_waybill
    true,   // house_air_waybill
    true,   // road_cargo_reference
    true,   // consignment
    true,   // declaration
    false,  // electronic_lock
    false,  // flight
    false,  // unit_load_device
    false,  // vessel_mmsi
    false,  // wagon
    true,   // epc
    false,  // sensor
    true,   // logistics_object
    true,   // transport_order
    false,  // facility
};

// Flags byte: classifier, amendment, load of two bits each, then these.
constexpr unsigned kHasDocument = 1u << 6;
constexpr unsigned kAmendsElsewhere = 1u << 7;

uint64_t fold(uint64_t a, uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t little_endian(const char* bytes, size_t count) {
  uint64_t word = 0;
  std::memcpy(&word, bytes, count);
  return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

void append_number(std::string& out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

void append_text(std::string& out, std::string_view text) {
  append_number(out, text.size());
  out += text;
}

std::string bounded(std::string_view value) {
  if (value.size() <= kTermValueBytesMax) return std::string(value);
  return kDigestMark + sha256(value);
}

char kind_byte(ReferenceKind kind) { return static_cast<char>('a' + static_cast<int>(kind)); }

std::string term_key(char prefix, ReferenceKind kind, std::string_view value) {
  std::string key;
  key.reserve(value.size() + 2);
  key += prefix;
  key += kind_byte(kind);
  key += value;
  return key;
}

void append_reference(std::string& out, const HeadReference& reference) {
  out += static_cast<char>(reference.kind);
  append_text(out, reference.value);
}

// Everything of a head before its references.
void append_claim(std::string& out, const EventHead& head) {
  unsigned flags =
      static_cast<unsigned>(head.classifier) | static_cast<unsigned>(head.amendment) << 2 | static_cast<unsigned>(head.load) << 4;
  if (head.document != 0) flags |= kHasDocument;
  if (head.amends_elsewhere) flags |= kAmendsElsewhere;
  out += kHeadVersion;
  out += static_cast<char>(flags);
  out += static_cast<char>(head.milestone);
  append_u64(out, static_cast<uint64_t>(head.occurred_us));
  append_u64(out, head.id);
  if (head.document != 0) append_u64(out, head.document);
  if (head.amendment != Amendment::none) {
    append_u64(out, head.amends);
    append_u64(out, static_cast<uint64_t>(head.created_us));
  }
  append_text(out, head.unlocode);
  append_text(out, head.facility);
  append_text(out, head.sender);
  append_number(out, head.named.size());
  for (const uint64_t named : head.named) append_u64(out, named);
}

// Reads forward and remembers the first failure, so that a caller checks once.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  uint8_t byte() {
    if (rest_.empty()) return fail_with(uint8_t{0});
    const auto value = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  uint64_t fixed() {
    if (rest_.size() < 8) return fail_with(uint64_t{0});
    const uint64_t value = read_u64(rest_.data());
    rest_.remove_prefix(8);
    return value;
  }
  uint64_t number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
      const uint8_t next = byte();
      value |= static_cast<uint64_t>(next & 0x7F) << shift;
      if ((next & 0x80) == 0) return value;
    }
    return fail_with(uint64_t{0});
  }
  std::string text() {
    const uint64_t size = number();
    if (size > rest_.size()) return fail_with(std::string());
    std::string value(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return value;
  }
  // The length of a list whose items take at least `item_bytes` each.
  size_t count(size_t item_bytes) {
    const uint64_t value = number();
    if (value > kHeadListMax || value * item_bytes > rest_.size()) return fail_with(size_t{0});
    return value;
  }
  void refuse() { ok_ = false; }
  [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }

 private:
  template <typename T>
  T fail_with(T value) {
    ok_ = false;
    rest_ = {};
    return value;
  }

  std::string_view rest_;
  bool ok_ = true;
};

template <typename Enum>
Enum enum_of(Cursor& cursor, unsigned value, unsigned last) {
  if (value > last) cursor.refuse();
  return static_cast<Enum>(std::min(value, last));
}

// Whether the reference at `index` stands earlier in the list already.
bool repeated(const std::vector<Reference>& references, size_t index) {
  const auto end = references.begin() + static_cast<ptrdiff_t>(index);
  return std::find(references.begin(), end, references[index]) != end;
}

EventHead claim_of(const Event& event, const PartyId& sender) {
  EventHead head;
  head.milestone = event.milestone;
  head.classifier = event.classifier;
  head.load = event.equipment.load;
  head.amendment = event.amendment;
  head.occurred_us = event.occurred.micros;
  head.id = hash64(event.id);
  if (!event.source.document.empty()) head.document = hash64(event.source.document);
  if (event.amendment != Amendment::none) {
    head.amends = hash64(event.amends);
    head.created_us = event.created ? event.created->micros : 0;
  }
  head.unlocode = bounded(event.place.unlocode);
  head.facility = bounded(event.place.facility);
  head.sender = sender;
  for (const NamedParty& party : event.parties)
    if (!party.identifier.value.empty() && head.named.size() < kNamedPartiesMax) head.named.push_back(name_hash(party.identifier));
  std::ranges::sort(head.named);
  head.named.erase(std::ranges::unique(head.named).begin(), head.named.end());
  return head;
}

// The list of references is written once; each term gets it without its own.
void append_reference_terms(std::vector<store::Term>& terms, const Event& event, const EventHead& claim) {
  std::string written, list;
  written.reserve(96);
  append_claim(written, claim);
  const std::vector<Reference>& references = event.references;
  std::vector<size_t> begin(references.size() + 1);
  size_t joining = 0;
  for (size_t i = 0; i < references.size(); ++i) {
    if (joins(references[i].kind()) && !repeated(references, i)) append_reference(list, head_reference(references[i])), ++joining;
    begin[i + 1] = list.size();
  }
  for (size_t i = 0; i < references.size(); ++i) {
    if (repeated(references, i)) continue;
    const bool own = begin[i] != begin[i + 1];
    store::Term& term = terms.emplace_back();
    term.key = reference_term(references[i]);
    term.value.reserve(written.size() + list.size() + 2);
    term.value = written;
    append_number(term.value, joining - (own ? 1 : 0));
    term.value.append(list, 0, begin[i]).append(list, begin[i + 1]);
  }
}

void append_transport_terms(std::vector<store::Term>& terms, const Event& event, const PartyId& sender) {
  if (!is_call(event)) return;
  std::string value;
  append_head(value, head_of(event, sender));
  for (const HeadReference& reference : transport_references(event)) terms.push_back({transport_term(reference), value});
  const Transport& t = event.transport;
  const auto add = [&](CallKey key, std::string_view text) {
    if (!text.empty()) terms.push_back({call_term(key, text), value});
  };
  add(CallKey::port, event.place.unlocode);
  add(CallKey::service, t.service);
  add(CallKey::voyage_number, t.voyage);
  if (to_upper(t.import_voyage) != to_upper(t.voyage)) add(CallKey::voyage_number, t.import_voyage);
  add(CallKey::vessel_name, t.vessel_name);
  add(CallKey::carrier, t.carrier);
}

void append_amendment_terms(std::vector<store::Term>& terms, const Event& event, const PartyId& sender,
                            std::span<const Reference> amended) {
  if (event.amendment == Amendment::none || amended.empty()) return;
  EventHead head = head_of(event, sender);
  head.amends_elsewhere = true;
  std::string value;
  append_head(value, head);
  for (const Reference& reference : amended)
    if (joins(reference.kind()) && std::ranges::find(event.references, reference) == event.references.end())
      terms.push_back({reference_term(reference), value});
}

}  // namespace

uint64_t hash64(std::string_view bytes) {
  constexpr uint64_t kFirst = 0x9E3779B97F4A7C15, kSecond = 0xD6E8FEB86659FD93;
  uint64_t state = kFirst ^ bytes.size();
  for (; bytes.size() > 8; bytes.remove_prefix(8)) state = fold(state ^ little_endian(bytes.data(), 8), kSecond) + kFirst;
  state = fold(state ^ little_endian(bytes.data(), bytes.size()), kSecond) + kFirst;
  return fold(state, kFirst);
}

bool joins(ReferenceKind kind) { return kJoins.at(static_cast<size_t>(kind)); }

HeadReference head_reference(const Reference& reference) { return {reference.kind(), bounded(reference.value())}; }

EventHead head_of(const Event& event, const PartyId& sender) {
  EventHead head = claim_of(event, sender);
  for (size_t i = 0; i < event.references.size(); ++i)
    if (joins(event.references[i].kind()) && !repeated(event.references, i)) head.references.push_back(head_reference(event.references[i]));
  return head;
}

void append_head(std::string& out, const EventHead& head) {
  append_claim(out, head);
  append_number(out, head.references.size());
  for (const HeadReference& reference : head.references) append_reference(out, reference);
}

Result<EventHead> decode_head(std::string_view bytes) {
  Cursor cursor(bytes);
  if (cursor.byte() != kHeadVersion) return fail(Code::invalid, "an event head of an unknown version");
  EventHead head;
  const unsigned flags = cursor.byte();
  head.classifier = enum_of<Classifier>(cursor, flags & 3, 2);
  head.amendment = enum_of<Amendment>(cursor, flags >> 2 & 3, 2);
  head.load = enum_of<Load>(cursor, flags >> 4 & 3, 2);
  head.amends_elsewhere = (flags & kAmendsElsewhere) != 0;
  head.milestone = enum_of<Milestone>(cursor, cursor.byte(), kMilestones - 1);
  head.occurred_us = static_cast<int64_t>(cursor.fixed());
  head.id = cursor.fixed();
  if ((flags & kHasDocument) != 0) head.document = cursor.fixed();
  if (head.amendment != Amendment::none) {
    head.amends = cursor.fixed();
    head.created_us = static_cast<int64_t>(cursor.fixed());
  }
  head.unlocode = cursor.text();
  head.facility = cursor.text();
  head.sender = cursor.text();
  head.named.resize(cursor.count(8));
  for (uint64_t& named : head.named) named = cursor.fixed();
  head.references.resize(cursor.count(2));
  for (HeadReference& reference : head.references) {
    reference.kind = enum_of<ReferenceKind>(cursor, cursor.byte(), kReferenceKinds - 1);
    reference.value = cursor.text();
  }
  if (!cursor.finished()) return fail(Code::invalid, "a damaged event head", std::to_string(bytes.size()) + " bytes");
  return head;
}

std::vector<store::Term> terms_of(const Event& event, const PartyId& sender, std::span<const Reference> amended) {
  std::vector<store::Term> terms;
  terms.reserve(event.references.size());
  append_reference_terms(terms, event, claim_of(event, sender));
  append_transport_terms(terms, event, sender);
  append_amendment_terms(terms, event, sender, amended);
  return terms;
}

std::string reference_term(const Reference& reference) {
  if (reference.value().size() > kTermValueBytesMax) return reference_term(head_reference(reference));
  return term_key('r', reference.kind(), reference.value());
}
std::string reference_term(const HeadReference& reference) { return term_key('r', reference.kind, reference.value); }
bool is_call(const Event& event) {
  return row(event.milestone).type == EventType::transport &&
         std::ranges::none_of(event.references, [](const Reference& reference) { return joins(reference.kind()); });
}

std::string transport_term(const HeadReference& reference) { return term_key('t', reference.kind, reference.value); }

std::string call_term(CallKey key, std::string_view value) {
  return std::string{'c', static_cast<char>('a' + static_cast<int>(key))} + bounded(to_upper(value));
}

std::vector<HeadReference> transport_references(const Event& event) {
  std::vector<HeadReference> out;
  const auto add = [&out](ReferenceKind kind, std::string_view raw) {
    const auto listed = [&](const HeadReference& known) { return known.kind == kind && known.value == raw; };
    if (std::ranges::any_of(out, listed)) return;
    if (const Result<Reference> made = Reference::make(kind, raw)) out.push_back(head_reference(*made));
  };
  for (const Reference& reference : event.references)
    if (reference.kind() == ReferenceKind::vessel || reference.kind() == ReferenceKind::voyage) out.push_back(head_reference(reference));
  const Transport& t = event.transport;
  if (!t.vessel_imo.empty()) add(ReferenceKind::vessel, t.vessel_imo);
  for (const std::string& voyage : {t.voyage, t.import_voyage})
    if (!voyage.empty() && !(t.vessel_imo.empty() && t.carrier.empty()))
      add(ReferenceKind::voyage, (t.vessel_imo.empty() ? t.carrier : t.vessel_imo) + "/" + voyage);
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

}  // namespace fairway::journey
