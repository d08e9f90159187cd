// Small helpers over bytes: hex, base64, big-endian numbers, SHA-256, UTF-8. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway {

[[nodiscard]] std::string to_hex(std::string_view bytes);  // lower case
[[nodiscard]] Result<std::string> from_hex(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view bytes);  // RFC 4648, padded
[[nodiscard]] Result<std::string> from_base64(std::string_view text);

// 32 bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);

// The first 16 bytes of a digest written as a UUID, version 8 (RFC 9562: contents of our own making).
[[nodiscard]] std::string uuid_from_digest(std::string_view digest);

// Big-endian, so that byte order is number order: 8 bytes.
void append_u64(std::string& out, uint64_t value);
[[nodiscard]] uint64_t read_u64(const char* bytes);

[[nodiscard]] bool is_valid_utf8(std::string_view text);
// The text as valid UTF-8 of at most `bytes_max` bytes, to be shown or kept: cut between characters, malformed bytes as U+FFFD.
[[nodiscard]] std::string legible(std::string_view text, size_t bytes_max = 64);

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // of UTF-8
[[nodiscard]] std::string_view without_byte_order_mark(std::string_view text);

[[nodiscard]] std::string_view trim(std::string_view text);  // blanks, tabs, CR, LF at both ends
[[nodiscard]] std::string to_upper(std::string_view text);   // ASCII only
[[nodiscard]] std::string to_lower(std::string_view text);   // ASCII only

}  // namespace fairway
