#include "tests/core/labs/classifier/truth.h"

#include <Eigen/LU>
#include <cmath>
#include <numeric>

#include "core/labs/classifier/model/classifier.h"
#include "tests/core/projected_shares.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

Eigen::MatrixXd matrix_in(const std::vector<NamedTensor>& blocks, const char* name, Eigen::Index columns) {
  for (const NamedTensor& block : blocks)
    if (block.name == name) {
      using RowMajor = Eigen::Matrix<double, -1, -1, Eigen::RowMajor>;
      return Eigen::Map<const RowMajor>(
          block.tensor.data.data(), static_cast<Eigen::Index>(block.tensor.data.size()) / columns, columns);
    }
  return {};
}

double log_sigmoid(double t) { return -std::log1p(std::exp(-t)); }

std::vector<int> count_to(int n) {
  std::vector<int> out(static_cast<std::size_t>(n));
  std::iota(out.begin(), out.end(), 0);
  return out;
}

int named(const TexPlace& at, const char* letter, std::size_t from_end) {
  return at.index.size() >= from_end ? at.index[at.index.size() - from_end] : at.bound.at(letter);
}

}  // namespace

ClassifierTruth::Kind ClassifierTruth::kind_of(const Theta& theta) const {
  const auto blocks = snapshot_.model().natural(theta);
  Kind out;
  out.place = matrix_in(blocks, linear_ ? "W" : "means", 2);
  if (linear_) {
    out.offset = matrix_in(blocks, "b", 1);
    return out;
  }
  out.weight = matrix_in(blocks, "weights", 1);
  const Eigen::MatrixXd all = matrix_in(blocks, "covariances", 4);
  for (Eigen::Index j = 0; j < all.rows(); ++j) {
    Eigen::Matrix2d sigma;
    sigma << all(j, 0), all(j, 1), all(j, 2), all(j, 3);
    out.sigma.push_back(sigma);
  }
  return out;
}

ClassifierTruth::ClassifierTruth(const Snapshot& snapshot) : snapshot_(snapshot) {
  const Config& config = snapshot.config();
  linear_ = config.text("model.energy") == "linear";
  sigmoids_ = config.text("model.objective") == "sigmoid";
  rule_ = sigmoids_ ? "" : config.text("model.responsibility");
  tau_ = snapshot.temperature;
  kappa_ = linear_ || sigmoids_ ? 1 : config.real("model.discriminative");
  lambda_ = linear_ ? 0 : config.real("model.unlabelled_weight");
  margin_ = config.real("model.margin");
  points_ = snapshot.data().points;
  labels_.assign(snapshot.data().labels.begin(), snapshot.data().labels.end());
  now_ = kind_of(snapshot.state.theta);
  next_place_ = kind_of(snapshot.next).place;
  const double trust = config.real("model.label_trust");
  const auto k = now_.place.rows();
  doubts_ = rule_ == "softmax" && (trust != 1 || config.flag("model.learn_confusion"));
  confusion_ = matrix_in(snapshot.model().natural(snapshot.state.theta), "confusion", k);
  if (confusion_.size() > 0) return;
  confusion_ =
      Eigen::MatrixXd::Constant(k, k, k > 1 && doubts_ ? (1 - trust) / static_cast<double>(k - 1) : 0);
  confusion_.diagonal().setConstant(doubts_ ? trust : 1);
}

double ClassifierTruth::evidence(int j, int label) const { return confusion_(j, label); }

