// `fairway file confirm`, `lodge` and `status`: filings of a server.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "app/file_commands.h"
#include "app/file_print.h"
#include "app/report.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "filing/life/json_parts.h"

namespace fairway::app {
namespace {

constexpr std::string_view kConsignmentId = "cns_";

Result<json::value> object_in(const http::Response& response) {
  json::value parsed = TRY(parse_json(response.body));
  if (!parsed.is_object()) return fail(Code::internal, "the server's answer is not understood");
  return parsed;
}

http::ClientRequest post(std::string target, std::string body) {
  return {http::Method::post, std::move(target), {{"content-type", "application/json"}}, std::move(body)};
}

std::string target_of(const std::string& filing) { return "/v1/filings/" + http::percent_encode(filing); }

void print(const std::string& body, const json::object& filing, bool as_json, std::string_view language) {
  if (as_json)
    std::cout << body << "\n";
  else
    print_filing(filing, language);
}

// The groups that are asked for; all of those that nobody stands for yet.
std::vector<std::string> groups_to_confirm(const json::object& filing, const FileStepOptions& options) {
  if (!options.all) return options.groups;
  std::vector<std::string> groups;
  if (const json::array* list = array_of(filing, "groups"))
    for (const json::value& item : *list)
      if (const json::object* group = item.if_object(); group != nullptr && !group->contains("confirmed"))
        groups.emplace_back(text_of(*group, "group"));
  return groups;
}

// Confirms what the server had when it was asked: its digest goes along, so that a change in between is not confirmed unseen.
Status confirm(const FileStepOptions& options) {
  Connection connection = TRY(Connection::open(options.server));
  const json::value seen = TRY(object_in(TRY(connection.send({http::Method::get, target_of(options.filing), {}, {}}))));
  const std::vector<std::string> groups = groups_to_confirm(seen.as_object(), options);
  std::string body;
  JsonWriter writer(body);
  writer.begin_object();
  filing::append_texts(writer, "groups", groups);
  filing::append_texts(writer, "lookedAt", options.looked_at);
  writer.member("digest", text_of(seen.as_object(), "digest")).end_object();
  if (!groups.empty()) TRY_OK(connection.send(post(target_of(options.filing) + "/confirmations", body)));
  const http::Response after = TRY(connection.send({http::Method::get, target_of(options.filing), {}, {}}));
  const json::value filing = TRY(object_in(after));
  print(after.body, filing.as_object(), options.json, options.language);
  return {};
}

Status lodge(const FileStepOptions& options) {
  Connection connection = TRY(Connection::open(options.server));
  std::string body;
  JsonWriter(body)
      .begin_object()
      .member("kind", options.cancel  ? "cancellation"
                      : options.amend ? "amendment"
                                      : "original")
      .optional_member("reason", options.reason)
      .end_object();
  TRY_OK(connection.send(post(target_of(options.filing) + "/lodgements", body)));
  const http::Response after = TRY(connection.send({http::Method::get, target_of(options.filing), {}, {}}));
  const json::value filing = TRY(object_in(after));
  print(after.body, filing.as_object(), options.json, options.language);
  return {};
}

Status print_list(Connection& connection, const FileStatusOptions& options) {
  std::string target = "/v1/filings?order=attention";
  if (!options.what.empty()) target = "/v1/filings?consignment=" + http::percent_encode(options.what);
  for (std::string after; !target.empty();) {
    const http::Response response = TRY(connection.send({http::Method::get, target + after, {}, {}}));
    const json::value parsed = TRY(object_in(response));
    const json::array* filings = array_of(parsed.as_object(), "filings");
    if (filings == nullptr) return fail(Code::internal, "the server's answer is not understood");
    if (options.json)
      for (const json::value& filing : *filings) std::cout << json::serialize(filing) << "\n";
    else
      print_filing_lines(*filings, options.language);
    const std::string_view next = text_of(parsed.as_object(), "next");
    // What needs somebody is the first page: the rest waits, or is done.
    if (next.empty() || options.what.empty()) break;
    after = "&cursor=" + http::percent_encode(next);
  }
  return {};
}

Status tell_status(const FileStatusOptions& options) {
  Connection connection = TRY(Connection::open(options.server));
  if (options.what.empty() || options.what.starts_with(kConsignmentId)) return print_list(connection, options);
  const http::Response response = TRY(connection.send({http::Method::get, target_of(options.what), {}, {}}));
  const json::value filing = TRY(object_in(response));
  print(response.body, filing.as_object(), options.json, options.language);
  return {};
}

// A refusal by the server is an answer; no server, no key, and an answer that is not understood are not.
int exit_of(const Status& status) {
  if (status) return kOk;
  const Code code = status.error().code;
  const bool answered = code == Code::conflict || code == Code::forbidden || code == Code::invalid || code == Code::not_found;
  return complain(status.error(), answered ? kFailed : kCannotRun);
}

}  // namespace

int file_confirm(const FileStepOptions& options) { return exit_of(confirm(options)); }

int file_lodge(const FileStepOptions& options) { return exit_of(lodge(options)); }

int file_status(const FileStatusOptions& options) { return exit_of(tell_status(options)); }

}  // namespace fairway::app
