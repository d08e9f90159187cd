#include "filing/form/draft.h"

#include <algorithm>
#include <set>

#include "base/bytes.h"

namespace fairway::filing {

std::string FormKey::text() const {
  std::string text = regime + "/" + form;
  if (leg > 0) text += "@" + std::to_string(leg);
  return text;
}

Result<FormKey> FormKey::parse(std::string_view text) {
  const auto wrong = [&] {
    return fail(Code::invalid, "not the key of a form", legible(text), "as in hk/1A, or hk/aci@2 for the second leg");
  };
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash == 0) return wrong();
  FormKey key{std::string(text.substr(0, slash)), {}, 0};
  std::string_view rest = text.substr(slash + 1);
  if (const size_t at = rest.find('@'); at != std::string_view::npos) {
    const std::string_view leg = rest.substr(at + 1);
    if (leg.empty() || leg.size() > 4 || leg.front() == '0') return wrong();
    for (const char c : leg) {
      if (c < '0' || c > '9') return wrong();
      key.leg = key.leg * 10 + static_cast<uint32_t>(c - '0');
    }
    rest = rest.substr(0, at);
  }
  const bool legible_form = !rest.empty() && rest.size() <= 32 && std::ranges::all_of(rest, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
  if (!legible_form) return wrong();
  key.form = rest;
  return key;
}

const FilledField* Draft::find(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &FilledField::name);
  return found == fields.end() ? nullptr : &*found;
}

std::string Draft::digest(std::string_view group) const {
  // Lengths before the texts: no two drafts make the same bytes.
  std::string bytes = "fairway-draft/v1";
  const auto add = [&](std::string_view text) {
    append_u64(bytes, text.size());
    bytes += text;
  };
  add(key.text());
  for (const FilledField& field : fields) {
    if (!group.empty() && field.group != group) continue;
    add(field.name);
    add(field.value);
  }
  return to_hex(sha256(bytes));
}

Record::Typing typing(const Record& record, std::span<const Draft> drafts) {
  Record::Typing typing;
  std::set<std::string_view> paths;
  for (const Draft& draft : drafts) {
    for (const FilledField& field : draft.fields) {
      if (field.value.empty()) continue;
      ++typing.total;
      if (field.typed) ++typing.typed;
      for (const std::string& path : field.from) {
        if (!paths.insert(path).second) continue;
        const auto parsed = record.schema().parse_path(path);
        const SourcePtr source = parsed ? record.field(*parsed).source : nullptr;
        if (source && source->kind == SourceKind::typed) ++typing.typed;
      }
    }
  }
  return typing;
}

}  // namespace fairway::filing
