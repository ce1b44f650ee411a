#include "core/labs/mixture/figures/list.h"
#include "core/labs/kit/identity_figure.h"
#include "core/labs/kit/runs_figures.h"
#include "core/labs/mixture/figures/atlas.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/optimize/optimizer.h"

namespace iem {

const std::vector<FigureType>& mixture_figures() {
  static const std::vector<FigureType> all = with_runs({
      {"stage",
       "Responsibility field",
       "Points, prototypes, ellipses and the field of responsibilities.",
       stage_figure,
       {},
       FigureUse::stage},
      {"loss", "Loss", "J over steps; past solid, known future pale.", loss_figure, {}, FigureUse::loss},
      {"identity",
       "Identity",
       "dL/dd by complex step against -r, on the diagonal.",
       identity_figure,
       {.of_responsibilities = true},
       FigureUse::identity},
      {"responsibilities",
       "Pinned point",
       "The pinned point's r and dL/dd as mirrored bars.",
       responsibilities_figure,
       {.of_responsibilities = true},
       FigureUse::point},
      {"usage",
       "Usage",
       "The share N_j/N of each prototype over steps.",
       usage_figure,
       {.of_responsibilities = true}},
      {"entropy",
       "Entropy",
       "Mean entropy of the responsibilities over steps.",
       entropy_figure,
       {.of_responsibilities = true}},
      {.id = "pull",
       .title = "Pull",
       .help = "Each prototype's gradient step and its EM target.",
       .make = pull_figure,
       .tells_step = true},
      {"trajectory", "Trajectory", "The way of each prototype from its start.", trajectory_figure},
      {.id = "preconditioner",
       .title = "Gradient and EM step",
       .help = "A prototype's gradient, and the EM step that its preconditioner makes of it.",
       .make = preconditioner_figure,
       .use = FigureUse::prototype,
       .tells_step = true},
      {"activation",
       "Derived activation",
       "The posterior mean along the probe line.",
       activation_figure,
       {.of_responsibilities = true}},
      {.id = "bound",
       .title = "Bound",
       .help = "J and its EM surrogate, touching here; the free energy falling in turns.",
       .make = bound_figure,
       .needs = {.of_responsibilities = true, .slow = true},
       .tells_step = true},
      {"convergence",
       "Convergence",
       "The way left to the end over steps, and the condition numbers.",
       convergence_figure,
       {.of_responsibilities = true, .slow = true}},
      {"landscape",
       "Landscape",
       "J over a plane of parameter space, with the way of the run.",
       landscape_figure,
       {.of_responsibilities = true, .slow = true}},
      {"atlas",
       "Atlas of starts",
       "Which optimum every start of one prototype leads to, and in how many steps.",
       atlas_figure,
       {.slow = true, .by_levels = true},
       FigureUse::plot,
       1,
       no_atlas},
      {"simplex",
       "Simplex",
       "The weights of three prototypes as a point of a triangle, and J over it.",
       simplex_figure,
       {.of_responsibilities = true, .slow = true}},
  });
  return all;
}

NextStep next_step(const Snapshot& snapshot) {
  const OptimizerType& rule = *find_optimizer(snapshot.config().text("optimizer.method"));
  NextStep out;
  if (reads(rule, "optimizer.learning_rate") && snapshot.gradient_target.size() > 0)
    out.gradient = &snapshot.gradient_target;
  if (rule.id == "em")
    out.step = snapshot.em_target.size() > 0 ? &snapshot.em_target : nullptr;
  else if (rule.id != "gd" && snapshot.next.size() > 0 && snapshot.next.allFinite())
    out.step = &snapshot.next;
  return out;
}

SolidStep solid_step(const Snapshot& snapshot) {
  const NextStep next = next_step(snapshot);
  if (next.gradient != nullptr) return {next.gradient, true};
  return next.step != &snapshot.em_target ? SolidStep{next.step, false} : SolidStep{};
}

std::string solid_step_words(const Snapshot& snapshot) {
  const SolidStep step = solid_step(snapshot);
  if (!step.to) return "";
  const OptimizerType& rule = *find_optimizer(snapshot.config().text("optimizer.method"));
  return step.of_gradient ? "the gradient step" : "the step of " + rule.label;
}

}  // namespace iem
