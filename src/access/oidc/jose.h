// Signed tokens (RFC 7515, 7519) and the keys that sign them (RFC 7517), read and verified by cjose.
//
// The header of a token is its sender's: of it only the algorithm, the key's name and the type are looked at, and the algorithm must be one
// of an asymmetric few, so that neither "none" nor a shared secret passes for a signature (RFC 8725, 3.1 and 3.2). Keys of another kind
// than the algorithm's, symmetric keys and RSA keys under 2048 bits are not used. Immutable once made; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::access::oidc {

enum class Algorithm : uint8_t { rs256, ps256, es256 };

class Jws {
 public:
  // Code::unauthorized for what is no compact token, is longer than limits::kTokenBytesMax, has an algorithm that is not taken or a
  // critical header (RFC 7515, 4.1.11).
  [[nodiscard]] static Result<Jws> read(std::string_view token);

  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
  [[nodiscard]] const std::string& key_id() const { return key_id_; }  // "" where it names none
  [[nodiscard]] const std::string& type() const { return type_; }      // lower case, "" where it names none
  // What it says, believed or not: only KeySet::verify() tells.
  [[nodiscard]] const std::string& payload() const { return payload_; }

 private:
  friend class KeySet;
  struct Handle;  // cjose's
  std::shared_ptr<Handle> handle_;
  Algorithm algorithm_ = Algorithm::rs256;
  std::string key_id_, type_, payload_;
};

class KeySet {
 public:
  // A provider's set; keys that cannot be used are left out. Code::invalid for what is no set of keys.
  [[nodiscard]] static Result<KeySet> from_json(std::string_view text);

  enum class Verdict : uint8_t { good, bad, unknown_key };
  // A token that names no key is the only usable key's, or nobody's.
  [[nodiscard]] Verdict verify(const Jws& jws) const;
  [[nodiscard]] size_t size() const { return keys_.size(); }

 private:
  struct Key;
  std::vector<std::shared_ptr<const Key>> keys_;
};

}  // namespace fairway::access::oidc
