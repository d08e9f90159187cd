#include "intake/mqtt.h"

#include <mosquitto.h>
#include <poll.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/log.h"

namespace fairway::intake {
namespace {

using std::chrono::milliseconds;

constexpr int kKeepAliveSeconds = 30;
constexpr int kPollMilliseconds = 200;                           // how soon stop() is noticed
constexpr int kPacketsAtOnce = limits::kMqttMessagesWaitingMax;  // taken in with one sync of the store
constexpr int kQualityOfService = 1;
constexpr milliseconds kFirstPause{500}, kLongestPause{30'000};

// Whether the same message may well be taken later.
bool may_pass(Code code) {
  return code == Code::unavailable || code == Code::overloaded || code == Code::internal || code == Code::throttled;
}

// The level of `topic` at the first + of `filter`, or "".
std::string_view level_at_plus(std::string_view filter, std::string_view topic) {
  while (!filter.empty() && !topic.empty()) {
    const size_t filter_end = std::min(filter.find('/'), filter.size()), topic_end = std::min(topic.find('/'), topic.size());
    if (filter.substr(0, filter_end) == "+") return topic.substr(0, topic_end);
    filter.remove_prefix(std::min(filter_end + 1, filter.size()));
    topic.remove_prefix(std::min(topic_end + 1, topic.size()));
  }
  return {};
}

struct Destroy {
  void operator()(mosquitto* client) const { mosquitto_destroy(client); }
};

class Subscriber : public Mqtt {
 public:
  Subscriber(MqttOptions options, Intake& intake, access::Registry& registry, OnOutcome on_outcome)
      : options_(std::move(options)), intake_(intake), registry_(registry), on_outcome_(std::move(on_outcome)) {
    thread_ = std::thread([this] { run(); });
  }
  ~Subscriber() override { stop(); }

  void stop() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    woken_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    mosquitto_lib_init();
    for (milliseconds pause = kFirstPause; !stopping_;) {
      connected_ = false;
      const std::string ended = session();
      if (stopping_) break;
      if (connected_) pause = kFirstPause;
      log::warn("MQTT {}:{}: {}; trying again in {} ms", options_.host, options_.port, ended, pause.count());
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, pause, [this] { return stopping_.load(); });
      pause = std::min(pause * 2, kLongestPause);
    }
    mosquitto_lib_cleanup();
  }

  // One connection from its beginning to its end; why it ended.
  std::string session() {
    const std::unique_ptr<mosquitto, Destroy> client(mosquitto_new(options_.client_id.c_str(), false, this));
    if (!client) return "no memory for a client";
    // Then the library leaves writing to us: an acknowledgement waits in its queue until what it is about is durable.
    mosquitto_threaded_set(client.get(), true);
    mosquitto_connect_callback_set(client.get(),
                                   [](mosquitto* from, void* self, int code) { static_cast<Subscriber*>(self)->connected(from, code); });
    mosquitto_message_callback_set(
        client.get(), [](mosquitto*, void* self, const mosquitto_message* message) { static_cast<Subscriber*>(self)->received(*message); });
    if (!options_.user.empty()) mosquitto_username_pw_set(client.get(), options_.user.c_str(), options_.password.c_str());
    int code = MOSQ_ERR_SUCCESS;
    if (!options_.ca_file.empty()) code = mosquitto_tls_set(client.get(), options_.ca_file.c_str(), nullptr, nullptr, nullptr, nullptr);
    if (code == MOSQ_ERR_SUCCESS) code = mosquitto_connect(client.get(), options_.host.c_str(), options_.port, kKeepAliveSeconds);
    refusal_.clear();
    while (code == MOSQ_ERR_SUCCESS && !stopping_ && refusal_.empty()) code = turn(client.get());
    if (!refusal_.empty()) return refusal_;
    if (stopping_ && code == MOSQ_ERR_SUCCESS && mosquitto_disconnect(client.get()) == MOSQ_ERR_SUCCESS)
      mosquitto_loop_write(client.get(), 1);
    return code == MOSQ_ERR_ERRNO ? std::string("the connection failed") : mosquitto_strerror(code);
  }

  // Reads what is there, waits until it is durable, and only then writes.
  int turn(mosquitto* client) {
    pollfd waiting{mosquitto_socket(client), static_cast<short>(POLLIN | (mosquitto_want_write(client) ? POLLOUT : 0)), 0};
    if (waiting.fd < 0) return MOSQ_ERR_CONN_LOST;
    if (poll(&waiting, 1, kPollMilliseconds) < 0) return MOSQ_ERR_ERRNO;
    int code = MOSQ_ERR_SUCCESS;
    if (waiting.revents & (POLLIN | POLLHUP | POLLERR)) code = mosquitto_loop_read(client, kPacketsAtOnce);
    wait_until_durable();
    if (code != MOSQ_ERR_SUCCESS || !refusal_.empty()) return code;
    if (mosquitto_want_write(client)) code = mosquitto_loop_write(client, kPacketsAtOnce);
    return code == MOSQ_ERR_SUCCESS ? mosquitto_loop_misc(client) : code;
  }

