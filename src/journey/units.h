// Units: what moves. A container is a unit, and so is cargo outside of any, by the paper that it travels under.
//
// A unit of paper may be parted: a few of its pieces fly today, the others tomorrow, and two trucks deliver them. likeness() tells such
// acts apart where claims name the flight or the haulier's job. Values; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "journey/journey.h"

namespace fairway::journey {

struct Unit {
  bool is_box = false;  // a container; else a paper
  std::string name;     // its number
  friend bool operator==(const Unit&, const Unit&) = default;
  friend auto operator<=>(const Unit&, const Unit&) = default;
};

// Lives no longer than the claims.
class Units {
 public:
  explicit Units(const std::vector<Claim>& claims) : claims_(claims) {}

  // What an event of type equipment is about: the containers that it names; else the paper that its cargo travels under, houses before
  // their master on land and the air waybill first in the air; else, where it names no more than a haulier's job, a road cargo reference or
  // a declaration, what others say travels under it. Never none.
  [[nodiscard]] std::vector<Unit> of(const Event& event);

 private:
  void learn();
  const std::vector<Claim>& claims_;
  bool learnt_ = false;
  std::map<Reference, std::vector<Unit>> under_;  // by job, road cargo reference, consignment or declaration
};

// A flight as a claim names it; `date` is that of its departure, "" where the claim does not say.
struct FlightName {
  std::string number, date;
  [[nodiscard]] bool empty() const { return number.empty(); }
};
[[nodiscard]] FlightName flight_of(const Event& event);
// Where one does not say the date, within 12 hours: of each other's time, since both tell of the same end of it.
[[nodiscard]] bool is_same_flight(const Event& a, const Event& b);

// Whether two claims of a milestone of one unit at one place tell of the same part of it.
enum class Likeness : uint8_t { same, different, unknown };
[[nodiscard]] Likeness likeness(const Event& a, const Event& b, bool is_box);

}  // namespace fairway::journey
