// Rates of convergence: J - J* over steps, a straight line on a logarithmic axis once a rule is near the
// optimum; and the eigenvalues of the Hessian there, without and with EM's preconditioner (Xu & Jordan 1996).
#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/mixture/figures/theory.h"
#include "core/labs/mixture/figures/words.h"

namespace iem {
namespace {

// The optimum: its loss, and the spectra there.
struct End {
  double loss = 0;
  bool by_em = false;  // loss is that of EM's fixed point; else the least loss known
  Spectra spectra;
};

End find_end(const Snapshot& snapshot, const std::vector<double>& losses) {
  const Mixture& model = mixture_of(snapshot);
  End end{*std::min_element(losses.begin(), losses.end()), false, {}};
  if (!model.em_unavailable().empty()) return end;
  const Eigen::Index passes = kFigureWork / (snapshot.data().size() * model.components());
  const Eigen::Index rest = passes - spectra_passes(model);
  if (rest < 20) return end;
  const double reg_covar = rule_reg_covar(snapshot);
  const FixedPoint fixed =
      find_fixed_point(model, snapshot.data(), snapshot.temperature, snapshot.state.theta, reg_covar, rest);
  if (!fixed.reached) return end;
  // While the temperature decays, the least known loss belongs to another objective.
  const bool falling = snapshot.config().real("schedule.temperature_decay") != 1;
  end.by_em = falling || fixed.loss <= end.loss + 1e-9;
  end.loss = falling ? fixed.loss : std::min(end.loss, fixed.loss);
  if (!model.em_needs_rows())
    end.spectra = spectra_at(model, snapshot.data(), snapshot.temperature, fixed.theta, reg_covar);
  return end;
}

// The factor by which a step of the rule multiplies errors near the optimum, where there is a formula for it.
struct Contraction {
  double factor = std::nan("");  // of the slowest error that is not flat: the largest |1 - eta l|
  double worst = 0;              // the eigenvalue l it belongs to
  bool flat = false;             // an eigenvalue is 0: along it nothing moves
  bool has_rate = false;         // the rule has a learning rate
};

Contraction contraction(const Snapshot& snapshot, const Spectra& spectra) {
  constexpr double kFlat = 1e-7;  // of the largest eigenvalue; they come from differences
  Contraction out;
  if (spectra.hessian.size() == 0) return out;
  const Config& config = snapshot.config();
  const OptimizerType& rule = *find_optimizer(config.text(kRuleKey));
  const bool gd = rule.id == "gd" && config.real("optimizer.weight_decay") == 0;  // else it ends elsewhere
  if (!gd && !rule.relaxes_em && rule.id != "em") return out;
  out.has_rate = reads(rule, kRateKey);
  const double eta = out.has_rate ? config.real("optimizer.learning_rate") : 1;
  const Eigen::VectorXd& eigenvalues = gd ? spectra.hessian : spectra.preconditioned;
  const double zero = kFlat * eigenvalues.cwiseAbs().maxCoeff();
  for (const double l : eigenvalues) {
    if (std::abs(l) <= zero) {
      out.flat = true;
    } else if (const double factor = std::abs(1 - eta * l); !(factor <= out.factor)) {
      out.factor = factor;
      out.worst = l;
    }
  }
  return out;
}

// A sentence on why errors shrink or do not: a saddle, a learning rate that is too large, flat directions.
std::string contraction_words(const Contraction& c) {
  if (!std::isfinite(c.factor)) return "";
  const std::string factor = "$" + number_tex(c.factor) + "$";
  std::string out;
  if (c.factor < 1)
    out = " Theory: a step leaves " + factor + " of an error.";
  else if (c.worst < 0)
    out =
        " Theory: the end is a saddle; on the way down from it a step multiplies an error by " + factor + ".";
  else
    out =
        " Theory: a step multiplies an error by " + factor + "; the learning rate is too large to get there.";
  if (c.flat) out += " Along a flat direction nothing moves and errors stay.";
  return out;
}

Panel rate_panel(Figure& figure, const Snapshot& snapshot, const StepCurve& losses, const End& end) {
  const double scale = std::max(1.0, std::abs(end.loss));
  std::vector<double> x = losses.steps, y;
  double least = 1, most = 0;
  for (const double loss : losses.y) {
    const double above = loss - end.loss;
    const bool visible = above > 1e-14 * scale;  // below is rounding
    y.push_back(visible ? above : std::nan(""));
    if (visible) least = std::min(least, above), most = std::max(most, above);
  }
  Panel panel;
  panel.height = 0.66;
  panel.title = "Convergence";
  panel.title_tex = "J-J^{*}";
  panel.x = step_axis(x.back());
  panel.y.scale = Scale::log10;
  panel.y.lo = 0.5 * least;
  panel.y.hi = 2 * std::max(most, 2 * least);
  const std::size_t now = losses.index(snapshot.state.step);
  const Values all_x = figure.own(std::move(x)), all_y = figure.own(std::move(y));
  Line line{.series = "J - J*", .x = all_x, .y = all_y, .ink = {Role::accent}, .width_px = 2.2};
  panel.marks.push_back(std::move(line));

  const double factor = contraction(snapshot, end.spectra).factor;
  if (factor > 0 && factor < 1 && now < all_y.size() && all_y[now] > 0) {
    panel.x.hi *= 1.25;  // room for what is to come
    // Errors shrink by `factor` a step, and J - J* by its square.
    std::vector<double> sx, sy;
    for (double t = all_x[now]; t <= panel.x.hi; t += std::max(1.0, panel.x.hi / 60)) {
      const double value = all_y[now] * libm::pow(factor, 2 * (t - all_x[now]));
      if (value < panel.y.lo) break;
      sx.push_back(t);
      sy.push_back(value);
    }
    if (sx.size() < 2) sx.clear(), sy.clear();
    Line slope{.series = "predicted", .x = figure.own(std::move(sx)), .y = figure.own(std::move(sy))};
    slope.ink = {Role::muted};
    slope.dash = Dash::dashed;
    slope.label = "slope of the theory";
    slope.label_at = 0.35;  // clear of the axis' name in the corner
    panel.marks.push_back(std::move(slope));
  }
  if (now < all_y.size() && all_y[now] > 0) {
    Marker here{.series = "now", .x = all_x[now], .y = all_y[now], .ink = {Role::accent}};
    here.radius_px = 4;
    panel.marks.push_back(std::move(here));
  }
  return panel;
}

// The eigenvalues divided by the largest: of the Hessian below, of the preconditioned one above.
Panel spectrum_panel(Figure& figure, const Spectra& spectra) {
  Panel panel;
  panel.height = 0.34;
  panel.title = "Eigenvalues over the largest";
  panel.y.ticks = panel.grid = false;
  panel.y.lo = -0.7;
  panel.y.hi = 1.9;
  panel.x.scale = Scale::log10;
  panel.x.label = "plain: below; behind EM's preconditioner: above";
  panel.x.lo = 0.1;
  panel.x.hi = 1.6;
  for (const bool preconditioned : {false, true}) {
    const Eigen::VectorXd& values = preconditioned ? spectra.preconditioned : spectra.hessian;
    std::vector<double> x;
    for (const double value : values)
      if (value > 1e-12 * values[values.size() - 1]) x.push_back(value / values[values.size() - 1]);
    panel.x.lo = std::min(panel.x.lo, 0.6 * *std::min_element(x.begin(), x.end()));
    Scatter dots{.series = preconditioned ? "preconditioned" : "plain", .x = {}, .y = {}};
    dots.y = figure.own(std::vector<double>(x.size(), preconditioned ? 1 : 0));
    const double first = x.front();
    dots.x = figure.own(std::move(x));
    dots.ink = preconditioned ? Ink{Role::accent} : Ink{Role::ink};
    dots.radius_px = 4;
    panel.marks.push_back(std::move(dots));
    Text number{first, preconditioned ? 1.0 : 0.0, "\\kappa=" + number_tex(condition_number(values)), true};
    number.ink = {preconditioned ? Role::accent : Role::ink};
    number.dy_px = -10;
    if (first > 0.1) number.anchor = Anchor::right, number.x = 1;  // no room to the right
    panel.marks.push_back(std::move(number));
  }
  return panel;
}

}  // namespace

Figure convergence_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "convergence", .title = "Convergence", .caption = {}, .panels = {}, .keep = {}};
  const StepCurve losses = loss_curve(snapshot.history);
  const End end = find_end(snapshot, losses.y);
  figure.caption = caption_start(snapshot) + ". $J - J^*$ over steps, $J^*=" + number_tex(end.loss) + "$" +
                   (end.by_em ? ", where EM ends from here." : ", the least loss known.") +
                   falling_words(snapshot);
  figure.panels.push_back(rate_panel(figure, snapshot, losses, end));
  const bool spectra = end.spectra.hessian.size() > 0 && end.spectra.hessian.tail(1)[0] > 0 &&
                       end.spectra.preconditioned.tail(1)[0] > 0;
  if (!spectra) {
    figure.panels.front().height = 1;
    return figure;
  }
  figure.caption +=
      " Condition number $\\kappa$ of the Hessian in $(\\mu,\\log W,\\mathrm{logits})$ at the end: $" +
      number_tex(condition_number(end.spectra.hessian)) + "$; behind EM's preconditioner: $" +
      number_tex(condition_number(end.spectra.preconditioned)) + "$." +
      contraction_words(contraction(snapshot, end.spectra));
  figure.panels.push_back(spectrum_panel(figure, end.spectra));
  return figure;
}

}  // namespace iem
