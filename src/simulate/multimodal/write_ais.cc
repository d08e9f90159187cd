// What a receiver on shore hears of a vessel that comes to Kwai Tsing or leaves it: AIS position reports (type 1) and voyage data (type 5,
// ITU-R M.1371-5), as sentences of IEC 61162-1 with TAG blocks.
#include <array>
#include <cstdint>

#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

constexpr size_t kPayloadMax = 56;  // characters of a sentence
constexpr size_t kReports = 6;
constexpr Seconds kBetween = 20 * kMinute;
// From the pilot at Tathong to the berths of Kwai Tsing, degrees in ten thousandths.
struct Fix {
  int32_t latitude, longitude;
};
constexpr std::array<Fix, kReports> kWay = {
    {{221'500, 1'143'600}, {221'900, 1'143'000}, {222'300, 1'142'500}, {222'700, 1'141'700}, {223'000, 1'141'200}, {223'350, 1'141'250}}};

class Bits {
 public:
  Bits& add(uint64_t value, unsigned count) {
    for (unsigned i = count; i-- > 0;) bits_ += (value >> i & 1) != 0 ? '1' : '0';
    return *this;
  }
  Bits& text(std::string_view text, size_t characters) {
    for (size_t i = 0; i < characters; ++i) add(i < text.size() ? static_cast<uint64_t>(text[i]) & 63 : 0, 6);
    return *this;
  }
  // Six bits a character; what fills the last is counted.
  [[nodiscard]] std::string armour(size_t& fill) const {
    std::string padded = bits_, out;
    fill = (6 - bits_.size() % 6) % 6;
    padded.append(fill, '0');
    for (size_t at = 0; at < padded.size(); at += 6) {
      int six = 0;
      for (size_t i = at; i < at + 6; ++i) six = six * 2 + (padded[i] - '0');
      out += static_cast<char>(six < 40 ? six + 48 : six + 56);
    }
    return out;
  }

 private:
  std::string bits_;
};

std::string checked(const std::string& body) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  return body + "*" + kHex[sum >> 4] + kHex[sum & 15];
}

void append_sentences(std::string& out, const Bits& bits, Seconds heard) {
  size_t fill = 0;
  const std::string payload = bits.armour(fill);
  const size_t parts = (payload.size() + kPayloadMax - 1) / kPayloadMax;
  for (size_t part = 0; part < parts; ++part) {
    const std::string head = "AIVDM," + std::to_string(parts) + "," + std::to_string(part + 1) + "," + (parts > 1 ? "1" : "") + ",A,";
    const std::string tail = "," + std::to_string(part + 1 == parts ? fill : 0);
    out += "\\" + checked("c:" + std::to_string(heard)) + "\\!" + checked(head + payload.substr(part * kPayloadMax, kPayloadMax) + tail) +
           "\r\n";
  }
}

Bits position_report(const Leg& leg, const Fix& fix, Seconds at, bool moored) {
  constexpr int64_t kPerTenThousandth = 60;  // of a degree, in ten thousandths of a minute
  Bits bits;
  bits.add(1, 6).add(0, 2).add(std::stoul(leg.mmsi), 30).add(moored ? 5 : 0, 4).add(128, 8).add(moored ? 0 : 112, 10).add(1, 1);
  bits.add(static_cast<uint64_t>(fix.longitude * kPerTenThousandth), 28).add(static_cast<uint64_t>(fix.latitude * kPerTenThousandth), 27);
  return bits.add(2950, 12).add(295, 9).add(static_cast<uint64_t>(at % kMinute), 6).add(0, 2).add(0, 3).add(0, 1).add(0, 19);
}

Bits voyage_data(const Leg& leg, Seconds arrival) {
  const CivilTime eta = civil_of(arrival * 1'000'000, 0);
  Bits bits;
  bits.add(5, 6).add(0, 2).add(std::stoul(leg.mmsi), 30).add(0, 2).add(std::stoul(leg.imo), 30).text(leg.call_sign, 7).text(leg.vessel, 20);
  bits.add(70, 8).add(180, 9).add(120, 9).add(20, 6).add(26, 6).add(1, 4).add(static_cast<uint64_t>(eta.month), 4);
  bits.add(static_cast<uint64_t>(eta.day), 5).add(static_cast<uint64_t>(eta.hour), 5).add(static_cast<uint64_t>(eta.minute), 6);
  return bits.add(125, 8).text(leg.to->port.unlocode, 20).add(0, 1).add(0, 1);
}

}  // namespace

Written write_ais(const Consignment& c, const Telling& telling) {
  const Leg& leg = *c.leg(c.acts[telling.act].leg);
  const bool comes = leg.to->port.unlocode == hong_kong().unlocode;
  Written out{receiver().slug, "ais", "application/vnd.nmea0183", ".nmea", {}};
  append_sentences(out.body, voyage_data(leg, leg.arrived), telling.at - static_cast<Seconds>(kReports) * kBetween);
  for (size_t i = 0; i < kReports; ++i) {
    const Fix& fix = kWay[comes ? i : kReports - 1 - i];
    const Seconds at = telling.at - static_cast<Seconds>(kReports - 1 - i) * kBetween;
    append_sentences(out.body, position_report(leg, fix, at, comes && i + 1 == kReports), at);
  }
  return out;
}

}  // namespace fairway::simulate::multimodal
