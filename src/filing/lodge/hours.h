// Hours: when an authority's channel takes letters: hours.csv of the regimes, in each regime's zone.
//
// Read once; const afterwards, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "filing/regime/regime.h"

namespace fairway::filing {

class Hours {
 public:
  // Always open.
  Hours() = default;
  // The rows of this authority. Code::invalid names the row that cannot be read.
  [[nodiscard]] static Result<Hours> of(const Regimes& regimes, std::string_view authority);
  [[nodiscard]] static Result<Hours> of(const Regime& regime, std::string_view authority);

  // When a letter of this form ("hk/1") is taken next: nullopt now, else the moment. A form that no row names is taken at any time.
  [[nodiscard]] std::optional<int64_t> opens_us(std::string_view form, int64_t now_us) const;

 private:
  struct Row {
    std::string regime, zone;
    std::vector<std::string> forms;  // codes, "dcp-*", "*"
    int opens = 0, closes = 0;       // minutes of the day; closes before opens: over midnight
  };
  std::vector<Row> rows_;  // the first that names a form is its row
};

}  // namespace fairway::filing
