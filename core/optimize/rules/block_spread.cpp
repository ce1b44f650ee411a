#include "core/optimize/rules/block_spread.h"

#include <algorithm>
#include <cmath>

#include "core/optimize/common.h"

namespace iem {
namespace {

double spread_of(const Eigen::Ref<const Theta>& centred) {
  return centred.size() > 0 ? std::sqrt(centred.squaredNorm() / static_cast<double>(centred.size())) : 0;
}

// The gradient with the mean of every learned block taken off; those of the others are 0 and stay so.
Theta centred(const Layout& layout, Theta gradient) {
  for (const Block& block : layout.blocks())
    if (block.learned && block.size() > 0) {
      auto part = gradient.segment(block.offset, block.size());
      part.array() -= part.mean();
    }
  return gradient;
}

enum class Spread : std::uint8_t { none, of_each, of_all };

class BlockSpread : public Optimizer {
 public:
  BlockSpread(Spread spread, double most, const Config& config)
      : spread_(spread),
        most_(most),
        rates_(config) {}

  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    const Layout& layout = input.model.layout();
    Theta direction = centred(layout, input.full.gradient);
    if (spread_ == Spread::of_each)
      for (const Block& block : layout.blocks()) {
        auto part = direction.segment(block.offset, block.size());
        part *= 1 / std::max(spread_of(part), 1e-300);
      }
    if (spread_ == Spread::of_all) direction *= std::min(most_, 1 / spread_of_learned(layout, direction));
    rates_.descend(layout, direction, theta);
  }

 private:
  // About the mean of all entries, which is 0 only where every block has lost its own.
  static double spread_of_learned(const Layout& layout, const Theta& direction) {
    double squares = 0;
    Eigen::Index count = 0;
    for (const Block& block : layout.blocks())
      if (block.learned)
        squares += direction.segment(block.offset, block.size()).squaredNorm(), count += block.size();
    return count > 0 ? std::max(std::sqrt(squares / static_cast<double>(count)), 1e-300) : 1;
  }

  Spread spread_;
  double most_;
  Rates rates_;
};

// Why these rules do not apply to a model whose blocks hold one number each: minus its mean a single number
// is 0.
std::string where_no_block_has_a_spread(const Model& model) {
  if (std::string reason = model.small_rules_unavailable(); !reason.empty()) return reason;
  const auto& blocks = model.layout().blocks();
  const bool any = std::ranges::any_of(blocks, [](const Block& b) { return b.learned && b.size() > 1; });
  return any || std::ranges::none_of(blocks, &Block::learned)
             ? ""
             : "Every block is one number, which is its own mean; use gradient descent (gd).";
}

Parameter most_parameter() {
  return {.key = "optimizer.most",
          .group = Group::learning,
          .label = "At most",
          .symbol = "\\alpha_{\\max}",
          .help = "By how much the common factor may enlarge a gradient.",
          .default_value = 25.0,
          .min = 0,
          .min_open = true,
          .slider_min = 1,
          .slider_max = 1000,
          .logarithmic = true};
}

}  // namespace

OptimizerType centred_descent() {
  return {.id = "centred",
          .label = "Centred GD",
          .help = "Gradient descent without the mean of each block's gradient: the mean of a block stays.",
          .formula = "\\Delta\\theta_l=-\\eta\\,(g_l-\\overline{g}_l)",
          .parameters = {learning_rate_parameter()},
          .needs = RuleNeed::small_system,
          .keeps_means = true,
          .unavailable = where_no_block_has_a_spread,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<BlockSpread>(Spread::none, 1, config);
          }};
}

OptimizerType z_score_descent() {
  return {.id = "z_score",
          .label = "Z-score of each block",
          .help =
              "Each block's gradient less its mean, over its own standard deviation: blocks move alike "
              "however small their gradients, so that none ever settles.",
          .formula = "\\Delta\\theta_l=-\\eta\\,\\frac{g_l-\\overline{g}_l}{\\sigma_l}",
          .parameters = {learning_rate_parameter()},
          .needs = RuleNeed::small_system,
          .keeps_means = true,
          .unavailable = where_no_block_has_a_spread,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<BlockSpread>(Spread::of_each, 1, config);
          }};
}

OptimizerType common_spread_descent() {
  return {.id = "common_spread",
          .label = "One spread for all",
          .help =
              "Each block's gradient less its mean, all over the one standard deviation of them together, "
              "but never enlarged by more than so much.",
          .formula =
              "\\Delta\\theta_l=-\\eta\\min\\left(\\alpha_{\\max},\\frac1\\sigma\\right)"
              "(g_l-\\overline{g}_l)",
          .parameters = {learning_rate_parameter(), most_parameter()},
          .needs = RuleNeed::small_system,
          .keeps_means = true,
          .unavailable = where_no_block_has_a_spread,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<BlockSpread>(Spread::of_all, config.real("optimizer.most"), config);
          }};
}

}  // namespace iem
