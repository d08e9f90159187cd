#include "filing/regime/expression.h"

#include <algorithm>

#include "filing/form/evaluator.h"

namespace fairway::filing {

// Recursive descent, loosest first: or, and, not, comparison, sum, product, sign, primary.
class Parser {
 public:
  Parser(std::string_view text, const Names& names) : text_(text), names_(names), rows_(names.rows) {}

  Result<Expression> whole() {
    const uint32_t root = TRY(disjunction());
    skip();
    if (at_ != text_.size()) return wrong("nothing more was expected here");
    if (root + 1 != out_.nodes_.size()) return wrong("it has no root");
    return std::move(out_);
  }

 private:
  using Index = Result<uint32_t>;
  using Method = Value (Evaluator::*)(const Node&) const;
  static constexpr int kDepthMax = 64;
  static constexpr size_t kNodesMax = 2'000;

  struct Binary {
    std::string_view sign;
    Method run;
  };

  [[nodiscard]] std::unexpected<Error> wrong(std::string what, std::string hint = {}) const {
    return fail(Code::invalid, "an expression is not right",
                "\"" + std::string(text_.substr(0, 200)) + "\" at character " + std::to_string(at_ + 1) + ": " + std::move(what),
                std::move(hint));
  }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  bool take(std::string_view sign) {
    skip();
    if (!text_.substr(at_).starts_with(sign)) return false;
    const size_t end = at_ + sign.size();
    if (is_letter(sign.front()) && end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]) || text_[end] == '.')) return false;
    at_ = end;
    return true;
  }

  Status expect(std::string_view sign) {
    if (take(sign)) return {};
    return wrong("'" + std::string(sign) + "' is missing");
  }

  uint32_t add(Node node, std::initializer_list<uint32_t> arguments = {}) { return add(std::move(node), std::vector<uint32_t>(arguments)); }
  uint32_t add(Node node, const std::vector<uint32_t>& arguments) {
    node.first = static_cast<uint32_t>(out_.arguments_.size());
    node.count = static_cast<uint16_t>(arguments.size());
    out_.arguments_.insert(out_.arguments_.end(), arguments.begin(), arguments.end());
    out_.nodes_.push_back(std::move(node));
    return static_cast<uint32_t>(out_.nodes_.size() - 1);
  }

  static Node node_of(Method run) {
    Node node;
    node.run = run;
    return node;
  }

  uint32_t constant(Value value) {
    Node node = node_of(&Evaluator::constant);
    node.constant = value;
    return add(std::move(node));
  }
  uint32_t constant_text(std::string text) {
    Node node = node_of(&Evaluator::constant);
    node.constant.kind = text.empty() ? Value::Kind::absent : Value::Kind::text;
    node.text = static_cast<uint32_t>(out_.texts_.size());
    out_.texts_.push_back(std::move(text));
    return add(std::move(node));
  }

  Index disjunction() {
    if (++depth_ > kDepthMax || out_.nodes_.size() > kNodesMax) return wrong("it is too long, or nested too deeply");
    uint32_t left = TRY(conjunction());
    while (take("or")) left = add(node_of(&Evaluator::either), {left, TRY(conjunction())});
    --depth_;
    return left;
  }

  Index conjunction() {
    uint32_t left = TRY(inversion());
    while (take("and")) left = add(node_of(&Evaluator::both), {left, TRY(inversion())});
    return left;
  }

  Index inversion() {
    bool turned = false;
    while (take("not")) turned = !turned;
    const uint32_t inner = TRY(comparison());
    return turned ? add(node_of(&Evaluator::negation), {inner}) : inner;
  }

  Index comparison() {
    static constexpr Binary kSigns[] = {
        {"!=", &Evaluator::unequal}, {"<=", &Evaluator::less_or_equal}, {">=", &Evaluator::greater_or_equal},
        {"=", &Evaluator::equal},    {"<", &Evaluator::less},           {">", &Evaluator::greater}};
    const uint32_t left = TRY(sum());
    if (take("in")) return membership(left);
    for (const Binary& binary : kSigns) {
      if (take(binary.sign)) return add(node_of(binary.run), {left, TRY(sum())});
    }
    return left;
  }

  Index membership(uint32_t left) {
    TRY_OK(expect("("));
    std::vector<uint32_t> arguments{left};
    do {
      arguments.push_back(TRY(disjunction()));
    } while (take(","));
    TRY_OK(expect(")"));
    return add(node_of(&Evaluator::one_of), arguments);
  }

  Index sum() {
    uint32_t left = TRY(product());
    for (;;) {
      if (take("+")) {
        left = add(node_of(&Evaluator::plus), {left, TRY(product())});
      } else if (take("-")) {
        left = add(node_of(&Evaluator::minus), {left, TRY(product())});
      } else {
        return left;
      }
    }
  }

  Index product() {
    uint32_t left = TRY(signed_primary());
    for (;;) {
      if (take("*")) {
        left = add(node_of(&Evaluator::times), {left, TRY(signed_primary())});
      } else if (take("/")) {
        left = add(node_of(&Evaluator::over), {left, TRY(signed_primary())});
      } else {
        return left;
      }
    }
  }

  Index signed_primary() {
    if (!take("-")) return primary();
    const uint32_t zero = constant(Value::of(Decimal(0)));
    return add(node_of(&Evaluator::minus), {zero, TRY(primary())});
  }

  Index primary() {
    skip();
    if (at_ == text_.size()) return wrong("it ends where a value was expected");
    if (take("(")) {
      const uint32_t inner = TRY(disjunction());
      TRY_OK(expect(")"));
      return inner;
    }
    if (text_[at_] == '\'') return constant_text(TRY(literal()));
    if (is_digit(text_[at_])) return number();
    if (is_letter(text_[at_])) return named();
    return wrong("'" + std::string(1, text_[at_]) + "' is not expected here");
  }

  Result<std::string> literal() {
    const size_t end = text_.find('\'', at_ + 1);
    if (end == std::string_view::npos) return wrong("a text is not closed", "put an apostrophe at its end");
    const std::string_view inner = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return std::string(inner);
  }

  Index number() {
    const size_t begin = at_;
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) ++at_;
    const auto value = Decimal::parse(text_.substr(begin, at_ - begin));
    if (!value) return wrong(value.error().message);
    return constant(Value::of(*value));
  }

  std::string_view word() {
    const size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '.')) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  Index named() {
    const std::string_view name = word();
    if (name == "yes" || name == "no") return constant(Value::of(name == "yes"));
    if (const Function* function = find_function(name)) {
      if (function->form == Function::Form::word) return said(*function);
      if (take("(")) return call(*function);
      if (function->least > 0) return wrong("'(' is missing after " + std::string(name));
    }
    return item(name);
  }

  // A word that stands alone; some are of the row at hand.
  Index said(const Function& function) {
    Node node = node_of(function.run);
    if (function.run == &Evaluator::row_number) {
      if (rows_ == 0) return wrong("no row is at hand here");
      node.item.group = inner_ != Group::consignment ? inner_ : first_of(rows_);
    }
    if (function.run == &Evaluator::crossing_of_leg && (rows_ & row_of(Group::legs)) == 0) {
      return wrong("no leg is at hand here", "ask any(legs, crossing = 'in'), or set the form's per to leg");
    }
    return add(std::move(node));
  }

  static Group first_of(RowSet rows) {
    for (const Group group : {Group::goods, Group::containers, Group::documents}) {
      if ((rows & row_of(group)) != 0) return group;
    }
    return Group::legs;
  }

  Index call(const Function& function) {
    std::vector<uint32_t> arguments;
    Node node = node_of(function.run);
    if (function.form == Function::Form::aggregate) {
      const RowSet before = rows_;
      const Group around = inner_;
      auto made = aggregate(std::move(node), function);
      rows_ = before, inner_ = around;
      return made;
    }
    if (function.form == Function::Form::list) TRY_OK(list_name(node, function));
    if (!take(")")) {
      do {
        if (function.form == Function::Form::list && arguments.size() == 1) {
          TRY_OK(column_name(node));
          break;
        }
        arguments.push_back(TRY(disjunction()));
      } while (take(","));
      TRY_OK(expect(")"));
    }
    if (arguments.size() < function.least || arguments.size() > function.most) {
      return wrong(std::string(function.name) + "() takes " + std::to_string(function.least) +
                   (function.most > function.least ? " to " + std::to_string(function.most) : "") + " values, not " +
                   std::to_string(arguments.size()));
    }
    if (function.run == &Evaluator::customs_value) {
      const Node& basis = out_.nodes_[arguments.front()];
      const bool known = basis.run == &Evaluator::constant && basis.constant.kind == Value::Kind::text &&
                         (out_.texts_[basis.text] == "CIF" || out_.texts_[basis.text] == "FOB");
      if (!known) return wrong("customs_value() is of 'CIF' or of 'FOB'");
      if ((rows_ & row_of(Group::goods)) != 0) node.item.group = Group::goods;
    }
    return add(std::move(node), arguments);
  }

  Status list_name(Node& node, const Function& function) {
    skip();
    if (at_ == text_.size() || text_[at_] != '\'') return wrong(std::string(function.name) + "() begins with the name of a list");
    const std::string name = TRY(literal());
    const bool is_map = function.name == "map";
    const CodeLists& lists = is_map ? names_.maps : names_.codes;
    const auto found = lists.find(name);
    if (found == lists.end()) {
      std::string known;
      for (const auto& [other, list] : lists) known += (known.empty() ? "" : ", ") + other;
      return wrong("there is no " + std::string(is_map ? "maps/" : "codes/") + name + ".csv", known.empty() ? "" : "there are: " + known);
    }
    node.list = &found->second;
    if (is_map) {
      const auto theirs = node.list->column("theirs");
      if (!theirs && !node.list->entries().empty()) return wrong("maps/" + name + ".csv has no column theirs");
      node.slot = static_cast<uint16_t>(theirs.value_or(0));
    }
    return expect(",");
  }

  Status column_name(Node& node) {
    skip();
    if (at_ == text_.size() || text_[at_] != '\'') return wrong("the third value is the name of a column");
    const std::string name = TRY(literal());
    const auto column = node.list->column(name);
    if (!column && !node.list->entries().empty()) return wrong("codes/" + node.list->name() + ".csv has no column " + name);
    node.flag = true;
    node.slot = static_cast<uint16_t>(column.value_or(0));
    return {};
  }

  // sum(goods.amount, cond), count(goods, cond), joined(goods, expression, cond, ', ').
  Index aggregate(Node node, const Function& function) {
    skip();
    const std::string_view path = word();
    const size_t dot = path.find('.');
    const std::string_view head = path.substr(0, dot);
    node.flag = head == "allgoods";
    const auto group = node.flag ? std::optional(Group::goods) : group_from(head);
    if (!group || *group == Group::consignment) {
      return wrong(std::string(function.name) + "() begins with goods, allgoods, containers, documents or legs");
    }
    node.item.group = *group;
    rows_ |= row_of(*group), inner_ = *group;
    std::vector<uint32_t> arguments;
    const bool wants_value = function.least > 0;
    if (dot != std::string_view::npos) {
      if (!wants_value) return wrong(std::string(function.name) + "() takes the group alone, and a condition");
      arguments.push_back(TRY(row_item(*group, path.substr(dot + 1))));
    }
    while (take(",")) arguments.push_back(TRY(disjunction()));
    TRY_OK(expect(")"));
    if (arguments.size() < function.least || arguments.size() > function.most) {
      return wrong(std::string(function.name) + "() has too few or too many values");
    }
    return add(std::move(node), arguments);
  }

  Index row_item(Group group, std::string_view name) {
    if (name == "row") {
      Node node = node_of(&Evaluator::row_number);
      node.item.group = group;
      return add(std::move(node));
    }
    const auto found = names_.schema.find(group, name);
    if (!found) return unknown_item(group, name);
    Node node = node_of(&Evaluator::item);
    node.item = *found;
    return add(std::move(node));
  }

  [[nodiscard]] std::unexpected<Error> unknown_item(Group group, std::string_view name) const {
    return wrong("there is no item " + std::string(name) + (group == Group::consignment ? "" : " of " + std::string(filing::name(group))),
                 "tables/record/items.csv and the regime's items.csv have the items");
  }

  // An item: of the consignment, of the row at hand, of the leg in or out; or a field of the form.
  Index item(std::string_view name) {
    const size_t dot = name.find('.');
    const std::string_view head = name.substr(0, dot), tail = dot == std::string_view::npos ? "" : name.substr(dot + 1);
    if (head == "field" && !tail.empty()) return form_field(tail);
    if ((head == "inbound" || head == "outbound") && !tail.empty()) {
      const auto found = names_.schema.find(Group::legs, tail);
      if (!found) return unknown_item(Group::legs, tail);
      Node node = node_of(head == "inbound" ? &Evaluator::inbound : &Evaluator::outbound);
      node.item = *found;
      return add(std::move(node));
    }
    for (const Group group : {Group::goods, Group::containers, Group::documents, Group::legs}) {
      if (head != row_name(group) || tail.empty()) continue;
      if ((rows_ & row_of(group)) == 0) {
        return wrong("no " + std::string(head) + " is at hand here",
                     group == Group::legs ? "inbound." + std::string(tail) + " is of the first leg in, outbound." + std::string(tail) +
                                                " of the last leg out"
                                          : "set the row's per to " + std::string(head) + ", or use sum(), any() or joined()");
      }
      return row_item(group, tail);
    }
    const auto found = names_.schema.find(Group::consignment, name);
    if (!found) return unknown_item(Group::consignment, name);
    Node node = node_of(&Evaluator::item);
    node.item = *found;
    return add(std::move(node));
  }

  Index form_field(std::string_view name) {
    if (!names_.field) return wrong("no fields of a form are known here");
    std::optional<Names::FieldName> found;
    for (const Group group : {Group::goods, Group::containers, Group::documents, Group::legs}) {
      if (!found && (rows_ & row_of(group)) != 0) found = names_.field(std::string(row_name(group)) + "." + std::string(name));
    }
    if (!found) found = names_.field(name);
    if (!found) return wrong("the form has no field " + std::string(name), "fields.csv has the fields");
    if (found->per != Group::consignment && (rows_ & row_of(found->per)) == 0) {
      return wrong("field " + std::string(name) + " is of a row, and none is at hand");
    }
    Node node = node_of(&Evaluator::field);
    node.slot = found->slot;
    node.item.group = found->per;
    return add(std::move(node));
  }

  std::string_view text_;
  const Names& names_;
  RowSet rows_;
  Group inner_ = Group::consignment;  // whose rows the aggregate around goes through
  size_t at_ = 0;
  int depth_ = 0;
  Expression out_;
};

Result<Expression> Expression::parse(std::string_view text, const Names& names) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return Expression();
  return Parser(text, names).whole();
}

const CodeList* Expression::outer_map() const { return !empty() && root().run == &Evaluator::mapped ? root().list : nullptr; }

std::optional<ItemRef> Expression::plain_item() const {
  if (empty() || root().run != &Evaluator::item) return std::nullopt;
  return root().item;
}

}  // namespace fairway::filing
