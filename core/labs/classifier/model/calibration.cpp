#include "core/labs/classifier/model/calibration.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/math/log_sum_exp.h"

namespace iem {
namespace {

bool any_label(const Dataset& data) { return data.has_labels() && data.labels.maxCoeff() >= 0; }

// Energies of the points with a label; the label's own column is `label`.
struct LabelledEnergies {
  std::vector<std::vector<double>> d;
  std::vector<std::size_t> label;

  struct At {
    double loss = 0, label_energy = 0, expected_energy = 0;  // means
  };
  At at(double temperature) const {
    At out;
    std::vector<double> r;
    for (std::size_t i = 0; i < d.size(); ++i) {
      r.resize(d[i].size());
      const double without = log_sum_exp(d[i], temperature, r), own = d[i][label[i]];
      out.loss += (own + without) / temperature;
      out.label_energy += own;
      for (std::size_t j = 0; j < r.size(); ++j) out.expected_energy += r[j] * d[i][j];
    }
    const auto n = static_cast<double>(d.size());
    return {out.loss / n, out.label_energy / n, out.expected_energy / n};
  }
};

}  // namespace

std::string scaling_unavailable(const Classifier& model, const Dataset& data) {
  if (!model.competes()) return model.responsibilities_unavailable();
  if (model.options().responsibility != Responsibility::softmax)
    return "Temperature scaling is that of a softmax.";
  return any_label(data.held_out ? *data.held_out : data) ? "" : "No point has a label.";
}

TemperatureScaling scale_temperature(const Classifier& model, const Theta& theta, double tau,
                                     const Dataset& data) {
  TemperatureScaling out;
  out.held_out = data.held_out != nullptr;
  const Dataset& used = out.held_out ? *data.held_out : data;
  const Classifier::Energies energies(model, theta);
  LabelledEnergies all;
  std::vector<double> d(static_cast<std::size_t>(model.hypotheses()));
  for (Eigen::Index i = 0; i < used.size(); ++i) {
    if (used.labels[i] < 0) continue;
    energies.at(used.points(i, 0), used.points(i, 1), d);
    all.d.push_back(d);
    all.label.push_back(static_cast<std::size_t>(used.labels[i]));
  }
  // The loss is convex in 1/T, so it has a single minimum over log T.
  constexpr double kGolden = 0.6180339887498949;
  const double lo = -libm::log(1000.0), hi = -lo;
  double a = lo, b = hi, c = b - kGolden * (b - a), e = a + kGolden * (b - a);
  double at_c = all.at(libm::exp(c)).loss, at_e = all.at(libm::exp(e)).loss;
  while (b - a > 1e-9) {
    if (at_c <= at_e) {
      b = e, e = c, at_e = at_c;
      c = b - kGolden * (b - a), at_c = all.at(libm::exp(c)).loss;
    } else {
      a = c, c = e, at_c = at_e;
      e = a + kGolden * (b - a), at_e = all.at(libm::exp(e)).loss;
    }
  }
  const double best = 0.5 * (a + b);
  out.inside = best > lo + 1e-3 && best < hi - 1e-3;
  out.temperature = libm::exp(best);
  const LabelledEnergies::At there = all.at(out.temperature);
  out.before = all.at(tau).loss, out.after = there.loss;
  out.label_energy = there.label_energy, out.expected_energy = there.expected_energy;
  return out;
}

}  // namespace iem
