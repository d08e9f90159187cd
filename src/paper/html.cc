#include "base/bytes.h"
#include "paper/document.h"

namespace fairway::paper {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,'Noto Sans','Noto Sans CJK TC','Noto Sans CJK SC',sans-serif;color:#111;background:#fff;max-width:52rem;"
    "margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1.05rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #bbb;overflow-wrap:anywhere}"
    "table.pairs th{width:32%;font-weight:600}"
    "aside{border:2px solid #333;padding:.5rem 1rem;margin:1rem 0}"
    "footer{margin-top:3rem;border-top:1px solid #bbb;font-size:.85rem}"
    "@media print{body{font-size:10pt;max-width:none;margin:0;padding:0}thead{display:table-header-group}"
    "tr,aside,h1,h2,h3{break-inside:avoid}h1,h2,h3{break-after:avoid}hr.page{break-after:page;visibility:hidden}}";

void append_escaped(std::string& out, std::string_view text) {
  const std::string valid = is_valid_utf8(text) ? std::string() : legible(text, text.size() * 3);
  for (const char c : valid.empty() ? text : std::string_view(valid)) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\n': out += "<br>"; break;
      case '\t': out += ' '; break;
      default:
        // No document of HTML has other control characters.
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
    }
}

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">");
  append_escaped(out, text);
  out.append("</").append(name).append(">");
}

struct Writer {
  std::string& out;

  void operator()(const Heading& heading) const {
    constexpr std::string_view kNames[] = {"h2", "h3", "h4"};
    append_element(out, kNames[heading.level <= 1 ? 0 : heading.level == 2 ? 1 : 2], heading.text);
  }
  void operator()(const Paragraph& paragraph) const { append_element(out, "p", paragraph.text); }
  void operator()(const List& list) const {
    out += "<ul>";
    for (const std::string& item : list.items) append_element(out, "li", item);
    out += "</ul>";
  }
  void operator()(const KeyValues& pairs) const {
    out += "<table class=\"pairs\"><tbody>";
    for (const auto& [key, value] : pairs.rows) {
      out += "<tr><th scope=\"row\">";
      append_escaped(out, key);
      out += "</th>";
      append_element(out, "td", value);
      out += "</tr>";
    }
    out += "</tbody></table>";
  }
  void operator()(const Table& table) const {
    out += "<table><thead><tr>";
    for (const Column& column : table.columns) {
      out += "<th scope=\"col\">";
      append_escaped(out, column.title);
      out += "</th>";
    }
    out += "</tr></thead><tbody>";
    for (const std::vector<std::string>& row : table.rows) {
      out += "<tr>";
      for (const std::string& cell : row) append_element(out, "td", cell);
      out += "</tr>";
    }
    out += "</tbody></table>";
  }
  void operator()(const Notice& notice) const {
    out += "<aside>";
    if (!notice.title.empty()) append_element(out, "h3", notice.title);
    append_element(out, "p", notice.text);
    out += "</aside>";
  }
  void operator()(const PageBreak&) const { out += "<hr class=\"page\">"; }
};

}  // namespace

Result<std::string> to_html(const Document& document) {
  if (text_bytes(document) > kDocumentBytesMax) return fail(Code::too_large, "the document is too long", document.title.substr(0, 64));
  std::string out = "<!DOCTYPE html>\n<html lang=\"";
  append_escaped(out, document.language);
  out += "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">";
  out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
  append_element(out, "title", document.title);
  out.append("<style>").append(kStyle).append("</style></head><body><main>");
  append_element(out, "h1", document.title);
  for (const Block& block : document.blocks) {
    out += "\n";
    std::visit(Writer{out}, block);
  }
  out += "\n</main>";
  if (!document.footer.empty()) append_element(out, "footer", document.footer);
  out += "</body></html>\n";
  return out;
}

}  // namespace fairway::paper
