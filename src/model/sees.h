// Sees: what of an event somebody may see, as a set of small permissions. Which party gets which is decided in access/need_to_know.h; a
// journey only hands the set along and joins or narrows it. Value type; any thread.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace fairway {

enum class See : uint8_t {
  // which events
  every_milestone,
  own_site,       // those at a place that the viewer runs, and the calls of vessels there
  own_job,        // those that a haulier needs between pick-up and delivery
  own_stock,      // those that a warehouse needs of what it keeps
  release_right,  // whether the cargo may be taken away: holds, releases, surrendered papers
  // what of them
  goods,            // the description of the goods
  goods_of_master,  // the same where the event names no house document
  value,            // value and price, and whatever the sender wrote that Fairway has no field for
  every_party,      // whom the event names
  bill_parties,     // of those, the parties of the bill of lading and the transport
  release_to,       // of those, who carries and who may take away
  pick_up_deliver,  // of those, who carries and where to pick up and deliver
  house_documents,  // numbers of house bills of lading and house air waybills
  trade_numbers,    // numbers of orders and of customers' own books
  position,         // where vehicle and lock are, exactly
  arrival_only,     // of that, only when it will arrive
};

class Sees {
 public:
  constexpr Sees() = default;
  constexpr Sees(std::initializer_list<See> all) {
    for (const See see : all) bits_ |= bit(see);
  }
  [[nodiscard]] static constexpr Sees everything() { return Sees(UINT32_MAX); }
  [[nodiscard]] constexpr bool has(See see) const { return (bits_ & bit(see)) != 0; }
  [[nodiscard]] constexpr bool nothing() const { return bits_ == 0; }
  [[nodiscard]] constexpr bool all() const { return bits_ == UINT32_MAX; }
  [[nodiscard]] constexpr uint32_t bits() const { return bits_; }
  friend constexpr Sees operator|(Sees a, Sees b) { return Sees(a.bits_ | b.bits_); }
  friend constexpr Sees operator&(Sees a, Sees b) { return Sees(a.bits_ & b.bits_); }
  friend constexpr bool operator==(Sees, Sees) = default;

 private:
  explicit constexpr Sees(uint32_t bits) : bits_(bits) {}
  static constexpr uint32_t bit(See see) { return 1u << static_cast<unsigned>(see); }
  uint32_t bits_ = 0;
};

}  // namespace fairway
