// One forward and backward pass of a mixture of experts: points in fixed pieces on any thread, their sums
// added up in order.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/libm.h"
#include "core/labs/classifier/model/experts.h"

namespace iem {
namespace {

constexpr Eigen::Index kExpertsPiece = 1024;  // points in one piece of work
constexpr double kHalfLogTwoPi = 0.91893853320467274178;

// L of the energies, and their responsibilities or, with `hard`, the one-hot argmin.
double shares_of_energies(std::span<const double> d, double tau, bool hard, std::span<double> r) {
  if (!hard) return log_partition(Responsibility::softmax, d, tau, r);
  const auto least = std::ranges::min_element(d);
  std::ranges::fill(r, 0.0);
  r[static_cast<std::size_t>(least - d.begin())] = 1;
  return -*least;
}

}  // namespace

// The experts under one theta, with what does not depend on the point.
struct Experts::Lines {
  struct One {
    double a = 0, b = 0, deviation = 1, log_deviation = 0;      // the line
    double w = 0, offset = 0;                                   // linear gate
    double mean = 0, spread = 1, volume = 0, rest = 0, pi = 1;  // prototype
  };
  std::vector<One> all;

  Lines(const Experts& model, const Theta& theta) : all(static_cast<std::size_t>(model.own_.experts)) {
    const ExpertsOptions& own = model.own_;
    const std::vector<Expert> natural = model.unpack(theta);
    const double constant =
        !own.linear_gate && own.volume_term ? own.energy->constant_1d(own.shape.data()) : 0;
    double top = 0, total = 0;
    if (!own.linear_gate) {
      const Block& logits = model.layout_.block("weights");
      top = theta.segment(logits.offset, logits.size()).maxCoeff();
      total = (theta.segment(logits.offset, logits.size()).array() - top).unaryExpr(libm::Exp()).sum();
    }
    for (int h = 0; h < own.experts; ++h) {
      One& one = all[static_cast<std::size_t>(h)];
      const Expert& e = natural[static_cast<std::size_t>(h)];
      one.a = e.slope, one.b = e.intercept;
      one.log_deviation = theta[model.at("noise_variances", h)];
      one.deviation = libm::exp(one.log_deviation);
      one.w = e.w, one.offset = e.b;
      if (own.linear_gate) continue;
      const double log_spread = theta[model.at("covariances", h)];
      one.mean = e.mean, one.pi = e.weight, one.spread = libm::exp(log_spread);
      one.volume = own.volume_term ? log_spread : 0;
      one.rest = constant - (theta[model.at("weights", h)] - top - libm::log(total));
    }
  }
};

Experts::GateTerms Experts::gate_terms(const Theta& theta, int h, double x) const {
  const Lines lines(*this, theta);
  const Lines::One& e = lines.all[static_cast<std::size_t>(h)];
  if (own_.linear_gate) return {{-e.w * x, -e.offset}, -(e.w * x + e.offset)};
  const double kernel = own_.energy->kernel((x - e.mean) / e.spread, 0, own_.shape.data());
  GateTerms out{{kernel}, kernel + e.volume + e.rest};
  if (own_.volume_term) out.terms.push_back(e.volume);
  out.terms.push_back(e.rest);
  return out;
}

void Experts::weigh_point(const Lines& lines, double x, double y, double tau, bool hard,
                          PointRow& out) const {
  const std::size_t count = lines.all.size();
  for (std::size_t h = 0; h < count; ++h) {
    const Lines::One& e = lines.all[h];
    out.d[h] = own_.linear_gate
                   ? -(e.w * x + e.offset)
                   : own_.energy->kernel((x - e.mean) / e.spread, 0, own_.shape.data()) + e.volume + e.rest;
    const double off = (y - e.a * x - e.b) / e.deviation;
    out.evidence[h] = kHalfLogTwoPi + e.log_deviation + 0.5 * off * off;
    out.pull[h] = out.d[h] + out.evidence[h];
  }
  out.with_label = -shares_of_energies(out.pull, tau, hard, out.clamped);
  out.without = shares_of_energies(out.d, tau, hard, out.free);
  for (std::size_t h = 0; h < count; ++h) out.pull[h] = out.clamped[h] - kappa() * out.free[h];
  out.loss = kappa() == 0 ? out.with_label : out.with_label + kappa() * out.without;
}

namespace {

Classifier::PointRow empty_row(int experts) {
  const std::vector<double> zeros(static_cast<std::size_t>(experts));
  return {.d = zeros, .free = zeros, .clamped = zeros, .pull = zeros, .evidence = zeros};
}

double middle_of(const Dataset& data) { return data.points.col(0).mean(); }

}  // namespace

Classifier::PointRow Experts::row(const Theta& theta, double tau, double x, double y, int) const {
  PointRow out = empty_row(own_.experts);
  weigh_point(Lines(*this, theta), x, y, tau, false, out);
  return out;
}

struct Experts::Piece {
  Eigen::MatrixXd sums;
  double loss = 0, square = 0, joint = 0, conditional = 0;
};

void Experts::run_piece(const Lines& lines, double tau, const Dataset& data,
                        std::span<const Eigen::Index> points, bool hard, Piece& piece,
                        Evaluation* rows) const {
  const double middle = middle_of(data);
  PointRow at = empty_row(own_.experts);
  for (const Eigen::Index i : points) {
    const double x = data.points(i, 0), y = data.points(i, 1), z = x - middle;
    weigh_point(lines, x, y, tau, hard, at);
    double predicted = 0;
    for (std::size_t h = 0; h < lines.all.size(); ++h) {
      const Lines::One& e = lines.all[h];
      const double line = e.a * x + e.b, off = y - line, g = at.pull[h], r = at.clamped[h];
      predicted += at.free[h] * line;
      auto s = piece.sums.row(static_cast<Eigen::Index>(h));
      s[kPull] += g;
      if (own_.linear_gate) {
        s[kPullX] += g * x;
      } else {
        const double u = (x - e.mean) / e.spread, w = own_.energy->weight(u, 0, own_.shape.data());
        double slope[2];
        own_.energy->gradient(u, 0, own_.shape.data(), slope);
        s[kPullW] += g * w, s[kPullU] += g * slope[0], s[kPullUU] += g * slope[0] * u;
      }
      s[kR] += r, s[kRz] += r * z, s[kRzz] += r * z * z;
      s[kRe] += r * off, s[kRez] += r * off * z, s[kRee] += r * off * off;
      s[kFree] += at.free[h];
      if (!rows) continue;
      const auto column = static_cast<Eigen::Index>(h);
      rows->energies(i, column) = at.d[h];
      rows->pulls(i, column) = g;
      rows->responsibilities(i, column) = at.free[h];
    }
    piece.loss += at.loss;
    piece.square += (y - predicted) * (y - predicted);
    piece.joint += at.with_label;
    piece.conditional += at.with_label + at.without;
  }
}

void Experts::evaluate(const Theta& theta, double tau, const Dataset& data,
                       std::span<const Eigen::Index> batch, Wanted wanted, ThreadPool& pool,
                       Evaluation& out) const {
  std::vector<Eigen::Index> all;
  if (batch.empty())
    for (Eigen::Index i = 0; i < data.size(); ++i) all.push_back(i);
  const std::span<const Eigen::Index> points = batch.empty() ? std::span<const Eigen::Index>(all) : batch;
  const auto count = static_cast<Eigen::Index>(points.size());
  const bool rows = wants_rows(wanted) && batch.empty();
  out.energies.resize(rows ? count : 0, rows ? own_.experts : 0);
  out.pulls.resize(out.energies.rows(), out.energies.cols());
  out.responsibilities.resize(out.energies.rows(), out.energies.cols());

  const Lines lines(*this, theta);
  const Eigen::Index pieces = (count + kExpertsPiece - 1) / kExpertsPiece;
  std::vector<Piece> parts(static_cast<std::size_t>(pieces));
  pool.run(pieces, [&](std::int64_t part) {
    Piece& piece = parts[static_cast<std::size_t>(part)];
    piece.sums.setZero(own_.experts, kExpertSums);
    const Eigen::Index first = part * kExpertsPiece, some = std::min(kExpertsPiece, count - first);
    run_piece(lines, tau, data,
              points.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(some)),
              wants_hard(wanted), piece, rows ? &out : nullptr);
  });

