#include "gateway/cargo_xml/document.h"

#include <algorithm>
#include <array>
#include <map>
#include <pugixml.hpp>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/xml_name.h"

namespace fairway::gateway::cargo_xml {
namespace {

constexpr size_t kPrefixesInScopeMax = 128;
constexpr size_t kNameBytesMax = 128;
constexpr std::string_view kCure = "send one message of Cargo-XML as a document";
// IATA's own, and UN/CEFACT's, from which its data model comes.
constexpr std::array<std::string_view, 2> kSpaces = {"iata:", "urn:un:unece:uncefact:"};

bool is_foreign(std::string_view space) {
  return !space.empty() && std::ranges::none_of(kSpaces, [&](std::string_view own) { return space.starts_with(own); });
}

std::unexpected<Error> too_large(std::string detail) { return fail(Code::too_large, "too large", std::move(detail), std::string(kCure)); }

Status check_size(std::string_view bytes) {
  if (bytes.size() > limits::kCargoXmlBytesMax) return too_large("more than " + std::to_string(limits::kCargoXmlBytesMax) + " bytes");
  const auto tags = static_cast<size_t>(std::ranges::count(bytes, '<'));
  const auto attributes = static_cast<size_t>(std::ranges::count(bytes, '='));
  if (tags > 2 * limits::kCargoXmlElementsMax || attributes > limits::kCargoXmlAttributesMax) return too_large("too many elements");
  return {};
}

// A character reference may make what is no character.
std::string clean(std::string_view text) { return is_valid_utf8(text) ? std::string(text) : legible(text, 3 * text.size()); }

std::string text_in(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node child : node.children())
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
  return clean(trim(text));
}

// Takes pugixml's tree over into ours. Prefixes are resolved on the way down.
class Builder {
 public:
  Builder(Document& out, uint64_t offset) : out_(out), offset_(offset) {}

  // NOLINTNEXTLINE(misc-no-recursion): no deeper than limits::kCargoXmlDepthMax
  Status add(const pugi::xml_node& node, uint32_t parent, size_t depth) {
    if (depth > limits::kCargoXmlDepthMax) return too_large("more than " + std::to_string(limits::kCargoXmlDepthMax) + " levels");
    if (out_.elements.size() >= limits::kCargoXmlElementsMax) return too_large("too many elements");
    const size_t scope = scope_.size();
    const auto self = static_cast<uint32_t>(out_.elements.size());
    Element element;
    element.parent = parent;
    element.offset = offset_ + static_cast<uint64_t>(std::max<ptrdiff_t>(node.offset_debug() - 1, 0));
    element.text = text_in(node);
    TRY_OK(take_attributes(node, element));
    const std::string_view space = space_of(prefix_of(node.name()));
    element.name = local_of(node.name()).substr(0, kNameBytesMax);
    if (!is_valid_utf8(element.name)) element.name = legible(element.name, kNameBytesMax);
    element.foreign = is_foreign(space);
    if (self == 0) out_.space = space;
    out_.elements.push_back(std::move(element));
    std::map<std::string, uint32_t> ordinals;
    for (const pugi::xml_node child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const auto index = static_cast<uint32_t>(out_.elements.size());
      TRY_OK(add(child, self, depth + 1));
      out_.elements[index].ordinal = ++ordinals[out_.elements[index].name];
      out_.elements[self].children.push_back(index);
    }
    scope_.resize(scope);
    return {};
  }

 private:
  Status take_attributes(const pugi::xml_node& node, Element& element) {
    size_t count = 0;
    for (const pugi::xml_attribute attribute : node.attributes()) {
      if (++count > limits::kCargoXmlAttributesPerElementMax) return too_large("an element with too many attributes");
      const std::string_view name = attribute.name();
      if (name == "xmlns" || name.starts_with("xmlns:")) {
        if (scope_.size() >= kPrefixesInScopeMax) return too_large("too many namespaces");
        scope_.emplace_back(name == "xmlns" ? std::string_view() : local_of(name), attribute.value());
      } else if (prefix_of(name).empty()) {
        element.attributes.emplace_back(name.substr(0, kNameBytesMax), clean(trim(attribute.value())));
      }
    }
    return {};
  }

