// The members of one Track & Trace 2.2 event object as they were sent, before anything is made of them.
//
// Values are views: into the bytes given or into the FieldReader, valid until it reads the next object. Not thread-safe.
#pragma once

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/decoded.h"

namespace fairway::gateway::dcsa {

// One text member; empty where it is absent, null or "".
struct Text {
  std::string_view value;
  std::string_view member;  // `"name": value` as sent
  uint64_t offset = 0;      // of the value in the body
  [[nodiscard]] bool present() const { return !value.empty(); }
};

// UNLocationCode … facilityTypeCode and a name, in the order of kLocationMembers.
struct LocationFields {
  std::array<Text, 5> texts;
  std::string address;                 // its parts in one line
  std::vector<std::string_view> kept;  // members that are neither of these
};

struct CallFields {
  bool present = false;
  std::array<Text, 5> place;   // in the order of kCallPlaceMembers
  std::array<Text, 4> texts;   // in the order of kCallMembers
  std::array<Text, 4> vessel;  // in the order of kVesselMembers
  Text carrier_voyage;         // deprecated carrierVoyageNumber
  Text mode;
  LocationFields location;
  std::vector<std::string_view> vessel_kept, kept;
};

// An item of documentReferences, references, seals or parties.
struct ItemFields {
  Text type, value, name, scheme;  // type: referenceType, sealSource or role; value: …Value, sealNumber or code
  std::string_view item;           // as sent
  bool has_more = false;           // there are members besides
};

struct EventFields {
  Text id, type, classifier, occurred, created;
  Text shipment_code, transport_code, equipment_code, any_code;
  Text document_id, document_type, information_type;
  Text equipment_reference, iso_code, empty_indicator;
  Text reason, delay_reason, remark, schedule_remark, call_id;
  Text corrects, retracts;
  LocationFields location;
  CallFields call;
  std::vector<ItemFields> document_references, references, seals, parties;
  std::string_view extension;          // "fairway"
  std::vector<std::string_view> kept;  // members that are none of these
  bool is_version_3 = false;           // has eventClassification, as a Track & Trace 3.0 event
};

// Where a value stands, as a JSON pointer in the making.
struct Path {
  const Path* parent = nullptr;
  std::string_view name;  // a member, or
  size_t index = 0;       // an element where `name` is empty
  [[nodiscard]] std::string pointer() const;
};

class FieldReader {
 public:
  // Reads `object`, one JSON object by its brackets, whose first byte is at `offset` of the body; `spare` readable bytes follow it.
  // Deviations go to `message`. Code::invalid where it is not JSON.
  [[nodiscard]] Status read(std::string_view object, uint64_t offset, size_t spare, const Path& path, EventFields& fields,
                            DecodedMessage& message);

 private:
  using Object = simdjson::ondemand::object;
  struct Member {
    std::string_view name;
    const char* begin;  // its opening quote
    simdjson::ondemand::value value;
  };

  Status event_member(Member& member, const Path& path, EventFields& fields);
  Status call_member(Member& member, const Path& path, CallFields& call);
  Status location(Member& member, const Path& path, LocationFields& location);
  Status address(Member& member, const Path& path, LocationFields& location);
  Status items(Member& member, const Path& path, std::vector<ItemFields>& items);
  Status item(Object object, const Path& path, ItemFields& item);
  // Reads a string, or a number as its digits; reports what is neither.
  Status text(Member& member, const Path& path, Text& text);
  Status keep(Member& member, std::vector<std::string_view>& kept);
  // Calls `visit` with each member of the object; reports a value that is not one.
  template <typename Visit>
  Status nested(Member& member, const Path& path, Visit visit);
  template <typename Visit>
  Status each_member(Object object, const Path& path, Visit visit);
  Status unexpected(Member& member, const Path& path, std::string_view expected);
  Result<std::string_view> as_sent(const char* begin, const char* value) const;
  [[nodiscard]] uint64_t offset_of(const char* at) const { return offset_ + static_cast<uint64_t>(at - object_.data()); }

  simdjson::ondemand::parser parser_;
  std::string padded_;       // a copy of the object where too few bytes follow it
  std::string_view object_;  // the bytes being read
  uint64_t offset_ = 0;
  DecodedMessage* message_ = nullptr;
};

}  // namespace fairway::gateway::dcsa
