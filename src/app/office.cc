#include "app/office.h"

#include <filesystem>

#include "app/report.h"
#include "base/json.h"
#include "base/json_writer.h"

namespace fairway::app {
namespace {

Result<Issued> issued_from(const std::string& body) {
  const json::value parsed = TRY(parse_json(body));
  const json::object* object = parsed.if_object();
  const json::object* party = object != nullptr ? object_of(*object, "party") : nullptr;
  if (party == nullptr) return fail(Code::internal, "the server's answer is not understood");
  return Issued{std::string(text_of(*party, "id")), std::string(text_of(*object, "key"))};
}

std::string new_party_json(const access::NewParty& party) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("name", party.name).member("role", name(party.role)).key("identifiers").begin_array();
  for (const PartyIdentifier& identifier : party.identifiers) writer.value(identifier.key());
  writer.end_array().end_object();
  return out;
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
  return office;
}

Result<std::string> Office::ask(http::Method method, std::string target, std::string body) {
  http::Response response = TRY(server_->send({method, std::move(target), {{"content-type", "application/json"}}, std::move(body)}));
  if (response.status >= 400) return std::unexpected(error_of(response));
  return std::move(response.body);
}

Result<Issued> Office::add_party(const access::NewParty& party) {
  if (server_) return issued_from(TRY(ask(http::Method::post, "/admin/parties", new_party_json(party))));
  const access::IssuedKey issued = TRY(access::Registry(*store_, Env::system()).add_party(party));
  return Issued{issued.party.id, issued.key};
}

Result<Issued> Office::add_key(const std::string& party, const access::KeyWish& wish) {
  if (server_)
    return issued_from(TRY(ask(http::Method::post, "/admin/parties/" + http::percent_encode(party) + "/keys", access::to_json(wish))));
  const access::IssuedKey issued = TRY(access::Registry(*store_, Env::system()).add_key(party, wish));
  return Issued{issued.party.id, issued.key};
}

Status Office::withdraw_key(const std::string& key_id) {
  if (!server_) return access::Registry(*store_, Env::system()).withdraw_key(key_id);
  TRY(ask(http::Method::del, "/admin/keys/" + http::percent_encode(key_id), ""));
  return {};
}

Result<std::vector<std::string>> Office::parties() {
  std::vector<std::string> all;
  if (store_) {
    for (const Party& party : TRY(access::Registry(*store_, Env::system()).parties())) all.push_back(access::party_json(party));
    return all;
  }
  const json::value parsed = TRY(parse_json(TRY(ask(http::Method::get, "/admin/parties", ""))));
  if (const json::array* parties = parsed.if_array())
    for (const json::value& party : *parties) all.push_back(json::serialize(party));
  return all;
}

}  // namespace fairway::app
