// Claims: the one door by which what an air message says becomes events of a DecodedMessage.
//
// Keeps the message's references and parties each once, gives events their identity and source, validates them, and turns everything odd
// into a diagnostic under the format's own prefix. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "gateway/decoded.h"

namespace fairway::gateway::air {

// Where in the message something stands: as in Diagnostic.
struct Origin {
  uint32_t segment = 0;
  std::string position;
  uint64_t offset = 0;
};

class Claims {
 public:
  // `prefix` begins the codes of diagnostics: "cargo_imp".
  Claims(DecodedMessage& out, std::string_view prefix) : out_(out), prefix_(prefix) {}

  // Checks, normalises and remembers a reference; a wrong one is reported, an empty one is none.
  std::optional<Reference> reference(ReferenceKind kind, std::string_view raw, const Origin& at);
  // The same, added to `references` once.
  void add_reference(std::vector<Reference>& references, ReferenceKind kind, std::string_view raw, const Origin& at);

  // A party of the whole message: of every event stated from now on.
  void add_party(NamedParty party);
  // A party of one event.
  void add_party(std::vector<NamedParty>& parties, NamedParty party);

  // States an event. Where its time is only that of the receipt, it does not count for its identity.
  void state(Event event, const Origin& at, bool time_of_receipt = false);

  void note(Severity severity, std::string_view code, std::string message, const Origin& at);
  // The same, once a message.
  void note_once(Severity severity, std::string_view code, std::string message, const Origin& at);

 private:
  DecodedMessage& out_;
  std::string prefix_;
  std::vector<NamedParty> parties_;
  std::unordered_set<std::string> known_references_, known_parties_, stated_, said_;
};

}  // namespace fairway::gateway::air
