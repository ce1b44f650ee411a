#include "core/labs/activation/figures/list.h"

#include <cmath>

#include "core/figure/caption.h"
#include "core/labs/activation/figures/formulas.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/identity_figure.h"
#include "core/labs/kit/runs_figures.h"

namespace iem {
namespace {

Figure empty(const Snapshot& snapshot, const char* id, const char* title, const std::string& caption) {
  Figure figure{.id = id, .title = title, .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". " + caption;
  return figure;
}

Figure one_panel(Figure figure, Panel panel) {
  panel.height = 1;
  figure.panels.push_back(std::move(panel));
  return figure;
}

// The caption sentence about the curves e^{-d_h}.
std::string densities_caption(const Hypotheses& h) {
  if (h.normalised) return "Prior times likelihood of each hypothesis; grey: their sum.";
  if (h.kind != HypothesisKind::gate)
    return "$e^{-d_h(z)}$ of each hypothesis, not normalised; grey: their sum.";
  return h.kernel ? "How probable the open and the shut gate are: $\\Phi(z)$ and $\\Phi(-z)$."
                  : "The odds of the open gate, $e^z$, against 1 of the shut one.";
}

Figure hypotheses_figure(const Snapshot& s, const View& view) {
  const ActivationCurves c = activation_curves(s, view.config);
  Figure figure = empty(s, "hypotheses", "Hypotheses", densities_caption(c.hypotheses));
  Panel panel = hypotheses_panel(figure, c, s, view);
  return one_panel(std::move(figure), std::move(panel));
}

Figure energies_figure(const Snapshot& s, const View& view) {
  const ActivationCurves c = activation_curves(s, view.config);
  Figure figure = empty(s, "energies", "Energies",
                        "$d_h(z)$, and $-L(z) = -\\tau\\log\\sum_h e^{-d_h/\\tau}$, their soft minimum.");
  Panel panel = energies_panel(figure, c, view);
  return one_panel(std::move(figure), std::move(panel));
}

Figure responsibilities_of_z(const Snapshot& s, const View& view) {
  const ActivationCurves c = activation_curves(s, view.config);
  Figure figure = empty(s, "responsibilities", "Responsibilities",
                        "$r_h(z) = e^{-d_h/\\tau}/\\sum_k e^{-d_k/\\tau} = -\\partial L/\\partial d_h$.");
  Panel panel = responsibilities_panel(figure, c, view);
  return one_panel(std::move(figure), std::move(panel));
}

Figure statistic_figure(const Snapshot& s, const View& view) {
  const ActivationCurves c = activation_curves(s, view.config);
  const bool sum = c.statistic != Statistic::log_partition;  // over hypotheses
  Figure figure = empty(s, "statistic", "Statistic",
                        sum ? "What each hypothesis contributes to the statistic, and their sum."
                            : "The log-partition itself, which is no sum over hypotheses.");
  Panel panel = statistic_panel(figure, c, view);
  return one_panel(std::move(figure), std::move(panel));
}

std::string numbers_caption(const ActivationCurves& c, const View& view) {
  const ActivationNumbers n = activation_numbers(c);
  const bool line = c.statistic == Statistic::gated_mean || c.statistic == Statistic::log_partition;
  std::string out = " Slope at 0: " + caption_number(n.slope_at_0) + "; " +
                    (line ? "slopes far out: " : "far out: ") + caption_number(n.limit_left) + " and " +
                    caption_number(n.limit_right) +
                    (n.steepest_inside ? "; steepest at z = " + caption_number(n.steepest_z) : "") + ".";
  if (const NamedFunction* other = find_named_function(view.config.text("view.overlay"))) {
    const LargestDifference gap = largest_difference(c, *other);
    out += " Largest difference to " + other->label + ": " + caption_number(gap.value, 3) +
           " at z = " + caption_number(gap.z, 3) + ".";
  }
  if (const std::string words = words_and_curve(c); !words.empty()) out += " " + words;
  return out;
}

Figure activation_of_z(const Snapshot& s, const View& view) {
  const ActivationCurves c = activation_curves(s, view.config);
  Figure figure =
      empty(s, "activation", "Activation",
            "$a(z) = " + statistic_formula(c.hypotheses, c.statistic) + "$." + numbers_caption(c, view));
  Panel panel = activation_panel(figure, c, s, view);
  return one_panel(std::move(figure), std::move(panel));
}

Figure derivation_figure(const Snapshot& s, const View& view) {
  const ActivationCurves c = activation_curves(s, view.config);
  Figure figure =
      empty(s, "derivation", "Derivation",
            "Hypotheses, energies, responsibilities, statistic, activation." + numbers_caption(c, view));
  figure.panels = {hypotheses_panel(figure, c, s, view), energies_panel(figure, c, view),
                   responsibilities_panel(figure, c, view), statistic_panel(figure, c, view),
                   activation_panel(figure, c, s, view)};
  return figure;
}

std::string data_caption(const Hypotheses& h, const Snapshot& s, const View& view) {
  const std::string points = std::to_string(s.data().size()) + " points";
  if (h.kind == HypothesisKind::gate)
    return "A gate says nothing of where z lies: the " + points + " are not drawn.";
  if (!view.config.flag("view.histogram")) return "The " + points + " are not drawn.";
  return "Histogram of " + points +
         (h.normalised ? " and the density $\\sum_h e^{-d_h(z)}$."
                       : " and $\\sum_h e^{-d_h(z)}$, which is not normalised.");
}

Figure data_figure(const Snapshot& s, const View& view) {
  if (s.data().size() == 0)
    return sentence_figure({"data", "Data", ""}, "There are no points.", caption_start(s) + ". ");
  const ActivationCurves c = activation_curves(s, view.config);
  Figure figure =
      empty(s, "data", "Data", data_caption(c.hypotheses, s, view) + standardised_words(s.data()));
  Panel panel = hypotheses_panel(figure, c, s, view);
  panel.title = "Data";
  return one_panel(std::move(figure), std::move(panel));
}

Figure loss_where_there_is_one(const Snapshot& s, const View&) {
  if (s.evaluation.has_loss) return log_sum_exp_loss(s);
  return sentence_figure(
      {"loss", "Loss", ""},
      s.data().size() == 0 ? "There are no points: nothing is learned." : "No density: nothing is learned.",
      caption_start(s) + ". ");
}

}  // namespace

const std::vector<FigureType>& activation_figures() {
  static const std::vector<FigureType> all = with_runs({
      {"derivation", "Derivation", "The five steps from hypotheses to the activation, over one z.",
       derivation_figure},
      {"hypotheses", "Hypotheses", "Prior times likelihood of each hypothesis; of a gate its odds.",
       hypotheses_figure},
      {"energies", "Energies", "The energy of each hypothesis, and their soft minimum -L.", energies_figure},
      {.id = "responsibilities",
       .title = "Responsibilities",
       .help = "How much each hypothesis is believed.",
       .make = responsibilities_of_z,
       .tells_shares = true},
      {"statistic", "Statistic", "What each hypothesis contributes to the statistic.", statistic_figure},
      {"activation", "Activation", "The derived activation, beside a named function.", activation_of_z},
      {"derivative", "Derivative", "The activation's slope; of a mean, as the product of its parts.",
       derivative_figure},
      {"family", "Family", "The activations of all kernels at the same parameters.", family_figure},
      {"data", "Data", "Histogram of the points and the density of the hypotheses.", data_figure},
      {"loss",
       "Loss",
       "J over steps; past solid, known future pale.",
       loss_where_there_is_one,
       {},
       FigureUse::loss},
      {"identity",
       "Identity",
       "dL/dd by complex step against -r, on the diagonal.",
       identity_figure,
       {},
       FigureUse::identity},
  });
  return all;
}

}  // namespace iem
