// What the tests of the DCSA gateway share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/dcsa/tnt2.h"

namespace fairway::gateway::dcsa_test {

// A gate-in that deviates in nothing.
inline constexpr std::string_view kGateIn =
    R"({"eventID":"3cecb101-7a1a-43a4-9d62-e88a131651e2","eventType":"EQUIPMENT","eventClassifierCode":"ACT",)"
    R"("eventDateTime":"2026-11-22T08:30:00+08:00","eventCreatedDateTime":"2026-11-22T08:31:00+08:00",)"
    R"("equipmentEventTypeCode":"GTIN","equipmentReference":"CSQU3054383","emptyIndicatorCode":"LADEN",)"
    R"("eventLocation":{"UNLocationCode":"HKHKG","facilityCode":"HIT","facilityCodeListProvider":"SMDG"}})";

// kGateIn with a text replaced, which must be there.
inline std::string gate_in(std::string_view from = {}, std::string_view to = {}) {
  std::string text(kGateIn);
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  return text;
}

// kGateIn with members added at its end.
inline std::string gate_in_with(std::string_view members) { return gate_in("\"SMDG\"}}", "\"SMDG\"}," + std::string(members) + "}"); }

inline std::vector<DecodedMessage> decode_all(std::string_view bytes) {
  std::vector<DecodedMessage> messages;
  const Status status = dcsa::decode_dcsa(bytes, [&](DecodedMessage message) { messages.push_back(std::move(message)); });
  return status ? messages : std::vector<DecodedMessage>();
}

inline DecodedMessage decode_one(std::string_view bytes) {
  std::vector<DecodedMessage> messages = decode_all(bytes);
  return messages.size() == 1 ? std::move(messages.front()) : DecodedMessage();
}

// "error dcsa.time /3/eventDateTime" a line.
inline std::string said(const DecodedMessage& message) {
  std::string lines;
  for (const Diagnostic& d : message.diagnostics) {
    if (!lines.empty()) lines += '\n';
    lines.append(d.severity == Severity::error     ? "error "
                 : d.severity == Severity::warning ? "warning "
                                                   : "info ")
        .append(d.code)
        .append(" ")
        .append(d.position);
  }
  return lines;
}

}  // namespace fairway::gateway::dcsa_test
