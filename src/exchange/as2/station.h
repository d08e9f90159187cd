// Station: this server as an AS2 system: its name, its key, and POST /as2.
#pragma once

#include <string>

#include "exchange/as2/cms.h"
#include "http/server.h"

namespace fairway::exchange {
struct Services;
}

namespace fairway::exchange::as2 {

struct Station {
  std::string name;  // that partners write into AS2-To
  Identity identity;
};

// POST /as2 (RFC 4130): signed messages, in an envelope or not, answered at once with a receipt. A message comes from the party whose
// registered certificate has signed it, and whose identifier AS2:NAME is the AS2-From. The station outlives the router.
void add_routes(http::Router& router, Services& services, const Station& station);

}  // namespace fairway::exchange::as2
