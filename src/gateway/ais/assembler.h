// Joins the parts of AIS messages, in whatever order and however mixed they come.
//
// Parts belong together when talker, VDM or VDO, channel, sequence number and the count of parts agree, and nothing in their TAG
// blocks tells them apart: another group, another source, or more than kPartsApartSecondsMax between them. A part that is there
// already begins anew. What is not complete after kPartsApartMax sentences is given up. Not thread-safe; one per feed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/ais/bits.h"
#include "gateway/ais/sentence.h"

namespace fairway::gateway::ais {

struct Assembled {
  Bits bits;
  bool own_ship = false;
  char channel = '\0';
  std::string source;             // of the first TAG block that says it
  std::optional<int64_t> unix_s;  // of the first TAG block that says it
  // The numbers that the caller gave the sentences that it was made of, by part.
  std::array<uint64_t, kPartsMax> sentences{};
  uint8_t parts = 1;
};

// A message of which parts did not come.
struct GivenUp {
  std::array<uint64_t, kPartsMax> sentences{};  // of the parts that did
  uint8_t came = 0, parts = 0;
};

class Assembler {
 public:
  static constexpr uint64_t kPartsApartMax = 512;
  static constexpr int64_t kPartsApartSecondsMax = 60;
  static constexpr size_t kGivenUpMax = 1'024;

  // The message that the sentence completes, or null: valid until the next call. `number` is the caller's own for the sentence.
  // Code::invalid for a payload that cannot be read; its message is dropped.
  Result<const Assembled*> add(const Sentence& sentence, uint64_t number = 0);
  // Messages that were given up since the last call; no more than kGivenUpMax are told.
  [[nodiscard]] std::vector<GivenUp> take_given_up();
  // Gives up what is not complete.
  void finish();

 private:
  struct Part {
    bool came = false;
    uint8_t fill_bits = 0;
    std::string payload;
    uint64_t number = 0;
  };
  struct Waiting {
    bool used = false;
    uint32_t key = 0;  // talker, VDM or VDO, channel, sequence number, count
    uint64_t since = 0;
    std::string source, group;
    std::optional<int64_t> unix_s;
    std::array<Part, kPartsMax> parts;
    uint8_t came = 0, count = 0;
  };
  static bool belongs(const Waiting& waiting, const Sentence& sentence, uint32_t key);
  Waiting& waiting_for(const Sentence& sentence);
  Waiting& begin(const Sentence& sentence, uint32_t key);
  void give_up(Waiting& waiting);
  Status join(Waiting& waiting, const Sentence& sentence);

  std::vector<Waiting> waiting_;  // slots are used again, with the room their texts have
  Assembled whole_;
  std::vector<GivenUp> given_up_;
  uint64_t sentences_ = 0;
};

}  // namespace fairway::gateway::ais
