#include "exchange/epcis/redacted.h"

#include <algorithm>
#include <array>

#include "gateway/epcis/epc_uri.h"
#include "gateway/epcis/map.h"
#include "gateway/epcis/validate.h"

namespace fairway::exchange::epcis {
namespace {

using gateway::epcis::CapturedEvent;

constexpr auto kPlain = std::to_array<std::string_view>({"type", "eventID", "eventTime", "eventTimeZoneOffset", "action", "bizStep"});
constexpr auto kLists = std::to_array<std::string_view>({"epcList", "childEPCs", "inputEPCList", "outputEPCList"});

class Reducer {
 public:
  Reducer(const json::object& body, const Event& seen) : body_(body), seen_(seen) {}

  json::object reduce() {
    for (const std::string_view name : kPlain) take(name);
    for (const std::string_view name : kLists) list(name);
    if (const std::string_view parent = text_of(body_, "parentID"); !parent.empty() && is_named(parent)) out_.emplace("parentID", parent);
    for (const std::string_view name : {"readPoint", "bizLocation"}) place(name);
    transactions();
    declaration();
    return std::move(out_);
  }

 private:
  void take(std::string_view name) {
    if (const json::value* found = body_.if_contains(name)) out_.emplace(name, *found);
  }

  // Whether what the URI stands for is still among the event's references.
  bool is_named(std::string_view uri) const {
    const std::string_view container = gateway::epcis::container_in(uri);
    const std::string canonical = gateway::epcis::canonical_uri(uri);
    return std::ranges::any_of(seen_.references, [&](const Reference& reference) {
      switch (reference.kind()) {
        case ReferenceKind::equipment: return !container.empty() && reference.value() == container;
        case ReferenceKind::epc: return reference.value() == canonical;
        case ReferenceKind::vessel: return uri == "urn:epc:id:imovn:" + reference.value();
        default: return false;
      }
    });
  }

  void list(std::string_view name) {
    const json::array* items = array_of(body_, name);
    if (items == nullptr) return;
    json::array left;
    for (const json::value& item : *items)
      if (item.is_string() && is_named(std::string_view(item.get_string()))) left.push_back(item);
    out_.emplace(name, std::move(left));
  }

  // A position is shown where the event still has one, a facility where it is still the event's.
  void place(std::string_view name) {
    const json::object* found = object_of(body_, name);
    const std::string_view id = found != nullptr ? text_of(*found, "id") : std::string_view();
    if (id.empty()) return;
    const bool shown = id.starts_with("geo:") ? seen_.place.latitude.has_value() : !seen_.place.facility.empty() || seen_.place.name == id;
    if (shown) out_.emplace(name, json::object{{"id", id}});
  }

  void transactions() {
    const json::array* items = array_of(body_, "bizTransactionList");
    if (items == nullptr) return;
    json::array left;
    for (const json::value& item : *items) {
      const json::object* transaction = item.if_object();
      const auto reference = transaction != nullptr ? gateway::epcis::transaction_reference(*transaction) : std::nullopt;
      if (reference && std::ranges::find(seen_.references, *reference) != seen_.references.end()) left.push_back(item);
    }
    if (!left.empty()) out_.emplace("bizTransactionList", std::move(left));
  }

  void declaration() {
    const json::object* error = object_of(body_, "errorDeclaration");
    if (error == nullptr) return;
    json::object left;
    for (const std::string_view name : {"declarationTime", "reason", "correctiveEventIDs"})
      if (const json::value* found = error->if_contains(name)) left.emplace(name, *found);
    out_.emplace("errorDeclaration", std::move(left));
  }

  const json::object& body_;
  const Event& seen_;
  json::object out_;
};

}  // namespace

std::optional<CapturedEvent> reduced(const CapturedEvent& captured, const Event& seen) {
  CapturedEvent left{Reducer(captured.body, seen).reduce(), {}};
  gateway::DecodedMessage findings;
  gateway::epcis::validate(left, "", findings);
  if (!findings.ok) return std::nullopt;
  return left;
}

}  // namespace fairway::exchange::epcis
