// exp(z) K_1(z), z > 0: the modified Bessel function of the second kind, without its decay. Infinite at z =
// 0.
#pragma once

namespace iem {

double scaled_bessel_k1(double z);

}  // namespace iem
