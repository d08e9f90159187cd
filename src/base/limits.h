// Every limit of Fairway in one place. Past a limit the answer is a clear error (Code::too_large or Code::overloaded), never a
// crash or a silent drop; tests/unit and tests/blackbox reach each of them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace fairway::limits {

// HTTP
inline constexpr size_t kRequestBodyBytesMax = 64u << 20;           // as received
inline constexpr size_t kRequestBodyInflatedBytesMax = 128u << 20;  // after gzip
inline constexpr size_t kRequestHeaderBytesMax = 16u << 10;
inline constexpr size_t kRequestTargetBytesMax = 8u << 10;
inline constexpr size_t kConnectionsMax = 4096;
inline constexpr size_t kRequestsQueuedMax = 4096;        // waiting for a worker
inline constexpr size_t kStreamReferencesMax = 100;       // that one subscriber asks for
inline constexpr size_t kStreamsMax = 2048;               // server-sent event subscribers
inline constexpr size_t kStreamQueueBytesMax = 4u << 20;  // a slow reader is cut off here; Last-Event-ID resumes
inline constexpr int kRequestIdleSecondsMax = 60;
inline constexpr int kHandshakeSecondsMax = 10;                    // of TLS, from the connection's first moment
inline constexpr size_t kRequestBodyBytesPerSecondMin = 8u << 10;  // a body that comes slower than this is given up
inline constexpr size_t kRequestBodiesBytesMax = 1u << 30;         // all bodies that are being received or handled together
inline constexpr size_t kRequestsPipelinedMax = 32;                // unanswered on one connection; the next are left unread
inline constexpr size_t kResponseBodyBytesMax = 64u << 20;         // what our own client takes in whole

// Intake
inline constexpr size_t kEventsPerRequestMax = 10'000;
inline constexpr size_t kMessagesPerInterchangeMax = 100'000;
inline constexpr size_t kReferencesPerEventMax = 64;
inline constexpr size_t kReadingsPerEventMax = 64;
inline constexpr size_t kEventBytesMax = 64u << 10;  // one event, as stored
inline constexpr size_t kTextBytesMax = 4096;        // one text field
inline constexpr size_t kIdentifierBytesMax = 512;   // one identifier

// Formats
inline constexpr size_t kJsonDepthMax = 32;
inline constexpr size_t kOriginalDepthMax = 16;  // of members kept as sent: they are stored and answered inside other JSON
inline constexpr size_t kEdifactSegmentBytesMax = 64u << 10;
inline constexpr size_t kEdifactElementsMax = 256;  // elements of one segment
inline constexpr size_t kEdifactSegmentsPerMessageMax = 1'000'000;
inline constexpr size_t kDiagnosticsPerMessageMax = 200;  // past it: one line that says how many more

// Store
inline constexpr size_t kStoreQueueBatchesMax = 8192;
inline constexpr size_t kEntriesPerBatchMax = 10'000;
inline constexpr size_t kTermKeyBytesMax = 512;
inline constexpr size_t kEntryBodyBytesMax = 16u << 20;
inline constexpr size_t kStoreQueueBytesMax = 256u << 20;  // batches waiting, together
inline constexpr size_t kPostgresReadersMax = 16;          // connections that snapshots share, a server
inline constexpr size_t kBatchBytesMax = 64u << 20;        // one batch: bodies, terms and state together
inline constexpr size_t kTermsPerEntryMax = 1024;
inline constexpr size_t kTermValueBytesMax = 64u << 10;
inline constexpr size_t kIdentityBytesMax = 512;
inline constexpr size_t kIdentityDigestBytesMax = 32;
inline constexpr size_t kStateWritesPerBatchMax = 10'000;
inline constexpr size_t kStateKeyBytesMax = 512;
inline constexpr size_t kStateValueBytesMax = 16u << 20;
inline constexpr size_t kExportLineBytesMax = 128u << 20;  // one line of an export, escaped

// Journeys and answers
inline constexpr size_t kJourneyEventsMax = 2'000;
inline constexpr size_t kJourneyReferencesMax = 400;
inline constexpr size_t kReferenceFanOutMax = 200;  // a reference naming more boxes than this joins nothing
inline constexpr size_t kPageSizeDefault = 100;
inline constexpr size_t kPageSizeMax = 1'000;

