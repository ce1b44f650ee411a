#include "core/model/fixed_point.h"
#include "core/math/linear_algebra.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace iem {
namespace {

// The directions in which learned parameters can change the objective, as orthonormal columns.
Eigen::MatrixXd learned_directions(const Layout& layout) {
  std::vector<Eigen::VectorXd> columns;
  for (const Block& block : layout.blocks()) {
    if (!block.learned) continue;
    const bool logits = block.name == "weights";
    for (Eigen::Index i = 0; i < block.size() - (logits ? 1 : 0); ++i) {
      Eigen::VectorXd e = Eigen::VectorXd::Zero(layout.size());
      if (!logits) {
        e[block.offset + i] = 1;
      } else {  // Helmert's contrasts: orthonormal, and orthogonal to (1, ..., 1)
        const auto m = static_cast<double>(i + 1);
        e.segment(block.offset, i + 1).setConstant(1 / std::sqrt(m * (m + 1)));
        e[block.offset + i + 1] = -m / std::sqrt(m * (m + 1));
      }
      columns.push_back(std::move(e));
    }
  }
  Eigen::MatrixXd out(layout.size(), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t i = 0; i < columns.size(); ++i) out.col(static_cast<Eigen::Index>(i)) = columns[i];
  return out;
}

class Map {
 public:
  Map(const Model& model, const Dataset& data, double tau, double reg_covar)
      : model_(model),
        data_(data),
        tau_(tau),
        reg_covar_(reg_covar) {}

  // Where EM goes from theta; `loss` and `gradient` are those at theta.
  Theta operator()(const Theta& theta) {
    model_.evaluate(theta, tau_, data_, {}, model_.em_needs_rows() ? Wanted::rows : Wanted::sums, alone_,
                    at_);
    return model_.em_step(theta, data_, at_, reg_covar_);
  }
  const Theta& gradient(const Theta& theta) {
    model_.evaluate(theta, tau_, data_, {}, Wanted::sums, alone_, at_);
    return at_.gradient;
  }
  double loss() const { return at_.loss; }

  // d(EM)/dtheta along the given directions.
  Eigen::MatrixXd jacobian(const Theta& theta, const Eigen::MatrixXd& directions) {
    Eigen::MatrixXd out(directions.cols(), directions.cols());
    for (Eigen::Index i = 0; i < directions.cols(); ++i) {
      const Theta up = (*this)(theta + kStep * directions.col(i)),
                  down = (*this)(theta - kStep * directions.col(i));
      out.col(i) = directions.transpose() * (up - down) / (2 * kStep);
    }
    return out;
  }
  Eigen::MatrixXd hessian(const Theta& theta, const Eigen::MatrixXd& directions) {
    Eigen::MatrixXd out(directions.cols(), directions.cols());
    for (Eigen::Index i = 0; i < directions.cols(); ++i) {
      const Theta up = gradient(theta + kStep * directions.col(i));
      out.col(i) = directions.transpose() * (up - gradient(theta - kStep * directions.col(i))) / (2 * kStep);
    }
    return 0.5 * (out + out.transpose());
  }

 private:
  static constexpr double kStep = 1e-5;
  const Model& model_;
  const Dataset& data_;
  double tau_, reg_covar_;
  ThreadPool alone_{1};
  Evaluation at_;
};

double distance(const Theta& a, const Theta& b) {
  return ((a - b).array() / b.array().abs().max(1.0)).abs().maxCoeff();
}

}  // namespace

FixedPoint find_fixed_point(const Model& model, const Dataset& data, double tau, Theta from, double reg_covar,
                            Eigen::Index passes) {
  constexpr double kStill = 1e-9, kNear = 1e-2;
  const Eigen::MatrixXd directions = learned_directions(model.layout());
  const Eigen::Index newton_passes = 2 * directions.cols() + 2, patience = 20;
  Map em(model, data, tau, reg_covar);
  FixedPoint out{std::move(from), 0, false};
  Theta next = em(out.theta);
  for (Eigen::Index step = 1; passes > 0 && next.allFinite(); ++step) {
    out.loss = em.loss();
    const double moved = distance(next, out.theta);
    out.reached = moved < kStill;
    if (out.reached) break;
    if (step % patience == 0 && moved < kNear && passes > newton_passes && !model.em_needs_rows()) {
      // One Newton step, kept if it ends nearer to where EM stands still, and no higher.
      passes -= newton_passes;
      const Eigen::MatrixXd d = em.jacobian(out.theta, directions);
      const Eigen::MatrixXd system = Eigen::MatrixXd::Identity(d.rows(), d.cols()) - d;
      const Theta tried =
          out.theta + directions * system.partialPivLu().solve(directions.transpose() * (next - out.theta));
      const Theta after = tried.allFinite() ? em(tried) : tried;
      if (after.allFinite() && distance(after, tried) < 0.1 * moved && em.loss() <= out.loss + 1e-9) {
        out.theta = tried;
        next = after;
        --step;  // the next one follows at once
        continue;
      }
    }
    out.theta = next;
    next = em(out.theta);
    --passes;
  }
  return out;
}

Spectra spectra_at(const Model& model, const Dataset& data, double tau, const Theta& theta,
                   double reg_covar) {
  const Eigen::MatrixXd directions = learned_directions(model.layout());
  Map em(model, data, tau, reg_covar);
  Spectra out;
  if (directions.cols() == 0) return out;  // nothing is learned
  const Eigen::MatrixXd hessian = em.hessian(theta, directions);
  const Eigen::MatrixXd jacobian = em.jacobian(theta, directions);
  if (!hessian.allFinite() || !jacobian.allFinite()) return out;
  out.hessian = symmetric_eigenvalues(hessian);
  const Eigen::MatrixXd rest = Eigen::MatrixXd::Identity(jacobian.rows(), jacobian.cols()) - jacobian;
  out.preconditioned = eigenvalues(rest).real();
  std::sort(out.preconditioned.begin(), out.preconditioned.end());
  return out;
}

double condition_number(const Eigen::VectorXd& ascending) {
  if (ascending.size() == 0 || !(ascending[0] > 0)) return std::numeric_limits<double>::infinity();
  return ascending[ascending.size() - 1] / ascending[0];
}

Eigen::Index spectra_passes(const Model& model) { return 4 * learned_directions(model.layout()).cols(); }

}  // namespace iem
