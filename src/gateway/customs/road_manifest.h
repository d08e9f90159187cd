// Manifest messages of the Mainland's customs: root element Manifest with Head and Declaration, after the WCO Data Model. The road manifest
// is what they are here for; the messages of the other modes have the same parts.
//
// The authority's schema is not public: elements are those of domain.md (M8) under the names that published programs write;
// docs/reference/customs-messages.md says what that leaves open. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::customs {

struct ManifestHead {
  std::string message_id, function_code, message_type;  // function: 9 original, 5 change, 3 cancellation; type: "MT1401"
  std::string sender_id, receiver_id, send_time, version;
  friend bool operator==(const ManifestHead&, const ManifestHead&) = default;
};

// The whole carriage: one vehicle, ship, aircraft or train.
struct ManifestCarriage {
  std::string office;  // customs of the port, four digits
  std::string id;      // 货物运输批次号 by road, voyage otherwise
  std::string remark;
  std::string agent;
  std::string carrier;      // the carrier's code
  std::string responsible;  // who sends it
  std::string mode;         // 运输方式: 4 by road
  std::string means_id, means_name;
  std::string arrival, departure;  // yyyyMMddHHmmss
  std::string driver_id, driver_name;
  std::string trailer_id, trailer_type, trailer_tare;
  std::string loading_place, loading_time;
  std::string unloading_place, unloading_time;
  friend bool operator==(const ManifestCarriage&, const ManifestCarriage&) = default;
};

struct ManifestParty {
  std::string id, name, address, country;
  friend bool operator==(const ManifestParty&, const ManifestParty&) = default;
};
struct ManifestContainer {
  std::string id, size_type, source, fullness, tare, seals;  // seals with blanks between; the electronic lock is one of them
  friend bool operator==(const ManifestContainer&, const ManifestContainer&) = default;
};
struct ManifestItem {
  std::string number, description, hs, gross, packages, package_type, un_number;
  friend bool operator==(const ManifestItem&, const ManifestItem&) = default;
};
struct ManifestConsignment {
  std::string document, master, condition;  // transport document, the master's, the contract's condition
  std::string clearance;                    // goods clearance code 货物通关代码
  std::string packages, package_type, gross, volume, value, currency;
  ManifestParty consignor, consignee, notify;
  std::vector<ManifestContainer> containers;
  std::vector<ManifestItem> items;
  friend bool operator==(const ManifestConsignment&, const ManifestConsignment&) = default;
};

struct RoadManifest {
  ManifestHead head;
  ManifestCarriage carriage;
  std::vector<ManifestConsignment> consignments;
  friend bool operator==(const RoadManifest&, const RoadManifest&) = default;
};

// What customs answer: of which message, whether it stands, and why not.
struct ManifestResponse {
  std::string message_id, message_type, send_time;
  std::string function_code;  // of the message that it answers
  std::string office, id;     // 货物运输批次号
  std::string document;       // the transport document where it is of one
  std::string code;           // what was decided: codes/receipts.csv, list "manifest"
  std::string text;
  friend bool operator==(const ManifestResponse&, const ManifestResponse&) = default;
};

// Whether the bytes begin as a manifest or an answer to one does, by the root element.
[[nodiscard]] bool begins_manifest_message(std::string_view bytes);

[[nodiscard]] Result<std::string> write_road_manifest(const RoadManifest& manifest);
[[nodiscard]] Result<RoadManifest> read_road_manifest(std::string_view bytes, std::vector<Diagnostic>& diagnostics);
[[nodiscard]] Result<std::string> write_manifest_response(const ManifestResponse& response);
[[nodiscard]] Result<ManifestResponse> read_manifest_response(std::string_view bytes, std::vector<Diagnostic>& diagnostics);

}  // namespace fairway::gateway::customs
