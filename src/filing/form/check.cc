#include <fmt/format.h>

#include <algorithm>

#include "base/instant.h"
#include "filing/form/filling.h"
#include "filing/form/identifiers.h"

namespace fairway::filing {
namespace {

// What the built-in checks say; {0} is the field's or the item's title, {1} what is wanted, {2} what is there.
struct Saying {
  std::string_view rule;
  Words message, cure;
};

const Saying& saying(std::string_view rule) {
  static const std::vector<Saying> kSayings = {
      {"field.required", {"{0} is missing", "缺少{0}", "缺少{0}"}, {"Give {1}", "請提供{1}", "请提供{1}"}},
      {"value.component",
       {"{0} cannot be worked out without {1}", "欠缺{1}，無法計算{0}", "缺少{1}，无法计算{0}"},
       {"Give {1}; 0 where there is none", "請提供{1}；如無，填 0", "请提供{1}；如无，填 0"}},
      {"value.rate",
       {"{0} cannot be worked out: no rate of exchange for {2}", "無法計算{0}：沒有{2}的匯率", "无法计算{0}：没有{2}的汇率"},
       {"Give {1}", "請提供{1}", "请提供{1}"}},
      {"value.conversion",
       {"{0} cannot be worked out: {2}", "無法計算{0}：{2}", "无法计算{0}：{2}"},
       {"Give the quantity in the unit that is wanted", "請以所需單位提供數量", "请以所需单位提供数量"}},
      {"field.length",
       {"{0} is longer than {1} characters: {2}", "{0}超過 {1} 個字元：{2}", "{0}超过 {1} 个字符：{2}"},
       {"Shorten it; a Chinese character counts two", "請縮短；每個中文字作兩個字元計", "请缩短；每个汉字按两个字符计"}},
      {"field.list",
       {"{0} is not a code of the list {1}: {2}", "{0}並非代碼表 {1} 的代碼：{2}", "{0}不是代码表 {1} 的代码：{2}"},
       {"Take a code of the list", "請選用表內代碼", "请选用表内代码"}},
      {"field.type",
       {"{0} is not of the right form ({1}): {2}", "{0}格式不正確（{1}）：{2}", "{0}格式不正确（{1}）：{2}"},
       {"Write it as {1}", "請按此格式填寫：{1}", "请按此格式填写：{1}"}},
  };
  return *std::ranges::find(kSayings, rule, &Saying::rule);
}

struct TypeForm {
  std::string_view en, hant, hans;
};
constexpr TypeForm kTypeForms[] = {{"text", "文字", "文字"},
                                   {"a code without blanks", "不含空格的代碼", "不含空格的代码"},
                                   {"1234.50", "1234.50", "1234.50"},
                                   {"2026-11-24", "2026-11-24", "2026-11-24"},
                                   {"2026-11-24T08:00:00+08:00", "2026-11-24T08:00:00+08:00", "2026-11-24T08:00:00+08:00"},
                                   {"yes or no", "yes 或 no", "yes 或 no"}};

std::string say(std::string_view text, std::string_view name, std::string_view wanted, std::string_view there) {
  return fmt::format(fmt::runtime(text), name, wanted, there);
}

bool is_of(ValueType type, std::string_view value) {
  switch (type) {
    case ValueType::text: return true;
    case ValueType::code: return value.find(' ') == std::string_view::npos;
    case ValueType::decimal: return Decimal::parse(value).has_value();
    case ValueType::date: return value.size() == 10 && parse_rfc3339(std::string(value) + "T00:00:00Z").has_value();
    case ValueType::instant: return parse_rfc3339(value).has_value();
    case ValueType::truth: return value == "yes" || value == "no";
  }
  return false;
}

class Checker {
 public:
  Checker(Evaluator& evaluator, const NeededForm& form, const Draft& draft) : evaluator_(evaluator), form_(form), draft_(draft) {}

