#include "gateway/ais/raw_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_writer.h"

namespace fairway::gateway::ais {
namespace {

// A value that stands for something else than a number.
struct Special {
  int64_t value;
  std::string_view text;
};
constexpr Special kTurns[] = {{-128, "nan"}, {-127, "fastleft"}, {127, "fastright"}};
constexpr Special kSpeeds[] = {{1023, "nan"}, {1022, "fast"}};
constexpr Special kAltitudes[] = {{4095, "nan"}, {4094, "high"}};

// The sensor's indication is 4.733 times the root of the turn in degrees a minute, with its sign.
int64_t degrees_a_minute(int64_t indicated) {
  const double root = static_cast<double>(indicated) / 4.733;
  return std::lround(std::copysign(root * root, root));
}

std::string with_decimals(double value, int decimals) { return fmt::format("{:.{}f}", value, decimals); }

class Writer {
 public:
  Writer(std::string& out, const Bits& bits) : json_(out), bits_(bits) {}

  JsonWriter& json() { return json_; }

  // Of one object: its place in the message is added to that of each field.
  void write(std::span<const Field> fields, size_t base = 0) {
    for (const Field& field : fields) write(field, base + field.at);
  }

  void write(const Repeat& repeat) {
    if (repeat.name.empty()) return;
    json_.key(repeat.name).begin_array();
    const size_t room = (left(repeat.at) + repeat.bits - 1u) / repeat.bits;
    const size_t count = repeat.count_bits != 0 ? bits_.number(repeat.count_at, repeat.count_bits) : room;
    for (size_t i = 0; i < count; ++i) {
      json_.begin_object();
      write(repeat.fields, repeat.at + i * repeat.bits);
      json_.end_object();
    }
    json_.end_array();
  }

 private:
  void write(const Field& field, size_t at) {
    json_.key(field.name);
    switch (field.form) {
      case Form::number: json_.value(bits_.number(at, field.bits)); break;
      case Form::signed_number: json_.value(bits_.signed_number(at, field.bits)); break;
      case Form::number_to_end: json_.value(bits_.number(at, std::min<unsigned>(field.bits, left(at)))); break;
      case Form::flag: json_.value(bits_.flag(at)); break;
      case Form::decimal: json_.raw(decimal(field, static_cast<int64_t>(bits_.number(at, field.bits)))); break;
      case Form::signed_decimal: json_.raw(decimal(field, bits_.signed_number(at, field.bits))); break;
      case Form::coordinate: json_.value(decimal(field, bits_.signed_number(at, field.bits))); break;
      case Form::text: json_.value(bits_.text(at, field.bits / 6)); break;
      case Form::text_to_end: json_.value(bits_.text(at, left(at) / 6)); break;
      case Form::long_name: json_.value(long_name(field, at)); break;
      case Form::code:
        json_.value(bits_.number(at, field.bits));
        json_.member(std::string(field.name) + "_text", field.legend->text(bits_.number(at, field.bits)));
        break;
      case Form::legend: json_.value(field.legend->text(bits_.number(at, field.bits))); break;
      case Form::turn:
        special(kTurns, bits_.signed_number(at, field.bits), [](int64_t v) { return std::to_string(degrees_a_minute(v)); });
        break;
      case Form::speed:
        special(kSpeeds, static_cast<int64_t>(bits_.number(at, field.bits)),
                [](int64_t v) { return with_decimals(static_cast<double>(v) / 10, 1); });
        break;
      case Form::air_speed: special(kSpeeds, static_cast<int64_t>(bits_.number(at, field.bits)), plain); break;
      case Form::altitude: special(kAltitudes, static_cast<int64_t>(bits_.number(at, field.bits)), plain); break;
      case Form::time: json_.value(time(field, at)); break;
      case Form::rest: json_.value(bits_.hex(at, left(at) - std::min<unsigned>(field.bits, left(at)))); break;
    }
  }

  static std::string plain(int64_t value) { return std::to_string(value); }

  static std::string decimal(const Field& field, int64_t value) {
    return with_decimals(static_cast<double>(value + field.add) / field.divide, field.decimals);
  }

  template <typename Print>
  void special(std::span<const Special> specials, int64_t value, Print print) {
    const auto found = std::ranges::find(specials, value, &Special::value);
    if (found != specials.end())
      json_.value(found->text);
    else
      json_.raw(print(value));
  }

  std::string time(const Field& field, size_t at) const {
    std::string out;
    for (const TimePiece& piece : field.pieces) {
      out += fmt::format("{:0{}}", bits_.number(at, piece.bits), piece.digits);
      if (piece.after != '\0') out += piece.after;
      at += piece.bits;
    }
    return out;
  }

  std::string long_name(const Field& field, size_t at) const {
    constexpr size_t kExtensionAt = 272;
    std::string name = bits_.padded_text(at, field.bits / 6);
    if (name.size() == field.bits / 6u) name += bits_.padded_text(kExtensionAt, left(kExtensionAt) / 6);
    name.resize(name.find_last_not_of(' ') + 1);
    return name;
  }

  [[nodiscard]] unsigned left(size_t at) const { return static_cast<unsigned>(bits_.size() - std::min(at, bits_.size())); }

  JsonWriter json_;
  const Bits& bits_;
};

}  // namespace

void append_raw_json(std::string& out, const Bits& bits, const Layout& layout, const std::string* name_in_part_a) {
  constexpr Field kHead[] = {number("type", 0, 6), number("repeat", 6, 2), number("mmsi", 8, 30)};
  Writer writer(out, bits);
  writer.json().begin_object().member("class", "AIS").member("device", "stdin");
  writer.write(kHead);
  writer.json().member("scaled", true);
  if (name_in_part_a != nullptr) writer.json().member("shipname", *name_in_part_a);
  writer.write(layout.head);
  writer.write(layout.fields);
  writer.write(layout.repeat);
  writer.json().end_object();
}

}  // namespace fairway::gateway::ais
