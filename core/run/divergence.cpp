#include "core/run/divergence.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/math/spread.h"
#include "core/optimize/optimizer.h"
#include "core/run/fault.h"

namespace iem {
namespace {

constexpr double kUnlike = 5;  // times: scales that one learning rate does not suit
constexpr const char *kStandardise = "data.standardise", *kReg = "optimizer.reg_covar",
                     *kFloor = "model.sigma_floor";

bool axes_are_unlike(const Dataset& data) {
  if (data.size() == 0 || data.dimension() != 2) return false;
  const double x = spread(data.points.col(0)), y = spread(data.points.col(1));
  return std::max(x, y) > kUnlike * std::min(x, y) && std::min(x, y) > 0;
}

// Whether standardising is a remedy. It is not with given means, which are in the data's own units and would
// stay where they are.
bool can_standardise(const Config& config) {
  if (!config.table().find(kStandardise) || config.flag(kStandardise)) return false;
  return !config.table().find("model.init") || config.text("model.init") != "explicit";
}

// Whether an M-step has made a covariance singular: adding a number to its diagonal prevents that.
bool became_singular(const Divergence& divergence) {
  return divergence.quantity == "covariances" && divergence.row >= 0 && divergence.undefined;
}

std::string named_covariance(const Config& config, const Divergence& divergence) {
  const bool shared = config.text("model.covariance") == "tied";
  return shared ? std::string("the shared covariance")
                : "the covariance of component " + std::to_string(divergence.row + 1);
}

// Whether a step of more than EM's own is to blame: with a rate of 1 the covariances stay what they should
// be.
bool went_past_em(const Setup& setup, const RunState& state, const Evaluation& at_state) {
  const Config& config = setup.config();
  const OptimizerType* rule = find_optimizer(config.text(kRuleKey));
  if (!rule || !rule->relaxes_em || config.real(kRateKey) <= 1) return false;
  ThreadPool alone(1);
  return setup.model
      ->em_target(state.theta, setup.temperature(state.step), *setup.data, at_state, config.real(kReg), alone)
      .allFinite();
}

// A millionth of the data's variance, as a power of ten.
double little_variance(const Dataset& data) {
  double most = 0;
  for (Eigen::Index axis = 0; axis < data.points.cols(); ++axis)
    most = std::max(most, spread(data.points.col(axis)));
  const double exponent = most > 0 ? std::floor(2 * libm::log10(most)) - 6 : -6;
  return libm::pow(10, std::clamp(exponent, -300.0, 300.0));
}

bool rule_reads(const Config& config, const char* key) {
  const OptimizerType* rule = find_optimizer(config.text(kRuleKey));
  return rule && reads(*rule, key);
}

// The diagnosis and remedy of a covariance that an M-step made none.
void diagnose_covariance(const Setup& setup, const RunState& state, const Evaluation& at_state,
                         const Divergence& divergence, Diagnosis& d) {
  const Config& config = setup.config();
  d.component = divergence.row;
  const std::string covariance = named_covariance(config, divergence);
  if (went_past_em(setup, state, at_state)) {
    d.text += ": the step, " + exact_number(config.real(kRateKey)) + " times that of EM, went past what " +
              covariance + " can be";
    d.remedy = "Take a learning rate of 1";
    d.edits = {{kRateKey, 1.0}};
    return;
  }
  d.text += ": " + covariance + " is singular: its points lie on a line, or are one point";
  const double least =
      std::max(little_variance(*setup.data), rule_reads(config, kReg) ? 10 * config.real(kReg) : 0);
  if (rule_reads(config, kReg)) {
    d.remedy = "Add a little to the diagonal";
    d.edits = {{kReg, number_as_read(least)}};
  } else {
    d.remedy = "Set a smallest spread";
    d.edits = {{kFloor, number_as_read(std::sqrt(least))}};
  }
}

Diagnosis diagnosed(const Setup& setup, const RunState& state, const Evaluation& at_state,
                    const Divergence& divergence) {
  Diagnosis d{kDivergedKind, -1, {}, {}, {}};
  d.text = "the run became non-finite at step " + std::to_string(divergence.step) + " (" +
           divergence.quantity + ")";
  if (divergence.step == state.step && divergence.quantity == "loss") {
    ThreadPool alone(1);
    const std::string point =
        fault_point(*setup.model, state.theta, setup.temperature(state.step), *setup.data, alone);
    if (!point.empty()) d.text += ": " + point;
  }
  if (!divergence.reason.empty()) d.text += ": " + divergence.reason;
  const Config& config = setup.config();
  if (became_singular(divergence)) {
    diagnose_covariance(setup, state, at_state, divergence, d);
  } else if (axes_are_unlike(*setup.data) && can_standardise(config)) {
    d.remedy = "Standardise the data";
    d.edits = {{kStandardise, true}};
  } else if (divergence.step > 0 && rule_reads(config, kRateKey)) {
    d.remedy = "Take a tenth of the learning rate";
    d.edits = {{kRateKey, number_as_read(config.real(kRateKey) / 10)}};
  }
  return d;
}

}  // namespace

std::vector<Diagnosis> diagnose_divergence(const Snapshot& s) {
  if (!s.divergence) return {};
  return {diagnosed(*s.setup, s.state, s.evaluation, *s.divergence)};
}

bool is_broken(const Snapshot& s) { return s.divergence && s.divergence->step == s.state.step; }

std::string what_is_left(const RunState& state, const Divergence& divergence) {
  if (divergence.step == state.step) return "no step leads on from here";
  return "step " + std::to_string(state.step) + " is the last finite state";
}

std::string divergence_line(const Run& run) {
  Diagnosis d = diagnosed(run.setup(), run.state(), run.evaluation(), *run.divergence());
  std::string out = d.text;
  if (!is_broken(run)) out += ": " + what_is_left(run.state(), *run.divergence());
  if (d.edits.empty()) return out;
  d.remedy[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(d.remedy[0])));
  return out + "; " + d.remedy + " (" + d.edits[0].key + " = " + to_toml(d.edits[0].value) + ")";
}

}  // namespace iem
