// Learning rules. A rule is one file pair and one line in core/optimize/rules/registry.cpp.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.h"
#include "core/config/config.h"
#include "core/model/evaluation.h"
#include "core/model/model.h"

namespace iem {

// Where a run is in its present pass over shuffled points (mini_batch.h). The order is a function of the
// seed, so that keyframes of a million points stay small.
struct Epoch {
  std::uint64_t seed = 0;     // drawn from the batch stream when the epoch begins
  std::int64_t points = 0;    // how many there are; 0: none has begun
  std::int64_t position = 0;  // how many have been used
  std::int64_t batch = 0;     // points in a batch, of rules whose batches stay the same from epoch to epoch
  bool operator==(const Epoch&) const = default;
};

// Optimiser memory. Part of the run's state, saved in keyframes and hashed. Empty until the first step.
struct OptimizerState {
  std::vector<Eigen::VectorXd> vectors;  // momentum, second moments, ...: of the length of theta
  Epoch epoch;
  Eigen::MatrixXd sums;    // sufficient statistics kept from earlier steps, in the rule's own shape
  std::int64_t count = 0;  // steps taken since the memory was last cleared

  // The user has moved theta: the memory of the entries that changed starts anew.
  void theta_edited(const Eigen::VectorXd& before, const Eigen::VectorXd& after);
  // The energies or the points have changed: what was remembered of them is void.
  void model_changed();
  void data_changed();
};

// What a rule may look at. `full` is the evaluation over all data at theta, already computed for the record.
struct StepInput {
  const Model& model;
  const Dataset& data;
  const Evaluation& full;
  double tau;
  ThreadPool& pool;
};

class Optimizer {
 public:
  virtual ~Optimizer() = default;

  // Whether this memory has the shapes that step() relies on, where it was not this rule that left it: what a
  // file says may be anything. Vectors and epoch have been looked at (core/run/past.cpp).
  virtual bool takes(const OptimizerState& memory, const StepInput&) const { return memory.sums.size() == 0; }

  // One update of theta. Entries of blocks that are not learned must stay as they are.
  virtual void step(const StepInput& input, Theta& theta, OptimizerState& optimizer_state,
                    Random& random) const = 0;
};

// The keys of the rule and of its learning rate.
inline constexpr const char *kRuleKey = "optimizer.method", *kRateKey = "optimizer.learning_rate";

// What a rule needs of a model besides J and its gradient.
enum class RuleNeed : std::uint8_t {
  nothing,
  m_step,        // of responsibilities
  point_sums,    // an M-step of sums over points, which can be weighed anew or taken a few at a time
  weights,       // of a mixture, as parameters
  mini_batches,  // J of a few points
  value_step,    // the best values for the present routing
  bound,         // a parabola above J
  small_system,  // one of those that rules are compared on
};

struct OptimizerType {
  std::string id;       // "gd"
  std::string label;    // "GD"
  std::string help;     // one sentence
  std::string formula;  // TeX, true of every model; a lab may say it of its own parameters (Lab::formula)
  std::vector<Parameter>
      parameters;  // optimizer.* keys it reads; keys shared by rules are declared in common.h

  RuleNeed needs = RuleNeed::nothing;
  bool is_descent = false;    // goes along the gradient, without a measure of its own of how far
  bool follows_flow = false;  // steps along -dJ/dtheta alone: what gradient flow keeps, they keep but for eta
  bool relaxes_em = false;    // its step is eta times that of EM; above 1 it is over-relaxed
  bool decay_in_formula = false;  // `formula` has the weight decay already
  bool keeps_means = false;  // takes the mean off every block's gradient, so that the block keeps its own
  // One sentence why the rule does not apply to this model, empty when it does; it offers the next best.
  std::string (*unavailable)(const Model& model);
  std::unique_ptr<Optimizer> (*make)(const Config& config);
};

// Whether the rule reads this key of [optimizer].
bool reads(const OptimizerType& rule, std::string_view key);

const std::vector<OptimizerType>& optimizers();
const OptimizerType* find_optimizer(const std::string& id);  // null when unknown
// The ids of the rules that the window compares unless the user chooses others.
const std::vector<std::string>& rules_to_compare();

// The parameter descriptions of [optimizer], for all rules, with `unavailable` filled in by which rule reads
// which key; what a rule says of a key of its own by `unavailable` holds under that rule. Rules that need
// what is `lacking` in all models of the lab read nothing there and are foreign choices, so that no message
// advises one of them.
std::vector<Parameter> optimizer_parameters(std::vector<RuleNeed> lacking);

}  // namespace iem