  std::vector<Finding> make() {
    enter(evaluator_, form_);
    index();
    evaluator_.set_draft(&index_);
    for (const FieldRow& row : form_.form->fields) {
      if (row.days.hold(form_.day)) each_row(row.per, [&](uint32_t number) { check(row, number); });
    }
    for (const Rule& rule : form_.form->rules) {
      if (rule.days.hold(form_.day)) each_row(rule.per, [&](uint32_t number) { check(rule, number); });
    }
    evaluator_.set_draft(nullptr);
    return std::move(findings_);
  }

 private:
  // Filled fields by slot and row.
  void index() {
    const Form& form = *form_.form;
    index_.slots.resize(form.slots.size());
    for (const FieldRow& row : form.fields) {
      if (row.days.hold(form_.day)) index_.slots[row.slot].type = row.type;
    }
    for (const FilledField& field : draft_.fields) {
      const size_t open = field.name.find('[');
      size_t number = 0;
      if (open != std::string::npos) {
        for (size_t at = open + 1; at < field.name.size() && field.name[at] >= '0' && field.name[at] <= '9' && number <= kRecordRowsMax;
             ++at) {
          number = number * 10 + static_cast<size_t>(field.name[at] - '0');
        }
        if (number == 0 || number > kRecordRowsMax) continue;
        --number;
      }
      const auto slot = open == std::string::npos ? form.slot(field.name) : form.slot(row_name_of(field.name));
      if (!slot) continue;
      auto& rows = index_.slots[*slot].rows;
      if (rows.size() <= number) rows.resize(number + 1, nullptr);
      rows[number] = &field;
    }
  }

  template <typename Visit>
  void each_row(Group group, const Visit& visit) {
    if (group == Group::consignment) return visit(0);
    const auto rows = rows_of(evaluator_, group);
    for (uint32_t number = 0; number < rows.size(); ++number) {
      evaluator_.set_row(group, rows[number], number);
      row_ = rows[number];
      visit(number);
    }
    row_ = 0;
    if (group == Group::legs) enter(evaluator_, form_);
  }

  [[nodiscard]] const FilledField* field_at(uint16_t slot, uint32_t number) const {
    const auto& rows = index_.slots[slot].rows;
    return number < rows.size() ? rows[number] : nullptr;
  }

  void check(const FieldRow& row, uint32_t number) {
    const FilledField* field = field_at(row.slot, number);
    if (field == nullptr || field->value.empty()) {
      if (evaluator_.holds(row.required)) miss(row, number);
      return;
    }
    const std::string& value = field->value;
    if (row.length_max > 0 && value.size() > row.length_max && counted_length(value) > row.length_max) {
      const std::string length = std::to_string(row.length_max);
      find("field.length", row, *field, {length, length, length});
    }
    if (row.list != nullptr && row.list->find(value, form_.day) == nullptr) {
      find("field.list", row, *field, {row.list->name(), row.list->name(), row.list->name()});
    }
    if (!is_of(row.type, value)) {
      const TypeForm& form = kTypeForms[static_cast<size_t>(row.type)];
      find("field.type", row, *field, {std::string(form.en), std::string(form.hant), std::string(form.hans)});
    }
  }

  void find(std::string_view rule, const FieldRow& row, const FilledField& field, const Words& wanted) {
    Finding finding = begin(rule, row.source, field.name);
    if (!field.from.empty()) finding.path = field.from.front();
    put(finding, rule, row.title, wanted, field.value);
  }

  // A required field without a value: what it would be made of, and what of that is missing.
  void miss(const FieldRow& row, uint32_t number) {
    Trace trace;
    evaluator_.set_trace(&trace);
    (void)evaluator_.run(row.value);
    evaluator_.set_trace(nullptr);
    const Schema& schema = evaluator_.record().schema();
    Finding finding;
    std::string_view rule = "field.required";
    Words wanted = row.title;
    std::string there;
    std::optional<Path> path;
    if (!trace.missing.empty()) path = trace.missing.front();
    if (!trace.wants.empty()) {
      static constexpr std::string_view kRules[] = {"value.component", "value.rate", "value.conversion"};
      const Trace::Want& want = trace.wants.front();
      rule = kRules[static_cast<size_t>(want.kind)];
      path = want.path, there = want.what;
    }
    finding = begin(rule, row.source, filled_name(row, number));
    if (path) finding.path = schema.text(*path), wanted = schema.item(path->item).title;
    put(finding, rule, row.title, wanted, there);
  }

