#include "gateway/customs/xml.h"

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::gateway::customs {
namespace {

constexpr std::string_view kCure = "send one message as an XML document";

Status check_size(std::string_view text) {
  const auto too_large = [](std::string detail) { return fail(Code::too_large, "too large", std::move(detail), std::string(kCure)); };
  if (text.size() > limits::kCustomsXmlBytesMax) return too_large("more than " + std::to_string(limits::kCustomsXmlBytesMax) + " bytes");
  if (static_cast<size_t>(std::ranges::count(text, '<')) > 2 * limits::kCustomsXmlElementsMax) return too_large("too many elements");
  if (static_cast<size_t>(std::ranges::count(text, '=')) > limits::kCustomsXmlElementsMax) return too_large("too many attributes");
  return {};
}

}  // namespace

Result<pugi::xml_node> open_xml(std::string_view bytes, pugi::xml_document& xml) {
  const std::string_view text = without_byte_order_mark(bytes);
  TRY_OK(check_size(text));
  if (!is_valid_utf8(text)) return fail(Code::invalid, "not XML in UTF-8", "", "send UTF-8");
  const pugi::xml_parse_result parsed =
      xml.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!parsed)
    return fail(Code::invalid, "not XML", std::string(parsed.description()) + " at byte " + std::to_string(parsed.offset),
                std::string(kCure));
  for (const pugi::xml_node child : xml.children())
    if (child.type() == pugi::node_doctype) return fail(Code::invalid, "a document type definition", "", "leave <!DOCTYPE out");
  if (std::ranges::count_if(xml.children(), is_element) != 1) return fail(Code::invalid, "not one root element", "", std::string(kCure));
  return xml.document_element();
}

std::string root_name(std::string_view bytes) {
  constexpr size_t kLookedAt = 4u << 10;
  std::string_view rest = without_byte_order_mark(bytes).substr(0, kLookedAt);
  while (true) {
    rest = trim(rest);
    std::string_view end;
    if (rest.starts_with("<!--"))
      end = "-->";
    else if (rest.starts_with("<?"))
      end = "?>";
    else
      break;
    const size_t at = rest.find(end, 2);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + end.size());
  }
  if (!rest.starts_with('<')) return {};
  rest.remove_prefix(1);
  return std::string(local_of(rest.substr(0, rest.find_first_of(" \t\r\n/>"))));
}

std::string text_in(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node child : node.children())
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
  return legible(trim(text), limits::kTextBytesMax);
}

pugi::xml_node child_named(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([&](const pugi::xml_node& child) { return is_element(child) && local_name(child) == name; });
}

std::string path_of(const pugi::xml_node& node) {
  std::string path;
  for (pugi::xml_node at = node; is_element(at); at = at.parent()) {
    size_t ordinal = 1;
    for (pugi::xml_node before = at.previous_sibling(at.name()); before; before = before.previous_sibling(at.name())) ++ordinal;
    std::string step = "/" + legible(local_name(at));
    if (ordinal > 1) step += "[" + std::to_string(ordinal) + "]";
    path.insert(0, step);
  }
  return path;
}

void remark_at(const pugi::xml_node& node, Severity severity, std::string_view code, std::string message, Remarks& remarks) {
  if (remarks.full()) return;
  remarks.say(severity, code, std::move(message), path_of(node), static_cast<uint64_t>(std::max<ptrdiff_t>(node.offset_debug(), 0)));
}

std::string written(const pugi::xml_document& xml) {
  struct Writer : pugi::xml_writer {
    std::string out;
    void write(const void* data, size_t size) override { out.append(static_cast<const char*>(data), size); }
  } writer;
  xml.save(writer, "  ", pugi::format_indent, pugi::encoding_utf8);
  return std::move(writer.out);
}

}  // namespace fairway::gateway::customs
