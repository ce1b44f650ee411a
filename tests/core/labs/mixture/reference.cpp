#include "tests/core/labs/mixture/reference.h"

#include <Eigen/LU>

#include <cmath>
#include <numbers>

#include "tests/core/projected_shares.h"

namespace iem::testing {
namespace {

struct Natural {
  Eigen::MatrixXd mu;
  std::vector<Eigen::Matrix2d> sigma;
  Eigen::VectorXd pi;
};

Natural natural_of(const Mixture& model, const Theta& theta) {
  Natural out;
  if (theta.size() == 0) return out;
  const auto named = model.natural(theta);
  const Eigen::Index k = model.components();
  out.mu.resize(k, 2);
  out.pi.resize(k);
  for (Eigen::Index j = 0; j < k; ++j) {
    const auto at = static_cast<std::size_t>(j);
    out.mu.row(j) << named[0].tensor.data[2 * at], named[0].tensor.data[2 * at + 1];
    Eigen::Matrix2d s;
    for (std::size_t e = 0; e < 4; ++e)
      s(static_cast<Eigen::Index>(e / 2), static_cast<Eigen::Index>(e % 2)) =
          named[1].tensor.data[4 * at + e];
    out.sigma.push_back(s);
    out.pi[j] = named[2].tensor.data[at];
  }
  return out;
}

// Lower triangular with a positive diagonal and W^T W = Sigma^-1.
Eigen::Matrix2d factor_of(const Eigen::Matrix2d& sigma) {
  const Eigen::Matrix2d p = sigma.inverse();
  Eigen::Matrix2d w = Eigen::Matrix2d::Zero();
  w(1, 1) = std::sqrt(p(1, 1));
  w(1, 0) = p(0, 1) / w(1, 1);
  w(0, 0) = std::sqrt(p(0, 0) - w(1, 0) * w(1, 0));
  return w;
}

using Value = TexEvaluator::Value;

Eigen::MatrixXd one(double value) { return Eigen::MatrixXd::Constant(1, 1, value); }

}  // namespace

MixtureReference::MixtureReference(const Snapshot& snapshot)
    : snapshot_(snapshot),
      model_(static_cast<const Mixture&>(snapshot.model())),
      objective_(snapshot.config().text("model.objective")),
      rule_(snapshot.config().text("model.responsibility")),
      tau_(snapshot.temperature),
      points_(snapshot.data().points) {
  const Natural now = natural_of(model_, snapshot.state.theta), em = natural_of(model_, snapshot.em_target),
                next = natural_of(model_, snapshot.next);
  mu_ = now.mu, pi_ = now.pi, sigma_ = now.sigma;
  em_mu_ = em.mu, em_pi_ = em.pi, next_mu_ = next.mu, next_pi_ = next.pi;
  for (const Eigen::Matrix2d& sigma : sigma_) w_.push_back(factor_of(sigma));
  r_.resize(points_.rows(), mu_.rows());
  for (int i = 0; i < points_.rows(); ++i) r_.row(i) = responsibilities(energies_at(i, mu_)).transpose();
}

double MixtureReference::kernel(double u0, double u1) const {
  const MixtureOptions& o = model_.options();
  return static_cast<double>(reference_kernel(*o.energy, u0, u1, o.shape));
}

double MixtureReference::kernel_slope(double rho) const {
  const double h = 1e-4 * std::max(1.0, rho);
  const auto difference = [&](double step) {
    return (kernel(rho + step, 0) - kernel(rho - step, 0)) / (2 * step);
  };
  return (4 * difference(h / 2) - difference(h)) / 3;
}

// Of differences; short where there is a kink that they must not step over.
double MixtureReference::step() const { return model_.options().energy->id == "laplace" ? 1e-7 : 1e-4; }

double MixtureReference::constant() const {
  const std::string& id = model_.options().energy->id;
  const double pi2 = 2 * std::numbers::pi, c = model_.options().shape.empty() ? 0 : model_.options().shape[0];
  if (id == "laplace") return std::log(4);
  if (id == "huber") return std::log(pi2 * (1 + std::exp(-c * c / 2) / (c * c)));
  if (id == "pseudo_huber") return std::log(pi2 * (1 + 1 / (c * c)));
  return std::log(pi2);
}

double MixtureReference::energy_at(const Eigen::RowVector2d& x, const Eigen::RowVector2d& mu, int j) const {
  const auto at = static_cast<std::size_t>(j);
  const bool circle = model_.options().energy->on_circle, competes = objective_ == "log_sum_exp";
  const Eigen::Vector2d u =
      circle ? (x.normalized() - mu.normalized()).transpose().eval() : (w_[at] * (x - mu).transpose()).eval();
  double d = kernel(u[0], u[1]);
  if (!competes) return d;
  if (!circle && snapshot_.config().flag("model.volume_term"))
    d += constant() + 0.5 * std::log(sigma_[at].determinant());
  return d - std::log(pi_[j]);
}

Eigen::VectorXd MixtureReference::energies_at(int i, const Eigen::MatrixXd& mu) const {
  Eigen::VectorXd d(mu.rows());
  for (int j = 0; j < mu.rows(); ++j) d[j] = energy_at(points_.row(i), mu.row(j), j);
  return d;
}

Eigen::VectorXd MixtureReference::responsibilities(const Eigen::VectorXd& d) const {
  const Eigen::VectorXd z = -d / tau_;
  if (rule_ == "sparsemax") return projected_shares(z.array() - z.maxCoeff(), 1);
  // entmax-1.5: p = [(z - t)/2]_+^2 for Omega = 4/3 sum (p^1.5 - p).
  if (rule_ == "entmax15") return projected_shares((z.array() - z.maxCoeff()) / 2, 2);
  const Eigen::VectorXd e = (z.array() - z.maxCoeff()).exp();
  return e / e.sum();
}

double MixtureReference::regulariser(const std::string& rule, const Eigen::VectorXd& p) {
  if (rule == "sparsemax") return 0.5 * (p.squaredNorm() - p.sum());
  return 4.0 / 3 * (p.array().pow(1.5).sum() - p.sum());
}

double MixtureReference::value_of(const Eigen::VectorXd& d) const {
  const Config& config = snapshot_.config();
  if (objective_ == "correntropy") {
    const double s = config.real("model.correntropy_scale");
    return (1 - (-d.array() / (s * s)).exp()).sum();  // d = rho^2/2
  }
  if (objective_ == "sigmoid") return (1 + (d.array() - config.real("model.margin")).exp()).log().sum();
  if (rule_ != "softmax") {
    const Eigen::VectorXd p = responsibilities(d);
    return p.dot(d) + tau_ * regulariser(rule_, p);
  }
  const double least = d.minCoeff();
  return least - tau_ * std::log((-(d.array() - least) / tau_).exp().sum());
}

double MixtureReference::soft_minimum(int i) const { return value_of(energies_at(i, mu_)); }

double MixtureReference::loss_of(const Eigen::MatrixXd& mu) const {
  double sum = 0;
  for (int i = 0; i < points_.rows(); ++i) sum += value_of(energies_at(i, mu));
  return sum / static_cast<double>(points_.rows());
}

Eigen::Vector2d MixtureReference::energy_gradient(int i, int j) const {
  Eigen::Vector2d out;
  for (int axis = 0; axis < 2; ++axis) {
    const auto difference = [&](double h) {
      Eigen::RowVector2d up = mu_.row(j), down = up;
      up[axis] += h, down[axis] -= h;
      return (energy_at(points_.row(i), up, j) - energy_at(points_.row(i), down, j)) / (2 * h);
    };
    out[axis] = (4 * difference(0.5 * step()) - difference(step())) / 3;
  }
  return out;
}

Eigen::Vector2d MixtureReference::mean_gradient(int j) const {
  Eigen::Vector2d out;
  for (int axis = 0; axis < 2; ++axis) {
    const auto difference = [&](double h) {
      Eigen::MatrixXd up = mu_, down = mu_;
      up(j, axis) += h, down(j, axis) -= h;
      return (loss_of(up) - loss_of(down)) / (2 * h);
    };
    out[axis] = (4 * difference(0.5 * step()) - difference(step())) / 3;
  }
  return out;
}

double MixtureReference::weight(int i, int j) const {
  const double rho = (w_[static_cast<std::size_t>(j)] * (points_.row(i) - mu_.row(j)).transpose()).norm();
  return kernel_slope(rho) / rho;
}

double MixtureReference::partition(int i) const {
  const Eigen::ArrayXd d = energies_at(i, mu_);
  const double z = (-d / tau_).exp().sum();
  return z > 1e-290 && z < 1e290 ? z : (-(d - d.minCoeff()) / tau_).exp().sum();
}

std::optional<Value> MixtureReference::of_component(const std::string& name, int i, int j) const {
  const auto at = static_cast<std::size_t>(j);
  if (name == "d" || name == "d(x)") return one(energy(i, j));
  if (name == "r" || name == "r(x)") return one(r_(i, j));
  if (name == "w") return one(weight(i, j));
  if (name == "N") return one(r_.col(j).sum());
  if (name == "\\pi") return one(pi_[j]);
  if (name == "\\mu") return mu_.row(j).transpose();
  if (name == "\\Sigma") return sigma_[at];
  if (name == "W") return w_[at];
  if (name == "\\rho") return one((w_[at] * (points_.row(i) - mu_.row(j)).transpose()).norm());
  if (name == "\\nablad") return energy_gradient(i, j);
  if (name == "dJ/d\\mu") return mean_gradient(j);
  if (name == "\\Delta\\mu") return (next_mu_.row(j) - mu_.row(j)).transpose();
  if (name == "\\Delta\\pi") return one(next_pi_[j] - pi_[j]);
  if (name == "\\pi^'") return one(next_pi_[j]);
  if (name == "\\mu^EM" && em_mu_.rows() > 0) return em_mu_.row(j).transpose();
  if (name == "\\pi^EM" && em_pi_.size() > 0) return one(em_pi_[j]);
  if (name == "dL/dd") {
    Eigen::VectorXd up = energies_at(i, mu_), down = up;
    const double h = 1e-5 * tau_;
    up[j] += h, down[j] -= h;
    return one((value_of(down) - value_of(up)) / (2 * h));
  }
  return std::nullopt;
}

std::optional<Value> MixtureReference::of_point(const std::string& name, int i, const TexEvaluator& e) const {
  if (name == "x") return points_.row(i).transpose();
  if (name == "d" || name == "d(x)") return energies_at(i, mu_);
  if (name == "r" || name == "r(x)") return r_.row(i).transpose();
  if (name == "d_*") return one(energies_at(i, mu_).minCoeff());
  if (name == "L" || name == "L(x)") return one(-soft_minimum(i));
  if (name == "Z") return one(partition(i));
  if (name == "\\Omega(r)") return one(regulariser(rule_, r_.row(i).transpose()));
  if (name == "\\Omega(p)" && e.bound("p") != nullptr) return one(regulariser(rule_, e.bound("p")->col(0)));
  if (name == "H(r(x))") {
    double sum = 0;
    for (const double r : r_.row(i)) sum -= r > 0 ? r * std::log(r) : 0;
    return one(sum);
  }
  return std::nullopt;
}

std::optional<Value> MixtureReference::of_run(const std::string& name) const {
  const Config& config = snapshot_.config();
  const std::vector<double>& shape = model_.options().shape;
  const Theta& theta = snapshot_.state.theta;
  const Eigen::VectorXd& gradient = snapshot_.evaluation.gradient;
  if (name == "N") return one(static_cast<double>(points_.rows()));
  if (name == "J") return one(loss());
  if (name == "I") return Eigen::MatrixXd::Identity(2, 2);
  if (name == "\\tau") return one(tau_);
  if (name == "\\pi") return one(std::numbers::pi);
  if (name == "c" || name == "\\nu" || name == "\\kappa")
    return shape.empty() ? std::nullopt : std::optional(one(shape[0]));
  if (name == "s") return one(config.real("model.correntropy_scale"));
  if (name == "m") return one(config.real(objective_ == "sigmoid" ? "model.margin" : "optimizer.momentum"));
  if (name == "\\eta") return one(config.real("optimizer.learning_rate"));
  if (name == "\\lambda") return one(config.real("optimizer.blend"));
  if (name == "\\epsilon") return one(config.real("optimizer.eps"));
  if (name == "\\alpha") return one(config.real("optimizer.alpha"));
  if (name == "\\omega") return one(config.real("optimizer.weight_decay"));
  if (name == "\\theta") {  // what is learned of it
    Theta learned = theta;
    model_.layout().mask(learned);
    return learned;
  }
  if (name == "\\Delta\\theta") return Value(snapshot_.next - theta);
  if (name == "dJ/d\\theta" || name == "dJ_B/d\\theta" || name == "g" || name == "\\hat{m}") return gradient;
  if (name == "\\hat{v}") return gradient.cwiseAbs2();
  if (name == "b" || name == "v") return Value(Theta::Zero(theta.size()));  // memory before the first step
  return std::nullopt;
}

std::optional<Value> MixtureReference::symbol(const TexSymbol& symbol, const std::vector<int>& at,
                                              const TexEvaluator& e) const {
  std::string name = symbol.base + (symbol.above.empty() ? "" : "^" + symbol.above);
  int i = e.at.at("i"), j = -1;
  const std::vector<std::string>& below = symbol.below;
  if (below.size() == 2 && at.size() == 2) {
    i = at[0], j = at[1];
  } else if (below.size() == 1 && at.size() == 1) {
    (below[0] == "i" ? i : j) = at[0];
  } else if (!below.empty() && below[0] == "*") {
    name += "_*";
  } else if (!below.empty()) {
    return std::nullopt;
  }
  const auto here = e.at.find("j");
  if (here != e.at.end() && name == "\\rho" && below.empty()) j = here->second;
  if (here != e.at.end() && name == "u") {
    const Eigen::VectorXd u =
        w_[static_cast<std::size_t>(here->second)] * (points_.row(i) - mu_.row(here->second)).transpose();
    return below.empty() ? Value(u) : one(u[below[0] == "0" ? 0 : 1]);
  }
  if (j >= 0) return of_component(name, i, j);
  if (const auto value = of_point(name, i, e)) return value;
  return below.empty() ? of_run(name) : std::nullopt;
}

void MixtureReference::equip(TexEvaluator& e, int point) const {
  e.ranges = {{"i", static_cast<int>(points_.rows())},
              {"j", static_cast<int>(mu_.rows())},
              {"k", static_cast<int>(mu_.rows())}};
  e.at = {{"i", point}};
  e.functions["k'"] = [this](double rho) { return kernel_slope(rho); };
  e.minimiser = [this, &e] { return Eigen::VectorXd(r_.row(e.at.at("i")).transpose()); };
  e.lookup = [this, &e](const TexSymbol& s, const std::vector<int>& at) { return symbol(s, at, e); };
}

}  // namespace iem::testing
