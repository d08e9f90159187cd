// `fairway fingerprint`: the client's side of docs/explanation/document-fingerprints.md.
#pragma once

#include <string>

#include "app/commands.h"

namespace fairway::app {

struct FingerprintOptions {
  ServerOptions server;
  std::string file;             // "-": standard input
  std::string carrier, number;  // instead of a file
  bool check = false, add = false, withdraw = false;
  std::string kind, expires;  // of what is registered; expires as RFC 3339
  std::string public_key;     // base64: the server's key as it was known before; "": whatever it shows
};
int fingerprint(const FingerprintOptions& options);

}  // namespace fairway::app
