#include "gateway/dcsa/tnt2_fields.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "gateway/dcsa/tnt2_members.h"

namespace fairway::gateway::dcsa {
namespace {

namespace ondemand = simdjson::ondemand;

template <typename Owner>
struct Slot {
  std::string_view name;
  Text Owner::* text;
};

using E = EventFields;
constexpr std::array kEventSlots = {
    Slot<E>{"eventID", &E::id},
    Slot<E>{"eventType", &E::type},
    Slot<E>{"eventClassifierCode", &E::classifier},
    Slot<E>{"eventDateTime", &E::occurred},
    Slot<E>{"eventCreatedDateTime", &E::created},
    Slot<E>{"equipmentEventTypeCode", &E::equipment_code},
    Slot<E>{"transportEventTypeCode", &E::transport_code},
    Slot<E>{"shipmentEventTypeCode", &E::shipment_code},
    Slot<E>{"eventTypeCode", &E::any_code},
    Slot<E>{"documentID", &E::document_id},
    Slot<E>{"documentTypeCode", &E::document_type},
    Slot<E>{"shipmentInformationTypeCode", &E::information_type},
    Slot<E>{"equipmentReference", &E::equipment_reference},
    Slot<E>{"ISOEquipmentCode", &E::iso_code},
    Slot<E>{"emptyIndicatorCode", &E::empty_indicator},
    Slot<E>{"reason", &E::reason},
    Slot<E>{"delayReasonCode", &E::delay_reason},
    Slot<E>{"changeRemark", &E::remark},
    Slot<E>{"vesselScheduleChangeRemark", &E::schedule_remark},
    Slot<E>{"transportCallID", &E::call_id},
    Slot<E>{"correctsEventID", &E::corrects},
    Slot<E>{"retractsEventID", &E::retracts},
};

struct ListSlot {
  std::string_view name;
  std::vector<ItemFields> E::* items;
};
constexpr std::array kLists = {
    ListSlot{"documentReferences", &E::document_references},
    ListSlot{"references", &E::references},
    ListSlot{"seals", &E::seals},
    ListSlot{"parties", &E::parties},
};

using I = ItemFields;
constexpr std::array kItemSlots = {
    Slot<I>{"documentReferenceType", &I::type},
    Slot<I>{"documentReferenceValue", &I::value},
    Slot<I>{"referenceType", &I::type},
    Slot<I>{"referenceValue", &I::value},
    Slot<I>{"sealSource", &I::type},
    Slot<I>{"sealNumber", &I::value},
    Slot<I>{"role", &I::type},
    Slot<I>{"code", &I::value},
    Slot<I>{"name", &I::name},
    Slot<I>{"scheme", &I::scheme},
};

// In the order in which people write them.
constexpr std::array<std::string_view, 8> kAddressMembers = {"name",     "street", "streetNumber", "floor",
                                                             "postCode", "city",   "stateRegion",  "country"};

template <typename Owner, size_t N>
Text* find_slot(const std::array<Slot<Owner>, N>& slots, std::string_view name, Owner& owner) {
  for (const Slot<Owner>& slot : slots)
    if (slot.name == name) return &(owner.*slot.text);
  return nullptr;
}

template <typename Owner, size_t N>
Text* find_text(const std::array<TextMember<Owner>, N>& members, std::string_view name, std::array<Text, N>& texts) {
  for (size_t i = 0; i < N; ++i)
    if (members[i].name == name) return &texts[i];
  return nullptr;
}

std::unexpected<Error> not_json(simdjson::error_code code) { return fail(Code::invalid, "not JSON", simdjson::error_message(code)); }

// The token without the blanks that follow it.
std::string_view token_of(ondemand::value& value) { return trim(value.raw_json_token()); }

}  // namespace

std::string Path::pointer() const {
  std::string out = parent != nullptr ? parent->pointer() : std::string();
  if (parent == nullptr && name.empty()) return out;
  out += '/';
  if (name.empty()) return out += std::to_string(index);
  for (const char c : name) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

Status FieldReader::read(std::string_view object, uint64_t offset, size_t spare, const Path& path, EventFields& fields,
                         DecodedMessage& message) {
  object_ = object;
  offset_ = offset;
  message_ = &message;
  if (spare < simdjson::SIMDJSON_PADDING) {
    padded_.assign(object);
    padded_.resize(object.size() + simdjson::SIMDJSON_PADDING);
    object_ = std::string_view(padded_.data(), object.size());
  }
  ondemand::document document;
  const simdjson::padded_string_view padded(object_.data(), object_.size(), object_.size() + simdjson::SIMDJSON_PADDING);
  if (const auto error = parser_.iterate(padded).get(document)) return not_json(error);
  ondemand::object top;
  if (const auto error = document.get_object().get(top)) return not_json(error);
  return each_member(top, path, [&](Member& member, const Path& at) { return event_member(member, at, fields); });
}

template <typename Visit>
Status FieldReader::each_member(Object object, const Path& path, Visit visit) {
  for (auto field : object) {
    if (const auto error = field.error()) return not_json(error);
    Member member;
    member.begin = field.key().value_unsafe().raw() - 1;
    if (const auto error = field.unescaped_key().get(member.name)) return not_json(error);
    member.value = field.value().value_unsafe();
    TRY_OK(visit(member, Path{&path, member.name}));
  }
  return {};
}

Status FieldReader::event_member(Member& member, const Path& path, EventFields& fields) {
  if (Text* slot = find_slot(kEventSlots, member.name, fields)) return text(member, path, *slot);
  for (const ListSlot& list : kLists)
    if (list.name == member.name) return items(member, path, fields.*list.items);
  if (member.name == "eventLocation") return location(member, path, fields.location);
  if (member.name == "transportCall") {
    fields.call.present = true;
    return nested(member, path, [&](Member& inner, const Path& at) { return call_member(inner, at, fields.call); });
  }
  if (member.name == "fairway") {
    fields.extension = TRY(as_sent(token_of(member.value).data(), token_of(member.value).data()));
    return {};
  }
  fields.is_version_3 |= member.name == "eventClassification";
  return keep(member, fields.kept);
}

Status FieldReader::call_member(Member& member, const Path& path, CallFields& call) {
  if (Text* slot = find_text(kCallMembers, member.name, call.texts)) return text(member, path, *slot);
  if (Text* slot = find_text(kCallPlaceMembers, member.name, call.place)) return text(member, path, *slot);
  if (member.name == "modeOfTransport") return text(member, path, call.mode);
  if (member.name == "carrierVoyageNumber") return text(member, path, call.carrier_voyage);
  if (member.name == "location") {
    TRY_OK(keep(member, call.kept));
    return location(member, path, call.location);
  }
  if (member.name != "vessel") return keep(member, call.kept);
  return nested(member, path, [&](Member& inner, const Path& at) -> Status {
    if (Text* slot = find_text(kVesselMembers, inner.name, call.vessel)) return text(inner, at, *slot);
    return keep(inner, call.vessel_kept);
  });
}

Status FieldReader::location(Member& member, const Path& path, LocationFields& location) {
  return nested(member, path, [&](Member& inner, const Path& at) -> Status {
    if (Text* slot = find_text(kLocationMembers, inner.name, location.texts)) return text(inner, at, *slot);
    if (inner.name == "address") return address(inner, at, location);
    return keep(inner, location.kept);
  });
}

Status FieldReader::address(Member& member, const Path& path, LocationFields& location) {
  TRY_OK(keep(member, location.kept));
  std::array<Text, kAddressMembers.size()> parts;
  TRY_OK(nested(member, path, [&](Member& inner, const Path& at) -> Status {
    const auto found = std::ranges::find(kAddressMembers, inner.name);
    return found == kAddressMembers.end() ? Status() : text(inner, at, parts[static_cast<size_t>(found - kAddressMembers.begin())]);
  }));
  for (const Text& part : parts)
    if (part.present()) location.address += (location.address.empty() ? "" : ", ") + std::string(part.value);
  return {};
}

Status FieldReader::items(Member& member, const Path& path, std::vector<ItemFields>& items) {
  ondemand::array array;
  if (member.value.get_array().get(array) != simdjson::SUCCESS) return unexpected(member, path, "an array");
  size_t index = 0;
  for (auto element : array) {
    ondemand::value value;
    if (const auto error = element.get(value)) return not_json(error);
    const Path at{&path, {}, index++};
    ItemFields& fields = items.emplace_back();
    const char* begin = token_of(value).data();
    fields.item = TRY(as_sent(begin, begin));
    ondemand::object object;
    if (value.get_object().get(object) == simdjson::SUCCESS) {
      TRY_OK(item(object, at, fields));
    } else {
      report(*message_, {Severity::warning, "dcsa.type", "an object is expected here; kept as sent", 0, at.pointer(), offset_of(begin)});
    }
  }
  return {};
}

Status FieldReader::item(Object object, const Path& path, ItemFields& item) {
  std::vector<std::string_view> more;
  TRY_OK(each_member(object, path, [&](Member& member, const Path& at) -> Status {
    if (Text* slot = find_slot(kItemSlots, member.name, item)) return text(member, at, *slot);
    return keep(member, more);
  }));
  item.has_more = !more.empty();
  return {};
}

Status FieldReader::text(Member& member, const Path& path, Text& text) {
  const std::string_view token = token_of(member.value);
  const Text before = text;
  text = {};
  text.offset = offset_of(token.data());
  text.member = std::string_view(member.begin, static_cast<size_t>(token.data() + token.size() - member.begin));
  if (before.present())
    report(*message_,
           {Severity::warning, "dcsa.duplicate_member", "a member is there twice; the last one counts", 0, path.pointer(), text.offset});
  switch (token.front()) {
    case '"':
      if (const auto error = member.value.get_string().get(text.value)) return not_json(error);
      return {};
    case 'n': {
      bool is_null = false;
      if (const auto error = member.value.is_null().get(is_null)) return not_json(error);
      return {};
    }
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': {
      double number = 0;
      if (const auto error = member.value.get_double().get(number)) return not_json(error);
      text.value = token;
      report(*message_,
             {Severity::warning, "dcsa.type", "a number where text is expected; read as its digits", 0, path.pointer(), text.offset});
      return {};
    }
    default: return unexpected(member, path, "text");
  }
}

Status FieldReader::keep(Member& member, std::vector<std::string_view>& kept) {
  kept.push_back(TRY(as_sent(member.begin, member.value.raw_json_token().data())));
  return {};
}

template <typename Visit>
Status FieldReader::nested(Member& member, const Path& path, Visit visit) {
  ondemand::object object;
  if (member.value.get_object().get(object) != simdjson::SUCCESS) return unexpected(member, path, "an object");
  return each_member(object, path, visit);
}

Status FieldReader::unexpected(Member& member, const Path& path, std::string_view expected) {
  const std::string_view token = token_of(member.value);
  TRY_OK(parse_json(TRY(as_sent(token.data(), token.data()))));  // simdjson has not looked inside
  if (token != "null")
    report(*message_, {Severity::warning, "dcsa.type", std::string(expected) + " is expected here; ignored", 0, path.pointer(),
                       offset_of(token.data())});
  return {};
}

Result<std::string_view> FieldReader::as_sent(const char* begin, const char* value) const {
  const size_t end = TRY(json_value_end(object_, static_cast<size_t>(value - object_.data())));
  return std::string_view(begin, static_cast<size_t>(object_.data() + end - begin));
}

}  // namespace fairway::gateway::dcsa
