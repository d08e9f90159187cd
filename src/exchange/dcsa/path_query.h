// The query parameters of those APIs whose filters look at many members: a table says where each parameter looks in the objects as they are
// written, so that what is searched is what is shown, and no more. Values; any thread.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/status.h"
#include "exchange/dcsa/page_parameters.h"
#include "http/message.h"
#include "model/reference.h"

namespace fairway::exchange::dcsa {

enum class Looks : uint8_t {
  text,       // the value there is this one
  list,       // …or one of these, separated by commas
  time_from,  // a date-time there is not before this one; bounds are included
  time_to,
  date_from,  // the same of dates; of a date-time its date counts
  date_to,
  truth,  // "true" or "false": for the writer, not a filter
};

struct PathFilter {
  std::string_view name;
  Looks looks = Looks::text;
  std::array<std::string_view, 3> paths = {};  // "a/b": member b of a, or of each object in the list a; any of them
  std::optional<ReferenceKind> kind = {};      // whose events are found by it
};

class PathQuery {
 public:
  // The references of the most selective filter; empty where no filter names one.
  [[nodiscard]] std::vector<Reference> index() const;
  // Whether all filters hold.
  [[nodiscard]] bool matches(const json::object& object) const;
  [[nodiscard]] bool says_true(std::string_view name) const { return says(name, "true"); }
  [[nodiscard]] bool says_false(std::string_view name) const { return says(name, "false"); }

  PageParameters page;

 private:
  struct Wanted {
    const PathFilter* filter = nullptr;
    std::vector<std::string> values;
    std::vector<Reference> references;  // where the filter has a kind: the values as such
    int64_t micros = 0;                 // of a time
  };
  [[nodiscard]] bool says(std::string_view name, std::string_view value) const;
  [[nodiscard]] static bool holds(const Wanted& wanted, std::string_view text);
  static Result<Wanted> parse(const PathFilter& filter, std::string_view value);
  friend Result<PathQuery> parse_path_query(const http::Fields& query, std::span<const PathFilter> filters);

  std::vector<Wanted> wanted_;
};

// Code::invalid for an unknown parameter, one that is there twice, what is no time, date, truth or number, and another query's cursor. A
// limit past the greatest page is taken for that.
[[nodiscard]] Result<PathQuery> parse_path_query(const http::Fields& query, std::span<const PathFilter> filters);

// "2026-01-23".
[[nodiscard]] bool is_date(std::string_view text);

}  // namespace fairway::exchange::dcsa
