// Disturbance: what senders and their lines do to messages. Whatever is wrong is put right by its own sender, later.
#include <algorithm>
#include <array>
#include <tuple>

#include "simulate/dice.h"
#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

enum Tag : uint64_t { kTrouble = 0x7B0B };

enum class Trouble : uint8_t { late, again, out_of_order, damaged, wrong_time, wrong_number };
constexpr std::array kTroubles = {Trouble::late,    Trouble::again,      Trouble::out_of_order,
                                  Trouble::damaged, Trouble::wrong_time, Trouble::wrong_number};

// Whether the sender's format can say that an earlier message was wrong. Papers are replaced by new ones, and told no more than once here.
bool can_mend(const Consignment& c, const Telling& telling) {
  const std::string_view format = format_of(c, telling.voice);
  const bool paper = (c.acts[telling.act].row.flags & kPaper) != 0;
  const bool reading = telling.voice == Voice::sensor;  // a reading is as it is
  return !paper && !reading && (format == "DCSA" || format == "EDIFACT" || format == "LAND");
}

// The truck's own messages name no container.
bool names_box(const Consignment& c, const Telling& telling) {
  const bool of_truck = telling.voice == Voice::road || telling.voice == Voice::lock;
  return !of_truck && !c.of(c.acts[telling.act].row.unit).box.empty();
}

Trouble trouble_of(const Consignment& c, const Telling& telling, Dice& dice) {
  const Trouble trouble = kTroubles[dice.below(static_cast<uint32_t>(kTroubles.size()))];
  if (trouble == Trouble::wrong_time && !can_mend(c, telling)) return Trouble::late;
  if (trouble == Trouble::wrong_number && (!can_mend(c, telling) || !names_box(c, telling))) return Trouble::again;
  return trouble;
}

}  // namespace

void disturb(const Consignment& c, int percent, std::vector<Telling>& all) {
  const size_t count = all.size();
  auto next_number = static_cast<uint32_t>(count);
  for (size_t i = 0; i < count; ++i) {
    Dice dice(mix(mix(c.key, kTrouble), i));
    if (!dice.chance(static_cast<uint32_t>(percent))) continue;
    const Telling told = all[i];
    Telling more = told;
    const Seconds soon = told.sent + dice.between(20, 90) * kMinute;
    switch (trouble_of(c, told, dice)) {
      case Trouble::late: all[i].due_after = dice.between(3, 30) * kHour; continue;
      case Trouble::out_of_order:
        if (i + 1 < count) all[i].due_after = all[i + 1].sent + kMinute - told.sent;
        continue;
      case Trouble::again: break;  // the same, to the letter
      case Trouble::damaged: all[i].change = Change::damaged; break;
      case Trouble::wrong_time:
        all[i].change = Change::time_wrong;
        all[i].at += (dice.chance(50) ? 1 : -1) * dice.between(90, 300) * kMinute;
        more.change = Change::time_mended;
        more.number = next_number++;
        more.mends = told.number;
        break;
      case Trouble::wrong_number: {
        Telling right = told;  // by a message of its own, when it has been found out
        right.number = next_number++;
        right.sent = soon + 5 * kMinute;
        all[i].change = Change::number_wrong;
        more.change = Change::number_taken_back;
        more.number = next_number++;
        more.mends = told.number;
        all.push_back(right);
        break;
      }
    }
    // What comes again says when it was written at first: it is the same message. A correction is written when it is sent.
    more.due_after = soon - told.sent;
    if (more.change != Change::none) more.sent = soon, more.due_after = 0;
    all.push_back(more);
  }
  std::ranges::stable_sort(all, {}, [](const Telling& t) { return std::tuple(t.sent + t.due_after, t.number); });
}

}  // namespace fairway::simulate::multimodal
