// Accuracy against confidence: a disc for each bin of confidence, whose area is the number of points in it.
#include "core/labs/classifier/model/calibration.h"

#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/figure/ticks.h"
#include "core/labs/classifier/figures/list.h"

namespace iem {
namespace {

// The tally over the labelled points that are used for learning.
Tally tally_of(const Snapshot& snapshot) {
  return classifier_of(snapshot).tally(snapshot.state.theta, snapshot.temperature, snapshot.data());
}

void add_bins(Figure& figure, Panel& panel, const Tally& tally) {
  constexpr double kLargest_px = 9;
  std::vector<double> gap_x, gap_y;
  std::int64_t most = 1;
  for (const Tally::Bin& bin : tally.bins) most = std::max(most, bin.count);
  std::vector<Marker> discs;
  for (std::size_t b = 0; b < tally.bins.size(); ++b) {
    const Tally::Bin& bin = tally.bins[b];
    if (bin.count == 0) continue;
    const auto n = static_cast<double>(bin.count);
    const double sure = bin.confidence / n, right = static_cast<double>(bin.right) / n;
    gap_x.insert(gap_x.end(), {sure, sure, std::nan("")});
    gap_y.insert(gap_y.end(), {sure, right, std::nan("")});
    Marker disc{.series = "bin " + std::to_string(b + 1), .x = sure, .y = right, .shape = Shape::disc};
    disc.radius_px = std::max(2.2, kLargest_px * std::sqrt(n / static_cast<double>(most)));
    disc.halo_px = 1;
    discs.push_back(std::move(disc));
  }
  Line gaps{.series = "gap", .x = {}, .y = {}, .ink = {Role::bad}, .width_px = 1.6};
  gaps.x = figure.own(std::move(gap_x)), gaps.y = figure.own(std::move(gap_y));
  panel.marks.push_back(gaps);
  panel.marks.insert(panel.marks.end(), discs.begin(), discs.end());
}

std::string scaling_words(const Snapshot& snapshot) {
  const Classifier& model = classifier_of(snapshot);
  if (const std::string none = scaling_unavailable(model, snapshot.data()); !none.empty()) return " " + none;
  const TemperatureScaling s =
      scale_temperature(model, snapshot.state.theta, snapshot.temperature, snapshot.data());
  const std::string of = s.held_out ? "points held out" : "these points";
  if (!s.inside) return " No temperature between 1/1000 and 1000 is the best one for " + of + ".";
  return " Temperature scaling, shown and never applied: the mean of $-\\log r_y$ of " + of +
         " is lowest at $T=" + number_tex(s.temperature) + "$ ($" + number_tex(s.after) + "$, here $" +
         number_tex(s.before) + "$), where the mean energy of the labels is the mean expected energy: $" +
         number_tex(s.label_energy, 6) + "=" + number_tex(s.expected_energy, 6) + "$.";
}

}  // namespace

Figure calibration_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "calibration", .title = "Calibration", .caption = {}, .panels = {}, .keep = {}};
  const Tally tally = tally_of(snapshot);
  if (tally.labelled == 0)
    return sentence_figure({"calibration", "Calibration", ""}, "No point has a label.",
                           caption_start(snapshot) + ". ");
  const auto filled = std::ranges::count_if(tally.bins, [](const Tally::Bin& bin) { return bin.count > 0; });
  figure.caption = caption_start(snapshot) + ". The share of right answers against the largest $r$, in " +
                   std::to_string(kBins) + " bins of equal width, " + std::to_string(filled) +
                   " of them with points (areas: how many). Expected calibration error, the mean gap, $" +
                   number_tex(tally.calibration_error()) + "$; of few points it is too large by chance." +
                   scaling_words(snapshot);
  double lo = 1;
  for (const Tally::Bin& bin : tally.bins)
    if (bin.count > 0) lo = std::min(lo, bin.confidence / static_cast<double>(bin.count));
  Panel panel;
  panel.title = "Calibration";
  panel.x = {.label = "largest r", .lo = std::max(0.0, lo - 0.1), .hi = 1.06};
  panel.y = {.label = "share right", .lo = -0.08, .hi = 1.12};
  panel.x.max_ticks = 4, panel.y.max_ticks = 3;
  panel.x.share = panel.y.share = true;
  Line diagonal{.series = "diagonal", .x = {}, .y = {}, .ink = {Role::faint}, .width_px = 1};
  diagonal.x = diagonal.y = figure.own({panel.x.lo, 1.0});
  panel.marks.push_back(diagonal);
  add_bins(figure, panel, tally);
  Text ece{1.04, 0.3,
           "ECE " + format_number(tally.calibration_error()) + ", " + std::to_string(kBins) + " bins"};
  ece.anchor = Anchor::right;
  ece.plate = true;
  panel.marks.push_back(std::move(ece));
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
