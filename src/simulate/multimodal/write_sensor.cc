// What a reefer tells of itself by its owner's platform: readings in Fairway's own JSON.
#include "base/json_writer.h"
#include "simulate/dice.h"
#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

constexpr int kSetTenths = -180;  // of a degree Celsius
constexpr int kThawTenths = 90;

std::string tenths(int value) {
  const int size = value < 0 ? -value : value;
  return (value < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}

void add_reading(JsonWriter& writer, std::string_view kind, std::string_view value, std::string_view unit) {
  writer.begin_object().member("kind", kind).key("value").raw(value).member("unit", unit).end_object();
}

}  // namespace

Written write_sensor(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  Dice dice(mix(c.key, mix(0x5E45, telling.act)));
  // One reefer in four has trouble at times.
  const bool thaws = c.variant % 4 == 0 && dice.chance(60);
  const int temperature = kSetTenths + static_cast<int>(dice.between(-8, 8)) + (thaws ? kThawTenths : 0);
  std::string body;
  JsonWriter writer(body);
  writer.begin_object().member("fairwayLand", "1.0").member("messageID", name_of(c, telling)).member("type", "sensor");
  writer.member("at", rfc3339(nullptr, telling.at)).member("sentAt", rfc3339(nullptr, telling.sent));
  writer.member("device", "RF" + std::to_string(100'000 + c.number)).member("equipment", c.of(act.row.unit).box);
  writer.key("readings").begin_array();
  add_reading(writer, "temperature", tenths(temperature), "CEL");
  add_reading(writer, "humidity", std::to_string(dice.between(55, 75)), "P1");
  writer.end_array().end_object();
  return {c.line->slug, "sensor", "application/json", ".json", std::move(body)};
}

}  // namespace fairway::simulate::multimodal
