#include "gateway/ais/assembler.h"
#include "gateway/ais/decode.h"
#include "gateway/ais/lines.h"
#include "gateway/ais/raw_json.h"
#include "gateway/ais/recent.h"

namespace fairway::gateway::ais {
namespace {

constexpr size_t kNamesMax = 10'000;
constexpr uint64_t kStatic = 24;

class RawReader {
 public:
  explicit RawReader(const LineSink& sink) : sink_(sink) {}

  // Whether the line was a sentence.
  bool read(std::string_view line) {
    const auto sentence = parse_sentence(line);
    if (!sentence) return false;
    const auto whole = assembler_.add(*sentence);
    if (whole && *whole != nullptr) write((*whole)->bits);
    return true;
  }

 private:
  void write(const Bits& bits) {
    const Layout* layout = layout_of(bits);
    if (layout == nullptr) return;
    const auto mmsi = static_cast<uint32_t>(bits.number(8, 30));
    const bool is_part = layout->type == kStatic;
    if (is_part && layout->key == 0) {
      names_.at(mmsi) = bits.text(40, 20);
      return;
    }
    const std::string* name = is_part ? names_.find(mmsi) : nullptr;
    if (is_part && name == nullptr) return;
    line_.clear();
    append_raw_json(line_, bits, *layout, name);
    if (is_part) names_.erase(mmsi);
    sink_(line_);
  }

  const LineSink& sink_;
  Assembler assembler_;
  Recent<std::string> names_{kNamesMax};
  std::string line_;
};

}  // namespace

Status raw_ais(std::string_view bytes, const LineSink& sink) {
  RawReader reader(sink);
  bool any = false;
  Line line;
  for (size_t at = 0; next_line(bytes, at, line);)
    if (is_candidate(line.text)) any |= reader.read(line.text);
  if (!any) return fail(Code::invalid, "there is no AIS sentence in it", "", "one sentence a line, such as !AIVDM,1,1,,A,…,0*5C");
  return {};
}

}  // namespace fairway::gateway::ais
