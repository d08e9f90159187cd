#include "gateway/land/record.h"

#include <algorithm>

namespace fairway::gateway::land {

const Value* Record::find(Member member) const {
  const auto found = std::ranges::find(values, member, &Value::member);
  return found == values.end() ? nullptr : &*found;
}

std::string_view Record::text(Member member) const {
  const Value* value = find(member);
  return value == nullptr ? std::string_view() : std::string_view(value->text);
}

const std::string& Record::place_of(Member member) const {
  const Value* value = find(member);
  return value == nullptr ? at : value->at;
}

void add_value(Record& record, Value value, DecodedMessage& message) {
  if (record.values.size() > kValuesMax) return;
  if (record.values.size() == kValuesMax)
    note(message, Severity::error, "land.too_many", "a message says at most " + std::to_string(kValuesMax) + " things; send it in parts",
         value.at, value.offset);
  record.values.push_back(std::move(value));
}

void note(DecodedMessage& message, Severity severity, std::string code, std::string what, const std::string& at, uint64_t offset) {
  report(message, {severity, std::move(code), std::move(what), 0, at, offset});
}

}  // namespace fairway::gateway::land
