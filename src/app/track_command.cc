// `fairway track`: a journey as text, for people at a terminal. The JSON is GET /v1/journeys/{reference}.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "app/commands.h"
#include "app/report.h"
#include "base/instant.h"
#include "base/json.h"

namespace fairway::app {
namespace {

std::string place_text(const json::object* place) {
  if (place == nullptr) return "";
  std::string text(text_of(*place, "UNLocationCode"));
  if (const auto facility = text_of(*place, "facilityCode"); !facility.empty()) text += "/" + std::string(facility);
  if (const auto name = text_of(*place, "name"); text.empty() && !name.empty()) text = name;
  return text;
}

// "2026-11-21 09:13 +08:00": local time where the offset is known.
std::string time_text(const json::object* occurred) {
  if (occurred == nullptr) return "";
  const std::string_view local = text_of(*occurred, "local");
  std::string text(local.empty() ? text_of(*occurred, "instant") : local);
  if (text.size() < 16) return text;
  text[10] = ' ';
  const std::string offset = local.empty() ? (text_of(*occurred, "zone") == "assumed" ? "UTC?" : "UTC") : text.substr(text.size() - 6);
  return text.substr(0, 16) + " " + offset;
}

std::string words(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '_', ' ');
  return text;
}

void print_head(const json::object& journey) {
  if (const json::object* reference = object_of(journey, "reference"))
    std::cout << words(text_of(*reference, "kind")) << " " << text_of(*reference, "value") << "\n";
  if (const json::object* status = object_of(journey, "status"))
    std::cout << "now: " << words(text_of(*status, "milestone")) << " " << place_text(object_of(*status, "place")) << "\n";
  std::map<std::string, std::string> by_kind;
  if (const json::array* references = array_of(journey, "references"))
    for (const json::value& item : *references)
      if (const json::object* r = item.if_object()) {
        std::string value(text_of(*r, "value"));
        if (const auto flag = text_of(*r, "flag"); !flag.empty()) value += " (" + words(flag) + ")";
        std::string& line = by_kind[std::string(text_of(*r, "kind"))];
        line += (line.empty() ? "" : ", ") + value;
      }
  for (const auto& [kind, values] : by_kind) std::cout << fmt::format("  {:<20} {}\n", words(kind), values);
}

void print_legs(const json::object& journey) {
  const json::array* legs = array_of(journey, "legs");
  if (legs == nullptr || legs->empty()) return;
  std::cout << "\nlegs\n";
  for (const json::value& item : *legs) {
    const json::object* leg = item.if_object();
    if (leg == nullptr) continue;
    std::string carried(text_of(*leg, "vesselName"));
    if (const auto voyage = text_of(*leg, "voyage"); !voyage.empty()) carried += " " + std::string(voyage);
    if (const auto vehicle = text_of(*leg, "vehicle"); !vehicle.empty()) carried += " " + std::string(vehicle);
    std::cout << fmt::format("  {}  {:<7} {:>12} → {:<12} {:<10} {}\n", integer_of(*leg, "number").value_or(0), text_of(*leg, "mode"),
                             place_text(object_of(*leg, "from")), place_text(object_of(*leg, "to")), words(text_of(*leg, "state")),
                             carried);
  }
}

// "  MSCU1234566   hk  released    2026-11-21T09:13:00+08:00  HK1 · Customs  ! conflict"
void print_customs(const json::object& journey) {
  const json::array* statuses = array_of(journey, "customs");
  if (statuses == nullptr || statuses->empty()) return;
  std::cout << "\ncustoms\n";
  for (const json::value& item : *statuses) {
    const json::object* status = item.if_object();
    if (status == nullptr) continue;
    const std::string_view box = text_of(*status, "equipment");
    const json::object* party = object_of(*status, "party");
    std::string who(party != nullptr ? text_of(*party, "name") : "");
    if (who.empty() && party != nullptr) who = text_of(*party, "id");
    std::string number(text_of(*status, "number"));
    if (!number.empty()) number += " · ";
    std::cout << fmt::format("  {:<20} {:<4} {:<11} since {:<25}  {}{}{}\n", box.empty() ? text_of(*status, "document") : box,
                             text_of(*status, "regime"), text_of(*status, "state"), text_of(*status, "since"), number, who,
                             truth_of(*status, "conflict").value_or(false) ? "  ! conflict" : "");
  }
}

void print_event(const json::object& event) {
  const json::object* party = object_of(event, "party");
  const json::object* source = object_of(event, "source");
  std::string who(party != nullptr ? text_of(*party, "name") : "");
  if (who.empty() && party != nullptr) who = text_of(*party, "id");
  std::string equipment;
  if (const json::array* references = array_of(event, "references"))
    for (const json::value& item : *references)
      if (const json::object* r = item.if_object(); r != nullptr && text_of(*r, "kind") == "equipment" && equipment.empty())
        equipment = text_of(*r, "value");
  const std::string_view status = text_of(event, "status");
  std::string marks = truth_of(event, "conflict").value_or(false) ? "  ! conflict" : "";
  if (status != "current" && !status.empty()) marks += "  (" + std::string(status) + ")";
  std::cout << fmt::format("  {:<23} {:<9} {:<18} {:<12} {:<11} {} · {}{}\n", time_text(object_of(event, "occurred")),
                           text_of(event, "classifier"), words(text_of(event, "milestone")), place_text(object_of(event, "place")),
                           equipment, who, source != nullptr ? text_of(*source, "type") : "", marks);
}

void print_lists(const json::object& journey) {
  if (const json::array* events = array_of(journey, "events")) {
    std::cout << "\nevents\n";
    for (const json::value& item : *events)
      if (const json::object* event = item.if_object()) print_event(*event);
  }
  const auto print_texts = [&](const char* member, const char* title) {
    const json::array* items = array_of(journey, member);
    if (items == nullptr || items->empty()) return;
    std::cout << "\n" << title << "\n";
    for (const json::value& item : *items)
      if (const json::object* o = item.if_object()) {
        std::string line(text_of(*o, "text"));
        if (const auto at = text_of(*o, "at"); !at.empty()) line += "  " + std::string(at);
        std::cout << "  " << line << "\n";
      }
  };
  print_texts("conflicts", "conflicts");
  print_texts("expected", "expected next");
  if (truth_of(journey, "truncated").value_or(false))
    std::cout << "\nonly a part is shown: the journey has more events than one answer holds\n";
}

}  // namespace

int track(const TrackOptions& options) {
  auto connection = Connection::open(options.server);
  if (!connection) return complain(connection.error(), kCannotRun);
  std::string target = "/v1/journeys/" + http::percent_encode(options.reference);
  if (options.trip != 0) target += "?trip=" + std::to_string(options.trip);
  const auto response = connection->send({http::Method::get, target, {}, {}});
  if (!response) return complain(response.error(), response.error().code == Code::not_found ? kFailed : kCannotRun);
  if (options.json) {
    std::cout << response->body << "\n";
    return kOk;
  }
  const auto parsed = parse_json(response->body);
  const json::object* journey = parsed ? parsed->if_object() : nullptr;
  if (journey == nullptr) return complain({Code::internal, "the server's answer is not understood", "", ""}, kCannotRun);
  print_head(*journey);
  print_customs(*journey);
  print_legs(*journey);
  print_lists(*journey);
  return kOk;
}

}  // namespace fairway::app
