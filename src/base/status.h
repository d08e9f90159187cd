// Status and Result: how every function of Fairway says that it failed.
//
// An Error carries what RFC 9457 problem+json needs: a stable code that programs compare, one sentence for people, the place
// or value that is wrong (detail) and the cure (hint). Nothing in Fairway throws; exceptions of third-party libraries are
// caught where they come out and turned into an Error. Values; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace fairway {

enum class Code {
  invalid,        // the input is wrong: the sender can mend it
  unauthorized,   // no or unknown credentials
  forbidden,      // known, but not allowed
  not_found,      // does not exist, or not for this viewer
  conflict,       // contradicts what is stored
  too_large,      // past a limit of base/limits.h
  unsupported,    // a format, version or method that is not known
  throttled,      // this caller has had its share for now
  overloaded,     // try again later: a queue is full
  unavailable,    // the store cannot write or be reached; it recovers by itself
  internal,       // a bug
  second_factor,  // the password is right, and a one-time code is wanted beside it
};

struct Error {
  Code code = Code::internal;
  std::string message;        // one sentence, for people
  std::string detail;         // what and where: a value, a path, a position
  std::string hint;           // the cure, where one is known
  int64_t retry_after_s = 0;  // when to try again, where that is known

  // "message: detail (hint)" on one line, for logs and the command line.
  [[nodiscard]] std::string text() const;
};

// The code as it stands in problem+json ("invalid", "not_found", …) and the HTTP status it answers with.
[[nodiscard]] std::string_view name(Code code);
[[nodiscard]] int http_status(Code code);

template <typename T>
using Result = std::expected<T, Error>;
using Status = std::expected<void, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(Code code, std::string message, std::string detail = {}, std::string hint = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(detail), std::move(hint)});
}

}  // namespace fairway

// auto value = TRY(expression): the value, or return the expression's Error to the caller. Nests.
#define TRY(...) FAIRWAY_TRY_(FAIRWAY_TRY_NAME_(__COUNTER__), __VA_ARGS__)
// TRY_OK(expression): the same for a Status.
#define TRY_OK(...) FAIRWAY_TRY_OK_(FAIRWAY_TRY_NAME_(__COUNTER__), __VA_ARGS__)

#define FAIRWAY_TRY_PASTE_(number) try_result_##number
#define FAIRWAY_TRY_NAME_(number) FAIRWAY_TRY_PASTE_(number)
#define FAIRWAY_TRY_(name, ...)                        \
  ({                                                   \
    auto name = (__VA_ARGS__);                         \
    if (!name.has_value()) [[unlikely]]                \
      return std::unexpected(std::move(name).error()); \
    std::move(*name);                                  \
  })
#define FAIRWAY_TRY_OK_(name, ...)                     \
  do {                                                 \
    auto name = (__VA_ARGS__);                         \
    if (!name.has_value()) [[unlikely]]                \
      return std::unexpected(std::move(name).error()); \
  } while (false)
