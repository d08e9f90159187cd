// `fairway admin ledger anchor`: the log's contract on a chain, and the key that pays for its anchors.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace fairway::app {

struct AnchorOptions {
  std::string profile;                 // a file
  std::string origin;                  // of deploy: the log's name
  std::vector<std::string> witnesses;  // of deploy; the profile's where none is given
  uint64_t threshold = 0;              // of deploy; 0: two thirds and one of them
  uint64_t delay_s = 86'400;           // of deploy: before other witnesses count
  int64_t patience_s = 300;            // of deploy
};
int anchor_key(const AnchorOptions& options);     // makes the sender's key where there is none; prints its address
int anchor_deploy(const AnchorOptions& options);  // prints the contract's address
int anchor_status(const AnchorOptions& options);  // prints how the contract stands, as JSON

void add_anchor_office(CLI::App& ledger, int& status);

}  // namespace fairway::app
