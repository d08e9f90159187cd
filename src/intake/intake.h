// Intake: the one door in. Every channel hands its bytes here with the party that sent them.
//
// It decodes, checks what the party may send, gives each message and event its identity, and commits what was understood. Accepted
// means durable: `done` is called after the store has it on disk. Sending the same again changes nothing and gives the same
// entries. A message is kept or refused on its own; one broken message does not hold up the others. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/viewer.h"
#include "base/env.h"
#include "gateway/decoded.h"
#include "intake/outcome.h"
#include "store/store.h"

namespace fairway::intake {

struct Submission {
  std::shared_ptr<const access::Viewer> sender;
  std::string_view bytes;                             // needed only until take() returns
  gateway::Format format = gateway::Format::unknown;  // unknown: detected
  std::string_view content_type;                      // as sent, for detection
};

class Intake {
 public:
  Intake(store::Store& store, Env& env) : store_(store), env_(env) {}

  // `done` is called exactly once, from this thread or one of the store's; it must not block. An Error means that nothing of the
  // submission is acknowledged: Code::forbidden, unsupported, invalid (nothing could be read), too_large, overloaded, unavailable.
  // After unavailable part of it may be stored; sending it again is safe.
  void take(const Submission& submission, std::function<void(Result<Outcome>)> done);
  // The same for messages that a channel has decoded itself, because what they say hangs on what came before.
  void take_decoded(const access::Viewer& sender, std::vector<gateway::DecodedMessage> messages, std::function<void(Result<Outcome>)> done);

 private:
  store::Store& store_;
  Env& env_;
};

}  // namespace fairway::intake
