#include "gateway/ais/layout.h"

#include <algorithm>

namespace fairway::gateway::ais {
namespace {

std::span<const Layout> table_of(uint64_t type) { return type == 6 || type == 8 ? binary_layouts() : message_layouts(); }

}  // namespace

std::string_view Legend::text(uint64_t code) const {
  if (codes.empty()) return code < texts.size() ? texts[code] : otherwise;
  const auto found = std::ranges::find(codes, code);
  return found == codes.end() ? otherwise : texts[static_cast<size_t>(found - codes.begin())];
}

const Layout* layout_of(const Bits& bits) {
  const uint64_t type = bits.number(0, 6);
  for (const Layout& layout : table_of(type)) {
    if (layout.type != type || bits.number(layout.key_at, layout.key_bits) != layout.key) continue;
    if (layout.auxiliary_craft && !is_auxiliary_craft(bits.number(8, 30))) continue;
    if (bits.size() >= layout.bits_min && bits.size() <= layout.bits_max) return &layout;
  }
  return nullptr;
}

bool is_known_type(uint64_t type) { return std::ranges::find(table_of(type), type, &Layout::type) != table_of(type).end(); }

}  // namespace fairway::gateway::ais