// People
inline constexpr size_t kEmailBytesMax = 254;  // RFC 5321, 4.5.3.1.3
inline constexpr size_t kPersonNameBytesMax = 200;
inline constexpr size_t kSessionsPerPersonMax = 20;         // the oldest ends where there would be more
inline constexpr size_t kInvitationsPerPartyMax = 500;      // that are open at one time
inline constexpr size_t kServiceAccountsPerPartyMax = 200;  // that work at one time
inline constexpr size_t kPeoplePageSizeDefault = 50;        // people, invitations, service accounts
inline constexpr size_t kPeoplePageSizeMax = 200;

// Tokens of OpenID providers
inline constexpr size_t kTokenBytesMax = 8u << 10;
inline constexpr size_t kProviderAnswerBytesMax = 256u << 10;  // a discovery document, a set of keys
inline constexpr size_t kProviderKeysMax = 64;

// Keys
inline constexpr size_t kApiKeyBytesMax = 128;
inline constexpr size_t kKeysPerPartyMax = 200;  // that work at one time
inline constexpr size_t kKeysPerPersonMax = 20;  // personal keys that work at one time
inline constexpr int64_t kPersonalKeyDaysDefault = 90;
inline constexpr int64_t kPersonalKeyDaysMax = 366;
inline constexpr size_t kCertificatesPerPartyMax = 200;  // that work at one time
inline constexpr size_t kKeyLabelBytesMax = 100;
inline constexpr size_t kReferencesPerGrantMax = 100;
inline constexpr size_t kGrantedReferenceBytesMax = 96;
inline constexpr int64_t kGuestDaysMax = 366;
inline constexpr size_t kGrantsPerReferenceMax = 100;  // that one party holds of one reference
inline constexpr size_t kLooksWaitingMax = 100'000;    // readings of others' data that are not written down yet
inline constexpr size_t kPurposeBytesMax = 500;
inline constexpr size_t kKeyChecksWaitingMax = 64;  // argon2id verifications waiting for their turn

// AIS
inline constexpr size_t kAisStationsMax = 200'000;         // whose last position, or name and IMO number, one feed keeps
inline constexpr size_t kAisFeedsMax = 16;                 // that one server follows
inline constexpr size_t kAisFeedQueueBytesMax = 8u << 20;  // of one feed, read and not taken apart yet; then the oldest lines go
inline constexpr size_t kAisFeedLineBytesMax = 4u << 10;   // what is longer is no sentence

// Air cargo messages
inline constexpr size_t kCargoImpLineBytesMax = 4096;          // the standard has 69; a longer line is left out
inline constexpr size_t kCargoImpLinesPerMessageMax = 50'000;  // the standard has 3,500 characters a message
inline constexpr size_t kCargoImpFieldsPerLineMax = 256;
inline constexpr size_t kManifestPartsMax = 10'000;  // that wait to be joined

// EPCIS
inline constexpr size_t kEpcisPrefixesMax = 100;              // namespaces that one document declares
inline constexpr size_t kEpcisXmlDepthMax = 32;               // elements within elements
inline constexpr size_t kEpcisIndexKeysMax = 800;             // identifiers of one event that can be asked for at once
inline constexpr size_t kEpcisQueryParametersMax = 64;        // of one query
inline constexpr size_t kEpcisQueryValuesMax = 256;           // of all parameters of one query
inline constexpr size_t kEpcisLookedAtMax = 20'000;           // events that one request looks at before it says "too large"
inline constexpr size_t kEpcisPageSizeDefault = 30;           // perPage
inline constexpr size_t kEpcisPageSizeMax = 1'000;            //
inline constexpr size_t kEpcisNamedQueriesPerPartyMax = 200;  //
inline constexpr size_t kEpcisQueryNameBytesMax = 100;        //
inline constexpr size_t kEpcisQueryBytesMax = 64u << 10;      // a named query's body
inline constexpr size_t kEpcisJobsPerPartyMax = 1'000;        // the oldest are forgotten
inline constexpr size_t kEpcisJobErrorsMax = 100;             // listed in one capture job

// EDIFACT: whole messages as JSON, consignments, and what is written
inline constexpr size_t kEdifactRawBytesMax = 256u << 20;     // one message as the JSON line of `decode --raw`
inline constexpr size_t kEdifactConsignmentBoxesMax = 1'000;  // containers of one consignment, each with an event of its own
inline constexpr size_t kEdifactLegTimesMax = 1'000;          // times of one voyage's or consignment's calls
inline constexpr size_t kEdifactEventsWrittenMax = 999;       // in one interchange that we write

