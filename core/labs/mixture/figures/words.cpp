// Captions of the stage: which field is shown, and the meaning of its lines, ellipses, arrows and twins.
// Every formula is that of the configuration (formulas.h).
#include "core/labs/mixture/figures/words.h"

#include "core/base/number.h"
#include "core/config/assignment.h"
#include "core/labs/mixture/figures/formulas.h"
#include "core/labs/mixture/figures/list.h"
#include "core/labs/mixture/figures/stage_layers.h"

namespace iem {
namespace {

// The sentence about the arrows of the gradient field (gradient_field.cpp).
std::string gradient_words(const Snapshot& snapshot, const View& view) {
  if (!mixture_of(snapshot).options().learn_means) return "The means are not learned: nothing pulls.";
  const std::string j = std::to_string(gradient_field_of(snapshot, view) + 1);
  return "Arrows: $-\\partial J/\\partial\\mu_{" + j + "}$ with $\\mu_{" + j +
         "}$ at their middle; lengths as square roots.";
}

}  // namespace

FieldWords field_words(const Snapshot& snapshot, const View& view) {
  const Mixture& model = mixture_of(snapshot);
  const std::string& field = view.config.text("view.field");
  const std::string least = soft_minimum_tex(model, snapshot.temperature);
  const std::string omega = regulariser_tex(model.responsibility());
  const std::string where = omega.empty() ? "" : ", $" + omega + "$";
  if (!model.responsibilities_unavailable().empty()) {
    const std::string none = model.responsibilities_unavailable();
    if (field == "assignment")
      return {"Assignment", "\\arg\\min_j d_j(x)", "Field: $\\arg\\min_j d_j(x)$. " + none};
    if (field == "gradient")
      return {"Gradient field", "-\\partial J/\\partial\\mu_j", gradient_words(snapshot, view) + " " + none};
    return {"Prototypes", "", none};
  }
  if (field == "entropy")
    return {"Entropy field", "H(r(x))", "Field: $H(r(x))=-\\sum_j r_j(x)\\log r_j(x)$."};
  // e^L is a density where the energies are those of densities, at temperature 1.
  if (field == "density")
    return {"Density field", "e^{L(x)/\\tau}",
            "Field: $e^{L(x)/\\tau}$, $-L(x)=" + least + "$" + where + "."};
  if (field == "energy") return {"Energy field", least, "Field: $-L(x)=" + least + "$" + where + "."};
  if (field == "assignment") return {"Assignment", "\\arg\\min_j d_j(x)", "Field: $\\arg\\min_j d_j(x)$."};
  if (field == "gradient")
    return {"Gradient field", "-\\partial J/\\partial\\mu_j", gradient_words(snapshot, view)};
  if (field == "difference")
    return {"Difference field", "\\Delta L(x)",
            run_to_differ_from(snapshot) == nullptr
                ? "There is no other run to differ from."
                : "Field: the difference of $L(x)$, $-L(x)=" + least + "$" + where + "."};
  if (field == "off") return {"Points and prototypes", "", "Points and prototypes."};
  return {"Responsibility field", "r_j(x)",
          "Field: $" + share_tex(model, snapshot.temperature) + "$" + where + "."};
}

// Ellipses are at one and two standard deviations for the gaussian; for other energies they are level lines
// of |W_j (x - mu_j)|.
std::string lines_words(const Snapshot& snapshot, const View& view) {
  const Mixture& model = mixture_of(snapshot);
  const EnergyType& energy = *model.options().energy;
  std::string out;
  if (energy.id == "gaussian")
    out = " Ellipses at one and two standard deviations.";
  else if (!energy.on_circle)
    out = " Ellipses where $\\|W_j(x-\\mu_j)\\|$ is 1 and 2.";
  const bool levels = view.config.flag("view.density") && model.responsibilities_unavailable().empty();
  return levels ? out + " Lines: levels of $L(x)$." : out;
}

std::string falling_words(const Snapshot& snapshot) {
  if (snapshot.config().real("schedule.temperature_decay") == 1) return "";
  return " The temperature falls, $\\tau=" + number_tex(snapshot.temperature) +
         "$ at this step: $J$ is another objective at every step.";
}

std::string pull_words(const Snapshot& snapshot, double magnified) {
  const Mixture& model = mixture_of(snapshot);
  if (!model.options().learn_means) return " The means are not learned: neither rule moves them.";
  const std::string length =
      magnified > 1 ? format_fixed(magnified, 0) + " times as long" : std::string("at true length");
  std::string out;
  const NextStep next = next_step(snapshot);
  if (next.step != nullptr)
    out = " Solid: the step of " + find_optimizer(snapshot.config().text("optimizer.method"))->label +
          ", $\\Delta\\mu_j$, " + length + ".";
  if (next.gradient != nullptr)
    out += std::string(next.step != nullptr ? " Pale" : " Solid") +
           ": $-\\eta\\,\\partial J/\\partial\\mu_j$ " + length +
           ", $\\eta=" + number_tex(snapshot.config().real("optimizer.learning_rate")) + "$.";
  if (snapshot.em_target.size() == 0) return out;
  const MeanStep step = mean_step(model);
  out += " Hollow: where EM goes";
  if (step == MeanStep::median) return out + ", the weighted median along each axis.";
  out += ", $\\mu_j-" + preconditioner_tex(step, "j") + "\\,\\partial J/\\partial\\mu_j$";
  if (step == MeanStep::reweighted) out += ", $" + weight_tex() + "$";
  return out + ".";
}

}  // namespace iem
