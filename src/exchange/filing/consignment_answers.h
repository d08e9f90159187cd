// What the routes of consignments share: finding one that the viewer sees, saying who saw it, and what it looks like in answers.
// Thread-safe as the services are.
#pragma once

#include <string>

#include "exchange/filing/record_sight.h"
#include "exchange/services.h"

namespace fairway::exchange {

struct SeenConsignment {
  filing::Consignment consignment;
  RecordSight sight;
};
// Code::not_found for one that is not there and for one that is not the viewer's business alike. A look at another's data is noted.
[[nodiscard]] Result<SeenConsignment> consignment_for(Services& services, std::string_view id, const access::Viewer& viewer);
// The request's {consignment}.
[[nodiscard]] Result<SeenConsignment> consignment_in(Services& services, const http::Request& request, const access::Viewer& viewer);
[[nodiscard]] std::unexpected<Error> no_such_consignment(std::string_view id);

// Notes that the viewer was shown data of `owner`; its own is no look.
[[nodiscard]] Status note_look(Services& services, const access::Viewer& viewer, const PartyId& owner, std::string_view reference);

// {"id","owner","part","reference"?,"recordVersion","participants"?,"follows"?,"created","changed","record":{…}}: as the viewer sees it.
[[nodiscard]] Result<std::string> consignment_json(Services& services, const SeenConsignment& seen, const filing::Record& record);
// The same without the record.
[[nodiscard]] std::string short_json(Services& services, const filing::Consignment& consignment, const PartyId& viewer);

// "7": the version of the record, as an ETag.
[[nodiscard]] std::string etag_of(uint64_t record_version);

}  // namespace fairway::exchange
