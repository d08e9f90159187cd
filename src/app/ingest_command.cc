// `fairway ingest`: sends files to a server and says what became of each.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include "app/commands.h"
#include "app/report.h"
#include "base/json.h"
#include "base/limits.h"
#include "gateway/decoded.h"

namespace fairway::app {
namespace {

namespace fs = std::filesystem;

constexpr int kTriesMax = 6;  // while the server answers that it is overloaded or away: 0.5, 1, 2, 4, 8 seconds between

// The files to send, by name, so that a folder written in order is sent in order.
Result<std::vector<std::string>> files_of(const std::string& path) {
  if (path == "-") return std::vector<std::string>{path};
  std::error_code error;
  if (!fs::exists(path, error)) return fail(Code::not_found, "no such file or folder", path);
  if (!fs::is_directory(path, error)) return std::vector<std::string>{path};
  std::vector<std::string> files;
  for (fs::recursive_directory_iterator it(path, error), end; !error && it != end; it.increment(error))
    if (it->is_regular_file() && !it->path().filename().string().starts_with('.')) files.push_back(it->path().string());
  if (error) return fail(Code::not_found, "cannot read the folder", path + ": " + error.message());
  std::ranges::sort(files, {}, [](const std::string& file) { return fs::path(file).filename().string() + file; });
  return files;
}

struct Tally {
  size_t files = 0, failed_files = 0, accepted = 0, repeated = 0, refused = 0;
};

void print_refused(const std::string& file, const json::object& receipt) {
  const json::array* messages = array_of(receipt, "messages");
  if (messages == nullptr) return;
  for (const json::value& item : *messages) {
    const json::object* message = item.if_object();
    const json::object* problem = message != nullptr ? object_of(*message, "problem") : nullptr;
    if (problem == nullptr) continue;
    std::cerr << file << ": " << text_of(*message, "type") << " " << text_of(*message, "status") << ": " << text_of(*problem, "title");
    if (const auto detail = text_of(*problem, "detail"); !detail.empty()) std::cerr << ": " << detail;
    std::cerr << "\n";
  }
}

void print_receipt(const std::string& file, const http::Response& response, bool as_json, Tally& tally) {
  const auto parsed = parse_json(response.body);
  const json::object* receipt = parsed ? parsed->if_object() : nullptr;
  if (receipt == nullptr) return;
  const auto count = [&](const char* member) { return static_cast<size_t>(integer_of(*receipt, member).value_or(0)); };
  tally.accepted += count("accepted");
  tally.repeated += count("repeated");
  tally.refused += count("refused");
  if (as_json)
    std::cout << response.body << "\n";
  else
    std::cout << file << ": " << count("accepted") << " accepted, " << count("repeated") << " repeated, " << count("refused")
              << " refused\n";
  if (!as_json) print_refused(file, *receipt);
}

Result<http::Response> send_patiently(Connection& connection, const std::string& body) {
  const gateway::Format format = gateway::detect(body);
  const char* type = format == gateway::Format::edifact ? "application/edifact" : "application/json";
  if (format == gateway::Format::ais) type = "application/vnd.nmea0183";
  for (int attempt = 1;; ++attempt) {
    auto response = connection.send({http::Method::post, "/v1/messages", {{"content-type", type}}, body});
    const bool passing = !response && (response.error().code == Code::overloaded || response.error().code == Code::unavailable);
    if (!passing || attempt == kTriesMax) return response;
    std::this_thread::sleep_for(std::chrono::milliseconds(250 << attempt));
  }
}

void show_progress(const Tally& tally, size_t files) {
  if (isatty(STDERR_FILENO) == 0 || files < 2) return;
  std::cerr << "\r" << tally.files << " of " << files << " files" << (tally.files == files ? "\n" : "") << std::flush;
}

}  // namespace

int ingest(const IngestOptions& options) {
  const auto files = files_of(options.path);
  if (!files) return complain(files.error(), kCannotRun);
  if (files->empty()) return complain({Code::not_found, "nothing to send", options.path, "the folder has no files"}, kCannotRun);
  auto connection = Connection::open(options.server);
  if (!connection) return complain(connection.error(), kCannotRun);
  Tally tally;
  for (const std::string& file : *files) {
    ++tally.files;
    const auto body = read_input(file, limits::kRequestBodyBytesMax);
    auto response = body ? send_patiently(*connection, *body) : Result<http::Response>(std::unexpected(body.error()));
    if (response) {
      print_receipt(file, *response, options.json, tally);
    } else {
      ++tally.failed_files;
      std::cerr << file << ": " << response.error().text() << "\n";
      if (response.error().code == Code::unauthorized || response.error().code == Code::unavailable) return kCannotRun;
    }
    show_progress(tally, files->size());
  }
  if (files->size() > 1)
    std::cerr << tally.files << " files: " << tally.accepted << " messages accepted, " << tally.repeated << " repeated, " << tally.refused
              << " refused; " << tally.failed_files << " files not sent\n";
  return tally.refused == 0 && tally.failed_files == 0 ? kOk : kFailed;
}

}  // namespace fairway::app
