#include "journey/alert_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace fairway::journey {
namespace {

constexpr int64_t kMinuteUs = 60'000'000;
constexpr std::array<std::string_view, kLanguages> kLanguageNames = {"en", "zh-Hant", "zh-Hans"};

using Words = std::array<std::string_view, kLanguages>;

struct ReasonRow {
  Reason reason;
  Words words;
};
// {subject} {milestone} {place} {at}: " at PLACE" {planned} {found} {apart} {detail} {instead}
constexpr std::array kReasons = {
    ReasonRow{Reason::estimated_late,
              {"{subject}: {milestone}{at} is now expected {found}, {apart} after the plan ({planned}).",
               "{subject}：{place}{milestone}現預計於 {found}，較計劃（{planned}）遲 {apart}。",
               "{subject}：{place}{milestone}现预计于 {found}，较计划（{planned}）晚 {apart}。"}},
    ReasonRow{Reason::happened_late,
              {"{subject}: {milestone}{at} happened {found}, {apart} after the plan ({planned}).",
               "{subject}：{place}{milestone}於 {found} 發生，較計劃（{planned}）遲 {apart}。",
               "{subject}：{place}{milestone}于 {found} 发生，较计划（{planned}）晚 {apart}。"}},
    ReasonRow{Reason::silent,
              {"{subject}: {milestone}{at} was planned for {planned}; {apart} later nobody has reported it.",
               "{subject}：{place}{milestone}原定 {planned}，已過 {apart}，仍未有任何一方回報。",
               "{subject}：{place}{milestone}原定 {planned}，已过 {apart}，仍未有任何一方回报。"}},
    ReasonRow{Reason::arrives_too_late,
              {"{subject} misses its connection{at}: {detail} leaves {planned}, the cargo arrives {found}, {apart} too late.",
               "{subject} 未能於 {place} 接駁：{detail} 於 {planned} 開出，貨物於 {found} 到達，遲了 {apart}。",
               "{subject} 未能在 {place} 衔接：{detail} 于 {planned} 开出，货物于 {found} 到达，晚了 {apart}。"}},
    ReasonRow{Reason::left_without,
              {"{subject} misses its connection{at}: {detail} left {planned}, and nobody has reported the cargo aboard.",
               "{subject} 未能於 {place} 接駁：{detail} 已於 {planned} 開出，未有任何一方回報貨物已裝載。",
               "{subject} 未能在 {place} 衔接：{detail} 已于 {planned} 开出，未有任何一方回报货物已装载。"}},
    ReasonRow{Reason::excursion,
              {"{subject}: limits broken{at}, {found}: {detail}.", "{subject}：{found} {place}讀數超出限值：{detail}。",
               "{subject}：{found} {place}读数超出限值：{detail}。"}},
    ReasonRow{Reason::held,
              {"{subject}: {milestone}{at} since {found}, and not released.", "{subject}：自 {found} 起 {place}{milestone}，尚未放行。",
               "{subject}：自 {found} 起 {place}{milestone}，尚未放行。"}},
    ReasonRow{Reason::free_time_ends,
              {"{subject}: free storage{at} ends {planned}; the container is still there.",
               "{subject}：{place}免費存放期於 {planned} 屆滿，貨櫃仍未提走。",
               "{subject}：{place}免费存放期于 {planned} 届满，集装箱仍未提走。"}},
    ReasonRow{Reason::free_time_over,
              {"{subject}: free storage{at} ended {planned}; the container is still there.",
               "{subject}：{place}免費存放期已於 {planned} 屆滿，貨櫃仍未提走。",
               "{subject}：{place}免费存放期已于 {planned} 届满，集装箱仍未提走。"}},
    ReasonRow{Reason::no_movement,
              {"{subject}: nothing has moved for {apart}; the last move was {milestone}{at}, {found}.",
               "{subject}：已有 {apart} 沒有任何動靜；最後一次是 {found} {place}{milestone}。",
               "{subject}：已有 {apart} 没有任何动静；最后一次是 {found} {place}{milestone}。"}},
    ReasonRow{Reason::other_discharge_port,
              {"{subject}: discharged{at}, {found}; the plan was {instead}.", "{subject}：{found} 於 {place} 卸載；原計劃為 {instead}。",
               "{subject}：{found} 在 {place} 卸载；原计划为 {instead}。"}},
    ReasonRow{
        Reason::unplanned_place,
        {"{subject}: {milestone}{at}, {found}, where no plan has it.", "{subject}：{found} {place}{milestone}，該地點不在任何計劃之內。",
         "{subject}：{found} {place}{milestone}，该地点不在任何计划之内。"}},
    ReasonRow{Reason::filing_queried,
              {"{subject}: the authority asks{at}, {found}: {detail}.", "{subject}：{found} {place}主管機關查詢：{detail}。",
               "{subject}：{found} {place}主管机关提出疑问：{detail}。"}},
    ReasonRow{Reason::filing_rejected,
              {"{subject}: rejected by the authority{at}, {found}: {detail}. It counts as not lodged.",
               "{subject}：{found} {place}被主管機關拒絕：{detail}。視作未呈交。",
               "{subject}：{found} {place}被主管机关退回：{detail}。视为未提交。"}},
    ReasonRow{
        Reason::deadline_near,
        {"{subject}: {detail} has to be lodged by {planned}: {apart} left.",
         "{subject}：{detail} 須於 {planned} 或之前呈交，尚餘 {apart}。", "{subject}：{detail} 须于 {planned} 或之前提交，尚余 {apart}。"}},
    ReasonRow{Reason::deadline_passed,
              {"{subject}: {detail} had to be lodged by {planned} and has not been: {apart} late.",
               "{subject}：{detail} 須於 {planned} 或之前呈交，至今未呈交，已逾期 {apart}。",
               "{subject}：{detail} 须于 {planned} 或之前提交，至今未提交，已逾期 {apart}。"}},
};

constexpr std::array<Words, kAlertKinds> kTitles = {{
    {"late", "延誤", "延误"},
    {"connection missed", "未能接駁", "未能衔接"},
    {"limits broken", "超出限值", "超出限值"},
    {"on hold", "扣留", "扣留"},
    {"free time", "免費存放期", "免费存放期"},
    {"no movement", "沒有動靜", "没有动静"},
    {"unexpected place", "意外地點", "意外地点"},
    {"declaration", "報關單", "报关单"},
    {"deadline", "限期", "期限"},
}};

struct MilestoneWords {
  Milestone milestone;
  std::string_view hant, hans;
};
constexpr std::array kMilestoneWords = {
    MilestoneWords{Milestone::gate_in, "進閘", "进闸"},
    MilestoneWords{Milestone::gate_out, "出閘", "出闸"},
    MilestoneWords{Milestone::loaded, "裝載", "装载"},
    MilestoneWords{Milestone::discharged, "卸載", "卸载"},
    MilestoneWords{Milestone::stuffed, "裝箱", "装箱"},
    MilestoneWords{Milestone::stripped, "拆箱", "拆箱"},
    MilestoneWords{Milestone::picked_up, "提取", "提取"},
    MilestoneWords{Milestone::dropped_off, "交還", "交还"},
    MilestoneWords{Milestone::customs_held, "海關扣留", "海关扣留"},
    MilestoneWords{Milestone::customs_released, "海關放行", "海关放行"},
    MilestoneWords{Milestone::arrived, "到達", "到达"},
    MilestoneWords{Milestone::departed, "離開", "离开"},
    MilestoneWords{Milestone::document_held, "文件扣留", "文件扣留"},
    MilestoneWords{Milestone::document_released, "文件放行", "文件放行"},
    MilestoneWords{Milestone::delivered, "交付", "交付"},
    MilestoneWords{Milestone::accepted, "收貨", "收货"},
    MilestoneWords{Milestone::crossed, "過境", "过境"},
    MilestoneWords{Milestone::located, "定位", "定位"},
    MilestoneWords{Milestone::transferred, "轉交", "转交"},
    MilestoneWords{Milestone::received_in_transfer, "轉運收貨", "转运收货"},
    MilestoneWords{Milestone::available_for_pick_up, "可供提取", "可供提取"},
    MilestoneWords{Milestone::declaration_lodged, "呈交報關單", "提交报关单"},
    MilestoneWords{Milestone::declaration_accepted, "接納報關單", "接受报关单"},
    MilestoneWords{Milestone::declaration_queried, "查詢報關單", "对报关单提出疑问"},
    MilestoneWords{Milestone::declaration_rejected, "拒絕報關單", "退回报关单"},
    MilestoneWords{Milestone::declaration_released, "放行報關單", "放行报关单"},
    MilestoneWords{Milestone::excursion, "超出限值", "超出限值"},
};
constexpr std::array<Words, 3> kClassifiers = {{{"planned", "計劃", "计划"}, {"estimated", "預計", "预计"}, {"actual", "實際", "实际"}}};

std::string_view in(const Words& words, Language language) { return words.at(static_cast<size_t>(language)); }

std::string value_of(std::string_view field, const Alert& alert, Language language) {
  const std::string place = place_text(alert.place);
  const auto time = [](const std::optional<Instant>& instant) { return instant ? time_text(*instant) : std::string("?"); };
  if (field == "subject") return alert.subject;
  if (field == "milestone") {
    std::string words(words_of(alert.milestone, language));
    std::ranges::replace(words, '_', ' ');
    return words;
  }
  if (field == "place") return place.empty() ? "" : place + " ";
  if (field == "at") return place.empty() ? "" : " at " + place;
  if (field == "planned") return time(alert.planned);
  if (field == "found") return time(alert.found);
  if (field == "apart") return duration_text(alert.apart_us, language);
  if (field == "detail") return alert.detail;
  return place_text(alert.instead);
}

}  // namespace

