// The mixture of prototypes, whose energies other objectives use as well: J(theta) = -(1/N) sum_i tau log
// sum_j exp(-d_ij/tau), d_ij = kernel(W_j (x_i - mu_j)) + volume_j + constant - log pi_j (math.md sections 0
// to 2).
//
// Theta: "means" K x 2; "covariances" as logarithms of the diagonal of W and its off-diagonal entry,
// full and fixed (log W_00, W_10, log W_11) K x 3, diag (log W_00, log W_11) K x 2, spherical (log W_00) K x
// 1, tied 1 x 3; "weights" as logits, K x 1.
#pragma once

#include <string>
#include <vector>

#include "core/energy/energy.h"
#include "core/field/field.h"
#include "core/kernel/pass.h"
#include "core/math/gaussian2.h"
#include "core/model/model.h"

namespace iem {

enum class CovarianceKind : std::uint8_t { fixed, spherical, diag, tied, full };
const std::vector<std::string>& covariance_names();  // in the order of the enum

// Natural parameters of one component.
struct MixtureComponent {
  double mu_x = 0, mu_y = 0;
  Sym2 sigma;
  double weight = 1;
};

// What is minimised. Without log-sum-exp there is no volume term, no weights and
// no temperature.
enum class Objective : std::uint8_t { log_sum_exp, correntropy, sigmoid };
const std::vector<std::string>& objective_names();  // in the order of the enum

struct MixtureOptions {
  int components = 3;
  Objective objective = Objective::log_sum_exp;
  double objective_width = 1;  // correntropy: its scale; sigmoid: the margin
  Responsibility responsibility = Responsibility::softmax;
  const EnergyType* energy = nullptr;
  std::vector<double> shape;  // the energy's parameters
  CovarianceKind covariance = CovarianceKind::full;
  bool learn_means = true, learn_covariances = true, learn_weights = true;
  bool volume_term = true;
  double sigma_floor = 0;
  bool compare_held_out = false;  // metrics: J of the points held out, and the BIC
};

class Mixture : public Model {
 public:
  explicit Mixture(MixtureOptions options);

  void evaluate(const Theta& theta, double tau, const Dataset& data, std::span<const Eigen::Index> batch,
                Wanted wanted, ThreadPool& pool, Evaluation& out) const override;
  std::vector<std::string> metric_ids() const override;
  std::vector<NamedTensor> natural(const Theta& theta) const override;
  Theta from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const override;
  bool natural_is_tame(const Theta& theta) const override;
  std::string responsibilities_unavailable() const override;
  Responsibility responsibility() const override { return options_.responsibility; }
  std::string em_unavailable() const override;
  bool em_needs_rows() const override { return options_.energy->em == MStep::medians; }
  void em_step_into(const Theta& theta, const Dataset& data, const Evaluation& at_theta, double reg_covar,
                    Theta& next) const override;
  bool statistics_move() const override { return !em_needs_rows(); }
  void move_statistics(const Theta& from, const Theta& to,
                       Eigen::Ref<Eigen::MatrixXd> statistics) const override;
  void project(Theta& theta) const override;

  const MixtureOptions& options() const { return options_; }
  int components() const { return options_.components; }

  // unpack gives the natural parameters of all components; pack makes theta of them (matrices are projected
  // onto the covariance kind, weights are normalised). They are inverse to each other up to rounding.
  std::vector<MixtureComponent> unpack(const Theta& theta) const;
  Theta pack(const std::vector<MixtureComponent>& components) const;
  // The same in memory that is there.
  void unpack(const Theta& theta, std::vector<MixtureComponent>& out) const;
  void pack(const std::vector<MixtureComponent>& components, Theta& out) const;

  // The number of free parameters in the learned blocks; K weights that sum to 1 count as K - 1.
  int free_parameters() const;

  // The energies as the hot pass and the fields need them: W_j and offset_j = volume_j + constant - log pi_j.
  std::vector<kernel::Component> kernel_components(const Theta& theta) const;
  void kernel_components(const Theta& theta,
                         std::vector<kernel::Component>& out) const;  // in memory that is there
  FieldInput field(const Theta& theta, double tau, FieldKind kind) const;

  // The three terms of d_j at a point: kernel, volume, constant - log pi.
  struct Terms {
    double kernel = 0, volume = 0, rest = 0;
  };
  Terms terms(const Theta& theta, int component, double x, double y) const;

  // dd_j/dmu_j = -W_j^T k'(u) at a point.
  Eigen::Vector2d mean_gradient(const Theta& theta, int component, double x, double y) const;

  // For objectives that use these energies with other weights a_ij than responsibilities. add_sums adds the
  // sums of kernel/pass.h over points at (x, y) to `sums` (K rows, kSums columns); the weights are count x K,
  // column-major, and may be negative.
  void add_sums(const Theta& theta, std::span<const double> x, std::span<const double> y,
                const double* weights, Eigen::Ref<Eigen::MatrixXd> sums) const;
  // (1/n) sum_ij a_ij dd_ij/dtheta from such sums; `total` is the sum of all a_ij (n for responsibilities).
  void gradient(const Theta& theta, const Eigen::MatrixXd& sums, double n, double total, Theta& out) const;

 protected:
  void mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const override;
  void mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const override;

 private:
  // One of kernel_components; `log_weight` is log pi_j, `constant` that of the energy.
  kernel::Component kernel_component(const Theta& theta, int component, double log_weight,
                                     double constant) const;
  double energy_constant() const;  // 0 without the volume term
  Eigen::VectorXd log_pi(const Theta& theta) const;
  Lower2 factor(const Theta& theta, int component) const;  // W_j
  void set_factor(Theta& theta, int component, const Lower2& w) const;
  // The derivative with respect to mu_j, from that with respect to the place of the prototype in the kernel:
  // mu_j itself or, for energies of directions, mu_j/|mu_j|.
  Eigen::Vector2d by_mean(const Theta& theta, int component, const Eigen::Vector2d& by_place) const;
  Theta median_em_step(const Theta& theta, const Dataset& data, const Evaluation& at_theta,
                       double reg_covar) const;
  bool can_skip() const;  // PassInput::skip
  bool competitive() const { return options_.objective == Objective::log_sum_exp; }
  kernel::Weighting weighting(Wanted wanted) const;
  void add_held_out(const Theta& theta, double tau, const Dataset& data, ThreadPool& pool,
                    Evaluation& out) const;

  MixtureOptions options_;
};

}  // namespace iem