double ClassifierTruth::energy(const Kind& kind, int j, const Eigen::Vector2d& x) const {
  if (linear_) return -(kind.place.row(j) * x + kind.offset[j]);
  const EnergyType& type = *find_energy(snapshot_.config().text("model.energy"));
  const std::vector<double> shape = energy_shape(type, snapshot_.config());
  const Eigen::Vector2d mu = kind.place.row(j).transpose();
  const Eigen::Matrix2d& sigma = kind.sigma[static_cast<std::size_t>(j)];
  const Eigen::Matrix2d p = sigma.inverse();
  const double w11 = std::sqrt(p(1, 1)), w10 = p(0, 1) / w11, w00 = std::sqrt(p(0, 0) - w10 * w10);
  Eigen::Vector2d u(w00 * (x[0] - mu[0]), w10 * (x[0] - mu[0]) + w11 * (x[1] - mu[1]));
  if (type.on_circle) u = x.normalized() - mu.normalized();
  const double kernel = static_cast<double>(reference_kernel(type, u[0], u[1], shape));
  if (sigmoids_) return kernel;
  const bool volume = !type.on_circle && snapshot_.config().flag("model.volume_term");
  return kernel + (volume ? type.constant_2d(shape.data()) + 0.5 * std::log(sigma.determinant()) : 0) -
         std::log(kind.weight[j] / kind.weight.sum());
}

Eigen::VectorXd ClassifierTruth::energies(const Eigen::Vector2d& x) const {
  const bool open = !sigmoids_ && snapshot_.config().flag("model.background");
  const auto k = static_cast<int>(now_.place.rows());
  Eigen::VectorXd d(k + (open ? 1 : 0));
  for (int j = 0; j < k; ++j) d[j] = energy(now_, j, x);
  if (open) d[k] = snapshot_.config().real("model.background_energy");
  return d;
}

Eigen::VectorXd ClassifierTruth::free(const Eigen::VectorXd& d) const {
  if (sigmoids_) return d.unaryExpr([&](double v) { return std::exp(log_sigmoid(margin_ - v)); });
  const Eigen::ArrayXd z = -(d.array() - d.minCoeff()) / tau_;
  if (rule_ == "softmax") return z.exp() / z.exp().sum();
  return rule_ == "sparsemax" ? projected_shares(z, 1) : projected_shares(z / 2, 2);
}

double ClassifierTruth::log_sum(const Eigen::VectorXd& d) const {
  if (rule_ == "softmax")
    return tau_ * std::log((-(d.array() - d.minCoeff()) / tau_).exp().sum()) - d.minCoeff();
  const Eigen::VectorXd p = free(d);
  const double omega = rule_ == "sparsemax" ? 0.5 * (p.squaredNorm() - p.sum())
                                            : 4.0 / 3 * (p.array().pow(1.5).sum() - p.sum());
  return -p.dot(d) - tau_ * omega;
}

double ClassifierTruth::log_evidence_sum(const Eigen::VectorXd& d, int label) const {
  double sum = 0, least = d.head(confusion_.rows()).minCoeff();
  for (int j = 0; j < confusion_.rows(); ++j) sum += evidence(j, label) * std::exp((least - d[j]) / tau_);
  return tau_ * std::log(sum) - least;
}

Eigen::VectorXd ClassifierTruth::clamped(const Eigen::VectorXd& d, int label) const {
  const auto k = confusion_.rows();
  if (label < 0) return lambda_ * free(d).head(k);
  Eigen::VectorXd out(k);
  for (int j = 0; j < k; ++j)
    out[j] = doubts_ ? evidence(j, label) * std::exp((d.minCoeff() - d[j]) / tau_) : (j == label ? 1 : 0);
  return out / out.sum();
}

double ClassifierTruth::point_loss(const Eigen::VectorXd& d, int label) const {
  if (sigmoids_) {
    double sum = 0;
    for (int j = 0; j < d.size(); ++j) sum -= log_sigmoid(j == label ? margin_ - d[j] : d[j] - margin_);
    return sum;
  }
  if (label < 0) return -lambda_ * log_sum(d);
  return (doubts_ ? -log_evidence_sum(d, label) : d[label]) + kappa_ * log_sum(d);
}

double ClassifierTruth::pull(int i, int j) const {
  const auto at = [&](double by) {
    Eigen::VectorXd d = energies(i);
    d[j] += by;
    return point_loss(d, label(i));
  };
  const double h = rule_ == "softmax" || sigmoids_ ? 1e-3 * tau_ : 1e-6 * tau_;
  return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
}

