#include "ledger/anchor/address.h"

#include <algorithm>

#include "base/bytes.h"
#include "ledger/anchor/keccak.h"
#include "ledger/anchor/rlp.h"

namespace fairway::ledger::anchor {
namespace {

Address last_20(std::string_view hash) {
  Address address{};
  std::copy(hash.end() - 20, hash.end(), address.begin());
  return address;
}

}  // namespace

Result<Address> address_from_bytes(std::string_view bytes) {
  if (bytes.size() != 20) return fail(Code::invalid, "an address has 20 bytes", std::to_string(bytes.size()));
  return last_20(bytes);
}

Result<Address> address_from(std::string_view text) {
  const auto wrong = [&] { return fail(Code::invalid, "this is no address: it wants 0x and 40 hex digits", legible(text)); };
  if (text.size() != 42 || !text.starts_with("0x")) return wrong();
  const std::string_view digits = text.substr(2);
  const Result<std::string> bytes = from_hex(to_lower(digits));
  if (!bytes) return wrong();
  const Address address = last_20(*bytes);
  const bool one_case = digits == to_lower(digits) || digits == to_upper(digits);
  if (!one_case && text != to_text(address))
    return fail(Code::invalid, "the case of this address's letters does not fit it (EIP-55): a digit is wrong", legible(text));
  return address;
}

std::string to_text(const Address& address) {
  std::string text = to_hex(view(address));
  const std::string nibbles = to_hex(keccak256(text));
  for (size_t i = 0; i < text.size(); ++i)
    if (nibbles[i] >= '8' && text[i] >= 'a') text[i] = static_cast<char>(text[i] - 'a' + 'A');
  return "0x" + text;
}

Address address_of(std::string_view public_key) { return last_20(keccak256(public_key)); }

Address contract_address(const Address& sender, uint64_t nonce) {
  return last_20(keccak256(rlp_list({rlp_bytes(view(sender)), rlp_number(nonce)})));
}

}  // namespace fairway::ledger::anchor
