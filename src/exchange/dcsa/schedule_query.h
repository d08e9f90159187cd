// The query parameters of Commercial Schedules 1.0 and a page of its answers. Values; any thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/status.h"
#include "exchange/dcsa/page_parameters.h"
#include "exchange/services.h"

namespace fairway::exchange::dcsa {

struct ScheduleParameter {
  enum class Form : uint8_t { text, port, date, count, receipt, cargo };
  std::string_view name;
  Form form = Form::text;
  bool needed = false;
};

struct ScheduleQuery {
  std::map<std::string, std::string, std::less<>> values;
  PageParameters page;

  [[nodiscard]] std::string_view operator[](std::string_view name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::string_view() : std::string_view(found->second);
  }
};

// Code::invalid for what is unknown, missing, there twice or not of its form, and another query's cursor.
[[nodiscard]] Result<ScheduleQuery> parse_schedule_query(const http::Fields& query, std::span<const ScheduleParameter> parameters);

// The objects of the page, a bare array, with Next-Page-Cursor. A schedule is computed anew for each page: what is told meanwhile may
// move an object from one to another.
[[nodiscard]] http::Response schedule_page(const ScheduleQuery& query, json::array objects, const ViewerPtr& viewer);

// {httpMethod, requestUri, …, errors: [{errorCode, property, value, errorCodeText, errorCodeMessage}]}
[[nodiscard]] std::string schedule_error(const Error& error, const http::Request& request, int status, int64_t now_us);

}  // namespace fairway::exchange::dcsa
