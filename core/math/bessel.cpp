#include "core/math/bessel.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"

namespace iem {

// K_1(z) = int_0^inf exp(-z cosh t) cosh t dt (DLMF 10.32.9), so exp(z) K_1(z) has the factor exp(-z (cosh t
// - 1)). The integrand is even, analytic and decays faster than exponentially: the trapezium rule's error
// falls like exp(-pi^2/h) for small z and like exp(-2 pi^2/(h^2 z)) for large z (Trefethen & Weideman 2014),
// below the last bit for the h chosen here. cosh t - 1 = 2 sinh^2(t/2): nothing cancels.
double scaled_bessel_k1(double z) {
  if (!(z > 0)) return std::numeric_limits<double>::infinity();
  const double h = std::min(0.2, 0.5 / std::sqrt(z));
  double sum = 0.5;
  for (int i = 1;; ++i) {
    const double s = libm::sinh(0.5 * h * i), rise = 2 * s * s, decay = z * rise;
    if (!(decay <= 800)) return h * sum;  // exp(-800) = 0
    sum += libm::exp(-decay) * (1 + rise);
  }
}

}  // namespace iem