std::string_view name(Language language) { return kLanguageNames.at(static_cast<size_t>(language)); }

Result<Language> language_from(std::string_view text) {
  const auto* const found = std::ranges::find(kLanguageNames, text);
  if (found == kLanguageNames.end()) return fail(Code::invalid, "not a language of alerts", legible(text), "en, zh-Hant or zh-Hans");
  return static_cast<Language>(found - kLanguageNames.begin());
}

std::string_view title_of(AlertKind kind, Language language) { return in(kTitles.at(static_cast<size_t>(kind)), language); }

std::string_view words_of(Milestone milestone, Language language) {
  const auto* const found = std::ranges::find(kMilestoneWords, milestone, &MilestoneWords::milestone);
  if (language == Language::en || found == kMilestoneWords.end()) return name(milestone);
  return language == Language::zh_hant ? found->hant : found->hans;
}

std::string_view words_of(Classifier classifier, Language language) {
  return in(kClassifiers.at(static_cast<size_t>(classifier)), language);
}

std::string time_text(const Instant& instant) {
  const CivilTime civil = civil_of(instant.micros, instant.offset_minutes);
  const int offset = std::abs(static_cast<int>(instant.offset_minutes));
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} {}{:02}:{:02}", civil.year, civil.month, civil.day, civil.hour, civil.minute,
                     instant.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::string duration_text(int64_t micros, Language language) {
  const int64_t minutes = micros / kMinuteUs, hours = minutes / 60, days = hours / 24;
  const bool en = language == Language::en;
  const std::string_view hour = language == Language::zh_hans ? " 小时" : en ? " h" : " 小時";
  const std::string_view minute = en ? " min" : language == Language::zh_hans ? " 分钟" : " 分鐘";
  if (minutes < 60) return fmt::format("{}{}", minutes, minute);
  if (hours < 48) return minutes % 60 == 0 ? fmt::format("{}{}", hours, hour) : fmt::format("{}{} {}{}", hours, hour, minutes % 60, minute);
  const std::string_view day = en ? " d" : " 天";
  return hours % 24 == 0 ? fmt::format("{}{}", days, day) : fmt::format("{}{} {}{}", days, day, hours % 24, hour);
}

std::string place_text(const Place& place) {
  std::string code = place.unlocode;
  if (!place.facility.empty()) code += (code.empty() ? "" : "/") + place.facility;
  if (place.name.empty()) return code;
  return code.empty() ? place.name : place.name + " (" + code + ")";
}

std::string text_of(const Alert& alert, Language language) {
  const auto* const row = std::ranges::find(kReasons, alert.reason, &ReasonRow::reason);
  std::string_view pattern = in(row->words, language);
  std::string out;
  while (!pattern.empty()) {
    const size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const size_t close = pattern.find('}', open);
    out += value_of(pattern.substr(open + 1, close - open - 1), alert, language);
    pattern.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace fairway::journey
