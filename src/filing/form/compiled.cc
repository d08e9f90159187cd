#include "filing/form/compiled.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fairway::filing {

namespace {

constexpr std::string_view kLanguages[] = {"_en", "_hant", "_hans"};

std::unexpected<Error> at_cell(const Table& table, size_t row, std::string_view column, const Error& error) {
  return fail(error.code, error.message, table.place(row) + ", column " + std::string(column) + ": " + error.detail, error.hint);
}
std::unexpected<Error> wrong_cell(const Table& table, size_t row, std::string_view column, std::string what, std::string hint = {}) {
  return at_cell(table, row, column, {Code::invalid, "a table is not right", std::move(what), std::move(hint)});
}

std::vector<std::string> pieces_of(std::string_view text, char between) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const size_t end = std::min(text.find(between), text.size());
    pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

Result<Group> per_of(const Table& table, size_t row) {
  const std::string& per = table.cell(row, "per");
  if (per.empty() || per == "form") return Group::consignment;
  for (const Group group : {Group::goods, Group::containers, Group::documents, Group::legs}) {
    if (per == row_name(group)) return group;
  }
  return wrong_cell(table, row, "per", "\"" + per + "\"", "write form, item, container, document or leg");
}

Result<size_t> count_of(const Table& table, size_t row, std::string_view column, std::string_view text) {
  size_t count = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || count > 100'000) return wrong_cell(table, row, column, "\"" + std::string(text) + "\" is no length");
    count = count * 10 + static_cast<size_t>(c - '0');
  }
  return count;
}

}  // namespace

Words words_of(const Table& table, size_t row, std::string_view column) {
  const std::string name(column);
  return {table.cell(row, name + "_en"), table.cell(row, name + "_hant"), table.cell(row, name + "_hans")};
}

Status check_columns(const Table& table, std::span<const std::string_view> known) {
  for (const std::string& column : table.columns()) {
    const bool fits = std::ranges::any_of(known, [&](std::string_view name) {
      if (!name.ends_with("_*")) return name == column;
      const std::string stem(name.substr(0, name.size() - 2));
      return std::ranges::any_of(kLanguages, [&](std::string_view language) { return column == stem + std::string(language); });
    });
    if (fits) continue;
    std::string names;
    for (const std::string_view name : known) names += (names.empty() ? "" : ", ") + std::string(name);
    return fail(Code::invalid, "a table has a column that is not known",
                (table.rows() > 0 ? table.place(0) + ": " : "") + "column " + column, "its columns are: " + names);
  }
  return {};
}

Result<Weight> weight_of(const Table& table, size_t row) {
  const std::string& weight = table.cell(row, "weight");
  if (weight.empty() || weight == "blocking") return Weight::blocking;
  if (weight == "warning") return Weight::warning;
  return wrong_cell(table, row, "weight", "\"" + weight + "\"", "write blocking or warning");
}

// Goes through the tables of one regime.
class Compiler {
 public:
  Compiler(const Regime& regime, const Schema& schema) : regime_(regime), schema_(schema), out_(std::make_shared<Compiled>()) {}

  Result<std::shared_ptr<const Compiled>> make() {
    TRY_OK(lists("codes/", out_->codes_));
    TRY_OK(lists("maps/", out_->maps_));
    out_->exchange_rates_ = TRY(CodeList::of(regime_.table("exchange_rates"), "exchange_rates", "currency"));
    if (!out_->exchange_rates_.entries().empty() && !out_->exchange_rates_.column("rate")) {
      return fail(Code::invalid, "a table is not right", regime_.table("exchange_rates").place(0) + ": there is no column rate");
    }
    out_->zone_ = regime_.setting("zone"), out_->currency_ = regime_.setting("currency");
    TRY_OK(common_items());
    TRY_OK(forms());
    for (Form& form : out_->forms_) TRY_OK(fields(form));
    TRY_OK(known_forms("fields"));
    for (Form& form : out_->forms_) TRY_OK(rules(form));
    for (auto& [row, error] : unfit_rules_) {
      if (!fit_rules_.contains(row)) return std::unexpected(std::move(error));
    }
    TRY_OK(known_forms("rules"));
    TRY_OK(exemptions());
    TRY_OK(known_forms("exemptions"));
    return out_;
  }

 private:
  Status lists(std::string_view folder, CodeLists& lists) const {
    for (const std::string& table : regime_.tables()) {
      if (!table.starts_with(folder)) continue;
      const std::string name = table.substr(folder.size());
      lists.emplace(name, TRY(CodeList::of(regime_.table(table), name)));
    }
    return {};
  }

