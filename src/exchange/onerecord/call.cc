#include "exchange/onerecord/call.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/bytes.h"
#include "base/instant.h"
#include "gateway/onerecord/reader.h"
#include "gateway/onerecord/vocabulary.h"
#include "gateway/onerecord/writer.h"

namespace fairway::exchange::onerecord {
namespace {

constexpr int64_t kSecondUs = 1'000'000;

// What a Host field may hold; whoever sends another is answered under the name of the machine itself.
bool is_host(std::string_view host) {
  const auto fine = [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']'; };
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, fine);
}

std::string base_of(const http::Request& request) {
  const std::string_view host = request.header("host");
  return std::string(request.secure ? "https://" : "http://").append(is_host(host) ? host : "localhost") + "/onerecord";
}

template <typename Change>
void change_all(ld::Node& node, const Change& change) {
  change(node.id, true);
  for (ld::Property& property : node.properties)
    for (ld::Value& value : property.values) {
      if (value.is_node())
        change_all(value.node.front(), change);
      else
        change(value.text, false);
    }
}

void drop_private(ld::Node& node) {
  std::erase_if(node.properties, [](const ld::Property& property) { return property.iri.starts_with(kPrivate); });
  for (ld::Property& property : node.properties)
    for (ld::Value& value : property.values)
      if (value.is_node()) drop_private(value.node.front());
}

// ";version=2.0.0-dev" and any other 2; none at all is the latest.
bool is_known_version(std::string_view type) {
  const size_t at = type.find("version=");
  if (at == std::string_view::npos) return true;
  std::string_view version = type.substr(at + 8);
  if (version.starts_with('"')) version.remove_prefix(1);
  return version.starts_with('2');
}

bool is_json_ld(std::string_view type) {
  const std::string media = to_lower(trim(type.substr(0, type.find(';'))));
  constexpr std::array<std::string_view, 4> kTaken = {"application/ld+json", "application/json", "*/*", "application/*"};
  return std::ranges::find(kTaken, media) != kTaken.end() && is_known_version(type);
}

Status check_accept(const http::Request& request) {
  std::string_view accept = request.header("accept");
  if (accept.empty()) return {};
  while (!accept.empty()) {
    const size_t comma = std::min(accept.find(','), accept.size());
    if (is_json_ld(accept.substr(0, comma))) return {};
    accept.remove_prefix(std::min(comma + 1, accept.size()));
  }
  return fail(Code::unsupported, "Unsupported content type", legible(request.header("accept")),
              "accept application/ld+json; version=2.3.0");
}

// Spec: 422 for what is understood and cannot be done, 415 for a type or version that is not known.
int status_of(const Error& error) {
  if (error.code == Code::unsupported) return 415;
  return http_status(error.code);
}

Result<http::Response> answer(Call& call, May may, Handle handle) {
  call.viewer = TRY(authenticate(call.services, call.request));
  if (may != nullptr) TRY_OK((*call.viewer.*may)());
  const bool reads = call.request.method == http::Method::get || call.request.method == http::Method::head;
  if (reads) TRY_OK(call.services.quota.admit(*call.viewer));
  TRY_OK(check_accept(call.request));
  return handle(call);
}

}  // namespace

std::string outward(std::string_view base, std::string_view address) {
  if (!address.starts_with(kObjects) && !address.starts_with(kRequests)) return std::string(address);
  return std::string(base).append("/").append(address.substr(kOwn.size()));
}

void bring_out(ld::Node& node, std::string_view base, std::string_view at) {
  drop_private(node);
  change_all(node, [base, at](std::string& text, bool is_id) {
    const bool dated = is_id && !at.empty() && text.starts_with(kObjects) && text.find('?') == std::string::npos;
    text = outward(base, text);
    if (dated) text += at;
  });
}

std::string Call::inward(std::string_view address) const {
  if (!address.starts_with(base) || address.substr(base.size(), 1) != "/") return std::string(address);
  return std::string(kOwn).append(address.substr(base.size() + 1));
}

void Call::bring_in(ld::Node& node) const {
  change_all(node, [this](std::string& text, bool) {
    if (text.starts_with(base)) text = inward(text);
  });
}

Result<ld::Node> Call::object() {
  const std::string_view type = request.header("content-type");
  if (type.empty() || !is_json_ld(type))
    return fail(Code::unsupported, "Unsupported content type", legible(type), "send application/ld+json; version=2.3.0");
  const std::string body = TRY(body_of(request));
  if (body.size() > limits::kLogisticsObjectBytesMax)
    return fail(Code::too_large, "the document is too large", std::to_string(body.size()) + " bytes",
                "at most " + std::to_string(limits::kLogisticsObjectBytesMax));
  Result<ld::Node> node = ld::read_object(body);
  if (!node) {
    Error error = node.error();  // a context that is not fetched is the document's fault, not its type's
    if (error.code == Code::unsupported) error.code = Code::invalid;
    return std::unexpected(std::move(error));
  }
  drop_private(*node);
  bring_in(*node);
  return node;
}

