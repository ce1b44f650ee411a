// The M-step against weighted moments taken directly, in extended precision, about the new means.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/core/support.h"

namespace iem {
namespace {

using testing::close;
using testing::same_bits;

// k'(u)/u by the formulas of math.md section 1.
long double pull(const std::string& energy, long double rho2, const std::vector<double>& shape) {
  if (energy == "student_t") return (shape[0] + 2.0L) / (shape[0] + rho2);
  if (energy == "huber")
    return rho2 <= static_cast<long double>(shape[0]) * shape[0] ? 1 : shape[0] / std::sqrt(rho2);
  if (energy == "pseudo_huber")
    return 1 / std::sqrt(1 + rho2 / (static_cast<long double>(shape[0]) * shape[0]));
  return 1;
}

struct Moments {
  long double n = 0, w = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
};

// math.md section 2, line by line: r, w, mu, then Sigma about the new mean divided by N_j.
std::vector<MixtureComponent> m_step(const Mixture& model, const Theta& theta, const Evaluation& e,
                                     const Dataset& data, double reg_covar) {
  const MixtureOptions& o = model.options();
  std::vector<MixtureComponent> out = model.unpack(theta);
  std::vector<Moments> moments(out.size());
  for (std::size_t j = 0; j < out.size(); ++j) {
    const Sym2 s = out[j].sigma;
    const long double det = static_cast<long double>(s.xx) * s.yy - static_cast<long double>(s.xy) * s.xy;
    std::vector<long double> rw;
    for (Eigen::Index i = 0; i < data.size(); ++i) {
      const long double dx = data.points(i, 0) - out[j].mu_x, dy = data.points(i, 1) - out[j].mu_y;
      const long double rho2 = (s.yy * dx * dx - 2 * s.xy * dx * dy + s.xx * dy * dy) / det;
      const long double r = e.responsibilities(i, static_cast<Eigen::Index>(j));
      rw.push_back(r * pull(o.energy->id, rho2, o.shape));
      moments[j].n += r;
      moments[j].w += rw.back();
      moments[j].x += rw.back() * data.points(i, 0);
      moments[j].y += rw.back() * data.points(i, 1);
    }
    const long double mx = o.learn_means ? moments[j].x / moments[j].w : out[j].mu_x;
    const long double my = o.learn_means ? moments[j].y / moments[j].w : out[j].mu_y;
    for (Eigen::Index i = 0; i < data.size(); ++i) {
      const long double dx = data.points(i, 0) - mx, dy = data.points(i, 1) - my;
      moments[j].xx += rw[static_cast<std::size_t>(i)] * dx * dx;
      moments[j].xy += rw[static_cast<std::size_t>(i)] * dx * dy;
      moments[j].yy += rw[static_cast<std::size_t>(i)] * dy * dy;
    }
    out[j].mu_x = static_cast<double>(mx);
    out[j].mu_y = static_cast<double>(my);
  }
  long double n = 0, xx = 0, xy = 0, yy = 0;
  for (const Moments& m : moments) n += m.n, xx += m.xx, xy += m.xy, yy += m.yy;
  for (std::size_t j = 0; j < out.size(); ++j) {
    const Moments& m = moments[j];
    Sym2 s{static_cast<double>(m.xx / m.n), static_cast<double>(m.xy / m.n), static_cast<double>(m.yy / m.n)};
    if (o.covariance == CovarianceKind::diag) s.xy = 0;
    if (o.covariance == CovarianceKind::spherical) s = {(s.xx + s.yy) / 2, 0, (s.xx + s.yy) / 2};
    if (o.covariance == CovarianceKind::tied)
      s = {static_cast<double>(xx / n), static_cast<double>(xy / n), static_cast<double>(yy / n)};
    s.xx += reg_covar;
    s.yy += reg_covar;
    const bool learned = o.learn_covariances && o.covariance != CovarianceKind::fixed;
    if (learned) out[j].sigma = s;
    if (o.learn_weights) out[j].weight = static_cast<double>(m.n / n);
  }
  return out;
}

Eigen::VectorXd flat(const std::vector<MixtureComponent>& components) {
  Eigen::VectorXd out(static_cast<Eigen::Index>(6 * components.size()));
  Eigen::Index at = 0;
  for (const MixtureComponent& c : components)
    for (double v : {c.mu_x, c.mu_y, c.sigma.xx, c.sigma.xy, c.sigma.yy, c.weight}) out[at++] = v;
  return out;
}

TEST(EmStep, IsTheWeightedMomentsForEveryEnergyKindAndChoiceOfBlocks) {
  const Dataset data = testing::cloud(400, 1);
  int checked = 0;
  for (const EnergyType& energy : energies())
    for (CovarianceKind kind : testing::covariance_kinds())
      for (int learn = 1; energy.radial && learn < 8; ++learn)
        for (double tau : {1.0, 2.5}) {
          MixtureOptions options;
          options.energy = &energy;
          options.shape = testing::shape_of(energy);
          options.covariance = kind;
          options.learn_means = learn & 1;
          options.learn_covariances = learn & 2;
          options.learn_weights = learn & 4;
          const Mixture model(options);
          if (!model.em_unavailable().empty() || energy.em != MStep::moments) continue;
          const Theta theta = model.pack(testing::some_components(3, kind, 2));
          const Evaluation e = testing::evaluate(model, theta, tau, data);
          const Theta next = model.em_step(theta, data, e, 1e-6);
          EXPECT_TRUE(close(flat(model.unpack(next)), flat(m_step(model, theta, e, data, 1e-6)), 1e-11))
              << energy.id << " " << covariance_names()[static_cast<std::size_t>(kind)] << " learn " << learn;
          for (const Block& block : model.layout().blocks())
            if (!block.learned) {
              EXPECT_TRUE(same_bits(next.segment(block.offset, block.size()),
                                    theta.segment(block.offset, block.size())))
                  << block.name;
            }
          ++checked;
        }
  EXPECT_GE(checked, 4 * 5 * 7 * 2);  // gaussian, student_t, huber, pseudo_huber
}

TEST(EmStep, OfAGaussianMovesMeansByThePreconditionedGradient) {
  const Dataset data = testing::cloud(300, 3);
  for (CovarianceKind kind : testing::covariance_kinds())
    for (double tau : {0.3, 1.0, 4.0}) {
      MixtureOptions options;
      options.energy = find_energy("gaussian");
      options.covariance = kind;
      const Mixture model(options);
      const Theta theta = model.pack(testing::some_components(3, kind, 4));
      const Evaluation e = testing::evaluate(model, theta, tau, data);
      const auto was = model.unpack(theta), is = model.unpack(model.em_step(theta, data, e, 0));
      for (std::size_t j = 0; j < 3; ++j) {
        const auto at = static_cast<Eigen::Index>(2 * j);
        const double scale = 300 / e.responsibilities.col(static_cast<Eigen::Index>(j)).sum();
        const Sym2& s = was[j].sigma;
        EXPECT_NEAR(is[j].mu_x - was[j].mu_x, -scale * (s.xx * e.gradient[at] + s.xy * e.gradient[at + 1]),
                    1e-12);
        EXPECT_NEAR(is[j].mu_y - was[j].mu_y, -scale * (s.xy * e.gradient[at] + s.yy * e.gradient[at + 1]),
                    1e-12);
      }
    }
}

TEST(EmStep, NeverRaisesTheObjectiveAtUnitTemperature) {
  const Dataset data = testing::cloud(300, 5);
  for (const EnergyType& energy : energies())
    for (CovarianceKind kind : testing::covariance_kinds()) {
      MixtureOptions options;
      options.energy = &energy;
      options.shape = testing::shape_of(energy);
      options.covariance = kind;
      const Mixture model(options);
      if (!model.em_unavailable().empty()) continue;
      Theta theta = model.pack(testing::some_components(3, kind, 6));
      double before = testing::evaluate(model, theta, 1, data).loss;
      for (int step = 0; step < 60; ++step) {
        theta = model.em_step(theta, data, testing::evaluate(model, theta, 1, data), 0);
        const double loss = testing::evaluate(model, theta, 1, data).loss;
        ASSERT_LE(loss, before + 1e-12 * std::abs(before))
            << energy.id << " " << covariance_names()[static_cast<std::size_t>(kind)] << " step " << step;
        before = loss;
      }
    }
}

TEST(EmStep, KeepsItsDigitsFarFromTheOrigin) {
  Dataset data = testing::cloud(300, 7);
  MixtureOptions options;
  options.energy = find_energy("gaussian");
  const Mixture model(options);
  auto components = testing::some_components(3, CovarianceKind::full, 8);
  const Theta theta = model.pack(components);
  const auto near = model.unpack(model.em_step(theta, data, testing::evaluate(model, theta, 1, data), 0));
  const double away = 1 << 20;  // a power of two: the points themselves lose few digits
  data.points.array() += away;
  for (MixtureComponent& c : components) c.mu_x += away, c.mu_y += away;
  const Theta far_theta = model.pack(components);
  const auto far =
      model.unpack(model.em_step(far_theta, data, testing::evaluate(model, far_theta, 1, data), 0));
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_NEAR(far[j].sigma.xx, near[j].sigma.xx, 1e-8);  // moments about the origin would leave 1e-4
    EXPECT_NEAR(far[j].sigma.xy, near[j].sigma.xy, 1e-8);
    EXPECT_NEAR(far[j].mu_x - away, near[j].mu_x, 1e-8);
  }
}

TEST(EmStep, LeavesADeadComponentWhereItIs) {
  const Dataset data = testing::cloud(100, 9);
  MixtureOptions options;
  options.energy = find_energy("gaussian");
  const Mixture model(options);
  auto components = testing::some_components(3, CovarianceKind::full, 10);
  components[2].mu_x = 1e6;
  const Theta theta = model.pack(components);
  const auto next = model.unpack(model.em_step(theta, data, testing::evaluate(model, theta, 1, data), 1e-6));
  EXPECT_EQ(next[2].mu_x, 1e6);
  EXPECT_NEAR(next[2].sigma.xx, components[2].sigma.xx, 1e-12);
  EXPECT_LT(next[2].weight, 1e-12);
  EXPECT_GT(next[2].weight, 0);
}

TEST(EmUnavailable, IsOneSentenceThatOffersTheNextBest) {
  int available = 0, refused = 0;
  for (const EnergyType& energy : energies())
    for (CovarianceKind kind : testing::covariance_kinds())
      for (bool volume_term : {true, false}) {
        MixtureOptions options;
        options.energy = &energy;
        options.shape = testing::shape_of(energy);
        options.covariance = kind;
        options.volume_term = volume_term;
        const Mixture model(options);
        const std::string reason = model.em_unavailable();
        const bool collapses = !volume_term && kind != CovarianceKind::fixed;
        if (energy.em_unavailable.empty()) {
          EXPECT_EQ(reason.empty(), !collapses);
        }
        if (reason.empty()) {
          ++available;
          continue;
        }
        ++refused;
        EXPECT_TRUE(reason.ends_with('.')) << reason;
        EXPECT_NE(reason.find("(gd)"), std::string::npos) << reason;
      }
  // Four energies have EM: with the volume term for each of five covariances, without it for fixed ones.
  EXPECT_GE(available, 4 * (5 + 1));
  EXPECT_GE(refused, 4 * 4);
}

}  // namespace
}  // namespace iem
