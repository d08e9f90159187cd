#include "paper/document.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

// Cairo 1.16 forgets a few hundred bytes of each OpenType font that it puts into a PDF, fontconfig its configuration.
extern "C" const char* __lsan_default_suppressions() { return "leak:libcairo\nleak:libfontconfig\n"; }

namespace fairway::paper {
namespace {

constexpr int64_t kMadeUs = 1'795'464'000'000'000;

Document sample(const std::string& language) {
  Document document;
  document.title = "Statement of evidence 證據說明 证据说明";
  document.language = language;
  document.author = "port.example/ledger";
  document.footer = "port.example/ledger";
  document.made_us = kMadeUs;
  document.blocks = {Heading{1, "What is proven"},
                     Paragraph{"The entries below are in the log. 以下紀錄已載入日誌。以下记录已载入日志。"},
                     List{{"one", "二"}},
                     KeyValues{{{"Entry", "4711"}, {"貨櫃", "CSQU3054383"}}},
                     Table{{{"When", 1}, {"What", 2}}, {{"2026-11-23", "discharged 卸載 卸载"}, {"2026-11-24", "gate out"}}},
                     Notice{"Not proven", "That what was said is true."}};
  return document;
}

// What a program of poppler-utils prints of the PDF; "" where it is not installed.
std::string printed_by(const std::string& program, const std::string& pdf) {
  const std::string path = (std::filesystem::temp_directory_path() / ("fairway-paper-" + std::to_string(std::rand()) + ".pdf")).string();
  std::ofstream(path, std::ios::binary) << pdf;
  const std::string command = program + " " + path + (program.starts_with("pdftotext") ? " -" : "") + " 2>/dev/null";
  std::string out;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    char buffer[4096];
    while (const size_t count = fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, count);
    pclose(pipe);
  }
  std::filesystem::remove(path);
  return out;
}

TEST(Html, EscapesAndStandsAlone) {
  Document document = sample("zh-Hant");
  document.blocks.emplace_back(Paragraph{"<script>alert('x')</script> & \"quoted\" \x01 \xff"});
  const auto html = to_html(document);
  ASSERT_TRUE(html);
  EXPECT_NE(html->find("<html lang=\"zh-Hant\">"), std::string::npos);
  EXPECT_EQ(html->find("<script"), std::string::npos);
  EXPECT_NE(html->find("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;"), std::string::npos);
  EXPECT_NE(html->find("\xEF\xBF\xBD"), std::string::npos);
  for (const char* elsewhere : {"http:", "https:", "src=", "url(", "\x01", "\xff"})
    EXPECT_EQ(html->find(elsewhere), std::string::npos) << elsewhere;
}

TEST(Html, KeepsItsBlocksInOrder) {
  const auto html = to_html(sample("en"));
  ASSERT_TRUE(html);
  size_t at = 0;
  for (const char* next : {"<h1>", "<h2>", "<p>", "<ul>", "class=\"pairs\"", "<thead>", "<aside>", "<footer>"}) {
    const size_t found = html->find(next, at);
    ASSERT_NE(found, std::string::npos) << next;
    at = found;
  }
}

TEST(Pdf, IsTheSameForTheSameDocument) {
  const auto one = to_pdf(sample("en")), two = to_pdf(sample("en"));
  ASSERT_TRUE(one) << one.error().text();
  EXPECT_TRUE(one->starts_with("%PDF-"));
  EXPECT_EQ(*one, *two);
  Document later = sample("en");
  later.made_us += 1'000'000;
  EXPECT_NE(*to_pdf(later), *one);
}

TEST(Pdf, SaysItsTextInThreeWritings) {
  for (const char* language : {"en", "zh-Hant", "zh-Hans"}) {
    const auto pdf = to_pdf(sample(language));
    ASSERT_TRUE(pdf);
    const std::string text = printed_by("pdftotext -layout", *pdf);
    if (text.empty()) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
    for (const char* said : {"Statement of evidence", "What is proven", "以下紀錄已載入日誌", "以下记录已载入日志", "CSQU3054383", "1/1",
                             "That what was said is true."})
      EXPECT_NE(text.find(said), std::string::npos) << language << ": " << said << "\n" << text;
  }
}

TEST(Pdf, BringsItsFonts) {
  const std::string fonts = printed_by("pdffonts", *to_pdf(sample("zh-Hans")));
  if (fonts.empty()) GTEST_SKIP() << "pdffonts (poppler-utils) is not installed";
  size_t lines = 0;
  for (size_t at = fonts.find('\n', fonts.find("---")) + 1; at < fonts.size(); at = fonts.find('\n', at) + 1, ++lines) {
    const std::string line = fonts.substr(at, fonts.find('\n', at) - at);
    EXPECT_NE(line.find("yes yes yes"), std::string::npos) << line;  // embedded, a subset, mapped to Unicode
    EXPECT_NE(line.find("NotoSansCJK"), std::string::npos) << line;
  }
  EXPECT_GT(lines, 0u);
}

TEST(Pdf, GoesOnOverPages) {
  Document document = sample("en");
  Table table{{{"Number", 1}, {"Words", 3}}, {}};
  std::string words;
  for (int i = 0; i < 300; ++i) words += "word ";
  for (int i = 0; i < 150; ++i) table.rows.push_back({"row" + std::to_string(i), i % 10 == 0 ? words : "short"});
  table.rows.push_back({"last", std::string(20'000, 'x')});  // longer than a page, and nowhere to break
  document.blocks.emplace_back(std::move(table));
  document.blocks.emplace_back(PageBreak{});
  document.blocks.emplace_back(Paragraph{"the end"});
  const auto pdf = to_pdf(document);
  ASSERT_TRUE(pdf) << pdf.error().text();
  const std::string text = printed_by("pdftotext -layout", *pdf);
  if (text.empty()) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  for (int i = 0; i < 150; ++i) EXPECT_NE(text.find("row" + std::to_string(i)), std::string::npos) << i;
  EXPECT_GE(std::ranges::count(text, 'x'), 20'000);
  EXPECT_NE(text.find("the end"), std::string::npos);
  size_t titles = 0;
  for (size_t at = text.find("Number"); at != std::string::npos; at = text.find("Number", at + 1)) ++titles;
  EXPECT_GT(titles, 10u);
}

TEST(Pdf, TakesWhateverText) {
  Document document;
  document.title = std::string("\xff\xfe\0zero", 7);
  document.language = "xx-no-such \"language\"";
  document.footer = std::string(5'000, 'f');
  document.blocks = {Heading{99, ""},
                     List{},
                     KeyValues{},
                     Table{},
                     Table{{{"", -1}}, {{"a", "b", "c"}}},
                     Table{{{"", 0.001}, {"", 1000}}, {{"a"}}},
                     Notice{"", std::string(30'000, '\n')},
                     Paragraph{"\xF0\x9F\x9A\xA2 \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \t"}};
  EXPECT_TRUE(to_pdf(document));
  EXPECT_TRUE(to_html(document));
}

TEST(Pdf, TakesALongTextInItsStride) {
  Document document;
  std::string words;
  while (words.size() < 200'000) words += "demurrage 滯期費 ";
  document.blocks = {Paragraph{words}, KeyValues{{{"key", words}}}};
  EXPECT_TRUE(to_pdf(document));
}

TEST(Document, HasABound) {
  Document document;
  document.blocks.emplace_back(Paragraph{std::string(kDocumentBytesMax + 1, 'x')});
  EXPECT_EQ(to_pdf(document).error().code, Code::too_large);
  EXPECT_EQ(to_html(document).error().code, Code::too_large);
}

TEST(Pdf, FromSeveralThreads) {
  const std::string wanted = *to_pdf(sample("zh-Hant"));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int j = 0; j < 3; ++j) EXPECT_EQ(*to_pdf(sample("zh-Hant")), wanted);
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace fairway::paper
