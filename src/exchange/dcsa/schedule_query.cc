#include "exchange/dcsa/schedule_query.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"
#include "exchange/dcsa/api.h"
#include "exchange/dcsa/path_query.h"
#include "model/place.h"

namespace fairway::exchange::dcsa {
namespace {

constexpr size_t kTextCharsMax = 50;
constexpr int kErrorCode = 7000;  // the standard leaves the codes to whoever answers

Status check(const ScheduleParameter& parameter, std::string_view value) {
  using enum ScheduleParameter::Form;
  const auto one_of = [&](std::initializer_list<std::string_view> words) { return std::ranges::find(words, value) != words.end(); };
  switch (parameter.form) {
    case port:
      if (!is_unlocode_form(value)) return bad_parameter(parameter.name, value, "a UN/LOCODE: HKHKG");
      break;
    case date:
      if (!is_date(value)) return bad_parameter(parameter.name, value, "a date: 2026-01-23");
      break;
    case count:
      if (value.size() != 1 || value[0] < '0' || value[0] > '9') return bad_parameter(parameter.name, value, "a number from 0 to 9");
      break;
    case receipt:
      if (!one_of({"CY", "SD", "CFS"})) return bad_parameter(parameter.name, value, "CY, SD or CFS");
      break;
    case cargo:
      if (!one_of({"DRY", "REEFER"})) return bad_parameter(parameter.name, value, "DRY or REEFER");
      break;
    case text:
      if (trim(value).empty() || value.size() > kTextCharsMax) return bad_parameter(parameter.name, value, "1 to 50 characters");
      break;
  }
  return {};
}

}  // namespace

Result<ScheduleQuery> parse_schedule_query(const http::Fields& query, std::span<const ScheduleParameter> parameters) {
  ScheduleQuery q;
  q.page = TRY(read_page_parameters(query, "", [&](const std::string& name, const std::string& value) -> Status {
    const auto parameter = std::ranges::find(parameters, name, &ScheduleParameter::name);
    if (parameter == parameters.end()) return bad_parameter(name, value, "this parameter is not known here");
    TRY_OK(check(*parameter, value));
    if (!q.values.emplace(name, trim(value)).second) return bad_parameter(name, value, "once is enough");
    return {};
  }));
  for (const ScheduleParameter& parameter : parameters)
    if (parameter.needed && q[parameter.name].empty()) return bad_parameter(parameter.name, "", "it is required");
  return q;
}

http::Response schedule_page(const ScheduleQuery& query, json::array objects, const ViewerPtr& viewer) {
  const size_t begin = std::min<size_t>(query.page.cursor.after(), objects.size());
  const size_t end = std::min(begin + query.page.limit, objects.size());
  http::Response response;
  response.headers = {{"cache-control", "no-store"}};
  if (end < objects.size()) response.headers.emplace_back("next-page-cursor", query.page.cursor.next(end).text(query.page.fingerprint));
  json::array page;
  for (size_t i = begin; i < end; ++i) page.push_back(std::move(objects[i]));
  if (page.empty()) level_time(response, *viewer);
  response.body = json::serialize(page);
  return response;
}

std::string schedule_error(const Error& error, const http::Request& request, int status, int64_t now_us) {
  auto body = parse_json(request_error(error, request, status, now_us));
  if (!body || !body->is_object()) return "{}";
  std::string said = error.message;
  if (!error.hint.empty()) said.append(": ").append(error.hint);
  json::object detailed(
      {{"errorCode", kErrorCode + status}, {"errorCodeText", name(error.code)}, {"errorCodeMessage", legible(said, 5000)}});
  if (const size_t equals = error.detail.find('='); status == 400 && equals != std::string::npos) {
    detailed["property"] = legible(error.detail.substr(0, equals), 100);
    detailed["value"] = legible(error.detail.substr(equals + 1), 500);
  }
  body->get_object()["errors"] = json::array({std::move(detailed)});
  return json::serialize(*body);
}

}  // namespace fairway::exchange::dcsa
