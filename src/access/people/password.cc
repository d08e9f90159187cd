#include "access/people/password.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/bytes.h"

namespace fairway::access {
namespace {

// The commonest of twelve characters and more in lists of stolen passwords, lower case. Those of few different characters need no
// place here: kDifferentMin refuses them.
constexpr std::array<std::string_view, 40> kCommon = {
    "1234567890123",    "123456789012",     "1234567890qwerty", "123456789abc", "123456qwerty",  "1q2w3e4r5t6y",   "1q2w3e4r5t6y7u8i",
    "1qaz2wsx3edc",     "1qaz2wsx3edc4rfv", "aa123456789",      "abcd12345678", "abcdefghijkl",  "adminadmin12",   "administrator",
    "administrator1",   "changeme1234",     "changemenow1",     "football1234", "iloveyou1234",  "iloveyou2023",   "letmein12345",
    "letmeinplease",    "mypassword123",    "myspace12345",     "password1234", "password12345", "password123456", "password2023!",
    "passwordpassword", "princess1234",     "q1w2e3r4t5y6",     "qazwsxedcrfv", "qwerty123456",  "qwerty1234567",  "qwertyqwerty",
    "qwertyuiop12",     "qwertyuiop123",    "qwertyuiop[]",     "welcome12345", "zaq12wsxcde3",
};
constexpr size_t kDifferentMin = 5;

size_t characters(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

}  // namespace

Status check_password(std::string_view password, std::string_view email) {
  constexpr const char* kCure = "12 to 128 characters; several words that do not belong together are easy to keep in mind";
  if (!is_valid_utf8(password)) return fail(Code::invalid, "a password is text in UTF-8");
  const size_t length = characters(password);
  if (length < kPasswordCharactersMin) return fail(Code::invalid, "the password is too short", {}, kCure);
  if (length > kPasswordCharactersMax) return fail(Code::invalid, "the password is too long", {}, kCure);
  const std::string folded = to_lower(password);
  const bool is_plain = std::set<char>(folded.begin(), folded.end()).size() < kDifferentMin;
  if (is_plain || std::ranges::find(kCommon, folded) != kCommon.end() || folded == to_lower(email))
    return fail(Code::invalid, "the password is one of those that are tried first", {}, kCure);
  return {};
}

}  // namespace fairway::access