  [[nodiscard]] Finding begin(std::string_view rule, const std::string& source, std::string field) const {
    Finding finding;
    finding.rule = rule;
    finding.form = draft_.key.text();
    finding.field = std::move(field);
    finding.source = source.empty() ? form_.form->source : source;
    return finding;
  }

  void put(Finding& finding, std::string_view rule, const Words& name, const Words& wanted, std::string_view there) {
    const Saying& says = saying(rule);
    for (const std::string_view language : {"en", "zh-Hant", "zh-Hans"}) {
      auto& message = language == "en" ? finding.message.en : language == "zh-Hant" ? finding.message.hant : finding.message.hans;
      auto& cure = language == "en" ? finding.cure.en : language == "zh-Hant" ? finding.cure.hant : finding.cure.hans;
      message = say(says.message.in(language), name.in(language), wanted.in(language), there);
      cure = say(says.cure.in(language), name.in(language), wanted.in(language), there);
    }
    findings_.push_back(std::move(finding));
  }

  void check(const Rule& rule, uint32_t number) {
    if (!rule.when.empty() && !evaluator_.holds(rule.when)) return;
    if (evaluator_.holds(rule.check)) return;
    Finding finding = begin(rule.id, rule.source, {});
    finding.weight = rule.weight;
    const FilledField* field = nullptr;
    if (!rule.field.empty()) {
      const auto slot = form_.form->slot(rule.field);
      const auto row = std::ranges::find(form_.form->fields, *slot, &FieldRow::slot);
      const uint32_t at = row->per == Group::consignment ? 0 : number;
      finding.field = filled_name(*row, at);
      field = field_at(*slot, at);
    }
    if (rule.item) {
      const Group group = rule.item->group;
      const uint32_t leg = form_.leg > 0 ? form_.leg - 1 : 0;
      const uint32_t row = group == rule.per ? row_ : group == Group::legs ? leg : 0;
      finding.path = evaluator_.record().schema().text({*rule.item, row});
    } else if (field != nullptr && !field->from.empty()) {
      finding.path = field->from.front();
    }
    finding.message = words(rule.message, field);
    finding.cure = words(rule.cure, field);
    findings_.push_back(std::move(finding));
  }

  [[nodiscard]] Words words(const Templates& templates, const FilledField* field) const {
    return {text(templates.en, field), text(templates.hant, field), text(templates.hans, field)};
  }

  [[nodiscard]] std::string text(const Template& text, const FilledField* field) const {
    std::string out;
    for (const Template::Piece& piece : text.pieces) {
      if (piece.value) {
        if (field != nullptr) out += field->value;
      } else {
        out += piece.expression.empty() ? std::string_view(piece.text) : evaluator_.text_of(evaluator_.run(piece.expression));
      }
    }
    return out;
  }

  Evaluator& evaluator_;
  const NeededForm& form_;
  const Draft& draft_;
  DraftIndex index_;
  uint32_t row_ = 0;  // of the record, at hand
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_form(Evaluator& evaluator, const NeededForm& form, const Draft& draft) {
  return Checker(evaluator, form, draft).make();
}

std::vector<Finding> check(const Regime& regime, const Draft& draft, const Record& record, const Setting& setting) {
  Evaluator evaluator(regime, record, setting);
  const auto form = form_at(evaluator, draft.key);
  if (form) return check_form(evaluator, *form, draft);
  Finding gone;
  gone.rule = "form.gone", gone.form = draft.key.text();
  gone.message = {"the consignment has no such form: " + gone.form, "此貨物沒有該表格：" + gone.form, "此货物没有该表格：" + gone.form};
  gone.cure = {"Look at the plan again", "請重新查看申報計劃", "请重新查看申报计划"};
  return {std::move(gone)};
}

}  // namespace fairway::filing