double ClassifierTruth::loss_of(const Kind& kind) const {
  double sum = 0;
  for (int i = 0; i < points_.rows(); ++i) {
    Eigen::VectorXd d = energies(i);
    for (int j = 0; j < kind.place.rows(); ++j) d[j] = energy(kind, j, points_.row(i).transpose());
    sum += point_loss(d, label(i));
  }
  return sum / static_cast<double>(points_.rows());
}

double ClassifierTruth::loss() const { return loss_of(now_); }

Eigen::VectorXd ClassifierTruth::gradient_of_place(int j) const {
  Eigen::Vector2d out;
  const double h = 1e-6;
  for (int axis = 0; axis < 2; ++axis) {
    Kind up = now_, down = now_;
    up.place(j, axis) += h, down.place(j, axis) -= h;
    out[axis] = (loss_of(up) - loss_of(down)) / (2 * h);
  }
  return out;
}

double ClassifierTruth::gradient_of_offset(int j) const {
  Kind up = now_, down = now_;
  up.offset[j] += 1e-6, down.offset[j] -= 1e-6;
  return (loss_of(up) - loss_of(down)) / 2e-6;
}

void ClassifierTruth::add_energies(TexSymbols& out) const {
  const auto place = [this](const TexPlace& at) -> TexValue {
    return now_.place.row(named(at, "j", 1)).transpose();
  };
  out.values[linear_ ? "w" : "\\mu"] = place;
  out.values["x"] = [this](const TexPlace& at) -> TexValue {
    return points_.row(named(at, "i", 1)).transpose();
  };
  out.values["d"] = [this](const TexPlace& at) {
    return tex_number(energies(named(at, "i", 2))[named(at, "j", 1)]);
  };
  for (const char* name : {"d", "r"})
    out.functions[name] = [this, name = std::string(name)](const TexPlace& at,
                                                           const std::vector<TexValue>& x) {
      const Eigen::VectorXd d = energies(Eigen::Vector2d(x.at(0)(0, 0), x.at(1)(0, 0)));
      const int j = named(at, "j", 1);
      return tex_number(
          (name == "d" ? d
                       : free(d).cwiseMax(1e-300).eval())[j < 0 ? d.size() - 1 : j]);  // r_0: the background
    };
  if (linear_) {
    out.values["b"] = [this](const TexPlace& at) { return tex_number(now_.offset[named(at, "j", 1)]); };
    return;
  }
  const EnergyType& type = *find_energy(snapshot_.config().text("model.energy"));
  const std::vector<double> shape = energy_shape(type, snapshot_.config());
  out.number("C", type.on_circle ? 0 : type.constant_2d(shape.data()));
  out.values["\\pi"] = [this](const TexPlace& at) { return tex_number(now_.weight[named(at, "j", 1)]); };
  out.values["\\Sigma"] = [this](const TexPlace& at) -> TexValue {
    return now_.sigma[static_cast<std::size_t>(named(at, "j", 1))];
  };
  const auto factor = [this](int j) {
    const Eigen::Matrix2d p = now_.sigma[static_cast<std::size_t>(j)].inverse();
    Eigen::Matrix2d w = Eigen::Matrix2d::Zero();
    w(1, 1) = std::sqrt(p(1, 1)), w(1, 0) = p(0, 1) / w(1, 1);
    w(0, 0) = std::sqrt(p(0, 0) - w(1, 0) * w(1, 0));
    return w;
  };
  out.values["W"] = [factor](const TexPlace& at) -> TexValue { return factor(named(at, "j", 1)); };
  out.literals["|W_j|"] = [factor](const TexPlace& at) {
    return tex_number(factor(at.bound.at("j")).determinant());
  };
  const auto from = [this, factor](const TexPlace& at) -> Eigen::Vector2d {
    const int j = at.bound.at("j");
    return factor(j) * (points_.row(at.bound.at("i")) - now_.place.row(j)).transpose();
  };
  out.values["u"] = [from](const TexPlace& at) -> TexValue {
    if (at.index.empty()) return from(at);
    return tex_number(from(at)[at.index[0] + 1]);  // u_0 and u_1 are counted from 0
  };
  out.values["\\rho"] = [from](const TexPlace& at) { return tex_number(from(at).norm()); };
  // k'(rho)/rho by differences of the kernel.
  out.values["w"] = [this, factor, shape, &type](const TexPlace& at) {
    const int i = at.index.at(0), j = at.index.at(1);
    const double rho = (factor(j) * (points_.row(i) - now_.place.row(j)).transpose()).norm();
    const auto kernel = [&](double r) { return static_cast<double>(reference_kernel(type, r, 0, shape)); };
    const double h = 1e-4 * std::max(1.0, rho);
    return tex_number(
        (8 * (kernel(rho + h) - kernel(rho - h)) - (kernel(rho + 2 * h) - kernel(rho - 2 * h))) / (12 * h) /
        rho);
  };
  out.literals["\\cos\\angle(x,\\mu_j)"] = [this](const TexPlace& at) {
    return tex_number(
        points_.row(at.bound.at("i")).normalized().dot(now_.place.row(at.bound.at("j")).normalized()));
  };
  if (!shape.empty())
    for (const char* name : {"c", "\\nu"}) out.number(name, shape[0]);
}

