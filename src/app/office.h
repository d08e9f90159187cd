// Office: parties, keys and people, wherever they can be worked on.
//
// On an embedded store that a server holds, it asks that server over its local socket; otherwise it works on the store itself. Not
// thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/identity.h"
#include "base/status.h"
#include "http/client.h"
#include "refdata/library.h"
#include "store/store.h"

namespace fairway::app {

struct Issued {
  std::string party;  // its id
  std::string key;    // shown only now
};

class Office {
 public:
  // Code::unavailable where neither a server answers nor the store can be opened.
  [[nodiscard]] static Result<Office> open(const std::string& store_url);

  [[nodiscard]] Result<Issued> add_party(const access::NewParty& party);
  [[nodiscard]] Result<Issued> add_key(const std::string& party, const access::KeyWish& wish);
  [[nodiscard]] Status withdraw_key(const std::string& key_id);
  // Each as a JSON object.
  [[nodiscard]] Result<std::vector<std::string>> parties();
  [[nodiscard]] Result<std::vector<std::string>> people(const std::string& party);

  // The tokens, shown only now: of an invitation to join `wish.party` or to found `wish.founded`, and of one to set a new password.
  [[nodiscard]] Result<std::string> invite(const access::InvitationWish& wish);
  [[nodiscard]] Result<std::string> reset(const std::string& email);

  // Where no server answers, the store itself; null otherwise, and then get() asks the server.
  [[nodiscard]] store::Store* store() { return store_.get(); }
  [[nodiscard]] Result<std::string> get(const std::string& target);
  [[nodiscard]] Result<std::string> post(const std::string& target, std::string body);

  // A published code list into the store; the outcome as JSON.
  [[nodiscard]] Result<std::string> import_table(refdata::Table table, std::string bytes, const refdata::ImportWish& wish);

 private:
  Result<std::string> ask(http::Method method, std::string target, std::string body);

  std::unique_ptr<http::Client> server_;  // one of the two is set
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<access::Identity> identity_;  // on store_
};

}  // namespace fairway::app
