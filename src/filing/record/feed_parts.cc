#include "filing/record/feed_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.h"

namespace fairway::filing {
namespace {

struct RoleRow {
  std::string_view role, party;
};
constexpr std::array<RoleRow, 10> kRoles = {{{"CZ", "consignor"},
                                             {"CN", "consignee"},
                                             {"IM", "importer"},
                                             {"EX", "exporter"},
                                             {"CA", "carrier"},
                                             {"FW", "forwarder"},
                                             {"FP", "forwarder"},
                                             {"N1", "notify"},
                                             {"NI", "notify"},
                                             {"DT", "declarant"}}};

}  // namespace

void Filler::put(Group group, uint32_t row, std::string_view item, std::string_view value) {
  const auto ref = fed_.record.schema().find(group, item);
  if (!ref || row >= kRecordRowsMax || fed_.record.field({*ref, row}).present()) return;
  auto normal = fed_.record.schema().normalise(*ref, value);
  // A row within bounds is always taken.
  if (normal && !normal->empty()) (void)fed_.record.put({*ref, row}, std::move(*normal), nullptr);
}

void Filler::append(Group group, uint32_t row, std::string_view item, std::string_view value, std::string_view between) {
  const auto ref = fed_.record.schema().find(group, item);
  if (!ref || value.empty() || row >= kRecordRowsMax) return;
  const std::string before = fed_.record.field({*ref, row}).value;
  auto normal =
      fed_.record.schema().normalise(*ref, before.empty() ? std::string(value) : before + std::string(between) + std::string(value));
  if (normal && !normal->empty()) (void)fed_.record.put({*ref, row}, std::move(*normal), nullptr);
}

void Filler::refer(ReferenceKind kind, std::string_view value) {
  auto reference = Reference::make(kind, value);
  if (!reference || fed_.references.size() >= limits::kReferencesPerEventMax) return;
  if (std::ranges::find(fed_.references, *reference) == fed_.references.end()) fed_.references.push_back(std::move(*reference));
}

uint32_t Filler::row_with(Group group, std::string_view item, std::string_view wanted) {
  const uint32_t count = rows(group);
  const auto ref = fed_.record.schema().find(group, item);
  const auto normal = ref ? fed_.record.schema().normalise(*ref, wanted) : Result<std::string>(std::string());
  if (!normal || normal->empty()) return count;
  for (uint32_t row = 0; row < count; ++row)
    if (value(group, row, item) == *normal) return row;
  put(group, count, item, wanted);
  return count;
}

const std::string& Filler::value(Group group, uint32_t row, std::string_view item) const {
  static const std::string kNone;
  const auto ref = fed_.record.schema().find(group, item);
  return ref ? fed_.record.value(*ref, row) : kNone;
}

bool Filler::empty() const { return fed_.record.typing().total == 0; }

std::string number_text(double value) {
  std::string text = fmt::format("{:.6f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string_view party_of_role(std::string_view role) {
  const auto* found = std::ranges::find(kRoles, role, &RoleRow::role);
  return found == kRoles.end() ? std::string_view() : found->party;
}

}  // namespace fairway::filing
