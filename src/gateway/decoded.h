// What a gateway makes of bytes: messages with the events they state, and every deviation with its place.
//
// Gateways are pure functions over bytes: no clock, no database, no network. Lenient in what they read, strict in what they write.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/status.h"
#include "model/event.h"

namespace fairway::gateway {

enum class Severity : uint8_t { info, warning, error };
[[nodiscard]] std::string_view name(Severity severity);

struct Diagnostic {
  Severity severity = Severity::warning;
  std::string code;      // stable: "edifact.trailing_separator"; docs/reference/diagnostics.md lists them
  std::string message;   // one sentence
  uint32_t segment = 0;  // 1-based from UNH, 0 where it is not in a segment
  std::string position;  // "LOC/2/1" element and component, or a JSON pointer
  uint64_t offset = 0;   // byte offset in the input
};

// The diagnostic as an object: {"severity","code","message","segment","position","offset"}. Defined in diagnostic.cc.
void append_json(JsonWriter& writer, const Diagnostic& diagnostic);

// What a message claims, in a format whose senders tell the same claim again under one identity: what was written last holds, and what
// comes late changes nothing (DCSA Track & Trace 3.0).
struct Claim {
  std::string identity;    // "" where the format has none
  int64_t written_us = 0;  // microseconds UTC; 0 where the message does not say
  bool withdrawn = false;  // all that was told of it is void; the message needs no event
};

// One message of an interchange, or one DCSA event.
struct DecodedMessage {
  std::string format;  // "EDIFACT", "DCSA"
  std::string type;    // "COARRI D.95B ITG13", "TNT 2.2 EQUIPMENT"
  bool ok = true;      // no diagnostic of severity error
  // Identity of the message for the sender: the same message sent again has the same one. "" where events alone identify, by ids that
  // their senders gave them.
  std::string identity;
  bool is_kept = true;  // false: it states nothing that anybody could ask for again, and needs no place in the log
  Claim claim;
  std::string interchange_sender;  // EDIFACT S002 0004 with its qualifier "ID:QUALIFIER"
  std::string interchange_recipient;
  std::string interchange;  // 0020
  std::string message;      // 0062
  std::string document;     // BGM 1004
  std::vector<Diagnostic> diagnostics;
  std::vector<Reference> references;  // of the whole message, each once
  std::vector<NamedParty> parties;
  std::vector<Event> events;
  uint64_t offset = 0, length = 0;  // of the message in the input
  std::string hash;                 // SHA-256 of those bytes, hex
  std::string text;                 // those bytes in UTF-8, as kept for evidence
};

// Where in the input a message stands that is one piece of it: offset, length, hash and text. No more of its text is kept than an event may
// have.
void place_in(DecodedMessage& message, std::string_view input, std::string_view piece);

// Adds a diagnostic, keeping to limits::kDiagnosticsPerMessageMax and clearing ok for an error.
void report(DecodedMessage& message, Diagnostic diagnostic);

enum class Format : uint8_t { unknown, edifact, dcsa, epcis, land, land_csv, land_xlsx, ais, cargo_imp, onerecord, cargo_xml };
[[nodiscard]] std::string_view name(Format format);

// What a format may leave out and the channel knows.
struct Context {
  int64_t received_us = 0;  // microseconds UTC: for a format that writes no year, or no time at all
};

using MessageSink = std::function<void(DecodedMessage)>;
using LineSink = std::function<void(std::string_view line)>;

// By the first bytes, or by a Content-Type where one is given ("application/edifact", "application/json", …).
[[nodiscard]] Format detect(std::string_view bytes, std::string_view content_type = {});

// Decodes everything in `bytes`, giving each message to `sink` in order. An Error means that the input as a whole cannot be
// understood (Code::unsupported for an unknown format, Code::invalid for a broken one before its first message).
[[nodiscard]] Status decode(std::string_view bytes, Format format, const Context& context, const MessageSink& sink);

// The decoded fields of each message as they stand, before anything is made of them: one JSON text a message, without a line end.
[[nodiscard]] Status decode_raw(std::string_view bytes, Format format, const Context& context, const LineSink& sink);

// The identifier that the format's own standard gives each event by its content (EPCIS: the event hash of CBV 2.0, 8.9), one a line.
// Code::unsupported where the standard has none.
[[nodiscard]] Status content_hashes(std::string_view bytes, Format format, const LineSink& sink);

// The line of `fairway decode`: {"format","type","ok","diagnostics","references","events"}.
[[nodiscard]] std::string to_json(const DecodedMessage& message);

}  // namespace fairway::gateway
