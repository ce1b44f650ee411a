#include "core/lab/divergence.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/run/fault.h"

namespace iem {
namespace {

constexpr double kUnlike = 5;  // times: scales that one learning rate does not suit
constexpr const char *kRate = "optimizer.learning_rate", *kStandardise = "data.standardise";

// Standard deviation relative to the largest magnitude, and that magnitude: squares of huge numbers overflow.
double spread(const Eigen::VectorXd& values) {
  const double size = values.cwiseAbs().maxCoeff();
  if (!(size > 0)) return 0;
  const Eigen::ArrayXd scaled = values.array() / size;
  return std::sqrt((scaled - scaled.mean()).square().mean()) * size;
}

bool axes_are_unlike(const Dataset& data) {
  if (data.size() == 0 || data.dimension() != 2) return false;
  const double x = spread(data.points.col(0)), y = spread(data.points.col(1));
  return std::max(x, y) > kUnlike * std::min(x, y) && std::min(x, y) > 0;
}

// Means that are given are in the data's own units and would stay where they are.
bool can_standardise(const Config& config) {
  if (!config.table().find(kStandardise) || config.flag(kStandardise)) return false;
  return !config.table().find("model.init") || config.text("model.init") != "explicit";
}

bool has_rate(const Config& config) {
  const OptimizerType* rule = find_optimizer(config.text("optimizer.method"));
  const auto is_rate = [](const Parameter& p) { return p.key == kRate; };
  return rule && std::ranges::any_of(rule->parameters, is_rate);
}

Diagnosis diagnosed(const Setup& setup, const RunState& state, const Divergence& divergence) {
  Diagnosis d{kDivergedKind, -1, {}, {}, {}};
  d.text = "the run became non-finite at step " + std::to_string(divergence.step) + " (" +
           divergence.quantity + ")";
  if (divergence.step == state.step && divergence.quantity == "loss") {
    ThreadPool alone(1);
    const std::string point =
        fault_point(*setup.model, state.theta, setup.temperature(state.step), *setup.data, alone);
    if (!point.empty()) d.text += ": " + point;
  }
  const Config& config = setup.config();
  if (axes_are_unlike(*setup.data) && can_standardise(config)) {
    d.remedy = "Standardise the data";
    d.edits = {{kStandardise, true}};
  } else if (divergence.step > 0 && has_rate(config)) {
    d.remedy = "Take a tenth of the learning rate";
    d.edits = {{kRate, config.real(kRate) / 10}};
  }
  return d;
}

}  // namespace

std::vector<Diagnosis> diagnose_divergence(const Snapshot& s) {
  if (!s.divergence) return {};
  return {diagnosed(*s.setup, s.state, *s.divergence)};
}

bool is_broken(const Snapshot& s) { return s.divergence && s.divergence->step == s.state.step; }

std::string what_is_left(const RunState& state, const Divergence& divergence) {
  if (divergence.step == state.step) return "no step leads on from here";
  return "step " + std::to_string(state.step) + " is the last finite state";
}

std::string divergence_line(const Run& run) {
  Diagnosis d = diagnosed(run.setup(), run.state(), *run.divergence());
  std::string out = d.text;
  if (!is_broken(run)) out += ": " + what_is_left(run.state(), *run.divergence());
  if (d.edits.empty()) return out;
  d.remedy[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(d.remedy[0])));
  return out + "; " + d.remedy + " (" + d.edits[0].key + " = " + to_toml(d.edits[0].value) + ")";
}

}  // namespace iem
