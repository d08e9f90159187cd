#include "gateway/json_slices.h"

#include "base/json_scan.h"
#include "base/limits.h"

namespace fairway::gateway {

Result<std::vector<std::string_view>> json_slices(std::string_view array, std::string too_many) {
  std::vector<std::string_view> slices;
  TRY_OK(each_json_element(array, [&](std::string_view slice) -> Status {
    if (slices.size() == limits::kEventsPerRequestMax)
      return fail(Code::too_large, too_many, "more than " + std::to_string(limits::kEventsPerRequestMax), "send them in several requests");
    slices.push_back(slice);
    return {};
  }));
  return slices;
}

}  // namespace fairway::gateway
