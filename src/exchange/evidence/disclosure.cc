#include "exchange/evidence/disclosure.h"

#include <algorithm>

namespace fairway::exchange::evidence {
namespace {

// The path without the place in its list, where it ends with one: "body/references/#".
std::string_view stem_of(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || slash + 1 == path.size()) return path;
  const std::string_view last = path.substr(slash + 1);
  return std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; }) ? path.substr(0, slash + 1) : path;
}

}  // namespace

// Both lists are in the order of the body, and redaction takes out and moves nothing else; so the one is followed through the other. What
// is not found in its order stays closed.
std::vector<bool> shown_fields(const Entry& entry, std::string_view shown_body) {
  const std::vector<ledger::Field> all = ledger::fields_of(entry);
  Entry shown = entry;
  shown.body = shown_body;
  std::vector<bool> open(all.size(), false);
  size_t from = 0;
  for (const ledger::Field& field : ledger::fields_of(shown)) {
    for (size_t i = from; i < all.size(); ++i) {
      if (stem_of(all[i].path) != stem_of(field.path) || all[i].value != field.value) continue;
      open[i] = true;
      from = i + 1;
      break;
    }
  }
  return open;
}

std::vector<bool> all_fields(const Entry& entry) { return std::vector<bool>(ledger::fields_of(entry).size(), true); }

}  // namespace fairway::exchange::evidence
