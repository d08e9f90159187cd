// Note: a text and who signed it, as C2SP signed-note v1.0.0 has it. A signature's kind is a type byte; what each kind signs and how it is
// checked stands in one table (note.cc), so that a further kind is a further row.
//
// Ed25519 is libsodium's. Values; any thread. Errors: Code::invalid for a text that is no note or key, Code::forbidden for a signature
// that does not hold.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::ledger {

enum class SignatureKind : uint8_t { ed25519 = 0x01, cosignature = 0x04 };  // 0x04: cosignature/v1 of tlog-cosignature v1.0.1

// The public half of a key, as a vkey line writes it: "name+hex8(keyID)+base64(type ‖ public)".
struct VerifierKey {
  std::string name;
  uint32_t id = 0;
  SignatureKind kind = SignatureKind::ed25519;
  std::string bytes;  // the public key, 32 bytes
  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};
[[nodiscard]] Result<VerifierKey> verifier_key_from(std::string_view vkey);
[[nodiscard]] std::string to_text(const VerifierKey& key);
[[nodiscard]] Result<VerifierKey> make_verifier_key(std::string_view name, SignatureKind kind, std::string_view public_key);
// Whether the name may stand in a note: not empty, no blank of Unicode, no control character, no '+'.
[[nodiscard]] bool is_key_name(std::string_view name);

struct NoteSignature {
  std::string name;
  uint32_t id = 0;
  std::string bytes;  // what follows the key id
  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};
struct Note {
  std::string text;  // ends with a line feed
  std::vector<NoteSignature> signatures;
};
[[nodiscard]] Result<Note> note_from(std::string_view text);
[[nodiscard]] std::string to_text(const Note& note);
[[nodiscard]] std::string signature_line(const NoteSignature& signature);        // with its line feed
[[nodiscard]] Result<NoteSignature> signature_from_line(std::string_view line);  // with its line feed or without

// When the signature says that it was made: seconds since 1970 of a cosignature, 0 of other kinds.
[[nodiscard]] Result<uint64_t> time_of(const NoteSignature& signature, SignatureKind kind);
// Ok if `signature` is this key's over `text`.
[[nodiscard]] Status verify(const VerifierKey& key, std::string_view text, const NoteSignature& signature);

// Which signatures of a note are of known keys. A known key's signature that fails refuses the whole note, as the specification asks.
struct VerifiedNote {
  std::vector<size_t> signatures;  // indices into Note::signatures
  std::vector<size_t> keys;        // for each of them, the index of the key
  size_t unknown = 0;              // signatures of keys not given
};
[[nodiscard]] Result<VerifiedNote> verify(const Note& note, std::span<const VerifierKey> keys);

// Who can sign. Thread-safe.
class Signer {
 public:
  virtual ~Signer() = default;
  [[nodiscard]] virtual const VerifierKey& key() const = 0;
  // `time_s` is signed along by a cosignature and ignored by other kinds.
  [[nodiscard]] virtual Result<NoteSignature> sign(std::string_view text, uint64_t time_s) const = 0;
};
// `seed`: 32 bytes (RFC 8032, 5.1.5).
[[nodiscard]] Result<std::unique_ptr<Signer>> make_signer(std::string_view name, SignatureKind kind, std::string_view seed);

// A seed in a file that only its owner may read ("fairway-ed25519-seed v1 BASE64"). With `make`, one that does not exist is made, durable
// before the call returns. Code::forbidden where others may read it.
[[nodiscard]] Result<std::string> load_seed(const std::string& path, bool make);

}  // namespace fairway::ledger