// Land transport and sensors
inline constexpr size_t kLandMessageBytesMax = 1u << 20;    // one JSON message, with all of its positions or readings
inline constexpr size_t kLandEventsPerMessageMax = 1'000;   // that one message makes
inline constexpr size_t kSheetColumnsMax = 200;             // of an uploaded sheet; what stands further right is not read
inline constexpr size_t kSheetCellBytesMax = 32u << 10;     // one cell
inline constexpr size_t kWorkbookPartBytesMax = 16u << 20;  // one part of an .xlsx, unpacked
inline constexpr size_t kWorkbookBytesMax = 48u << 20;      // all that is unpacked of one
inline constexpr size_t kWorkbookMarkupMax = 2'000'000;     // elements, and attributes, of one part
inline constexpr size_t kWorkbookTextBytesMax = 32u << 20;  // all of its cells together
inline constexpr size_t kWorkbookPartsMax = 2'000;
inline constexpr size_t kWorkbookSheetsMax = 50;
inline constexpr size_t kMqttMessagesWaitingMax = 1'000;  // received and not durable yet; the broker keeps the rest
inline constexpr size_t kThresholdsPerReferenceMax = 32;  // kinds of reading that one consignment has limits for

// ONE Record
inline constexpr size_t kLinkedDataNodesMax = 20'000;    // objects and links of one document
inline constexpr size_t kLinkedDataValuesMax = 100'000;  // values of one document
inline constexpr size_t kLinkedDataTermsMax = 500;       // that the contexts of one document define
inline constexpr size_t kLogisticsObjectBytesMax = 1u << 20;
inline constexpr size_t kLogisticsObjectRevisionsMax = 10'000;
inline constexpr size_t kChangeOperationsMax = 1'000;     // of one change request
inline constexpr size_t kLogisticsEventsMax = 2'000;      // of one logistics object
inline constexpr size_t kActionRequestsMax = 1'000;       // of one logistics object
inline constexpr size_t kObjectsEmbeddedMax = 200;        // that one answer resolves
inline constexpr size_t kEventTargetsMax = 100;           // of one event for several objects
inline constexpr size_t kSubscriptionsPerTopicMax = 200;  // that one party or topic has

// Callbacks
inline constexpr size_t kCallbacksPerPartyMax = 50;
inline constexpr size_t kCallbackUrlBytesMax = 2048;
inline constexpr size_t kCallbackFilterBytesMax = 16u << 10;
inline constexpr size_t kCallbackSecretBytesMax = 256;
inline constexpr size_t kCallbackSecretsMax = 3;    // of one subscription: the newest and those that still overlap
inline constexpr size_t kCallbackDeadMax = 1'000;   // dead letters of one subscription; there it stops by itself
inline constexpr size_t kCallbackRecentMax = 100;   // deliveries of one subscription that are remembered
inline constexpr size_t kCallbackQueueMax = 1'000;  // found for one subscription and not yet sent; the rest waits in the log
inline constexpr size_t kCallbackEventsPerDeliveryMax = 500;
inline constexpr size_t kCallbackSenders = 8;                 // threads that send
inline constexpr size_t kCallbackTestsMax = 2;                // pings on their way at one time, a server
inline constexpr size_t kCallbackAnswerBytesMax = 64u << 10;  // what a receiver may answer with
inline constexpr int kCallbackSecondsMax = 30;                // one attempt, from the first byte to the last

// Folders that are watched, and AS2
inline constexpr size_t kFolderFileBytesMax = 64u << 20;  // one file
inline constexpr size_t kFolderFilesPerTurn = 1'000;      // looked at before the next folder has its turn
inline constexpr size_t kMimeHeaderBytesMax = 16u << 10;  // of one part
inline constexpr size_t kMimePartsMax = 8;                // of one message
inline constexpr int kAs2LayersMax = 4;                   // encrypted, compressed, signed: one in the other

// Reference data
inline constexpr size_t kRefdataRowsMax = 500'000;    // of one file
inline constexpr size_t kRefdataVersionsMax = 1'000;  // of one table
inline constexpr size_t kRefdataFindingsMax = 200;    // that are listed; the others are counted

