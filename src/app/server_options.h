// The options of every verb that talks to a server.
#pragma once

#include "app/commands.h"

namespace CLI {
class App;
}

namespace fairway::app {

void add_client_tls(CLI::App& verb, http::ClientTls& tls);
void add_server(CLI::App& verb, ServerOptions& server);

}  // namespace fairway::app
