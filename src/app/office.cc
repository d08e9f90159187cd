#include "app/office.h"

#include <filesystem>

#include "access/new_party_json.h"
#include "access/rights_json.h"
#include "app/report.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::app {
namespace {

Result<Issued> issued_from(const std::string& body) {
  const json::value parsed = TRY(parse_json(body));
  const json::object* object = parsed.if_object();
  const json::object* party = object != nullptr ? object_of(*object, "party") : nullptr;
  if (party == nullptr) return fail(Code::internal, "the server's answer is not understood");
  return Issued{std::string(text_of(*party, "id")), std::string(text_of(*object, "key"))};
}

std::string wish_json(const access::InvitationWish& wish) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("email", wish.email).optional_member("joins", wish.party);
  if (wish.founded) writer.key("party").raw(access::to_json(*wish.founded));
  access::write_rights(writer, "rights", wish.rights);
  writer.end_object();
  return out;
}

Result<std::string> token_from(const std::string& body) {
  const json::value parsed = TRY(parse_json(body));
  const json::object* object = parsed.if_object();
  return std::string(object != nullptr ? text_of(*object, "token") : "");
}

}  // namespace

Result<Office> Office::open(const std::string& url) {
  Office office;
  const std::string socket = local_socket_of(url);
  if (!socket.empty() && std::filesystem::exists(socket)) {
    auto client = http::Client::open("unix:" + socket);
    if (client && (*client)->send({http::Method::get, "/admin/parties", {}, {}})) {
      office.server_ = std::move(*client);
      return office;
    }
  }
  office.store_ = TRY(store::open(url, Env::system()));
  // Nothing that an office does is sealed, so that it needs no secret file.
  office.identity_ = std::make_unique<access::Identity>(*office.store_, Env::system(), access::IdentitySettings());
  return office;
}

Result<std::string> Office::ask(http::Method method, std::string target, std::string body) {
  http::Response response = TRY(server_->send({method, std::move(target), {{"content-type", "application/json"}}, std::move(body)}));
  if (response.status >= 400) return std::unexpected(error_of(response));
  return std::move(response.body);
}

Result<std::string> Office::get(const std::string& target) { return ask(http::Method::get, target, ""); }

Result<std::string> Office::post(const std::string& target, std::string body) { return ask(http::Method::post, target, std::move(body)); }

Result<Issued> Office::add_party(const access::NewParty& party) {
  if (server_) return issued_from(TRY(ask(http::Method::post, "/admin/parties", access::to_json(party))));
  const access::IssuedKey issued = TRY(identity_->registry.add_party(party));
  return Issued{issued.party.id, issued.key};
}

Result<Issued> Office::add_key(const std::string& party, const access::KeyWish& wish) {
  if (server_)
    return issued_from(TRY(ask(http::Method::post, "/admin/parties/" + http::percent_encode(party) + "/keys", access::to_json(wish))));
  const access::IssuedKey issued = TRY(identity_->registry.add_key(party, wish));
  return Issued{issued.party.id, issued.key};
}

Status Office::withdraw_key(const std::string& key_id) {
  if (!server_) return identity_->registry.withdraw_key(key_id);
  TRY(ask(http::Method::del, "/admin/keys/" + http::percent_encode(key_id), ""));
  return {};
}

Result<std::vector<std::string>> Office::parties() {
  std::vector<std::string> all;
  if (store_) {
    for (const Party& party : TRY(identity_->registry.parties())) all.push_back(access::party_json(party));
    return all;
  }
  const json::value parsed = TRY(parse_json(TRY(ask(http::Method::get, "/admin/parties", ""))));
  if (const json::array* parties = parsed.if_array())
    for (const json::value& party : *parties) all.push_back(json::serialize(party));
  return all;
}

Result<std::vector<std::string>> Office::people(const std::string& party) {
  std::vector<std::string> all;
  if (identity_) {
    for (std::string after;;) {
      const access::PeoplePage page = TRY(identity_->people.list(party, after, limits::kPeoplePageSizeMax));
      for (const access::Person& person : page.people) all.push_back(access::describe(person));
      if (page.next.empty()) return all;
      after = page.next;
    }
  }
  const std::string target = "/admin/parties/" + http::percent_encode(party) + "/people";
  for (std::string cursor;;) {
    const json::value parsed = TRY(parse_json(TRY(ask(http::Method::get, target + cursor, ""))));
    const json::object* page = parsed.if_object();
    const json::array* people = page != nullptr ? array_of(*page, "people") : nullptr;
    if (people == nullptr) return fail(Code::internal, "the server's answer is not understood");
    for (const json::value& person : *people) all.push_back(json::serialize(person));
    if (text_of(*page, "next").empty()) return all;
    cursor = "?cursor=" + std::string(text_of(*page, "next"));
  }
}

Result<std::string> Office::invite(const access::InvitationWish& wish) {
  if (server_) return token_from(TRY(ask(http::Method::post, "/admin/invitations", wish_json(wish))));
  return TRY(identity_->invitations.invite(wish.party, wish)).token;
}

Result<std::string> Office::reset(const std::string& email) {
  std::string body;
  JsonWriter(body).begin_object().member("email", email).end_object();
  if (server_) return token_from(TRY(ask(http::Method::post, "/admin/resets", body)));
  return TRY(identity_->invitations.reset(TRY(access::fold_email(email)))).token;
}

Result<std::string> Office::import_table(refdata::Table table, std::string bytes, const refdata::ImportWish& wish) {
  if (store_) return refdata::to_json(TRY(refdata::Library(*store_, Env::system()).import(table, bytes, wish)));
  std::string target = "/admin/reference-data/" + std::string(refdata::row(table).name);
  target += "?effectiveFrom=" + http::percent_encode(wish.effective_from) + "&source=" + http::percent_encode(wish.source);
  return ask(http::Method::post, std::move(target), std::move(bytes));
}

}  // namespace fairway::app
