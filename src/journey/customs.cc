#include "journey/customs.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/bytes.h"
#include "journey/derive.h"
#include "journey/units.h"

namespace fairway::journey {
namespace {

using enum CustomsState;
using M = Milestone;

constexpr std::array<std::string_view, 10> kNames = {"lodged",     "accepted",  "queried", "rejected", "cancelled",
                                                     "inspection", "inspected", "held",    "released", "closed"};

// What Fairway itself enters for an authority's answers and notices: exchange/filing.
constexpr std::string_view kFilingFormat = "filing";
constexpr std::string_view kNoticeFormat = "FAIRWAY";
constexpr std::string_view kNoticeType = "hold";

enum class Effect : uint8_t {
  of_paper,
  of_goods,
  hold,  // stands until it is lifted
  lift,
  payment,
};
struct MeaningRow {
  Milestone milestone;
  Effect effect;
  CustomsState state;
};
constexpr std::array kMeanings = {
    MeaningRow{M::declaration_lodged, Effect::of_paper, lodged},
    MeaningRow{M::declaration_accepted, Effect::of_paper, accepted},
    MeaningRow{M::declaration_queried, Effect::of_paper, queried},
    MeaningRow{M::declaration_rejected, Effect::of_paper, rejected},
    MeaningRow{M::declaration_amended, Effect::of_paper, accepted},
    MeaningRow{M::declaration_cancelled, Effect::of_paper, cancelled},
    MeaningRow{M::declaration_released, Effect::of_goods, released},
    MeaningRow{M::declaration_closed, Effect::of_goods, closed},
    MeaningRow{M::duty_paid, Effect::payment, accepted},
    MeaningRow{M::customs_held, Effect::hold, held},
    MeaningRow{M::customs_released, Effect::of_goods, released},
    MeaningRow{M::customs_selected_for_scan, Effect::of_goods, inspection},
    MeaningRow{M::customs_selected_for_inspection, Effect::of_goods, inspection},
    MeaningRow{M::inspection_finished, Effect::of_goods, inspected},
};
// The same of a declaration or a road cargo, where a gateway reads a customs message.
constexpr std::array kMeaningsOfPapers = {
    MeaningRow{M::document_submitted, Effect::of_paper, lodged},   MeaningRow{M::document_received, Effect::of_paper, lodged},
    MeaningRow{M::document_confirmed, Effect::of_paper, accepted}, MeaningRow{M::document_pending_update, Effect::of_paper, queried},
    MeaningRow{M::document_rejected, Effect::of_paper, rejected},  MeaningRow{M::document_cancelled, Effect::of_paper, cancelled},
};

// An authority's own notice: it is lifted by its own release alone, and that releases nothing else.
constexpr std::array kMeaningsOfNotices = {
    MeaningRow{M::customs_held, Effect::hold, held},
    MeaningRow{M::customs_released, Effect::lift, released},
};

bool is_notice(const Event& event) { return event.source.format == kNoticeFormat && event.source.type == kNoticeType; }

const Reference* customs_paper_of(const Event& event) {
  const Reference* declaration = event.reference(ReferenceKind::declaration);
  return declaration != nullptr ? declaration : event.reference(ReferenceKind::road_cargo_reference);
}

const MeaningRow* meaning_of(const Event& event) {
  if (is_notice(event)) {
    const auto* const found = std::ranges::find(kMeaningsOfNotices, event.milestone, &MeaningRow::milestone);
    return found == kMeaningsOfNotices.end() ? nullptr : found;
  }
  if (const auto* const found = std::ranges::find(kMeanings, event.milestone, &MeaningRow::milestone); found != kMeanings.end())
    return found;
  if (customs_paper_of(event) == nullptr || !event.document_type.empty()) return nullptr;
  const auto* const found = std::ranges::find(kMeaningsOfPapers, event.milestone, &MeaningRow::milestone);
  return found == kMeaningsOfPapers.end() ? nullptr : found;
}

// Fairway's own events say the regime in their form ("hk/1"); of others it is the country that they happened in.
std::string regime_of(const Event& event) {
  if (event.source.format == kFilingFormat)
    if (const size_t slash = event.source.type.find('/'); slash != std::string::npos) return event.source.type.substr(0, slash);
  return event.place.unlocode.size() < 2 ? std::string() : to_lower(event.place.unlocode.substr(0, 2));
}

// The papers of one filing are one, before and after the authority gave it its number.
std::string paper_key(const Event& event) {
  if (event.source.format == kFilingFormat && !event.source.document.empty()) return event.source.document;
  const Reference* paper = customs_paper_of(event);
  return paper == nullptr ? std::string() : paper->value();
}

struct Step {
  const MeaningRow* meaning;
  size_t claim;
  const Event* event;
  const PartyId* sender;
};

// Where a run of claims leads.
class Run {
 public:
  void take(const Step& step) {
    const CustomsStanding now{step.meaning->state, step.claim};
    switch (step.meaning->effect) {
      case Effect::of_paper: take_paper(step, now); break;
      case Effect::of_goods:
        if (is_closed(*step.event) && now.state == released) break;
        goods_ = now, goods_paper_ = paper_key(*step.event);
        if (now.state == released || now.state == closed) std::erase_if(holds_, [](const Open& hold) { return !hold.of_notice; });
        break;
      case Effect::hold: holds_.push_back({is_notice(*step.event), step.event->source.document, *step.sender, now}); break;
      case Effect::lift: lift(step); break;
      case Effect::payment: paid_ = true; break;
    }
  }

