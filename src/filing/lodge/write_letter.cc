#include <algorithm>
#include <array>

#include "filing/lodge/dec_letter.h"
#include "filing/lodge/edifact_letter.h"
#include "filing/lodge/json_letter.h"
#include "filing/lodge/outbox.h"
#include "filing/lodge/road_manifest_letter.h"

namespace fairway::filing {
namespace {

constexpr std::string_view kEdifact = "application/EDIFACT";  // RFC 1767
constexpr std::string_view kXml = "application/xml";          // RFC 7303

struct FormatRow {
  std::string_view message;  // of forms.csv
  std::string_view content_type;
  Result<std::string> (*write)(const Draft&, const LetterHead&);
};
constexpr std::array kFormats = {
    FormatRow{"cusdec", kEdifact, cusdec_letter},         FormatRow{"cuscar", kEdifact, cuscar_letter},
    FormatRow{"dec-message", kXml, dec_letter},           FormatRow{"cn-road-manifest", kXml, road_manifest_letter},
    FormatRow{"cn-manifest", kXml, road_manifest_letter}, FormatRow{"json", "application/json", json_letter},
};

// A cancellation is of what the authority has, everything else of the form as it is now.
const Draft& sent_draft(const Filing& filing, const Lodgement& lodgement) {
  return lodgement.kind == Kind::cancellation && filing.lodged ? *filing.lodged : filing.draft;
}

}  // namespace

Result<Letter> write_letter(const Filing& filing, const Lodgement& lodgement) {
  const auto format = std::ranges::find(kFormats, filing.message, &FormatRow::message);
  if (format == kFormats.end())
    return fail(Code::invalid, "nobody writes this format", filing.message, "mend the column message of forms.csv");
  const LetterHead head{lodgement.id, filing.id,        lodgement.kind,   filing.number,
                        filing.party, filing.authority, lodgement.reason, lodgement.ordered_us};
  Letter letter{lodgement.id,  filing.id, lodgement.kind,       filing.message,   std::string(format->content_type),
                filing.number, {},        lodgement.ordered_us, filing.key.text()};
  letter.body = TRY(format->write(sent_draft(filing, lodgement), head));
  return letter;
}

}  // namespace fairway::filing