http::Handler route(Services& services, May may, Handle handle) {
  return [&services, may, handle](http::Request request, const http::Responder& responder) {
    Call call{services, std::move(request), nullptr, {}};
    call.base = base_of(call.request);
    Result<http::Response> answered = answer(call, may, handle);
    responder.send(answered ? std::move(*answered) : refusal(call, answered.error(), status_of(answered.error())));
  };
}

http::Response show(const Call& call, ld::Node node, std::string_view at) {
  call.bring_out(node, at);
  http::Response response;
  response.content_type = kContentType;
  response.headers = {{"content-language", "en-US"}, {"cache-control", "no-store"}, {"type", std::string(node.type())}};
  const bool expanded = call.request.header("accept").find("json-ld#expanded") != std::string_view::npos;
  response.body = ld::write_document(node, expanded ? ld::Form::expanded : ld::Form::compact);
  return response;
}

http::Response made(const Call& call, std::string_view address, std::string_view type, int status) {
  http::Response response;
  response.status = status;
  response.content_type = kContentType;
  response.headers = {{"location", call.outward(address)}, {"type", std::string(type)}, {"cache-control", "no-store"}};
  return response;
}

http::Response refusal(const Call& call, const Error& error, int status) {
  const ld::Node node =
      error_node(call.services, error, status, call.base + call.request.path.substr(std::string_view("/onerecord").size()));
  http::Response response = http::problem(error);  // for WWW-Authenticate and Retry-After
  response.status = status;
  response.content_type = kContentType;
  response.headers.emplace_back("content-language", "en-US");
  response.headers.emplace_back("type", ld::api("Error"));
  response.body = ld::write_document(node);
  if (error.code == Code::not_found && call.viewer) level_time(response, *call.viewer);
  return response;
}

ld::Node error_node(Services& services, const Error& error, int status, std::string_view resource) {
  ld::Node detail;
  detail.id = "internal:" + new_id(services.env);
  detail.types = {ld::api("ErrorDetail")};
  detail.add(ld::api("hasCode"), ld::Value::literal(std::to_string(status)));
  const std::string said = error.detail.empty() ? error.message : error.message + ": " + error.detail;
  detail.add(ld::api("hasMessage"), ld::Value::literal(error.hint.empty() ? said : said + " (" + error.hint + ")"));
  if (!resource.empty()) detail.add(ld::api("hasResource"), ld::Value::literal(std::string(resource), ld::xsd("anyURI")));
  ld::Node node;
  node.id = "internal:" + new_id(services.env);
  node.types = {ld::api("Error")};
  node.add(ld::api("hasTitle"), ld::Value::literal(error.message));
  node.add(ld::api("hasSeverity"), ld::Value::link(ld::api("ERROR")));
  node.add(ld::api("hasErrorDetail"), ld::Value::of(std::move(detail)));
  return node;
}

std::string http_date(int64_t us) {
  static constexpr std::array<std::string_view, 7> kDays = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // 1970 began on a Thursday
  static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilTime t = civil_of(us, 0);
  const auto day = static_cast<size_t>(us / (86'400 * kSecondUs) % 7);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[day], t.day, kMonths[static_cast<size_t>(t.month - 1)], t.year, t.hour,
                     t.minute, t.second);
}

std::string new_id(Env& env) { return uuid_from_digest(sha256(env.random_bytes(16))); }

ld::Value date_time(int64_t us) { return ld::Value::literal(to_rfc3339_utc(us), ld::xsd("dateTime")); }

ld::Value number(uint64_t value, std::string_view datatype) { return ld::Value::literal(std::to_string(value), ld::xsd(datatype)); }

Result<int64_t> moment_in(std::string_view name, std::string_view text) {
  std::string full(text);
  if (full.size() == 16 && full[8] == 'T' && full.back() == 'Z') {
    full.insert(13, ":").insert(11, ":").insert(6, "-").insert(4, "-");
  }
  const auto instant = parse_rfc3339(full);
  if (!instant) return fail(Code::invalid, "not a date and time", std::string(name) + "=" + legible(text), "write YYYYMMDDThhmmssZ");
  return instant->micros;
}

std::string organization(const PartyId& party) { return std::string(kObjects) + party; }

}  // namespace fairway::exchange::onerecord
