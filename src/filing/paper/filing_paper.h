// Filings as people use them: one as PDF or CSV, and a day's filings as one sheet. Words are in the language asked for (BCP 47: en,
// zh-Hant, zh-Hans), times in the regime's. Pure; any thread. Errors are paper's: Code::too_large, Code::unavailable where no font can be
// had.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "filing/life/filing.h"
#include "filing/regime/regime.h"

namespace fairway::filing {

// All fields by their groups, who stands for each group, what was found, what the authority answered.
[[nodiscard]] Result<std::string> filing_pdf(const Filing& filing, const Regimes& regimes, std::string_view language, int64_t now_us);
// "field,title,value,source,confidence,confirmed by", a line a field. Begins with a byte order mark, for spreadsheets; no cell is a
// formula.
[[nodiscard]] std::string filing_csv(const Filing& filing, const Regimes& regimes, std::string_view language);

// A line of the day's sheet.
struct SheetLine {
  const Filing* filing = nullptr;
  std::string reference;  // the consignment's own, "" for none
  std::string charge;     // "HKD 7.00", "" where it costs nothing or is not known
};
// "filing,form,title,consignment,reference,state,number,deadline,charge,confirmed by".
[[nodiscard]] std::string filings_csv(std::span<const SheetLine> lines, const Regimes& regimes, std::string_view language);
[[nodiscard]] Result<std::string> filings_pdf(std::span<const SheetLine> lines, std::string_view day, const Regimes& regimes,
                                              std::string_view language, int64_t now_us);

}  // namespace fairway::filing
