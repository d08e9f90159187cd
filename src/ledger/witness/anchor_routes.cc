#include "ledger/witness/anchor_routes.h"

#include "base/limits.h"
#include "ledger/anchor/sign_anchor.h"

namespace fairway::ledger::witness {
namespace {

constexpr size_t kRequestMax = 2 * limits::kNoteBytesMax;  // a note in JSON, and a little beside it

Result<std::string> answer_to(std::string_view body, const Witness& witness, const anchor::TxSigner& signer) {
  if (body.size() > kRequestMax) return fail(Code::too_large, "the request is too large", std::to_string(body.size()) + " bytes");
  return anchor::sign_anchor(body, signer, [&](const Checkpoint& checkpoint, std::string_view note) {
    return witness.has_cosigned(checkpoint.origin, {checkpoint.size, checkpoint.root}, note);
  });
}

}  // namespace

void add_anchor_routes(http::Router& router, const Witness& witness, const anchor::TxSigner& signer) {
  router.add(http::Method::post, "/sign-anchor", [&](const http::Request& request, const http::Responder& responder) {
    auto answer = answer_to(request.body, witness, signer);
    if (!answer) return responder.send(http::problem(answer.error()));
    http::Response response;
    response.body = std::move(*answer);
    responder.send(std::move(response));
  });
  router.add(http::Method::get, "/anchor-key", [&](const http::Request&, const http::Responder& responder) {
    http::Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = anchor::to_text(signer.address()) + "\n";
    responder.send(std::move(response));
  });
}

}  // namespace fairway::ledger::witness
