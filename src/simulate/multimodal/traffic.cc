#include "simulate/multimodal/traffic.h"

#include <tuple>

#include "simulate/script.h"

namespace fairway::simulate::multimodal {

bool Traffic::Later::operator()(const Entry& a, const Entry& b) const {
  return std::tuple(a.due, a.consignment, a.telling) > std::tuple(b.due, b.consignment, b.telling);
}

Traffic::Traffic(uint64_t seed, uint32_t consignments, int disturbed, Period period) : seed_(seed), disturbed_(disturbed), period_(period) {
  for (uint32_t number = 0; number < consignments; ++number) push(number, tellings(consignment(seed, number, period), disturbed), 0);
}

void Traffic::push(uint32_t number, const std::vector<Telling>& all, uint32_t telling) {
  if (telling >= all.size()) return;
  const Seconds due = due_of(all[telling].sent + all[telling].due_after, period_);
  if (due < period_.end) queue_.push({due, number, telling});
}

std::optional<Seconds> Traffic::due() const { return queue_.empty() ? std::nullopt : std::optional(queue_.top().due); }

Written Traffic::next() {
  const Entry entry = queue_.top();
  queue_.pop();
  const Consignment of = consignment(seed_, entry.consignment, period_);
  const std::vector<Telling> all = tellings(of, disturbed_);
  push(entry.consignment, all, entry.telling + 1);
  return write(of, all[entry.telling], period_.start);
}

}  // namespace fairway::simulate::multimodal
