// CUSDEC, D.16A: a declaration, a permit, advance cargo information. In the order of the message's segment table.
#include "gateway/customs/layouts.h"

namespace fairway::gateway::customs {
namespace {

constexpr LayoutRow kRows[] = {
    {"", "BGM+{@document}:::{@form}+{@id}+{@function}"},
    {"", "LOC+9+{placeOfLoading}"},
    {"", "LOC+11+{placeOfDischarge}"},
    {"", "LOC+18+{warehouse}"},
    {"", "LOC+20+{placeOfDelivery}"},
    {"", "LOC+28+{countryOfDestination}"},
    {"", "LOC+35+{countryOfConsignment}"},
    {"", "LOC+22+{controlPoint}"},
    {"", "DTM+178:{arrivalDate@day}:102"},
    {"", "DTM+178:{arrivalDate@time}:205"},
    {"", "DTM+136:{departureDate@day}:102"},
    {"", "DTM+136:{departureDate@time}:205"},
    {"", "DTM+132:{crossing@day}:102"},
    {"", "DTM+132:{crossing@time}:205"},
    {"", "MEA+AAX+AAD+KGM:{grossMassKg}"},
    {"", "MEA+AAX+AAA+KGM:{netMassKg}"},
    {"container", "EQD+CN+{container.number}+{container.type}"},
    {"", "FTX+AAA+++{description*5}"},
    {"", "FTX+MKS+++{marks*5}"},
    {"", "FTX+ACB+++{*}"},
    {"", "RFF+ABE:{@filing}"},
    {"", "RFF+ABT:{@number}"},
    {"", "RFF+UCN:{ucr}"},
    {"", "RFF+CU:{reference}"},
    {"", "RFF+IV:{invoice.number}"},
    {"", "RFF+AAS:{transportDocument}"},
    {"", "RFF+MB:{masterDocument}"},
    {"", "RFF+CT:{contract}"},
    {"", "TDT+20+{voyage}+{mode}++{carrier.code}:::{carrier.name}+++{vesselId}:::{vessel}"},
    {"document", "DOC+916:::{document.type}+{document.number}"},
    {"", "NAD+IM++{importer.address*5}+{importer.name*5}+++++{importer.country}"},
    {"", "RFF+XA:{importer.br}", true},
    {"", "RFF+GN:{importer.hkid}", true},
    {"", "NAD+EX++{exporter.address*5}+{exporter.name*5}+++++{exporter.country}"},
    {"", "RFF+XA:{exporter.br}", true},
    {"", "RFF+GN:{exporter.hkid}", true},
    {"", "NAD+CZ++{consignor.address*5}+{consignor.name*5}+++++{consignor.country}"},
    {"", "RFF+ADZ:{consignor.account}", true},
    {"", "NAD+CN++{consignee.address*5}+{consignee.name*5}+++++{consignee.country}"},
    {"", "RFF+ADZ:{consignee.account}", true},
    {"", "NAD+DT++{declarant.address*5}+{declarant.name*5}+++++{declarant.country}"},
    {"", "RFF+XA:{declarant.br}", true},
    {"", "TOD+++{incoterm}"},
    {"", "MOA+39:{invoice.amount}:{invoice.currency}"},
    {"", "MOA+43:{totalValue}"},
    {"", "UNS+D"},
    {"item", "CST+{@row}+{item.code}"},
    {"item", "FTX+AAA+++{item.description*5}"},
    {"item", "FTX+ACB+++{*}"},
    {"item", "LOC+27+{item.originCountry}"},
    {"item", "MEA+AAE+AAB+KGM:{item.grossMassKg}"},
    {"item", "MEA+AAE+AAA+KGM:{item.netMassKg}"},
    {"item", "MEA+AAE+CT+{item.unit}:{item.quantity}"},
    {"item", "PAC+{item.packages}++{item.packageType}"},
    {"item", "PCI++{item.marks*4}", true},
    {"item", "MOA+40:{item.value}"},
    {"item", "DOC+916:::{item.licenceType}+{item.licence}"},
    {"", "UNS+S"},
    {"", "CNT+11:{packages}"},
};

}  // namespace

std::span<const LayoutRow> cusdec_rows() { return kRows; }

}  // namespace fairway::gateway::customs
