// One forward and backward pass of the classifier: points in fixed pieces on any thread, their sums added up
// in order.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/labs/classifier/model/classifier.h"
#include "core/math/circle.h"
#include "core/math/sigmoid.h"

namespace iem {
namespace {

// Points in one piece of work. Pieces and the order of their sums never depend on the number of threads.
constexpr Eigen::Index kClassifierPiece = 1024;

// L, and r or, with `hard`, the one-hot argmin.
double partition(Responsibility rule, std::span<const double> d, double tau, bool hard, std::span<double> r) {
  if (!hard) return log_partition(rule, d, tau, r);
  const auto least = std::ranges::min_element(d);
  std::ranges::fill(r, 0.0);
  r[static_cast<std::size_t>(least - d.begin())] = 1;
  return -*least;
}

double softplus(double t) { return t > 0 ? t + libm::log1p(libm::exp(-t)) : libm::log1p(libm::exp(t)); }

}  // namespace

Classifier::Energies::Energies(const Classifier& model, const Theta& theta) : model_(model) {
  const int k = model.classes();
  if (model.competes() && k > 1 && (model.options_.label_trust != 1 || model.options_.learn_confusion))
    for (int y = 0; y < k; ++y)
      for (int j = 0; j < k; ++j) log_evidence_.push_back(libm::log(model.evidence(theta, j, y)));
  if (!model.is_linear()) {
    components_ = model.prototypes_->kernel_components(theta);
    return;
  }
  w_ = theta.data() + model.layout_.blocks()[0].offset;
  b_ = theta.data() + model.layout_.blocks()[1].offset;
}

void Classifier::Energies::at(double x, double y, std::span<double> d) const {
  const auto k = static_cast<std::size_t>(model_.classes());
  if (w_) {
    for (std::size_t j = 0; j < k; ++j) d[j] = -(w_[2 * j] * x + w_[2 * j + 1] * y + b_[j]);
  } else {
    const MixtureOptions& options = model_.prototypes_->options();
    if (options.energy->on_circle) move_to_circle(x, y);
    for (std::size_t j = 0; j < k; ++j) {
      const kernel::Component& c = components_[j];
      const double dx = x - c.mu0, dy = y - c.mu1;
      d[j] = options.energy->kernel(c.w00 * dx, c.w10 * dx + c.w11 * dy, options.shape.data()) + c.offset;
    }
  }
  if (model_.options_.background) d[k] = *model_.options_.background;
}

std::span<const double> Classifier::Energies::log_evidence(int label) const {
  if (log_evidence_.empty() || label < 0) return {};
  const auto k = static_cast<std::size_t>(model_.classes());
  return std::span(log_evidence_).subspan(static_cast<std::size_t>(label) * k, k);
}

double Classifier::evidence(const Theta& theta, int j, int label) const {
  const int k = options_.classes;
  if (k < 2) return 1;
  if (!confusion()) return j == label ? options_.label_trust : (1 - options_.label_trust) / (k - 1);
  const auto row = theta.segment(confusion()->offset + static_cast<Eigen::Index>(j) * k, k);
  const double top = row.maxCoeff();
  return libm::exp(row[label] - top) / (row.array() - top).unaryExpr(libm::Exp()).sum();
}

void Classifier::weigh_sigmoids(std::span<const double> d, int label, PointShares& out) const {
  out.loss = 0;
  for (std::size_t j = 0; j < out.pull.size(); ++j) {
    const bool own = static_cast<int>(j) == label;
    const double t = d[j] - options_.margin;
    out.free[j] = sigmoid(-t);
    out.clamped[j] = own ? 1 : 0;
    out.pull[j] = out.clamped[j] - out.free[j];
    out.loss += own ? softplus(t) : softplus(-t);
  }
  out.with_label = out.without = std::numeric_limits<double>::quiet_NaN();
}

void Classifier::weigh(const Energies& energies, std::span<const double> d, int label, double tau, bool hard,
                       PointShares& out) const {
  if (!competes()) return weigh_sigmoids(d, label, out);
  const std::size_t k = out.pull.size();
  out.without = partition(options_.responsibility, d, tau, hard, out.free);
  if (label < 0) {
    const double lambda = unlabelled_weight();
    for (std::size_t j = 0; j < k; ++j) out.pull[j] = out.clamped[j] = lambda * out.free[j];
    out.with_label = -out.without;
    out.loss = lambda == 0 ? 0 : -lambda * out.without;
    return;
  }
  const auto y = static_cast<std::size_t>(label);
  const std::span<const double> log_e = energies.log_evidence(label);
  if (log_e.empty()) {
    std::ranges::fill(out.clamped, 0.0);
    out.clamped[y] = 1;
    out.with_label = d[y];
  } else {  // the evidence as part of the energies
    for (std::size_t j = 0; j < k; ++j) out.pull[j] = d[j] - tau * log_e[j];
    out.with_label = -partition(Responsibility::softmax, out.pull, tau, hard, out.clamped);
  }
  for (std::size_t j = 0; j < k; ++j) out.pull[j] = out.clamped[j] - kappa() * out.free[j];
  out.loss = kappa() == 0 ? out.with_label : out.with_label + kappa() * out.without;
}

// Sums of one piece.
struct Classifier::Piece {
  Eigen::MatrixXd sums;
  double loss = 0;
  Tally tally;
};

namespace {

// Counts the answer for a point that has a label, or had one before noise.
void count_point(const Classifier& model, const Dataset& data, Eigen::Index i, std::span<const double> d,
                 double tau, const PointShares& at, Tally& tally) {
  const std::size_t k = at.pull.size();
  const bool competes = model.competes();
  const auto best =
      competes ? std::max_element(at.free.begin(), at.free.begin() + static_cast<std::ptrdiff_t>(k)) -
                     at.free.begin()
               : std::min_element(d.begin(), d.begin() + static_cast<std::ptrdiff_t>(k)) - d.begin();
  const int label = data.labels[i], clean = data.clean_labels.size() > 0 ? data.clean_labels[i] : label;
  if (clean >= 0) ++tally.clean, tally.clean_right += best == clean ? 1 : 0;
  if (label < 0) return;
  const bool right = best == label;
  const double confidence = at.free[static_cast<std::size_t>(best)];
  Tally::Bin& bin = tally.bins[static_cast<std::size_t>(bin_of(confidence))];
  ++tally.labelled, ++bin.count;
  tally.right += right ? 1 : 0, bin.right += right ? 1 : 0;
  bin.confidence += confidence;
  if (!competes) return;
  const double own = d[static_cast<std::size_t>(label)];
  tally.joint += at.with_label;
  tally.conditional += at.with_label + at.without;
  tally.nll += (own + at.without) / tau;
  tally.label_energy += own;
  for (std::size_t j = 0; j < at.free.size(); ++j)
    if (at.free[j] > 0) tally.expected_energy += at.free[j] * d[j];
}

}  // namespace

void Classifier::run_piece(const Energies& energies, const Theta& theta, double tau, const Dataset& data,
                           std::span<const Eigen::Index> points, bool hard, Piece& piece,
                           Evaluation* rows) const {
  const auto k = static_cast<std::size_t>(classes()), h = static_cast<std::size_t>(hypotheses());
  const std::size_t n = points.size();
  std::vector<double> x(n), y(n), weights(n * k), d(h), free(h), clamped(k), pull(k);
  const Eigen::Index last = free_column();
  PointShares at{free, clamped, pull};
  for (std::size_t p = 0; p < n; ++p) {
    const Eigen::Index i = points[p];
    x[p] = data.points(i, 0), y[p] = data.points(i, 1);
    energies.at(x[p], y[p], d);
    weigh(energies, d, data.has_labels() ? data.labels[i] : -1, tau, hard, at);
    piece.loss += at.loss;
    for (std::size_t j = 0; j < k; ++j) {
      weights[j * n + p] = pull[j];
      piece.sums(static_cast<Eigen::Index>(j), last) += free[j];
    }
    const int label = data.has_labels() ? data.labels[i] : -1;
    for (std::size_t j = 0; confusion() && label >= 0 && j < k; ++j)
      piece.sums(static_cast<Eigen::Index>(j), last + 1 + label) += clamped[j];
    if (data.has_labels()) count_point(*this, data, i, d, tau, at, piece.tally);
    if (!rows) continue;
    for (std::size_t j = 0; j < k; ++j) {
      rows->energies(i, static_cast<Eigen::Index>(j)) = d[j];
      rows->pulls(i, static_cast<Eigen::Index>(j)) = pull[j];
    }
    for (std::size_t j = 0; competes() && j < h; ++j)
      rows->responsibilities(i, static_cast<Eigen::Index>(j)) = free[j];
  }
  if (!is_linear())
    return prototypes_->add_sums(theta, x, y, weights.data(), piece.sums.leftCols(kernel::kSums));
  for (std::size_t j = 0; j < k; ++j) {
    auto s = piece.sums.row(static_cast<Eigen::Index>(j));
    for (std::size_t p = 0; p < n; ++p) {
      const double a = weights[j * n + p];
      s[kPull] += a, s[kPullX] += a * x[p], s[kPullY] += a * y[p];
    }
  }
}

void Classifier::evaluate(const Theta& theta, double tau, const Dataset& data,
                          std::span<const Eigen::Index> batch, Wanted wanted, ThreadPool& pool,
                          Evaluation& out) const {
  std::vector<Eigen::Index> all;
  if (batch.empty()) {
    all.resize(static_cast<std::size_t>(data.size()));
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Eigen::Index>(i);
  }
  const std::span<const Eigen::Index> points = batch.empty() ? std::span<const Eigen::Index>(all) : batch;
  const auto count = static_cast<Eigen::Index>(points.size());
  const bool rows = wants_rows(wanted) && batch.empty();
  out.energies.resize(rows ? count : 0, rows ? classes() : 0);
  out.pulls.resize(out.energies.rows(), out.energies.cols());
  out.responsibilities.resize(rows && competes() ? count : 0, rows && competes() ? hypotheses() : 0);

  const Energies energies(*this, theta);
  const Eigen::Index columns = free_column() + 1 + (confusion() ? classes() : 0);
  const Eigen::Index pieces = (count + kClassifierPiece - 1) / kClassifierPiece;
  std::vector<Piece> parts(static_cast<std::size_t>(pieces));
  pool.run(pieces, [&](std::int64_t part) {
    Piece& piece = parts[static_cast<std::size_t>(part)];
    piece.sums.setZero(classes(), columns);
    const Eigen::Index first = part * kClassifierPiece, some = std::min(kClassifierPiece, count - first);
    run_piece(energies, theta, tau, data,
              points.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(some)),
              wants_hard(wanted), piece, rows ? &out : nullptr);
  });

