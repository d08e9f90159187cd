// Joins the parts of AIS messages, in whatever order and however mixed they come.
//
// Parts belong together when talker, channel, sequence number, source and the count of parts agree; the next part 1 of the same name
// begins anew. What is not complete after kPartsApartMax sentences is given up. Not thread-safe; one per feed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "gateway/ais/bits.h"
#include "gateway/ais/sentence.h"

namespace fairway::gateway::ais {

struct Assembled {
  Bits bits;
  bool own_ship = false;
  char channel = '\0';
  std::string source;             // of the TAG block
  std::optional<int64_t> unix_s;  // of the first part that says it
};

class Assembler {
 public:
  static constexpr uint64_t kPartsApartMax = 512;

  // The message that the sentence completes, if any. Code::invalid for a payload that cannot be read.
  Result<std::optional<Assembled>> add(const Sentence& sentence);
  // Messages given up since the beginning, because parts of them did not come.
  [[nodiscard]] uint64_t given_up() const { return given_up_; }

 private:
  struct Part {
    std::string payload;
    uint8_t fill_bits = 0;
  };
  struct Waiting {
    std::vector<std::optional<Part>> parts;
    uint64_t since = 0;  // the sentence that began it
    std::optional<int64_t> unix_s;
  };
  void give_up_old();

  std::unordered_map<std::string, Waiting> waiting_;
  uint64_t sentences_ = 0;
  uint64_t given_up_ = 0;
};

}  // namespace fairway::gateway::ais
