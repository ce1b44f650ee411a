// What the symbols of learning rules are worth on a snapshot of any lab: parameters, gradients, the memory
// that the rule has before its step, the settings. Written a second time, from the rules' definitions.
#pragma once

#include <optional>

#include "core/model/layout.h"
#include "core/run/snapshot.h"
#include "tests/core/tex_evaluator.h"

namespace iem::testing {

class RuleSymbols {
 public:
  // Of all parameters, or of one block.
  explicit RuleSymbols(const Snapshot& snapshot, const Block* block = nullptr);

  // By name: "\\Delta\\theta", "dJ_B/d\\theta", "\\hat{m}", "b", "\\eta_\\theta".
  std::optional<TexEvaluator::Value> operator()(const TexSymbol& symbol) const;

 private:
  Eigen::VectorXd part(const Theta& theta) const;
  Eigen::VectorXd memory(std::size_t which) const;
  Eigen::VectorXd gradient() const { return part(s_.evaluation.gradient); }
  Eigen::VectorXd batch_gradient() const;
  Eigen::VectorXd decayed() const;  // g: what an adaptive rule follows
  double setting(const char* key) const;
  double rate() const;
  std::optional<TexEvaluator::Value> of_adam(const std::string& name) const;

  const Snapshot& s_;
  const Block* block_;
};

}  // namespace iem::testing
