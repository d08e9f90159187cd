// Notes: the specification's vectors, one spelling for everything, and signatures that hold for one key and one text only.
#include "ledger/note.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/bytes.h"
#include "base/limits.h"
#include "unit/ledger/support.h"

namespace fairway::ledger::note_test {
namespace {

// signed-note v1.0.0, "Verifier keys".
constexpr std::string_view kSpecificationsKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

TEST(Note, TheSpecificationsKeyReadsBack) {
  const VerifierKey key = verifier_key_from(kSpecificationsKey).value();
  EXPECT_EQ(key.name, "example.com/foo");
  EXPECT_EQ(key.id, 0x530d903au);
  EXPECT_EQ(key.kind, SignatureKind::ed25519);
  EXPECT_EQ(to_text(key), kSpecificationsKey);
  EXPECT_EQ(make_verifier_key(key.name, key.kind, key.bytes).value(), key);
}

TEST(Note, AKeyHasOneSpelling) {
  const std::string good(kSpecificationsKey);
  for (size_t i = 0; i < good.size(); ++i)
    for (const char c : {'+', 'A', '=', ' ', '\n', '0', '\x7F', 'b'}) {
      std::string bad = good;
      bad[i] = c;
      EXPECT_TRUE(bad == good || !verifier_key_from(bad)) << bad;
    }
  for (const std::string_view bad :
       {"", "+", "++", "name", "name+530d903a", "name+530d903a+", "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"})
    EXPECT_FALSE(verifier_key_from(bad)) << bad;
  EXPECT_FALSE(verifier_key_from(good + "\n"));
}

TEST(Note, NamesHaveNoBlanksAndNoPlus) {
  for (const std::string_view name : {"a", "example.com/log", "käse.example", "名前", "a=b"}) EXPECT_TRUE(is_key_name(name)) << name;
  for (const std::string_view name : {"", "a b", "a+b", "a\tb", "a\nb", "a\u00A0b", "a\u2003b", "\u3000", "a\u0085", "\xFF", "a\x01"})
    EXPECT_FALSE(is_key_name(name)) << name;
  EXPECT_TRUE(is_key_name(std::string(limits::kKeyNameBytesMax, 'a')));
  EXPECT_FALSE(is_key_name(std::string(limits::kKeyNameBytesMax + 1, 'a')));
  // The last byte of U+2003 is that of no blank by itself.
  EXPECT_TRUE(is_key_name("\u0103\u2043"));
}

Note signed_note(const std::string& text, std::initializer_list<const Signer*> signers, uint64_t time_s = 1'700'000'000) {
  Note note{text, {}};
  for (const Signer* signer : signers) note.signatures.push_back(signer->sign(text, time_s).value());
  return note;
}

TEST(Note, WhatIsSignedReadsBackAndHolds) {
  const auto log = test_signer("example.com/log", SignatureKind::ed25519, 'l');
  const auto witness = test_signer("witness.example", SignatureKind::cosignature, 'w');
  const Note note = signed_note("a text\n\nwith an empty line\n", {log.get(), witness.get()});
  const std::string text = to_text(note);
  const Note read = note_from(text).value();
  EXPECT_EQ(read.text, note.text);
  EXPECT_EQ(read.signatures, note.signatures);
  EXPECT_EQ(to_text(read), text);
  const std::vector<VerifierKey> keys = {witness->key(), log->key()};
  const VerifiedNote verified = verify(read, keys).value();
  EXPECT_EQ(verified.signatures, (std::vector<size_t>{0, 1}));
  EXPECT_EQ(verified.keys, (std::vector<size_t>{1, 0}));
  EXPECT_EQ(verified.unknown, 0u);
  EXPECT_EQ(verify(read, std::span(keys).first(1)).value().unknown, 1u);
  EXPECT_EQ(time_of(read.signatures[0], SignatureKind::ed25519).value(), 0u);
  EXPECT_EQ(time_of(read.signatures[1], SignatureKind::cosignature).value(), 1'700'000'000u);
  EXPECT_FALSE(time_of(read.signatures[0], SignatureKind::cosignature));
}

TEST(Note, AKnownKeyThatFailsRefusesTheWholeNote) {
  const auto log = test_signer("example.com/log", SignatureKind::ed25519, 'l'), other = test_signer("other", SignatureKind::ed25519, 'o');
  Note note = signed_note("text\n", {log.get(), other.get()});
  note.signatures[1].bytes[5] ^= 1;
  const std::vector<VerifierKey> both = {log->key(), other->key()};
  EXPECT_EQ(verify(note, both).error().code, Code::forbidden);
  EXPECT_EQ(verify(note, std::span(both).first(1)).value().unknown, 1u) << "of an unknown key nothing can be said";
  // A key of the same name and another id is another key.
  note.signatures[1].id ^= 1;
  EXPECT_EQ(verify(note, both).value().unknown, 1u);
}

// tlog-cosignature v1.0.1: what is signed is the header, the time and the whole text; the time stands before the signature.
TEST(Note, ACosignatureSignsItsTimeAlong) {
  const auto witness = test_signer("witness.example", SignatureKind::cosignature, 'w');
  const auto plain = test_signer("witness.example", SignatureKind::ed25519, 'w');
  const std::string text = "example.com/log\n1\nAAAA\n";
  const NoteSignature cosignature = witness->sign(text, 1'234).value();
  EXPECT_EQ(cosignature.bytes.size(), 72u);
  const NoteSignature same = plain->sign("cosignature/v1\ntime 1234\n" + text, 0).value();
  EXPECT_EQ(cosignature.bytes.substr(8), same.bytes);
  EXPECT_NE(witness->key().id, plain->key().id);
  EXPECT_TRUE(verify(witness->key(), text, cosignature));
  NoteSignature later = cosignature;
  later.bytes[7] ^= 1;
  EXPECT_FALSE(verify(witness->key(), text, later));
  NoteSignature beyond = cosignature;
  beyond.bytes[0] = '\x80';
  EXPECT_FALSE(verify(witness->key(), text, beyond));
  EXPECT_FALSE(time_of(beyond, SignatureKind::cosignature));
  EXPECT_FALSE(witness->sign(text, uint64_t{1} << 63));
}

TEST(Note, OneTextHasOneSpelling) {
  const auto log = test_signer("example.com/log", SignatureKind::ed25519, 'l');
  const std::string good = to_text(signed_note("text\n", {log.get()}));
  const std::string line = good.substr(good.find("\n\n") + 2);
  const std::vector<VerifierKey> keys = {log->key()};
  for (size_t i = 0; i < good.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ 1 << bit);
      const auto note = note_from(bad);
      if (!note) continue;
      const auto verified = verify(*note, keys);
      EXPECT_TRUE(!verified || verified->unknown == 1) << i << ": " << bad;
    }
  for (const std::string& bad : std::initializer_list<std::string>{
           std::string(), std::string("\n"), std::string("\n\n"), "text\n" + line, "text\n\n", good.substr(0, good.size() - 1), good + "\n",
           good + "more\n", "te\rxt\n\n" + line, "te\txt\n\n" + line, "\xFF\n\n" + line, "text\n\n" + line + "\n" + "x",
           "text\n\n" + std::string("-") + line.substr(3), "text\n\n\u2014  " + line.substr(4), "text\n\n\u2014 a b AAAAAAAA\n",
           "text\n\n\u2014 a AAAA\n", "text\n\n\u2014 a AAAAAAB=\n"})
    EXPECT_FALSE(note_from(bad)) << bad;
  EXPECT_TRUE(note_from("text\n\n\u2014 a AAAAAAA=\n")) << "a signature of one byte is one that is not known";
}

TEST(Note, SixteenSignaturesAndMoreAreTaken) {
  const auto log = test_signer("example.com/log", SignatureKind::ed25519, 'l');
  Note note = signed_note("text\n", {log.get()});
  for (size_t i = 1; i < limits::kNoteSignaturesMax; ++i)
    note.signatures.push_back({"unknown" + std::to_string(i), 7, std::string(64, 'x')});
  const std::vector<VerifierKey> keys = {log->key()};
  EXPECT_EQ(verify(note_from(to_text(note)).value(), keys).value().unknown, limits::kNoteSignaturesMax - 1);
  note.signatures.push_back(note.signatures.back());
  EXPECT_EQ(note_from(to_text(note)).error().code, Code::too_large);
  EXPECT_EQ(note_from(std::string(limits::kNoteBytesMax + 1, 'x')).error().code, Code::too_large);
}

TEST(Note, SignatureLinesReadBackWithAndWithoutLineFeed) {
  const auto log = test_signer("example.com/log", SignatureKind::ed25519, 'l');
  const NoteSignature signature = log->sign("x\n", 0).value();
  const std::string line = signature_line(signature);
  EXPECT_EQ(signature_from_line(line).value(), signature);
  EXPECT_EQ(signature_from_line(std::string_view(line).substr(0, line.size() - 1)).value(), signature);
  EXPECT_FALSE(signature_from_line(line + "\n"));
}

// RFC 8032, 7.1, TEST 2.
TEST(Note, SignsAsRfc8032Does) {
  const std::string seed = from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").value();
  const auto signer = make_signer("a", SignatureKind::ed25519, seed).value();
  EXPECT_EQ(to_hex(signer->key().bytes), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(
      to_hex(signer->sign("r", 0).value().bytes),
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_FALSE(make_signer("a", SignatureKind::ed25519, "short"));
  EXPECT_FALSE(make_signer("a b", SignatureKind::ed25519, seed));
}

// What Go's golang.org/x/mod/sumdb/note makes of the same text, name and seed (tests/interop/tlog, "sign").
TEST(Note, SignsAsGosNotePackageDoes) {
  constexpr std::string_view kGos =
      "example.com/log\n7\nAAAA\n\n\u2014 example.com/log "
      "h+1bO/MqON86nhf02DB9ittmeQc9py8v/Yk6IXKY0Z2eOignpZZ0CuAv39KQsSKWQqhCSxnTOfiGjaazi8dg5T9C1QA=\n";
  const auto log = test_signer("example.com/log", SignatureKind::ed25519, 'l');
  EXPECT_EQ(to_text(signed_note("example.com/log\n7\nAAAA\n", {log.get()})), kGos);
  const std::vector<VerifierKey> keys = {log->key()};
  EXPECT_EQ(verify(note_from(kGos).value(), keys).value().keys, std::vector<size_t>{0});
}

TEST(Note, ASeedIsKeptInAFileOfItsOwnersOnly) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("fairway-seed-" + std::to_string(std::random_device()()));
  std::filesystem::create_directory(folder);
  const std::string path = folder / "log.key";
  EXPECT_EQ(load_seed(path, false).error().code, Code::not_found);
  const std::string seed = load_seed(path, true).value();
  EXPECT_EQ(seed.size(), 32u);
  EXPECT_EQ(load_seed(path, true).value(), seed);
  EXPECT_EQ(load_seed(path, false).value(), seed);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1) << "no draft is left";
  ASSERT_EQ(chmod(path.c_str(), 0640), 0);
  EXPECT_EQ(load_seed(path, true).error().code, Code::forbidden);
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  std::ofstream(path, std::ios::trunc) << "fairway-ed25519-seed v1 AAAA\n";
  EXPECT_EQ(load_seed(path, true).error().code, Code::invalid);
  EXPECT_FALSE(load_seed(folder / "no" / "such", true));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace fairway::ledger::note_test
