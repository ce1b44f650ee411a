// The derivative as the product of its parts, and the activations of all kernels side by side.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/figure/caption.h"
#include "core/labs/activation/figures/list.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {
namespace {

Panel panel_of(const ActivationCurves& c, const std::string& title, const std::string& tex,
               const std::vector<double>& y) {
  Panel panel;
  panel.title = title;
  panel.title_tex = tex;
  panel.x = {.label = "z", .lo = c.z.front(), .hi = c.z.back()};
  std::tie(panel.y.lo, panel.y.hi) = range_of(y, 0.08);
  panel.y.max_ticks = 4;
  return panel;
}

void add_part(Figure& figure, const ActivationCurves& c, const std::string& series, const std::string& title,
              const std::string& tex, const std::vector<double>& y, double width_px) {
  Panel panel = panel_of(c, title, tex, y);
  panel.marks.push_back(Line{
      .series = series, .x = figure.own(c.z), .y = figure.own(y), .ink = {Role::ink}, .width_px = width_px});
  figure.panels.push_back(std::move(panel));
}

// The factor between the slope of the mean and the variance, in TeX.
std::string rate_tex(const Hypotheses& h) {
  if (h.kind == HypothesisKind::gate) return h.kernel ? "\\frac{d_0'-d_1'}{\\tau}" : "\\frac{1}{\\tau}";
  const bool gaussian = h.kernel->id == "gaussian" &&
                        (h.kind != HypothesisKind::prototypes || (h.g == h.mu && h.width == all_ones()));
  if (h.kind == HypothesisKind::prototypes)
    return gaussian ? "\\frac{1}{\\tau\\sigma^2}"
                    : "-\\frac{\\mathrm{Cov}(g,d'\\mid z)}{\\tau\\,\\mathrm{Var}}";
  return gaussian ? "\\frac{m}{\\tau\\sigma^2}" : "\\frac{d_-'-d_+'}{2\\tau}";
}

std::string caption_of(Statistic statistic) {
  switch (statistic) {
    case Statistic::mean:
      return "$a'$ is $\\mathrm{Var}(g\\mid z)$ times the rate at which evidence grows with z.";
    case Statistic::gated_mean:
      return "$a' = \\mathrm{E}[g\\mid z] + z\\,\\mathrm{E}[g\\mid z]'$; $\\mathrm{E}[g\\mid z]'$ is "
             "$\\mathrm{Var}(g\\mid z)$ times the rate at which evidence grows with z.";
    case Statistic::log_partition:
      return "The log-partition's slope is an expectation again: $a' = -\\sum_h r_h d_h'$.";
    default: return "The slope of the statistic.";
  }
}

std::unique_ptr<LineModel> with_kernel(const Snapshot& snapshot, const LineKernel& kernel) {
  LineOptions options = line_of(snapshot).options();
  options.kernel = &kernel;
  options.shape = kernel.shape(snapshot.config());
  if (options.kind == HypothesisKind::gate) options.kernel = kernel.id == "gaussian" ? &kernel : nullptr;
  return std::make_unique<LineModel>(options);
}

}  // namespace

Figure derivative_figure(const Snapshot& snapshot, const View& view) {
  const ActivationCurves c = activation_curves(snapshot, view.config);
  Figure figure{.id = "derivative", .title = "Derivative", .caption = {}, .panels = {}, .keep = {}};
  const ActivationNumbers numbers = activation_numbers(c);
  figure.caption = caption_start(snapshot) + ". " + caption_of(c.statistic) +
                   " Largest response: $a'$ = " + caption_number(numbers.steepest) +
                   " at z = " + caption_number(numbers.steepest_z) + ".";
  if (c.statistic == Statistic::mean || c.statistic == Statistic::gated_mean) {
    add_part(figure, c, "variance", "Variance", "\\mathrm{Var}(g\\mid z)", c.variance, 1.8);
    add_part(figure, c, "rate", "Rate of evidence", rate_tex(c.hypotheses), c.rate, 1.8);
  }
  add_part(figure, c, "derivative", "Derivative", "a'(z)", c.slope, 2.6);
  return figure;
}

std::vector<KernelCurve> kernel_curves(const Snapshot& snapshot, const ActivationCurves& own) {
  std::vector<KernelCurve> out;
  const bool gate = own.hypotheses.kind == HypothesisKind::gate;
  for (const LineKernel* kernel : line_kernels()) {
    if (gate && kernel->id != "gaussian" && kernel->id != "logistic") continue;
    const std::unique_ptr<LineModel> model = with_kernel(snapshot, *kernel);
    const Hypotheses h = model->hypotheses(snapshot.state.theta, snapshot.temperature);
    KernelCurve curve{kernel, {}};
    for (double z : own.z) curve.value.push_back(value_of(h, posterior(h, z), own.statistic));
    out.push_back(std::move(curve));
  }
  return out;
}

std::vector<LaneCurve> lane_curves(const Snapshot& snapshot, const ActivationCurves& own) {
  std::vector<LaneCurve> out;
  for (const ComparedRun* shown : snapshot.shown_lanes()) {
    const ComparedRun& lane = *shown;
    const Keyframe* then = nullptr;
    for (const auto& frame : lane.path)
      if (frame->state.step <= snapshot.state.step) then = frame.get();
    if (!then || &then->setup->problem() != &snapshot.setup->problem()) continue;
    const auto& model = static_cast<const LineModel&>(*then->setup->model);
    const Hypotheses h = model.hypotheses(then->state.theta, then->setup->temperature(then->state.step));
    if (h.kind != own.hypotheses.kind || h.count != own.hypotheses.count) continue;
    LaneCurve curve{&lane, {}};
    for (double z : own.z) curve.value.push_back(value_of(h, posterior(h, z), own.statistic));
    out.push_back(std::move(curve));
  }
  return out;
}

Figure family_figure(const Snapshot& snapshot, const View& view) {
  const ActivationCurves own = activation_curves(snapshot, view.config);
  Figure figure{.id = "family", .title = "Family", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      caption_start(snapshot) +
      ". The activations of all kernels at the same parameters; the scene's own is the heavy one.";
  std::vector<Line> lines;
  std::vector<double> shown;
  const std::string& chosen = snapshot.config().text("model.energy");
  double place = 0.1;
  int others = 0;
  for (auto& [kernel, value] : kernel_curves(snapshot, own)) {
    shown.insert(shown.end(), value.begin(), value.end());
    const bool is_own = kernel->id == chosen;
    Line line{.series = kernel->id, .x = figure.own(own.z), .y = figure.own(std::move(value))};
    const int index = is_own ? 0 : ++others;  // 0: ink and solid
    line.ink = {Role::lane, index};
    line.dash = series_dash(index);
    line.width_px = is_own ? 2.6 : 1.7;
    line.name_at_end = true;
    line.label = kernel->label;
    line.label_at = place += 0.11;
    lines.push_back(std::move(line));
  }
  Panel panel = panel_of(own, "Family", "", shown);
  std::stable_partition(lines.begin(), lines.end(), [](const Line& line) { return line.ink.index != 0; });
  for (Line& line : lines) panel.marks.push_back(std::move(line));
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
