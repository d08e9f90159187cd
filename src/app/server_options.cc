#include "app/server_options.h"

#include <CLI/CLI.hpp>

namespace fairway::app {

void add_client_tls(CLI::App& verb, http::ClientTls& tls) {
  verb.add_option("--ca", tls.ca_file, "authorities to trust beside the system's (PEM)")->envname("FAIRWAY_CA");
  CLI::Option* certificate =
      verb.add_option("--client-certificate", tls.certificate_file, "the certificate that acts for you, instead of a key (PEM)")
          ->envname("FAIRWAY_CLIENT_CERTIFICATE");
  CLI::Option* key = verb.add_option("--client-key", tls.key_file, "its private key (PEM)")->envname("FAIRWAY_CLIENT_KEY");
  certificate->needs(key);
  key->needs(certificate);
}

void add_server(CLI::App& verb, ServerOptions& server) {
  verb.add_option("--url,--server", server.url, "the server's address")->envname("FAIRWAY_URL")->capture_default_str();
  verb.add_option("--key", server.key, "your API key")->envname("FAIRWAY_KEY");
  add_client_tls(verb, server.tls);
}

}  // namespace fairway::app
