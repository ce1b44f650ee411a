// The optima that runs have come to, told apart by their parameters. Which component is which makes no
// difference: states that become alike when components are renumbered are one optimum.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/mixture/mixture.h"

namespace iem {

// Two states are one optimum if their components can be paired so that of each pair the means differ by at
// most this, counted in standard deviations of the data along each axis; the standard deviations too; and the
// weights. The place and the shape of a component with less than kAbsent of the weight are not compared.
// Where weights are not learned, such a component is one that has less than that of the responsibility,
// wherever it stands; its weight counts as that.
inline constexpr double kSameOptimum = 0.05, kAbsent = 1e-3;

class Optima {
 public:
  // So many are told apart; what is found later is none of them.
  static constexpr std::size_t kMost = 200;

  // `temperature`: that of the states.
  Optima(const Mixture& model, const Dataset& data, double temperature);

  // The number of the optimum that a settled state is at, in the order in which they were found: one that is
  // known, or a new one; kMost where there are too many.
  std::size_t of(const Theta& theta, double loss);
  // The numbers of those that a state is at, with this in the place of kSameOptimum.
  std::vector<std::size_t> near(const Theta& theta, double tolerance) const;

  std::size_t size() const { return known_.size(); }
  double loss(std::size_t i) const { return known_[i].loss; }          // the lowest J of a state at it
  const Theta& theta(std::size_t i) const { return known_[i].theta; }  // the state it is known by
  // From now on it is known by another state: one that moves is followed.
  void move(std::size_t i, const Theta& theta, double loss);
  // Forgets those that were found after the first `count`.
  void keep_first(std::size_t count) { known_.resize(std::min(count, known_.size())); }

 private:
  struct Known {
    Theta theta;                               // the state it was found with,
    std::vector<MixtureComponent> components;  // and its components
    double loss = 0;
  };
  std::vector<MixtureComponent> read(const Theta& theta) const;
  bool alike(const MixtureComponent& a, const MixtureComponent& b, double tolerance) const;
  bool same(const std::vector<MixtureComponent>& a, const std::vector<MixtureComponent>& b,
            double tolerance) const;

  const Mixture& model_;
  const Dataset& data_;
  double temperature_, spread_x_, spread_y_;
  std::vector<Known> known_;
};

// "A", "B", ... "Z", "AA", "AB", ...: of the optimum with the lowest J, the next and so on.
std::string optimum_name(std::size_t i);

}  // namespace iem
