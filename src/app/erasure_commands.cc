#include "app/erasure_commands.h"

#include <iostream>

#include "app/office.h"
#include "app/report.h"
#include "base/json.h"
#include "ledger/erasure/eraser.h"

namespace fairway::app {
namespace {

constexpr size_t kPage = 200;

Result<std::string> erase(const ErasureOptions& options) {
  const ledger::ErasureWish wish{options.entry, options.authority, options.reason, {}};
  Office office = TRY(Office::open(options.store));
  if (office.store() == nullptr) return office.post("/admin/erasures", ledger::to_json(wish));
  return ledger::to_json(TRY(ledger::Eraser(*office.store(), Env::system()).erase(wish)));
}

Status list_of_store(store::Store& store) {
  ledger::Eraser eraser(store, Env::system());
  for (Position before = 0;;) {
    const ledger::Eraser::Page page = TRY(eraser.list(before, kPage));
    for (const std::string& item : page.items) std::cout << item << "\n";
    if (page.next == 0) return {};
    before = page.next;
  }
}

Status list(const ErasureOptions& options) {
  Office office = TRY(Office::open(options.store));
  if (office.store() != nullptr) return list_of_store(*office.store());
  for (std::string cursor;;) {
    const json::value parsed = TRY(parse_json(TRY(office.get("/admin/erasures" + cursor))));
    const json::object* page = parsed.if_object();
    const json::array* erasures = page != nullptr ? array_of(*page, "erasures") : nullptr;
    if (erasures == nullptr) return fail(Code::internal, "the server's answer is not understood");
    for (const json::value& erasure : *erasures) std::cout << json::serialize(erasure) << "\n";
    if (text_of(*page, "next").empty()) return {};
    cursor = "?cursor=" + std::string(text_of(*page, "next"));
  }
}

}  // namespace

int admin_erase(const ErasureOptions& options) {
  const Result<std::string> erased = erase(options);
  if (!erased) return complain(erased.error(), erased.error().code == Code::unavailable ? kCannotRun : kFailed);
  std::cout << *erased << std::endl;
  return kOk;
}

int admin_erasures(const ErasureOptions& options) {
  const Status listed = list(options);
  return listed ? kOk : complain(listed.error(), kCannotRun);
}

}  // namespace fairway::app
