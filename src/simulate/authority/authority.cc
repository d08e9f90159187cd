#include "simulate/authority/authority.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "filing/lodge/answers.h"
#include "simulate/authority/own_format.h"

namespace fairway::simulate {
namespace {

constexpr size_t kAnswersPerPage = 100;

http::Response json_response(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

http::Response acknowledgement(int status, std::string_view letter, uint64_t requests) {
  std::string body;
  JsonWriter(body).begin_object().member("letter", letter).member("requests", requests).end_object();
  return json_response(status, std::move(body));
}

}  // namespace

http::Response Authority::refuse_for_now(std::string_view why) const {
  return http::problem(Error{Code::unavailable, std::string(why), {}, "send it again"});
}

http::Response Authority::put_letter(const LetterHeaders& head, std::string_view body) {
  const std::lock_guard lock(mutex_);
  const int64_t now_us = env_.now_us();
  if (!is_open(conduct_, now_us)) {
    ++closed_;
    log::info("{} comes outside of the hours", head.id);
    return refuse_for_now("the office is closed");
  }
  const uint64_t attempt = attempts_[head.id]++;
  const Mishap happens = mishap(conduct_, head.id, attempt);
  if (happens == Mishap::refused_before) {
    log::info("{} meets an outage and is not taken", head.id);
    return refuse_for_now("out of order");
  }
  const auto before = taken_.find(head.id);
  if (before != taken_.end() && before->second.body != body) {
    differing_.insert(head.id);
    log::warn("{} comes again with something else in it", head.id);
    return http::problem(Error{Code::conflict, "another letter was taken under this id", head.id, {}});
  }
  const bool is_new = before == taken_.end();
  if (is_new) {
    auto view = read_letter(head, body);
    if (!view) {
      log::info("{} cannot be read: {}", head.id, view.error().text());
      return http::problem(view.error());
    }
    std::string line;
    JsonWriter json(line);
    json.begin_object().key("letter").begin_object().member("id", head.id).member("filing", head.filing).member("kind", head.kind);
    json.member("form", head.form).member("format", head.format).member("number", head.number).member("contentType", head.content_type);
    json.member("at", now_us).member("body", to_base64(body)).end_object().end_object();
    if (const Status kept = keep(line); !kept) return http::problem(kept.error());
    take(std::move(*view), std::string(body), now_us);
  } else {
    std::string line;
    JsonWriter(line).begin_object().member("again", head.id).end_object();
    if (const Status kept = keep(line); !kept) return http::problem(kept.error());
  }
  const uint64_t requests = ++taken_.find(head.id)->second.requests;
  log::info("{} {} of {} {}", head.id, head.kind, head.filing, is_new ? "is taken" : "has come again");
  if (happens == Mishap::lost_after) return refuse_for_now("out of order, after all");
  return acknowledgement(is_new ? 201 : 200, head.id, requests);
}

void Authority::take(LetterView view, std::string body, int64_t at_us) {
  const LetterHeaders head = view.head;
  Known& known = known_[head.filing];
  if (head.kind == "original" && known.stands) lodged_twice_.insert(head.filing);
  Taken taken{std::move(view), std::move(body), at_us, 0, {}};
  taken.plan = decide(conduct_, taken.view, known);
  for (size_t i = 0; i < taken.plan.size(); ++i) {
    filing::Heard& heard = taken.plan[i].heard;
    heard.answer.at_us = at_us + taken.plan[i].after_us;
    pending_.insert({heard.answer.at_us, {head.id, i}});
    const std::string& status = heard.answer.status;
    if (taken.plan[i].repeat) continue;
    if (status == "accepted" || status == "queried") known = {heard.answer.number, true, status == "queried"};
    if (status == "amended") known.queried = false;
    if (status != "cancelled") continue;
    known.stands = false;
    cancelled_us_[head.filing] = heard.answer.at_us;
  }
  taken_.emplace(head.id, std::move(taken));
}

// What came due is given in the order of its moments, and stays given; nothing more is said of what was cancelled before.
Status Authority::give_what_is_due() {
  const int64_t now_us = env_.now_us();
  while (!pending_.empty() && pending_.begin()->first <= now_us) {
    const auto [moment_us, what] = *pending_.begin();
    const Taken& taken = taken_.find(what.first)->second;
    const filing::Heard& heard = taken.plan[what.second].heard;
    const auto cancelled = cancelled_us_.find(heard.filing);
    const bool is_void = cancelled != cancelled_us_.end() && moment_us > cancelled->second && taken.view.head.kind != "cancellation";
    if (!is_void) {
      std::string line;
      JsonWriter(line).begin_object().member("given", what.first).member("answer", what.second).end_object();
      TRY_OK(keep(line));
      given_.push_back({what.first, what.second});
      log::info("{} is answered: {}{}", what.first, heard.answer.status, taken.plan[what.second].repeat ? ", again" : "");
    }
    pending_.erase(pending_.begin());
  }
  return {};
}

std::string Authority::answer_json(const Given& given) const {
  const Taken& taken = taken_.find(given.letter)->second;
  const filing::Heard& heard = taken.plan[given.answer].heard;
  const std::string raw = in_own_format(taken.view, heard, number_for(conduct_, taken.view));
  if (raw.empty()) return filing::to_json(heard);
  std::string out;
  JsonWriter(out).begin_object().member("id", heard.answer.id).member("raw", raw).end_object();
  return out;
}

http::Response Authority::answers(std::string_view cursor) {
  const std::lock_guard lock(mutex_);
  size_t from = 0;
  if (!cursor.empty()) {
    const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), from);
    if (error != std::errc() || end != cursor.data() + cursor.size())
      return http::problem(Error{Code::invalid, "this is no cursor of ours", std::string(cursor), {}});
  }
  if (const Status given = give_what_is_due(); !given) return http::problem(given.error());
  const size_t first = std::min(from, given_.size()), last = std::min(given_.size(), first + kAnswersPerPage);
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("answers").begin_array();
  for (size_t i = first; i < last; ++i) json.raw(answer_json(given_[i]));
  json.end_array().member("next", std::to_string(last)).end_object();
  return json_response(200, std::move(body));
}

