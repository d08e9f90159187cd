// CUSCAR, D.16A: the manifest of one carriage. In the order of the message's segment table.
#include "gateway/customs/layouts.h"

namespace fairway::gateway::customs {
namespace {

constexpr LayoutRow kRows[] = {
    {"", "BGM+{@document}:::{@form}+{@id}+{@function}"},
    {"", "DTM+178:{arrivalDate@day}:102"},
    {"", "DTM+178:{arrivalDate@time}:205"},
    {"", "DTM+136:{departureDate@day}:102"},
    {"", "DTM+136:{departureDate@time}:205"},
    {"", "LOC+22+{controlPoint}"},
    {"", "RFF+ABE:{@filing}"},
    {"", "RFF+ABT:{@number}"},
    {"", "RFF+UCN:{ucr}"},
    {"", "RFF+CU:{reference}"},
    {"", "RFF+MB:{masterDocument}"},
    {"", "NAD+CA+{carrier.code}+{carrier.address*5}+{carrier.name*5}+++++{carrier.country}"},
    {"", "FTX+ACB+++{*}"},
    {"", "TDT+20+{voyage}+{mode}++{carrierCode}+++{vesselId}:::{vessel}"},
    {"", "LOC+9+{placeOfLoading}", true},
    {"", "LOC+11+{placeOfDischarge}", true},
    {"container", "EQD+CN+{container.number}+{container.type}++{container.status}"},
    {"container", "MEA+AAE+G+KGM:{container.grossKg}"},
    {"container", "MEA+AAE+T+KGM:{container.tareKg}"},
    {"container", "SEL+{container.seals@words}"},
    {"", "CNT+16:{containers}"},
    {"", "CNI+1"},
    {"", "CNT+11:{packages}"},
    {"", "!RFF+AAS:{transportDocument}"},
    {"", "LOC+35+{countryOfConsignment}", true},
    {"", "LOC+28+{countryOfDestination}", true},
    {"", "LOC+20+{placeOfDelivery}", true},
    {"", "LOC+198+{placeOfOrigin}", true},
    {"", "NAD+CZ++{consignor.address*5}+{consignor.name*5}+++++{consignor.country}", true},
    {"", "NAD+CN++{consignee.address*5}+{consignee.name*5}+++++{consignee.country}", true},
    {"", "NAD+NI++{notify.address*5}+{notify.name*5}+++++{notify.country}", true},
    {"item", "GID+{@row}+{item.packages}:{item.packageType}"},
    {"item", "FTX+AAA+++{item.description*5}"},
    {"item", "FTX+ACB+++{*}"},
    {"item", "MEA+AAE+AAB+KGM:{item.grossMassKg}"},
    {"item", "MEA+AAE+AAA+KGM:{item.netMassKg}"},
    {"item", "MEA+AAE+AAW+MTQ:{item.volumeM3}"},
    {"item", "MOA+40:{item.value}"},
    {"item", "DGS+IMD+{item.dangerousClass}+{item.unNumber}"},
    {"item", "PCI++{item.marks*10}"},
    {"item", "CST++{item.code}"},
};

}  // namespace

std::span<const LayoutRow> cuscar_rows() { return kRows; }

}  // namespace fairway::gateway::customs
