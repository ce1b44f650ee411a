#include "tests/core/labs/layer/truth.h"

#include <cmath>
#include <numeric>

#include "core/labs/layer/model/layer.h"

namespace iem::testing {
namespace {

std::vector<int> numbers_to(Eigen::Index n) {
  std::vector<int> out(static_cast<std::size_t>(n));
  std::iota(out.begin(), out.end(), 0);
  return out;
}

int last_index(const TexPlace& at, const char* letter) {
  return at.index.empty() ? at.bound.at(letter) : at.index.back();
}
int point_index(const TexPlace& at) { return at.index.size() >= 2 ? at.index[0] : at.bound.at("i"); }

}  // namespace

LayerTruth::Lines LayerTruth::lines_of(const Theta& theta) const {
  Lines out;
  for (const NamedTensor& block : snapshot_.model().natural(theta)) {
    using RowMajor = Eigen::Matrix<double, -1, -1, Eigen::RowMajor>;
    const auto rows = static_cast<Eigen::Index>(block.tensor.shape[0]);
    const auto columns =
        static_cast<Eigen::Index>(block.tensor.data.size()) / std::max<Eigen::Index>(rows, 1);
    const Eigen::MatrixXd m = Eigen::Map<const RowMajor>(block.tensor.data.data(), rows, columns);
    if (block.name == "W") out.w = m;
    if (block.name == "b") out.b = m;
    if (block.name == "W_2") out.w2 = m;
    if (block.name == "b_2") out.b2 = m;
  }
  return out;
}

LayerTruth::LayerTruth(const Snapshot& snapshot)
    : snapshot_(snapshot),
      distance_(snapshot.config().text("model.distance")),
      tau_(snapshot.temperature),
      points_(snapshot.data().points) {
  now_ = lines_of(snapshot.state.theta);
  next_ = lines_of(snapshot.next);
  calibrates_ = now_.w2.size() > 0 && snapshot.config().flag("model.calibrate");
}

double LayerTruth::distance(double z) const {
  if (distance_ == "abs") return std::abs(z);
  if (distance_ == "square") return z * z / 2;
  if (distance_ == "relu") return std::max(0.0, z);
  return std::log1p(std::exp(z));
}

Eigen::MatrixXd LayerTruth::coordinates(const Lines& lines) const {
  return (points_ * lines.w.transpose()).rowwise() + lines.b.transpose();
}
Eigen::MatrixXd LayerTruth::distances(const Lines& lines) const {
  return coordinates(lines).unaryExpr([this](double z) { return distance(z); });
}

double LayerTruth::log_sum(const Eigen::VectorXd& d) const {
  return tau_ * std::log((-(d.array() - d.minCoeff()) / tau_).exp().sum()) - d.minCoeff();
}
Eigen::VectorXd LayerTruth::shares(const Eigen::VectorXd& d) const {
  const Eigen::ArrayXd e = (-(d.array() - d.minCoeff()) / tau_).exp();
  return e / e.sum();
}
Eigen::VectorXd LayerTruth::calibrated(const Eigen::VectorXd& d) const {
  return -tau_ * shares(d).array().log();
}

Eigen::VectorXd LayerTruth::read_out(const Eigen::VectorXd& d, const Lines& lines) const {
  const Eigen::ArrayXd logits = lines.w2 * (calibrates_ ? calibrated(d) : d) + lines.b2;
  const Eigen::ArrayXd e = (logits - logits.maxCoeff()).exp();
  return e / e.sum();
}

double LayerTruth::variance(const Eigen::MatrixXd& d, int unit) const {
  const Eigen::ArrayXd off = d.col(unit).array() - d.col(unit).mean();
  return off.square().sum() / static_cast<double>(d.rows() - 1);
}

Eigen::MatrixXd LayerTruth::correlations(const Eigen::MatrixXd& d) const {
  const Eigen::MatrixXd off = d.rowwise() - d.colwise().mean();
  const auto n = static_cast<double>(d.rows() - 1);
  const auto spread = [&](Eigen::Index j) { return off.col(j).norm() / std::sqrt(n) + 1e-8; };
  Eigen::MatrixXd out(d.cols(), d.cols());
  for (Eigen::Index j = 0; j < d.cols(); ++j)
    for (Eigen::Index k = 0; k < d.cols(); ++k)
      out(j, k) = off.col(j).dot(off.col(k)) / n / (spread(j) * spread(k));
  return out;
}

double LayerTruth::cross_entropy(const Eigen::MatrixXd& d, const Lines& lines) const {
  double sum = 0, count = 0;
  for (Eigen::Index i = 0; i < d.rows(); ++i) {
    const int label = snapshot_.data().labels[i];
    if (label < 0) continue;
    sum -= std::log(read_out(d.row(i).transpose(), lines)[label]), ++count;
  }
  return sum / count;
}

double LayerTruth::loss_of(const Eigen::MatrixXd& d, const Lines& lines) const {
  const Config& config = snapshot_.config();
  double out = 0;
  for (Eigen::Index i = 0; i < d.rows(); ++i)
    out -= config.real("model.lse_weight") * log_sum(d.row(i).transpose()) / static_cast<double>(d.rows());
  for (int j = 0; j < units(); ++j)
    out -= config.real("model.variance_weight") * std::log(variance(d, j) + 1e-6);
  if (const double weight = config.real("model.decorrelation_weight"); weight != 0)
    out += weight * (correlations(d) - Eigen::MatrixXd::Identity(units(), units())).squaredNorm();
  if (const double weight = config.real("model.orthogonality_weight"); weight != 0) {
    const Eigen::MatrixXd rows = lines.w.array().colwise() / (lines.w.rowwise().norm().array() + 1e-8);
    out += weight * (rows * rows.transpose() - Eigen::MatrixXd::Identity(units(), units())).squaredNorm();
  }
  if (lines.w2.size() > 0) out += config.real("model.readout_weight") * cross_entropy(d, lines);
  return out;
}

double LayerTruth::pull(int point, int unit) const {
  const auto at = [&](double by) {
    Eigen::MatrixXd d = distances(now_);
    d(point, unit) += by;
    return loss_of(d, now_);
  };
  return (8 * (at(1e-4) - at(-1e-4)) - (at(2e-4) - at(-2e-4))) / 12e-4;
}

Eigen::VectorXd LayerTruth::gradient(int unit) const {
  Eigen::VectorXd out(now_.w.cols());
  for (Eigen::Index a = 0; a < out.size(); ++a) {
    const auto at = [&](double by) {
      Lines lines = now_;
      lines.w(unit, a) += by;
      return loss_of(distances(lines), lines);
    };
    out[a] = (at(1e-6) - at(-1e-6)) / 2e-6;
  }
  return out;
}

void LayerTruth::add_lines(TexSymbols& out) const {
  out.number("\\tau", tau_);
  out.number("N", static_cast<double>(points_.rows()));
  out.number("K", units());
  out.values["x"] = [this](const TexPlace& at) -> TexValue {
    return points_.row(last_index(at, "i")).transpose();
  };
  out.values["W"] = [this](const TexPlace&) -> TexValue { return now_.w; };
  out.values["w"] = [this](const TexPlace& at) -> TexValue {
    return now_.w.row(last_index(at, "j")).transpose();
  };
  out.values["b"] = [this](const TexPlace& at) -> TexValue {
    if (at.index.empty()) return now_.b;
    return tex_number(now_.b[at.index[0]]);
  };
  out.values["z"] = [this](const TexPlace& at) -> TexValue {
    const Eigen::VectorXd z = coordinates(now_).row(at.bound.at("i")).transpose();
    if (at.index.empty()) return z;
    return tex_number(z[at.index.back()]);
  };
  out.values["d"] = [this](const TexPlace& at) -> TexValue {
    const Eigen::VectorXd d = distances(now_).row(point_index(at)).transpose();
    if (at.index.empty()) return d;
    return tex_number(d[at.index.back()]);
  };
  out.values["\\Delta w"] = [this](const TexPlace& at) -> TexValue {
    const int j = last_index(at, "j");
    return (next_.w.row(j) - now_.w.row(j)).transpose();
  };
  out.values["\\partial J/\\partial w"] = [this](const TexPlace& at) -> TexValue {
    return gradient(last_index(at, "j"));
  };
  out.values["\\partial J/\\partial d"] = [this](const TexPlace& at) {
    return tex_number(pull(point_index(at), last_index(at, "j")));
  };
}

void LayerTruth::add_shares(TexSymbols& out) const {
  const auto row = [this](int i) -> Eigen::VectorXd { return distances(now_).row(i).transpose(); };
  out.values["r"] = [this, row](const TexPlace& at) {
    return tex_number(shares(row(point_index(at)))[last_index(at, "j")]);
  };
  out.values["L"] = [this, row](const TexPlace& at) { return tex_number(log_sum(row(last_index(at, "i")))); };
  out.number("d_*", 0);
  out.literals["d_*"] = [row](const TexPlace& at) { return tex_number(row(at.bound.at("i")).minCoeff()); };
  out.values["Z"] = [this, row](const TexPlace& at) {
    return tex_number((-row(at.bound.at("i")).array() / tau_).exp().sum());
  };
  out.values["\\partial L/\\partial d"] = [this, row](const TexPlace& at) {
    const int j = last_index(at, "j");
    const auto moved = [&](double by) {
      Eigen::VectorXd d = row(point_index(at));
      d[j] += by;
      return log_sum(d);
    };
    return tex_number((8 * (moved(1e-3) - moved(-1e-3)) - (moved(2e-3) - moved(-2e-3))) / 12e-3);
  };
  out.values["t"] = [this, row](const TexPlace& at) -> TexValue {
    const Eigen::VectorXd t = calibrated(row(at.bound.at("i")));
    if (at.index.empty()) return t;
    return tex_number(t[at.index.back()]);
  };
}

void LayerTruth::add_terms(TexSymbols& out) const {
  const Config& config = snapshot_.config();
  for (const auto& [name, key] : {std::pair{"\\alpha", "model.lse_weight"},
                                  {"\\beta", "model.variance_weight"},
                                  {"\\gamma", "model.decorrelation_weight"},
                                  {"\\delta", "model.orthogonality_weight"},
                                  {"\\rho", "model.readout_weight"}})
    out.number(name, config.real(key));
  const Eigen::MatrixXd d = distances(now_);
  out.values["J"] = [this](const TexPlace&) { return tex_number(loss()); };
  out.literals["\\overline{L}"] = [this, d](const TexPlace&) {
    double sum = 0;
    for (Eigen::Index i = 0; i < d.rows(); ++i) sum += log_sum(d.row(i).transpose());
    return tex_number(sum / static_cast<double>(d.rows()));
  };
  // As the words beside it say: plus 10^-6 in the objective, without it where a unit is described.
  out.values["V"] = [this, d](const TexPlace& at) {
    return tex_number(variance(d, last_index(at, "j")) + 1e-6);
  };
  out.values["N"] = [this, d](const TexPlace& at) {
    if (at.index.empty()) return tex_number(static_cast<double>(d.rows()));
    double sum = 0;
    for (Eigen::Index i = 0; i < d.rows(); ++i) sum += shares(d.row(i).transpose())[at.index[0]];
    return tex_number(sum);
  };
  out.values["R"] = [this, d](const TexPlace& at) -> TexValue {
    const Eigen::MatrixXd r = correlations(d);
    if (at.index.empty()) return r;
    return tex_number(r(at.index.at(0), at.index.at(1)));
  };
  out.values["I"] = [this](const TexPlace&) -> TexValue {
    return Eigen::MatrixXd::Identity(units(), units());
  };
  out.values["\\hat{W}"] = [this](const TexPlace&) -> TexValue {
    return now_.w.array().colwise() / (now_.w.rowwise().norm().array() + 1e-8);
  };
  if (now_.w2.size() == 0) return;
  out.values["J_\\mathrm{ce}"] = [this, d](const TexPlace&) { return tex_number(cross_entropy(d, now_)); };
  const auto predicted = [this, d](const TexPlace& at) {
    return read_out(d.row(at.bound.at("i")).transpose(), now_);
  };
  const auto own = [this, predicted](const TexPlace& at) {
    return predicted(at)[snapshot_.data().labels[at.bound.at("i")]];
  };
  out.values["p"] = [predicted](const TexPlace& at) -> TexValue { return predicted(at); };
  out.values["p_y"] = [own](const TexPlace& at) { return tex_number(own(at)); };
  out.values["J_\\mathrm{ce},i"] = [own](const TexPlace& at) { return tex_number(-std::log(own(at))); };
  out.values["W_2"] = [this](const TexPlace&) -> TexValue { return now_.w2; };
  out.values["b_2"] = [this](const TexPlace&) -> TexValue { return now_.b2; };
}

TexSymbols LayerTruth::symbols(int point, int unit) const {
  TexSymbols out;
  out.bound = {{"i", point}, {"j", unit}};
  out.ranges["i"] = numbers_to(points_.rows());
  out.ranges["j"] = out.ranges["k"] = numbers_to(units());
  add_lines(out);
  add_shares(out);
  add_terms(out);
  return out;
}

}  // namespace iem::testing
