#include "core/field/field.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/base/libm.h"
#include "core/energy/energy.h"
#include "core/math/circle.h"
#include "core/math/log_sum_exp.h"

namespace iem {
namespace {

// Energies of one point, and from them what a pixel shows.
class Sampler {
 public:
  explicit Sampler(const FieldInput& input)
      : input_(input),
        energy_(find_energy(input.energy)),
        d_(input.components.size()),
        r_(input.components.size()) {
    IEM_CHECK(energy_ != nullptr);
  }

  double log_partition(double x, double y) {
    energies(x, y);
    return iem::log_partition(input_.responsibility, d_, input_.temperature, r_);
  }

  // r alone; whether L is finite.
  bool responsibilities(double x, double y) {
    if (input_.responsibility != Responsibility::softmax) return std::isfinite(log_partition(x, y));
    energies(x, y);
    return softmax(d_, input_.temperature, r_);
  }

  // L alone, equal to the last bit or two. For a softmax, terms below half an ulp of the sum are left out.
  double log_partition_only(double x, double y) {
    constexpr double kNothing = -40;  // e^-40 = 4e-18
    if (input_.responsibility != Responsibility::softmax) return log_partition(x, y);
    energies(x, y);
    const double least = *std::min_element(d_.begin(), d_.end());
    double z = 0;
    for (const double d : d_) {
      const double power = (least - d) / input_.temperature;
      if (power > kNothing) z += libm::exp(power);
    }
    return input_.temperature * libm::log(z) - least;
  }

  const std::vector<double>& r() const { return r_; }
  std::size_t nearest() const {
    return static_cast<std::size_t>(std::min_element(d_.begin(), d_.end()) - d_.begin());
  }

 private:
  void energies(double x, double y) {
    if (energy_->on_circle) move_to_circle(x, y);
    for (std::size_t j = 0; j < d_.size(); ++j) {
      const FieldComponent& c = input_.components[j];
      const double dx = x - c.mu_x, dy = y - c.mu_y;
      d_[j] = energy_->kernel(c.w00 * dx, c.w10 * dx + c.w11 * dy, input_.shape.data()) + c.offset;
    }
  }

  const FieldInput& input_;
  const EnergyType* energy_;
  std::vector<double> d_, r_;
};

Oklab mix(const Oklab& a, const Oklab& b, double t) {
  return {a.L + (b.L - a.L) * t, a.a + (b.a - a.a) * t, a.b + (b.b - a.b) * t};
}

double entropy(const std::vector<double>& r) {
  double sum = 0;
  for (double value : r)
    if (value > 0) sum -= value * libm::log(value);
  return sum;
}

Oklab pixel(const FieldInput& input, const FieldPalette& palette, Sampler& sampler, double x, double y) {
  const bool is_of_l = input.kind == FieldKind::density || input.kind == FieldKind::energy;
  const double log_partition = is_of_l ? sampler.log_partition(x, y) : 0;
  const bool is_finite = is_of_l ? std::isfinite(log_partition) : sampler.responsibilities(x, y);
  if (!is_finite) return palette.paper;  // too far from all prototypes for L to be finite
  switch (input.kind) {
    case FieldKind::responsibility: {
      Oklab sum{0, 0, 0};
      for (std::size_t j = 0; j < sampler.r().size(); ++j) {
        const Oklab& c = palette.territory[j];
        const double r = sampler.r()[j];
        sum = {sum.L + r * c.L, sum.a + r * c.a, sum.b + r * c.b};
      }
      return sum;
    }
    case FieldKind::assignment: return palette.territory[sampler.nearest()];
    case FieldKind::entropy: {
      const double most = libm::log(std::max<double>(2, static_cast<double>(sampler.r().size())));
      return mix(palette.paper, palette.undecided, std::clamp(entropy(sampler.r()) / most, 0.0, 1.0));
    }
    // These shades need no range of values from outside: e^L is shown against the scale 1, and -L on a
    // bounded scale.
    case FieldKind::density: {
      const double density = libm::exp(std::min(log_partition / input.temperature, 700.0));
      return mix(palette.paper, palette.ink, 0.9 * (1 - libm::exp(-6 * density)));
    }
    case FieldKind::energy: {
      const double depth = std::max(-log_partition, 0.0);
      return mix(palette.low, palette.high, depth / (depth + 4));
    }
  }
  return palette.paper;
}

}  // namespace

double field_responsibilities(const FieldInput& input, double x, double y, double* r) {
  Sampler sampler(input);
  const double log_partition = sampler.log_partition(x, y);
  std::copy(sampler.r().begin(), sampler.r().end(), r);
  return log_partition;
}

std::vector<std::uint8_t> render_field(const FieldInput& input, const FieldView& view,
                                       const FieldPalette& palette) {
  IEM_CHECK(palette.territory.size() >= input.components.size() && view.width > 0 && view.height > 0);
  Sampler sampler(input);
  std::vector<std::uint8_t> rgba(static_cast<std::size_t>(view.width) *
                                 static_cast<std::size_t>(view.height) * 4);
  std::vector<std::size_t> above(static_cast<std::size_t>(view.width));
  std::size_t at = 0;
  for (int row = 0; row < view.height; ++row) {
    const double y = view.y1 - (row + 0.5) * (view.y1 - view.y0) / view.height;
    std::size_t left = 0;
    for (int column = 0; column < view.width; ++column, at += 4) {
      const double x = view.x0 + (column + 0.5) * (view.x1 - view.x0) / view.width;
      Oklab colour = pixel(input, palette, sampler, x, y);
      if (input.boundaries) {
        // A boundary pixel is one whose nearest prototype differs from that of the pixel to the left or
        // above.
        const std::size_t here = sampler.nearest();
        auto& up = above[static_cast<std::size_t>(column)];
        if ((column > 0 && here != left) || (row > 0 && here != up)) colour = mix(colour, palette.ink, 0.4);
        left = up = here;
      }
      const auto bytes = bytes_of(colour);
      std::copy(bytes.begin(), bytes.end(), rgba.begin() + static_cast<std::ptrdiff_t>(at));
      rgba[at + 3] = 255;
    }
  }
  return rgba;
}

std::vector<double> sample_log_density(const FieldInput& input, const FieldView& view) {
  Sampler sampler(input);
  std::vector<double> out;
  out.reserve(static_cast<std::size_t>(view.width) * static_cast<std::size_t>(view.height));
  for (int row = 0; row < view.height; ++row) {
    const double y = view.y0 + row * (view.y1 - view.y0) / std::max(view.height - 1, 1);
    for (int column = 0; column < view.width; ++column) {
      const double x = view.x0 + column * (view.x1 - view.x0) / std::max(view.width - 1, 1);
      out.push_back(sampler.log_partition_only(x, y));
    }
  }
  return out;
}

}  // namespace iem
