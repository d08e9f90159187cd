#include "gateway/cargo_imp/cargo_imp.h"
#include "gateway/cargo_imp/message.h"

namespace fairway::gateway::cargo_imp {

Status raw_cargo_imp(std::string_view bytes, const std::function<void(std::string_view json_line)>& sink) {
  const size_t count = split(bytes, [&](MessageText text) { sink(to_json(read_message(std::move(text)))); });
  if (count == 0)
    return fail(Code::invalid, "the input holds no air cargo message", "",
                "a message begins with its identifier on a line, such as FSU/15");
  return {};
}

}  // namespace fairway::gateway::cargo_imp
