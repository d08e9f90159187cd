// Channel: an authority's way in, as an adapter. Four things are asked of one: send, and send the same again without a second effect; tell
// what came back; say when it is open. docs/howto/connect-an-authority.md is the contract in words.
//
// Implementations are called from one thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "filing/life/filing.h"

namespace fairway::filing {

// What goes out. Written once, when it is ordered, and kept: what is sent again is the same bytes.
struct Letter {
  std::string id;      // the lodgement's: the key by which the authority tells a repeat
  std::string filing;  // "fil_…"
  Kind kind = Kind::original;
  std::string format;  // "cusdec", "cuscar", "dec-message", …
  std::string content_type;
  std::string number;  // the authority's of what is amended or cancelled
  std::string body;
  int64_t ordered_us = 0;
  std::string form;  // "hk/1"
};

struct Heard {
  std::string filing;  // "" where the authority names only the lodgement or its own number
  std::string lodgement;
  Answer answer;
  std::string problem;   // why it could not be read; "" otherwise
  std::string original;  // then: what came
};

class Channel {
 public:
  virtual ~Channel() = default;
  [[nodiscard]] virtual const std::string& name() const = 0;  // "hk-tsw"
  // When it takes letters of this form next: nullopt now, else the moment (its hours: regime's hours.csv).
  [[nodiscard]] virtual std::optional<int64_t> opens_us(std::string_view form, int64_t now_us) const = 0;
  // ok: the authority has it. Code::unavailable: not, or unknown; it will be sent again under the same id. Other codes: it will never take
  // it.
  [[nodiscard]] virtual Status send(const Letter& letter) = 0;
  // What came back after `cursor` ("" from the beginning), in order, and the cursor to go on from. The same answers may come twice.
  struct Mail {
    std::vector<Heard> heard;
    std::string cursor;
  };
  [[nodiscard]] virtual Result<Mail> fetch(std::string_view cursor) = 0;
  // From any thread: whatever waits for the authority returns soon, and what is asked from then on fails at once.
  virtual void give_up() {}
};

}  // namespace fairway::filing
