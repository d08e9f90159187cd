// Commitment: what the log says of an entry of Fairway's: 33 bytes that bind every field of the entry and tell none. Whoever is handed a
// field with its salt, and the commitments of the others, can work the 33 bytes out again (docs/reference/ledger.md, "Commitments").
//
//   salt_i       = bytes 32·i to 32·i + 31 of the ChaCha20 stream (RFC 8439) under the record's 32 random bytes, nonce 0
//   field_i      = SHA-256(0x10 ‖ salt_i ‖ uint16 length of the path ‖ path ‖ value)
//   commitment   = SHA-256(0x11 ‖ field_0 ‖ … ‖ field_n-1)
//   entry        = 0x01 ‖ commitment
//
// Who knows a field's salt learns neither the record's nor another field's. Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/merkle.h"
#include "model/entry.h"

namespace fairway::ledger {

inline constexpr size_t kSaltBytes = 32;

// A field of an entry: "kind", "party", "received" (of the entry), then the members of its body: "body/milestone", an element of a list by
// its place ("body/references/0"), an object's member where kSplitMembers of commitment.cc names the object ("body/place/latitude").
// `value` is JSON, byte for byte as the log has it; of a body that is no JSON object there is one field "body" in base64.
struct Field {
  std::string path;
  std::string value;
};
// In the order in which they are committed to. At most limits::kLedgerFieldsMax; a body of more is the one field "body".
[[nodiscard]] std::vector<Field> fields_of(const Entry& entry);

[[nodiscard]] Hash field_commitment(std::string_view salt, const Field& field);
[[nodiscard]] Hash record_commitment(std::span<const Hash> fields);
[[nodiscard]] std::string log_entry(const Hash& commitment);  // the 33 bytes
// All of it at once, for the sequencer.
[[nodiscard]] std::string commit_to(const Entry& entry, std::string_view record_salt);
[[nodiscard]] std::vector<std::string> field_salts(std::string_view record_salt, size_t count);

// An entry opened in part: fields that are shown with their salts, and the commitments of the others.
struct OpenedField {
  std::optional<Field> field;
  std::string salt;   // of a field that is shown
  Hash commitment{};  // of one that is not
};
struct Opening {
  Position entry = 0;
  std::vector<OpenedField> fields;
};
// `shown` says for each field of fields_of(entry) whether it is.
[[nodiscard]] Opening open(const Entry& entry, std::string_view record_salt, const std::vector<bool>& shown);
// The 33 bytes that it opens.
[[nodiscard]] std::string log_entry(const Opening& opening);
// {"version":1,"entry":N,"fields":[{"path":…,"value":…,"salt":BASE64},{"commitment":BASE64}]}; one spelling only, so that reading refuses
// what writing would not give.
[[nodiscard]] std::string to_json(const Opening& opening);
[[nodiscard]] Result<Opening> opening_from_json(std::string_view text);

}  // namespace fairway::ledger
