// Sessions: who has signed in, until when.
//
// A session is known by a token of 260 random bits that exists in the browser's cookie only; the store keeps its SHA-256 (state
// "session/DIGEST", listed under "sessions/PERSON/DIGEST"). It ends twelve hours after it was last used, seven days after it began, when
// the person signs out, is suspended, or changes the password, and as the oldest of too many. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/people/person.h"
#include "base/env.h"
#include "store/store.h"

namespace fairway::access {

inline constexpr int64_t kSessionIdleSeconds = int64_t{12} * 3600;
inline constexpr int64_t kSessionSeconds = int64_t{7} * 24 * 3600;
// How exactly the store knows when a session was last used: a write for every request would be too many.
inline constexpr int64_t kSessionSeenSeconds = 600;

struct Session {
  std::string digest;  // SHA-256 of the token, in hex
  PersonId person;
  uint64_t generation = 0;  // of the person's password when it began
  int64_t created_us = 0, seen_us = 0;
  uint64_t version = 0;  // of the state record

  [[nodiscard]] int64_t ends_us() const;
  // Whether the session is still this person's.
  [[nodiscard]] bool is_of(const Person& person) const;
};

struct OpenedSession {
  Person person;
  std::string token;    // exists only here
  int64_t ends_us = 0;  // where it is not used again
};

// What a page sends back with everything that it changes, so that no other site can: derived from the token by HMAC-SHA-256, and of no use
// without it.
[[nodiscard]] std::string csrf_of(std::string_view token);
// Compared in a time that does not tell how much of it is right.
[[nodiscard]] bool is_csrf_of(std::string_view token, std::string_view csrf);

class Sessions {
 public:
  Sessions(store::Store& store, Env& env) : store_(store), env_(env) {}

  // A new session's writes, for the caller to commit; its token is always new. Those of the person that have ended are swept away.
  [[nodiscard]] Result<OpenedSession> prepare(const Person& person, store::Batch& batch);
  // nullopt for a token that is none, and for a session that has ended.
  [[nodiscard]] Result<std::optional<Session>> find(std::string_view token);
  // Keeps in mind that it was used, where that is worth a write. Does not wait, and does not bring back a session that ends meanwhile.
  void touch(const Session& session);
  // There may be none.
  [[nodiscard]] Status end(const Session& session);
  // The end of all sessions of the person but that of the token `kept` ("": none), which goes on under the person's generation of now.
  // For the caller to commit.
  [[nodiscard]] Status prepare_end(const Person& person, std::string_view kept, store::Batch& batch);

 private:
  Result<std::vector<Session>> of(const PersonId& person);

  store::Store& store_;
  Env& env_;
};

}  // namespace fairway::access