  [[nodiscard]] std::optional<CustomsStanding> stands() const {
    if (!holds_.empty()) return holds_.back().stands;
    return goods_ ? goods_ : paper_;
  }
  [[nodiscard]] bool paid() const { return paid_; }

 private:
  struct Open {
    bool of_notice;
    std::string notice;
    PartyId sender;
    CustomsStanding stands;
  };

  // Its release may be told with a later moment than its end: the same authority writes whole seconds here, and parts of them there.
  [[nodiscard]] bool is_closed(const Event& event) const {
    return goods_ && goods_->state == closed && !goods_paper_.empty() && goods_paper_ == paper_key(event);
  }

  void take_paper(const Step& step, const CustomsStanding& now) {
    paper_ = now;
    if (now.state == cancelled && goods_ && goods_paper_ == paper_key(*step.event)) goods_.reset();
  }

  void lift(const Step& step) {
    std::erase_if(holds_, [&](const Open& hold) {
      return hold.of_notice && hold.sender == *step.sender && hold.notice == step.event->source.document;
    });
  }

  std::vector<Open> holds_;
  std::optional<CustomsStanding> goods_, paper_;
  std::string goods_paper_;
  bool paid_ = false;
};

struct Key {
  Unit unit;
  std::string regime;
  auto operator<=>(const Key&) const = default;
};

class Finder {
 public:
  explicit Finder(Journey& journey) : journey_(journey), units_(journey.claims) {}

  void find() {
    for (size_t i = 0; i < journey_.claims.size(); ++i) collect(i);
    for (const auto& [key, steps] : steps_) state(key, steps);
  }

 private:
  void collect(size_t index) {
    const Claim& claim = journey_.claims[index];
    if (!claim.stands() || claim.event.classifier != Classifier::actual) return;
    const MeaningRow* meaning = meaning_of(claim.event);
    if (meaning == nullptr) return;
    const std::string regime = regime_of(claim.event);
    for (Unit& unit : units_.of(claim.event)) {
      Key key{std::move(unit), regime};
      if (steps_.size() >= kCustomsMax && !steps_.contains(key)) {
        journey_.truncated = true;
        continue;
      }
      steps_[std::move(key)].push_back({meaning, index, &claim.event, &claim.sender});
    }
  }

  void state(const Key& key, const std::vector<Step>& steps) {
    Run whole;
    std::map<PartyId, Run> by_sender;
    std::vector<std::pair<std::string, std::vector<const Step*>>> papers;
    CustomsStatus status;
    for (const Step& step : steps) {
      whole.take(step);
      by_sender[*step.sender].take(step);
      put_under_its_paper(papers, step);
      if (step.meaning->effect != Effect::payment) status.history.push_back({step.meaning->state, step.claim});
    }
    const auto stands = whole.stands();
    if (!stands) return;
    (key.unit.is_box ? status.equipment : status.document) = key.unit.name;
    status.regime = key.regime, status.stands = *stands, status.paid = whole.paid();
    if (const Reference* number = customs_paper_of(event(stands->claim))) status.number = number->value();
    if (status.history.size() > kCustomsHistoryMax)
      status.history.erase(status.history.begin(), status.history.end() - static_cast<ptrdiff_t>(kCustomsHistoryMax));
    for (const auto& [sender, run] : by_sender)
      if (const auto said = run.stands()) status.said.push_back({sender, *said});
    for (const auto& [paper, of_paper] : papers) write_paper(status, of_paper);
    status.conflict = contradict(status.said);
    journey_.customs.push_back(std::move(status));
  }

  [[nodiscard]] const Event& event(size_t claim) const { return journey_.claims[claim].event; }

  static void put_under_its_paper(std::vector<std::pair<std::string, std::vector<const Step*>>>& papers, const Step& step) {
    const std::string key = paper_key(*step.event);
    if (key.empty() || step.meaning->effect == Effect::hold || step.meaning->effect == Effect::lift) return;
    auto found = std::ranges::find(papers, key, [](const auto& paper) -> const std::string& { return paper.first; });
    if (found == papers.end()) found = papers.insert(papers.end(), {key, {}});
    found->second.push_back(&step);
  }

  static void write_paper(CustomsStatus& status, const std::vector<const Step*>& steps) {
    Run run;
    CustomsPaper paper;
    for (const Step* step : steps) {
      run.take(*step);
      if (const Reference* number = customs_paper_of(*step->event)) paper.number = number->value();
      if (step->event->source.format == kFilingFormat) paper.form = step->event->source.type;
    }
    const auto stands = run.stands();
    if (!stands) return;
    paper.stands = *stands, paper.paid = run.paid();
    status.papers.push_back(std::move(paper));
  }

  // A release that the authority itself gave is no contradiction of who has not heard of it.
  [[nodiscard]] bool contradict(const std::vector<CustomsVoice>& said) const {
    bool some_stop = false, some_release = false;
    for (const CustomsVoice& voice : said) {
      const CustomsState state = voice.stands.state;
      some_stop = some_stop || state == held || state == inspection;
      some_release = some_release || ((state == released || state == closed) && event(voice.stands.claim).source.format != kFilingFormat);
    }
    return some_stop && some_release;
  }

  Journey& journey_;
  Units units_;
  std::map<Key, std::vector<Step>> steps_;
};

}  // namespace

std::string_view name(CustomsState state) { return kNames.at(static_cast<size_t>(state)); }

void derive_customs(Journey& journey) { Finder(journey).find(); }

}  // namespace fairway::journey
