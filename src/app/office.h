// Office: parties and keys, wherever they can be worked on.
//
// On an embedded store that a server holds, it asks that server over its local socket; otherwise it works on the store itself. Not
// thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/registry.h"
#include "base/status.h"
#include "http/client.h"
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

 private:
  Result<std::string> ask(http::Method method, std::string target, std::string body);

  std::unique_ptr<http::Client> server_;  // one of the two is set
  std::unique_ptr<store::Store> store_;
};

}  // namespace fairway::app
