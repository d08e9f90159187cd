// Conduct: how a simulated authority behaves, and what it decides of one letter: the same for the same seed and letter. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "filing/lodge/channel.h"
#include "simulate/authority/letter_view.h"

namespace fairway::simulate {

struct Conduct {
  uint64_t seed = 1;
  int64_t delay_ms = 200;                                                  // between two answers
  int64_t release_after_ms = 1000;                                         // from acceptance, or from the end of an inspection
  uint32_t reject = 0, query = 0, outage = 0, duplicate = 0, inspect = 0;  // of a hundred
  int opens = 0, closes = 24 * 60;                                         // minutes of the day
  std::string zone = "Asia/Hong_Kong";
};
// "07:00-23:00" into opens and closes. Code::invalid otherwise.
[[nodiscard]] Status set_hours(Conduct& conduct, std::string_view text);
[[nodiscard]] bool is_open(const Conduct& conduct, int64_t now_us);

// What comes of one request to take a letter, before the letter is looked at.
enum class Mishap : uint8_t { none, refused_before, lost_after };  // 503 and nothing taken; taken, and yet 503
[[nodiscard]] Mishap mishap(const Conduct& conduct, std::string_view letter, uint64_t attempt);

// An answer that will be given, so long after the letter came.
struct Planned {
  int64_t after_us = 0;
  filing::Heard heard;
  bool repeat = false;  // of one before it
};

// What the authority knows of the filing already.
struct Known {
  std::string number;    // that it gave; "" for none
  bool stands = false;   // accepted or asked about, and not cancelled
  bool queried = false;  // asked about: an amendment answers that
};
[[nodiscard]] std::vector<Planned> decide(const Conduct& conduct, const LetterView& letter, const Known& known);

// 16 characters for road cargo, 18 digits for a Mainland declaration, 15 for others.
[[nodiscard]] std::string number_for(const Conduct& conduct, const LetterView& letter);

}  // namespace fairway::simulate