  [[nodiscard]] Names names(RowSet rows) const { return {schema_, out_->codes_, out_->maps_, rows, {}}; }

  [[nodiscard]] static Result<Expression> expression(const Table& table, size_t row, std::string_view column, const Names& names) {
    auto made = Expression::parse(table.cell(row, column), names);
    if (!made) return at_cell(table, row, column, made.error());
    return made;
  }

  Status common_items() {
    struct Wanted {
      ItemRef CommonItems::* place;
      Group group;
      std::string_view name;
    };
    using enum Group;
    const std::string& rate = regime_.setting("rate_item");
    const Wanted wanted[] = {
        {&CommonItems::invoice_currency, consignment, "invoice.currency"},
        {&CommonItems::invoice_amount, consignment, "invoice.amount"},
        {&CommonItems::incoterm, consignment, "invoice.incoterm"},
        {&CommonItems::freight_amount, consignment, "freight.amount"},
        {&CommonItems::freight_currency, consignment, "freight.currency"},
        {&CommonItems::insurance_amount, consignment, "insurance.amount"},
        {&CommonItems::insurance_currency, consignment, "insurance.currency"},
        {&CommonItems::other_amount, consignment, "otherCharges.amount"},
        {&CommonItems::other_currency, consignment, "otherCharges.currency"},
        {&CommonItems::exchange_rate, consignment, rate.empty() ? "exchange.rate" : std::string_view(rate)},
        {&CommonItems::place_of_origin, consignment, "placeOfOrigin"},
        {&CommonItems::place_of_delivery, consignment, "placeOfDelivery"},
        {&CommonItems::place_of_loading, consignment, "placeOfLoading"},
        {&CommonItems::place_of_discharge, consignment, "placeOfDischarge"},
        {&CommonItems::country_of_dispatch, consignment, "countryOfDispatch"},
        {&CommonItems::country_of_destination, consignment, "countryOfDestination"},
        {&CommonItems::line_amount, goods, "amount"},
        {&CommonItems::line_price, goods, "unitPrice"},
        {&CommonItems::line_quantity, goods, "quantity"},
        {&CommonItems::leg_from, legs, "from"},
        {&CommonItems::leg_to, legs, "to"},
        {&CommonItems::leg_departure, legs, "departure"},
        {&CommonItems::leg_arrival, legs, "arrival"},
        {&CommonItems::leg_control_point, legs, "controlPoint"},
    };
    for (const Wanted& item : wanted) {
      const auto found = schema_.find(item.group, item.name);
      if (!found) return fail(Code::invalid, "the record has no item that is needed", std::string(item.name), "add it to record/items.csv");
      out_->items_.*item.place = *found;
    }
    return {};
  }

  Status forms() {
    static constexpr std::array<std::string_view, 18> kColumns = {
        "form",     "family",        "title_*", "per",          "needed_when",  "items_when", "filer",  "authority", "message",
        "deadline", "deadline_from", "charge",  "charge_value", "levied_value", "reason_*",   "source", "from",      "to"};
    const Table& table = regime_.table("forms");
    TRY_OK(check_columns(table, kColumns));
    for (size_t row = 0; row < table.rows(); ++row) {
      Form form;
      form.code = table.cell(row, "form");
      if (form.code.empty() || form.code.find_first_of("/@| *") != std::string::npos) {
        return wrong_cell(table, row, "form", "\"" + form.code + "\" is no code of a form", "letters, digits and hyphens");
      }
      const std::string& per = table.cell(row, "per");
      if (!per.empty() && per != "consignment" && per != "leg") return wrong_cell(table, row, "per", per, "write consignment or leg");
      form.per_leg = per == "leg";
      form.family = table.cell(row, "family").empty() ? form.code : table.cell(row, "family");
      form.title = words_of(table, row, "title"), form.reason = words_of(table, row, "reason");
      form.filer = table.cell(row, "filer"), form.authority = table.cell(row, "authority"), form.message = table.cell(row, "message");
      form.deadline = table.cell(row, "deadline"), form.charge = table.cell(row, "charge"), form.source = table.cell(row, "source");
      form.days = {table.cell(row, "from"), table.cell(row, "to")};
      const RowSet rows = form.per_leg ? row_of(Group::legs) : 0;
      form.needed_when = TRY(expression(table, row, "needed_when", names(rows)));
      form.items_when = TRY(expression(table, row, "items_when", names(static_cast<RowSet>(rows | row_of(Group::goods)))));
      form.deadline_from = TRY(expression(table, row, "deadline_from", names(rows)));
      form.charge_value = TRY(expression(table, row, "charge_value", names(rows)));
      form.levied_value = TRY(expression(table, row, "levied_value", names(rows)));
      TRY_OK(known(table, row, "deadline", "deadlines"));
      TRY_OK(known(table, row, "charge", "charges"));
      out_->forms_.push_back(std::move(form));
    }
    return {};
  }