void ClassifierTruth::add_phases(TexSymbols& out) const {
  out.number("\\tau", tau_);
  out.number("\\kappa", kappa_);
  out.number("\\lambda", lambda_);
  out.number("m", margin_);
  if (snapshot_.config().flag("model.background"))
    out.number("d_0", snapshot_.config().real("model.background_energy"));
  out.values["r"] = [this](const TexPlace& at) {
    return tex_number(free(energies(named(at, "i", 2)))[named(at, "j", 1)]);
  };
  out.values["r^\\star"] = [this](const TexPlace& at) {
    const int i = named(at, "i", 2);
    return tex_number(clamped(energies(i), label(i))[named(at, "j", 1)]);
  };
  const auto own = [this](const TexPlace& at) {
    const int i = at.bound.at("i");
    return tex_number(energies(i)[label(i)]);
  };
  out.literals["d_{iy_i}"] = own;
  out.literals["e_j(y_i)"] = [this](const TexPlace& at) {
    return tex_number(evidence(at.bound.at("j"), label(at.bound.at("i"))));
  };
  for (int c = 0; c < confusion_.rows(); ++c)
    for (const char* equals : {"=", "{=}"})
      out.literals["[y" + std::string(equals) + std::to_string(c + 1) + "]"] = [this, c](const TexPlace& at) {
        return tex_number(label(at.bound.at("i")) == c ? 1 : 0);
      };
  const auto residual = [this](double sign) {
    return [this, sign](const TexPlace& at) {
      return tex_number(sign * pull(named(at, "i", 2), named(at, "j", 1)));
    };
  };
  out.values["\\partial J/\\partial d"] = residual(1);
  out.values["\\partial J/\\partial s"] = residual(-1);  // a logit is minus an energy
  out.values["s"] = [this](const TexPlace& at) {
    return tex_number(-energies(at.bound.at("i"))[named(at, "j", 1)]);
  };
  const auto of_all = [this](const TexPlace& at) {
    return tex_number(pull(at.bound.at("i"), at.bound.at("j")) / static_cast<double>(points_.rows()));
  };
  out.literals["\\partial J/\\partial d_{ij}"] = of_all;
  out.literals["\\partial J/\\partial d"] = of_all;  // in a title, of i and j
}

