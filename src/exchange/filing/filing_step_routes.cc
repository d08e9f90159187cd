// /v1/filings/{filing}/…: checked, confirmed by named persons, lodged; and the same for many at once.
#include <algorithm>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/filing/filing_answers.h"
#include "exchange/filing/filing_for.h"
#include "exchange/filing/filing_steps.h"
#include "exchange/filing/rooms.h"
#include "exchange/filing/routes.h"

namespace fairway::exchange {
namespace {

using filing::Filing;

constexpr size_t kGroupsMax = 200;
constexpr size_t kBatchMax = 500;  // filings at once

std::vector<std::string> texts_of(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  if (const json::array* array = array_of(object, name))
    for (const json::value& item : *array)
      if (item.is_string() && texts.size() < kGroupsMax) texts.emplace_back(std::string_view(item.get_string()));
  return texts;
}

ConfirmWish confirm_wish_of(const json::object& body) {
  ConfirmWish wish;
  wish.groups = texts_of(body, "groups");
  for (std::string& group : texts_of(body, "lookedAt")) wish.looked_at.insert(std::move(group));
  wish.digest = text_of(body, "digest");
  return wish;
}

struct LodgeWish {
  filing::Kind kind = filing::Kind::original;
  std::string reason;
};
Result<LodgeWish> lodge_wish_of(const json::object& body) {
  LodgeWish wish;
  if (const std::string_view kind = text_of(body, "kind"); !kind.empty()) wish.kind = TRY(filing::kind_from(kind));
  wish.reason = trim(text_of(body, "reason"));
  return wish;
}

Result<http::Response> check(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return private_answer(whole_json(services, TRY(check_filing(services, request.parameter("filing"), *viewer))));
}

Result<http::Response> confirm(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_stand_for());
  const json::value parsed = TRY(object_in(request));
  const ConfirmWish wish = confirm_wish_of(parsed.get_object());
  if (wish.digest.empty()) return fail(Code::invalid, "which draft did you see?", {}, "send the \"digest\" of GET /v1/filings/{filing}");
  return private_answer(whole_json(services, TRY(confirm_filing(services, request.parameter("filing"), *viewer, wish))));
}

Result<http::Response> withdraw(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_stand_for());
  const Filing filing = TRY(own_filing(services, request.parameter("filing"), *viewer));
  const std::string group(request.parameter("group"));
  const Filing after = TRY(services.filings->book.step(filing.id, "confirmation withdrawn", viewer->person, [&](Filing& now) {
    return filing::withdraw_confirmation(now, group, services.env.now_us());
  }));
  return private_answer(whole_json(services, after));
}

Result<http::Response> lodge(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_stand_for());
  const json::value parsed = request.body.empty() ? json::value(json::object()) : TRY(object_in(request));
  const LodgeWish wish = TRY(lodge_wish_of(parsed.get_object()));
  const Filing after = TRY(lodge_filing(services, request.parameter("filing"), *viewer, wish.kind, wish.reason));
  return private_answer(whole_json(services, after), 202);
}

// One of a batch: its id, and for a confirmation the digest of what was seen.
struct Named {
  std::string id, digest;
};
Result<std::vector<Named>> named_in(const json::object& body) {
  const json::array* filings = array_of(body, "filings");
  if (filings == nullptr || filings->empty()) return fail(Code::invalid, "which filings?", {}, R"({"action":"check","filings":["fil_…"]})");
  if (filings->size() > kBatchMax)
    return fail(Code::too_large, "too many filings at once", std::to_string(filings->size()), "at most " + std::to_string(kBatchMax));
  std::vector<Named> named;
  for (const json::value& item : *filings) {
    if (const json::object* object = item.if_object())
      named.push_back({std::string(text_of(*object, "id")), std::string(text_of(*object, "digest"))});
    else
      named.push_back({item.is_string() ? std::string(std::string_view(item.get_string())) : std::string(), {}});
  }
  return named;
}

using Step = std::function<Result<Filing>(const Named&)>;

Result<Step> step_in(Services& services, const json::object& body, const ViewerPtr& viewer) {
  const std::string_view action = text_of(body, "action");
  if (action == "check") return Step([&services, viewer](const Named& one) { return check_filing(services, one.id, *viewer); });
  TRY_OK(viewer->may_stand_for());
  if (action == "confirm") {
    return Step([&services, viewer, wish = confirm_wish_of(body)](const Named& one) {
      ConfirmWish its = wish;
      its.digest = one.digest;
      return confirm_filing(services, one.id, *viewer, its);
    });
  }
  if (action != "lodge") return fail(Code::invalid, "not an action", legible(action), "check, confirm or lodge");
  return Step([&services, viewer, wish = TRY(lodge_wish_of(body))](const Named& one) {
    return lodge_filing(services, one.id, *viewer, wish.kind, wish.reason);
  });
}

Result<http::Response> many(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const json::value parsed = TRY(object_in(request));
  const std::vector<Named> named = TRY(named_in(parsed.get_object()));
  const Step step = TRY(step_in(services, parsed.get_object(), viewer));
  std::string out;
  JsonWriter writer(out);
  size_t done = 0;
  writer.begin_object().key("results").begin_array();
  for (const Named& one : named) {
    const auto stepped = step(one);
    writer.begin_object().member("id", one.id).member("ok", stepped.has_value());
    if (stepped) {
      ++done;
      writer.key("filing").raw(short_json(services, *stepped));
    } else {
      const Error& error = stepped.error();
      writer.key("problem").begin_object().member("code", name(error.code)).member("title", error.message);
      writer.optional_member("detail", error.detail).optional_member("hint", error.hint).end_object();
    }
    writer.end_object();
  }
  writer.end_array().member("done", done).member("refused", named.size() - done).end_object();
  return private_answer(std::move(out));
}

}  // namespace

void add_filing_step_routes(http::Router& router, Services& services) {
  using enum http::Method;
  const std::string at = "/v1/filings/{filing}";
  router.add(post, "/v1/filings/batch", answering(services, &access::Viewer::may_send, many));
  router.add(post, at + "/check", answering(services, &access::Viewer::may_send, check));
  router.add(post, at + "/confirmations", answering(services, &access::Viewer::may_send, confirm));
  router.add(del, at + "/confirmations/{group}", answering(services, &access::Viewer::may_send, withdraw));
  router.add(post, at + "/lodgements", answering(services, &access::Viewer::may_send, lodge));
}

}  // namespace fairway::exchange
