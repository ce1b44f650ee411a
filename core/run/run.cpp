#include "core/run/run.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/base/check.h"
#include "core/base/libm.h"
#include "core/config/common_parameters.h"
#include "core/data/source.h"
#include "core/run/fault.h"
#include "core/run/inline_points.h"
#include "core/run/problem.h"

namespace iem {
namespace {

// Makes the model and the rule for a configuration; throws InputError at a key that does not fit the others.
void build(Setup& setup) {
  const Config& config = setup.config();
  setup.model = setup.problem().make_model(config, *setup.data);
  const OptimizerType* type = find_optimizer(config.text("optimizer.method"));
  IEM_CHECK(type != nullptr);
  const std::string reason = type->unavailable(*setup.model);
  if (!reason.empty()) throw config.error("optimizer.method", reason);
  setup.optimizer = type->make(config);
  setup.tau = Temperature(config);
  setup.stop = StopConditions(config);
}

// Sets a block of the state to a value; a number counts as a block of one entry.
void move_state(const Model& model, const std::string& block, const Value& value, RunState& state) {
  NamedTensor given{block, {}};
  if (const auto* tensor = std::get_if<Tensor>(&value))
    given.tensor = *tensor;
  else if (const auto* number = std::get_if<double>(&value))
    given.tensor.data = {*number};
  else if (const auto* whole = std::get_if<std::int64_t>(&value))
    given.tensor.data = {static_cast<double>(*whole)};
  else
    throw InputError("state." + block + ": must be a number or a list of numbers");
  const Theta before = state.theta;
  state.theta = model.from_natural(state.theta, {given});
  model.project(state.theta);
  state.optimizer_state.theta_edited(before, state.theta);
}

// Whether a value moves the state: an empty list, which means "not given", does not.
bool moves(const Value& value) {
  const auto* tensor = std::get_if<Tensor>(&value);
  return !tensor || !tensor->data.empty();
}

// Whether two layouts have the same blocks, so that every entry of theta keeps its meaning.
bool same_blocks(const Layout& a, const Layout& b) {
  return std::ranges::equal(a.blocks(), b.blocks(), [](const Block& x, const Block& y) {
    return x.name == y.name && x.rows == y.rows && x.columns == y.columns;
  });
}

// A choice outside of [data] that brings its own points changes the subject of the scene, which is then named
// after the choice.
void name_by_choice(Scene& scene, const Parameter& parameter) {
  const auto chosen = std::ranges::find(parameter.choices, scene.config.text(parameter.key));
  const auto place = static_cast<std::size_t>(chosen - parameter.choices.begin());
  scene.title = place < parameter.choice_labels.size() ? parameter.choice_labels[place] : *chosen;
  scene.description.clear();
  scene.look_for.clear();
}

// Sets one key, before anything is made of it.
void set_key(Setup& setup, const Edit& edit, const Scene& origin) {
  setup.scene.config.set(edit.key, edit.value);
  const Parameter& parameter = *setup.config().table().find(edit.key);
  if (parameter.effect != Effect::data) return;
  name_by_points(setup.scene, origin);
  if (parameter.kind == ParameterKind::choice && !parameter.key.starts_with("data."))
    name_by_choice(setup.scene, parameter);
}

void make_data(Setup& setup) {
  setup.data = std::make_shared<const Dataset>(make_dataset(setup.config(), setup.scene.folder));
}

bool has_block(const Model& model, const std::string& name) {
  return std::ranges::any_of(model.layout().blocks(), [&](const Block& b) { return b.name == name; });
}

}  // namespace

Temperature::Temperature(const Config& config) {
  if (!config.table().find("model.temperature")) return;
  begin = config.real("model.temperature");
  end = config.real("schedule.temperature_end");
  decay = config.real("schedule.temperature_decay");
}

double Temperature::at(std::int64_t step) const {
  return decay == 1 ? begin : std::max(end, begin * libm::pow(decay, static_cast<double>(step)));
}

bool changes_run(const Parameter& parameter) {
  return parameter.effect != Effect::view && parameter.effect != Effect::start;
}

std::optional<Divergence> examined(const Model& model, const RunState& state, const Evaluation& evaluation) {
  std::string quantity = fault_of(model, state.theta, evaluation);
  if (quantity.empty()) return std::nullopt;
  Divergence out{state.step, std::move(quantity)};
  if (out.quantity == "loss") out.reason = model.why_no_loss(state.theta);
  for (const Block& block : model.layout().blocks()) {
    if (block.name != out.quantity) continue;
    for (Eigen::Index i = block.size() - 1; i >= 0; --i) {
      const double value = state.theta[block.offset + i];
      if (std::isfinite(value)) continue;
      out.row = static_cast<int>(i / block.columns);
      out.undefined = std::isnan(value);
    }
  }
  return out;
}

StopConditions::StopConditions(const Config& config)
    : grad_norm(config.real("schedule.stop_grad_norm")),
      loss_change(config.real("schedule.stop_loss_change")) {}

StepResult StopConditions::met(const Evaluation& evaluation, double loss_before) const {
  if (!evaluation.has_loss) return StepResult::stepped;
  if (grad_norm > 0 && evaluation.gradient_norm() <= grad_norm) return StepResult::grad_norm;
  if (loss_change > 0 && std::abs(evaluation.loss - loss_before) <= loss_change)
    return StepResult::loss_change;
  return StepResult::stepped;
}

// evaluate -> optimise -> evaluate
std::optional<Divergence> advance(const Setup& setup, Temperatures tau, RunState& state,
                                  Evaluation& evaluation, ThreadPool& pool, Wanted wanted) {
  const Model& model = *setup.model;
  const Dataset& data = *setup.data;
  const bool drifts = model.reports_drift();
  if (drifts) state.previous = state.theta;
  if (data.size() > 0)  // without data the curves are all there is
    setup.optimizer->step({model, data, evaluation, tau.now, pool}, state.theta, state.optimizer_state,
                          state.batch_random);
  model.project(state.theta);
  ++state.optimizer_state.count;
  ++state.step;
  if (drifts) {
    const Evaluation before = std::move(evaluation);
    evaluation = {};
    model.evaluate_after({state.previous, tau.now, before}, state.theta, tau.next, data, pool, evaluation);
  } else {
    model.evaluate(state.theta, tau.next, data, {}, wanted, pool, evaluation);
  }
  return examined(model, state, evaluation);
}

Run::Run(Scene scene, std::shared_ptr<ThreadPool> pool, std::size_t keyframe_bytes)
    : origin_(scene),
      pool_(std::move(pool)),
      timeline_(keyframe_bytes) {
  auto setup = std::make_shared<Setup>(Setup{std::move(scene), nullptr, nullptr, nullptr});
  const Config& config = setup->config();
  IEM_CHECK(setup->scene.problem != nullptr);
  make_data(*setup);
  build(*setup);
  state_.init_random = Random(stream_seed(config, "init"));
  state_.batch_random = Random(stream_seed(config, "batch"));
  state_.theta = setup->problem().initial_theta(config, *setup->model, *setup->data, state_.init_random);
  setup->model->project(state_.theta);
  setup_ = std::move(setup);
  evaluate();
  record();
  timeline_.keep(state_, setup_, true);
}

// Evaluates the present state. A state that is not finite is recorded as a divergence at its own step.
void Run::evaluate() {
  const Model& model = *setup_->model;
  if (!model.reports_drift() || state_.previous.size() != state_.theta.size() || state_.step == 0) {
    model.evaluate(state_.theta, temperature(), *setup_->data, {}, Wanted::sums, *pool_, evaluation_);
  } else {
    const double tau = setup_->temperature(state_.step - 1);
    Evaluation before;
    model.evaluate(state_.previous, tau, *setup_->data, {}, Wanted::sums, *pool_, before);
    model.evaluate_after({state_.previous, tau, before}, state_.theta, temperature(), *setup_->data, *pool_,
                         evaluation_);
  }
  divergence_ = examined(model, state_, evaluation_);
}

std::vector<double> Run::row() const {
  std::vector<double> row = {evaluation_.loss, evaluation_.gradient_norm()};
  row.insert(row.end(), evaluation_.metrics.begin(), evaluation_.metrics.end());
  return row;
}

std::vector<double> Run::trail() const {
  return setup_->problem().trail(*setup_->model, state_.theta, evaluation_);
}

void Run::record(bool keep) { history_.record(state_.step, row(), trail(), keep); }

History Run::history_here() const {
  History out = history_;
  if (!out.has(state_.step)) out.show(state_.step, row(), trail());
  return out;
}

// The history up to the present step. Steps just before it that were thinned out are made again, so that what
// is kept depends on the run alone and not on where it had been before it came back here.
History Run::history_so_far() const {
  History out = history_;
  out.truncate(state_.step);
  if (out.size() > state_.step) return out;
  Run again = *this;
  again.history_ = std::move(out);
  again.load(timeline_.at_or_before(again.history_.size() - 1));
  while (again.state_.step < state_.step)
    IEM_CHECK(again.step() != StepResult::non_finite);  // the state here was reached that way
  return again.history_;
}

// All or nothing: a step that throws leaves the run where it was.
StepResult Run::step() {
  if (is_broken(*this)) return StepResult::non_finite;
  state_before_ = state_;
  evaluation_before_ = evaluation_;
  const std::shared_ptr<const Setup> setup = setup_;
  try {
    return try_step();
  } catch (...) {
    std::swap(state_, state_before_);
    setup_ = setup;
    std::swap(evaluation_, evaluation_before_);
    throw;
  }
}

StepResult Run::try_step() {
  divergence_ =
      advance(*setup_, {temperature(), setup_->temperature(state_.step + 1)}, state_, evaluation_, *pool_);
  if (divergence_) {
    std::swap(state_, state_before_);
    std::swap(evaluation_, evaluation_before_);
    return StepResult::non_finite;
  }
  adopt_edits();
  if (state_.step >= history_.size()) record();
  timeline_.keep(state_, setup_, false);
  return setup_->stop.met(evaluation_, evaluation_before_.loss);
}

void Run::load(const Keyframe& frame) {
  state_ = frame.state;
  setup_ = frame.setup;
  evaluate();
}

// A pinned keyframe holds the state after the edits that were made at its step.
void Run::adopt_edits() {
  if (timeline_.frames().rbegin()->first < state_.step) return;
  const Keyframe& frame = timeline_.at_or_before(state_.step);
  if (frame.pinned && frame.state.step == state_.step) load(frame);
}

bool Run::seek(std::int64_t step, const GoesOn& goes_on) {
  step = std::max<std::int64_t>(step, 0);
  if (!is_broken(*this)) divergence_.reset();
  if (step == state_.step) return true;
  if (step < first_kept() && !take_past() && !replay_past(goes_on)) return false;
  const Keyframe& frame = timeline_.at_or_before(step);
  if (step < state_.step || frame.state.step > state_.step) load(frame);
  while (state_.step < step) {
    if (goes_on && !goes_on()) return false;
    if (this->step() == StepResult::non_finite) break;
  }
  return true;
}

void Run::apply(Edit edit) {
  require_past();
  edit.step = state_.step;
  // A single number is logged as a number, as a file would write it.
  if (const auto* tensor = std::get_if<Tensor>(&edit.value)) {
    const bool number = tensor->shape.empty() && tensor->data.size() == 1;
    if (const double value = number ? tensor->data[0] : 0; number) edit.value = value;
  }
  RunState state = state_;
  std::shared_ptr<const Setup> setup = edit.is_state() ? setup_ : with_setting(edit, state);
  if (edit.is_state()) apply_to_state(edit, state);
  const Parameter* parameter = edit.is_state() ? nullptr : setup->config().table().find(edit.key);
  if (parameter && !changes_run(*parameter)) {
    setup_ = std::move(setup);
    return reconfigure(edit);
  }
  history_ = history_so_far();
  setup_ = std::move(setup);
  state_ = std::move(state);
  evaluate();
  timeline_.truncate(state_.step);
  timeline_.keep(state_, setup_, true);
  std::erase_if(edits_, [&](const Edit& e) { return e.step > state_.step; });
  edits_.push_back(std::move(edit));
  record(true);
}

void Run::reconfigure(const Edit& edit) {
  timeline_.keep(state_, setup_, true);
  // The steps known from here on get the key too: scrubbing must not lose it.
  std::map<const Setup*, std::shared_ptr<const Setup>> changed;  // frames between two edits share a setup
  timeline_.revise(state_.step + 1, [&](const Setup& old) {
    auto& fresh = changed[&old];
    if (fresh) return fresh;
    auto copy = std::make_shared<Setup>(old);
    copy->scene.config.set(edit.key, edit.value);
    return fresh = std::move(copy);
  });
  if (setup_->config().table().find(edit.key)->effect != Effect::start) return;
  // The edit replaces all edits of this key at later steps; the log stays in the order of steps.
  std::erase_if(edits_, [&](const Edit& e) { return e.key == edit.key && e.step > edit.step; });
  const auto after = std::upper_bound(edits_.begin(), edits_.end(), edit.step,
                                      [](std::int64_t step, const Edit& e) { return step < e.step; });
  edits_.insert(after, edit);
}

void Run::apply_to_state(const Edit& edit, RunState& state) const {
  move_state(*setup_->model, edit.key.substr(6), edit.value, state);
}

// The setup after all these edits. Points and model are made only where what they are made of is complete,
// since a drag is many edits.
std::shared_ptr<const Setup> Run::setup_after(const Scene& origin, const Checkpoint& checkpoint) {
  auto setup = std::make_shared<Setup>(Setup{origin, nullptr, nullptr, nullptr});
  IEM_CHECK(origin.problem != nullptr);
  bool data_due = true, model_due = true;
  const auto make = [&](bool all) {
    if (std::exchange(data_due, false)) {
      make_data(*setup);
      if (checkpoint.making) checkpoint.making(setup->data);
    }
    if (all && std::exchange(model_due, false)) build(*setup);
  };
  for (const Edit& edit : checkpoint.edits) {
    if (edit.is_state()) continue;
    const Parameter* parameter = setup->config().table().find(edit.key);
    if (!parameter) throw InputError(edit.key + ": unknown key");
    // What a key does not change is made of the values that it had.
    if (parameter->effect != Effect::data) make(!changes_run(*parameter));
    set_key(*setup, edit, origin);
    data_due |= parameter->effect == Effect::data;
    model_due |= changes_run(*parameter);
  }
  make(true);
  return setup;
}

// The setup after a change of one key, and the state carried over to it.
std::shared_ptr<const Setup> Run::with_setting(const Edit& edit, RunState& state) const {
  auto setup = std::make_shared<Setup>(*setup_);
  set_key(*setup, edit, origin_);
  const Parameter* parameter = setup->config().table().find(edit.key);
  if (!changes_run(*parameter)) return setup;
  if (parameter->effect == Effect::data) make_data(*setup);
  build(*setup);
  const bool same_shape =
      setup->model->layout().size() == state.theta.size() &&
      (parameter->effect != Effect::data || same_blocks(setup->model->layout(), setup_->model->layout()));
  if (parameter->effect == Effect::structure || !same_shape) {
    state.theta = setup->problem().convert(state.theta, *setup_, *setup, state.init_random);
    state.optimizer_state = {};
    state.previous.resize(0);
  }
  if (parameter->effect == Effect::rule) state.optimizer_state = {};
  if (!parameter->state.empty() && has_block(*setup->model, parameter->state) && moves(edit.value))
    move_state(*setup->model, parameter->state, setup->config().value(edit.key), state);
  if (parameter->effect == Effect::objective) state.optimizer_state.model_changed();
  if (parameter->effect == Effect::data) state.optimizer_state.data_changed();
  const Theta before = state.theta;
  setup->model->project(state.theta);
  state.optimizer_state.theta_edited(before, state.theta);  // where a floor has been raised
  return setup;
}

}  // namespace iem
