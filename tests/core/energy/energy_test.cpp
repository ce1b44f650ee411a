// A sweep over the registry: an energy that is added is held to all of this without an edit here.
#include "core/energy/energy.h"
#include "core/labs/registry.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <set>

#include "core/labs/kit/lab.h"
#include "tests/core/support.h"

namespace iem {
namespace {

class EnergyTest : public ::testing::TestWithParam<std::string> {
 protected:
  const EnergyType& energy() const { return *find_energy(GetParam()); }
  std::vector<std::vector<double>> shapes() const {
    std::vector<std::vector<double>> all;
    for (double factor : {0.4, 1.0, 3.0, 20.0}) all.push_back(testing::shape_of(energy(), factor));
    return all;
  }
};

std::vector<std::string> ids() {
  std::vector<std::string> out;
  for (const EnergyType& energy : energies()) out.push_back(energy.id);
  return out;
}
INSTANTIATE_TEST_SUITE_P(Registry, EnergyTest, ::testing::ValuesIn(ids()),
                         [](const auto& p) { return p.param; });

TEST_P(EnergyTest, KernelIsTheFormulaOfTheSpecification) {
  Random random(1);
  for (const auto& shape : shapes())
    for (int i = 0; i < 500; ++i) {
      const double scale = std::exp(random.uniform(-5, 4)), a = scale * random.normal(),
                   b = scale * random.normal();
      const auto truth = static_cast<double>(testing::reference_kernel(energy(), a, b, shape));
      // The plain formula for pseudo-Huber loses digits near 0; the program's does not.
      EXPECT_NEAR(energy().kernel(a, b, shape.data()), truth, 1e-13 * std::max(1.0, truth));
    }
}

TEST_P(EnergyTest, KernelIsZeroAtThePrototypeAndGrowsAwayFromIt) {
  for (const auto& shape : shapes()) {
    EXPECT_EQ(energy().kernel(0, 0, shape.data()), 0);
    double before = 0;
    for (double t = 0.01; t < 100; t *= 1.3) {
      const double here = energy().kernel(0.6 * t, -0.8 * t, shape.data());
      EXPECT_GT(here, before) << t;
      before = here;
    }
  }
}

TEST_P(EnergyTest, GradientIsTheDerivativeByCentralDifferencesAndByDualNumbers) {
  Random random(2);
  for (const auto& shape : shapes())
    for (int i = 0; i < 200; ++i) {
      const double u[2] = {2 * random.normal(), 2 * random.normal()};
      double g[2];
      energy().gradient(u[0], u[1], shape.data(), g);
      for (int axis = 0; axis < 2; ++axis) {
        const double h = 1e-5, x = axis == 0 ? h : 0, y = axis == 0 ? 0 : h;
        const double slope = (energy().kernel(u[0] + x, u[1] + y, shape.data()) -
                              energy().kernel(u[0] - x, u[1] - y, shape.data())) /
                             (2 * h);
        EXPECT_NEAR(g[axis], slope, 1e-8 * std::max(1.0, std::abs(slope)) + 1e-9) << u[0] << " " << u[1];
        const Dual dual =
            energy().dual_kernel({u[0], axis == 0 ? 1.0 : 0.0}, {u[1], axis == 1 ? 1.0 : 0.0}, shape.data());
        EXPECT_NEAR(dual.v, energy().kernel(u[0], u[1], shape.data()), 1e-13 * std::max(1.0, dual.v));
        EXPECT_NEAR(g[axis], dual.d, 1e-13 * std::max(1.0, std::abs(dual.d))) << u[0] << " " << u[1];
      }
    }
}

TEST_P(EnergyTest, GradientAtThePrototypeIsZero) {
  for (const auto& shape : shapes()) {
    double g[2] = {1, 1};
    energy().gradient(0, 0, shape.data(), g);
    EXPECT_EQ(g[0], 0);
    EXPECT_EQ(g[1], 0);
  }
}

TEST_P(EnergyTest, RadialMeansThatOnlyTheDistanceCounts) {
  bool turns = false;
  for (const auto& shape : shapes())
    for (double angle = 0.1; angle < 3; angle += 0.3) {
      const double along = energy().kernel(1.7, 0, shape.data());
      const double turned = energy().kernel(1.7 * std::cos(angle), 1.7 * std::sin(angle), shape.data());
      turns = turns || std::abs(turned - along) > 1e-9;
    }
  EXPECT_EQ(energy().radial, !turns);
}

// The integral over [0, infinity) by the trapezoidal rule after x = exp(pi/2 sinh t) (Takahasi and Mori
// 1974).
template <class F>
double half_line(const F& f, double h) {
  double sum = 0;
  for (double t = -4.2; t <= 4.2; t += h) {
    const double x = std::exp(std::numbers::pi / 2 * std::sinh(t));
    const double value = f(x) * x * std::numbers::pi / 2 * std::cosh(t);
    if (std::isfinite(value)) sum += value;
  }
  return sum * h;
}

TEST_P(EnergyTest, ConstantMakesTheDensityIntegrateToOneOverThePlane) {
  for (const auto& shape : shapes()) {
    const double constant = energy().constant_2d(shape.data());
    // Simpson over each quadrant: the axes are where a kernel may have kinks. A radial one needs a single
    // angle.
    const int pieces = energy().radial ? 2 : 128;
    double total = 0;
    for (int quadrant = 0; quadrant < 4; ++quadrant)
      for (int i = 0; i <= pieces; ++i) {
        const double angle = (quadrant + static_cast<double>(i) / pieces) * std::numbers::pi / 2;
        const double weight = (i == 0 || i == pieces ? 1
                               : i % 2               ? 4
                                                     : 2) /
                              3.0 / pieces * std::numbers::pi / 2;
        const double c = std::cos(angle), s = std::sin(angle);
        total +=
            weight * half_line(
                         [&](double rho) {
                           return rho * std::exp(-energy().kernel(rho * c, rho * s, shape.data()) - constant);
                         },
                         1.0 / 256);
      }
    EXPECT_NEAR(total, 1, 1e-7) << (shape.empty() ? 0 : shape[0]);
  }
}

TEST_P(EnergyTest, ConstantMakesTheDensityIntegrateToOneOverTheLine) {
  for (const auto& shape : shapes()) {
    // The exponent of Student t depends on the dimension: (nu + 1)/2 on the line (math.md section 4).
    const double factor = GetParam() == "student_t" ? (shape[0] + 1) / (shape[0] + 2) : 1;
    const double constant = energy().constant_1d(shape.data());
    const double total =
        2 * half_line(
                [&](double z) { return std::exp(-factor * energy().kernel(z, 0, shape.data()) - constant); },
                1.0 / 1024);
    EXPECT_NEAR(total, 1, 1e-8) << (shape.empty() ? 0 : shape[0]);
  }
}

TEST_P(EnergyTest, DeclaresItsTextsAndAShaderLine) {
  const EnergyType& e = energy();
  EXPECT_FALSE(e.label.empty());
  EXPECT_FALSE(e.formula.empty());
  EXPECT_TRUE(e.help.ends_with('.')) << e.help;
  EXPECT_FALSE(energy_glsl(e.id).empty());
  EXPECT_EQ(e.glsl.find(';'), std::string::npos) << "an expression, not a statement";
  EXPECT_LE(e.parameters.size(), 4u) << "the shader holds four";
  for (int i = 0; i < 4; ++i) {
    const bool reads = e.glsl.find("p[" + std::to_string(i) + "]") != std::string::npos;
    EXPECT_EQ(reads, i < static_cast<int>(e.parameters.size())) << "p[" << i << "]";
  }
  int depth = 0;
  for (char c : e.glsl) depth += c == '(' ? 1 : c == ')' ? -1 : 0;
  EXPECT_EQ(depth, 0);
}

TEST_P(EnergyTest, ParametersAreKeysOfTheMixtureAndApplyOnlyToEnergiesThatReadThem) {
  const auto table = find_lab("mixture")->parameters();
  for (const Parameter& parameter : energy().parameters) {
    ASSERT_NE(table->find(parameter.key), nullptr) << parameter.key;
    Config config("mixture", table);
    config.set("model.energy", GetParam());
    EXPECT_EQ(config.unavailable_reason(parameter.key), "");
    config.set("model.energy", std::string("gaussian"));
    if (GetParam() != "gaussian") {
      EXPECT_NE(config.unavailable_reason(parameter.key), "");
    }
  }
  Config config("mixture", table);
  config.set("model.energy", GetParam());
  EXPECT_EQ(energy_shape(energy(), config), testing::shape_of(energy()));
}

TEST(Energies, IdsAreUniqueIndicesInOrderAndUnknownOnesAreNotFound) {
  std::set<std::string> seen;
  int index = 0;
  for (const EnergyType& energy : energies()) {
    EXPECT_TRUE(seen.insert(energy.id).second) << energy.id;
    EXPECT_EQ(energy.index, index++);
  }
  EXPECT_EQ(find_energy("no_such_energy"), nullptr);
}

TEST(Energies, PseudoHuberConstantHasNoStepWhereItsSeriesTakesOver) {
  const EnergyType& energy = *find_energy("pseudo_huber");
  const double at = std::sqrt(600.0), below = at * (1 - 1e-9), above = at * (1 + 1e-9);
  EXPECT_NEAR(energy.constant_1d(&below), energy.constant_1d(&above), 1e-11);
}

}  // namespace
}  // namespace iem
