#include "core/expression/evaluator.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/utf8.h"
#include "core/config/assignment.h"
#include "core/config/idle_keys.h"
#include "core/expression/functions.h"
#include "core/run/fault.h"
#include "core/run/problem.h"

namespace iem {
namespace {

constexpr std::size_t kSmallNumbers = 4096;              // a list up to this length is remembered
constexpr std::size_t kMostNumbers = 4'000'000;          // in one list
constexpr std::size_t kRunBytes = std::size_t{8} << 20;  // of keyframes, each run
constexpr std::int64_t kStepsToAtMost = 10'000;
const double kNan = std::numeric_limits<double>::quiet_NaN();

std::int64_t end_of(const Run& run) {
  const std::int64_t stop = run.setup().config().integer("schedule.stop_steps");
  return stop > 0 ? stop : 100;
}

std::vector<std::string> known_names(const Run& run) {
  std::vector<std::string> names = {"step", "end", "loss", "grad_norm", "temperature"};
  for (const std::string& id : run.setup().model->metric_ids()) names.push_back(id);
  for (const Metric& metric : run.setup().problem().metrics()) names.push_back(metric.id);
  for (const NamedTensor& block : run.setup().model->natural(run.state().theta)) names.push_back(block.name);
  for (const Block& block : run.setup().model->layout().blocks()) names.push_back("gradient." + block.name);
  for (const std::string& function : expression_functions()) names.push_back(function);
  return names;
}

InputError unknown(const std::string& name, const Run& run) {
  const std::string near = nearest_word(name, known_names(run));
  return InputError("there is no number " + printable(name) + " in the " + run.setup().problem().id() +
                    " lab" + (near.empty() ? "" : "; did you mean " + near + "?"));
}

// dJ/dtheta of a block, rows by columns as theta holds it.
Tensor gradient_of(const std::string& block, const Run& run) {
  for (const Block& b : run.setup().model->layout().blocks()) {
    if (b.name != block) continue;
    const auto from = run.evaluation().gradient.segment(b.offset, b.size());
    return {{b.rows, b.columns}, {from.begin(), from.end()}};
  }
  throw unknown("gradient." + block, run);
}

// A setting that is a number or a list of numbers.
Tensor setting_of(const Parameter& key, const Run& run) {
  const Config& config = run.setup().config();
  if (key.kind == ParameterKind::real) return scalar(config.real(key.key));
  if (key.kind == ParameterKind::integer) return scalar(static_cast<double>(config.integer(key.key)));
  if (key.kind == ParameterKind::boolean) return scalar(config.flag(key.key) ? 1 : 0);
  if (key.kind == ParameterKind::tensor) return config.tensor(key.key);
  throw InputError(key.key + " is no number");
}

Tensor metric_value(const Metric& metric, std::span<const double> arguments, const Run& run) {
  if (arguments.size() != metric.arguments.size())
    throw InputError(metric.id + " takes " + std::to_string(metric.arguments.size()) + " arguments, not " +
                     std::to_string(arguments.size()));
  const std::string why = metric.unavailable ? metric.unavailable(run) : "";
  if (!why.empty()) throw InputError(metric.id + ": " + why);
  return metric.value(run, arguments);
}

Tensor read_off(const std::string& name, std::span<const double> arguments, const Run& run) {
  const Evaluation& now = run.evaluation();
  const auto& metrics = run.setup().problem().metrics();
  const auto metric = std::ranges::find(metrics, name, &Metric::id);
  if (metric != metrics.end()) return metric_value(*metric, arguments, run);
  if (!arguments.empty()) throw unknown(name + "(...)", run);
  if (name == "step") return scalar(static_cast<double>(run.state().step));
  if (name == "end") return scalar(static_cast<double>(end_of(run)));
  if (name == "loss") return scalar(now.has_loss ? now.loss : kNan);
  if (name == "grad_norm") return scalar(now.gradient_norm());
  if (name == "temperature") return scalar(run.temperature());
  // A metric of the model, in a lab that does not list its metrics.
  const std::vector<std::string> ids = run.setup().model->metric_ids();
  const auto cheap = std::ranges::find(ids, name) - ids.begin();
  if (cheap < now.metrics.size()) return scalar(now.metrics[cheap]);
  for (NamedTensor& block : run.setup().model->natural(run.state().theta))
    if (block.name == name) return std::move(block.tensor);
  if (name.starts_with("gradient.")) return gradient_of(name.substr(9), run);
  if (const Parameter* key = run.setup().config().table().find(name)) return setting_of(*key, run);
  throw unknown(name, run);
}

}  // namespace

bool makes_runs(const Expression& expression) {
  using Kind = Expression::Kind;
  if (expression.kind == Kind::at || expression.kind == Kind::with) return true;
  const bool looks_for = expression.name == "steps_to" || expression.name == "over";
  return (expression.kind == Kind::call && looks_for) || std::ranges::any_of(expression.parts, makes_runs);
}

Evaluator::Evaluator(const Run& run, std::function<bool()> stopped)
    : origin_(run),
      stopped_(std::move(stopped)) {
  runs_.emplace("", run);
}

Tensor Evaluator::value(const Expression& expression) {
  return value(expression, {"", {}, origin_.state().step});
}

Tensor Evaluator::value(const Expression& e, const Place& at) {
  const auto parts = [&] {
    std::vector<Tensor> out;
    for (const Expression& part : e.parts) out.push_back(value(part, at));
    return out;
  };
  switch (e.kind) {
    case Expression::Kind::number: return scalar(e.number);
    case Expression::Kind::list: return stacked(parts());
    case Expression::Kind::name: return name_value(e.name, {}, at);
    case Expression::Kind::call: return call_value(e, at);
    case Expression::Kind::apply: return apply_operator(e.name, parts());
    case Expression::Kind::at: {
      Place there = at;
      there.step = step_value(e.parts[1], at);
      return value(e.parts[0], there);
    }
    case Expression::Kind::with: return value(e.parts[0], changed(at, e.changes));
    case Expression::Kind::index: {
      std::vector<Tensor> indices = parts();
      const Tensor of = std::move(indices.front());
      indices.erase(indices.begin());
      return part_of(of, indices);
    }
  }
  return {};
}

Tensor Evaluator::name_value(const std::string& name, std::span<const double> arguments, const Place& at) {
  std::string key = at.run + "@" + std::to_string(at.step) + " " + name;
  for (const double argument : arguments) key += "," + to_toml(argument);
  if (const auto met = known_.find(key); met != known_.end()) return met->second;
  const Run& run = run_at(at);
  // A run that has become non-finite before this step has no value here. It is read all the same, so that an
  // unknown name is an error, and replaced by nan.
  Tensor out = read_off(name, arguments, run);
  if (run.state().step != at.step || is_broken(run)) std::ranges::fill(out.data, kNan);
  if (out.data.size() > kMostNumbers) throw InputError(name + " is too long a list here");
  if (out.data.size() <= kSmallNumbers) known_.emplace(std::move(key), out);
  return out;
}

Tensor Evaluator::call_value(const Expression& e, const Place& at) {
  if (e.name == "steps_to") return steps_to(e, at);
  if (e.name == "over") return over(e, at);
  const auto& functions = expression_functions();
  std::vector<Tensor> arguments;
  for (const Expression& part : e.parts) arguments.push_back(value(part, at));
  if (std::ranges::find(functions, e.name) != functions.end()) return apply_function(e.name, arguments);
  std::vector<double> numbers;
  for (const Tensor& argument : arguments) {
    if (!is_scalar(argument)) throw InputError(printable(e.name) + " takes single numbers");
    numbers.push_back(argument.data[0]);
  }
  return name_value(e.name, numbers, at);
}

Tensor Evaluator::steps_to(const Expression& e, const Place& at) {
  if (e.parts.size() > 2) throw InputError("steps_to takes a condition and how many steps to try at most");
  const std::int64_t most = e.parts.size() == 2 ? step_value(e.parts[1], at) : kStepsToAtMost;
  Place there = at;
  for (there.step = 0; there.step <= most; ++there.step) {
    if (holds(value(e.parts[0], there))) return scalar(static_cast<double>(there.step));
    if (run_at(there).state().step < there.step) break;  // it became non-finite
  }
  return scalar(kNan);
}

Tensor Evaluator::over(const Expression& e, const Place& at) {
  if (e.parts.size() != 3) throw InputError("over takes an expression, a first and a last step");
  const std::int64_t first = step_value(e.parts[1], at), last = step_value(e.parts[2], at);
  std::vector<Tensor> rows;
  std::size_t numbers = 0;
  Place there = at;
  for (there.step = first; there.step <= last; ++there.step) {
    rows.push_back(value(e.parts[0], there));
    numbers += rows.back().data.size();
    if (numbers > kMostNumbers) throw InputError("over makes too long a list here");
  }
  return stacked(rows);
}

std::int64_t Evaluator::step_value(const Expression& e, const Place& at) {
  const Tensor step = value(e, at);
  const double number = is_scalar(step) ? step.data[0] : kNan;
  if (!(number >= 0 && number == std::floor(number)))
    throw InputError("a step must be a whole number, 0 or more");
  if (number > static_cast<double>(kMostSteps))
    throw InputError("a step must be at most " + std::to_string(kMostSteps));
  return static_cast<std::int64_t>(number);
}

Evaluator::Place Evaluator::changed(const Place& at, const std::vector<Expression::Change>& changes) const {
  Place out = at;
  for (const Expression::Change& change : changes) {
    out.changes.push_back(change);
    out.run += (change.step ? std::to_string(*change.step) + ":" : "") + change.assignment + "\n";
  }
  return out;
}

Run& Evaluator::run_at(const Place& at) {
  Run& run = run_of(at);
  advance(run, at.step);
  return run;
}

Run& Evaluator::run_of(const Place& at) {
  const auto found = runs_.find(at.run);
  return found != runs_.end() ? found->second : runs_.emplace(at.run, fresh(at)).first->second;
}

// From the scene as it was opened, with the settings changed first and then the edits on the way.
Run Evaluator::fresh(const Place& at) {
  const auto assignment = [](const Expression::Change& change) {
    return parse_assignment(change.assignment, "with");
  };
  Scene scene = origin_.origin();
  std::vector<std::string> keys;
  for (const Expression::Change& change : at.changes) {
    if (change.step) continue;
    Assignment setting = assignment(change);
    scene.config.set(setting.key, std::move(setting.value), {"with", 0, 0});
    keys.push_back(std::move(setting.key));
  }
  for (const std::string& key : keys) refuse_idle(scene.config, key);
  Run run(std::move(scene), origin_.shared_pool(), kRunBytes);
  std::vector<Expression::Change> edits;
  for (const Expression::Change& change : at.changes)
    if (change.step) edits.push_back(change);
  std::ranges::stable_sort(edits, {}, [](const Expression::Change& change) { return *change.step; });
  for (const Expression::Change& change : edits) {
    advance(run, *change.step);
    Assignment edit = assignment(change);
    run.apply({edit.key, std::move(edit.value)});
  }
  return run;
}

void Evaluator::advance(Run& run, std::int64_t step) {
  if (step < run.state().step) {
    count_step();
    run.seek(step);
  }
  while (run.state().step < step) {
    count_step();
    if (run.step() == StepResult::non_finite) return;
  }
}

void Evaluator::count_step() {
  if (stopped_ && stopped_()) throw EvaluationStopped();
  if (++steps_ > kMostSteps)
    throw InputError("this would take more than " + std::to_string(kMostSteps) + " steps");
}

}  // namespace iem
