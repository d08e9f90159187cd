#include "exchange/filing/filing_steps.h"

#include <algorithm>

#include "base/limits.h"
#include "exchange/filing/desk.h"
#include "exchange/filing/filing_answers.h"
#include "exchange/filing/filing_for.h"
#include "exchange/filing/rooms.h"

namespace fairway::exchange {
namespace {

using filing::Filing;

constexpr size_t kLodgementIdCharacters = 16;

// As the person is called now, for the record of who confirmed.
Result<std::string> name_of(Services& services, const access::Viewer& viewer) {
  const auto person = TRY(services.identity.people.person(viewer.person));
  if (!person) return fail(Code::unauthorized, "no such account any more");
  return person->name;
}

}  // namespace

Result<Filing> check_filing(Services& services, std::string_view id, const access::Viewer& viewer) {
  const Filing filing = TRY(own_filing(services, id, viewer));
  const Surroundings around = TRY(surroundings_of(services, filing));
  return services.filings->book.step(filing.id, "checked", viewer.person,
                                     [&](Filing& now) { return services.filings->desk.refill(now, around.consignment, around.filings); });
}

Result<Filing> confirm_filing(Services& services, std::string_view id, const access::Viewer& viewer, const ConfirmWish& wish) {
  TRY_OK(viewer.may_stand_for());
  const Filing filing = TRY(own_filing(services, id, viewer));
  const std::string name = TRY(name_of(services, viewer));
  const int64_t now_us = services.env.now_us();
  return services.filings->book.step(filing.id, "confirmed", viewer.person, [&](Filing& now) -> Status {
    if (wish.digest != now.draft.digest())
      return fail(Code::conflict, "the filing is not the one that you saw", "its digest is " + now.draft.digest(),
                  "read it again, and confirm what it says now");
    const std::vector<std::string> groups = wish.groups.empty() ? filing::unconfirmed(now) : wish.groups;
    for (const std::string& group : groups) {
      filing::GroupConfirmation confirmation{group, viewer.person, name, now_us, now.draft.digest(group)};
      TRY_OK(filing::confirm(now, group, std::move(confirmation), wish.looked_at.contains(group), now_us));
    }
    return {};
  });
}

Result<Filing> lodge_filing(Services& services, std::string_view id, const access::Viewer& viewer, filing::Kind kind,
                            std::string_view reason) {
  TRY_OK(viewer.may_stand_for());
  const Filing filing = TRY(own_filing(services, id, viewer));
  if (reason.size() > limits::kPurposeBytesMax) return fail(Code::too_large, "the reason is too long", std::to_string(reason.size()));
  if (kind != filing::Kind::original && reason.empty())
    return fail(Code::invalid, "the authority asks why", std::string(filing::name(kind)), "give a \"reason\"");
  const int64_t now_us = services.env.now_us();
  const std::string lodgement = "ldg_" + random_id(services.env, kLodgementIdCharacters);
  return services.filings->book.step(filing.id, "lodgement ordered", viewer.person, [&](Filing& now) {
    return filing::order_lodgement(now,
                                   {.id = lodgement,
                                    .kind = kind,
                                    .by = viewer.person,
                                    .reason = std::string(reason),
                                    .digest = now.draft.digest(),
                                    .ordered_us = now_us,
                                    .outcome = {}},
                                   now_us);
  });
}

}  // namespace fairway::exchange
