#include "ledger/anchor/sign_anchor.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "ledger/anchor/quantity.h"

namespace fairway::ledger::anchor {
namespace {

Result<uint64_t> count_in(const json::object& object, std::string_view name) {
  const std::optional<int64_t> number = integer_of(object, name);
  if (!number || *number < 1) return fail(Code::invalid, "a number is wanted here", std::string(name));
  return static_cast<uint64_t>(*number);
}

}  // namespace

std::string to_json(const AnchorRequest& request) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("origin", std::string_view(request.checkpoint.origin)).member("size", request.checkpoint.size);
  json.member("root", to_base64(view(request.checkpoint.root))).member("chainId", request.site.chain_id);
  json.member("contract", to_text(request.site.contract)).optional_member("note", request.note).end_object();
  return out;
}

Result<AnchorRequest> anchor_request_from_json(std::string_view text) {
  const json::value value = TRY(parse_json(text));
  const json::object* object = value.if_object();
  if (object == nullptr) return fail(Code::invalid, "a request to sign for a contract is a JSON object");
  AnchorRequest request;
  request.checkpoint.origin = text_of(*object, "origin");
  if (!is_key_name(request.checkpoint.origin)) return fail(Code::invalid, "this is no origin of a log", legible(request.checkpoint.origin));
  request.checkpoint.size = TRY(count_in(*object, "size"));
  request.checkpoint.root = TRY(hash_from(TRY(from_base64(text_of(*object, "root")))));
  request.site = {TRY(count_in(*object, "chainId")), TRY(address_from(text_of(*object, "contract")))};
  request.note = text_of(*object, "note");
  return request;
}

Result<Signature> signature_of_answer(std::string_view answer) {
  const json::value value = TRY(parse_json(answer));
  const json::object* object = value.if_object();
  if (object == nullptr) return fail(Code::invalid, "a witness answers an object");
  const std::string bytes = TRY(bytes_from_data(text_of(*object, "signature")));
  return signature_from(bytes);
}

Result<std::string> sign_anchor(std::string_view body, const TxSigner& signer, const HasCosigned& has_cosigned) {
  const AnchorRequest request = TRY(anchor_request_from_json(body));
  TRY_OK(has_cosigned(request.checkpoint, request.note));
  const Checkpoint& tree = request.checkpoint;
  const Signature signature = TRY(signer.sign(anchor_digest(request.site, tree.origin, tree.size, tree.root)));
  std::string out;
  JsonWriter(out).begin_object().member("signature", to_data(to_bytes(signature))).end_object();
  return out;
}

}  // namespace fairway::ledger::anchor
