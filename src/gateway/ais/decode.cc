#include "gateway/ais/decode.h"

#include <memory>
#include <optional>

#include "base/limits.h"
#include "gateway/ais/lines.h"
#include "gateway/ais/reader.h"

namespace fairway::gateway::ais {
namespace {

Status read_all(std::string_view bytes, std::optional<int64_t> received_s, const MessageSink& sink) {
  size_t messages = 0;
  const MessageSink counted = [&](DecodedMessage message) {
    if (++messages <= limits::kMessagesPerInterchangeMax) sink(std::move(message));
  };
  const auto reader = std::make_unique<Reader>(Detail::all, counted);
  Line line;
  for (size_t at = 0; messages <= limits::kMessagesPerInterchangeMax && next_line(bytes, at, line);)
    if (is_candidate(line.text)) reader->read(line.text, line.offset, received_s);
  reader->finish();
  if (messages > limits::kMessagesPerInterchangeMax)
    return fail(Code::too_large, "too many AIS messages", "more than " + std::to_string(limits::kMessagesPerInterchangeMax),
                "send them in several files, or follow the file with fairway serve --ais file:PATH");
  if (reader->sentences() == 0)
    return fail(Code::invalid, "there is no AIS sentence in it", "", "one sentence a line, such as !AIVDM,1,1,,A,…,0*5C");
  return {};
}

}  // namespace

Status decode_ais(std::string_view bytes, const MessageSink& sink) { return read_all(bytes, std::nullopt, sink); }

Status decode_ais_at(std::string_view bytes, int64_t received_unix_s, const MessageSink& sink) {
  return read_all(bytes, received_unix_s, sink);
}

bool begins_ais(std::string_view bytes) {
  Line line;
  for (size_t at = 0; next_line(bytes, at, line);) {
    if (!is_candidate(line.text)) continue;
    std::string_view text = line.text;
    if (text.starts_with('\\') && text.find('\\', 1) != std::string_view::npos) text.remove_prefix(text.find('\\', 1) + 1);
    return text.size() > 7 && text[0] == '!' && (text.substr(3, 4) == "VDM," || text.substr(3, 4) == "VDO,");
  }
  return false;
}

}  // namespace fairway::gateway::ais
