// MQTT: what sensors publish on an MQTT broker (3.1.1), taken in like anything else.
//
// A message is acknowledged to the broker (QoS 1) only once it is durable here: the session persists, so that what was not acknowledged
// comes again after a break, and intake makes nothing of what it has already. Where the store cannot write, the connection is given up and
// made again later; until then the broker keeps the messages. Refused messages are acknowledged and logged: sent again they would be
// refused again. One thread of its own; start() and stop() from any.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "access/registry.h"
#include "intake/intake.h"

namespace fairway::intake {

struct MqttTopic {
  std::string filter;  // with + and # where wanted
  // Who sends what is published there, by id or SCHEME:VALUE. "": the level of the topic that stands at the filter's first +.
  std::string party;
};

struct MqttOptions {
  std::string host;
  int port = 1883;
  std::string client_id = "fairway";  // the broker keeps the session under it: each server has its own
  std::string user, password;
  std::string ca_file;  // speak TLS, trusting these authorities (PEM)
  std::vector<MqttTopic> topics;
};

// "HOST", "HOST:PORT", "[v6]:PORT"; and "TOPIC" or "TOPIC=PARTY". Code::invalid says what is wrong.
[[nodiscard]] Status set_mqtt_address(std::string_view text, MqttOptions& options);
[[nodiscard]] Result<MqttTopic> mqtt_topic_from(std::string_view text);

class Mqtt {
 public:
  using OnOutcome = std::function<void(const Outcome&)>;
  // Begins to connect, and goes on trying: a broker that is away is no error.
  [[nodiscard]] static std::unique_ptr<Mqtt> start(MqttOptions options, Intake& intake, access::Registry& registry, OnOutcome on_outcome);
  virtual ~Mqtt() = default;
  // Takes in what was received, acknowledges it and ends the thread.
  virtual void stop() = 0;
};

}  // namespace fairway::intake
