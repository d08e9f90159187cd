// /dcsa/cs/v1: Commercial Schedules 1.0, computed from what carriers and others have said of vessels' calls.
#include <algorithm>
#include <array>
#include <map>

#include "base/bytes.h"
#include "base/instant.h"
#include "exchange/dcsa/api.h"
#include "exchange/dcsa/routing.h"
#include "exchange/dcsa/schedule_query.h"
#include "exchange/dcsa/schedule_write.h"
#include "exchange/dcsa/voyages.h"
#include "exchange/routes.h"

namespace fairway::exchange {
namespace {

using dcsa::Call;
using dcsa::CallEvent;
using dcsa::Rotation;
using dcsa::ScheduleQuery;
using Parameter = dcsa::ScheduleParameter;
using Form = Parameter::Form;
using journey::CallKey;

constexpr dcsa::Api kSchedules = {"1.0.3", dcsa::schedule_error};
constexpr int64_t kDay = 86'400'000'000;

constexpr std::array kVesselParameters = {
    Parameter{"vesselIMONumber"},
    Parameter{"vesselName"},
    Parameter{"carrierServiceCode"},
    Parameter{"universalServiceReference"},
    Parameter{"carrierVoyageNumber"},
    Parameter{"universalVoyageReference"},
    Parameter{"UNLocationCode", Form::port},
    Parameter{"facilitySMDGCode"},
    Parameter{"vesselOperatorCarrierCode"},
    Parameter{"startDate", Form::date},
    Parameter{"endDate", Form::date},
};
constexpr std::array kPortParameters = {Parameter{"UNLocationCode", Form::port, true}, Parameter{"date", Form::date, true}};
constexpr std::array kRouteParameters = {
    Parameter{"placeOfReceipt", Form::port, true},
    Parameter{"placeOfDelivery", Form::port, true},
    Parameter{"departureStartDate", Form::date},
    Parameter{"departureEndDate", Form::date},
    Parameter{"arrivalStartDate", Form::date},
    Parameter{"arrivalEndDate", Form::date},
    Parameter{"maxTranshipment", Form::count},
    Parameter{"receiptTypeAtOrigin", Form::receipt},
    Parameter{"deliveryTypeAtDestination", Form::receipt},
    Parameter{"cargoType", Form::cargo},
};
constexpr int kTranshipmentsDefault = 2, kTranshipmentsMax = 3;

bool same(std::string_view a, std::string_view b) { return to_upper(a) == to_upper(b); }

std::string date_of(int64_t micros) { return to_rfc3339_utc(micros).substr(0, 10); }

// Under which term the calls stand that the query is about, the most selective first; "" where it names none.
struct Seed {
  std::string term;
  std::string_view value;
};
Result<Seed> seed_of(const ScheduleQuery& q) {
  if (const auto imo = q["vesselIMONumber"]; !imo.empty()) {
    const Reference vessel = TRY(Reference::make(ReferenceKind::vessel, imo));
    return Seed{journey::transport_term(journey::head_reference(vessel)), imo};
  }
  struct Row {
    std::string_view name;
    CallKey key;
  };
  for (const Row& row : {Row{"carrierVoyageNumber", CallKey::voyage_number}, Row{"vesselName", CallKey::vessel_name},
                         Row{"carrierServiceCode", CallKey::service}, Row{"UNLocationCode", CallKey::port},
                         Row{"vesselOperatorCarrierCode", CallKey::carrier}})
    if (const auto value = q[row.name]; !value.empty()) return Seed{journey::call_term(row.key, value), value};
  return Seed{};
}

bool is_wanted(const ScheduleQuery& q, const Event& event) {
  const Transport& t = event.transport;
  const auto holds = [&](std::string_view name, std::initializer_list<std::string_view> said) {
    const std::string_view wanted = q[name];
    return wanted.empty() || std::ranges::any_of(said, [&](std::string_view text) { return same(text, wanted); });
  };
  // Fairway knows services and voyages by their carriers' own numbers only.
  if (!q["universalServiceReference"].empty() || !q["universalVoyageReference"].empty()) return false;
  return holds("vesselIMONumber", {t.vessel_imo}) && holds("vesselName", {t.vessel_name}) && holds("carrierServiceCode", {t.service}) &&
         holds("carrierVoyageNumber", {t.voyage, t.import_voyage}) && holds("UNLocationCode", {event.place.unlocode}) &&
         holds("facilitySMDGCode", {event.place.facility}) && holds("vesselOperatorCarrierCode", {t.carrier});
}

json::object transport_call(const Transport& vessel, const Call& call) {
  const json::object partner = dcsa::service_partner(vessel, call);
  json::object out({{"transportCallReference", dcsa::call_reference(vessel, call)}});
  for (const char* name : {"carrierImportVoyageNumber", "carrierExportVoyageNumber"})
    out[name] = partner.contains(name) ? partner.at(name) : json::value("");
  out["location"] = dcsa::call_location(call.place);
  out["timestamps"] = dcsa::timestamps(call);
  return out;
}

// One object a service, with its vessels.
json::array service_schedules(const std::vector<Rotation>& rotations, std::string_view from, std::string_view to) {
  std::map<std::string, json::array> services;
  for (const Rotation& rotation : rotations) {
    if (std::ranges::none_of(rotation.calls, [&](const Call& call) { return call.within(from, to); })) continue;
    json::array calls;
    for (const Call& call : rotation.calls) calls.push_back(transport_call(rotation.vessel, call));
    const std::string service = rotation.vessel.service.empty() ? std::string(dcsa::kUnknownService) : rotation.vessel.service;
    services[service].push_back(json::object({{"vessel", dcsa::vessel_object(rotation.vessel)},
                                              {"isDummyVessel", dcsa::is_dummy(rotation.vessel)},
                                              {"transportCalls", std::move(calls)}}));
  }
  json::array out;
  for (auto& [code, vessels] : services)
    out.push_back(json::object({{"carrierServiceName", code}, {"carrierServiceCode", code}, {"vesselSchedules", std::move(vessels)}}));
  return out;
}

Result<http::Response> vessel_schedules(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const ScheduleQuery query = TRY(dcsa::parse_schedule_query(request.query, kVesselParameters));
  const Seed seed = TRY(seed_of(query));
  if (seed.term.empty() && query["universalServiceReference"].empty() && query["universalVoyageReference"].empty())
    return fail(
        Code::invalid, "a query parameter is not right", "vesselIMONumber=",
        "name a vessel, a service, a voyage, a port or an operator; startDate and endDate go with another, and a terminal with its port");
  if (seed.term.empty()) return dcsa::schedule_page(query, {}, viewer);
  const auto snapshot = TRY(services.store.snapshot());
  dcsa::Voyages voyages(services, viewer, *snapshot);
  const int64_t now_us = services.env.now_us();
  const std::string from(query["startDate"].empty() ? date_of(now_us - (91 * kDay)) : std::string(query["startDate"]));
  const std::string to(query["endDate"].empty() ? date_of(now_us + (183 * kDay)) : std::string(query["endDate"]));
  std::vector<CallEvent> calls = TRY(voyages.calls(seed.term, seed.value));
  std::erase_if(calls, [&](const CallEvent& call) {
    const std::string date = dcsa::date_of(call.event);
    return !is_wanted(query, call.event) || date < from || date > to;
  });
  const std::vector<Rotation> rotations = TRY(voyages.rotations(calls));
  TRY_OK(voyages.note());
  return dcsa::schedule_page(query, service_schedules(rotations, from, to), viewer);
}

// One object a terminal, by its code; what is not known by terminal stands first.
Result<http::Response> port_schedules(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const ScheduleQuery query = TRY(dcsa::parse_schedule_query(request.query, kPortParameters));
  const std::string_view port = query["UNLocationCode"];
  const auto snapshot = TRY(services.store.snapshot());
  dcsa::Voyages voyages(services, viewer, *snapshot);
  std::vector<CallEvent> calls = TRY(voyages.calls(journey::call_term(CallKey::port, port), port));
  std::erase_if(calls, [&](const CallEvent& call) { return dcsa::date_of(call.event) < query["date"]; });
  const std::vector<Rotation> rotations = TRY(voyages.rotations(calls));
  TRY_OK(voyages.note());
  struct Visit {
    const Rotation* rotation;
    const Call* call;
  };
  std::map<std::string, std::vector<Visit>> terminals;
  for (const Rotation& rotation : rotations)
    for (const Call& call : rotation.calls)
      if (call.place.unlocode == port && call.within(query["date"], "")) terminals[call.place.facility].push_back({&rotation, &call});
  json::array out;
  for (auto& [facility, visits] : terminals) {
    std::ranges::stable_sort(visits, {}, [](const Visit& visit) { return visit.call->first_us(); });
    json::array vessels;
    for (const auto& [rotation, call] : visits)
      vessels.push_back(json::object({{"servicePartners", json::array({dcsa::service_partner(rotation->vessel, *call)})},
                                      {"vessel", dcsa::vessel_object(rotation->vessel)},
                                      {"isDummyVessel", dcsa::is_dummy(rotation->vessel)},
                                      {"timestamps", dcsa::timestamps(*call)}}));
    out.push_back(json::object({{"location", dcsa::call_location(visits.front().call->place)}, {"vesselSchedules", std::move(vessels)}}));
  }
  return dcsa::schedule_page(query, std::move(out), viewer);
}

json::object stop(const Transport* vessel, const Call& call, const Instant& at) {
  json::object out;
  if (vessel != nullptr) out["transportCallReference"] = dcsa::call_reference(*vessel, call);
  out["facilityTypeCode"] = "POTE";
  out["location"] = dcsa::location(call.place);
  out["dateTime"] = to_rfc3339(at);
  return out;
}

json::array intermediate_calls(const dcsa::RouteLeg& leg) {
  json::array out;
  for (size_t i = 1; i + 1 < leg.calls.size(); ++i) {
    const Call& call = leg.calls[i];
    json::object item({{"transportCallReference", dcsa::call_reference(leg.vessel, call)}, {"location", dcsa::location(call.place)}});
    if (const Instant* at = Call::best(call.arrivals)) item["arrivalDateTime"] = to_rfc3339(*at);
    if (const Instant* at = Call::best(call.departures)) item["departureDateTime"] = to_rfc3339(*at);
    out.push_back(std::move(item));
  }
  return out;
}

json::object leg_object(const dcsa::RouteLeg& leg, size_t number) {
  const Call& first = leg.calls.front();
  const Call& last = leg.calls.back();
  const bool barge = leg.vessel.mode == TransportMode::barge;
  json::object transport({{"modeOfTransport", barge ? "BARGE" : "VESSEL"}});
  transport["servicePartners"] = json::array({dcsa::service_partner(leg.vessel, first)});
  transport[barge ? "barge" : "vessel"] = dcsa::vessel_object(leg.vessel);
  json::object out({{"sequenceNumber", number}, {"transport", std::move(transport)}});
  out["departure"] = stop(&leg.vessel, first, *Call::best(first.departures));
  out["arrival"] = stop(&leg.vessel, last, *Call::best(last.arrivals));
  if (json::array between = intermediate_calls(leg); !between.empty()) out["intermediateCalls"] = std::move(between);
  return out;
}

json::object route_object(const dcsa::Route& route, size_t number) {
  const Call& first = route.front().calls.front();
  const Call& last = route.back().calls.back();
  const Instant& departs = *Call::best(first.departures);
  const Instant& arrives = *Call::best(last.arrivals);
  json::object out({{"placeOfReceipt", stop(nullptr, first, departs)}, {"placeOfDelivery", stop(nullptr, last, arrives)}});
  out["receiptTypeAtOrigin"] = "CY";
  out["deliveryTypeAtDestination"] = "CY";
  out["solutionNumber"] = number;
  out["transitTime"] = (arrives.micros - departs.micros + kDay - 1) / kDay;
  json::array legs;
  for (const dcsa::RouteLeg& leg : route) legs.push_back(leg_object(leg, legs.size() + 1));
  out["legs"] = std::move(legs);
  return out;
}

// Fairway knows what vessels do between terminals: from door to door, and by way of a freight station, there is nothing to offer.
bool is_port_to_port(const ScheduleQuery& query) {
  const auto yard = [&](std::string_view name) { return query[name].empty() || query[name] == "CY"; };
  return yard("receiptTypeAtOrigin") && yard("deliveryTypeAtDestination");
}

Result<http::Response> routes(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const ScheduleQuery query = TRY(dcsa::parse_schedule_query(request.query, kRouteParameters));
  if (query["placeOfReceipt"] == query["placeOfDelivery"] || !is_port_to_port(query)) return dcsa::schedule_page(query, {}, viewer);
  dcsa::RouteQuery wanted{.from = std::string(query["placeOfReceipt"]), .to = std::string(query["placeOfDelivery"])};
  const std::string_view changes = query["maxTranshipment"];
  wanted.transhipments_max = changes.empty() ? kTranshipmentsDefault : std::min(changes[0] - '0', kTranshipmentsMax);
  wanted.departs_from = query["departureStartDate"];
  wanted.departs_to = query["departureEndDate"];
  wanted.arrives_from = query["arrivalStartDate"];
  wanted.arrives_to = query["arrivalEndDate"];
  const bool dated =
      !wanted.departs_from.empty() || !wanted.departs_to.empty() || !wanted.arrives_from.empty() || !wanted.arrives_to.empty();
  wanted.earliest_us = dated ? INT64_MIN : services.env.now_us();
  const auto snapshot = TRY(services.store.snapshot());
  dcsa::Voyages voyages(services, viewer, *snapshot);
  const std::vector<dcsa::Route> found = TRY(dcsa::find_routes(voyages, wanted));
  TRY_OK(voyages.note());
  json::array out;
  for (const dcsa::Route& route : found) out.push_back(route_object(route, out.size() + 1));
  return dcsa::schedule_page(query, std::move(out), viewer);
}

}  // namespace

void add_dcsa_schedule_routes(http::Router& router, Services& services) {
  const auto get = [&](const char* path, auto answer) {
    router.add(http::Method::get, path,
               dcsa::answering(services, kSchedules, &access::Viewer::may_read,
                               [&services, answer](const http::Request& request, const ViewerPtr& viewer) {
                                 return answer(services, request, viewer);
                               }));
  };
  get("/dcsa/cs/v1/vessel-schedules", vessel_schedules);
  get("/dcsa/cs/v1/port-schedules", port_schedules);
  get("/dcsa/cs/v1/point-to-point-routes", routes);
}

}  // namespace fairway::exchange
