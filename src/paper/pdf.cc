#include <algorithm>
#include <mutex>

#include "paper/document.h"
#include "paper/sheet.h"

namespace fairway::paper {
namespace {

constexpr Style kTitle = {18, true}, kBody = {10, false}, kStrong = {10, true}, kSmall = {9, false}, kSmallStrong = {9, true};
constexpr double kGap = 6, kCellGap = 8, kKeyShare = 0.32, kBullet = 12;

Style heading_style(int level) { return {level <= 1 ? 14.0 : level == 2 ? 12.0 : 10.5, true}; }

void draw_one(Sheet& sheet, std::string_view text, Style style, double x = kMargin, double width = kTextWidth) {
  std::vector<Lines> columns;
  columns.push_back(sheet.lines(text, style, x, width));
  sheet.draw(std::move(columns));
}

struct Drawing {
  Sheet& sheet;

  void operator()(const Heading& heading) const {
    const Style style = heading_style(heading.level);
    sheet.skip(kGap * 1.5);
    sheet.need(style.points * 5);  // not without something below it
    draw_one(sheet, heading.text, style);
    sheet.skip(kGap / 2);
  }
  void operator()(const Paragraph& paragraph) const {
    draw_one(sheet, paragraph.text, kBody);
    sheet.skip(kGap);
  }
  void operator()(const List& list) const {
    for (const std::string& item : list.items) {
      std::vector<Lines> columns;
      columns.push_back(sheet.lines("•", kBody, kMargin, kBullet));
      columns.push_back(sheet.lines(item, kBody, kMargin + kBullet, kTextWidth - kBullet));
      sheet.draw(std::move(columns));
      sheet.skip(kGap / 2);
    }
    sheet.skip(kGap / 2);
  }
  void operator()(const KeyValues& pairs) const {
    const double key_width = kTextWidth * kKeyShare;
    for (const auto& [key, value] : pairs.rows) {
      std::vector<Lines> columns;
      columns.push_back(sheet.lines(key, kSmallStrong, kMargin, key_width - kCellGap));
      columns.push_back(sheet.lines(value, kSmall, kMargin + key_width, kTextWidth - key_width));
      sheet.draw(std::move(columns));
      sheet.skip(2);
      sheet.rule(0.75, 0.5);
      sheet.skip(2);
    }
    sheet.skip(kGap);
  }
  void operator()(const Table& table) const {
    double shares = 0;
    for (const Column& column : table.columns) shares += std::max(column.share, 0.0);
    if (shares <= 0) return;
    const auto row = [&](const auto& text_at, Style style) {
      std::vector<Lines> columns;
      double x = kMargin;
      for (size_t i = 0; i < table.columns.size(); ++i) {
        const double width = kTextWidth * std::max(table.columns[i].share, 0.0) / shares;
        columns.push_back(sheet.lines(text_at(i), style, x, std::max(width - kCellGap, 1.0)));
        x += width;
      }
      return columns;
    };
    const auto titles = [&] {
      sheet.draw(row([&](size_t i) { return std::string_view(table.columns[i].title); }, kSmallStrong));
      sheet.skip(2);
      sheet.rule(0, 0.8);
      sheet.skip(3);
    };
    sheet.need(kSmall.points * 6);
    titles();
    for (const std::vector<std::string>& cells : table.rows) {
      sheet.draw(row([&](size_t i) { return i < cells.size() ? std::string_view(cells[i]) : std::string_view(); }, kSmall), titles);
      sheet.skip(2);
      sheet.rule(0.75, 0.5);
      sheet.skip(2);
    }
    sheet.skip(kGap);
  }
  void operator()(const Notice& notice) const {
    const double x = kMargin + kCellGap, width = kTextWidth - 2 * kCellGap;
    double height = 2 * kGap;
    if (!notice.title.empty()) height += sheet.lines(notice.title, kStrong, x, width).height();
    height += sheet.lines(notice.text, kBody, x, width).height();
    sheet.need(height);
    const double top = sheet.y();
    const size_t page = sheet.page();
    sheet.skip(kGap);
    if (!notice.title.empty()) draw_one(sheet, notice.title, kStrong, x, width);
    draw_one(sheet, notice.text, kBody, x, width);
    sheet.skip(kGap);
    if (sheet.page() == page) sheet.frame(top, sheet.y());  // one longer than a page has none
    sheet.skip(kGap);
  }
  void operator()(const PageBreak&) const { sheet.new_page(); }
};

// The pages that it took.
Result<size_t> draw(const Document& document, size_t pages, std::string* out) {
  Sheet sheet(out, {document.title, document.author, document.language, document.footer, document.made_us, pages});
  draw_one(sheet, document.title, kTitle);
  sheet.skip(kGap);
  for (const Block& block : document.blocks) {
    std::visit(Drawing{sheet}, block);
    if (sheet.page() > kPagesMax) break;
  }
  TRY_OK(sheet.finish());
  return sheet.page();
}

}  // namespace

// Laid out twice: how many pages there are stands at the foot of each. Fonts are shared with nobody, but fontconfig's own state is.
Result<std::string> to_pdf(const Document& document) {
  static std::mutex one_at_a_time;
  if (text_bytes(document) > kDocumentBytesMax) return fail(Code::too_large, "the document is too long", document.title.substr(0, 64));
  const std::scoped_lock lock(one_at_a_time);
  const size_t pages = TRY(draw(document, 0, nullptr));
  std::string out;
  TRY(draw(document, pages, &out));
  return out;
}

}  // namespace fairway::paper