// Cargo-XML
inline constexpr size_t kCargoXmlBytesMax = 64u << 20;          // one document
inline constexpr size_t kCargoXmlElementsMax = 500'000;         // of one document
inline constexpr size_t kCargoXmlDepthMax = 32;                 // elements within elements
inline constexpr size_t kCargoXmlAttributesMax = 1'000'000;     // of one document
inline constexpr size_t kCargoXmlAttributesPerElementMax = 64;  // they are looked through one by one
inline constexpr size_t kCargoXmlEventsPerMessageMax = 10'000;  // that one message makes

// Messages of customs as XML
inline constexpr size_t kCustomsXmlBytesMax = 16u << 20;   // one message
inline constexpr size_t kCustomsXmlElementsMax = 200'000;  // of one message
inline constexpr size_t kCustomsRowsMax = 2'000;           // goods lines, containers, … of one message, each

// Alerts
inline constexpr size_t kAlertRulesPerPartyMax = 50;
inline constexpr size_t kAlertRuleReferencesMax = 100;   // that one rule is for
inline constexpr size_t kAlertRulePlacesMax = 100;       // that one rule has free days of their own for
inline constexpr size_t kAlertRuleBytesMax = 64u << 10;  // as sent
inline constexpr size_t kAlertEvidenceMax = 20;          // claims that one alert shows
inline constexpr size_t kAlertFactsMax = 16;             // keys by which one alert is known again
inline constexpr size_t kAlertsPerJourneyMax = 500;      // that are found at one time
inline constexpr size_t kAlertReferencesMax = 50;        // that one alert names
inline constexpr size_t kAlertBoxesPerVesselMax = 200;   // of a party's, looked at when their vessel's call changes
inline constexpr size_t kAlertsPerMailMax = 50;

// The ledger
inline constexpr size_t kLedgerFieldsMax = 4'096;            // of one entry that are committed to one by one
inline constexpr size_t kLedgerBatchMax = 4'096;             // entries that one step of sequencing takes
inline constexpr size_t kNoteBytesMax = 64u << 10;           // a signed note
inline constexpr size_t kNoteSignaturesMax = 64;             // of one note
inline constexpr size_t kKeyNameBytesMax = 256;              // of a signer
inline constexpr size_t kPolicyBytesMax = 64u << 10;         // a policy file
inline constexpr size_t kPolicyLinesMax = 512;               // logs, witnesses and groups
inline constexpr size_t kProofHashesMax = 64;                // of one proof of inclusion
inline constexpr size_t kWitnessLogsMax = 64;                // that one witness follows
inline constexpr size_t kAnchorNodesMax = 16;                // that an anchor asks
inline constexpr size_t kAnchorAnswerBytesMax = 4u << 20;    // what a node may answer with
inline constexpr size_t kAnchorWitnessesMax = 32;            // of one contract
inline constexpr size_t kBundleBytesMax = 64u << 20;         // an evidence bundle
inline constexpr size_t kBundlePartsMax = 4'096;             // files in it
inline constexpr size_t kBundleEntriesMax = 1'000;           // entries that it proves
inline constexpr size_t kFingerprintsPerPartyMax = 100'000;  // that one party registers
inline constexpr size_t kErasureReasonBytesMax = 1'024;      // of one erasure

// Filings
inline constexpr size_t kConsignmentBytesMax = 12u << 20;  // one record, as stored
inline constexpr size_t kRecordVersionsMax = 100'000;      // of one consignment
inline constexpr size_t kParticipantsMax = 50;             // of one consignment
inline constexpr size_t kFollowsMax = 100;                 // references that one consignment follows
inline constexpr size_t kChangedPathsToldMax = 1'000;      // of one version, in the log; all are counted
inline constexpr size_t kFilingsPerConsignmentMax = 500;   //
inline constexpr size_t kFilingBytesMax = 12u << 20;       // one filing, as stored
inline constexpr size_t kLodgementsPerFilingMax = 200;     //
inline constexpr size_t kAnswersPerFilingMax = 2'000;      //
inline constexpr size_t kAnswerRemarksMax = 500;           // fields that one answer remarks on
inline constexpr size_t kBundleFilingsMax = 200;           // road consignments on one vehicle
inline constexpr size_t kHoldScopeMax = 100;               // references of one hold
inline constexpr size_t kHoldAddresseesMax = 50;           //
inline constexpr size_t kHoldAcknowledgementsMax = 500;    // of one hold
inline constexpr size_t kHoldsPerReferenceMax = 100;       // that stand at one time
inline constexpr size_t kFilingsPageSizeMax = 200;         // consignments, filings, bundles, holds

}  // namespace fairway::limits
