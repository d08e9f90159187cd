// POST and GET /epcis/capture, GET /epcis/capture/{captureID}, POST /epcis/events: the way in.
#include <memory>

#include "base/bytes.h"
#include "exchange/epcis/answers.h"
#include "exchange/epcis/jobs.h"
#include "exchange/epcis/routes.h"
#include "gateway/epcis/epcis.h"
#include "gateway/epcis/kept.h"

namespace fairway::exchange::epcis {
namespace {

// What a body holds, seen before anything of it is stored.
struct Reading {
  size_t events = 0;
  std::string first_id;            // eventID of the first event
  std::vector<JobError> errors;    // of what is not valid
  std::vector<std::string> clash;  // eventIDs under which this party has said something else, or, with `repeats`, the same
};

JobError error_of(const gateway::DecodedMessage& message) {
  for (const gateway::Diagnostic& finding : message.diagnostics)
    if (finding.severity == gateway::Severity::error)
      return {.title = finding.message, .detail = finding.code + (finding.position.empty() ? "" : " at " + finding.position)};
  return {.title = "the event is not valid"};
}

// Whether this party has an event of that id already: one that says something else, or with `repeats` any.
Result<bool> is_taken(store::Snapshot& snapshot, const PartyId& party, const Event& event, bool repeats) {
  constexpr size_t kSame = 64;  // events under one id: of several parties, and declarations of errors
  std::vector<Position> positions;
  for (const store::TermHit& hit :
       TRY(snapshot.scan({gateway::epcis::event_key(event.amends.empty() ? event.id : event.amends), true, 0, kSame})))
    positions.push_back(hit.position);
  for (const Entry& entry : TRY(snapshot.entries(positions))) {
    if (entry.party != party || entry.kind != EntryKind::event) continue;
    const Event there = TRY(event_from_json(entry.body));
    if (there.id == event.id && (repeats || content_digest(there) != content_digest(event))) return true;
  }
  return false;
}

Result<Reading> look_at(store::Snapshot& snapshot, const PartyId& party, std::string_view body, bool repeats) {
  Reading reading;
  Status read_all;
  TRY_OK(gateway::epcis::decode_epcis(body, [&](const gateway::DecodedMessage& message) {
    if (message.events.empty()) {
      if (reading.errors.size() < limits::kEpcisJobErrorsMax) reading.errors.push_back(error_of(message));
      return;
    }
    const Event& event = message.events.front();
    if (reading.events++ == 0) reading.first_id = event.amends.empty() ? event.id : event.amends;
    const auto taken = is_taken(snapshot, party, event, repeats);
    if (!taken && read_all) read_all = std::unexpected(taken.error());
    if (taken && *taken) reading.clash.push_back(event.id);
  }));
  TRY_OK(read_all);
  return reading;
}

void refuse_all(Job& job, const Reading& reading) {
  for (const JobError& error : reading.errors) add_error(job, error);
  for (const std::string& id : reading.clash)
    add_error(job, {"epcisException:ResourceAlreadyExistsException", "another event with this eventID says something else", id, 409});
}

Status check_media(const http::Request& request) {
  const std::string type = to_lower(trim(request.header("content-type").substr(0, request.header("content-type").find(';'))));
  const bool good = type.empty() || type.ends_with("json") || type.ends_with("xml");
  return good ? Status()
              : fail(Code::unsupported, "not a media type of EPCIS", legible(type),
                     "application/ld+json, application/json or application/xml");
}

// A job on its way: `writes` are the state that goes with it.
struct Running {
  Job job;
  std::vector<store::StateWrite> writes;
};

// Keeps the job and answers once it is durable.
void finish(Services& services, const ViewerPtr& viewer, const http::Responder& responder, Running running) {
  running.job.finished_us = services.env.now_us();
  store::Batch batch;
  batch.state = std::move(running.writes);
  batch.state.push_back(keep_job(viewer->party.id, running.job));
  services.store.commit(std::move(batch), [responder, id = running.job.id](const Result<store::Receipt>& receipt) {
    if (!receipt) return responder.send(exception(receipt.error(), Subject::capture, ""));
    http::Response response = answer(202, "");
    response.headers.emplace_back("location", std::string(kRoot) + "/capture/" + id);
    responder.send(std::move(response));
  });
}

Running begin(Services& services, Behaviour behaviour, std::vector<store::StateWrite> writes) {
  Running running{{}, std::move(writes)};
  running.job.id = new_job_id(services.env);
  running.job.created_us = services.env.now_us();
  running.job.behaviour = behaviour;
  running.job.success = true;
  return running;
}

void capture(Services& services, http::Request request, const ViewerPtr& viewer, const http::Responder& responder) {
  const auto refuse = [&](const Error& error) { responder.send(exception(error, Subject::capture, request.path)); };
  const auto behaviour = behaviour_from(request.header("gs1-capture-error-behaviour"));
  if (!behaviour) return refuse(behaviour.error());
  if (const Status media = check_media(request); !media) return refuse(media.error());
  const auto body = body_of(request);
  if (!body) return refuse(body.error());
  const auto snapshot = services.store.snapshot();
  if (!snapshot) return refuse(snapshot.error());
  auto room = make_room(**snapshot, viewer->party.id);
  if (!room) return refuse(room.error());
  Running running = begin(services, *behaviour, std::move(*room));
  const auto reading = look_at(**snapshot, viewer->party.id, *body, false);
  if (!reading) return refuse(reading.error());
  // All or nothing: nothing, where anything is wrong.
  const bool rolls_back = *behaviour == Behaviour::rollback && !(reading->errors.empty() && reading->clash.empty());
  if (rolls_back) refuse_all(running.job, *reading);
  if (rolls_back || (reading->events == 0 && reading->errors.empty())) return finish(services, viewer, responder, std::move(running));
  const auto kept = std::make_shared<Running>(std::move(running));
  services.intake.take({viewer, *body, gateway::Format::epcis, {}},
                       [&services, viewer, responder, kept, path = request.path](const Result<intake::Outcome>& outcome) {
                         if (!outcome) return responder.send(exception(outcome.error(), Subject::capture, path));
                         services.metrics.received(*outcome);
                         settle(kept->job, *outcome);
                         finish(services, viewer, responder, std::move(*kept));
                       });
}

// One event, answered once it is durable: 201 and where it is.
void post_event(Services& services, http::Request request, const ViewerPtr& viewer, const http::Responder& responder) {
  const auto refuse = [&](const Error& error) { responder.send(exception(error, Subject::event, request.path)); };
  if (const Status media = check_media(request); !media) return refuse(media.error());
  const auto body = body_of(request);
  if (!body) return refuse(body.error());
  const auto snapshot = services.store.snapshot();
  if (!snapshot) return refuse(snapshot.error());
  const auto reading = look_at(**snapshot, viewer->party.id, *body, true);
  if (!reading) return refuse(reading.error());
  if (!reading->errors.empty()) return refuse({Code::invalid, reading->errors.front().title, reading->errors.front().detail, ""});
  if (reading->events != 1)
    return refuse({Code::invalid, "one event is wanted here", std::to_string(reading->events) + " events", "POST /epcis/capture"});
  if (!reading->clash.empty()) return refuse({Code::conflict, "there is an event with this eventID", reading->clash.front(), ""});
  services.intake.take({viewer, *body, gateway::Format::epcis, {}}, [&services, responder, id = reading->first_id,
                                                                     path = request.path](const Result<intake::Outcome>& outcome) {
    if (!outcome) return responder.send(exception(outcome.error(), Subject::event, path));
    services.metrics.received(*outcome);
    if (outcome->refused > 0)
      return responder.send(exception({Code::conflict, "there is an event with this eventID", id, ""}, Subject::event, path));
    http::Response response = answer(201, "");
    response.headers.emplace_back("location", std::string(kRoot) + "/events/" + http::percent_encode(id));
    responder.send(std::move(response));
  });
}

Result<http::Response> get_jobs(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Paging paging = TRY(paging_of(request));
  const auto snapshot = TRY(services.store.snapshot());
  const JobPage page = TRY(list_jobs(*snapshot, viewer->party.id, paging.token, paging.per_page));
  std::string list;
  JsonWriter json(list);
  json.begin_array();
  for (const std::string& job : page.jobs) json.raw(job);
  json.end_array();
  http::Response response = answer(200, std::move(list));
  response.content_type = "application/json";
  if (!page.next.empty()) add_next_page(response, request, page.next, services.env);
  return response;
}

Result<http::Response> get_job(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const auto snapshot = TRY(services.store.snapshot());
  http::Response response = answer(200, TRY(find_job(*snapshot, viewer->party.id, request.parameter("captureID"))));
  response.content_type = "application/json";
  return response;
}

}  // namespace

void add_capture_routes(http::Router& router, Services& services) {
  const std::string capture_path = std::string(kRoot) + "/capture", job_path = capture_path + "/{captureID}";
  const auto may_send = &access::Viewer::may_send;
  router.add(http::Method::post, capture_path,
             late_route(services, may_send, Subject::capture,
                        [&services](http::Request request, const ViewerPtr& viewer, const http::Responder& responder) {
                          capture(services, std::move(request), viewer, responder);
                        }));
  router.add(http::Method::post, std::string(kRoot) + "/events",
             late_route(services, may_send, Subject::event,
                        [&services](http::Request request, const ViewerPtr& viewer, const http::Responder& responder) {
                          post_event(services, std::move(request), viewer, responder);
                        }));
  router.add(http::Method::get, capture_path,
             route(services, nullptr, Subject::resource,
                   [&services](http::Request& request, const ViewerPtr& viewer) { return get_jobs(services, request, viewer); }));
  router.add(http::Method::get, job_path,
             route(services, nullptr, Subject::resource,
                   [&services](http::Request& request, const ViewerPtr& viewer) { return get_job(services, request, viewer); }));
  add_options(router, capture_path, "OPTIONS, GET, POST");
  add_options(router, job_path, "OPTIONS, GET");
}

}  // namespace fairway::exchange::epcis
