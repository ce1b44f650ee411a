// EM as a preconditioned gradient step (Xu & Jordan 1996, eq. 3.4), on the line:
//   mu_EM - mu = -(N / sum_i r_h w_h) sigma_h^2 dJ/dmu_h of prototypes,
//   m_EM - m   = -(N / sum_is r_s w_s) sigma^2 dJ/dm of signs,
// for every tau, w = k'(u)/u; of the gaussian kernel w = 1, and the sums are N_h and N.
#include "core/labs/activation/figures/inspection.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/activation/model/curves.h"
#include "core/math/responsibility.h"

namespace iem {
namespace {

std::string marked(const std::string& symbol, const Hypotheses& h, std::size_t j) {
  return symbol + "_{" + hypothesis_mark(h, j) + "}";
}

void append(std::vector<FormulaPiece>& line, double term) {
  line.emplace_back(term < 0 ? "{-}" : "{+}");
  line.emplace_back(std::abs(term));
}

// d_+ = kernel + (log scale + constant) - log prior.
std::vector<FormulaPiece> energy_line(const Hypotheses& h, const Posterior& at, std::size_t j) {
  std::vector<FormulaPiece> line = {marked("d", h, j), "{=}"};
  if (h.kind != HypothesisKind::gate) {
    // Computed directly and not as the energy minus its other terms: at the place of the hypothesis that
    // difference would be a rounding error of either sign.
    line.emplace_back(h.kernel->value((at.z - h.mu[j]) / h.scale_of(j), h.shape.data()));
    if (h.offset_of(j) != 0) append(line, h.offset_of(j));
    append(line, -h.log_prior[j]);
    line.emplace_back("{=}");
  }
  line.emplace_back(at.energy[j]);
  return line;
}

// Whether e^{-d/tau} overflows or underflows (low temperature or far places), so that the formula subtracts
// the least energy first.
bool is_out_of_range(const Hypotheses& h, const Posterior& at) {
  constexpr double kLargest = 600;  // e^600 can still be added up
  const auto energies = std::span(at.energy.data(), static_cast<std::size_t>(h.count));
  return std::ranges::any_of(energies, [&](double d) { return d / h.tau < -kLargest; }) ||
         std::ranges::all_of(energies, [&](double d) { return d / h.tau > kLargest; });
}

std::string weight_tex(const Hypotheses& h, bool least_taken_off) {
  if (least_taken_off) return h.tau == 1 ? "e^{-(d_h-\\min d)}" : "e^{-(d_h-\\min d)/\\tau}";
  return h.tau == 1 ? "e^{-d_h}" : "e^{-d_h/\\tau}";
}

std::string title_of(const Hypotheses& h, std::size_t j) {
  if (h.kind == HypothesisKind::sign) return j == 0 ? "Hypothesis −1" : "Hypothesis +1";
  return "Hypothesis " + hypothesis_mark(h, j);
}

// The parameters of hypothesis j in a state.
struct Own {
  double place = 0, scale = 1, prior = 0;
};
Own own(const LineModel& model, const Theta& theta, std::size_t j) {
  const Hypotheses h = model.hypotheses(theta, 1);
  return {h.mu[j], h.scale_of(j), libm::exp(h.log_prior[j])};
}

// How the parameters of a hypothesis are written.
struct HypothesisLetters {
  std::string place, learned, sigma, pi;  // \mu_1; of a sign -m, of which m is learned
};
HypothesisLetters letters_for(const Hypotheses& h, std::size_t j) {
  if (h.kind == HypothesisKind::sign) return {j == 0 ? "-m" : "+m", "m", "\\sigma", marked("\\pi", h, j)};
  const std::string mu = marked("\\mu", h, j);
  return {mu, mu, marked("\\sigma", h, j), marked("\\pi", h, j)};
}

void add_parameters(Inspection& out, const Hypotheses& h, std::size_t j, const HypothesisLetters& letters,
                    const Own& now) {
  out.quantities = {{letters.place, "place", {now.place}, 1},
                    {letters.sigma, "width", {now.scale}, 1},
                    {letters.pi, "weight", {now.prior}, 1}};
  if (h.kind != HypothesisKind::sign && h.g != h.mu)
    out.quantities.push_back({marked("g", h, j), "what it says", {h.g[j]}, 1});
}

void add_target_of_em(Inspection& out, const HypothesisLetters& letters, const Own& target) {
  const std::string em = "^{\\mathrm{EM}}";
  out.quantities.push_back({letters.place + em, "where EM goes", {target.place}, 1});
  out.quantities.push_back({letters.sigma + em, "its width", {target.scale}, 1});
  out.quantities.push_back({letters.pi + em, "its weight", {target.prior}, 1});
}

// By the place of a prototype, or by m of both signs.
double gradient_of_place(const Snapshot& snapshot, const Hypotheses& h, std::size_t j) {
  return snapshot.evaluation.gradient[h.kind == HypothesisKind::sign ? 0 : static_cast<Eigen::Index>(j)];
}

// The two sides of the preconditioned step; none where no point pulls.
void add_way_of_em(Inspection& out, const Snapshot& snapshot, const Hypotheses& h, std::size_t j,
                   const HypothesisLetters& letters, const Own& now, const Own& target) {
  const bool sign = h.kind == HypothesisKind::sign, gaussian = h.kernel->id == "gaussian";
  // The sum of the weights of the points; with signs every point counts for both.
  const auto weights = snapshot.evaluation.statistics.col(LineModel::kW);
  const double pulling = sign ? weights.sum() : weights[static_cast<Eigen::Index>(j)];
  if (!(pulling > 0)) return;
  const double n = snapshot.evaluation.statistics.col(LineModel::kN).sum(),
               gradient = gradient_of_place(snapshot, h, j);
  const double way = sign && j == 0 ? -1 : 1;  // of -m, as of m
  const std::string pulls = sign       ? "\\sum_{is}r_s w_s"
                            : gaussian ? marked("N", h, j)
                                       : "\\sum_i " + marked("r", h, j) + marked("w", h, j);
  out.formulas.push_back({(sign && gaussian ? "-" : "-\\frac{N}{" + pulls + "}") + letters.sigma +
                              "^2\\,\\partial J/\\partial " + letters.learned,
                          "{=}", -n / pulling * now.scale * now.scale * gradient});
  out.formulas.push_back(
      {letters.learned + "^{\\mathrm{EM}}-" + letters.learned, "{=}", way * (target.place - now.place)});
}

}  // namespace

Inspection inspect_place(const Snapshot& snapshot, double z, int hypothesis) {
  const Hypotheses h = line_of(snapshot).hypotheses(snapshot.state.theta, snapshot.temperature);
  const Posterior at = posterior(h, z);
  const auto k = static_cast<std::size_t>(h.count);
  Inspection out;
  out.title = "z = " + shown_number(z);
  out.component = hypothesis >= 0 && hypothesis < h.count ? hypothesis : at.best;
  const auto chosen = static_cast<std::size_t>(out.component);

  const std::span<const double> d(at.energy.data(), k);
  std::vector<double> weight(k), minus_r(k), computed(k);
  const double least = is_out_of_range(h, at) ? *std::ranges::min_element(d) : 0;
  log_partition_derivatives(Responsibility::softmax, d, h.tau, computed);
  double total = 0;
  for (std::size_t j = 0; j < k; ++j) {
    total += weight[j] = libm::exp((least - d[j]) / h.tau);
    minus_r[j] = -at.r[j];
  }
  const std::string exponential = weight_tex(h, least != 0);
  out.table = {{"d_h", "The energy: lower is a better match.", {d.begin(), d.end()}},
               {exponential, "Its Boltzmann weight.", weight},
               {"r_h", "The responsibility.", {at.r.begin(), at.r.begin() + h.count}},
               {"\\frac{\\partial L}{\\partial d_h}", "Minus the responsibility, as claimed.", minus_r},
               {"\\approx", "The same derivative by complex step, without any responsibility.", computed}};

  out.formulas.push_back(energy_line(h, at, chosen));
  out.formulas.push_back({"Z{=}\\sum_h " + exponential, "{=}", total});
  out.formulas.push_back({marked("r", h, chosen), "{=}", weight[chosen], "/", total, "{=}", at.r[chosen]});
  out.formulas.push_back(
      {std::string(h.tau == 1 ? "L{=}\\log Z" : "L{=}\\tau\\log Z") + (least != 0 ? "-\\min d" : ""), "{=}",
       at.log_partition});

  const Statistic statistic = statistic_of(snapshot.config());
  out.quantities = {{"a(z)", "activation", {value_of(h, at, statistic)}, 1},
                    {"a'(z)", "slope", {derivative_of(h, at, statistic)}, 1},
                    {"\\mathrm{E}[g\\mid z]", "mean", {at.mean}, 1},
                    {"\\mathrm{Var}(g\\mid z)", "variance", {at.variance}, 1},
                    {"H(z)", "entropy", {value_of(h, at, Statistic::entropy)}, 1}};
  return out;
}

Inspection inspect_hypothesis(const Snapshot& snapshot, int hypothesis) {
  const LineModel& model = line_of(snapshot);
  const Hypotheses h = model.hypotheses(snapshot.state.theta, 1);
  Inspection out;
  if (hypothesis < 0 || hypothesis >= h.count) return out;
  const auto j = static_cast<std::size_t>(hypothesis);
  out.title = title_of(h, j);
  out.component = hypothesis;
  if (h.kind == HypothesisKind::gate) {
    out.remark = h.kernel ? "A gate has no place: it is open with probability Φ(z)."
                          : "A gate has no place: z itself is the log-odds.";
    return out;
  }
  const HypothesisLetters letters = letters_for(h, j);
  const Own now = own(model, snapshot.state.theta, j);
  add_parameters(out, h, j, letters, now);
  if (!snapshot.evaluation.has_loss) {
    out.remark = snapshot.data().size() == 0 ? "Without points nothing pulls: paint some, or choose a source."
                                             : model.em_unavailable();
    return out;
  }
  const double gradient = gradient_of_place(snapshot, h, j);
  const double share = snapshot.evaluation.statistics(static_cast<Eigen::Index>(j), LineModel::kN);
  out.quantities.push_back({marked("N", h, j), "points", {share}, 1});
  out.quantities.push_back({"\\partial J/\\partial " + letters.learned, "gradient", {gradient}, 1});
  if (snapshot.em_target.size() == 0) {
    out.remark = model.em_unavailable();
    return out;
  }
  const Own target = own(model, snapshot.em_target, j);
  add_target_of_em(out, letters, target);
  if (!model.options().learn_places || h.kernel->em == MStep::medians) {
    out.remark = model.options().learn_places
                     ? "EM takes a weighted median, which is no multiple of the gradient."
                     : "The places are not learned.";
    return out;
  }
  add_way_of_em(out, snapshot, h, j, letters, now, target);
  return out;
}

}  // namespace iem
