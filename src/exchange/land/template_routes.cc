// GET /v1/templates: empty sheets to fill in and send to /v1/messages. They say nothing about anybody and are open to all.
#include "base/json_writer.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "gateway/land/land.h"
#include "gateway/land/members.h"

namespace fairway::exchange {
namespace {

constexpr std::string_view kEnding = ".csv";

http::Response list() {
  http::Response response;
  JsonWriter writer(response.body);
  writer.begin_object().key("templates").begin_array();
  for (const gateway::land::TypeRow& type : gateway::land::types()) {
    writer.begin_object().member("type", type.name).member("path", "/v1/templates/" + std::string(type.name) + std::string(kEnding));
    writer.member("events", gateway::land::event_codes(type.type)).end_object();
  }
  writer.end_array().end_object();
  return response;
}

http::Response find(const http::Request& request) {
  std::string_view name = request.parameter("template");
  if (name.ends_with(kEnding)) name.remove_suffix(kEnding.size());
  auto sheet = gateway::land::template_csv(name);
  if (!sheet) return http::problem(sheet.error(), request.path);
  http::Response response;
  response.content_type = "text/csv; charset=utf-8; header=present";
  response.headers.emplace_back("content-disposition", "attachment; filename=\"fairway-" + std::string(name) + ".csv\"");
  response.body = std::move(*sheet);
  return response;
}

}  // namespace

void add_land_routes(http::Router& router, Services&) {
  router.add(http::Method::get, "/v1/templates", [](const http::Request&, const http::Responder& responder) { responder.send(list()); });
  router.add(http::Method::get, "/v1/templates/{template}",
             [](const http::Request& request, const http::Responder& responder) { responder.send(find(request)); });
}

}  // namespace fairway::exchange
