// Sheet: the pages of a PDF while they are drawn: where the pen stands, when the next page begins, and what stands at each page's foot.
// Text is shaped and broken into lines by Pango, drawn by Cairo. Lengths are points (1/72 inch). Not thread-safe.
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::paper {

inline constexpr double kPageWidth = 595.28, kPageHeight = 841.89;  // A4
inline constexpr double kMargin = 56, kFootHeight = 28;
inline constexpr double kTextWidth = kPageWidth - 2 * kMargin;
inline constexpr double kTextBottom = kPageHeight - kMargin - kFootHeight;

struct Style {
  double points = 10;
  bool bold = false;
};

struct GObjectRelease {
  void operator()(gpointer object) const { g_object_unref(object); }
};
using LayoutPtr = std::unique_ptr<PangoLayout, GObjectRelease>;

// Text broken into the lines of one column.
class Lines {
 public:
  Lines(LayoutPtr layout, double x);
  [[nodiscard]] bool done() const { return next_ == nullptr; }
  [[nodiscard]] double next_height() const;                // of the next line; 0 at the end
  [[nodiscard]] double height() const { return height_; }  // of all of it
  void draw_next(cairo_t* cairo, double top);              // draws nothing where there is no Cairo, and goes on to the next line

 private:
  LayoutPtr layout_;
  double x_, height_ = 0;
  GSList* next_;  // lines of the layout's
};

struct SheetOptions {
  std::string title, author, language, footer;
  int64_t made_us = 0;
  size_t pages = 0;  // in all, where that is known by now
};

class Sheet {
 public:
  // `out` takes the bytes; null only counts pages.
  Sheet(std::string* out, SheetOptions options);
  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  [[nodiscard]] Lines lines(std::string_view text, Style style, double x, double width) const;
  // Draws columns of one row beside each other, over as many pages as it takes; `again` is drawn at the top of each further page.
  void draw(std::vector<Lines> columns, const std::function<void()>& again = {});
  void skip(double height) { y_ += height; }
  // Begins a page where less than that is left of this one.
  void need(double height);
  void new_page();
  void rule(double gray, double line_width);  // across the text, where the pen is
  void frame(double top, double bottom);      // around the text
  [[nodiscard]] double y() const { return y_; }
  [[nodiscard]] size_t page() const { return page_; }
  // Ends the document. Code::unavailable where Cairo could not write it, Code::too_large past kPagesMax.
  [[nodiscard]] Status finish();

 private:
  void open(std::string& out);
  void foot();

  SheetOptions options_;
  cairo_surface_t* surface_ = nullptr;  // null: nothing is drawn
  cairo_t* cairo_ = nullptr;
  std::unique_ptr<PangoFontMap, GObjectRelease> fonts_;
  std::unique_ptr<PangoContext, GObjectRelease> context_;
  double y_ = kMargin;
  size_t page_ = 1;
};

}  // namespace fairway::paper
