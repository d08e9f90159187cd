// `fairway admin`: parties and keys. On an embedded store that a server holds, the command asks that server over its local socket;
// otherwise it works on the store itself.
#include <filesystem>
#include <iostream>

#include "access/registry.h"
#include "app/commands.h"
#include "app/report.h"
#include "base/json.h"
#include "base/json_writer.h"

namespace fairway::app {
namespace {

// Where the command does its work: one of the two is set.
struct Office {
  std::unique_ptr<http::Client> server;
  std::unique_ptr<store::Store> store;
};

Result<Office> open_office(const std::string& url) {
  Office office;
  const std::string socket = local_socket_of(url);
  if (!socket.empty() && std::filesystem::exists(socket)) {
    auto client = http::Client::open("unix:" + socket);
    if (client && (*client)->send({http::Method::get, "/admin/parties", {}, {}})) {
      office.server = std::move(*client);
      return office;
    }
  }
  office.store = TRY(store::open(url, Env::system()));
  return office;
}

Result<std::string> ask(http::Client& server, http::Method method, std::string target, std::string body) {
  http::Response response = TRY(server.send({method, std::move(target), {{"content-type", "application/json"}}, std::move(body)}));
  if (response.status >= 400) return std::unexpected(error_of(response));
  return std::move(response.body);
}

struct Issued {
  std::string party, key;
};

Result<Issued> issued_from(const std::string& body) {
  const json::value parsed = TRY(parse_json(body));
  const json::object* object = parsed.if_object();
  const json::object* party = object != nullptr ? object_of(*object, "party") : nullptr;
  if (party == nullptr) return fail(Code::internal, "the server's answer is not understood");
  return Issued{std::string(text_of(*party, "id")), std::string(text_of(*object, "key"))};
}

// The key alone on standard output, so that a script can take it; who it is for on standard error.
int print(const Result<Issued>& issued) {
  if (!issued) return complain(issued.error(), issued.error().code == Code::unavailable ? kCannotRun : kFailed);
  std::cerr << "party " << issued->party << "; its key is shown only now:\n";
  std::cout << issued->key << std::endl;
  return kOk;
}

Result<access::NewParty> new_party(const PartyOptions& options) {
  access::NewParty party{options.name, TRY(role_from(options.role)), {}};
  for (const std::string& text : options.identifiers) party.identifiers.push_back(TRY(parse_party_identifier(text)));
  return party;
}

std::string new_party_json(const access::NewParty& party) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("name", party.name).member("role", name(party.role)).key("identifiers").begin_array();
  for (const PartyIdentifier& identifier : party.identifiers) writer.value(identifier.key());
  writer.end_array().end_object();
  return out;
}

Result<Issued> add_party(const PartyOptions& options) {
  const access::NewParty party = TRY(new_party(options));
  const Office office = TRY(open_office(options.store));
  if (office.server) return issued_from(TRY(ask(*office.server, http::Method::post, "/admin/parties", new_party_json(party))));
  const access::IssuedKey issued = TRY(access::Registry(*office.store, Env::system()).add_party(party));
  return Issued{issued.party.id, issued.key};
}

Result<Issued> add_key(const PartyOptions& options) {
  const Office office = TRY(open_office(options.store));
  if (office.server) return issued_from(TRY(ask(*office.server, http::Method::post, "/admin/parties/" + http::percent_encode(options.party) + "/keys", "")));
  const access::IssuedKey issued = TRY(access::Registry(*office.store, Env::system()).add_key(options.party));
  return Issued{issued.party.id, issued.key};
}

Status withdraw_key(const PartyOptions& options) {
  const Office office = TRY(open_office(options.store));
  if (!office.server) return access::Registry(*office.store, Env::system()).withdraw_key(options.key);
  TRY(ask(*office.server, http::Method::del, "/admin/keys/" + http::percent_encode(options.key), ""));
  return {};
}

Status list_parties(const PartyOptions& options) {
  const Office office = TRY(open_office(options.store));
  if (office.store) {
    for (const Party& party : TRY(access::Registry(*office.store, Env::system()).parties())) std::cout << access::party_json(party) << "\n";
    return {};
  }
  const json::value parsed = TRY(parse_json(TRY(ask(*office.server, http::Method::get, "/admin/parties", ""))));
  if (const json::array* parties = parsed.if_array())
    for (const json::value& party : *parties) std::cout << json::serialize(party) << "\n";
  return {};
}

}  // namespace

int admin_party_add(const PartyOptions& options) { return print(add_party(options)); }
int admin_key_add(const PartyOptions& options) { return print(add_key(options)); }

int admin_party_list(const PartyOptions& options) {
  const Status listed = list_parties(options);
  return listed ? kOk : complain(listed.error(), kCannotRun);
}

int admin_key_withdraw(const PartyOptions& options) {
  const Status withdrawn = withdraw_key(options);
  return withdrawn ? kOk : complain(withdrawn.error(), kFailed);
}

}  // namespace fairway::app
