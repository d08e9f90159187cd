// GET /v1/messages/out: what the viewer may see of a reference, as COARRI, CODECO or IFTSTA in an interchange to it.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/env.h"
#include "base/instant.h"
#include "base/limits.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "gateway/edifact/write/event_messages.h"
#include "journey/index.h"
#include "journey/search.h"

namespace fairway::exchange {
namespace {

namespace edifact = gateway::edifact;

constexpr std::string_view kOurName = "FAIRWAY", kMutuallyDefined = "ZZZ";
constexpr size_t kReferenceCharacters = 14, kPartyCharacters = 35;  // 0020, 0010

struct Question {
  std::string text;                   // of the reference, as asked
  std::vector<Reference> references;  // any of these
  std::string type;
  const edifact::Profile* profile = nullptr;
};

Result<Question> question_of(const http::Request& request) {
  Question question;
  for (const auto& [name, value] : request.query) {
    if (name == "reference") {
      question.text = value;
      question.references = journey::candidates(value);
    } else if (name == "type") {
      question.type = to_upper(value);
    } else if (name == "profile") {
      question.profile = edifact::find_profile(to_lower(value));
      if (question.profile == nullptr) return fail(Code::invalid, "not a profile", legible(value), "d95b or d00b");
    } else {
      return fail(Code::invalid, "not a parameter of this request", legible(name), "reference, type and profile");
    }
  }
  if (question.references.empty())
    return fail(Code::invalid, "reference is missing or is none", "", "such as reference=CSQU3054383 or reference=booking:2600001111");
  if (question.type.empty()) return fail(Code::invalid, "type is missing", "", "COARRI, CODECO or IFTSTA");
  if (question.profile == nullptr) question.profile = &edifact::profiles().front();
  return question;
}

// The newest entries under the references, oldest first; as many as one interchange holds.
Result<std::vector<Entry>> entries_of(store::Snapshot& snapshot, const std::vector<Reference>& references) {
  std::vector<Position> positions;
  for (const Reference& reference : references) {
    const auto hits = TRY(snapshot.scan({journey::reference_term(reference), true, 0, limits::kEdifactEventsWrittenMax}));
    for (const store::TermHit& hit : hits) positions.push_back(hit.position);
  }
  std::ranges::sort(positions, std::ranges::greater());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  if (positions.size() > limits::kEdifactEventsWrittenMax) positions.resize(limits::kEdifactEventsWrittenMax);
  std::ranges::reverse(positions);
  return snapshot.entries(positions);
}

struct Shown {
  std::vector<Event> events;
  std::vector<PartyId> senders;
  std::vector<std::optional<journey::Held>> grants;
};

Result<Shown> shown_to(Services& services, const ViewerPtr& viewer, const Question& question) {
  const auto snapshot = TRY(services.store.snapshot());
  Eyes eyes(*snapshot, services.rule, viewer);
  Shown shown;
  const std::vector<Entry> entries = TRY(entries_of(*snapshot, question.references));
  for (const Entry& entry : entries) {
    if (entry.kind != EntryKind::event) continue;
    Event event = TRY(event_from_json(entry.body));
    const Eyes::Seen seen = TRY(eyes.see(entry, event));
    // What is hidden must not be found by asking for it.
    const auto still_named = [&](const Reference& r) { return std::ranges::find(event.references, r) != event.references.end(); };
    if (!seen.seen || std::ranges::none_of(question.references, still_named)) continue;
    shown.events.push_back(std::move(event));
    shown.senders.push_back(entry.party);
    shown.grants.push_back(seen.grant != nullptr ? std::optional(*seen.grant) : std::nullopt);
  }
  return shown;
}

edifact::InterchangeParty recipient_of(const access::Viewer& viewer) {
  for (const PartyIdentifier& identifier : viewer.party.identifiers)
    if (identifier.value.size() <= kPartyCharacters) return {identifier.value, std::string(kMutuallyDefined), "", ""};
  return {viewer.party.id, std::string(kMutuallyDefined), "", ""};
}

Result<http::Response> write_out(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Question question = TRY(question_of(request));
  TRY_OK(services.quota.look_up(*viewer, question.text));
  const Shown shown = TRY(shown_to(services, viewer, question));
  edifact::OutgoingInterchange outgoing;
  outgoing.sender = {std::string(kOurName), std::string(kMutuallyDefined), "", ""};
  outgoing.recipient = recipient_of(*viewer);
  outgoing.reference = to_upper(random_id(services.env, kReferenceCharacters));
  outgoing.utc = civil_of(services.env.now_us(), 0);
  const edifact::WrittenMessages written = TRY(edifact::write_events(shown.events, question.type, *question.profile, outgoing));
  if (written.messages == 0) {
    const Error nothing{Code::not_found, "there is nothing to tell of this reference in such a message"};
    http::Response response = http::problem(nothing, request.path);
    level_time(response, *viewer);
    return response;
  }
  access::Looks looks(*viewer, access::Channel::events);
  for (size_t i = 0; i < shown.events.size(); ++i)
    if (std::ranges::find(written.events, shown.events[i].id) != written.events.end())
      saw(looks, shown.senders[i], shown.events[i], shown.grants[i] ? &*shown.grants[i] : nullptr);
  TRY_OK(services.access_log.note(std::move(looks)));
  http::Response response;
  response.content_type = "application/edifact";
  response.headers = {{"cache-control", "no-store"},
                      {"fairway-events", std::to_string(written.events.size())},
                      {"fairway-left-out", std::to_string(written.left_out.size())}};
  response.body = written.text;
  return response;
}

}  // namespace

void add_message_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/v1/messages/out",
             answering(services, &access::Viewer::may_read, [&services](const http::Request& request, const ViewerPtr& viewer) {
               return write_out(services, request, viewer);
             }));
}

}  // namespace fairway::exchange
