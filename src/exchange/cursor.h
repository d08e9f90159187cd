// Cursor: where a page of a list begins. Opaque for the caller, and good only for the query that gave it.
//
// It carries the places where the pages before began, so that a page can name the one before it; what is further back than that is
// reached from the first page. Value type; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "model/entry.h"

namespace fairway::exchange {

struct Cursor {
  std::vector<Position> starts;  // of the pages up to this one; the first page has none
  bool forgot = false;           // there were more before them
  bool last = false;             // the last page, read from the end of the list

  [[nodiscard]] Position after() const { return starts.empty() ? 0 : starts.back(); }
  [[nodiscard]] Cursor next(Position after) const;
  // nullopt for the first page, and where the one before is not known.
  [[nodiscard]] std::optional<Cursor> previous() const;
  // `fingerprint`: of the query.
  [[nodiscard]] std::string text(std::string_view fingerprint) const;
};

// Code::invalid for what no cursor is, and for that of another query.
[[nodiscard]] Result<Cursor> parse_cursor(std::string_view text, std::string_view fingerprint);

}  // namespace fairway::exchange
