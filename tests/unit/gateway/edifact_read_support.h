// Helpers of the EDIFACT reader's tests: what a Reader hands on, as lines of text that two readings can be compared by.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/edifact/reader.h"

namespace edifact_read {

using namespace fairway::gateway;
using namespace fairway::gateway::edifact;

// Every call of the reader as a line: "begin COARRI 1 @44", "2 SG1* TDT@66 1/1=20 2/1=031W", "finding edifact.… 3 LOC/2/1 @80".
class Recorder final : public ReaderHandler {
 public:
  std::vector<std::string> lines;
  std::vector<Diagnostic> diagnostics;

  void interchange_begins(const Interchange& i) override {
    lines.push_back("interchange " + i.syntax + ":" + std::to_string(i.version) + " " + i.sender.id + ":" + i.sender.qualifier + " " +
                    i.recipient.id + ":" + i.recipient.qualifier + " " + i.reference);
  }
  void interchange_ends() override { lines.push_back("interchange ends"); }
  void group_begins(const FunctionalGroup& g) override { lines.push_back("group " + g.type + " " + g.reference); }
  void group_ends() override { lines.push_back("group ends"); }
  void message_begins(const MessageHeader& h, uint64_t offset) override {
    lines.push_back("begin " + h.type + " " + h.version + "." + h.release + " " + h.association + " " + h.reference + " @" +
                    std::to_string(offset));
  }
  void message_ends(uint64_t end) override { lines.push_back("end @" + std::to_string(end)); }
  void segment(const Segment& s) override { add(s, "SG" + std::to_string(s.group) + (s.opens_group ? "* " : " ")); }
  void envelope(const Segment& s) override { add(s, ""); }
  void finding(const Finding& f) override {
    const Diagnostic d = to_diagnostic(f);
    diagnostics.push_back(d);
    lines.push_back("finding " + d.code + " " + std::to_string(d.segment) + " " + d.position + " @" + std::to_string(d.offset) + " " +
                    d.message);
  }

  // The codes of the findings without "edifact.", in order, with commas between.
  [[nodiscard]] std::string codes() const {
    std::string out;
    for (const Diagnostic& d : diagnostics) out += (out.empty() ? "" : ",") + d.code.substr(d.code.find('.') + 1);
    return out;
  }
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
  }

 private:
  void add(const Segment& s, const std::string& group) {
    std::string line = std::to_string(s.number) + " " + group + std::string(s.tag) + "@" + std::to_string(s.offset);
    for (const Component& c : s.components) {
      line += " " + std::to_string(c.element) + (c.repetition != 0 ? "*" + std::to_string(c.repetition) : "") + "/" +
              std::to_string(c.component);
      line += "+" + std::to_string(c.offset) + "=" + std::string(c.value);
    }
    lines.push_back(line);
  }
};

inline Recorder read(std::string_view bytes) {
  Recorder recorder;
  Reader reader(recorder);
  reader.feed(bytes);
  reader.finish();
  return recorder;
}

// A COARRI D.95B of one container with `body` between UNH and CNT.
inline std::string coarri(std::string_view body, std::string_view unb = "UNB+UNOA:2+S:ZZ+R:ZZ+260101:0800+1'") {
  const auto count = static_cast<size_t>(std::count(body.begin(), body.end(), '\'') - std::count(body.begin(), body.end(), '?'));
  return std::string(unb) + "UNH+1+COARRI:D:95B:UN:ITG13'" + std::string(body) + "CNT+16:1'UNT+" + std::to_string(count + 3) +
         "+1'UNZ+1+1'";
}
inline constexpr std::string_view kCoarriHead = "BGM+44+1+9'TDT+20+031W+1+13'NAD+CF+COE:172:20'";
inline constexpr std::string_view kCoarriBody =
    "BGM+44+1+9'TDT+20+031W+1+13'NAD+CF+COE:172:20'EQD+CN+FCIU9908030+45G1:102:5++3+5'LOC+9+TRKMX:139:6'";

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::filesystem::path corpora() { return std::filesystem::path(FAIRWAY_SOURCE_DIR) / "../shared/corpora"; }
inline std::filesystem::path sample_folder() { return corpora() / "edifact"; }
inline std::vector<std::filesystem::path> samples() {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::exists(sample_folder())) return found;
  for (const auto& entry : std::filesystem::directory_iterator(sample_folder()))
    if (entry.path().extension() == ".edi") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace edifact_read
