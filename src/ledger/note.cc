#include "ledger/note.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "base/bytes.h"
#include "base/limits.h"
#include "ledger/sha256.h"
#include "ledger/spelling.h"

namespace fairway::ledger {
namespace {

constexpr std::string_view kSignaturePrefix = "\u2014 ";
constexpr size_t kIdBytes = 4;
constexpr size_t kIdDigits = 8;

// What may not stand in a name: '+', which a vkey separates by, and the blanks of Unicode. UTF-8 finds no character within others.
constexpr auto kNotInNames = std::to_array<std::string_view>({"+",      " ",      "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001",
                                                              "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
                                                              "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"});

bool has_control_character(std::string_view text, std::string_view but = {}) {
  return std::ranges::any_of(text, [&](char c) { return static_cast<unsigned char>(c) < 0x20 && !but.contains(c); });
}

std::string id_bytes(uint32_t id) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(id >> shift);
  return bytes;
}

uint32_t id_from(std::string_view bytes) {
  uint32_t id = 0;
  for (const char c : bytes.substr(0, kIdBytes)) id = id << 8 | static_cast<unsigned char>(c);
  return id;
}

uint32_t key_id(std::string_view name, std::string_view typed_key) {
  const auto digest = sha256_of({name, "\n", typed_key});
  return id_from({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string typed(SignatureKind kind, std::string_view public_key) {
  return std::string(1, static_cast<char>(kind)) + std::string(public_key);
}

std::unexpected<Error> not_a_key(std::string_view vkey, const char* why) {
  return fail(Code::invalid, "not a verifier key", legible(vkey, 128), why);
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > limits::kKeyNameBytesMax || !is_valid_utf8(name) || has_control_character(name)) return false;
  return std::ranges::none_of(kNotInNames, [&](std::string_view character) { return name.contains(character); });
}

Result<VerifierKey> make_verifier_key(std::string_view name, SignatureKind kind, std::string_view public_key) {
  if (!is_key_name(name)) return fail(Code::invalid, "not a name of a key", legible(name), "no blanks, no '+'");
  if (public_key.size() != crypto_sign_PUBLICKEYBYTES)
    return fail(Code::invalid, "an Ed25519 key has 32 bytes", std::to_string(public_key.size()) + " bytes");
  return VerifierKey{std::string(name), key_id(name, typed(kind, public_key)), kind, std::string(public_key)};
}

std::string to_text(const VerifierKey& key) {
  return key.name + "+" + to_hex(id_bytes(key.id)) + "+" + to_base64(typed(key.kind, key.bytes));
}

Result<VerifierKey> verifier_key_from(std::string_view vkey) {
  // The name has no '+', base64 may have.
  const size_t first = vkey.find('+'), second = vkey.find('+', first == std::string_view::npos ? first : first + 1);
  if (second == std::string_view::npos || second - first - 1 != kIdDigits) return not_a_key(vkey, "it is NAME+ID+KEY, ID of 8 hex digits");
  const std::string typed_key = TRY(exact_base64(vkey.substr(second + 1)));
  if (typed_key.empty()) return not_a_key(vkey, "it has no key");
  const auto kind = static_cast<SignatureKind>(typed_key.front());
  if (kind != SignatureKind::ed25519 && kind != SignatureKind::cosignature) return not_a_key(vkey, "its kind is not known");
  VerifierKey key = TRY(make_verifier_key(vkey.substr(0, first), kind, std::string_view(typed_key).substr(1)));
  if (to_text(key) != vkey) return not_a_key(vkey, "its id is not that of its name and key");
  return key;
}

std::string signature_line(const NoteSignature& signature) {
  return std::string(kSignaturePrefix) + signature.name + " " + to_base64(id_bytes(signature.id) + signature.bytes) + "\n";
}

Result<NoteSignature> signature_from_line(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (!line.starts_with(kSignaturePrefix))
    return fail(Code::invalid, "a signature's line begins with an em dash and a blank", legible(line));
  line.remove_prefix(kSignaturePrefix.size());
  const size_t blank = line.find(' ');
  if (blank == std::string_view::npos || !is_key_name(line.substr(0, blank)))
    return fail(Code::invalid, "a signature's line is of a name and base64", legible(line));
  const std::string bytes = TRY(exact_base64(line.substr(blank + 1)));
  if (bytes.size() <= kIdBytes) return fail(Code::invalid, "a signature is longer than its key's id", legible(line));
  return NoteSignature{std::string(line.substr(0, blank)), id_from(bytes), bytes.substr(kIdBytes)};
}

std::string to_text(const Note& note) {
  std::string text = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) text += signature_line(signature);
  return text;
}

Result<Note> note_from(std::string_view text) {
  if (text.size() > limits::kNoteBytesMax) return fail(Code::too_large, "the note is too large", std::to_string(text.size()) + " bytes");
  if (!is_valid_utf8(text) || has_control_character(text, "\n"))
    return fail(Code::invalid, "a note is UTF-8 without control characters but line feeds");
  // The text may have empty lines of its own: the last one ends it.
  const size_t end = text.rfind("\n\n");
  if (end == std::string_view::npos) return fail(Code::invalid, "a note has an empty line before its signatures");
  Note note{std::string(text.substr(0, end + 1)), {}};
  std::string_view lines = text.substr(end + 2);
  if (lines.empty() || !lines.ends_with('\n')) return fail(Code::invalid, "a note ends with a signature and a line feed");
  while (const auto line = take_line(lines)) {
    if (note.signatures.size() == limits::kNoteSignaturesMax)
      return fail(Code::too_large, "the note has too many signatures", "more than " + std::to_string(limits::kNoteSignaturesMax));
    note.signatures.push_back(TRY(signature_from_line(*line)));
  }
  return note;
}

Result<VerifiedNote> verify(const Note& note, std::span<const VerifierKey> keys) {
  VerifiedNote verified;
  for (size_t i = 0; i < note.signatures.size(); ++i) {
    const NoteSignature& signature = note.signatures[i];
    const auto key = std::ranges::find_if(keys, [&](const VerifierKey& k) { return k.name == signature.name && k.id == signature.id; });
    if (key == keys.end()) {
      ++verified.unknown;
      continue;
    }
    TRY_OK(verify(*key, note.text, signature));
    verified.signatures.push_back(i);
    verified.keys.push_back(static_cast<size_t>(key - keys.begin()));
  }
  return verified;
}

}  // namespace fairway::ledger