  out.statistics.setZero(classes(), columns);
  double loss = 0;
  Tally tally;
  for (const Piece& piece : parts) {
    out.statistics += piece.sums;
    loss += piece.loss;
    tally.add(piece.tally);
  }
  const auto n = static_cast<double>(count);
  out.loss = loss / n;
  gradient(theta, n, tau, out);

  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto labelled = static_cast<double>(tally.labelled);
  out.metrics.resize(options_.compare_held_out ? 6 : 5);
  out.metrics.head(5) << tally.accuracy(), tally.clean_accuracy(),
      competes() ? tally.calibration_error() : nan, competes() && labelled > 0 ? tally.joint / labelled : nan,
      competes() && labelled > 0 ? tally.conditional / labelled : nan;
  if (!options_.compare_held_out) return;
  out.metrics[5] = nan;
  if (!data.held_out || !batch.empty() || !competes()) return;
  const Tally aside = this->tally(theta, tau, *data.held_out);
  if (aside.labelled > 0 && options_.responsibility == Responsibility::softmax)
    out.metrics[5] = aside.nll / static_cast<double>(aside.labelled);
}

Tally Classifier::tally(const Theta& theta, double tau, const Dataset& data) const {
  Tally out;
  if (!data.has_labels()) return out;
  const Energies energies(*this, theta);
  const auto k = static_cast<std::size_t>(classes()), h = static_cast<std::size_t>(hypotheses());
  std::vector<double> d(h), free(h), clamped(k), pull(k);
  PointShares at{free, clamped, pull};
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    energies.at(data.points(i, 0), data.points(i, 1), d);
    weigh(energies, d, data.labels[i], tau, false, at);
    count_point(*this, data, i, d, tau, at, out);
  }
  return out;
}