void ClassifierTruth::add_sums(TexSymbols& out) const {
  const auto n = static_cast<double>(points_.rows());
  out.number("N", n);
  const auto sum = [this](const TexPlace& at) { return tex_number(log_sum(energies(named(at, "i", 1)))); };
  out.values["L"] = out.literals["L_\\Omega(d_i)"] = out.literals["L_\\Omega(d_i,d_0)"] = sum;
  out.values["L^\\star"] = [this](const TexPlace& at) {
    const int i = named(at, "i", 1);
    return tex_number(log_evidence_sum(energies(i), label(i)));
  };
  out.values["J"] = [this](const TexPlace& at) {
    if (at.index.empty()) return tex_number(loss());
    return tex_number(point_loss(energies(at.index[0]), label(at.index[0])));
  };
  // Per point with a label J_i with so much of its free phase: all of it, or none.
  const auto mean_with = [this](double free_phase) {
    return [this, free_phase](const TexPlace&) {
      double total = 0, count = 0;
      for (int i = 0; i < points_.rows(); ++i) {
        if (label(i) < 0 || sigmoids_) continue;
        ++count;
        total += point_loss(energies(i), label(i)) + (free_phase - kappa_) * log_sum(energies(i));
      }
      return tex_number(total / count);
    };
  };
  out.values["J_0"] = mean_with(0);
  out.values["J_1"] = mean_with(1);
  std::vector<int> labelled, others;
  for (int i = 0; i < points_.rows(); ++i) (label(i) >= 0 ? labelled : others).push_back(i);
  out.domains["y_i"] = {"i", [labelled](const TexPlace&) { return labelled; }};
  out.domains["\\mathrm{no}y_i"] = {"i", [others](const TexPlace&) { return others; }};
  out.domains["j\\neq y_i"] = {"j", [this](const TexPlace& at) {
                                 std::vector<int> all = count_to(static_cast<int>(confusion_.rows()));
                                 std::erase(all, label(at.bound.at("i")));
                                 return all;
                               }};
  out.literals["H(r(x))"] = [this](const TexPlace& at) {
    double entropy = 0;
    for (const double r : free(energies(at.bound.at("i")))) entropy -= r > 0 ? r * std::log(r) : 0;
    return tex_number(entropy);
  };
}

void ClassifierTruth::add_steps(TexSymbols& out) const {
  const std::string letter = linear_ ? "w" : "\\mu";
  out.values["\\Delta " + letter] = [this](const TexPlace& at) -> TexValue {
    const int j = named(at, "j", 1);
    return (next_place_.row(j) - now_.place.row(j)).transpose();
  };
  out.values["\\partial J/\\partial " + letter] = [this](const TexPlace& at) -> TexValue {
    return gradient_of_place(named(at, "j", 1));
  };
  if (linear_)
    out.values["\\partial J/\\partial b"] = [this](const TexPlace& at) {
      return tex_number(gradient_of_offset(named(at, "j", 1)));
    };
  // The gradient of the point's part alone by the place of class j.
  out.literals["\\nabla_{j}J_i"] = [this](const TexPlace& at) -> TexValue {
    const int i = at.bound.at("i"), j = at.bound.at("j");
    Eigen::Vector2d slope;
    for (int axis = 0; axis < 2; ++axis) {
      const auto moved = [&](double by) {
        Kind kind = now_;
        kind.place(j, axis) += by;
        Eigen::VectorXd d = energies(i);
        d[j] = energy(kind, j, points_.row(i).transpose());
        return point_loss(d, label(i));
      };
      slope[axis] = (moved(1e-6) - moved(-1e-6)) / 2e-6;
    }
    return slope;
  };
}

TexSymbols ClassifierTruth::symbols(int point, int j) const {
  TexSymbols out;
  out.bound = {{"i", point}, {"j", j}};
  out.ranges["i"] = count_to(static_cast<int>(points_.rows()));
  out.ranges["j"] = out.ranges["k"] = count_to(static_cast<int>(confusion_.rows()));
  add_energies(out);
  add_phases(out);
  add_sums(out);
  add_steps(out);
  return out;
}

}  // namespace iem::testing
