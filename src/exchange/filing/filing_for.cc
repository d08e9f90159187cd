#include "exchange/filing/filing_for.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "exchange/filing/consignment_answers.h"
#include "exchange/filing/record_sight.h"
#include "exchange/filing/rooms.h"

namespace fairway::exchange {
namespace {

// Whether the consignment's owner has taken the filing's party off it.
Result<bool> is_taken_off(Services& services, const filing::Filing& filing) {
  const auto consignment = TRY(services.filings->book.find_consignment(filing.consignment));
  if (!consignment) return fail(Code::internal, "the consignment of a filing is not there", filing.consignment);
  return filing.party != consignment->owner && filer_of(*consignment, filing.key.regime) != filing.party;
}

}  // namespace

Result<filing::Filing> filing_for(Services& services, std::string_view id, const access::Viewer& viewer) {
  auto found = id.size() > limits::kIdentifierBytesMax ? std::nullopt : TRY(services.filings->book.find_filing(id));
  if (!found || !sees(viewer, *found))
    return fail(Code::not_found, "no such filing", legible(id), "GET /v1/filings lists your organisation's");
  // What it has lodged its party answers for, and reads on; a draft is the owner's data.
  const bool is_draft_of_viewer = found->standing == filing::State::draft && found->party == viewer.party.id;
  if (is_draft_of_viewer && TRY(is_taken_off(services, *found)))
    return fail(Code::not_found, "no such filing", legible(id), "GET /v1/filings lists your organisation's");
  TRY_OK(note_look(services, viewer, found->party, "declaration:" + (found->number.empty() ? found->id : found->number)));
  return std::move(*found);
}

Result<filing::Filing> own_filing(Services& services, std::string_view id, const access::Viewer& viewer) {
  auto filing = TRY(filing_for(services, id, viewer));
  if (filing.party != viewer.party.id) return fail(Code::forbidden, "only its own party works on a filing", filing.id);
  if (TRY(is_taken_off(services, filing)))
    return fail(Code::forbidden, "your organisation does not file for this consignment any more", filing.id, "ask the consignment's owner");
  return filing;
}

Result<Surroundings> surroundings_of(Services& services, const filing::Filing& filing) {
  filing::Book& book = services.filings->book;
  auto consignment = TRY(book.find_consignment(filing.consignment));
  if (!consignment) return fail(Code::internal, "the consignment of a filing is not there", filing.consignment);
  return Surroundings{std::move(*consignment), TRY(book.filings_of(filing.consignment))};
}

}  // namespace fairway::exchange
