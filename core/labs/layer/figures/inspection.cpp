// Point: z_j = w_j.x + b_j -> d_j = phi(z_j) -> exp(-d_j/tau) -> Z -> r_j, and what all terms of J do to the
// distance. Unit: its line, how its distances vary, and what pulls on it.
#include "core/labs/layer/figures/inspection.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/layer/figures/formulas.h"
#include "core/labs/layer/figures/list.h"
#include "core/math/responsibility.h"

namespace iem {
namespace {

std::string with_index(const std::string& symbol, int j) {
  return symbol + "_{" + std::to_string(j + 1) + "}";
}

std::string place_words(const Eigen::RowVectorXd& x) {
  if (x.size() > 3) return std::to_string(x.size()) + " numbers";
  std::string out = "(";
  for (Eigen::Index a = 0; a < x.size(); ++a) out += (a > 0 ? ", " : "") + shown_number(x[a]);
  return out + ")";
}

// w_1 x_1 + w_2 x_2 + b where there are few coordinates.
FormulaLine coordinate_line(const Layer& model, const Theta& theta, const Eigen::RowVectorXd& x, int j,
                            double z) {
  const std::string name =
      with_index("z", j) + "{=}" + with_index("w", j) + "{\\cdot}x{+}" + with_index("b", j);
  const double b = model.offsets(theta)[j];
  if (x.size() > 2) return {name, "{=}", z - b, b < 0 ? "{-}" : "{+}", std::abs(b), "{=}", z};
  FormulaLine line = {name, "{=}"};
  for (Eigen::Index a = 0; a < x.size(); ++a) {
    const double product = model.weights(theta)(j, a) * x[a];
    if (a > 0) line.emplace_back(product < 0 ? "{-}" : "{+}");
    line.emplace_back(a > 0 ? std::abs(product) : product);
  }
  line.insert(line.end(), {b < 0 ? "{-}" : "{+}", std::abs(b), "{=}", z});
  return line;
}

void add_share_lines(Inspection& out, const LayerNumbers& at, double tau) {
  const auto c = static_cast<std::size_t>(out.component);
  const std::string exponent =
      at.shifted ? (tau == 1 ? "e^{d_*-d_j}" : "e^{(d_*-d_j)/\\tau}") : layer_exponential_tex(tau);
  out.formulas.push_back({"Z{=}\\sum_j " + exponent, "{=}", at.sum});
  out.formulas.push_back({with_index("r", out.component), "{=}", at.weight[c], "/", at.sum, "{=}", at.r[c]});
  FormulaLine line = {tau == 1 ? "-L{=}-\\log Z" : "-L{=}-\\tau\\log Z", "{=}"};
  if (at.shifted) line = {tau == 1 ? "-L{=}d_*-\\log Z" : "-L{=}d_*-\\tau\\log Z", "{=}", at.least};
  line.emplace_back("{-}");
  if (tau != 1) line.insert(line.end(), {tau, "{\\cdot}"});
  line.insert(line.end(), {"\\log ", at.sum, "{=}", at.minus_l});
  out.formulas.push_back(std::move(line));
}

}  // namespace

LayerNumbers layer_numbers(const Snapshot& snapshot, int point) {
  constexpr double kSmallest = 1e-290, kLargest = 1e290;
  const Layer& model = layer_of(snapshot);
  const double tau = snapshot.temperature;
  LayerNumbers out;
  for (const double z : model.coordinates(snapshot.state.theta, snapshot.data().points.row(point))) {
    out.z.push_back(z);
    out.d.push_back(line_distance(model.options().distance, z));
  }
  out.r.resize(out.d.size());
  out.minus_l = -log_partition(Responsibility::softmax, out.d, tau, out.r);
  out.least = *std::ranges::min_element(out.d);
  for (const bool shifted : {false, true}) {
    out.shifted = shifted;
    out.weight.clear();
    out.sum = 0;
    for (const double d : out.d) {
      out.weight.push_back(libm::exp((shifted ? out.least - d : -d) / tau));
      out.sum += out.weight.back();
    }
    if ((out.sum > kSmallest && out.sum < kLargest) || !std::isfinite(out.minus_l)) break;
  }
  return out;
}

std::vector<double> layer_pulls(const Snapshot& snapshot, int point) {
  const Eigen::MatrixXd& pulls = snapshot.evaluation.pulls;
  if (point >= pulls.rows()) return {};
  const Eigen::RowVectorXd row = pulls.row(point) / static_cast<double>(snapshot.data().size());
  return {row.begin(), row.end()};
}

std::vector<double> layer_prediction(const Snapshot& snapshot, int point) {
  const Layer& model = layer_of(snapshot);
  if (!model.options().has_readout()) return {};
  const LayerNumbers at = layer_numbers(snapshot, point);
  Eigen::VectorXd t = Eigen::Map<const Eigen::VectorXd>(at.d.data(), static_cast<Eigen::Index>(at.d.size()));
  if (model.options().calibrate) t.array() -= at.minus_l;
  const Theta& theta = snapshot.state.theta;
  const Eigen::VectorXd energies = -(model.readout(theta) * t + model.readout_offsets(theta));
  std::vector<double> p(static_cast<std::size_t>(energies.size()));
  log_partition(Responsibility::softmax, {energies.data(), p.size()}, 1, p);
  return p;
}

Inspection inspect_layer_point(const Snapshot& snapshot, int point, int unit) {
  const Layer& model = layer_of(snapshot);
  const Dataset& data = snapshot.data();
  const LayerNumbers at = layer_numbers(snapshot, point);
  Inspection out;
  out.title = "Point " + std::to_string(point);
  out.state = place_words(data.points.row(point));
  if (data.has_labels()) out.state += ", " + label_words(data, data.labels[point]);
  const auto largest = std::ranges::max_element(at.r) - at.r.begin();
  out.component = unit >= 0 && unit < model.units() ? unit : static_cast<int>(largest);
  const double tau = snapshot.temperature;
  std::vector<double> minus_r, computed(at.d.size());
  for (const double r : at.r) minus_r.push_back(-r);
  log_partition_derivatives(Responsibility::softmax, at.d, tau, computed);
  if (model.units() <= 12)
    out.table = {{"z_j", "The signed coordinate: 0 on the line, 1 where the normal ends.", at.z},
                 {"d_j", "The distance: lower is a better match.", at.d},
                 {"r_j", "The responsibility.", at.r},
                 {"\\frac{\\partial L}{\\partial d_j}", "Minus the responsibility, as claimed.", minus_r},
                 {"\\approx", "The same derivative by complex step, without any responsibility.", computed}};
  const auto c = static_cast<std::size_t>(out.component);
  out.formulas.push_back(
      coordinate_line(model, snapshot.state.theta, data.points.row(point), out.component, at.z[c]));
  const std::string z = with_index("z", out.component);
  out.formulas.push_back(
      {with_index("d", out.component) + "{=}" + line_distance_tex(model.options().distance, z), "{=}",
       at.d[c]});
  add_share_lines(out, at, tau);
  if (const std::vector<double> pulls = layer_pulls(snapshot, point); !pulls.empty())
    out.formulas.push_back(
        {"\\partial J/\\partial d_{i" + std::to_string(out.component + 1) + "}", "{=}", pulls[c]});
  if (const std::vector<double> p = layer_prediction(snapshot, point);
      !p.empty() && data.labels[point] >= 0) {
    const double own = p[static_cast<std::size_t>(data.labels[point])];
    out.formulas.push_back({"J_{\\mathrm{ce},i}{=}-\\log p_y", "{=}-\\log", own, "{=}", -libm::log(own)});
  }
  return out;
}

Inspection inspect_unit(const Snapshot& snapshot, int unit) {
  const Layer& model = layer_of(snapshot);
  const Theta& theta = snapshot.state.theta;
  const auto row = model.weights(theta).row(unit);
  const auto statistics = snapshot.evaluation.statistics.row(unit);
  Inspection out;
  out.title = "Unit " + std::to_string(unit + 1);
  out.state = statistics[kUnitVariance] < kDeadBelow ? "dead" : "";
  out.component = unit;
  const Block& w = model.layout().block("W");
  const Eigen::RowVectorXd gradient =
      snapshot.evaluation.gradient.segment(w.offset + unit * w.columns, w.columns);
  if (row.size() <= 3) {
    const auto width = static_cast<int>(row.size());
    out.quantities.push_back({with_index("w", unit), "weights", {row.begin(), row.end()}, width});
    out.quantities.push_back({"\\partial J/\\partial " + with_index("w", unit),
                              "gradient",
                              {gradient.begin(), gradient.end()},
                              width});
  }
  out.quantities.push_back({with_index("b", unit), "offset", {model.offsets(theta)[unit]}});
  out.quantities.push_back(
      {"1/\\|" + with_index("w", unit) + "\\|", "one unit of z is so long", {1 / row.norm()}});
  out.quantities.push_back({with_index("N", unit), "points", {statistics[kUnitUsage]}});
  out.quantities.push_back({with_index("V", unit), "variance of its distances", {statistics[kUnitVariance]}});
  out.quantities.push_back(
      {"\\|\\partial J/\\partial " + with_index("w", unit) + "\\|", "pull on it", {gradient.norm()}});
  if (model.units() > 1) {
    Eigen::RowVectorXd r = statistics.tail(model.units());
    r[unit] = 0;
    Eigen::Index most = 0;
    r.cwiseAbs().maxCoeff(&most);
    out.quantities.push_back({"R_{" + std::to_string(unit + 1) + "," + std::to_string(most + 1) + "}",
                              "its largest correlation",
                              {r[most]}});
  }
  return out;
}

}  // namespace iem