int Classifier::free_column() const {
  return is_linear() ? static_cast<int>(kLinearSums) : static_cast<int>(kernel::kSums);
}

void Classifier::gradient(const Theta& theta, double n, double tau, Evaluation& out) const {
  if (!is_linear()) {
    prototypes_->gradient(theta, out.statistics, n, out.statistics.col(kernel::kN).sum(), out.gradient);
  } else {
    out.gradient.setZero(layout_.size());
    const Block& w = layout_.blocks()[0];
    const Block& b = layout_.blocks()[1];
    for (Eigen::Index j = 0; j < classes(); ++j) {
      out.gradient[w.offset + 2 * j] = -out.statistics(j, kPullX) / n;
      out.gradient[w.offset + 2 * j + 1] = -out.statistics(j, kPullY) / n;
      out.gradient[b.offset + j] = -out.statistics(j, kPull) / n;
    }
  }
  if (const Block* c = confusion()) {
    out.gradient.conservativeResize(layout_.size());
    const auto counts = out.statistics.rightCols(classes());
    for (int j = 0; j < classes(); ++j)
      for (int y = 0; y < classes(); ++y)
        out.gradient[c->offset + static_cast<Eigen::Index>(j) * classes() + y] =
            -tau / n * (counts(j, y) - evidence(theta, j, y) * counts.row(j).sum());
  }
  layout_.mask(out.gradient);
}

Classifier::PointRow Classifier::row(const Theta& theta, double tau, double x, double y, int label) const {
  const auto k = static_cast<std::size_t>(classes()), h = static_cast<std::size_t>(hypotheses());
  PointRow out{std::vector<double>(h), std::vector<double>(h), std::vector<double>(k),
               std::vector<double>(k)};
  const Energies energies(*this, theta);
  energies.at(x, y, out.d);
  PointShares at{out.free, out.clamped, out.pull};
  weigh(energies, out.d, label, tau, false, at);
  out.loss = at.loss, out.with_label = at.with_label, out.without = at.without;
  return out;
}

}  // namespace iem
