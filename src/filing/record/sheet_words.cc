#include "filing/record/sheet_words.h"

#include <fmt/format.h>

#include <array>

#include "base/bytes.h"

namespace fairway::filing {
namespace {

struct TypeWords {
  ValueType type;
  std::string_view en, hant, hans;                 // what it should be
  std::string_view cure_en, cure_hant, cure_hans;  // how to write it
};
constexpr std::array<TypeWords, 6> kTypeWords = {{
    {ValueType::text, "plain text", "純文字", "纯文字", "take out what is no text", "請刪除非文字字元", "请删除非文字字符"},
    {ValueType::code, "a code", "代碼", "代码", "take out what is no text", "請刪除非文字字元", "请删除非文字字符"},
    {ValueType::decimal, "a number", "數字", "数字", "write digits with at most one point, as in 1234.50, and the unit nowhere",
     "請只寫數字，最多一個小數點，例如 1234.50，不要寫單位", "请只写数字，最多一个小数点，例如 1234.50，不要写单位"},
    {ValueType::date, "a date", "日期", "日期", "write year, month, day, as in 2026-11-24", "請寫成年、月、日，例如 2026-11-24",
     "请写成年、月、日，例如 2026-11-24"},
    {ValueType::instant, "a moment with its offset from UTC", "帶時區的時間", "带时区的时间",
     "write date, time and offset, as in 2026-11-24T08:30:00+08:00", "請寫日期、時間及時區，例如 2026-11-24T08:30:00+08:00",
     "请写日期、时间及时区，例如 2026-11-24T08:30:00+08:00"},
    {ValueType::truth, "yes or no", "是或否", "是或否", "write yes or no", "請寫 yes 或 no", "请写 yes 或 no"},
}};

}  // namespace

Finding cell_finding(const CellPlace& place, Weight weight, const Words& what, Words cure) {
  Finding finding;
  finding.rule = "sheet.cell";
  finding.weight = weight;
  finding.field = place.cell;
  finding.message = {fmt::format("{} row {}, column {} ({}): {}", place.file, place.row, place.heading, place.cell, what.en),
                     fmt::format("{} 第 {} 行「{}」欄（{}）：{}", place.file, place.row, place.heading, place.cell, what.hant),
                     fmt::format("{} 第 {} 行“{}”列（{}）：{}", place.file, place.row, place.heading, place.cell, what.hans)};
  finding.cure = std::move(cure);
  finding.source = "docs/reference/filing-sheet.md";
  return finding;
}

Finding wrong_value(const CellPlace& place, ValueType type, std::string_view text, const Error& error) {
  const std::string shown = legible(text);
  const TypeWords& words = kTypeWords.at(static_cast<size_t>(type));
  if (error.code == Code::too_large)
    return cell_finding(place, Weight::blocking, {error.message, "內容過長", "内容过长"},
                        {error.hint, "請縮短：" + error.hint, "请缩短：" + error.hint});
  return cell_finding(place, Weight::blocking,
                      {fmt::format("\"{}\" is not {}", shown, words.en), fmt::format("「{}」不是{}", shown, words.hant),
                       fmt::format("“{}”不是{}", shown, words.hans)},
                      {std::string(words.cure_en), std::string(words.cure_hant), std::string(words.cure_hans)});
}

Finding contradicting(const CellPlace& place, std::string_view here, std::string_view before) {
  const std::string now = legible(here), then = legible(before);
  return cell_finding(
      place, Weight::blocking,
      {fmt::format("\"{}\", where an earlier row of this consignment has \"{}\"", now, then),
       fmt::format("「{}」與同一批貨較前一行的「{}」不符", now, then), fmt::format("“{}”与同一批货前面一行的“{}”不符", now, then)},
      {"say it in one row, or the same in each; give another consignment another reference",
       "請只在一行填寫，或每行填寫相同內容；另一批貨請用另一編號", "请只在一行填写，或每行填写相同内容；另一批货请用另一编号"});
}

Finding no_heading(const CellPlace& place, std::string_view text) {
  const std::string shown = legible(text);
  return cell_finding(
      place, Weight::blocking,
      {fmt::format("\"{}\" stands below no heading", shown), fmt::format("「{}」所在欄沒有標題", shown),
       fmt::format("“{}”所在列没有标题", shown)},
      {"name the item in the first row, or take the cell out", "請在第一行填寫欄位名稱，或刪除此格", "请在第一行填写字段名称，或删除此格"});
}

Finding shortened_number(const CellPlace& place, std::string_view text) {
  const std::string shown = legible(text);
  return cell_finding(
      place, Weight::blocking,
      {fmt::format("\"{}\" is a number that the spreadsheet has shortened", shown), fmt::format("「{}」是被試算表縮短的數字", shown),
       fmt::format("“{}”是被电子表格缩短的数字", shown)},
      {"format the column as text and write the number again", "請把該欄設為文字格式，再輸入一次", "请把该列设为文本格式，再输入一次"});
}

Finding broken_row(const CellPlace& place, const std::string& problem) {
  return cell_finding(place, Weight::blocking, {problem, "此格無法讀取：" + problem, "此格无法读取：" + problem},
                      {"mend the cell and send the sheet again", "請修正此格後再提交", "请修正此格后再提交"});
}

Finding too_many(const CellPlace& place, const Error& error) {
  return cell_finding(place, Weight::blocking, {error.message, "行數過多", "行数过多"},
                      {error.hint, "請把其餘貨物另列一批", "请把其余货物另列一批"});
}

Finding repeated_line(const CellPlace& place) {
  return cell_finding(place, Weight::warning,
                      {"the same goods line stands in an earlier row of this consignment: it counts twice",
                       "同一批貨較前一行已有相同貨品，現計算兩次", "同一批货前面一行已有相同商品，现计算两次"},
                      {"leave the goods cells of a row empty where it only adds a container or a document",
                       "如該行只為加入貨櫃或文件，請把貨品各格留空", "如该行只为加入集装箱或单证，请把商品各格留空"});
}

}  // namespace fairway::filing
