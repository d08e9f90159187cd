// /v1/thresholds/{reference}: the limits that one's own organisation holds readings of a consignment against.
#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/land/thresholds.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "journey/assemble.h"

namespace fairway::exchange {
namespace {

Result<Reference> reference_in(const http::Request& request) {
  Reference reference = TRY(Reference::from_key(request.parameter("reference")));
  if (reference.value().size() > limits::kGrantedReferenceBytesMax)
    return fail(Code::invalid, "the reference is too long for limits", legible(reference.key()));
  return reference;
}

std::unexpected<Error> none(const Reference& reference) {
  return fail(Code::not_found, "your organisation has set no limits there", reference.key(), "PUT sets them");
}

http::Response show(const Thresholds& thresholds) { return private_answer(to_json(thresholds)); }

Result<http::Response> get(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Reference reference = TRY(reference_in(request));
  const auto snapshot = TRY(services.store.snapshot());
  const auto stored = TRY(snapshot->state(threshold_key(reference, viewer->party.id)));
  if (!stored) return none(reference);
  return show(TRY(thresholds_from_json(stored->value)));
}

// What is remembered of readings so far: new limits begin anew.
Status forget_runs(store::Snapshot& snapshot, const Reference& reference, const PartyId& party, store::Batch& batch) {
  constexpr size_t kRunsMax = 5'000;
  for (const auto& [key, value] : TRY(snapshot.state_scan(run_prefix(reference, party), "", kRunsMax)))
    batch.state.push_back({key, std::nullopt, std::nullopt});
  return {};
}

// Nobody can hold against limits what it does not see; an excursion is an event of whoever set the limits, who therefore may send.
Result<http::Response> put(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Reference reference = TRY(reference_in(request));
  TRY_OK(viewer->may_send());
  Thresholds thresholds = TRY(thresholds_from_json(request.body));
  const auto snapshot = TRY(services.store.snapshot());
  TRY_OK(services.quota.look_up(*viewer, reference.value()));
  TRY(journey::find(*snapshot, reference, ViewerSight(services.rule, viewer)));
  thresholds.since = snapshot->last();
  store::Batch batch;
  batch.state.push_back({threshold_key(reference, viewer->party.id), to_json(thresholds), std::nullopt});
  TRY_OK(forget_runs(*snapshot, reference, viewer->party.id, batch));
  TRY(services.store.commit_and_wait(std::move(batch)));
  return show(thresholds);
}

Result<http::Response> withdraw(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Reference reference = TRY(reference_in(request));
  const auto snapshot = TRY(services.store.snapshot());
  const auto stored = TRY(snapshot->state(threshold_key(reference, viewer->party.id)));
  if (!stored) return none(reference);
  store::Batch batch;
  batch.state.push_back({threshold_key(reference, viewer->party.id), std::nullopt, std::nullopt});
  TRY_OK(forget_runs(*snapshot, reference, viewer->party.id, batch));
  TRY(services.store.commit_and_wait(std::move(batch)));
  return show(TRY(thresholds_from_json(stored->value)));
}

}  // namespace

void add_threshold_routes(http::Router& router, Services& services) {
  const char* path = "/v1/thresholds/{reference}";
  router.add(http::Method::get, path, answering(services, &access::Viewer::may_read, get));
  router.add(http::Method::put, path, answering(services, &access::Viewer::may_read, put));
  router.add(http::Method::del, path, answering(services, &access::Viewer::may_read, withdraw));
}

}  // namespace fairway::exchange
