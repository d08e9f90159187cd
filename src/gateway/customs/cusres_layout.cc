// CUSRES, D.16A: what an authority answers to one message. In the order of the message's segment table.
#include "gateway/customs/layouts.h"

namespace fairway::gateway::customs {
namespace {

constexpr LayoutRow kRows[] = {
    {"", "BGM+{@document}+{@id}+{@function}"},
    {"", "DTM+334:{@at@time}:205"},
    {"", "FTX+AAI+++{@text*5}"},
    {"", "GEI+ZZZ+{@status}:::{@statusText}"},
    {"container", "EQD+CN+{container.number}"},
    {"", "RFF+ACW:{@lodgement}"},
    {"", "RFF+ABE:{@filing}"},
    {"", "RFF+ABT:{@number}"},
    {"remark", "ERP+:{remark.field}"},
    {"remark", "ERC+{remark.code}"},
    {"remark", "FTX+AAO+++{remark.text*5}"},
};

}  // namespace

std::span<const LayoutRow> cusres_rows() { return kRows; }

}  // namespace fairway::gateway::customs
