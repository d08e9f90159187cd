#include "paper/document.h"

namespace fairway::paper {
namespace {

struct Measure {
  size_t operator()(const Heading& heading) const { return heading.text.size(); }
  size_t operator()(const Paragraph& paragraph) const { return paragraph.text.size(); }
  size_t operator()(const List& list) const {
    size_t bytes = 0;
    for (const std::string& item : list.items) bytes += item.size();
    return bytes;
  }
  size_t operator()(const KeyValues& pairs) const {
    size_t bytes = 0;
    for (const auto& [key, value] : pairs.rows) bytes += key.size() + value.size();
    return bytes;
  }
  size_t operator()(const Table& table) const {
    size_t bytes = 0;
    for (const Column& column : table.columns) bytes += column.title.size();
    for (const std::vector<std::string>& row : table.rows)
      for (const std::string& cell : row) bytes += cell.size();
    return bytes;
  }
  size_t operator()(const Notice& notice) const { return notice.title.size() + notice.text.size(); }
  size_t operator()(const PageBreak&) const { return 0; }
};

}  // namespace

size_t text_bytes(const Document& document) {
  size_t bytes = document.title.size() + document.footer.size() + document.author.size();
  for (const Block& block : document.blocks) bytes += std::visit(Measure(), block);
  return bytes;
}

}  // namespace fairway::paper
