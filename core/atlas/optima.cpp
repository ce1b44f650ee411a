#include "core/atlas/optima.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/kernel/pass.h"
#include "core/math/spread.h"

namespace iem {

Optima::Optima(const Mixture& model, const Dataset& data, double temperature)
    : model_(model),
      data_(data),
      temperature_(temperature),
      spread_x_(spread_or_one(data.points.col(0))),
      spread_y_(spread_or_one(data.points.col(1))) {}

// Of an energy of directions the length of a mean says nothing.
std::vector<MixtureComponent> Optima::read(const Theta& theta) const {
  std::vector<MixtureComponent> out = model_.unpack(theta);
  for (MixtureComponent& c : out) {
    const double length = std::sqrt(c.mu_x * c.mu_x + c.mu_y * c.mu_y);
    if (model_.options().energy->on_circle && length > 0) c.mu_x /= length, c.mu_y /= length;
  }
  if (model_.options().learn_weights || !model_.responsibilities_unavailable().empty()) return out;
  ThreadPool alone(1);
  Evaluation here;
  model_.evaluate(theta, temperature_, data_, {}, Wanted::bare_sums, alone, here);
  for (std::size_t j = 0; j < out.size(); ++j) {
    const double share =
        here.statistics(static_cast<Eigen::Index>(j), kernel::kN) / static_cast<double>(data_.size());
    if (share < kAbsent) out[j].weight = share;
  }
  return out;
}

bool Optima::alike(const MixtureComponent& a, const MixtureComponent& b, double tolerance) const {
  const auto near = [tolerance](double p, double q, double unit) {
    return std::abs(p - q) <= tolerance * unit;
  };
  if (!near(a.weight, b.weight, 1)) return false;
  if (a.weight < kAbsent && b.weight < kAbsent) return true;
  return near(a.mu_x, b.mu_x, spread_x_) && near(a.mu_y, b.mu_y, spread_y_) &&
         near(std::sqrt(a.sigma.xx), std::sqrt(b.sigma.xx), spread_x_) &&
         near(std::sqrt(a.sigma.yy), std::sqrt(b.sigma.yy), spread_y_) &&
         near(a.sigma.xy, b.sigma.xy, spread_x_ * spread_y_);
}

// Whether all can be paired at once: every component of `a` takes a free one of `b`, or one whose owner can
// take another (augmenting paths).
bool Optima::same(const std::vector<MixtureComponent>& a, const std::vector<MixtureComponent>& b,
                  double tolerance) const {
  constexpr std::size_t kFree = static_cast<std::size_t>(-1);
  std::vector<std::size_t> owner(b.size(), kFree);
  std::vector<bool> tried;
  const std::function<bool(std::size_t)> takes = [&](std::size_t i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (tried[j] || !alike(a[i], b[j], tolerance)) continue;
      tried[j] = true;
      if (owner[j] != kFree && !takes(owner[j])) continue;
      owner[j] = i;
      return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < a.size(); ++i) {
    tried.assign(b.size(), false);
    if (!takes(i)) return false;
  }
  return true;
}

std::size_t Optima::of(const Theta& theta, double loss) {
  std::vector<MixtureComponent> components = read(theta);
  for (std::size_t i = 0; i < known_.size(); ++i) {
    if (!same(components, known_[i].components, kSameOptimum)) continue;
    known_[i].loss = std::min(known_[i].loss, loss);
    return i;
  }
  if (known_.size() == kMost) return kMost;
  known_.push_back({theta, std::move(components), loss});
  return known_.size() - 1;
}

std::vector<std::size_t> Optima::near(const Theta& theta, double tolerance) const {
  const std::vector<MixtureComponent> components = read(theta);
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < known_.size(); ++i)
    if (same(components, known_[i].components, tolerance)) out.push_back(i);
  return out;
}

void Optima::move(std::size_t i, const Theta& theta, double loss) {
  known_[i].loss = std::min(known_[i].loss, loss);
  known_[i].theta = theta;
  known_[i].components = read(theta);
}

std::string optimum_name(std::size_t i) {
  constexpr std::size_t kLetters = 26;
  const std::string last(1, static_cast<char>('A' + i % kLetters));
  return i < kLetters ? last : optimum_name(i / kLetters - 1) + last;
}

}  // namespace iem
