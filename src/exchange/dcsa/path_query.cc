#include "exchange/dcsa/path_query.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"

namespace fairway::exchange::dcsa {
namespace {

constexpr size_t kValuesMax = 100;  // of one list

// The texts under the path. Lists on the way are looked through, so what is walked is at most the object itself.
std::vector<std::string> texts_at(const json::object& object, std::string_view path) {
  std::vector<const json::value*> values;
  const auto enter = [](std::vector<const json::value*>& into, const json::value& value) {
    const json::array* items = value.if_array();
    if (items == nullptr) return into.push_back(&value);
    for (const json::value& item : *items) into.push_back(&item);
  };
  for (bool first = true; !path.empty(); first = false) {
    const size_t slash = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    std::vector<const json::value*> next;
    const auto step = [&](const json::object& from) {
      if (const json::value* value = from.if_contains(name)) enter(next, *value);
    };
    if (first) step(object);
    for (const json::value* value : values)
      if (const json::object* from = value->if_object()) step(*from);
    values = std::move(next);
  }
  std::vector<std::string> texts;
  for (const json::value* value : values)
    if (const json::string* text = value->if_string()) texts.emplace_back(text->data(), text->size());
  return texts;
}

}  // namespace

bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && parse_rfc3339(std::string(text) + "T00:00:00Z").has_value();
}

std::vector<Reference> PathQuery::index() const {
  const Wanted* best = nullptr;
  for (const Wanted& wanted : wanted_)
    if (!wanted.references.empty() && (best == nullptr || best->filter->kind == ReferenceKind::vessel)) best = &wanted;
  return best == nullptr ? std::vector<Reference>() : best->references;
}

bool PathQuery::holds(const Wanted& wanted, std::string_view text) {
  switch (wanted.filter->looks) {
    case Looks::date_from: return text.substr(0, 10) >= wanted.values.front();
    case Looks::date_to: return text.substr(0, 10) <= wanted.values.front();
    case Looks::time_from:
    case Looks::time_to: {
      const auto instant = parse_rfc3339(text);
      if (!instant) return false;
      return wanted.filter->looks == Looks::time_from ? instant->micros >= wanted.micros : instant->micros <= wanted.micros;
    }
    default: break;
  }
  if (!wanted.filter->kind) return std::ranges::find(wanted.values, text) != wanted.values.end();
  const auto reference = Reference::make(*wanted.filter->kind, text);
  return reference && std::ranges::find(wanted.references, *reference) != wanted.references.end();
}

bool PathQuery::matches(const json::object& object) const {
  return std::ranges::all_of(wanted_, [&](const Wanted& wanted) {
    if (wanted.filter->looks == Looks::truth) return true;
    return std::ranges::any_of(wanted.filter->paths, [&](std::string_view path) {
      const std::vector<std::string> texts = texts_at(object, path);
      return std::ranges::any_of(texts, [&](const std::string& text) { return holds(wanted, text); });
    });
  });
}

bool PathQuery::says(std::string_view name, std::string_view value) const {
  return std::ranges::any_of(wanted_, [&](const Wanted& w) { return w.filter->name == name && w.values.front() == value; });
}

Result<PathQuery::Wanted> PathQuery::parse(const PathFilter& filter, std::string_view value) {
  Wanted wanted{&filter, {}, {}, 0};
  std::string_view rest = value;
  do {
    const size_t comma = filter.looks == Looks::list ? std::min(rest.find(','), rest.size()) : rest.size();
    wanted.values.emplace_back(trim(rest.substr(0, comma)));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  } while (!rest.empty() && wanted.values.size() <= kValuesMax);
  if (wanted.values.size() > kValuesMax) return bad_parameter(filter.name, value, "at most " + std::to_string(kValuesMax) + " values");
  if (filter.kind)
    for (const std::string& text : wanted.values) wanted.references.push_back(TRY(Reference::make(*filter.kind, text)));
  const std::string& text = wanted.values.front();
  const bool is_day = filter.looks == Looks::date_from || filter.looks == Looks::date_to;
  if (is_day && !is_date(text)) return bad_parameter(filter.name, value, "a date: 2026-01-23");
  if (filter.looks == Looks::truth && text != "true" && text != "false") return bad_parameter(filter.name, value, "true or false");
  if (filter.looks == Looks::time_from || filter.looks == Looks::time_to) {
    const auto instant = parse_rfc3339(text);
    if (!instant) return bad_parameter(filter.name, value, instant.error().hint);
    wanted.micros = instant->micros;
  }
  return wanted;
}

Result<PathQuery> parse_path_query(const http::Fields& query, std::span<const PathFilter> filters) {
  PathQuery q;
  q.page = TRY(read_page_parameters(query, "", [&](const std::string& name, const std::string& value) -> Status {
    const auto filter = std::ranges::find(filters, name, &PathFilter::name);
    if (filter == filters.end()) return bad_parameter(name, value, "this parameter is not known here");
    if (std::ranges::any_of(q.wanted_, [&](const auto& wanted) { return wanted.filter == &*filter; }))
      return bad_parameter(name, value, "once is enough");
    q.wanted_.push_back(TRY(PathQuery::parse(*filter, value)));
    return {};
  }));
  return q;
}

}  // namespace fairway::exchange::dcsa
