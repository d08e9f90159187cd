#include <algorithm>

#include "filing/form/filling.h"

namespace fairway::filing {
namespace {

void add_path(const Record& record, Path path, FilledField& field, std::vector<Path>& seen) {
  if (std::ranges::find(seen, path) != seen.end()) return;
  seen.push_back(path);
  field.from.push_back(record.schema().text(path));
  const SourcePtr& source = record.field(path).source;
  if (source && (!field.source || source->confidence < field.source->confidence)) field.source = source;
}

class Filler {
 public:
  Filler(Evaluator& evaluator, const NeededForm& form, const Overrides& overrides)
      : evaluator_(evaluator), form_(form), overrides_(overrides) {}

  Draft make() {
    enter(evaluator_, form_);
    draft_.key = {evaluator_.regime().code(), form_.form->code, form_.leg};
    draft_.day = form_.day;
    const auto& fields = form_.form->fields;
    draft_.fields.reserve(fields.size() * 2);
    for (size_t begin = 0, end = 0; begin < fields.size(); begin = end) {
      const Group group = fields[begin].per;
      for (end = begin; end < fields.size() && fields[end].per == group;) ++end;
      const auto rows = rows_of(evaluator_, group);
      for (uint32_t number = 0; number < rows.size(); ++number) {
        if (group != Group::consignment) evaluator_.set_row(group, rows[number], number);
        for (size_t i = begin; i < end; ++i) {
          if (fields[i].days.hold(form_.day)) fill(fields[i], number);
        }
      }
      // The form is of its own leg again.
      if (group == Group::legs) enter(evaluator_, form_);
    }
    return std::move(draft_);
  }

 private:
  void fill(const FieldRow& row, uint32_t number) {
    FilledField field;
    field.name = filled_name(row, number);
    field.group = row.group;
    const auto laid_over = overrides_.empty() ? overrides_.end() : overrides_.find(field.name);
    if (laid_over != overrides_.end()) {
      field.value = laid_over->second, field.typed = true;
    } else {
      take_value(row, field);
    }
    if (field.value.empty()) {
      const bool required = evaluator_.holds(row.required);
      if (required) draft_.missing.push_back(field.name);
      if (!required && !field.typed) return;
    }
    draft_.fields.push_back(std::move(field));
  }

  void take_value(const FieldRow& row, FilledField& field) {
    trace_.clear();
    evaluator_.set_trace(&trace_);
    const Value value = evaluator_.run(row.value);
    evaluator_.set_trace(nullptr);
    if (value.kind == Value::Kind::number && row.scale_max >= 0) {
      field.value = value.number.round(row.scale_max).text();
    } else {
      field.value = evaluator_.text_of(value);
    }
    seen_.clear();
    for (const Path path : trace_.used) add_path(evaluator_.record(), path, field, seen_);
    for (const Path path : trace_.missing) add_path(evaluator_.record(), path, field, seen_);
    if (!field.value.empty()) field.working = std::move(trace_.working);
  }

  Evaluator& evaluator_;
  const NeededForm& form_;
  const Overrides& overrides_;
  Draft draft_;
  Trace trace_;
  std::vector<Path> seen_;
};

}  // namespace

std::string filled_name(const FieldRow& field, uint32_t number) {
  if (field.per == Group::consignment) return field.name;
  const std::string_view prefix = row_name(field.per);
  std::string name;
  name.reserve(field.name.size() + 8);
  name.append(prefix).append("[").append(std::to_string(number + 1)).append("]").append(field.name, prefix.size());
  return name;
}

std::vector<uint32_t> rows_of(const Evaluator& evaluator, Group group) {
  if (group == Group::goods) return {evaluator.covered().begin(), evaluator.covered().end()};
  std::vector<uint32_t> rows(group == Group::consignment ? 1 : evaluator.record().rows(group));
  for (uint32_t row = 0; row < rows.size(); ++row) rows[row] = row;
  return rows;
}

Draft fill_form(Evaluator& evaluator, const NeededForm& form, const Overrides& overrides) {
  return Filler(evaluator, form, overrides).make();
}

Result<Draft> fill(const Regime& regime, const FormKey& key, const Record& record, const Overrides& overrides, const Setting& setting) {
  Evaluator evaluator(regime, record, setting);
  const NeededForm form = TRY(form_at(evaluator, key));
  return fill_form(evaluator, form, overrides);
}

}  // namespace fairway::filing
