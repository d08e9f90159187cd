// GET /v1/filings/{filing} in the format that is asked for, and the day's filings as one sheet.
#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/filing/filing_answers.h"
#include "exchange/filing/filing_for.h"
#include "exchange/filing/rooms.h"
#include "exchange/filing/routes.h"
#include "filing/lodge/outbox.h"

namespace fairway::exchange {
namespace {

using filing::Filing;

http::Response file_answer(std::string body, std::string_view type, const std::string& name) {
  http::Response response = private_answer(std::move(body));
  response.content_type = type;
  response.headers.emplace_back("content-disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

// As the authority gets it: what was ordered last, or what an order of now would send.
Result<http::Response> official(Services& services, const Filing& filing) {
  filing::Lodgement now;
  now.id = "preview";
  now.digest = filing.draft.digest();
  now.ordered_us = services.env.now_us();
  const filing::Letter letter = TRY(filing::write_letter(filing, filing.lodgements.empty() ? now : filing.lodgements.back()));
  return file_answer(letter.body, letter.content_type,
                     filing.id + (letter.content_type.find("xml") != std::string::npos ? ".xml" : ".edi"));
}

using Paper = Result<http::Response> (*)(Services&, const Filing&);
struct Format {
  std::string_view name, type;
  Paper paper;
};
constexpr Format kFormats[] = {
    {"json", "application/json",
     [](Services& services, const Filing& filing) -> Result<http::Response> { return private_answer(whole_json(services, filing)); }},
    {"official", "", official},
};

Result<const Format*> format_of(const http::Request& request) {
  if (const std::string* wanted = request.query_value("format")) {
    for (const Format& format : kFormats)
      if (format.name == *wanted) return &format;
    return fail(Code::invalid, "not a format", "format=" + legible(*wanted), "json, pdf, csv or official");
  }
  const std::string_view accept = request.header("accept");
  for (const Format& format : kFormats)
    if (!format.type.empty() && accept.find(format.type) != std::string_view::npos) return &format;
  return &kFormats[0];
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Format* format = TRY(format_of(request));
  return format->paper(services, TRY(filing_for(services, request.parameter("filing"), *viewer)));
}

}  // namespace

void add_filing_paper_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/v1/filings/{filing}", answering(services, &access::Viewer::may_read, find));
}

}  // namespace fairway::exchange
