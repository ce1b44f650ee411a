// One forward and backward pass of the mixture: the hot pass over fixed blocks of points, then dJ/dtheta as a
// linear map of its sums (Fisher's identity, math.md section 1: dJ/dtheta = (1/N) sum_ij r_ij dd_ij/dtheta).
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/base/scratch.h"
#include "core/math/circle.h"
#include "core/mixture/mixture.h"

namespace iem {
namespace {

// Points in one piece of work. Pieces and the order of their sums never depend on the number of threads.
constexpr Eigen::Index kPiece = 4096;

double* workspace(int k) {
  thread_local Scratch scratch;
  scratch.begin();
  return scratch.take(kernel::workspace_size(k));
}

// What an evaluation needs beside its result, kept from step to step.
struct Workspace {
  std::vector<kernel::Component> components;
  std::vector<double> x, y;                // the points of a mini-batch
  std::vector<double> sums;                // of each piece
  std::vector<kernel::PassTotals> totals;  // likewise
  std::vector<unsigned char> always;       // components that no block leaves out
};

bool all_finite(const kernel::PassTotals& totals, const double* sums, Eigen::Index count) {
  return std::isfinite(totals.log_partition) && std::isfinite(totals.entropy) &&
         std::all_of(sums, sums + count, [](double v) { return std::isfinite(v); });
}

// The pass over pieces of the points, on any thread, added up in the order of the pieces. `all` has all of
// the points, with entry (0, 0) of its rows.
kernel::PassTotals run_pieces(kernel::PassFunction pass, const kernel::PassInput& all, ThreadPool& pool,
                              Workspace& here, Eigen::MatrixXd& statistics) {
  const Eigen::Index pieces = (all.count + kPiece - 1) / kPiece;
  const Eigen::Index stride = static_cast<Eigen::Index>(all.k) * kernel::kSums;
  here.sums.assign(static_cast<std::size_t>(pieces * stride), 0);
  here.totals.assign(static_cast<std::size_t>(pieces), {});
  pool.run(pieces, [&](std::int64_t piece) {
    const Eigen::Index first = piece * kPiece, rows = all.row ? 0 : first;
    kernel::PassInput in = all;
    in.x += first, in.y += first;
    in.count = std::min<std::int64_t>(kPiece, all.count - first);
    in.workspace = workspace(all.k);
    if (in.energies) in.energies += rows;
    if (in.weights) in.weights += rows;
    if (in.row) in.row += first;
    double* sums = here.sums.data() + piece * stride;
    kernel::PassTotals& totals = here.totals[static_cast<std::size_t>(piece)];
    pass(in, sums, &totals);
    if (all_finite(totals, sums, stride)) return;
    in.far = true;  // something has overflowed: once more, for points of any distance
    pass(in, sums, &totals);
  });

  statistics.setZero(all.k, kernel::kSums);
  kernel::PassTotals sum;
  for (Eigen::Index piece = 0; piece < pieces; ++piece) {
    const double* from = here.sums.data() + piece * stride;
    for (int j = 0; j < all.k; ++j)
      for (int s = 0; s < kernel::kSums; ++s) statistics(j, s) += *from++;
    sum.log_partition += here.totals[static_cast<std::size_t>(piece)].log_partition;
    sum.entropy += here.totals[static_cast<std::size_t>(piece)].entropy;
  }
  return sum;
}

// From so many components and points on, blocks leave out components that say nothing to them. Below, the
// bounds and the order would cost what they save.
constexpr int kSkipFrom = 16;
constexpr Eigen::Index kNearFrom = 1024;

// Each r that a block leaves out is below 2^-68. So a component with n_j >= 2^-16 N misses less than 2^-52 of
// it, which is the rounding of one sum; but one that has nearly nothing may miss all it has, and EM divides
// by it. Such components are named in `always`; returns whether there are any.
bool name_weak_components(const Eigen::MatrixXd& statistics, double n, std::vector<unsigned char>& always) {
  const Eigen::Index k = statistics.rows();
  always.assign(static_cast<std::size_t>(k), 0);
  bool any = false;
  for (Eigen::Index j = 0; j < k; ++j)
    any |= always[static_cast<std::size_t>(j)] = !(statistics(j, kernel::kN) >= 0x1p-16 * n);
  return any;
}

}  // namespace

void Mixture::evaluate(const Theta& theta, double tau, const Dataset& data,
                       std::span<const Eigen::Index> batch, Wanted wanted, ThreadPool& pool,
                       Evaluation& out) const {
  const int k = options_.components;
  thread_local Workspace kept;
  Workspace& here = kept;  // the pieces of work, on other threads, must not look for theirs
  kernel_components(theta, here.components);
  const bool only_energies = wanted == Wanted::energies, bare = wanted == Wanted::bare_sums || only_energies;
  const bool rows = wants_rows(wanted) && batch.empty();
  const bool energies = rows || only_energies;
  const kernel::Weighting how = weighting(wanted);

  kernel::PassInput in{
      data.points.col(0).data(), data.points.col(1).data(), data.size(), here.components.data(), k, tau,
      options_.shape.data()};
  if (!batch.empty()) {  // gathered; the whole data is read in place
    here.x.clear(), here.y.clear();
    for (const Eigen::Index i : batch) {
      here.x.push_back(data.points(i, 0));
      here.y.push_back(data.points(i, 1));
    }
    in.x = here.x.data(), in.y = here.y.data(), in.count = static_cast<Eigen::Index>(batch.size());
  } else if (how == kernel::Weighting::softmax && !only_energies && can_skip() && data.size() >= kNearFrom) {
    const NearOrder& near = data.near.of(data.points, kernel::kBlock);
    in.x = near.x.data(), in.y = near.y.data(), in.row = near.row.data();
    in.skip = true;
  }

  out.energies.resize(energies ? in.count : 0, energies ? k : 0);
  Eigen::MatrixXd& weights = competitive() ? out.responsibilities : out.pulls;
  (competitive() ? out.pulls : out.responsibilities).resize(0, 0);
  weights.resize(rows ? in.count : 0, rows ? k : 0);
  in.weighting = how;
  in.entropy = !bare;
  in.sums = !only_energies;
  in.width = options_.objective_width;
  in.stride = in.count;
  if (energies) in.energies = out.energies.data();
  if (rows) in.weights = weights.data();

  const double n = static_cast<double>(in.count);
  const kernel::PassFunction pass = kernel::pass_for(options_.energy->index);
  kernel::PassTotals totals = run_pieces(pass, in, pool, here, out.statistics);
  if (in.skip && name_weak_components(out.statistics, n, here.always)) {
    in.always = here.always.data();
    totals = run_pieces(pass, in, pool, here, out.statistics);
  }

  out.loss = -totals.log_partition / n;
  if (only_energies) return;
  gradient(theta, out.statistics, n, n, out.gradient);
  const bool held_out = options_.compare_held_out && batch.empty() && !bare;
  out.metrics.setConstant(held_out ? 4 : 2, std::numeric_limits<double>::quiet_NaN());
  if (competitive() && !bare) out.metrics[0] = totals.entropy / n;
  if (competitive()) out.metrics[1] = out.statistics.col(kernel::kN).minCoeff() / n;
  if (held_out) add_held_out(theta, tau, data, pool, out);
}

bool Mixture::can_skip() const {
  return options_.components >= kSkipFrom && options_.energy->radial && !options_.energy->on_circle;
}

// J of the points held out, and BIC = 2 N J + p log N (Schwarz 1978), which needs J to be minus the mean log
// likelihood.
void Mixture::add_held_out(const Theta& theta, double tau, const Dataset& data, ThreadPool& pool,
                           Evaluation& out) const {
  if (!data.held_out) return;
  thread_local Evaluation there;
  evaluate(theta, tau, *data.held_out, {}, Wanted::sums, pool, there);
  out.metrics[2] = there.loss;
  const bool likelihood =
      competitive() && options_.volume_term && tau == 1 && options_.responsibility == Responsibility::softmax;
  const auto n = static_cast<double>(data.size());
  if (likelihood) out.metrics[3] = 2 * n * out.loss + free_parameters() * libm::log(n);
}

kernel::Weighting Mixture::weighting(Wanted wanted) const {
  using kernel::Weighting;
  if (options_.objective == Objective::correntropy) return Weighting::correntropy;
  if (options_.objective == Objective::sigmoid) return Weighting::sigmoid;
  if (wants_hard(wanted)) return Weighting::one_hot;
  if (options_.responsibility == Responsibility::sparsemax) return Weighting::sparsemax;
  if (options_.responsibility == Responsibility::entmax15) return Weighting::entmax15;
  return Weighting::softmax;
}

// Radial energies give P = W S and Q = W S2 (kernel/pass.h); from there all energies are alike:
//   dJ/dmu = -W^T P / N;  dJ/dW = Q / N minus n_j W^-T / N with the volume term, by the chain rule to log
//   W_ii and W_10;  dJ/dlogit_j = (pi_j sum_k n_k - n_j) / N.
void Mixture::gradient(const Theta& theta, const Eigen::MatrixXd& sums, double n, double total,
                       Theta& out) const {
  out.setZero(layout_.size());
  const Block& means = layout_.blocks()[0];
  const Block& covariances = layout_.blocks()[1];
  const Block& weights = layout_.blocks()[2];
  const Eigen::VectorXd& logits = theta;
  const double top = logits.segment(weights.offset, weights.size()).maxCoeff();
  const double z =
      (logits.segment(weights.offset, weights.size()).array() - top).unaryExpr(libm::Exp()).sum();
  for (int j = 0; j < options_.components; ++j) {
    const auto s = sums.row(j);
    const Lower2 w = options_.energy->on_circle ? Lower2{} : factor(theta, j);
    double p0 = s[kernel::kP0], p1 = s[kernel::kP1];
    double q00 = s[kernel::kQ00], q10 = s[kernel::kQ10], q11 = s[kernel::kQ11];
    if (options_.energy->radial) {
      p0 = w.l00 * s[kernel::kS0];
      p1 = w.l10 * s[kernel::kS0] + w.l11 * s[kernel::kS1];
      q00 = w.l00 * s[kernel::kS00];
      q10 = w.l10 * s[kernel::kS00] + w.l11 * s[kernel::kS10];
      q11 = w.l10 * s[kernel::kS10] + w.l11 * s[kernel::kS11];
    }
    out.segment<2>(means.offset + 2 * j) =
        by_mean(theta, j, {-(w.l00 * p0 + w.l10 * p1) / n, -(w.l11 * p1) / n});
    const double volume = options_.volume_term ? s[kernel::kN] : 0;
    const double a = (w.l00 * q00 - volume) / n, b = q10 / n, c = (w.l11 * q11 - volume) / n;
    double* g = out.data() + covariances.offset + (covariances.rows == 1 ? 0 : j) * covariances.columns;
    if (covariances.columns == 1) g[0] += a + c;
    if (covariances.columns == 2) g[0] += a, g[1] += c;
    if (covariances.columns == 3) g[0] += a, g[1] += b, g[2] += c;
    const double pi = libm::exp(logits[weights.offset + j] - top) / z;
    out[weights.offset + j] = pi * (total / n) - s[kernel::kN] / n;
  }
  layout_.mask(out);
}

void Mixture::add_sums(const Theta& theta, std::span<const double> x, std::span<const double> y,
                       const double* weights, Eigen::Ref<Eigen::MatrixXd> sums) const {
  const EnergyType& energy = *options_.energy;
  const double* shape = options_.shape.data();
  const std::vector<kernel::Component> components = kernel_components(theta);
  for (std::size_t j = 0; j < components.size(); ++j) {
    const kernel::Component& c = components[j];
    auto s = sums.row(static_cast<Eigen::Index>(j));
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double a = weights[j * x.size() + i];
      if (a == 0) continue;
      double at_x = x[i], at_y = y[i];
      if (energy.on_circle) move_to_circle(at_x, at_y);
      const double dx = at_x - c.mu0, dy = at_y - c.mu1;
      const double u0 = c.w00 * dx, u1 = c.w10 * dx + c.w11 * dy;
      s[kernel::kN] += a;
      if (energy.radial) {
        const double w = a * energy.weight(u0, u1, shape);
        s[kernel::kW] += w;
        s[kernel::kS0] += w * dx, s[kernel::kS1] += w * dy;
        s[kernel::kS00] += w * dx * dx, s[kernel::kS10] += w * dx * dy, s[kernel::kS11] += w * dy * dy;
        continue;
      }
      double g[2];
      energy.gradient(u0, u1, shape, g);
      s[kernel::kP0] += a * g[0], s[kernel::kP1] += a * g[1];
      s[kernel::kQ00] += a * g[0] * dx, s[kernel::kQ10] += a * g[1] * dx, s[kernel::kQ11] += a * g[1] * dy;
    }
  }
}

}  // namespace iem
