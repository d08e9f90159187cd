// The files below tables/, embedded when the program is built (cmake/embed_data.cmake). Constants; any thread.
#pragma once

#include <span>
#include <string_view>

namespace fairway::filing {

struct EmbeddedFile {
  std::string_view path;  // "regimes/hk/forms.csv"
  std::string_view text;
};
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();  // by path

}  // namespace fairway::filing
