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
};

bool all_finite(const kernel::PassTotals& totals, const double* sums, Eigen::Index count) {
  return std::isfinite(totals.log_partition) && std::isfinite(totals.entropy) &&
         std::all_of(sums, sums + count, [](double v) { return std::isfinite(v); });
}

struct Points {
  const double* x;
  const double* y;
  Eigen::Index count;
};

}  // namespace

void Mixture::evaluate(const Theta& theta, double tau, const Dataset& data,
                       std::span<const Eigen::Index> batch, Wanted wanted, ThreadPool& pool,
                       Evaluation& out) const {
  const int k = options_.components;
  thread_local Workspace kept;
  Workspace& here = kept;  // the pieces of work, on other threads, must not look for theirs
  kernel_components(theta, here.components);

  // Gather a mini-batch; the whole data is read in place.
  Points points{data.points.col(0).data(), data.points.col(1).data(), data.size()};
  if (!batch.empty()) {
    here.x.clear(), here.y.clear();
    for (const Eigen::Index i : batch) {
      here.x.push_back(data.points(i, 0));
      here.y.push_back(data.points(i, 1));
    }
    points = {here.x.data(), here.y.data(), static_cast<Eigen::Index>(batch.size())};
  }

  const bool only_energies = wanted == Wanted::energies, bare = wanted == Wanted::bare_sums || only_energies;
  const bool rows = wants_rows(wanted) && batch.empty();
  const bool energies = rows || only_energies;
  out.energies.resize(energies ? points.count : 0, energies ? k : 0);
  Eigen::MatrixXd& weights = competitive() ? out.responsibilities : out.pulls;
  (competitive() ? out.pulls : out.responsibilities).resize(0, 0);
  weights.resize(rows ? points.count : 0, rows ? k : 0);

  // The pass over each piece, on any thread.
  const Eigen::Index pieces = (points.count + kPiece - 1) / kPiece;
  const Eigen::Index stride = static_cast<Eigen::Index>(k) * kernel::kSums;
  std::vector<double>& sums = here.sums;
  std::vector<kernel::PassTotals>& totals = here.totals;
  sums.assign(static_cast<std::size_t>(pieces * stride), 0);
  totals.assign(static_cast<std::size_t>(pieces), {});
  const kernel::PassFunction pass = kernel::pass_for(options_.energy->index);
  const kernel::Weighting how = weighting(wanted);
  pool.run(pieces, [&](std::int64_t piece) {
    const Eigen::Index first = piece * kPiece;
    kernel::PassInput in{points.x + first,
                         points.y + first,
                         std::min(kPiece, points.count - first),
                         here.components.data(),
                         k,
                         tau,
                         options_.shape.data(),
                         workspace(k)};
    in.weighting = how;
    in.entropy = !bare;
    in.sums = !only_energies;
    in.width = options_.objective_width;
    in.stride = points.count;
    if (energies) in.energies = out.energies.data() + first;
    if (rows) in.weights = weights.data() + first;
    double* out_sums = sums.data() + piece * stride;
    kernel::PassTotals& out_totals = totals[static_cast<std::size_t>(piece)];
    pass(in, out_sums, &out_totals);
    if (all_finite(out_totals, out_sums, stride)) return;
    in.far = true;  // something has overflowed: once more, for points of any distance
    pass(in, out_sums, &out_totals);
  });

  // Add up in the order of the pieces.
  out.statistics.setZero(k, kernel::kSums);
  double log_partition = 0, entropy = 0;
  for (Eigen::Index piece = 0; piece < pieces; ++piece) {
    const double* from = sums.data() + piece * stride;
    for (int j = 0; j < k; ++j)
      for (int s = 0; s < kernel::kSums; ++s) out.statistics(j, s) += *from++;
    log_partition += totals[static_cast<std::size_t>(piece)].log_partition;
    entropy += totals[static_cast<std::size_t>(piece)].entropy;
  }

  const double n = static_cast<double>(points.count);
  out.loss = -log_partition / n;
  if (only_energies) return;
  gradient(theta, out.statistics, n, n, out.gradient);
  const bool held_out = options_.compare_held_out && batch.empty() && !bare;
  out.metrics.setConstant(held_out ? 4 : 2, std::numeric_limits<double>::quiet_NaN());
  if (competitive() && !bare) out.metrics[0] = entropy / n;
  if (competitive()) out.metrics[1] = out.statistics.col(kernel::kN).minCoeff() / n;
  if (held_out) add_held_out(theta, tau, data, pool, out);
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
