// What the tests of the core share: small scenes, random points, and references written a second time.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/energy/energy.h"
#include "core/mixture/mixture.h"
#include "core/run/run.h"
#include "core/run/scene.h"

namespace iem::testing {

// The built-in scenes of a lab.
std::vector<std::string> scenes_of(const std::string& lab);

// A built-in scene for sweeps whose claims do not depend on its size: its chain, if it has one, is at most
// 200 symbols long.
Scene short_scene(const std::string& name);

// A mixture scene from the TOML after `lab`; blobs of 200 points with a fixed seed unless the text says
// otherwise.
Scene mixture_scene(const std::string& toml);

std::shared_ptr<ThreadPool> pool(int threads = 1);

// The rules that say that a mixture of gaussians has no use for them.
const std::set<std::string>& rules_of_other_labs();

// N points from three overlapping clouds.
Dataset cloud(Eigen::Index n, std::uint64_t seed);

// Values of an energy's own parameters, `factor` times their defaults.
std::vector<double> shape_of(const EnergyType& energy, double factor = 1);

// The covariance kind the energy's tests may choose freely: full, or fixed where it has no covariances.
std::string any_covariance(const EnergyType& energy);

// kernel(u) of math.md section 1, written a second time in extended precision. Energies the table does not
// know use their own scalar kernel.
long double reference_kernel(const EnergyType& energy, long double u0, long double u1,
                             const std::vector<double>& shape);

// Components spread over the cloud, each with another covariance of the stated kind and another weight.
std::vector<MixtureComponent> some_components(int k, CovarianceKind kind, std::uint64_t seed);

Evaluation evaluate(const Mixture& model, const Theta& theta, double tau, const Dataset& data,
                    Wanted wanted = Wanted::rows);

// Every entry has the same bits; a message that names the first that has not.
::testing::AssertionResult same_bits(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b);

// |value - reference| <= tolerance * max(1, |reference|), entry by entry.
::testing::AssertionResult close(const Eigen::MatrixXd& value, const Eigen::MatrixXd& reference,
                                 double tolerance);

const std::vector<CovarianceKind>& covariance_kinds();

}  // namespace iem::testing
