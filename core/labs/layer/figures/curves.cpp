// Curves over steps: J and its terms, and the shares of the units. The past is solid, the known future pale.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/number.h"
#include "core/figure/ticks.h"
#include "core/labs/layer/figures/formulas.h"
#include "core/labs/layer/figures/list.h"

namespace iem {
namespace {

struct LayerTerm {
  LayerMetric metric;
  std::string id, label, symbol;
  double weight;
};

std::vector<LayerTerm> terms_of(const LayerOptions& o) {
  std::vector<LayerTerm> out;
  const auto add = [&](LayerMetric metric, const char* id, const char* label, const char* symbol,
                       double weight) {
    if (weight != 0) out.push_back({metric, id, label, symbol, weight});
  };
  add(kLseTerm, "lse", "Log-sum-exp", "J_{\\mathrm{lse}}", o.lse_weight);
  add(kVarianceTerm, "variance", "Variance", "J_{\\mathrm{var}}", o.variance_weight);
  add(kDecorrelationTerm, "decorrelation", "Decorrelation", "J_{\\mathrm{dec}}", o.decorrelation_weight);
  add(kOrthogonalityTerm, "orthogonality", "Orthogonality", "J_{\\mathrm{orth}}", o.orthogonality_weight);
  add(kReadoutTerm, "readout", "Cross-entropy", "J_{\\mathrm{ce}}", o.readout_weight);
  return out;
}

// A term at its present value beside its weight, over its curve on a scale of its own.
Panel term_panel(Figure& figure, const Snapshot& snapshot, const LayerTerm& term) {
  const StepCurve curve = metric_curve(snapshot, static_cast<std::size_t>(term.metric));
  auto [lo, hi] = range_of(curve.y, 0.15);
  if (snapshot.last_step() < 1) lo -= 0.5, hi += 0.5;
  Panel panel = step_panel(snapshot, {lo, hi});
  panel.title = term.label;
  panel.title_tex = term.symbol;
  panel.grid = false;
  panel.y.max_ticks = 3;
  add_curve(figure, panel, term.id, curve, snapshot.state.step, {Role::accent}, 1.8);
  return panel;
}

// Each term with its weight and present value, in the corner that a falling J leaves free. Where runs are
// compared that corner is for their names, and the terms are those of one run only.
void add_term_words(Panel& panel, const Snapshot& snapshot, const std::vector<LayerTerm>& terms) {
  if (!snapshot.shown_lanes().empty()) return;
  double dy = 13;
  for (const LayerTerm& term : terms) {
    const double value = snapshot.evaluation.metrics[term.metric];
    if (terms.size() < 2 || !std::isfinite(value)) continue;
    Text words{
        .x = panel.x.hi,
        .y = panel.y.hi,
        .text = term.label + "  " + format_fixed(value, 3) + " \u00d7 " + format_number(term.weight, 3),
        .ink = {Role::muted}};
    words.dx_px = -4, words.dy_px = dy;
    words.anchor = Anchor::right;
    words.row = (panel.y.hi - panel.y.lo) / 5;  // a plot that is lower than five lines has no room for them
    panel.marks.push_back(std::move(words));
    dy += 15;
  }
}

}  // namespace

Figure layer_terms_figure(const Snapshot& snapshot, const View&) {
  const LayerOptions& o = layer_of(snapshot).options();
  Figure figure{.id = "loss", .title = "Objective", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". $" + layer_objective_tex(snapshot.config()) + "$, minimised" +
                   while_it_cools(snapshot) + "; " + layer_terms_words(o) +
                   " $J=" + number_tex(snapshot.evaluation.loss) + "$.";
  Panel sum = loss_panel(figure, snapshot);
  const std::vector<LayerTerm> terms = terms_of(o);
  sum.title = "Objective";
  sum.height = terms.size() > 1 ? 1.5 : 1;
  add_term_words(sum, snapshot, terms);
  figure.panels.push_back(std::move(sum));
  for (std::size_t i = 0; terms.size() > 1 && i < terms.size(); ++i) {
    Panel panel = term_panel(figure, snapshot, terms[i]);
    panel.x.ticks = i + 1 == terms.size();
    if (!panel.x.ticks) panel.x.label.clear();
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Figure layer_usage_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "usage", .title = "Usage", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". $N_j/N$ with $N_j = \\sum_i r_{ij}$: all units alike at $1/K=" +
                   number_tex(1.0 / static_cast<double>(layer_of(snapshot).units())) + "$.";
  const auto k = static_cast<int>(layer_of(snapshot).units());
  const std::vector<Track::Row> rows = snapshot.history.trails();
  std::vector<StepCurve> shares(static_cast<std::size_t>(k));
  double most = 0;
  for (const auto& [step, row] : rows)
    for (std::size_t j = 0; j < shares.size(); ++j) {
      const double share = 2 * j < row.size() ? row[2 * j] : std::numeric_limits<double>::quiet_NaN();
      shares[j].steps.push_back(static_cast<double>(step));
      shares[j].y.push_back(share);
      if (std::isfinite(share)) most = std::max(most, share);
    }
  Panel panel = step_panel(snapshot, {0, std::min(1.0, 1.15 * std::max(most, 1e-3))});
  panel.title = "Usage";
  panel.title_tex = "N_j/N";
  const bool few = k <= kUnitsWithShapes;
  const int chosen = shown_unit(snapshot, view);
  for (int j = 0; j < k; ++j) {
    const Ink ink = few ? Ink{Role::line, j, 1} : j == chosen ? Ink{Role::accent} : Ink{Role::ink, 0, 0.25};
    const std::string name = "unit " + std::to_string(j + 1);
    Line& line =
        add_curve(figure, panel, name, shares[static_cast<std::size_t>(j)], snapshot.state.step, ink,
                  few ? 1.8 : 1.2, few ? series_dash(j) : Dash::solid, few ? Shape::prototype : Shape::disc);
    if (few) line.label = name, line.name_at_end = true, line.named_on_screen = false;
    line.label_at = (j + 0.5) / k;
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
