#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "http/server.h"

namespace fairway::http {
namespace {

// The segments after the leading slash; "/" has one empty segment.
std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  for (size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    segments.push_back(path.substr(0, slash));
    path.remove_prefix(slash + 1);
  }
  segments.push_back(path);
  return segments;
}

bool same_text(std::string_view literal, std::string_view encoded) {
  if (encoded.find('%') == std::string_view::npos) return literal == encoded;
  const auto decoded = percent_decode(encoded, false);
  return decoded && *decoded == literal;
}

bool has_dot_segment(std::string_view path) {
  const auto segments = split(path);
  return std::ranges::any_of(segments, [](std::string_view segment) { return segment == "." || segment == ".."; });
}

}  // namespace

Router::Segment Router::parse_segment(std::string_view text) {
  if (!text.starts_with('{') || !text.ends_with('}')) return {Kind::literal, std::string(text)};
  text = text.substr(1, text.size() - 2);
  if (!text.ends_with("...")) return {Kind::parameter, std::string(text)};
  return {Kind::rest, std::string(text.substr(0, text.size() - 3))};
}

void Router::add(Method method, std::string pattern, Handler handler, AtOnce at_once) {
  Route route{method, std::move(pattern), {}, std::move(handler), std::move(at_once)};
  for (const std::string_view segment : split(route.pattern)) route.segments.push_back(parse_segment(segment));
  // Where two patterns take one path, the first segment in which their kinds differ decides: kept in that order, the first route
  // that takes a path is the one to run.
  const auto kinds_before = [](const Route& a, const Route& b) {
    return std::ranges::lexicographical_compare(a.segments, b.segments, {}, &Segment::kind, &Segment::kind);
  };
  routes_.insert(std::ranges::upper_bound(routes_, route, kinds_before), std::move(route));
}

bool Router::takes(const Route& route, const std::vector<std::string_view>& segments) {
  const bool open_ended = is_open_ended(route);
  const size_t fixed = route.segments.size() - (open_ended ? 1 : 0);
  if (open_ended ? segments.size() <= fixed : segments.size() != fixed) return false;
  for (size_t at = 0; at < fixed; ++at) {
    const Segment& segment = route.segments[at];
    if (segment.kind == Kind::literal ? !same_text(segment.text, segments[at]) : segments[at].empty()) return false;
  }
  return true;
}

Result<Fields> Router::parameters(const Route& route, std::string_view path, const std::vector<std::string_view>& segments) {
  Fields fields;
  for (size_t at = 0; at < route.segments.size(); ++at) {
    const Segment& segment = route.segments[at];
    if (segment.kind == Kind::literal) continue;
    std::string_view encoded = segments[at];
    if (segment.kind == Kind::rest) encoded = path.substr(static_cast<size_t>(encoded.data() - path.data()));
    std::string decoded = TRY(percent_decode(encoded, false));
    if (segment.kind == Kind::rest && has_dot_segment(decoded)) {
      return fail(Code::not_found, "There is nothing at this path.", {}, "Paths must not contain '.' or '..' segments.");
    }
    fields.emplace_back(segment.text, std::move(decoded));
  }
  return fields;
}

bool Router::is_open_ended(const Route& route) { return route.segments.back().kind == Kind::rest; }

std::string Router::allowed_methods(const std::vector<std::string_view>& segments) const {
  std::array<bool, static_cast<size_t>(Method::other) + 1> allowed{};
  bool known_exactly = false;
  for (const Route& route : routes_) {
    if (!takes(route, segments) || (known_exactly && is_open_ended(route))) continue;
    allowed[static_cast<size_t>(route.method)] = true;
    known_exactly = known_exactly || !is_open_ended(route);
  }
  allowed[static_cast<size_t>(Method::head)] |= allowed[static_cast<size_t>(Method::get)];
  std::string list;
  for (size_t method = 0; method < allowed.size(); ++method) {
    if (!allowed[method]) continue;
    if (!list.empty()) list += ", ";
    list += name(static_cast<Method>(method));
  }
  return list;
}

Result<Router::Match> Router::match(Method method, std::string_view path) const {
  const auto segments = split(path);
  const auto first_for = [&](Method wanted) {
    return std::ranges::find_if(routes_, [&](const Route& route) { return route.method == wanted && takes(route, segments); });
  };
  auto route = first_for(method);
  if (route == routes_.end() && method == Method::head) route = first_for(Method::get);
  // What takes any rest does not answer for a path that a route before it knows by its whole pattern, if not by this method.
  const bool is_stand_in = route != routes_.end() && is_open_ended(*route) && std::any_of(routes_.begin(), route, [&](const Route& other) {
                             return !is_open_ended(other) && takes(other, segments);
                           });
  if (route != routes_.end() && !is_stand_in) {
    return Match{&route->handler, route->pattern, route->at_once ? &route->at_once : nullptr, TRY(parameters(*route, path, segments))};
  }
  std::string allowed = allowed_methods(segments);
  if (allowed.empty()) return fail(Code::not_found, "There is nothing at this path.");
  return fail(Code::unsupported, "This path does not take that method.", std::move(allowed), "The Allow field lists those it takes.");
}

}  // namespace fairway::http