  void connected(mosquitto* client, int code) {
    if (code != 0) return void(refusal_ = std::string("the broker refused the connection: ") + mosquitto_connack_string(code));
    connected_ = true;
    for (const MqttTopic& topic : options_.topics) {
      const int subscribed = mosquitto_subscribe(client, nullptr, topic.filter.c_str(), kQualityOfService);
      if (subscribed != MOSQ_ERR_SUCCESS) log::error("MQTT: cannot subscribe to {}: {}", topic.filter, mosquitto_strerror(subscribed));
    }
    log::info("MQTT: connected to {}:{}", options_.host, options_.port);
  }

  Result<std::shared_ptr<const access::Viewer>> sender_of(const char* topic) {
    for (const MqttTopic& known : options_.topics) {
      bool matches = false;
      if (mosquitto_topic_matches_sub(known.filter.c_str(), topic, &matches) != MOSQ_ERR_SUCCESS || !matches) continue;
      const std::string_view party = known.party.empty() ? level_at_plus(known.filter, topic) : std::string_view(known.party);
      return std::make_shared<const access::Viewer>(access::make_viewer(TRY(registry_.find_party(party))));
    }
    return fail(Code::forbidden, "no topic that anybody sends on");
  }

  void received(const mosquitto_message& message) {
    if (!refusal_.empty()) return;  // it will come again
    const std::string topic = legible(message.topic, limits::kIdentifierBytesMax);
    auto sender = sender_of(message.topic);
    if (!sender && may_pass(sender.error().code)) return void(refusal_ = sender.error().text());
    if (!sender) return log::warn("MQTT: a message on {} is refused: {}", topic, sender.error().text());
    const std::string_view bytes(static_cast<const char*>(message.payload), static_cast<size_t>(std::max(message.payloadlen, 0)));
    if (bytes.size() > limits::kRequestBodyBytesMax)
      return log::warn("MQTT: a message on {} has {} bytes and is refused", topic, bytes.size());
    {
      const std::lock_guard lock(mutex_);
      ++pending_;
    }
    Submission submission;
    submission.sender = std::move(*sender);
    submission.bytes = bytes;
    intake_.take(submission, [this, topic](Result<Outcome> outcome) { taken(topic, std::move(outcome)); });
  }

  // From this thread, or one of the store's.
  void taken(const std::string& topic, Result<Outcome> outcome) {
    if (outcome) {
      on_outcome_(*outcome);
      if (outcome->refused != 0) log::warn("MQTT: of a message on {} {} parts were refused", topic, outcome->refused);
    } else if (!may_pass(outcome.error().code)) {
      log::warn("MQTT: a message on {} is refused: {}", topic, outcome.error().text());
    }
    {
      const std::lock_guard lock(mutex_);
      --pending_;
      if (!outcome && may_pass(outcome.error().code)) later_ = outcome.error().text();
      woken_.notify_all();
    }
  }

  void wait_until_durable() {
    std::unique_lock lock(mutex_);
    woken_.wait(lock, [this] { return pending_ == 0; });
    if (!later_.empty()) refusal_ = std::exchange(later_, {});
  }

  const MqttOptions options_;
  Intake& intake_;
  access::Registry& registry_;
  OnOutcome on_outcome_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::atomic<bool> stopping_{false};
  size_t pending_ = 0;  // handed to intake and not settled; guarded by mutex_
  std::string later_;   // why something of it has to come again; guarded by mutex_
  // The thread's own.
  std::string refusal_;  // why this connection is given up without acknowledging what was received last
  bool connected_ = false;
  std::thread thread_;
};

}  // namespace

Status set_mqtt_address(std::string_view text, MqttOptions& options) {
  const size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos &&
                        (text.starts_with('[') || text.find(':') == colon);
  std::string_view host = has_port ? text.substr(0, colon) : text;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (has_port) {
    const std::string_view digits = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), options.port);
    if (error != std::errc() || end != digits.data() + digits.size() || options.port < 1 || options.port > 65'535) host = {};
  }
  if (host.empty()) return fail(Code::invalid, "not the address of an MQTT broker", legible(text), "write HOST:PORT");
  options.host = host;
  return {};
}

Result<MqttTopic> mqtt_topic_from(std::string_view text) {
  const size_t equals = text.rfind('=');
  MqttTopic topic{std::string(text.substr(0, equals)), equals == std::string_view::npos ? "" : std::string(text.substr(equals + 1))};
  if (mosquitto_sub_topic_check(topic.filter.c_str()) != MOSQ_ERR_SUCCESS)
    return fail(Code::invalid, "not an MQTT topic", legible(topic.filter), "write TOPIC=PARTY, with + and # as MQTT has them");
  const bool names_party = ("/" + topic.filter + "/").find("/+/") != std::string::npos;
  if (topic.party.empty() && !names_party)
    return fail(Code::invalid, "a topic without its sender", legible(topic.filter),
                "write TOPIC=PARTY, or a + where the topic names the party");
  return topic;
}

std::unique_ptr<Mqtt> Mqtt::start(MqttOptions options, Intake& intake, access::Registry& registry, OnOutcome on_outcome) {
  return std::make_unique<Subscriber>(std::move(options), intake, registry, std::move(on_outcome));
}

}  // namespace fairway::intake
