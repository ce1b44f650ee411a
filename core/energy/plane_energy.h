// An energy of the plane restricted to its first axis, which is what a line shows of it unless it says more
// (EnergyText::on_line): a simpler formula, or differences of energies in terms in which nothing cancels.
#pragma once

#include <memory>

#include "core/energy/line_kernel.h"

namespace iem {

class PlaneEnergy : public LineKernel {
 public:
  explicit PlaneEnergy(const EnergyType& energy);
  double value(double u, const double* shape) const override;
  Dual value(Dual u, const double* shape) const override;
  double slope(double u, const double* shape) const override;
  double constant(const double* shape) const override;

 private:
  const EnergyType& energy_;
};

// The `on_line` of an energy whose line is of this class.
template <class Line>
std::unique_ptr<LineKernel> line_of_class(const EnergyType& energy) {
  return std::make_unique<Line>(energy);
}

}  // namespace iem
