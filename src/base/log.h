// The program's own log (not the ledger): one line a happening on standard error. Never a key, a password or a body.
#pragma once

#include <fmt/format.h>

#include <string_view>

namespace fairway::log {

enum class Level { debug, info, warn, error };

void set_level(Level level);
void write(Level level, std::string_view line);

template <typename... Values>
void debug(fmt::format_string<Values...> format, Values&&... values) {
  write(Level::debug, fmt::format(format, std::forward<Values>(values)...));
}
template <typename... Values>
void info(fmt::format_string<Values...> format, Values&&... values) {
  write(Level::info, fmt::format(format, std::forward<Values>(values)...));
}
template <typename... Values>
void warn(fmt::format_string<Values...> format, Values&&... values) {
  write(Level::warn, fmt::format(format, std::forward<Values>(values)...));
}
template <typename... Values>
void error(fmt::format_string<Values...> format, Values&&... values) {
  write(Level::error, fmt::format(format, std::forward<Values>(values)...));
}

}  // namespace fairway::log
