#include "core/mixture/given_covariance.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/config/value.h"

namespace iem {
namespace {

constexpr double kSingular = 1e-12;  // of xx yy: a determinant that is 0 but for rounding
// yy - xy^2/xx, the part of yy that does not follow from xy, is a difference. Below this share of yy it is 0
// but for the rounding of the three written numbers and of the factor, as in [[0.1, 0.3], [0.3, 0.9]].
constexpr double kRounding = 8 * std::numeric_limits<double>::epsilon();

bool is_positive_definite(const Sym2& s) {
  const auto factor = cholesky(s);
  return factor && factor->l11 * factor->l11 > kRounding * s.yy;
}

std::string written(double value) { return to_toml(Value{value}); }

}  // namespace

GivenCovariance given_covariance(const double* v, std::size_t j) {
  const auto matrix = symmetrised(v[0], v[1], v[2], v[3]);
  if (!matrix)
    return {
        {},
        "is not symmetric: it has " + written(v[1]) + " above the diagonal and " + written(v[2]) + " below"};
  if (is_positive_definite(*matrix)) return {*matrix, ""};
  const std::string component = "component " + std::to_string(j + 1);
  const Sym2& s = *matrix;
  std::string why = component + " needs variances greater than 0 on the diagonal";
  const double root = std::sqrt(std::max(s.xx, 0.0)) * std::sqrt(std::max(s.yy, 0.0));
  if (s.xx >= 0 && s.yy >= 0 && std::max(s.xx, s.yy) > 0) {
    const bool singular = std::abs(s.xy) <= root * (1 + kSingular);
    // A millionth of the larger variance.
    const double little = libm::pow(10, std::floor(libm::log10(std::max(s.xx, s.yy))) - 6);
    why = singular ? component +
                         " would have no width along one direction (it is singular); add a little to "
                         "both numbers on its diagonal, such as " +
                         written(little)
                   : "of " + component + " the number off the diagonal must be between -" + written(root) +
                         " and " + written(root) + ", the root of the product of those on it";
  }
  return {{}, "is not positive definite: " + why};
}

}  // namespace iem
