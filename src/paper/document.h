// Document: a few kinds of blocks, one after the other, that read the same on a screen and on paper. No layout here: html.cc and pdf.cc
// each have one.
//
// Texts are plain UTF-8; what is not valid is shown as U+FFFD. Both writers give the same bytes for the same document. Any thread; one
// PDF is written at a time. Errors: Code::too_large past kDocumentBytesMax of text, Code::unavailable where no font can be had.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/status.h"

namespace fairway::paper {

inline constexpr size_t kDocumentBytesMax = 4u << 20;
inline constexpr size_t kPagesMax = 2'000;

struct Heading {
  int level = 2;  // 1 to 3; the title of the document is above them
  std::string text;
};
struct Paragraph {
  std::string text;
};
struct List {
  std::vector<std::string> items;
};
// What something is, line by line.
struct KeyValues {
  std::vector<std::pair<std::string, std::string>> rows;
};
struct Column {
  std::string title;
  double share = 1;  // of the width, beside the others
};
// The titles stand again at the top of each page.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
};
// In a frame, so that it is not overlooked.
struct Notice {
  std::string title;  // "" for none
  std::string text;
};
struct PageBreak {};
using Block = std::variant<Heading, Paragraph, List, KeyValues, Table, Notice, PageBreak>;

struct Document {
  std::string title;
  std::string language = "en";  // BCP 47; zh-Hant and zh-Hans choose the forms of characters
  std::string author;
  std::string footer;   // at the foot of each page, beside the page's number
  int64_t made_us = 0;  // as its metadata have it
  std::vector<Block> blocks;
};

// One page that needs nothing beside it: no script, no picture, no font, nothing from elsewhere.
[[nodiscard]] Result<std::string> to_html(const Document& document);
// A4, fonts embedded in part.
[[nodiscard]] Result<std::string> to_pdf(const Document& document);

// Bytes of text in it.
[[nodiscard]] size_t text_bytes(const Document& document);

}  // namespace fairway::paper
