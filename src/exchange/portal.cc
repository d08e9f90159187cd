#include "exchange/portal.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "base/bytes.h"
#include "base/gzip.h"

namespace fairway::exchange {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kTypes = {{{".html", "text/html; charset=utf-8"},
                                                                                   {".js", "text/javascript; charset=utf-8"},
                                                                                   {".css", "text/css; charset=utf-8"},
                                                                                   {".json", "application/json"},
                                                                                   {".webmanifest", "application/manifest+json"},
                                                                                   {".svg", "image/svg+xml"},
                                                                                   {".png", "image/png"},
                                                                                   {".ico", "image/x-icon"},
                                                                                   {".woff2", "font/woff2"},
                                                                                   {".txt", "text/plain; charset=utf-8"}}};

std::string_view type_of(const fs::path& file) {
  for (const auto& [extension, type] : kTypes)
    if (file.extension() == extension) return type;
  return "application/octet-stream";
}

struct Asset {
  std::shared_ptr<const std::string> plain, packed;  // packed where it pays
  std::string content_type, etag, cache;
};

Result<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  if (!in) return fail(Code::not_found, "cannot read a file", path.string());
  return std::move(out).str();
}

Result<std::shared_ptr<const Asset>> load(const fs::path& file, std::string_view content_type, bool immutable) {
  auto asset = std::make_shared<Asset>();
  auto plain = std::make_shared<const std::string>(TRY(read_file(file)));
  auto packed = std::make_shared<const std::string>(gzip(*plain));
  asset->etag = "\"" + to_hex(sha256(*plain).substr(0, 12)) + "\"";
  asset->content_type = content_type;
  asset->cache = immutable ? "public, max-age=31536000, immutable" : "no-cache";
  if (packed->size() + 64 < plain->size()) asset->packed = std::move(packed);
  asset->plain = std::move(plain);
  return asset;
}

http::Response serve(const Asset& asset, const http::Request& request) {
  http::Response response;
  response.content_type = asset.content_type;
  response.headers = {{"etag", asset.etag}, {"cache-control", asset.cache}, {"vary", "accept-encoding"}};
  if (request.header("if-none-match").find(asset.etag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  const bool packed = asset.packed && request.header("accept-encoding").find("gzip") != std::string_view::npos;
  if (packed) response.headers.emplace_back("content-encoding", "gzip");
  response.shared_body = packed ? asset.packed : asset.plain;
  return response;
}

void add_asset(http::Router& router, const std::string& pattern, std::shared_ptr<const Asset> asset) {
  router.add(http::Method::get, pattern, [asset = std::move(asset)](const http::Request& request, const http::Responder& responder) {
    responder.send(serve(*asset, request));
  });
}

// The page keeps its own addresses (/track/MSCU1234566); an interface's or a file's address is never one of them.
bool is_page_address(std::string_view path) {
  constexpr std::array<std::string_view, 8> kInterfaces = {"/v1",        "/assets",  "/dcsa", "/epcis",
                                                           "/onerecord", "/schemas", "/as2",  "/ledger"};
  const bool interface = std::ranges::any_of(kInterfaces, [&](std::string_view root) {
    return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
  });
  const std::string_view last = path.substr(path.rfind('/') + 1);
  return !interface && (path.starts_with("/track/") || last.find('.') == std::string_view::npos);
}

}  // namespace

http::Fields security_headers() {
  return {{"content-security-policy",
           "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
           "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
          {"x-content-type-options", "nosniff"},
          {"referrer-policy", "no-referrer"},
          {"cross-origin-opener-policy", "same-origin"},
          {"cross-origin-resource-policy", "same-origin"},
          {"permissions-policy", "camera=(), geolocation=(), microphone=()"}};
}

Status add_portal(http::Router& router, const std::string& directory) {
  const fs::path root(directory);
  const auto index = TRY(load(root / "index.html", "text/html; charset=utf-8", false));
  std::error_code error;
  for (fs::recursive_directory_iterator it(root, error), end; !error && it != end; it.increment(error)) {
    if (!it->is_regular_file()) continue;
    const std::string path = "/" + fs::relative(it->path(), root).generic_string();
    const bool hashed = path.starts_with("/assets/");  // Vite puts the content's hash into these names
    add_asset(router, path, TRY(load(it->path(), type_of(it->path()), hashed)));
  }
  add_asset(router, "/", index);
  router.add(http::Method::get, "/{address...}", [index](const http::Request& request, const http::Responder& responder) {
    if (is_page_address(request.path)) return responder.send(serve(*index, request));
    responder.send(http::problem({Code::not_found, "nothing is at this address", request.path, "see /openapi.yaml"}, request.path));
  });
  return {};
}

Status add_file(http::Router& router, const std::string& path, const std::string& file, const std::string& content_type) {
  add_asset(router, path, TRY(load(file, content_type, false)));
  return {};
}

}  // namespace fairway::exchange
