#include "exchange/fingerprint/routes.h"

#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/fingerprint/key.h"
#include "exchange/services.h"
#include "ledger/fingerprint/document.h"
#include "ledger/fingerprint/register.h"

namespace fairway::exchange {
namespace {

using ledger::FingerprintRegister;
using KeyPtr = std::shared_ptr<FingerprintKey>;

// Who finances or insures cargo. Not the operator, who holds the key: it could ask about documents that it sees on the way.
Status may_use(const access::Viewer& viewer) {
  if (viewer.party.role == Role::bank || viewer.party.role == Role::insurer) return {};
  return fail(Code::forbidden, "fingerprints of documents are for banks and insurers", std::string(name(viewer.party.role)));
}

Result<std::string> fingerprint_in(const json::object& body) {
  std::string fingerprint(text_of(body, "fingerprint"));
  if (!ledger::is_fingerprint(fingerprint))
    return fail(Code::invalid, "not a fingerprint", legible(fingerprint), "64 hexadecimal digits, as `fairway fingerprint` works them out");
  return fingerprint;
}

// The day alone: a time of day would help to find out whose it is.
std::string day_of(int64_t us) { return to_rfc3339_utc(us).substr(0, 10); }

void append_others(JsonWriter& writer, const ledger::OtherHolders& others) {
  writer.key("others").begin_object().member("count", others.count);
  if (others.count > 0) writer.member("first", day_of(others.first_us)).member("latest", day_of(others.latest_us));
  writer.end_object();
}

void append_registration(JsonWriter& writer, const ledger::Registration& registration) {
  writer.begin_object().member("fingerprint", registration.fingerprint).optional_member("kind", registration.kind);
  writer.member("registered", to_rfc3339_utc(registration.registered_us));
  if (registration.expires_us != 0) writer.member("expires", to_rfc3339_utc(registration.expires_us));
  append_others(writer, registration.others);
  writer.end_object();
}

Result<http::Response> show_key(const KeyPtr& key, const http::Request& /*request*/, const ViewerPtr& viewer) {
  TRY_OK(may_use(*viewer));
  const ledger::oprf::KeyPair pair = TRY(key->get());
  std::string out;
  JsonWriter(out)
      .begin_object()
      .member("suite", "VOPRF(ristretto255, SHA-512)")
      .member("publicKey", to_base64(pair.public_key))
      .end_object();
  return private_answer(std::move(out));
}

// Each evaluation counts as a look-up of another reference: guessing documents is bounded by the day's quota.
Result<http::Response> evaluate(Services& services, const KeyPtr& key, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(may_use(*viewer));
  const json::value parsed = TRY(object_in(request));
  const std::string blinded = TRY(from_base64(text_of(parsed.get_object(), "blinded")));
  TRY_OK(services.quota.look_up(*viewer, "fingerprint " + to_hex(blinded.substr(0, ledger::oprf::kElementBytes))));
  const ledger::oprf::KeyPair pair = TRY(key->get());
  const ledger::oprf::Evaluation evaluation = TRY(ledger::oprf::evaluate(pair, blinded, ledger::oprf::random_scalar()));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("evaluated", to_base64(evaluation.element)).member("proof", to_base64(evaluation.proof));
  writer.member("publicKey", to_base64(pair.public_key)).end_object();
  return private_answer(std::move(out));
}

Result<http::Response> add(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(may_use(*viewer));
  const json::value parsed = TRY(object_in(request));
  const json::object& body = parsed.get_object();
  const std::string fingerprint = TRY(fingerprint_in(body));
  int64_t expires_us = 0;
  if (!text_of(body, "expires").empty()) expires_us = TRY(parse_rfc3339(text_of(body, "expires"))).micros;
  if (expires_us != 0 && expires_us <= services.env.now_us())
    return fail(Code::invalid, "the time is over already", std::string(text_of(body, "expires")));
  const ledger::Registration made =
      TRY(FingerprintRegister(services.store, services.env).add(viewer->party.id, fingerprint, text_of(body, "kind"), expires_us));
  std::string out;
  JsonWriter writer(out);
  append_registration(writer, made);
  return private_answer(std::move(out), made.fresh ? 201 : 200);
}

Result<http::Response> check(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(may_use(*viewer));
  const json::value parsed = TRY(object_in(request));
  const std::string fingerprint = TRY(fingerprint_in(parsed.get_object()));
  TRY_OK(services.quota.look_up(*viewer, "fingerprint " + fingerprint));
  const FingerprintRegister::Known known = TRY(FingerprintRegister(services.store, services.env).check(viewer->party.id, fingerprint));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("fingerprint", fingerprint).member("own", known.own);
  append_others(writer, known.others);
  writer.end_object();
  return private_answer(std::move(out));
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(may_use(*viewer));
  const PageWish wish = TRY(page_in(request));
  const FingerprintRegister::Page page =
      TRY(FingerprintRegister(services.store, services.env).list(viewer->party.id, wish.after, wish.limit));
  std::vector<std::string> items;
  for (const ledger::Registration& registration : page.items) {
    JsonWriter writer(items.emplace_back());
    append_registration(writer, registration);
  }
  return private_answer(page_json("fingerprints", items, page.next));
}

Result<http::Response> withdraw(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(may_use(*viewer));
  TRY_OK(FingerprintRegister(services.store, services.env).withdraw(viewer->party.id, request.parameter("fingerprint")));
  return done();
}

}  // namespace

void add_fingerprint_routes(http::Router& router, Services& services) {
  const auto key = std::make_shared<FingerprintKey>(services.store, services.identity.vault, services.env);
  router.add(http::Method::get, "/v1/fingerprints/key",
             answering(services, &access::Viewer::may_read,
                       [key](const http::Request& request, const ViewerPtr& viewer) { return show_key(key, request, viewer); }));
  router.add(http::Method::post, "/v1/fingerprints/evaluate",
             answering(services, &access::Viewer::may_read, [key, &services](const http::Request& request, const ViewerPtr& viewer) {
               return evaluate(services, key, request, viewer);
             }));
  router.add(http::Method::post, "/v1/fingerprints/check", answering(services, &access::Viewer::may_read, check));
  router.add(http::Method::post, "/v1/fingerprints", answering(services, &access::Viewer::may_grant, add));
  router.add(http::Method::get, "/v1/fingerprints", answering(services, &access::Viewer::may_read, list));
  router.add(http::Method::del, "/v1/fingerprints/{fingerprint}", answering(services, &access::Viewer::may_grant, withdraw));
}

}  // namespace fairway::exchange
