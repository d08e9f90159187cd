#include "base/status.h"

#include <array>

namespace fairway {
namespace {

struct CodeRow {
  Code code;
  std::string_view name;
  int http_status;
};

constexpr std::array kCodes = {
    CodeRow{Code::invalid, "invalid", 400},         CodeRow{Code::unauthorized, "unauthorized", 401},
    CodeRow{Code::forbidden, "forbidden", 403},     CodeRow{Code::not_found, "not_found", 404},
    CodeRow{Code::conflict, "conflict", 409},       CodeRow{Code::too_large, "too_large", 413},
    CodeRow{Code::unsupported, "unsupported", 415}, CodeRow{Code::throttled, "throttled", 429},
    CodeRow{Code::overloaded, "overloaded", 503},   CodeRow{Code::unavailable, "unavailable", 503},
    CodeRow{Code::internal, "internal", 500},       CodeRow{Code::second_factor, "second_factor", 401},
};

const CodeRow& row(Code code) { return kCodes.at(static_cast<size_t>(code)); }

}  // namespace

std::string_view name(Code code) { return row(code).name; }
int http_status(Code code) { return row(code).http_status; }

std::string Error::text() const {
  std::string line = message;
  if (!detail.empty()) line += ": " + detail;
  if (!hint.empty()) line += " (" + hint + ")";
  return line;
}

}  // namespace fairway