  // What the cell names has to stand in the table of its own.
  [[nodiscard]] Status known(const Table& table, size_t row, std::string_view column, std::string_view other) const {
    const std::string& id = table.cell(row, column);
    const Table& rows = regime_.table(other);
    if (id.empty()) return {};
    for (size_t i = 0; i < rows.rows(); ++i) {
      if (rows.cell(i, column) == id) return {};
    }
    return wrong_cell(table, row, column, "there is no " + id + " in " + std::string(other) + ".csv");
  }

  [[nodiscard]] static bool is_for(const Table& table, size_t row, std::string_view form) {
    const auto forms = pieces_of(table.cell(row, "forms"), '|');
    return std::ranges::any_of(forms, [&](const std::string& code) { return code == "*" || code == form; });
  }

  // A row for a form that there is not would never be used.
  [[nodiscard]] Status known_forms(std::string_view name) const {
    const Table& table = regime_.table(name);
    for (size_t row = 0; row < table.rows(); ++row) {
      for (const std::string& code : pieces_of(table.cell(row, "forms"), '|')) {
        if (code == "*" || std::ranges::find(out_->forms_, code, &Form::code) != out_->forms_.end()) continue;
        return wrong_cell(table, row, "forms", "there is no form " + code + " in forms.csv", "separate forms with |");
      }
      if (table.cell(row, "forms").empty()) return wrong_cell(table, row, "forms", "it is empty", "write * for all forms");
    }
    return {};
  }

  Status fields(Form& form) {
    static constexpr std::array<std::string_view, 13> kColumns = {"forms",  "field", "per",   "title_*", "type", "required", "value",
                                                                  "length", "list",  "group", "source",  "from", "to"};
    const Table& table = regime_.table("fields");
    TRY_OK(check_columns(table, kColumns));
    for (size_t row = 0; row < table.rows(); ++row) {
      if (!is_for(table, row, form.code)) continue;
      FieldRow field = TRY(field_row(form, table, row));
      for (const FieldRow& other : form.fields) {
        const bool apart = (!other.days.to.empty() && !field.days.from.empty() && other.days.to < field.days.from) ||
                           (!field.days.to.empty() && !other.days.from.empty() && field.days.to < other.days.from);
        if (other.name == field.name && !apart) return wrong_cell(table, row, "field", field.name + " stands twice for form " + form.code);
      }
      const auto slot = std::ranges::find(form.slots, field.name);
      field.slot = static_cast<uint16_t>(slot - form.slots.begin());
      if (slot == form.slots.end()) form.slots.push_back(field.name);
      form.fields.push_back(std::move(field));
    }
    // Rows stand together, where the first field of them stands.
    std::array<size_t, kGroups> first;
    for (size_t group = 0; group < kGroups; ++group) {
      const auto found = std::ranges::find(form.fields, static_cast<Group>(group), &FieldRow::per);
      first.at(group) = static_cast<size_t>(found - form.fields.begin());
    }
    std::ranges::stable_sort(form.fields, {}, [&](const FieldRow& field) { return first.at(static_cast<size_t>(field.per)); });
    return {};
  }

