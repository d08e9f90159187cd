// Authority: a simulated customs office behind the adapter contract (docs/howto/connect-an-authority.md): takes letters, gives answers
// after their time, and counts what came in how often.
//
// What it decides follows from the seed and the letters alone. With a state file every letter is on disk before it is acknowledged, and a
// restart goes on where the one before stood. Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"
#include "base/env.h"
#include "base/status.h"
#include "http/server.h"
#include "simulate/authority/conduct.h"
#include "simulate/authority/letter_view.h"

namespace fairway::simulate {

class Authority {
 public:
  // `state_file` "": it lives in memory. Code::invalid for a file that is none of its own, Code::unavailable where it cannot be used.
  [[nodiscard]] static Result<std::unique_ptr<Authority>> open(Conduct conduct, Env& env, const std::string& state_file = {});

  // 201 taken, 200 it was taken before, 409 the same id with something else in it, 400 it cannot be read, 503 not now.
  [[nodiscard]] http::Response put_letter(const LetterHeaders& head, std::string_view body);
  // {"answers":[…],"next":"…"}: those after `cursor` that are due.
  [[nodiscard]] http::Response answers(std::string_view cursor);
  // {"letters":[{"id","filing","kind","form","format","requests","taken"}],"lodgedTwice":[filing],"differing":[id],"closed":N}
  [[nodiscard]] http::Response letters();
  // PUT /letters/{id}, GET /letters/{id} (its body), GET /letters, GET /answers. The authority outlives the router.
  [[nodiscard]] http::Router router();

 private:
  struct Taken {
    LetterView view;
    std::string body;
    int64_t at_us = 0;
    uint64_t requests = 0;
    std::vector<Planned> plan;
  };
  struct Given {
    std::string letter;
    size_t answer = 0;  // in its plan
  };

  Authority(Conduct conduct, Env& env) : conduct_(std::move(conduct)), env_(env) {}
  Status load(const std::string& text);
  Status keep(std::string_view line);
  void take(LetterView view, std::string body, int64_t at_us);
  Status give_what_is_due();
  [[nodiscard]] std::string answer_json(const Given& given) const;
  http::Response refuse_for_now(std::string_view why) const;

  const Conduct conduct_;
  Env& env_;
  std::mutex mutex_;
  std::unique_ptr<Descriptor> file_;  // null: it lives in memory
  std::map<std::string, Taken, std::less<>> taken_;
  std::map<std::string, uint64_t, std::less<>> attempts_;                 // of each letter, taken or not
  std::map<std::string, Known, std::less<>> known_;                       // by filing
  std::map<std::string, int64_t, std::less<>> cancelled_us_;              // by filing
  std::set<std::pair<int64_t, std::pair<std::string, size_t>>> pending_;  // moment, letter, answer
  std::vector<Given> given_;
  std::set<std::string> lodged_twice_, differing_;
  uint64_t closed_ = 0;  // requests outside of its hours
};

}  // namespace fairway::simulate
