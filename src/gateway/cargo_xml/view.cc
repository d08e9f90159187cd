#include "gateway/cargo_xml/view.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "gateway/cargo_xml/deviation.h"

namespace fairway::gateway::cargo_xml {
namespace {

// The first step of a path, which is taken off it.
std::string_view take_step(std::string_view& path) {
  const size_t slash = std::min(path.find('/'), path.size());
  const std::string_view step = path.substr(0, slash);
  path.remove_prefix(std::min(slash + 1, path.size()));
  return step;
}

// The elements at a path from `element`, in order, added to `found`, at most `count_max` of them.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the path has steps
void find_all(const Document& document, uint32_t element, std::string_view path, size_t count_max, std::vector<uint32_t>& found) {
  if (path.empty()) return found.push_back(element);
  const std::string_view step = take_step(path);
  for (const uint32_t child : document.elements[element].children) {
    if (found.size() >= count_max) return;
    if (document.elements[child].name == step && !document.elements[child].foreign) find_all(document, child, path, count_max, found);
  }
}

// Walks the document beside the tables.
class Unknown {
 public:
  Unknown(const Document& document, air::Claims& claims) : document_(document), claims_(claims) {}

  // NOLINTNEXTLINE(misc-no-recursion): no deeper than limits::kCargoXmlDepthMax
  void check(uint32_t element, Group group, const std::string& below) {
    for (const uint32_t child : document_.elements[element].children) {
      const Element& at = document_.elements[child];
      if (at.foreign) {
        say(Deviation::element_foreign, child);
        continue;
      }
      const std::string path = below.empty() ? at.name : below + "/" + at.name;
      const auto inner = std::ranges::find(row(group).groups, std::string_view(path), &InnerRow::path);
      if (inner != row(group).groups.end())
        check(child, inner->group, {});
      else if (leads_on(group, path))
        check(child, group, path);
      else if (!is_field(group, path) && !is_passed_over(at.name))
        say(Deviation::element_unknown, child);
    }
  }

 private:
  static bool is_field(Group group, std::string_view path) {
    return std::ranges::find(row(group).fields, path, &FieldRow::path) != row(group).fields.end();
  }

  static bool leads_on(Group group, const std::string& path) {
    const auto is_longer = [&](const auto& at) { return at.path.starts_with(path) && at.path.substr(path.size()).starts_with('/'); };
    return std::ranges::any_of(row(group).fields, is_longer) || std::ranges::any_of(row(group).groups, is_longer);
  }

  void say(Deviation deviation, uint32_t element) {
    const Element& at = document_.elements[element];
    if (said_.size() >= limits::kDiagnosticsPerMessageMax || !said_.insert(at.name).second) return;
    note(claims_, deviation, {0, document_.path_of(element), at.offset}, at.name);
  }

  const Document& document_;
  air::Claims& claims_;
  std::set<std::string> said_;
};

}  // namespace

std::optional<uint32_t> View::find(std::string_view name) const {
  for (const FieldRow& field : row(group_).fields) {
    if (field.name != name) continue;
    std::vector<uint32_t> found;
    find_all(*document_, element_, field.path, 1, found);
    if (!found.empty() && !document_->elements[found.front()].text.empty()) return found.front();
  }
  return std::nullopt;
}

const Element* View::field(std::string_view name) const {
  const auto found = find(name);
  return found ? &document_->elements[*found] : nullptr;
}

std::string_view View::text(std::string_view name) const {
  const Element* found = field(name);
  return found == nullptr ? std::string_view() : std::string_view(found->text);
}

std::vector<View> View::all(std::string_view name) const {
  std::vector<View> views;
  for (const InnerRow& inner : row(group_).groups) {
    if (inner.name != name) continue;
    std::vector<uint32_t> found;
    find_all(*document_, element_, inner.path, limits::kCargoXmlElementsMax, found);
    for (const uint32_t element : found) views.emplace_back(*document_, element, inner.group);
  }
  return views;
}

std::optional<View> View::first(std::string_view name) const {
  const auto found = all(name);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

air::Origin View::origin(std::string_view name) const { return origin_of(find(name).value_or(element_)); }

air::Origin View::origin_of(uint32_t element) const { return {0, document_->path_of(element), document_->elements[element].offset}; }

void report_unknown(const Document& document, air::Claims& claims) { Unknown(document, claims).check(0, Group::message, {}); }

}  // namespace fairway::gateway::cargo_xml
