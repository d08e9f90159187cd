#include "gateway/cargo_xml/groups.h"

#include <algorithm>
#include <array>

namespace fairway::gateway::cargo_xml {
namespace {

constexpr auto kMessage = std::to_array<FieldRow>({
    {"id", "MessageHeaderDocument/ID"},
    {"name", "MessageHeaderDocument/Name"},
    {"type", "MessageHeaderDocument/TypeCode"},
    {"written", "MessageHeaderDocument/IssueDateTime"},
    {"purpose", "MessageHeaderDocument/PurposeCode"},
    {"version", "MessageHeaderDocument/VersionID"},
    {"conversation", "MessageHeaderDocument/ConversationID"},
    {"sender", "MessageHeaderDocument/SenderParty/PrimaryID"},
    {"recipient", "MessageHeaderDocument/RecipientParty/PrimaryID"},
    {"document", "BusinessHeaderDocument/ID"},
    {"forwarder_reference", "BusinessHeaderDocument/SenderAssignedID"},
    {"issued", "BusinessHeaderDocument/SignatoryCarrierAuthentication/ActualDateTime"},
    {"issued_at", "BusinessHeaderDocument/SignatoryCarrierAuthentication/IssueAuthenticationLocation/ID"},
    {"issued_at", "BusinessHeaderDocument/SignatoryCarrierAuthentication/IssueAuthenticationLocation/Name"},
});
constexpr auto kMessageGroups = std::to_array<InnerRow>({
    {"consignment", Group::consignment, "MasterConsignment"},
    {"flight", Group::movement, "LogisticsTransportMovement"},
    {"point", Group::point, "ArrivalEvent"},
});

constexpr auto kConsignment = std::to_array<FieldRow>({
    {"air_waybill", "TransportContractDocument/ID"},
    {"weight", "GrossWeightMeasure"},
    {"weight", "IncludedTareGrossWeightMeasure"},
    {"weight", "TotalGrossWeightMeasure"},
    {"volume", "GrossVolumeMeasure"},
    {"pieces", "PieceQuantity"},
    {"total_pieces", "TotalPieceQuantity"},
    {"split", "TransportSplitDescription"},
    {"origin", "OriginLocation/ID"},
    {"destination", "FinalDestinationLocation/ID"},
});
constexpr auto kConsignmentGroups = std::to_array<InnerRow>({
    {"status", Group::status, "ReportedStatus"},
    {"movement", Group::movement, "SpecifiedLogisticsTransportMovement"},
    {"shipper", Group::party, "ConsignorParty"},
    {"consignee", Group::party, "ConsigneeParty"},
    {"agent", Group::party, "FreightForwarderParty"},
    {"other", Group::party, "AssociatedParty"},
    {"house", Group::house, "IncludedHouseConsignment"},
    {"note", Group::note, "IncludedCustomsNote"},
    {"unit", Group::unit, "ApplicableRating/IncludedMasterConsignmentItem/AssociatedUnitLoadTransportEquipment"},
    {"onward", Group::onward, "OnCarriageTransportMovement"},
});

constexpr auto kHouse = std::to_array<FieldRow>({
    {"house_air_waybill", "TransportContractDocument/ID"},
    {"house_air_waybill", "ID"},
    {"weight", "GrossWeightMeasure"},
    {"weight", "IncludedTareGrossWeightMeasure"},
    {"weight", "TotalGrossWeightMeasure"},
    {"volume", "GrossVolumeMeasure"},
    {"pieces", "PieceQuantity"},
    {"total_pieces", "TotalPieceQuantity"},
    {"split", "TransportSplitDescription"},
    {"origin", "OriginLocation/ID"},
    {"destination", "FinalDestinationLocation/ID"},
});
constexpr auto kHouseGroups = std::to_array<InnerRow>({
    {"movement", Group::movement, "SpecifiedLogisticsTransportMovement"},
    {"shipper", Group::party, "ConsignorParty"},
    {"consignee", Group::party, "ConsigneeParty"},
    {"agent", Group::party, "FreightForwarderParty"},
    {"other", Group::party, "AssociatedParty"},
    {"note", Group::note, "IncludedCustomsNote"},
});

constexpr auto kStatus = std::to_array<FieldRow>({{"code", "ReasonCode"}});
constexpr auto kStatusGroups = std::to_array<InnerRow>({{"part", Group::part, "AssociatedStatusConsignment"}});

constexpr auto kPart = std::to_array<FieldRow>({
    {"weight", "GrossWeightMeasure"},
    {"volume", "GrossVolumeMeasure"},
    {"pieces", "PieceQuantity"},
    {"split", "TransportSplitDescription"},
    {"discrepancy", "DiscrepancyDescriptionCode"},
    {"received_from", "AssociatedReceivedFromParty/PrimaryID"},
    {"transferred_from", "AssociatedTransferredFromParty/PrimaryID"},
});
constexpr auto kPartGroups = std::to_array<InnerRow>({
    {"movement", Group::movement, "SpecifiedLogisticsTransportMovement"},
    {"instruction", Group::instruction, "HandlingOSIInstructions"},
    {"note", Group::note, "IncludedCustomsNote"},
    {"unit", Group::unit, "UtilizedUnitLoadTransportEquipment"},
    {"house", Group::house, "IncludedHouseConsignment"},
});

constexpr auto kMovement = std::to_array<FieldRow>({
    {"flight", "ID"},
    {"carrier", "CarrierParty/PrimaryID"},
    {"carrier", "UsedLogisticsTransportMeans/Name"},
    {"departs", "DepartureEvent/DepartureOccurrenceDateTime"},
    {"departs_type", "DepartureEvent/DepartureDateTimeTypeCode"},
    {"departs_scheduled", "DepartureEvent/ScheduledOccurrenceDateTime"},
    {"from", "DepartureEvent/OccurrenceDepartureLocation/ID"},
    {"arrives", "ArrivalEvent/ArrivalOccurrenceDateTime"},
    {"arrives_type", "ArrivalEvent/ArrivalDateTimeTypeCode"},
    {"arrives_scheduled", "ArrivalEvent/ScheduledOccurrenceDateTime"},
    {"arrives_scheduled", "ScheduledArrivalEvent/ScheduledOccurrenceDateTime"},
    {"to", "ArrivalEvent/OccurrenceArrivalLocation/ID"},
});
constexpr auto kMovementGroups = std::to_array<InnerRow>({
    {"location", Group::location, "SpecifiedLocation"},
    {"moment", Group::moment, "SpecifiedEvent"},
});

constexpr auto kLocation = std::to_array<FieldRow>({{"id", "ID"}, {"flight_status", "FlightStatusTypeCode"}});
constexpr auto kMoment = std::to_array<FieldRow>({{"time", "OccurrenceDateTime"}, {"type", "DateTimeTypeCode"}});

constexpr auto kPoint = std::to_array<FieldRow>({
    {"arrives", "ArrivalOccurrenceDateTime"},
    {"arrives_type", "ArrivalDateTimeTypeCode"},
    {"place", "OccurrenceArrivalLocation/ID"},
});
constexpr auto kPointGroups = std::to_array<InnerRow>({{"cargo", Group::cargo, "AssociatedTransportCargo"}});

constexpr auto kCargo = std::to_array<FieldRow>({{"kind", "TypeCode"}});
constexpr auto kCargoGroups = std::to_array<InnerRow>({
    {"unit", Group::unit, "UtilizedUnitLoadTransportEquipment"},
    {"consignment", Group::consignment, "IncludedMasterConsignment"},
});

constexpr auto kUnit = std::to_array<FieldRow>({{"serial", "ID"}, {"type", "CharacteristicCode"}, {"owner", "OperatingParty/PrimaryID"}});
constexpr auto kUnitGroups = std::to_array<InnerRow>({{"onward", Group::onward, "OnCarriageTransportMovement"}});

constexpr auto kOnward = std::to_array<FieldRow>({
    {"flight", "ID"},
    {"carrier", "CarrierParty/PrimaryID"},
    {"departs", "OnCarriageEvent/DepartureOccurrenceDateTime"},
    {"departs", "OnCarriageEvent/ScheduledOccurrenceDateTime"},
    {"departs", "OnCarriageEvent/OccurrenceDateTime"},
});

constexpr auto kParty = std::to_array<FieldRow>({
    {"name", "Name"},
    {"role", "RoleCode"},
    {"account", "AccountID"},
    {"agent", "CargoAgentID"},
});
constexpr auto kNote = std::to_array<FieldRow>({{"subject", "SubjectCode"}, {"control", "ContentCode"}, {"content", "Content"}});
constexpr auto kInstruction = std::to_array<FieldRow>({{"text", "Description"}});

constexpr std::array<GroupRow, kGroups> kRows = {{
    {Group::message, kMessage, kMessageGroups},
    {Group::consignment, kConsignment, kConsignmentGroups},
    {Group::house, kHouse, kHouseGroups},
    {Group::status, kStatus, kStatusGroups},
    {Group::part, kPart, kPartGroups},
    {Group::movement, kMovement, kMovementGroups},
    {Group::location, kLocation, {}},
    {Group::moment, kMoment, {}},
    {Group::point, kPoint, kPointGroups},
    {Group::cargo, kCargo, kCargoGroups},
    {Group::unit, kUnit, kUnitGroups},
    {Group::onward, kOnward, {}},
    {Group::party, kParty, {}},
    {Group::note, kNote, {}},
    {Group::instruction, kInstruction, {}},
}};

// Sorted.
constexpr auto kPassedOver = std::to_array<std::string_view>({
    "AccountID",
    "AccountingNote",
    "AdditionalID",
    "AgreedPaymentTerms",
    "ApplicableDestinationCurrencyExchange",
    "ApplicableDestinationCurrencyServiceCharge",
    "ApplicableFreightRateServiceCharge",
    "ApplicableLogisticsAllowanceCharge",
    "ApplicableLogisticsServiceCharge",
    "ApplicableOriginCurrencyExchange",
    "ApplicableTotalRating",
    "ApplicableTransportCargoInsurance",
    "ApplicableUnitLoadDeviceServiceCharge",
    "ArrivalDestinationEvent",
    "AssociatedConsignmentCustomsProcedure",
    "AssociatedManifestDocument",
    "AssociatedParty",
    "AssociatedReferenceDocument",
    "AttachedDigitalFile",
    "BuildTypeCode",
    "CargoAgentID",
    "CarrierParty",
    "ConsignmentItemQuantity",
    "CountryID",
    "CustomsValueAmount",
    "DeclaredValueForCarriageAmount",
    "DeclaredValueForCustomsAmount",
    "DefinedTradeContact",
    "DeliveryParty",
    "DensityGroupCode",
    "DensityID",
    "DepartureDateTimeTypeCode",
    "DepartureOccurrenceDateTime",
    "Description",
    "DescriptionCode",
    "FreightForwarderAddress",
    "GrossVolumeMeasure",
    "GrossWeightMeasure",
    "HandlingInstructions",
    "HandlingOSIInstructions",
    "HandlingSPHInstructions",
    "HandlingSSRInstructions",
    "ID",
    "IncludedAccountingNote",
    "IncludedCustomsNote",
    "IncludedHeaderNote",
    "IncludedHouseConsignmentItem",
    "IncludedMasterConsignmentItem",
    "IncludedRatingNote",
    "IncludedTareGrossWeightMeasure",
    "Information",
    "InsuranceValueAmount",
    "LoadedPackageQuantity",
    "LoadingRemark",
    "MasterResponsibleTransportPerson",
    "Mode",
    "ModeCode",
    "MovementPriorityCode",
    "Name",
    "NatureIdentificationTransportCargo",
    "NilCarriageValueIndicator",
    "NilCustomsValueIndicator",
    "NilInsuranceValueIndicator",
    "NotifiedParty",
    "OnCarriageTransportMovement",
    "OperationalStatusCode",
    "OriginCountry",
    "PackageQuantity",
    "PieceQuantity",
    "PositioningEvent",
    "PostalStructuredAddress",
    "PrimaryID",
    "ProductID",
    "RecipientIdentification",
    "RecipientQualifier",
    "Reference",
    "RelatedConsignmentCustomsProcedure",
    "Role",
    "RoleCode",
    "RoutingLocation",
    "SenderIdentification",
    "SenderQualifier",
    "SequenceNumeric",
    "ServiceCode",
    "ShipmentReferenceDocument",
    "SignatoryCarrierAuthentication",
    "SignatoryConsignorAuthentication",
    "SpecifiedCargoAgentLocation",
    "SpecifiedLogisticsTransportMovement",
    "SpecifiedRateCombinationPointLocation",
    "StageCode",
    "StatusDescription",
    "SummaryDescription",
    "TareWeightMeasure",
    "TotalChargePrepaidIndicator",
    "TotalCollectChargeAmount",
    "TotalDisbursementPrepaidIndicator",
    "TotalGrossVolumeMeasure",
    "TotalGrossWeightMeasure",
    "TotalPackageQuantity",
    "TotalPieceQuantity",
    "TotalPrepaidChargeAmount",
    "TransportContractDocument",
    "TransportLogisticsPackage",
    "TransportSplitDescription",
    "TypeCode",
    "UsedCapacityCode",
    "UsedLogisticsTransportMeans",
    "ValuationTotalChargeAmount",
    "WeightTotalChargeAmount",
});

}  // namespace

const GroupRow& row(Group group) { return kRows.at(static_cast<size_t>(group)); }

bool is_passed_over(std::string_view element) { return std::ranges::binary_search(kPassedOver, element); }

}  // namespace fairway::gateway::cargo_xml