  [[nodiscard]] Result<FieldRow> field_row(const Form& form, const Table& table, size_t row) const {
    FieldRow field;
    field.per = TRY(per_of(table, row));
    field.name = table.cell(row, "field");
    if (field.name.empty() || field.name.find_first_of("[] {}") != std::string::npos) {
      return wrong_cell(table, row, "field", "\"" + field.name + "\" is no name of a field");
    }
    const std::string prefix = std::string(row_name(field.per)) + ".";
    if (field.per != Group::consignment && !field.name.starts_with(prefix)) field.name = prefix + field.name;
    field.title = words_of(table, row, "title");
    const std::string& type = table.cell(row, "type");
    const auto known = type.empty() ? std::optional(ValueType::text) : value_type_from(type);
    if (!known) return wrong_cell(table, row, "type", "\"" + type + "\"", "write text, code, decimal, date, instant or truth");
    field.type = *known;
    RowSet rows = form.per_leg ? row_of(Group::legs) : 0;
    if (field.per != Group::consignment) rows |= row_of(field.per);
    field.required = TRY(expression(table, row, "required", names(rows)));
    field.value = TRY(expression(table, row, "value", names(rows)));
    const std::string& length = table.cell(row, "length");
    const size_t point = length.find_first_of(".,");
    field.length_max = TRY(count_of(table, row, "length", std::string_view(length).substr(0, point)));
    if (point != std::string::npos) {
      field.scale_max = static_cast<int>(TRY(count_of(table, row, "length", std::string_view(length).substr(point + 1))));
    }
    const std::string& list = table.cell(row, "list");
    if (!list.empty()) {
      const auto found = out_->codes_.find(list);
      if (found == out_->codes_.end()) return wrong_cell(table, row, "list", "there is no codes/" + list + ".csv");
      field.list = &found->second;
    }
    field.group = table.cell(row, "group").empty() ? "declaration" : table.cell(row, "group");
    field.source = table.cell(row, "source");
    field.days = {table.cell(row, "from"), table.cell(row, "to")};
    return field;
  }

  Status rules(Form& form) {
    static constexpr std::array<std::string_view, 13> kColumns = {"rule", "forms",     "per",    "when",   "check", "weight", "field",
                                                                  "path", "message_*", "cure_*", "source", "from",  "to"};
    const Table& table = regime_.table("rules");
    TRY_OK(check_columns(table, kColumns));
    for (size_t row = 0; row < table.rows(); ++row) {
      if (!is_for(table, row, form.code)) continue;
      missing_field_ = false;
      auto made = rule(form, table, row);
      // A rule for all forms is for those that have its fields: for one at least.
      if (!made && missing_field_ && table.cell(row, "forms") == "*") {
        unfit_rules_.emplace(row, made.error());
        continue;
      }
      if (!made) return std::unexpected(made.error());
      fit_rules_.insert(row);
      form.rules.push_back(std::move(*made));
    }
    return {};
  }

  [[nodiscard]] Names rule_names(const Form& form, RowSet rows) {
    Names names = this->names(rows);
    names.field = [this, &form](std::string_view name) -> std::optional<Names::FieldName> {
      const auto slot = form.slot(name);
      missing_field_ = !slot;
      if (!slot) return std::nullopt;
      const auto field = std::ranges::find(form.fields, *slot, &FieldRow::slot);
      return Names::FieldName{*slot, field->per};
    };
    return names;
  }

  Result<Rule> rule(const Form& form, const Table& table, size_t row) {
    Rule rule;
    rule.id = table.cell(row, "rule");
    if (rule.id.empty()) return wrong_cell(table, row, "rule", "the rule has no name");
    rule.per = TRY(per_of(table, row));
    RowSet rows = form.per_leg ? row_of(Group::legs) : 0;
    if (rule.per != Group::consignment) rows |= row_of(rule.per);
    const Names names = rule_names(form, rows);
    rule.when = TRY(expression(table, row, "when", names));
    rule.check = TRY(expression(table, row, "check", names));
    if (rule.check.empty()) return wrong_cell(table, row, "check", "it is empty", "write what has to be true");
    rule.weight = TRY(weight_of(table, row));
    rule.field = table.cell(row, "field");
    if (!rule.field.empty()) {
      const std::string of_row = std::string(row_name(rule.per)) + "." + rule.field;
      if (rule.per != Group::consignment && form.slot(of_row)) rule.field = of_row;
      missing_field_ = !form.slot(rule.field);
      if (missing_field_) return wrong_cell(table, row, "field", "form " + form.code + " has no field " + rule.field);
    }
    rule.item = TRY(item_of(table, row));
    rule.message = TRY(templates(table, row, "message", names));
    rule.cure = TRY(templates(table, row, "cure", names));
    rule.source = table.cell(row, "source");
    rule.days = {table.cell(row, "from"), table.cell(row, "to")};
    return rule;
  }

  // "item.netMassKg", "consignor.name".
  [[nodiscard]] Result<std::optional<ItemRef>> item_of(const Table& table, size_t row) const {
    const std::string_view path = table.cell(row, "path");
    if (path.empty()) return std::optional<ItemRef>();
    const size_t dot = std::min(path.find('.'), path.size());
    std::optional<ItemRef> found = schema_.find(Group::consignment, path);
    for (const Group group : {Group::goods, Group::containers, Group::documents, Group::legs}) {
      if (found || dot == path.size()) break;
      const std::string_view head = path.substr(0, dot);
      if (head == row_name(group) || head == name(group)) found = schema_.find(group, path.substr(dot + 1));
    }
    if (!found) return wrong_cell(table, row, "path", "the record has no item " + std::string(path));
    return found;
  }

