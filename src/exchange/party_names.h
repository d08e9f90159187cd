// PartyNames: id → name and role, remembered for a while so that answers need not read the registry for each event. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "access/registry.h"
#include "base/env.h"
#include "base/json_writer.h"

namespace fairway::exchange {

class PartyNames {
 public:
  PartyNames(access::Registry& registry, Env& env) : registry_(registry), env_(env) {}

  struct Name {
    std::string name;  // "" where the party is not known here
    std::string role;
  };
  [[nodiscard]] Name find(const PartyId& id);
  // {"id","name"?,"role"?}
  void append(JsonWriter& writer, const PartyId& id);

 private:
  struct Known {
    Name name;
    int64_t read_us = 0;
  };
  access::Registry& registry_;
  Env& env_;
  std::mutex mutex_;
  std::unordered_map<PartyId, Known> known_;
};

}  // namespace fairway::exchange
