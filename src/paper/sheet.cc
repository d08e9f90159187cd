#include "paper/sheet.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "paper/document.h"

namespace fairway::paper {
namespace {

constexpr Style kFootStyle = {8, false};
constexpr ptrdiff_t kLineFeedsMax = 500;  // of one text

cairo_status_t take_bytes(void* out, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// One family for all scripts, so that a document looks the same wherever the fonts of tools/debian-packages.txt are installed.
const char* family_of(std::string_view language) { return language == "zh-Hans" ? "Noto Sans CJK SC" : "Noto Sans CJK TC"; }

// What Pango takes: valid, and without characters that are no text. Its time grows with the square of the line feeds, so what has very
// many of them runs on.
std::string clean(std::string_view text) {
  std::string out = legible(text, text.size() * 3);
  const bool runs_on = std::ranges::count(out, '\n') > kLineFeedsMax;
  std::ranges::replace_if(out, [&](unsigned char c) { return c < 0x20 && (c != '\n' || runs_on); }, ' ');
  return out;
}

double points(int pango_units) { return pango_units / static_cast<double>(PANGO_SCALE); }

}  // namespace

// Pango counts through its list of lines for a line by number; so the list is walked.
Lines::Lines(LayoutPtr layout, double x) : layout_(std::move(layout)), x_(x), next_(pango_layout_get_lines_readonly(layout_.get())) {
  int height = 0;
  pango_layout_get_size(layout_.get(), nullptr, &height);
  height_ = points(height);
}

double Lines::next_height() const {
  if (done()) return 0;
  PangoRectangle logical;
  pango_layout_line_get_extents(static_cast<PangoLayoutLine*>(next_->data), nullptr, &logical);
  return points(logical.height);
}

void Lines::draw_next(cairo_t* cairo, double top) {
  auto* line = static_cast<PangoLayoutLine*>(next_->data);
  next_ = next_->next;
  if (cairo == nullptr) return;
  PangoRectangle logical;
  pango_layout_line_get_extents(line, nullptr, &logical);
  cairo_move_to(cairo, x_, top - points(logical.y));  // y counts from the base line, upwards negative
  pango_cairo_show_layout_line(cairo, line);
}

Sheet::Sheet(std::string* out, SheetOptions options)
    : options_(std::move(options)), fonts_(pango_cairo_font_map_new()), context_(pango_font_map_create_context(fonts_.get())) {
  if (out != nullptr) open(*out);
  pango_context_set_language(context_.get(), pango_language_from_string(options_.language.c_str()));
  pango_cairo_context_set_resolution(context_.get(), 72);
  // As a PDF has them, whether or not there is one: lines must break alike.
  cairo_font_options_t* fonts = cairo_font_options_create();
  cairo_font_options_set_hint_style(fonts, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(fonts, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), fonts);
  cairo_font_options_destroy(fonts);
}

Sheet::~Sheet() {
  if (cairo_ != nullptr) cairo_destroy(cairo_);
  if (surface_ != nullptr) cairo_surface_destroy(surface_);
}

void Sheet::open(std::string& out) {
  surface_ = cairo_pdf_surface_create_for_stream(take_bytes, &out, kPageWidth, kPageHeight);
  cairo_ = cairo_create(surface_);
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_TITLE, clean(options_.title).c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_AUTHOR, clean(options_.author).c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATOR, "Fairway");
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATE_DATE, to_rfc3339_utc(options_.made_us).c_str());
}

Lines Sheet::lines(std::string_view text, Style style, double x, double width) const {
  LayoutPtr layout(pango_layout_new(context_.get()));
  PangoFontDescription* font = pango_font_description_from_string(family_of(options_.language));
  pango_font_description_set_size(font, static_cast<int>(style.points * PANGO_SCALE));
  if (style.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  const std::string valid = clean(text);
  pango_layout_set_text(layout.get(), valid.data(), static_cast<int>(valid.size()));
  return {std::move(layout), x};
}

void Sheet::draw(std::vector<Lines> columns, const std::function<void()>& again) {
  double height = 0;
  for (const Lines& column : columns) height = std::max(height, column.height());
  if (y_ + height > kTextBottom && height <= kTextBottom - kMargin) {
    new_page();
    if (again) again();
  }
  while (true) {
    double lowest = y_;
    for (Lines& column : columns) {
      double at = y_;
      while (!column.done()) {
        const double line = column.next_height();
        if (at + line > kTextBottom && at > kMargin) break;  // a page takes one line at least, so that this ends
        column.draw_next(cairo_, at);
        at += line;
      }
      lowest = std::max(lowest, at);
    }
    y_ = lowest;
    if (page_ > kPagesMax || std::ranges::all_of(columns, &Lines::done)) return;
    new_page();
    if (again) again();
  }
}

void Sheet::need(double height) {
  if (y_ + height > kTextBottom) new_page();
}

void Sheet::new_page() {
  foot();
  if (cairo_ != nullptr) cairo_show_page(cairo_);
  ++page_;
  y_ = kMargin;
}

void Sheet::rule(double gray, double line_width) {
  if (cairo_ == nullptr) return;
  cairo_set_source_rgb(cairo_, gray, gray, gray);
  cairo_set_line_width(cairo_, line_width);
  cairo_move_to(cairo_, kMargin, y_);
  cairo_line_to(cairo_, kMargin + kTextWidth, y_);
  cairo_stroke(cairo_);
  cairo_set_source_rgb(cairo_, 0, 0, 0);
}

void Sheet::frame(double top, double bottom) {
  if (cairo_ == nullptr) return;
  cairo_set_line_width(cairo_, 1);
  cairo_rectangle(cairo_, kMargin, top, kTextWidth, bottom - top);
  cairo_stroke(cairo_);
}

void Sheet::foot() {
  const std::string number = options_.pages == 0 ? std::to_string(page_) : std::to_string(page_) + " / " + std::to_string(options_.pages);
  const double top = kPageHeight - kMargin - kFootHeight / 2;
  Lines left = lines(options_.footer, kFootStyle, kMargin, kTextWidth - 60);
  if (!left.done()) left.draw_next(cairo_, top);
  Lines right = lines(number, kFootStyle, kMargin + kTextWidth - 50, 50);
  if (!right.done()) right.draw_next(cairo_, top);
}

Status Sheet::finish() {
  if (page_ > kPagesMax) return fail(Code::too_large, "the document has too many pages", options_.title.substr(0, 64));
  if (cairo_ == nullptr) return {};
  foot();
  cairo_show_page(cairo_);
  cairo_surface_finish(surface_);
  for (const cairo_status_t status : {cairo_status(cairo_), cairo_surface_status(surface_)})
    if (status != CAIRO_STATUS_SUCCESS) return fail(Code::unavailable, "the PDF cannot be written", cairo_status_to_string(status));
  return {};
}

}  // namespace fairway::paper