  [[nodiscard]] static Result<Templates> templates(const Table& table, size_t row, std::string_view column, const Names& names) {
    Templates out;
    Template* const places[] = {&out.en, &out.hant, &out.hans};
    for (size_t i = 0; i < 3; ++i) {
      const std::string name = std::string(column) + std::string(kLanguages[i]);
      auto made = template_of(table.cell(row, name), names);
      if (!made) return at_cell(table, row, name, made.error());
      *places[i] = std::move(*made);
    }
    return out;
  }

  [[nodiscard]] static Result<Template> template_of(std::string_view text, const Names& names) {
    Template out;
    while (!text.empty()) {
      const size_t open = std::min(text.find('{'), text.size());
      if (open > 0) out.pieces.push_back({std::string(text.substr(0, open)), {}, false});
      text.remove_prefix(open);
      if (text.empty()) break;
      const size_t close = text.find('}');
      if (close == std::string_view::npos) return fail(Code::invalid, "a table is not right", "a brace is not closed", "put a } behind it");
      const std::string_view inner = text.substr(1, close - 1);
      Template::Piece piece;
      piece.value = inner == "value";
      if (!piece.value) piece.expression = TRY(Expression::parse(inner, names));
      out.pieces.push_back(std::move(piece));
      text.remove_prefix(close + 1);
    }
    return out;
  }

  Status exemptions() {
    static constexpr std::array<std::string_view, 8> kColumns = {"category", "forms",  "when", "evidence",
                                                                 "title_*",  "source", "from", "to"};
    const Table& table = regime_.table("exemptions");
    TRY_OK(check_columns(table, kColumns));
    for (size_t row = 0; row < table.rows(); ++row) {
      Exemption exemption;
      exemption.category = table.cell(row, "category");
      exemption.forms = pieces_of(table.cell(row, "forms"), '|');
      exemption.when = TRY(expression(table, row, "when", names(0)));
      exemption.evidence = TRY(expression(table, row, "evidence", names(0)));
      exemption.title = words_of(table, row, "title"), exemption.source = table.cell(row, "source");
      exemption.days = {table.cell(row, "from"), table.cell(row, "to")};
      if (exemption.when.empty()) return wrong_cell(table, row, "when", "it is empty", "write when the exemption counts");
      out_->exemptions_.push_back(std::move(exemption));
    }
    return {};
  }

  const Regime& regime_;
  const Schema& schema_;
  std::shared_ptr<Compiled> out_;
  std::map<size_t, Error> unfit_rules_;  // by row of rules.csv: a form does not have its fields
  std::set<size_t> fit_rules_;
  bool missing_field_ = false;  // the last name of a field that was looked up is none of the form's
};

Result<std::shared_ptr<const Compiled>> Compiled::make(const Regime& regime, const Schema& schema) {
  return Compiler(regime, schema).make();
}

std::optional<uint16_t> Form::slot(std::string_view name) const {
  const auto found = std::ranges::find(slots, name);
  if (found == slots.end()) return std::nullopt;
  return static_cast<uint16_t>(found - slots.begin());
}

const Form* Compiled::find(std::string_view code, std::string_view day) const {
  const auto found = std::ranges::find_if(forms_, [&](const Form& form) { return form.code == code && form.days.hold(day); });
  return found == forms_.end() ? nullptr : &*found;
}

const Words& Compiled::form_title(std::string_view form) const {
  static const Words kNone;
  const auto found = std::ranges::find(forms_, form, &Form::code);
  return found == forms_.end() ? kNone : found->title;
}

const Words& Compiled::field_title(std::string_view form, std::string_view field) const {
  static const Words kNone;
  const std::string name = row_name_of(field);
  for (const Form& row : forms_) {
    if (row.code != form) continue;
    const auto found = std::ranges::find(row.fields, name, &FieldRow::name);
    if (found != row.fields.end()) return found->title;
  }
  return kNone;
}

std::string row_name_of(std::string_view field) {
  const size_t open = field.find('['), close = field.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::string(field);
  return std::string(field.substr(0, open)) + std::string(field.substr(close + 1));
}

}  // namespace fairway::filing
