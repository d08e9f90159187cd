#include "ledger/evidence/zip.h"

#include <zlib.h>

#include <algorithm>
#include <set>

#include "base/limits.h"

namespace fairway::ledger::evidence {
namespace {

constexpr std::string_view kLocal = "PK\x03\x04", kCentral = "PK\x01\x02", kEnd = "PK\x05\x06";
constexpr size_t kLocalBytes = 30, kCentralBytes = 46, kEndBytes = 22;
constexpr uint16_t kVersion = 20;                                       // 2.0: folders; APPNOTE 4.4.3.2
constexpr uint16_t kFlags = 0, kStored = 0, kTime = 0, kDate = 0x0021;  // 1980-01-01 00:00
constexpr size_t kNameBytesMax = 128;

void append_u16(std::string& out, uint64_t value) {
  out.push_back(static_cast<char>(value & 0xff));
  out.push_back(static_cast<char>(value >> 8 & 0xff));
}

void append_u32(std::string& out, uint64_t value) {
  append_u16(out, value & 0xffff);
  append_u16(out, value >> 16);
}

uint64_t number_at(std::string_view bytes, size_t at, size_t count) {
  uint64_t value = 0;
  for (size_t i = count; i-- > 0;) value = value << 8 | static_cast<uint8_t>(bytes[at + i]);
  return value;
}

uint64_t checksum(std::string_view bytes) {
  return crc32_z(crc32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
}

// What both headers of a part say of it, in the same order.
void append_facts(std::string& out, const Part& part, uint64_t crc) {
  for (const uint16_t value : {kVersion, kFlags, kStored, kTime, kDate}) append_u16(out, value);
  append_u32(out, crc);
  append_u32(out, part.bytes.size());  // compressed
  append_u32(out, part.bytes.size());  // and not
  append_u16(out, part.name.size());
  append_u16(out, 0);  // no extra field
}

bool is_name(std::string_view name) {
  constexpr std::string_view kOthers = "._-/";
  if (name.empty() || name.size() > kNameBytesMax || name.front() == '/' || name.back() == '/') return false;
  if (name.find("//") != std::string_view::npos || name.find("..") != std::string_view::npos) return false;
  return std::ranges::all_of(
      name, [&](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || kOthers.find(c) != std::string_view::npos; });
}

Status check(std::span<const Part> parts) {
  if (parts.empty()) return fail(Code::invalid, "a bundle without parts");
  if (parts.size() > limits::kBundlePartsMax)
    return fail(Code::too_large, "too many parts for one bundle", std::to_string(parts.size()),
                "at most " + std::to_string(limits::kBundlePartsMax));
  std::set<std::string_view> names;
  size_t bytes = kEndBytes;
  for (const Part& part : parts) {
    if (!is_name(part.name)) return fail(Code::invalid, "not a name of a part", part.name.substr(0, kNameBytesMax));
    if (!names.insert(part.name).second) return fail(Code::invalid, "two parts of one name", part.name);
    bytes += part.bytes.size() + 2 * part.name.size() + kLocalBytes + kCentralBytes;
  }
  if (bytes > limits::kBundleBytesMax)
    return fail(Code::too_large, "the bundle is too large", std::to_string(bytes) + " bytes",
                "at most " + std::to_string(limits::kBundleBytesMax) + " bytes: ask for fewer entries");
  return {};
}

}  // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with(kLocal); }

Result<std::string> to_zip(std::span<const Part> parts) {
  TRY_OK(check(parts));
  std::string out, directory;
  for (const Part& part : parts) {
    const uint64_t crc = checksum(part.bytes);
    directory.append(kCentral);
    append_u16(directory, kVersion);  // made by: no file system's attributes
    append_facts(directory, part, crc);
    for (int i = 0; i < 3; ++i) append_u16(directory, 0);  // no comment; first disk; internal attributes
    append_u32(directory, 0);                              // external attributes
    append_u32(directory, out.size());
    directory.append(part.name);
    out.append(kLocal);
    append_facts(out, part, crc);
    out.append(part.name).append(part.bytes);
  }
  const size_t begin = out.size();
  out.append(directory).append(kEnd);
  append_u32(out, 0);  // one disk
  append_u16(out, parts.size());
  append_u16(out, parts.size());
  append_u32(out, directory.size());
  append_u32(out, begin);
  append_u16(out, 0);  // no comment
  return out;
}

// Only names and sizes are taken from what is read; that everything else is as it must be shows when it is written again.
Result<std::vector<Part>> parts_of_zip(std::string_view bytes) {
  if (bytes.size() > limits::kBundleBytesMax)
    return fail(Code::too_large, "the bundle is too large", std::to_string(bytes.size()) + " bytes");
  std::vector<Part> parts;
  size_t at = 0;
  while (bytes.substr(at).starts_with(kLocal)) {
    if (bytes.size() - at < kLocalBytes) return fail(Code::invalid, "the bundle breaks off", "byte " + std::to_string(bytes.size()));
    if (parts.size() == limits::kBundlePartsMax) return fail(Code::too_large, "too many parts for one bundle");
    const uint64_t size = number_at(bytes, at + 18, 4), name = number_at(bytes, at + 26, 2);
    if (bytes.size() - at - kLocalBytes < name + size)
      return fail(Code::invalid, "the bundle breaks off", "part " + std::to_string(parts.size() + 1));
    at += kLocalBytes;
    parts.push_back({std::string(bytes.substr(at, name)), std::string(bytes.substr(at + name, size))});
    at += name + size;
  }
  const std::string again = TRY(to_zip(parts));
  const auto [ours, theirs] = std::ranges::mismatch(again, bytes);
  if (ours == again.end() && theirs == bytes.end()) return parts;
  return fail(Code::invalid, "the zip is not spelt as a bundle is", "byte " + std::to_string(ours - again.begin()),
              "it was changed or packed again: verify the file as it was handed out");
}

}  // namespace fairway::ledger::evidence
