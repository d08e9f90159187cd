#include "exchange/filing/consignment_body.h"

#include <algorithm>

#include "base/bytes.h"
#include "exchange/filing/rooms.h"
#include "filing/record/feed.h"

namespace fairway::exchange {
namespace {

using filing::Consignment;
using filing::Participant;

constexpr size_t kDocumentsMax = 50;  // fed at once

Result<Participant> participant_from(Services& services, const json::object& wanted) {
  Participant participant;
  participant.party = TRY(services.registry.find_party(text_of(wanted, "party"))).id;
  participant.edits = truth_of(wanted, "edits").value_or(false);
  const json::array* regimes = array_of(wanted, "regimes");
  if (regimes == nullptr) return participant;
  for (const json::value& item : *regimes) {
    const std::string_view code = item.is_string() ? std::string_view(item.get_string()) : std::string_view();
    if (services.filings->regimes.find(code) == nullptr) return fail(Code::invalid, "this server does not know the regime", legible(code));
    participant.regimes.emplace_back(code);
  }
  return participant;
}

}  // namespace

filing::SourcePtr source_of(Services& services, const access::Viewer& viewer) {
  filing::Source source;
  source.kind = viewer.person.empty() ? filing::SourceKind::message : filing::SourceKind::typed;
  if (viewer.person.empty()) source.document = "API";
  source.party = viewer.party.id;
  source.person = viewer.person;
  source.at_us = services.env.now_us();
  return std::make_shared<const filing::Source>(std::move(source));
}

Result<std::vector<Participant>> participants_from(Services& services, const json::array& wanted, const PartyId& owner) {
  std::vector<Participant> participants;
  std::vector<std::string> taken;
  if (wanted.size() > limits::kParticipantsMax)
    return fail(Code::too_large, "too many participants", std::to_string(wanted.size()),
                "at most " + std::to_string(limits::kParticipantsMax));
  for (const json::value& item : wanted) {
    const json::object* object = item.if_object();
    if (object == nullptr) return fail(Code::invalid, "a participant is not a JSON object");
    Participant one = TRY(participant_from(services, *object));
    if (one.party == owner) return fail(Code::invalid, "the owner takes part anyway", one.party, "leave it out");
    if (std::ranges::find(participants, one.party, &Participant::party) != participants.end())
      return fail(Code::invalid, "a participant is named twice", one.party, "name all its regimes in one place");
    for (const std::string& regime : one.regimes) {
      if (std::ranges::find(taken, regime) != taken.end())
        return fail(Code::invalid, "two participants would file for the same regime", regime, "name one of them for it");
      taken.push_back(regime);
    }
    participants.push_back(std::move(one));
  }
  return participants;
}

Result<std::vector<Reference>> follows_from(const json::array& wanted) {
  std::vector<Reference> references;
  if (wanted.size() > limits::kFollowsMax)
    return fail(Code::too_large, "too many references are followed", std::to_string(wanted.size()),
                "at most " + std::to_string(limits::kFollowsMax));
  for (const json::value& item : wanted) {
    if (!item.is_string()) return fail(Code::invalid, "what is followed is a list of references", {}, "booking:…, equipment:…");
    references.push_back(TRY(Reference::from_key(std::string_view(item.get_string()))));
  }
  return references;
}

Status feed_documents(Services& services, filing::Record& record, const json::array& documents, const access::Viewer& viewer) {
  if (documents.size() > kDocumentsMax)
    return fail(Code::too_large, "too many documents at once", std::to_string(documents.size()),
                "at most " + std::to_string(kDocumentsMax));
  for (const json::value& item : documents) {
    const filing::Fed fed = TRY(filing::read_trade_document(record.schema(), json::serialize(item)));
    TRY(filing::feed(record, fed, {fed.kind, "", viewer.party.id, viewer.person, services.env.now_us(), fed.confidence}));
  }
  return {};
}

Result<Consignment> consignment_from(Services& services, const json::object& body, const access::Viewer& viewer) {
  if (!text_of(body, "document").empty())
    return fail(Code::invalid, "an invoice or packing list stands among the documents of a consignment", {},
                R"({"reference":"PO-1","documents":[{"document":"invoice",…}]})");
  Consignment consignment{.id = {},
                          .owner = viewer.party.id,
                          .reference = std::string(trim(text_of(body, "reference"))),
                          .record = filing::Record(services.filings->regimes.schema()),
                          .participants = {},
                          .follows = {}};
  if (const json::object* fields = object_of(body, "fields"))
    TRY_OK(filing::put_fields(consignment.record, json::serialize(*fields), source_of(services, viewer)));
  if (const json::array* documents = array_of(body, "documents")) TRY_OK(feed_documents(services, consignment.record, *documents, viewer));
  if (const json::array* wanted = array_of(body, "participants"))
    consignment.participants = TRY(participants_from(services, *wanted, viewer.party.id));
  if (const json::array* wanted = array_of(body, "follows")) consignment.follows = TRY(follows_from(*wanted));
  return consignment;
}

}  // namespace fairway::exchange
