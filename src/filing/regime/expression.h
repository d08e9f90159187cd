// Expression: a condition or a value of a regime's tables, parsed once into nodes whose items, lists and fields are resolved.
// docs/reference/filing.md, "Expressions", has the language; evaluator.h runs it. Constant after parsing; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/status.h"
#include "filing/record/schema.h"
#include "filing/regime/codes.h"

namespace fairway::filing {

class Evaluator;

// What an expression yields. Texts are views of the record, of the expression or of the evaluator.
struct Value {
  enum class Kind : uint8_t { absent, text, number, truth, instant };
  Kind kind = Kind::absent;
  bool yes = false;
  Decimal number;
  std::string_view text;
  int64_t micros = 0;

  [[nodiscard]] bool present() const { return kind != Kind::absent; }
  [[nodiscard]] bool is_true() const { return kind == Kind::truth && yes; }
  [[nodiscard]] static Value of(bool yes) { return {Kind::truth, yes, {}, {}, 0}; }
  [[nodiscard]] static Value of(Decimal number) { return {Kind::number, false, number, {}, 0}; }
  [[nodiscard]] static Value of(std::string_view text) { return text.empty() ? Value{} : Value{Kind::text, false, {}, text, 0}; }
};

// A set of groups of which a row is at hand.
using RowSet = uint8_t;
[[nodiscard]] constexpr RowSet row_of(Group group) { return static_cast<RowSet>(1u << static_cast<unsigned>(group)); }

struct Node {
  Value (Evaluator::*run)(const Node&) const = nullptr;
  uint32_t first = 0;  // of its arguments, in Expression::arguments
  uint16_t count = 0;
  uint16_t slot = 0;  // of a field, of a column
  ItemRef item;
  bool flag = false;               // of an aggregate: all goods lines, not only those of the form; of listed(): the cell
  const CodeList* list = nullptr;  // of listed() and map()
  Value constant;                  // a text in it is set when it is read: texts move with the expression
  uint32_t text = 0;               // of a constant text, in Expression::texts
};

// What names mean where an expression stands.
struct Names {
  const Schema& schema;
  const CodeLists& codes;
  const CodeLists& maps;
  RowSet rows = 0;
  // The slot of a field of the form; empty where an expression can use none.
  struct FieldName {
    uint16_t slot;
    Group per;  // consignment: of the form as a whole
  };
  std::function<std::optional<FieldName>(std::string_view name)> field = {};
};

class Expression {
 public:
  // "" is the empty expression. Code::invalid says what is wrong at which character, and what could stand there.
  [[nodiscard]] static Result<Expression> parse(std::string_view text, const Names& names);

  [[nodiscard]] bool empty() const { return nodes_.empty(); }
  [[nodiscard]] const Node& root() const { return nodes_.back(); }
  [[nodiscard]] const Node& argument(const Node& node, size_t index) const { return nodes_[arguments_[node.first + index]]; }
  [[nodiscard]] std::string_view text(const Node& node) const { return texts_[node.text]; }
  // The map that the value is looked up in, where that is all that is done to it.
  [[nodiscard]] const CodeList* outer_map() const;
  // What the value is copied from, where it is a plain copy.
  [[nodiscard]] std::optional<ItemRef> plain_item() const;

 private:
  friend class Parser;
  std::vector<Node> nodes_;  // the root is the last
  std::vector<uint32_t> arguments_;
  std::vector<std::string> texts_;
};

// Functions by name, for the parser.
struct Function {
  std::string_view name;
  Value (Evaluator::*run)(const Node&) const;
  uint8_t least, most;  // arguments
  enum class Form : uint8_t { plain, aggregate, list, word } form = Form::plain;
};
[[nodiscard]] const Function* find_function(std::string_view name);

}  // namespace fairway::filing
