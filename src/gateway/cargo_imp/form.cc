#include "gateway/cargo_imp/form.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "gateway/air/dates.h"
#include "gateway/air/units.h"
#include "gateway/cargo_imp/grammar.h"

namespace fairway::gateway::cargo_imp {
namespace {

struct Token {
  char kind = 0;  // a class of characters, '=' a literal, or one of "[]{}"
  std::string_view name, literal;
  size_t min = 0, max = 0;
  size_t partner = 0;  // of a bracket
};
using Tokens = std::vector<Token>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

bool is_decimal(std::string_view value) {
  const size_t marks = static_cast<size_t>(std::ranges::count_if(value, [](char c) { return c == '.' || c == ','; }));
  return marks <= 1 && air::read_number(value).has_value();
}

bool has_class(char kind, std::string_view value) {
  switch (kind) {
    case 'a': return std::ranges::all_of(value, is_letter);
    case 'n': return std::ranges::all_of(value, is_digit);
    case 'm': return std::ranges::all_of(value, [](char c) { return is_digit(c) || is_letter(c); });
    case 'd': return std::ranges::all_of(value, [](char c) { return is_digit(c) || c == '.' || c == ','; }) && is_decimal(value);
    case 'e': return air::read_day_month(value).has_value();
    case 's': return (is_digit(value[0]) || is_letter(value[0])) && std::ranges::all_of(value.substr(1), is_digit);
    case 'w': return value == "K" || value == "L";
    case 'v': return air::cubic_metres("1", value).has_value();
    case 't': return true;
    default: return false;
  }
}

// "1", "1-4".
bool read_counts(std::string_view text, Token& token) {
  const char* end = text.data() + text.size();
  auto [at, error] = std::from_chars(text.data(), end, token.min);
  if (error != std::errc()) return false;
  token.max = token.min;
  if (at == end) return true;
  return *at == '-' && std::from_chars(at + 1, end, token.max).ptr == end && token.max >= token.min;
}

std::optional<Token> read_token(std::string_view word) {
  Token token;
  if (word.starts_with('=')) {
    token.kind = '=';
    token.literal = word.substr(1);
    return token;
  }
  const size_t colon = word.find(':');
  if (colon == word.npos || word.size() < colon + 3) return std::nullopt;
  token.name = word.substr(0, colon);
  token.kind = word[colon + 1];
  if (std::string_view("anmdestvw").find(token.kind) == std::string_view::npos || !read_counts(word.substr(colon + 2), token))
    return std::nullopt;
  return token;
}

std::optional<Tokens> read_form(std::string_view parts) {
  Tokens tokens;
  std::vector<size_t> open;
  while (!parts.empty()) {
    const char first = parts.front();
    size_t length = 1;
    if (first == '[' || first == '{') {
      open.push_back(tokens.size());
      tokens.push_back({first, {}, {}});
    } else if (first == ']' || first == '}') {
      if (open.empty()) return std::nullopt;
      tokens[open.back()].partner = tokens.size();
      tokens.push_back({first, {}, {}, 0, 0, open.back()});
      open.pop_back();
    } else if (first != ' ') {
      length = std::min(parts.find_first_of(" []{}"), parts.size());
      const auto token = read_token(parts.substr(0, length));
      if (!token) return std::nullopt;
      tokens.push_back(*token);
    }
    parts.remove_prefix(length);
  }
  if (!open.empty()) return std::nullopt;
  return tokens;
}

// All forms of the grammar, read once.
const Tokens* tokens_of(std::string_view form) {
  static thread_local std::map<std::string_view, std::optional<Tokens>> read;
  const auto [found, is_new] = read.try_emplace(form);
  if (is_new) found->second = read_form(form_named(form));
  return found->second ? &*found->second : nullptr;
}

class Matcher {
 public:
  Matcher(const Tokens& tokens, std::string_view text, std::vector<Part>& parts) : tokens_(tokens), text_(text), parts_(parts) {}
  bool run() { return match(0, 0); }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): no deeper than steps_ allows
  bool match(size_t token, size_t at) {
    if (steps_ == 0) return false;
    --steps_;
    if (token == tokens_.size()) return at == text_.size();
    const Token& t = tokens_[token];
    switch (t.kind) {
      case '=': return text_.substr(at).starts_with(t.literal) && match(token + 1, at + t.literal.size());
      case '[': return match(token + 1, at) || match(t.partner + 1, at);
      case ']': return match(token + 1, at);
      case '{': return match(token + 1, at);
      case '}': return (at < text_.size() && match(t.partner + 1, at)) || match(token + 1, at);
      default: return match_class(t, token, at);
    }
  }

  // The longest run of the class first.
  // NOLINTNEXTLINE(misc-no-recursion)
  bool match_class(const Token& t, size_t token, size_t at) {
    const size_t kept = parts_.size();
    for (size_t length = std::min(t.max, text_.size() - at); length >= t.min && length > 0; --length) {
      const std::string_view value = text_.substr(at, length);
      if (!has_class(t.kind, value)) continue;
      parts_.push_back({t.name, value});
      if (match(token + 1, at + length)) return true;
      parts_.resize(kept);
      if (steps_ == 0) return false;
    }
    return false;
  }

  const Tokens& tokens_;
  std::string_view text_;
  std::vector<Part>& parts_;
  size_t steps_ = 500;
};

}  // namespace

bool match_form(std::string_view form, std::string_view text, std::vector<Part>& parts) {
  parts.clear();
  const Tokens* tokens = tokens_of(form);
  return tokens != nullptr && Matcher(*tokens, text, parts).run();
}

bool is_readable_form(std::string_view form) { return tokens_of(form) != nullptr; }

}  // namespace fairway::gateway::cargo_imp
