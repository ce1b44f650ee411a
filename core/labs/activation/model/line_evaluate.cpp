// One forward and backward pass of hypotheses on the line: sums over fixed pieces of the points, then
// dJ/dtheta as a linear map of them (Fisher's identity: dJ/dtheta = (1/N) sum_ih r_ih dd_ih/dtheta).
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/energy/far.h"
#include "core/labs/activation/model/line_model.h"
#include "core/math/simd.h"

namespace iem {
namespace {

// Points in one piece of work. Pieces and the order of their sums never depend on the number of threads.
constexpr Eigen::Index kLinePiece = 4096;

struct LineTotals {
  std::array<std::array<double, LineModel::kColumns>, kMostHypotheses> sums{};
  double loss = 0;  // sum of -L, or of the least energies
};

struct LinePass {
  const Hypotheses& h;
  bool hard, by_slope;  // by_slope: the kernel has no weights (Laplace)
  double* energies;     // of this piece's first point, or null; a hypothesis is `stride` further
  double* responsibilities;
  Eigen::Index stride;

  void energies_at(double z, double* u, double* d) const {
    const auto count = static_cast<std::size_t>(h.count);
    if (h.kind == HypothesisKind::gate) {
      d[0] = h.kernel ? -log_normal_cdf(-z) : 0;
      d[1] = h.kernel ? -log_normal_cdf(z) : -z;
      u[0] = u[1] = 0;
      return;
    }
    for (std::size_t j = 0; j < count; ++j) {
      u[j] = (z - h.mu[j]) / h.scale_of(j);
      d[j] = h.kernel->value(u[j], h.shape.data()) + h.offset_of(j) - h.log_prior[j];
    }
  }

  // Writes the responsibilities into `r`; returns -L, or the least energy if `hard`.
  double share(const double* d, double* r) const {
    const auto count = static_cast<std::size_t>(h.count);
    const auto best = static_cast<std::size_t>(std::min_element(d, d + count) - d);
    if (hard) {
      std::fill_n(r, count, 0.0);
      r[best] = 1;
      return d[best];
    }
    double z = 0;
    for (std::size_t j = 0; j < count; ++j) z += r[j] = simd::exp((d[best] - d[j]) / h.tau);
    for (std::size_t j = 0; j < count; ++j) r[j] /= z;
    return d[best] - h.tau * simd::log(z);
  }

  void add(const double* u, const double* r, LineTotals& out) const {
    for (std::size_t j = 0; j < static_cast<std::size_t>(h.count); ++j) {
      auto& sums = out.sums[j];
      sums[LineModel::kN] += r[j];
      if (h.kind == HypothesisKind::gate) continue;
      const double off = u[j] * h.scale_of(j);
      const double w = by_slope ? 0 : r[j] * h.kernel->weight(u[j], h.shape.data());
      // Far out the weight underflows while the slope, which is weight times u, does not.
      const bool whole = by_slope || std::abs(u[j]) > kFar;
      const double pull = whole ? r[j] * h.kernel->slope(u[j], h.shape.data()) * h.scale_of(j) : w * off;
      sums[LineModel::kW] += w;
      sums[LineModel::kS1] += pull;
      sums[LineModel::kS2] += pull * off;
    }
  }

  void run(const double* z, Eigen::Index count, LineTotals& out) const {
    double u[kMostHypotheses], d[kMostHypotheses], r[kMostHypotheses];
    for (Eigen::Index i = 0; i < count; ++i) {
      energies_at(z[i], u, d);
      out.loss += share(d, r);
      add(u, r, out);
      if (!energies) continue;
      for (Eigen::Index j = 0; j < h.count; ++j) {
        energies[j * stride + i] = d[j];
        responsibilities[j * stride + i] = r[j];
      }
    }
  }
};

}  // namespace

void LineModel::evaluate(const Theta& theta, double tau, const Dataset& data,
                         std::span<const Eigen::Index> batch, Wanted wanted, ThreadPool& pool,
                         Evaluation& out) const {
  const Hypotheses h = hypotheses(theta, tau);
  Eigen::VectorXd gathered;
  const double* z = data.points.data();
  Eigen::Index count = data.size();
  if (!batch.empty()) {
    gathered.resize(static_cast<Eigen::Index>(batch.size()));
    for (std::size_t i = 0; i < batch.size(); ++i)
      gathered[static_cast<Eigen::Index>(i)] = data.points(batch[i], 0);
    z = gathered.data();
    count = gathered.size();
  }
  const bool rows = wants_rows(wanted) && batch.empty();
  out.energies.resize(rows ? count : 0, rows ? h.count : 0);
  out.responsibilities.resize(out.energies.rows(), out.energies.cols());

  // The pass over each piece, on any thread; added up in their order.
  const Eigen::Index pieces = (count + kLinePiece - 1) / kLinePiece;
  std::vector<LineTotals> totals(static_cast<std::size_t>(pieces));
  const bool by_slope = h.kernel && h.kernel->em == MStep::medians;
  pool.run(pieces, [&](std::int64_t piece) {
    const Eigen::Index first = piece * kLinePiece;
    const LinePass pass{h,
                        wants_hard(wanted),
                        by_slope,
                        rows ? out.energies.data() + first : nullptr,
                        rows ? out.responsibilities.data() + first : nullptr,
                        count};
    pass.run(z + first, std::min(kLinePiece, count - first), totals[static_cast<std::size_t>(piece)]);
  });
  out.statistics.setZero(h.count, kColumns);
  double sum = 0;
  for (const LineTotals& part : totals) {
    sum += part.loss;
    for (int j = 0; j < h.count; ++j)
      for (Eigen::Index c = 0; c < kColumns; ++c)
        out.statistics(j, c) += part.sums[static_cast<std::size_t>(j)][static_cast<std::size_t>(c)];
  }

  const auto n = static_cast<double>(count);
  out.has_loss = learns() && count > 0;
  out.loss = out.has_loss ? sum / n : std::numeric_limits<double>::quiet_NaN();
  out.gradient.setZero(layout_.size());
  if (out.has_loss) gradient(h, out.statistics, n, out.gradient);
  const LineNatural natural = unpack(theta);
  out.metrics.resize(static_cast<Eigen::Index>(metric_ids().size()));
  if (is_sign()) out.metrics << natural.places[0], natural.scale, natural.prior[0];
  if (options_.kind == HypothesisKind::prototypes) out.metrics << natural.scale;
}

// dd/dmu = -kernel'(u)/scale and dd/dlog scale = [volume] - kernel'(u) u.
void LineModel::gradient(const Hypotheses& h, const Eigen::MatrixXd& sums, double n, Theta& out) const {
  const Eigen::Index places = layout_.blocks()[0].offset, prior = layout_.blocks()[2].offset;
  double stretch = 0;
  for (Eigen::Index j = 0; j < h.count; ++j) {
    const double scale = h.scale_of(static_cast<std::size_t>(j)), square = scale * scale;
    const double pull = -sums(j, kS1) / square / n;
    if (is_sign())
      out[places] += j == 0 ? -pull : pull;  // mu = s m
    else
      out[places + j] = pull;
    stretch += (options_.volume_term ? sums(j, kN) : 0) - sums(j, kS2) / square;
    const double pi = libm::exp(h.log_prior[static_cast<std::size_t>(j)]);
    if (!is_sign())
      out[prior + j] = pi - sums(j, kN) / n;
    else if (j == 1)
      out[prior] = pi - sums(j, kN) / n;
  }
  out[layout_.blocks()[1].offset] = stretch / n;
  layout_.mask(out);
}

}  // namespace iem