  out.statistics.setZero(own_.experts, kExpertSums);
  Piece sum;
  for (const Piece& piece : parts) {
    out.statistics += piece.sums;
    sum.loss += piece.loss, sum.square += piece.square;
    sum.joint += piece.joint, sum.conditional += piece.conditional;
  }
  out.statistics.col(kTau).setConstant(tau);
  const auto n = static_cast<double>(count);
  out.loss = sum.loss / n;
  gradient(lines, n, middle_of(data), out);
  out.metrics.resize(own_.compare_held_out ? 4 : 3);
  out.metrics.head(3) << std::sqrt(sum.square / n), sum.joint / n, sum.conditional / n;
  if (!own_.compare_held_out) return;
  out.metrics[3] = std::numeric_limits<double>::quiet_NaN();
  if (!data.held_out || !batch.empty() || data.held_out->size() == 0) return;
  double aside = 0;
  PointRow at = empty_row(own_.experts);
  for (Eigen::Index i = 0; i < data.held_out->size(); ++i) {
    weigh_point(lines, data.held_out->points(i, 0), data.held_out->points(i, 1), tau, false, at);
    aside += at.with_label + at.without;
  }
  out.metrics[3] = aside / static_cast<double>(data.held_out->size());
}

void Experts::gradient(const Lines& lines, double n, double middle, Evaluation& out) const {
  out.gradient.setZero(layout_.size());
  const double total = out.statistics.col(kPull).sum();
  for (int h = 0; h < own_.experts; ++h) {
    const Lines::One& e = lines.all[static_cast<std::size_t>(h)];
    const auto s = out.statistics.row(h);
    if (own_.linear_gate) {
      out.gradient[at("W", h)] = -s[kPullX] / n;
      out.gradient[at("b", h)] = -s[kPull] / n;
    } else {
      out.gradient[at("means", h)] = -s[kPullU] / e.spread / n;
      out.gradient[at("covariances", h)] += ((own_.volume_term ? s[kPull] : 0) - s[kPullUU]) / n;
      out.gradient[at("weights", h)] = (e.pi * total - s[kPull]) / n;
    }
    const double variance = e.deviation * e.deviation;
    out.gradient[at("slopes", h)] = -(s[kRez] + middle * s[kRe]) / variance / n;
    out.gradient[at("intercepts", h)] = -s[kRe] / variance / n;
    out.gradient[at("noise_variances", h)] = (s[kR] - s[kRee] / variance) / n;
  }
  layout_.mask(out.gradient);
}

}  // namespace iem
