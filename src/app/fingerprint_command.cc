#include "app/fingerprint_command.h"

#include <iostream>

#include "app/report.h"
#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "ledger/fingerprint/document.h"
#include "ledger/fingerprint/oprf.h"

namespace fairway::app {
namespace {

using ledger::oprf::Evaluation;

constexpr size_t kDocumentBytesMax = 256u << 20;

http::ClientRequest post(std::string target, std::string body) {
  return {http::Method::post, std::move(target), {{"content-type", "application/json"}}, std::move(body)};
}

Result<std::string> input_of(const FingerprintOptions& options) {
  if (!options.number.empty()) return ledger::document_input(options.carrier, options.number);
  return ledger::document_input(TRY(read_input(options.file, kDocumentBytesMax)));
}

// What leaves this machine is the blinded element alone.
Result<std::string> work_out(Connection& connection, const FingerprintOptions& options) {
  const std::string input = TRY(input_of(options));
  const std::string scalar = ledger::oprf::random_scalar();
  const std::string blinded = TRY(ledger::oprf::blind(input, scalar));
  std::string body;
  JsonWriter(body).begin_object().member("blinded", to_base64(blinded)).end_object();
  const http::Response response = TRY(connection.send(post("/v1/fingerprints/evaluate", std::move(body))));
  const json::value parsed = TRY(parse_json(response.body));
  const json::object* answer = parsed.if_object();
  if (answer == nullptr) return fail(Code::internal, "the server's answer is not understood");
  const Evaluation evaluation{TRY(from_base64(text_of(*answer, "evaluated"))), TRY(from_base64(text_of(*answer, "proof")))};
  const std::string shown(text_of(*answer, "publicKey"));
  if (!options.public_key.empty() && options.public_key != shown)
    return fail(Code::conflict, "the server uses another key than the one you know", shown,
                "ask the operator: under another key fingerprints differ");
  if (options.public_key.empty()) std::cerr << "the server's key is " << shown << "; give it as --public-key from now on\n";
  return ledger::fingerprint_of(TRY(ledger::oprf::finalize(input, scalar, blinded, evaluation, TRY(from_base64(shown)))));
}

Result<std::string> run(const FingerprintOptions& options) {
  Connection connection = TRY(Connection::open(options.server));
  const std::string found = TRY(work_out(connection, options));
  std::string body;
  JsonWriter writer(body);
  writer.begin_object().member("fingerprint", found);
  if (options.check) {
    writer.end_object();
    return TRY(connection.send(post("/v1/fingerprints/check", std::move(body)))).body;
  }
  if (options.add) {
    writer.optional_member("kind", options.kind).optional_member("expires", options.expires).end_object();
    return TRY(connection.send(post("/v1/fingerprints", std::move(body)))).body;
  }
  if (options.withdraw) TRY(connection.send({http::Method::del, "/v1/fingerprints/" + found, {}, {}}));
  writer.end_object();
  return body;
}

}  // namespace

int fingerprint(const FingerprintOptions& options) {
  const Result<std::string> answer = run(options);
  if (!answer) return complain(answer.error(), kFailed);
  std::cout << *answer << std::endl;
  return kOk;
}

}  // namespace fairway::app
