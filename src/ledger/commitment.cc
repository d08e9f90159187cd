#include "ledger/commitment.h"

#include <sodium.h>

#include <array>

#include "base/limits.h"
#include "ledger/field_slices.h"
#include "ledger/sha256.h"

namespace fairway::ledger {
namespace {

constexpr std::string_view kFieldTag = "\x10", kRecordTag = "\x11", kEntryVersion = "\x01";

static_assert(sizeof(Hash) == kSaltBytes);

// `count` salts, one after the other. ChaCha20 with the block counter and the nonce at 0: a record's bytes are drawn for it alone.
void append_salts(std::string& out, std::string_view record_salt, size_t count) {
  static_assert(crypto_stream_chacha20_ietf_KEYBYTES == kSaltBytes);
  constexpr std::array<unsigned char, crypto_stream_chacha20_ietf_NONCEBYTES> kNonce{};
  std::array<unsigned char, kSaltBytes> key{};
  record_salt.copy(reinterpret_cast<char*>(key.data()), key.size());
  const size_t at = out.size();
  out.resize(at + count * kSaltBytes);
  crypto_stream_chacha20_ietf(reinterpret_cast<unsigned char*>(out.data() + at), count * kSaltBytes, kNonce.data(), key.data());
  sodium_memzero(key.data(), key.size());
}

Hash commitment_of(std::string_view salt, std::string_view path, std::string_view value) {
  const std::array<char, 2> length = {static_cast<char>(path.size() >> 8), static_cast<char>(path.size() & 0xFF)};
  return sha256_of({kFieldTag, salt, {length.data(), length.size()}, path, value});
}

FieldSlices& slices() {
  thread_local FieldSlices kept;
  return kept;
}

}  // namespace

std::vector<Field> fields_of(const Entry& entry) {
  FieldSlices& found = slices();
  found.read(entry);
  std::vector<Field> fields;
  fields.reserve(found.size());
  for (size_t i = 0; i < found.size(); ++i) fields.push_back({std::string(found.path(i)), std::string(found.value(i))});
  return fields;
}

Hash field_commitment(std::string_view salt, const Field& field) { return commitment_of(salt, field.path, field.value); }

Hash record_commitment(std::span<const Hash> fields) {
  return sha256_of({kRecordTag, {reinterpret_cast<const char*>(fields.data()), fields.size_bytes()}});
}

std::string log_entry(const Hash& commitment) {
  std::string entry(kEntryVersion);
  entry += view(commitment);
  return entry;
}

std::string commit_to(const Entry& entry, std::string_view record_salt) {
  thread_local std::string salts;
  thread_local std::vector<Hash> fields;
  FieldSlices& found = slices();
  found.read(entry);
  salts.clear();
  append_salts(salts, record_salt, found.size());
  fields.clear();
  for (size_t i = 0; i < found.size(); ++i)
    fields.push_back(commitment_of(std::string_view(salts).substr(i * kSaltBytes, kSaltBytes), found.path(i), found.value(i)));
  return log_entry(record_commitment(fields));
}

std::vector<std::string> field_salts(std::string_view record_salt, size_t count) {
  std::string stream;
  append_salts(stream, record_salt, count);
  std::vector<std::string> salts;
  salts.reserve(count);
  for (size_t i = 0; i < count; ++i) salts.push_back(stream.substr(i * kSaltBytes, kSaltBytes));
  return salts;
}

Opening open(const Entry& entry, std::string_view record_salt, const std::vector<bool>& shown) {
  const std::vector<Field> fields = fields_of(entry);
  const std::vector<std::string> salts = field_salts(record_salt, fields.size());
  Opening opening{entry.position, {}};
  opening.fields.reserve(fields.size());
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i < shown.size() && shown[i])
      opening.fields.push_back({fields[i], salts[i], {}});
    else
      opening.fields.push_back({std::nullopt, {}, field_commitment(salts[i], fields[i])});
  }
  return opening;
}

std::string log_entry(const Opening& opening) {
  std::vector<Hash> fields;
  fields.reserve(opening.fields.size());
  for (const OpenedField& field : opening.fields)
    fields.push_back(field.field ? field_commitment(field.salt, *field.field) : field.commitment);
  return log_entry(record_commitment(fields));
}

}  // namespace fairway::ledger
