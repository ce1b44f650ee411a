#include "core/field/field_precision.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/energy/energy.h"
#include "core/math/circle.h"

namespace iem {
namespace {

constexpr double kUlp = 0x1p-24;           // half a unit in the last place of a float near 1
constexpr double kLargest = 1e30;          // the largest number whose ratios can still be squared in floats
constexpr double kShade = 0.02;            // of energy / temperature: less than one step of 255
constexpr double kOutOfSight = 12;         // e^-12 of a colour cannot be seen
constexpr double kStandardDeviations = 6;  // where a component ends
constexpr int kColumns = 33, kRows = 25;

// An energy, and a bound on its error when it is computed in floats.
struct Estimate {
  double energy = 0, error = 0;
};

class Estimator {
 public:
  Estimator(const FieldInput& input, const FieldView& view)
      : input_(input),
        energy_(find_energy(input.energy)),
        cx_(0.5 * view.x0 + 0.5 * view.x1),
        cy_(0.5 * view.y0 + 0.5 * view.y1) {
    IEM_CHECK(energy_ != nullptr);
  }

  // Places are relative to the middle of the view. Each number that enters a product or a sum has an error of
  // half a unit in its last place.
  Estimate at(std::size_t j, double x, double y) const {
    const FieldComponent& c = input_.components[j];
    double from_x = std::abs(x - cx_) + std::abs(c.mu_x - cx_),
           from_y = std::abs(y - cy_) + std::abs(c.mu_y - cy_);
    if (energy_->on_circle) {
      if (x == 0 && y == 0) return {};  // no direction, and one pixel at most
      move_to_circle(x, y);
      from_x = from_y = 2;
    }
    const double dx = x - c.mu_x, dy = y - c.mu_y;
    const double u0 = c.w00 * dx, u1 = c.w10 * dx + c.w11 * dy;
    const double ex = from_x + 3 * std::abs(dx), ey = from_y + 3 * std::abs(dy);
    double g[2];
    energy_->gradient(u0, u1, input_.shape.data(), g);
    const double kernel = energy_->kernel(u0, u1, input_.shape.data());
    const double by_place = std::abs(g[0]) * std::abs(c.w00) * ex +
                            std::abs(g[1]) * (std::abs(c.w10) * ex + std::abs(c.w11) * ey);
    // A prototype without weight has an infinite energy, and no part in the picture.
    const double offset = std::min(c.offset, 1e20);
    return {kernel + offset, kUlp * (by_place + 4 * std::abs(kernel) + 2 * std::abs(offset))};
  }

 private:
  const FieldInput& input_;
  const EnergyType* energy_;
  double cx_, cy_;
};

// The energy's own parameters reach the shader as floats: none may become infinite there, or 0.
bool shape_within_floats(const FieldInput& input) {
  return std::ranges::all_of(input.shape, [](double p) {
    return p >= static_cast<double>(std::numeric_limits<float>::min()) &&
           p <= static_cast<double>(std::numeric_limits<float>::max());
  });
}

bool within_floats(const FieldInput& input, const FieldView& view) {
  if (!shape_within_floats(input)) return false;
  double largest = std::abs(view.x1 - view.x0) + std::abs(view.y1 - view.y0);
  for (const FieldComponent& c : input.components)
    for (const double v : {c.mu_x - view.x0, c.mu_y - view.y0, c.w00, c.w10, c.w11})
      largest = std::max(largest, std::isnan(v) ? kLargest : std::abs(v));
  return largest < std::sqrt(kLargest);
}

// Whether a component is so thin that the samples may miss its axis, near which u is a small difference of
// large numbers.
bool is_thin(const FieldComponent& c, const FieldView& view, double tau) {
  const double ex = std::abs(view.x1 - view.x0) + std::abs(c.mu_x - 0.5 * (view.x0 + view.x1)),
               ey = std::abs(view.y1 - view.y0) + std::abs(c.mu_y - 0.5 * (view.y0 + view.y1));
  const double parts = std::max(std::abs(c.w00) * ex, std::abs(c.w10) * ex + std::abs(c.w11) * ey);
  return !(kUlp * 4 * parts * kStandardDeviations <= kShade * tau);
}

// One sample: the energies at a place, the best component there, and whether floats can tell those close to
// it apart.
struct Sample {
  std::vector<Estimate> all;
  std::size_t best = 0;
  double error_beside(std::size_t j) const { return all[best].error + all[j].error; }
};

Sample sample(const Estimator& estimator, std::size_t count, double x, double y) {
  Sample out;
  for (std::size_t j = 0; j < count; ++j) {
    out.all.push_back(estimator.at(j, x, y));
    if (out.all[j].energy < out.all[out.best].energy) out.best = j;
  }
  return out;
}

bool tells_apart(const Sample& s, double tau) {
  const double most = kShade * tau;
  for (std::size_t j = 0; j < s.all.size(); ++j) {
    if (!(s.all[j].energy < kLargest * std::min(tau, 1.0))) return false;
    const double behind = s.all[j].energy - s.all[s.best].energy;
    if (behind < kOutOfSight * tau + s.error_beside(j) && !(s.error_beside(j) <= most)) return false;
  }
  return true;
}

}  // namespace

bool single_precision_suffices(const FieldInput& input, const FieldView& view) {
  if (input.components.size() < 2 && input.kind == FieldKind::responsibility) return true;
  if (!within_floats(input, view)) return false;
  const bool on_circle = find_energy(input.energy)->on_circle;
  for (const FieldComponent& c : input.components)
    if (!on_circle && is_thin(c, view, input.temperature)) return false;
  const Estimator estimator(input, view);
  const double tau = input.temperature;
  std::vector<Sample> above(kColumns);
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < kColumns; ++column) {
      const double x = view.x0 + (view.x1 - view.x0) * column / (kColumns - 1),
                   y = view.y0 + (view.y1 - view.y0) * row / (kRows - 1);
      Sample here = sample(estimator, input.components.size(), x, y);
      if (!tells_apart(here, tau)) return false;
      // Between two samples with different best components both compete, even if they are close at neither
      // sample.
      const auto parted = [&](const Sample& other) {
        return other.best != here.best &&
               !(std::max(here.error_beside(other.best), other.error_beside(here.best)) <= kShade * tau);
      };
      Sample& up = above[static_cast<std::size_t>(column)];
      if (row > 0 && parted(up)) return false;
      if (column > 0 && parted(above[static_cast<std::size_t>(column) - 1])) return false;
      up = std::move(here);
    }
  return true;
}

}  // namespace iem
