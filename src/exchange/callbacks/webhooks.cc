#include "exchange/callbacks/webhooks.h"

#include <algorithm>
#include <functional>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "exchange/alerts/told.h"
#include "exchange/callbacks/signature.h"
#include "exchange/feed.h"

namespace fairway::exchange::callbacks {
namespace {

constexpr size_t kValuesMax = limits::kStreamReferencesMax;
constexpr std::string_view kEveryAlert = "all";

struct Wanted {
  std::vector<Reference> references;
  std::vector<Milestone> milestones;
  std::vector<Classifier> classifiers;
  std::vector<std::string> unlocodes, facilities;
  std::vector<std::string> alerts;  // kinds of them, or "all"
  [[nodiscard]] bool narrows_events() const {
    return !(milestones.empty() && classifiers.empty() && unlocodes.empty() && facilities.empty());
  }
};

using Read = Status (*)(Wanted&, std::string_view value);
struct Member {
  std::string_view name;
  Read read;
};
constexpr std::array kMembers = {
    Member{"references",
           [](Wanted& wanted, std::string_view value) -> Status {
             wanted.references.push_back(TRY(Reference::from_key(value)));
             return {};
           }},
    Member{"milestones",
           [](Wanted& wanted, std::string_view value) -> Status {
             wanted.milestones.push_back(TRY(milestone_from(value)));
             return {};
           }},
    Member{"classifiers",
           [](Wanted& wanted, std::string_view value) -> Status {
             wanted.classifiers.push_back(TRY(classifier_from(value)));
             return {};
           }},
    Member{"unlocodes",
           [](Wanted& wanted, std::string_view value) -> Status {
             wanted.unlocodes.push_back(to_upper(value));
             return {};
           }},
    Member{"facilities",
           [](Wanted& wanted, std::string_view value) -> Status {
             wanted.facilities.push_back(to_upper(value));
             return {};
           }},
    Member{"alerts",
           [](Wanted& wanted, std::string_view value) -> Status {
             if (value != kEveryAlert) TRY(journey::alert_kind_from(value));
             wanted.alerts.emplace_back(value);
             return {};
           }},
};

std::unexpected<Error> bad_filter(std::string_view member, std::string hint) {
  return fail(Code::invalid, "the filter is not right", "filter." + legible(member), std::move(hint));
}

Status read_member(Wanted& wanted, const Member& member, const json::value& value) {
  const json::array* items = value.if_array();
  if (items == nullptr) return bad_filter(member.name, "a list of texts");
  if (items->empty()) return bad_filter(member.name, "leave it out to hear of all");
  if (items->size() > kValuesMax) return bad_filter(member.name, "at most " + std::to_string(kValuesMax));
  for (const json::value& item : *items) {
    const json::string* text = item.if_string();
    if (text == nullptr || text->size() > limits::kIdentifierBytesMax) return bad_filter(member.name, "a list of texts");
    TRY_OK(member.read(wanted, *text));
  }
  return {};
}

Result<Wanted> wanted_in(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return bad_filter("", "a JSON object");
  Wanted wanted;
  for (const auto& [name, value] : *object) {
    const auto member = std::ranges::find(kMembers, std::string_view(name), &Member::name);
    if (member == kMembers.end()) return bad_filter(name, "references, milestones, classifiers, unlocodes, facilities or alerts");
    TRY_OK(read_member(wanted, *member, value));
  }
  if (!wanted.alerts.empty() && wanted.narrows_events())
    return bad_filter("alerts", "alerts go with references only: events need a webhook of their own");
  return wanted;
}

template <typename Value>
bool fits(const std::vector<Value>& wanted, const Value& value) {
  return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

class WebhookFilter final : public Filter {
 public:
  explicit WebhookFilter(Wanted wanted) : wanted_(std::move(wanted)) {}
  [[nodiscard]] bool takes(const Shown& shown) const override {
    if (shown.event == nullptr) return takes_alert(*shown.entry);
    if (!wanted_.alerts.empty()) return false;
    const Event& event = *shown.event;
    return fits(wanted_.milestones, event.milestone) && fits(wanted_.classifiers, event.classifier) &&
           fits(wanted_.unlocodes, event.place.unlocode) && fits(wanted_.facilities, event.place.facility) &&
           names_any(event, wanted_.references);
  }

 private:
  [[nodiscard]] bool takes_alert(const Entry& entry) const {
    if (wanted_.alerts.empty()) return false;
    const auto alert = alert_head_from(entry.body);
    if (!alert) return false;
    const bool kind = std::ranges::find(wanted_.alerts, kEveryAlert) != wanted_.alerts.end() || fits(wanted_.alerts, alert->kind);
    return kind && (wanted_.references.empty() || std::ranges::any_of(wanted_.references, [&](const Reference& reference) {
                      return std::ranges::find(alert->references, reference.key()) != alert->references.end();
                    }));
  }

  const Wanted wanted_;
};

Letter signed_letter(std::string body, const Occasion& occasion) {
  Letter letter;
  letter.headers = {{"fairway-signature", signature_of(body, occasion.now_us, occasion.secrets)},
                    {"fairway-delivery", std::string(occasion.delivery)},
                    {"fairway-webhook", occasion.subscription.id},
                    {"idempotency-key", std::string(occasion.delivery)}};
  letter.body = std::move(body);
  return letter;
}

JsonWriter& begin(JsonWriter& writer, std::string_view type, const Occasion& occasion) {
  writer.begin_object().member("type", type).member("webhook", occasion.subscription.id).member("delivery", occasion.delivery);
  return writer;
}

}  // namespace

Result<std::unique_ptr<const Filter>> WebhookKind::read_filter(std::string_view json) const {
  return std::make_unique<const WebhookFilter>(TRY(wanted_in(json)));
}

Result<Letter> WebhookKind::write(std::span<const Shown> shown, const Occasion& occasion) const {
  std::string line;
  append_event_line(line, *shown.front().entry, names_);
  std::string body;
  JsonWriter writer(body);
  const std::string_view type = shown.front().event == nullptr ? "alert" : "event";
  begin(writer, type, occasion).key(type).raw(line).end_object();
  return signed_letter(std::move(body), occasion);
}

Letter write_ping(const Occasion& occasion) {
  std::string body;
  JsonWriter writer(body);
  begin(writer, "ping", occasion).member("at", to_rfc3339_utc(occasion.now_us)).end_object();
  return signed_letter(std::move(body), occasion);
}

Result<std::vector<Reference>> references_in(std::string_view filter) { return TRY(wanted_in(filter)).references; }

}  // namespace fairway::exchange::callbacks
