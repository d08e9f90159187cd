#include "gateway/land/values.h"

#include <charconv>
#include <cmath>

#include "base/bytes.h"

namespace fairway::gateway::land {

std::string quoted(std::string_view text) { return "\"" + legible(text, 48) + "\""; }

std::optional<double> number_of(const Value& value, DecodedMessage& message) {
  const std::string_view text = value.text.starts_with('+') ? std::string_view(value.text).substr(1) : std::string_view(value.text);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && std::isfinite(number)) return number;
  note(message, Severity::error, "land.number", quoted(value.text) + " is not a number; write 22.5, with a point and without a unit",
       value.at, value.offset);
  return std::nullopt;
}

void read_position(const Record& record, Place& place, DecodedMessage& message) {
  const Value* latitude = record.find(Member::latitude);
  const Value* longitude = record.find(Member::longitude);
  if (latitude == nullptr && longitude == nullptr) return;
  if (latitude == nullptr || longitude == nullptr) {
    const Value* given = latitude != nullptr ? latitude : longitude;
    return note(message, Severity::error, "land.position", "latitude and longitude go together", given->at, given->offset);
  }
  const auto north = number_of(*latitude, message), east = number_of(*longitude, message);
  if (!north || !east) return;
  if (std::abs(*north) > 90 || std::abs(*east) > 180)
    return note(message, Severity::error, "land.position", "not a position in degrees: latitude −90 to 90, longitude −180 to 180",
                latitude->at, latitude->offset);
  place.latitude = north;
  place.longitude = east;
}

}  // namespace fairway::gateway::land
