// `fairway export` and `fairway import`: everything in a store as JSON lines, and back; or a party's own data from a server.
#include <fstream>
#include <iostream>

#include "app/commands.h"
#include "app/report.h"
#include "store/store.h"

namespace fairway::app {
namespace {

// Standard output for "-", or a file that is there only once the whole export is.
class Output {
 public:
  explicit Output(const std::string& path) : path_(path) {
    if (path != "-") file_.open(path + ".part", std::ios::binary | std::ios::trunc);
  }
  [[nodiscard]] Status write(std::string_view text) {
    std::ostream& out = path_ == "-" ? std::cout : file_;
    out << text;
    if (!out) return fail(Code::unavailable, "cannot write the export", path_, "is the disk full?");
    return {};
  }
  [[nodiscard]] Status finish() {
    if (path_ == "-") {
      std::cout.flush();
      return std::cout ? Status() : fail(Code::unavailable, "cannot write the export", path_);
    }
    file_.close();
    if (!file_ || std::rename((path_ + ".part").c_str(), path_.c_str()) != 0)
      return fail(Code::unavailable, "cannot write the export", path_);
    return {};
  }

 private:
  std::string path_;
  std::ofstream file_;
};

Status export_store(const std::string& url, Output& output) {
  if (!store::exists(url))
    return fail(Code::not_found, "no store is there to export", url, "say which with --store, or --url for a server's");
  const auto store = TRY(store::open(url, Env::system()));
  TRY_OK(store->export_lines([&](std::string_view line) -> Status {
    TRY_OK(output.write(line));
    return line.ends_with('\n') ? Status() : output.write("\n");
  }));
  return output.finish();
}

Status export_from_server(const ServerOptions& server, Output& output) {
  Connection connection = TRY(Connection::open(server));
  Status written;
  TRY(connection.stream({http::Method::get, "/v1/export", {}, {}}, [&](std::string_view piece) {
    written = output.write(piece);
    return written.has_value();
  }));
  TRY_OK(written);
  return output.finish();
}

Status import_into(const std::string& url, std::istream& in, uint64_t& lines) {
  const auto store = TRY(store::open(url, Env::system()));
  return store->import_lines([&]() -> Result<std::optional<std::string>> {
    std::string line;
    if (!std::getline(in, line)) return std::nullopt;
    ++lines;
    return line;
  });
}

}  // namespace

int export_all(const TransferOptions& options) {
  Output output(options.file);
  const Status done = options.from_server ? export_from_server(options.server, output) : export_store(options.store, output);
  return done ? kOk : complain(done.error(), kCannotRun);
}

int import_all(const TransferOptions& options) {
  std::ifstream file;
  if (options.file != "-") {
    file.open(options.file, std::ios::binary);
    if (!file) return complain({Code::not_found, "cannot read the file", options.file, ""}, kCannotRun);
  }
  uint64_t lines = 0;
  const Status done = import_into(options.store, options.file == "-" ? std::cin : file, lines);
  if (!done) return complain(done.error(), kCannotRun);
  std::cerr << "imported " << lines << " lines\n";
  return kOk;
}

}  // namespace fairway::app
