// JsonWriter: writes JSON text straight into a string, member by member.
//
// Hot paths use it instead of building a document first. Commas are its business, nesting is the caller's: every begin has its
// end. Text must be valid UTF-8. Not thread-safe; one writer, one thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairway {

// `text` with its quotes and escapes (RFC 8259: control characters, quote, backslash).
void append_json_string(std::string& out, std::string_view text);

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(bool truth);
  JsonWriter& value(double number);  // shortest form that reads back the same; must be finite
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  JsonWriter& value(Number number) {
    return raw(std::to_string(number));
  }
  JsonWriter& null() { return raw("null"); }
  // Text that is JSON already.
  JsonWriter& raw(std::string_view json);

  template <typename Value>
  JsonWriter& member(std::string_view name, const Value& v) {
    key(name);
    return value(v);
  }
  // The member, unless the text is empty.
  JsonWriter& optional_member(std::string_view name, std::string_view text) { return text.empty() ? *this : member(name, text); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string& out_;
  bool need_comma_ = false;
};

}  // namespace fairway
