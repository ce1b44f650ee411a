#include "core/labs/activation/figures/derivation.h"

#include <cmath>

#include "core/base/libm.h"
#include "core/labs/activation/figures/formulas.h"
#include "core/labs/activation/model/curves.h"

namespace iem {
namespace {

using Kind = DerivationPiece::Kind;

// Everything the formulas depend on.
struct Setting {
  const Hypotheses& h;
  const Posterior& at;
  Statistic statistic;
  bool tempered;              // tau is not 1
  const LineKernel* kernel;   // null: logistic gates
  std::size_t first, second;  // whose numbers are written out: both, or those with the largest r

  bool sign() const { return h.kind == HypothesisKind::sign; }
  bool gate() const { return h.kind == HypothesisKind::gate; }
  bool gaussian() const { return kernel && kernel->id == "gaussian"; }
  // Whether every hypothesis has its own place as value and the common width.
  bool plain() const { return h.g == h.mu && h.width == all_ones(); }
  std::string sigma() const { return h.width == all_ones() ? "\\sigma" : "\\sigma_h"; }
  std::string letter() const { return hypothesis_letter(h); }
  std::string place() const { return sign() ? "s m" : "\\mu_h"; }
  // u^2/2 of the gaussian kernel, as it is written in a line.
  std::string gaussian_exponent() const { return "(z-" + place() + ")^2/2" + sigma() + "^2"; }
  std::string over_tau() const { return tempered ? "/\\tau" : ""; }
};

DerivationPiece formula(std::string tex, int hypothesis = -1, bool gap = false) {
  return {Kind::formula, std::move(tex), 0, hypothesis, gap, {}};
}
DerivationPiece relation(std::string tex, int hypothesis = -1) {
  return {Kind::relation, std::move(tex), 0, hypothesis, false, {}};
}
DerivationPiece number(double value, int hypothesis = -1, bool gap = false) {
  return {Kind::number, {}, value, hypothesis, gap, show_number(value)};
}

void equation(std::vector<DerivationPiece>& out, std::string tex, double value, int hypothesis = -1) {
  out.push_back(formula(std::move(tex), hypothesis, !out.empty()));
  out.push_back(relation("{=}", hypothesis));
  out.push_back(number(value, hypothesis));
}

// The hypotheses that are written out; of two, +1 or the open gate comes first.
std::vector<std::size_t> shown(const Setting& s) {
  if (s.h.count == 2) return {1, 0};
  return {s.first, s.second};
}

DerivationStep hypotheses_step(const Setting& s) {
  DerivationStep step{.title = "Hypotheses", .formula = {}, .numbers = {}};
  const std::string letter = s.letter(), prior = "\\pi_" + letter;
  const std::string what = s.h.normalised ? prior + "\\,p(z\\mid " + letter + ")=" : "e^{-d_" + letter + "}=";
  const std::string above = s.h.normalised ? "\\frac{" + prior + "}{" + s.sigma() : prior;
  if (s.gate())
    step.formula = s.kernel ? "P(h=1)=\\Phi(z),\\quad P(h=0)=\\Phi(-z)" : "P(h)\\propto e^{h z}";
  else if (s.gaussian())
    step.formula =
        what + above + (s.h.normalised ? "\\sqrt{2\\pi}}" : "") + "\\,e^{-" + s.gaussian_exponent() + "}";
  else
    step.formula = what + above + (s.h.normalised ? "}\\,e^{-k(u)-C}" : "\\,e^{-k(u)}") +
                   ",\\ \\ u=\\frac{z-" + s.place() + "}{" + s.sigma() + "}";
  for (std::size_t j : shown(s))
    step.numbers.push_back(number(libm::exp(-s.at.energy[j]), static_cast<int>(j), !step.numbers.empty()));
  return step;
}

DerivationStep energies_step(const Setting& s) {
  DerivationStep step{.title = "Energies", .formula = {}, .numbers = {}};
  const std::string letter = s.letter();
  if (s.gate())
    step.formula = s.kernel ? "d_1=-\\log\\Phi(z),\\quad d_0=-\\log\\Phi(-z)" : "d_1(z)=-z,\\quad d_0(z)=0";
  else if (s.gaussian())
    step.formula = "d_" + letter + "(z)=\\frac{(z-" + s.place() + ")^2}{2" + s.sigma() + "^2}" +
                   (s.h.normalised ? "+\\log" + s.sigma() + "\\sqrt{2\\pi}" : "") + "-\\log\\pi_" + letter;
  else
    step.formula = "d_" + letter + "(z)=k(u)" + (s.h.normalised ? "+\\log" + s.sigma() + "+C" : "") +
                   "-\\log\\pi_" + letter + ",\\ \\ k(u)=" + s.kernel->formula;
  for (std::size_t j : shown(s))
    equation(step.numbers, "d_{" + hypothesis_mark(s.h, j) + "}", s.at.energy[j], static_cast<int>(j));
  equation(step.numbers, "-L", -s.at.log_partition);
  return step;
}

DerivationStep responsibilities_step(const Setting& s) {
  const std::string letter = s.letter(), tau = s.over_tau();
  DerivationStep step{.title = "Responsibilities", .formula = {}, .numbers = {}};
  step.formula = std::string("L=") + (s.tempered ? "\\tau" : "") + "\\log\\sum_" + letter + "e^{-d_" +
                 letter + tau + "},\\quad r_" + letter + "=" +
                 (s.tempered ? "e^{-(d_" + letter + "+L)/\\tau}" : "e^{-d_" + letter + "-L}") +
                 "=-\\frac{\\partial L}{\\partial d_" + letter + "}";
  for (std::size_t j : shown(s))
    equation(step.numbers, "r_{" + hypothesis_mark(s.h, j) + "}", s.at.r[j], static_cast<int>(j));
  return step;
}

// The name of the statistic, its formula as a sum over the posterior, and a short form for two hypotheses.
std::string named_statistic(const Setting& s) {
  const std::string formula = statistic_formula(s.h, s.statistic);
  switch (s.statistic) {
    case Statistic::mean:
      return "\\mathrm{E}[\\,g\\mid z\\,]=" + formula + (s.sign() ? "=r_+-r_-" : s.gate() ? "=r_1" : "");
    case Statistic::gated_mean: return "z\\,\\mathrm{E}[\\,g\\mid z\\,]=" + formula;
    case Statistic::mode: return formula;
    case Statistic::variance: return "\\mathrm{Var}(g\\mid z)=" + formula + (s.sign() ? "=4\\,r_+r_-" : "");
    case Statistic::entropy: return "H(z)=" + formula;
    case Statistic::log_partition: return "L(z)=" + formula;
  }
  return {};
}

DerivationStep statistic_step(const Setting& s) {
  DerivationStep step{.title = "Statistic", .formula = named_statistic(s), .numbers = {}};
  const double value = value_of(s.h, s.at, s.statistic);
  auto& out = step.numbers;
  if (s.statistic == Statistic::mean && s.sign()) {
    out = {number(s.at.r[1], 1), relation("{-}"), number(s.at.r[0], 0)};
  } else if (s.statistic == Statistic::gated_mean && s.gate()) {
    out = {number(s.at.z), relation("\\cdot"), number(s.at.r[1], 1)};
  } else if (s.statistic == Statistic::log_partition || s.statistic == Statistic::mode) {
    equation(out, s.statistic == Statistic::mode ? "g(" + s.letter() + "^*)" : "L", value);
    return step;
  } else {
    for (std::size_t j : shown(s)) {
      const double part = part_of(s.h, s.at, s.statistic, j);
      if (!out.empty()) out.push_back(relation(part < 0 ? "{-}" : "{+}"));
      out.push_back(number(out.empty() ? part : std::abs(part), static_cast<int>(j)));
    }
    if (s.h.count > 2) {
      out.push_back(relation("{+}"));
      out.push_back(formula("\\cdots"));
    }
  }
  out.push_back(relation("{=}"));
  out.push_back(number(value));
  return step;
}

// The closed form where there is one to name.
std::string activation_formula(const Setting& s) {
  const std::string tau = s.tempered ? "\\tau" : "";
  if (s.gate()) {
    const std::string argument = s.tempered ? "z/\\tau" : "z";
    const std::string open = s.kernel ? "\\Phi(" + argument + ")" : "\\frac{1}{1+e^{-" + argument + "}}";
    switch (s.statistic) {
      case Statistic::mean: return "a(z)=" + (s.kernel && s.tempered ? "r_1(z)" : open);
      case Statistic::gated_mean: return "a(z)=z\\," + (s.kernel && s.tempered ? "r_1(z)" : open);
      case Statistic::log_partition:
        return s.kernel ? "a(z)=L(z)" : "a(z)=" + tau + "\\log(1+e^{" + argument + "})";
      default: break;
    }
  }
  const bool of_mean = s.statistic == Statistic::mean || s.statistic == Statistic::gated_mean;
  const std::string front = s.statistic == Statistic::gated_mean ? "a(z)=z\\," : "a(z)=";
  if (s.sign() && of_mean) {
    const bool even = s.h.log_prior[0] == s.h.log_prior[1];
    std::string out = front + "\\tanh\\frac{d_--d_+}{2" + tau + "}";
    if (s.statistic == Statistic::mean && s.gaussian())
      out += "=\\tanh(\\frac{m}{" + tau + "\\sigma^2}z" +
             (even ? "" : "+\\frac{1}{2" + tau + "}\\log\\frac{\\pi_+}{\\pi_-}") + ")";
    return out;
  }
  switch (s.statistic) {
    case Statistic::mean:
      return s.h.g == s.h.mu ? "a(z)=\\mathrm{E}[\\mu\\mid z]" : "a(z)=\\mathrm{E}[g\\mid z]";
    case Statistic::gated_mean: return "a(z)=z\\,\\mathrm{E}[g\\mid z]";
    case Statistic::mode: return "a(z)=g(" + s.letter() + "^*)";
    case Statistic::variance: return "a(z)=\\mathrm{Var}(g\\mid z)";
    case Statistic::entropy: return "a(z)=H(z)";
    case Statistic::log_partition: return "a(z)=L(z)";
  }
  return {};
}

std::string slope_formula(const Setting& s) {
  const std::string tau = s.tempered ? "\\tau" : "", letter = s.letter();
  const std::string of_tau = s.tempered ? "\\frac{1}{\\tau}" : "";
  switch (s.statistic) {
    case Statistic::mean: break;
    case Statistic::gated_mean: return "a'=\\mathrm{E}[g\\mid z]+z\\,\\mathrm{E}[g\\mid z]'";
    case Statistic::mode: return "a'";  // flat between its jumps
    case Statistic::variance: return "a'=-" + of_tau + "\\mathrm{Cov}((g-\\mathrm{E}g)^2,d'\\mid z)";
    case Statistic::entropy: return "a'=" + of_tau + "\\mathrm{Cov}(\\log r,d'\\mid z)";
    case Statistic::log_partition: return "a'=-\\sum_" + letter + " r_" + letter + "\\,d_" + letter + "'";
  }
  if (s.gate())
    return std::string("a'=") + (s.tempered ? "\\frac{1}{\\tau}\\," : "") + "\\mathrm{Var}(h\\mid z)" +
           (s.kernel ? "\\,(d_0'-d_1')" : "");
  if (s.sign())
    return s.gaussian() ? "a'=\\frac{m}{" + tau + "\\sigma^2}\\,\\mathrm{Var}(s\\mid z)"
                        : "a'=\\frac{d_-'-d_+'}{2" + tau + "}\\,\\mathrm{Var}(s\\mid z)";
  return s.gaussian() && s.plain()
             ? "a'=\\frac{1}{" + tau + "\\sigma^2}\\,\\mathrm{Var}(\\mu\\mid z)"
             : "a'=-" + of_tau + "\\mathrm{Cov}(" + (s.h.g == s.h.mu ? "\\mu" : "g") + ",d'\\mid z)";
}

DerivationStep activation_step(const Setting& s) {
  DerivationStep step{.title = "Activation", .formula = activation_formula(s), .numbers = {}};
  equation(step.numbers, "a", value_of(s.h, s.at, s.statistic));
  equation(step.numbers, slope_formula(s), derivative_of(s.h, s.at, s.statistic));
  return step;
}

// The pieces between two gaps form one line, whose numbers add up as they are shown.
void set_shown(std::vector<DerivationPiece>& pieces) {
  for (std::size_t begin = 0, end = 0; begin < pieces.size(); begin = end) {
    FormulaLine line;
    for (end = begin; end < pieces.size() && (end == begin || !pieces[end].gap); ++end)
      pieces[end].kind == Kind::number ? line.emplace_back(pieces[end].number)
                                       : line.emplace_back(pieces[end].tex);
    const std::vector<ShownNumber> numbers = shown_numbers(line);
    for (std::size_t i = begin; i < end; ++i) pieces[i].shown = numbers[i - begin];
  }
}

}  // namespace

std::vector<DerivationStep> derivation_steps(const Snapshot& snapshot, const View& view) {
  const LineModel& model = line_of(snapshot);
  const Hypotheses h = model.hypotheses(snapshot.state.theta, snapshot.temperature);
  const Posterior at = posterior(h, view.config.real("view.at"));
  Setting s{h, at, statistic_of(snapshot.config()), h.tau != 1, h.kernel, 0, 0};
  s.first = static_cast<std::size_t>(at.best);
  s.second = s.first == 0 ? 1 : 0;
  for (std::size_t j = 0; j < static_cast<std::size_t>(h.count); ++j)
    if (j != s.first && at.r[j] > at.r[s.second]) s.second = j;
  std::vector<DerivationStep> steps = {hypotheses_step(s), energies_step(s), responsibilities_step(s),
                                       statistic_step(s), activation_step(s)};
  for (DerivationStep& step : steps) set_shown(step.numbers);
  return steps;
}

std::vector<std::string> derivation_remarks(const Snapshot& snapshot, const View& view,
                                            const std::string& lesson) {
  const bool learned = snapshot.opening && snapshot.opening->setup->data->size() > 0;
  std::vector<std::string> out = {words_and_curve(activation_curves(snapshot, view.config))};
  if (!learned || snapshot.evaluation.has_loss) out.push_back(lesson);
  std::erase(out, "");
  return out;
}

const Derivation& activation_derivation() {
  static const Derivation all{
      .figure = "derivation",
      .rows = {"hypotheses", "energies", "responsibilities", "statistic", "activation"},
      .steps = derivation_steps,
      .remarks = derivation_remarks,
      .caption = [](const Snapshot& snapshot, const View& view) {
        return words_and_curve(activation_curves(snapshot, view.config));
      }};
  return all;
}

}  // namespace iem