  [[nodiscard]] std::string_view space_of(std::string_view prefix) const {
    const auto found = std::ranges::find(scope_.rbegin(), scope_.rend(), prefix, &std::pair<std::string_view, std::string_view>::first);
    return found == scope_.rend() ? std::string_view() : found->second;
  }

  Document& out_;
  uint64_t offset_;
  std::vector<std::pair<std::string_view, std::string_view>> scope_;  // prefix and namespace
};

// What stands before the root element: declarations, comments, a document type.
std::string_view skip_prolog(std::string_view bytes) {
  while (true) {
    bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
    std::string_view end;
    if (bytes.starts_with("<!--"))
      end = "-->";
    else if (bytes.starts_with("<?"))
      end = "?>";
    else if (bytes.starts_with("<!"))
      end = ">";
    else
      return bytes;
    const size_t at = bytes.find(end, 2);
    bytes.remove_prefix(at == std::string_view::npos ? bytes.size() : at + end.size());
  }
}

}  // namespace

std::string_view Element::attribute(std::string_view attribute) const {
  const auto found = std::ranges::find(attributes, attribute, &std::pair<std::string, std::string>::first);
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

std::string Document::path_of(uint32_t element) const {
  std::string path;
  while (true) {
    const Element& at = elements[element];
    std::string step = "/" + at.name;
    if (at.ordinal > 1) step += "[" + std::to_string(at.ordinal) + "]";
    path.insert(0, step);
    if (element == 0) return path;
    element = at.parent;
  }
}

Result<Document> read_document(std::string_view bytes) {
  const std::string_view text = without_byte_order_mark(bytes);
  TRY_OK(check_size(text));
  if (!is_valid_utf8(text)) return fail(Code::invalid, "not XML in UTF-8", "", "send UTF-8");
  pugi::xml_document xml;
  const pugi::xml_parse_result parsed =
      xml.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!parsed)
    return fail(Code::invalid, "not XML", std::string(parsed.description()) + " at byte " + std::to_string(parsed.offset),
                std::string(kCure));
  for (const pugi::xml_node child : xml.children())
    if (child.type() == pugi::node_doctype) return fail(Code::invalid, "a document type definition", "", "leave <!DOCTYPE out");
  if (std::ranges::count_if(xml.children(), [](const pugi::xml_node& node) { return node.type() == pugi::node_element; }) > 1)
    return fail(Code::invalid, "more than one root element", "", std::string(kCure));
  if (!xml.document_element()) return fail(Code::invalid, "not XML", "no element", std::string(kCure));
  Document document;
  TRY_OK(Builder(document, bytes.size() - text.size()).add(xml.document_element(), 0, 1));
  return document;
}

RootName root_of(std::string_view bytes) {
  constexpr size_t kLookedAt = 16u << 10;
  std::string_view tag = skip_prolog(without_byte_order_mark(bytes).substr(0, kLookedAt));
  if (!tag.starts_with('<')) return {};
  tag = tag.substr(1, tag.find('>') - 1);
  const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
  const std::string_view prefix = prefix_of(name);
  const std::string declaration = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (size_t at = tag.find(declaration); at != std::string_view::npos; at = tag.find(declaration, at + 1)) {
    std::string_view rest = trim(tag.substr(at + declaration.size()));
    if (!rest.starts_with('=')) continue;
    rest = trim(rest.substr(1));
    if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) continue;
    return {local_of(name), rest.substr(1, rest.find(rest[0], 1) - 1)};
  }
  return {local_of(name), {}};
}

}  // namespace fairway::gateway::cargo_xml
