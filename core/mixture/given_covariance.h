// A covariance matrix as a user wrote it.
#pragma once

#include <cstddef>
#include <string>

#include "core/math/gaussian2.h"

namespace iem {

struct GivenCovariance {
  Sym2 matrix;
  std::string fault;  // "is not positive definite: ..."; empty where the matrix will do
};

// The four entries of component `j`'s matrix, row by row. Off-diagonal entries that differ by rounding alone
// become their mean (symmetrised). A fault names the component, counted from 1, and what helps.
GivenCovariance given_covariance(const double* entries, std::size_t j);

}  // namespace iem
