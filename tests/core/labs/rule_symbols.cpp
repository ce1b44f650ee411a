#include "tests/core/labs/rule_symbols.h"

#include <cmath>

#include "core/optimize/mini_batch.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

using RuleValue = TexEvaluator::Value;

RuleValue rule_number(double value) { return RuleValue::Constant(1, 1, value); }

}  // namespace

RuleSymbols::RuleSymbols(const Snapshot& snapshot, const Block* block) : s_(snapshot), block_(block) {}

// Learned entries; the others are no matter of the rule.
Eigen::VectorXd RuleSymbols::part(const Theta& theta) const {
  Theta learned = theta;
  s_.model().layout().mask(learned);
  return block_ ? learned.segment(block_->offset, block_->size()).eval() : learned;
}

Eigen::VectorXd RuleSymbols::memory(std::size_t which) const {
  const auto& vectors = s_.state.optimizer_state.vectors;
  const Theta none = Theta::Zero(s_.state.theta.size());
  return part(which < vectors.size() && vectors[which].size() > 0 ? vectors[which] : none);
}

double RuleSymbols::setting(const char* key) const { return s_.config().real(key); }

double RuleSymbols::rate() const {
  const bool own = block_ && !block_->rate_key.empty() && s_.config().is_set(block_->rate_key);
  return s_.config().real(own ? block_->rate_key : "optimizer.learning_rate");
}

// The rule draws its next batch from here on.
Eigen::VectorXd RuleSymbols::batch_gradient() const {
  RunState state = s_.state;
  const auto batch = next_batch(s_.data().size(), s_.config().integer("optimizer.batch_size"),
                                state.optimizer_state.epoch, state.batch_random);
  Evaluation out;
  s_.model().evaluate(s_.state.theta, s_.temperature, s_.data(), batch, Wanted::sums, *pool(), out);
  return part(out.gradient);
}

Eigen::VectorXd RuleSymbols::decayed() const {
  return gradient() + setting("optimizer.weight_decay") * part(s_.state.theta);
}

// Kingma & Ba 2015, algorithm 1; adamw's decay is no part of its gradient (Loshchilov & Hutter 2019).
std::optional<RuleValue> RuleSymbols::of_adam(const std::string& name) const {
  const bool plain = s_.config().text("optimizer.method") == "adamw";
  const Eigen::ArrayXd g = plain ? gradient() : decayed();
  const double beta = setting(name == "\\hat{m}" ? "optimizer.beta1" : "optimizer.beta2");
  const double t = static_cast<double>(s_.state.step) + 1;
  const Eigen::ArrayXd before = memory(name == "\\hat{m}" ? 0 : 1),
                       now = name == "\\hat{m}" ? g : g.square().eval();
  return RuleValue((beta * before + (1 - beta) * now) / (1 - std::pow(beta, t)));
}

std::optional<RuleValue> RuleSymbols::operator()(const TexSymbol& symbol) const {
  const std::string name = symbol.name();
  if (name == "\\theta") return part(s_.state.theta);
  if (name == "\\Delta\\theta") return part(s_.next) - part(s_.state.theta);
  if (name == "dJ/d\\theta") return gradient();
  if (name == "dJ_B/d\\theta") return batch_gradient();
  if (name == "\\hat{m}" || name == "\\hat{v}") return of_adam(name);
  // Where the formula says what g is, that is what counts.
  if (name == "g" && setting("optimizer.weight_decay") == 0) return gradient();
  if (name == "b" || name == "v") return memory(0);
  if (name == "\\eta" || name == "\\eta_\\theta") return rule_number(rate());
  if (name == "m") return rule_number(setting("optimizer.momentum"));
  if (name == "\\epsilon") return rule_number(setting("optimizer.eps"));
  if (name == "\\alpha") return rule_number(setting("optimizer.alpha"));
  if (name == "\\omega") return rule_number(setting("optimizer.weight_decay"));
  return std::nullopt;
}

}  // namespace iem::testing
