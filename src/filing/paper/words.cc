#include "filing/paper/words.h"

#include <algorithm>
#include <array>

namespace fairway::filing {
namespace {

struct LabelRow {
  Label label;
  Words words;
};
const std::array<LabelRow, 23> kLabels = {{
    {Label::filing, {"Filing", "申報", "申报"}},
    {Label::form, {"Form", "表格", "表格"}},
    {Label::consignment, {"Consignment", "貨物", "货物"}},
    {Label::reference, {"Own reference", "自編編號", "自编编号"}},
    {Label::state, {"State", "狀態", "状态"}},
    {Label::number, {"Number", "編號", "编号"}},
    {Label::deadline, {"To be lodged by", "最遲提交時間", "最迟提交时间"}},
    {Label::charge, {"Charge", "費用", "费用"}},
    {Label::authority, {"Authority", "當局", "主管机关"}},
    {Label::confirmed_by, {"Confirmed by", "確認人", "确认人"}},
    {Label::not_confirmed, {"not confirmed", "未確認", "未确认"}},
    {Label::field, {"Field", "欄位", "字段"}},
    {Label::value, {"Value", "內容", "内容"}},
    {Label::source, {"Source", "來源", "来源"}},
    {Label::sure, {"Sure", "把握", "把握"}},
    {Label::findings, {"Findings", "檢查結果", "检查结果"}},
    {Label::cure, {"Cure", "處理方法", "处理方法"}},
    {Label::answers, {"Answers of the authority", "當局回覆", "主管机关回执"}},
    {Label::missing, {"Missing", "欠缺", "缺少"}},
    {Label::stale, {"The record has changed since this was filled.", "紀錄在填寫後已有更改。", "记录在填写后已有更改。"}},
    {Label::made, {"Made", "製作時間", "制作时间"}},
    {Label::day_sheet, {"Filings of the day", "當日申報一覽", "当日申报一览"}},
    {Label::digest, {"Digest", "摘要", "摘要"}},
}};

struct StateRow {
  State state;
  Words words;
};
const std::array<StateRow, 12> kStates = {{
    {State::draft, {"draft", "草稿", "草稿"}},
    {State::checked, {"checked", "已檢查", "已检查"}},
    {State::confirmed, {"confirmed", "已確認", "已确认"}},
    {State::lodging, {"being lodged", "提交中", "提交中"}},
    {State::lodged, {"lodged", "已提交", "已提交"}},
    {State::accepted, {"accepted", "已接受", "已接受"}},
    {State::queried, {"queried", "被查詢", "被查询"}},
    {State::rejected, {"rejected", "被拒絕", "被退单"}},
    {State::released, {"released", "已放行", "已放行"}},
    {State::closed, {"closed", "已結關", "已结关"}},
    {State::cancelling, {"being cancelled", "取消中", "撤销中"}},
    {State::cancelled, {"cancelled", "已取消", "已撤销"}},
}};

struct GroupRow {
  std::string_view group;
  Words words;
};
const std::array<GroupRow, 8> kGroupRows = {{
    {"parties", {"Parties", "有關各方", "相关各方"}},
    {"transport", {"Transport", "運輸", "运输"}},
    {"goods", {"Goods", "貨品", "商品"}},
    {"values", {"Values", "價值", "价值"}},
    {"documents", {"Documents", "文件", "单证"}},
    {"containers", {"Containers", "貨櫃", "集装箱"}},
    {"declaration", {"Declaration", "申報資料", "申报信息"}},
    {"packages", {"Packages", "包裝", "包装"}},
}};

}  // namespace

const std::string& label(Label wanted, std::string_view language) { return kLabels.at(static_cast<size_t>(wanted)).words.in(language); }

std::string state_in(State state, std::string_view language) { return kStates.at(static_cast<size_t>(state)).words.in(language); }

std::string group_in(std::string_view group, std::string_view language) {
  const auto* found = std::ranges::find(kGroupRows, group, &GroupRow::group);
  return found == kGroupRows.end() ? std::string(group) : found->words.in(language);
}

}  // namespace fairway::filing
