// Feeds hand-made segments to a mapper, without the reader: a plain splitter (no release characters, no UNA) for mapper tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/decoded.h"
#include "gateway/edifact/mapper.h"

namespace fairway::gateway::edifact::map_test {

inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// "COARRI:D:95B:UN:ITG13" → the header, sent by HITHK to COSCO in interchange 77 as message 1.
inline MessageHeader header(std::string_view type) {
  const std::vector<std::string_view> parts = split(type, ':');
  MessageHeader header;
  header.type = parts.at(0);
  header.version = parts.at(1);
  header.release = parts.at(2);
  header.agency = parts.at(3);
  if (parts.size() > 4) header.association = parts[4];
  header.reference = "1";
  header.interchange_sender = "HITHK";
  header.interchange_recipient = "COSCO";
  header.interchange = "77";
  return header;
}

// The segments between UNH and UNT, each ended by an apostrophe; line breaks between them are passed over.
inline DecodedMessage map(const MessageHeader& head, std::string_view body, std::vector<std::string_view> group_openers = {}) {
  DecodedMessage message;
  message.format = "EDIFACT";
  const auto mapper = mapper_for(head, message);
  uint32_t number = 1;
  const char* begin = body.data();
  for (std::string_view text : split(body, '\'')) {
    while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
    if (text.empty()) continue;
    std::vector<Component> components;
    const std::vector<std::string_view> elements = split(text, '+');
    for (size_t e = 1; e < elements.size(); ++e) {
      const std::vector<std::string_view> values = split(elements[e], ':');
      for (size_t c = 0; c < values.size(); ++c)
        if (!values[c].empty()) components.push_back({static_cast<uint16_t>(e), 0, static_cast<uint16_t>(c + 1), 0, values[c]});
    }
    Segment segment;
    segment.tag = elements[0];
    segment.number = ++number;
    segment.offset = static_cast<uint64_t>(text.data() - begin);
    for (const std::string_view tag : group_openers) segment.opens_group |= tag == segment.tag;
    segment.components = components;
    mapper->segment(segment);
  }
  mapper->finish();
  return message;
}

inline DecodedMessage map(std::string_view type, std::string_view body) { return map(header(type), body); }

inline std::vector<const Event*> events_of(const DecodedMessage& message, Milestone milestone) {
  std::vector<const Event*> found;
  for (const Event& event : message.events)
    if (event.milestone == milestone) found.push_back(&event);
  return found;
}

inline bool has_code(const DecodedMessage& message, std::string_view code) {
  for (const Diagnostic& diagnostic : message.diagnostics)
    if (diagnostic.code == code) return true;
  return false;
}

inline std::string keys(const Event& event) {
  std::string text;
  for (const Reference& reference : event.references) text += (text.empty() ? "" : " ") + reference.key();
  return text;
}

inline bool names_party(const Event& event, std::string_view role, std::string_view key) {
  for (const NamedParty& party : event.parties)
    if (party.role == role && party.identifier.key() == key) return true;
  return false;
}

}  // namespace fairway::gateway::edifact::map_test