http::Response Authority::letters() {
  const std::lock_guard lock(mutex_);
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("letters").begin_array();
  for (const auto& [id, taken] : taken_) {
    const LetterHeaders& head = taken.view.head;
    json.begin_object().member("id", id).member("filing", head.filing).member("kind", head.kind).member("form", head.form);
    json.member("format", head.format).member("requests", taken.requests).member("taken", 1).member("at", taken.at_us).end_object();
  }
  json.end_array().key("lodgedTwice").begin_array();
  for (const std::string& filing : lodged_twice_) json.value(filing);
  json.end_array().key("differing").begin_array();
  for (const std::string& id : differing_) json.value(id);
  json.end_array().member("closed", closed_).member("given", given_.size()).member("due", pending_.size()).end_object();
  return json_response(200, std::move(body));
}

http::Router Authority::router() {
  http::Router router;
  router.add(http::Method::put, "/letters/{id}", [this](const http::Request& request, const http::Responder& responder) {
    const LetterHeaders head{std::string(request.parameter("id")),          std::string(request.header("fairway-filing")),
                             std::string(request.header("fairway-kind")),   std::string(request.header("fairway-form")),
                             std::string(request.header("fairway-format")), std::string(request.header("fairway-number")),
                             std::string(request.header("content-type"))};
    responder.send(put_letter(head, request.body));
  });
  router.add(http::Method::get, "/letters/{id}", [this](const http::Request& request, const http::Responder& responder) {
    const std::lock_guard lock(mutex_);
    const auto found = taken_.find(request.parameter("id"));
    if (found == taken_.end()) return responder.send(http::problem(Error{Code::not_found, "there is no such letter", {}, {}}));
    http::Response response = json_response(200, found->second.body);
    response.content_type = found->second.view.head.content_type;
    responder.send(std::move(response));
  });
  router.add(http::Method::get, "/letters", [this](const http::Request&, const http::Responder& responder) { responder.send(letters()); });
  router.add(http::Method::get, "/answers", [this](const http::Request& request, const http::Responder& responder) {
    const std::string* after = request.query_value("after");
    responder.send(answers(after == nullptr ? std::string_view() : std::string_view(*after)));
  });
  return router;
}

}  // namespace fairway::simulate
