// `fairway evidence`: an evidence bundle fetched from a server: of a journey, or with entry:N of one entry.
#include <fstream>
#include <iostream>

#include "app/evidence_commands.h"
#include "app/report.h"
#include "ledger/evidence/zip.h"

namespace fairway::app {
namespace {

constexpr std::string_view kEntry = "entry:";

std::string target_of(const EvidenceOptions& options) {
  const bool is_entry = options.reference.starts_with(kEntry);
  std::string target = is_entry ? "/v1/entries/" + http::percent_encode(options.reference.substr(kEntry.size()))
                                : "/v1/journeys/" + http::percent_encode(options.reference);
  target += "/evidence?language=" + http::percent_encode(options.language);
  if (options.trip != 0) target += "&trip=" + std::to_string(options.trip);
  for (const std::string& term : options.terms) {
    const size_t equals = term.find('=');
    target += "&" + http::percent_encode(term.substr(0, equals)) + "=" + http::percent_encode(term.substr(equals + 1));
  }
  return target;
}

Status write_out(const std::string& path, const std::string& bytes) {
  if (path == "-") {
    std::cout << bytes << std::flush;
    return std::cout ? Status() : fail(Code::unavailable, "standard output cannot be written");
  }
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes << std::flush;
  if (!file) return fail(Code::unavailable, "the file cannot be written", path);
  return {};
}

}  // namespace

int evidence(const EvidenceOptions& options) {
  auto connection = Connection::open(options.server);
  if (!connection) return complain(connection.error(), kCannotRun);
  const auto response = connection->send({http::Method::get, target_of(options), {}, {}});
  if (!response) {
    const Code code = response.error().code;
    return complain(response.error(), code == Code::not_found || code == Code::conflict || code == Code::too_large ? kFailed : kCannotRun);
  }
  if (!ledger::evidence::is_zip(response->body)) return complain({Code::internal, "the server's answer is no bundle", "", ""}, kCannotRun);
  if (const Status written = write_out(options.out, response->body); !written) return complain(written.error(), kCannotRun);
  return kOk;
}

}  // namespace fairway::app
