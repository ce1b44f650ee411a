#include "core/labs/neighbours/toys/group_nets.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/config/choice.h"
#include "core/data/sources/toy_sources.h"
#include "core/math/linear_algebra.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

constexpr Eigen::Index kMostGroups = 15;
constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

const std::vector<std::string>& group_forms() {
  static const std::vector<std::string> all = {"grouped", "sparse", "plain"};
  return all;
}

std::string norm_id(Eigen::Index group) { return "group_" + std::to_string(group); }

}  // namespace

GroupNets::GroupNets(const ToyType& type, const Config& config, const Dataset& data)
    : Toy(type),
      form_(choice_of<Form>(config, "model.form", group_forms())),
      alpha_(config.real("model.alpha")),
      inputs_(data.dimension() - 1),
      groups_(inputs_ / kGroupSize) {
  if (inputs_ < kGroupSize || inputs_ % kGroupSize != 0 || groups_ > kMostGroups)
    require_columns(config, data, kGroupedInputs + 1,
                    "inputs in groups of four, at most 15 of them, and an output");
  if (form_ == Form::grouped) {
    add_block(config, "u", groups_, 1);
    add_block(config, "v", groups_, kGroupSize);
  } else if (form_ == Form::sparse) {
    add_block(config, "a", groups_, kGroupSize);
    add_block(config, "b", groups_, kGroupSize);
  } else {
    add_block(config, "w", groups_, kGroupSize);
  }
  x_ = data.points.leftCols(inputs_), y_ = data.points.col(inputs_);
  pulls_ = norms(x_.transpose() * y_ / static_cast<double>(data.size()));
  pulls_.maxCoeff(&first_);
  if (config.text("data.source") != "groups" || config.flag("data.standardise")) return;
  const auto weights = true_group_weights(config);
  truth_ = Eigen::Map<const Eigen::VectorXd>(weights.data(), inputs_);
}

Eigen::VectorXd GroupNets::weights(const Theta& theta) const {
  if (form_ == Form::plain) return theta;
  if (form_ == Form::sparse)
    return theta.head(inputs_).array().square() - theta.tail(inputs_).array().square();
  Eigen::VectorXd w(inputs_);
  for (Eigen::Index l = 0; l < groups_; ++l)
    w.segment(l * kGroupSize, kGroupSize) =
        theta[l] * theta[l] * theta.segment(groups_ + l * kGroupSize, kGroupSize);
  return w;
}

Eigen::VectorXd GroupNets::norms(const Eigen::VectorXd& w) const {
  Eigen::VectorXd out(groups_);
  for (Eigen::Index l = 0; l < groups_; ++l) out[l] = w.segment(l * kGroupSize, kGroupSize).norm();
  return out;
}

double GroupNets::error(const Eigen::VectorXd& w) const {
  return truth_ ? (w - *truth_).norm() / truth_->norm() : kNotKnown;
}

Eigen::VectorXd GroupNets::pull(Eigen::Index group) const {
  return x_.middleCols(group * kGroupSize, kGroupSize).transpose() * y_ / static_cast<double>(x_.rows());
}

// While the residual is still y, |v_l| = alpha/sqrt(2) tan(sqrt(2) alpha b_l t).
double GroupNets::leaving_time() const {
  return std::numbers::pi / (2 * std::numbers::sqrt2 * alpha_ * pulls_[first_]);
}

double GroupNets::oracle_error() const {
  if (!truth_) return kNotKnown;
  std::vector<Eigen::Index> on;
  for (Eigen::Index j = 0; j < inputs_; ++j)
    if ((*truth_)[j] != 0) on.push_back(j);
  if (std::ssize(on) > x_.rows()) return kNotKnown;
  Eigen::MatrixXd x(x_.rows(), static_cast<Eigen::Index>(on.size()));
  for (std::size_t k = 0; k < on.size(); ++k) x.col(static_cast<Eigen::Index>(k)) = x_.col(on[k]);
  const Eigen::VectorXd some = solve_semidefinite(x.transpose() * x, x.transpose() * y_);
  Eigen::VectorXd w = Eigen::VectorXd::Zero(inputs_);
  for (std::size_t k = 0; k < on.size(); ++k) w[on[k]] = some[static_cast<Eigen::Index>(k)];
  return error(w);
}

double GroupNets::shortest_error() const {
  if (x_.rows() > inputs_) return kNotKnown;
  return error(x_.transpose() * solve_semidefinite(x_ * x_.transpose(), y_));
}

Theta GroupNets::start(const Config& config) const {
  Theta theta = Theta::Zero(layout_.size());
  const double alpha = config.real("model.alpha");
  if (form_ == Form::grouped) theta.head(groups_).setConstant(alpha);
  if (form_ == Form::sparse) theta.setConstant(alpha);
  return theta;
}

double GroupNets::value(const Theta& theta, const Dataset& rows, Theta& gradient) const {
  const auto n = static_cast<double>(rows.size());
  const auto x = rows.points.leftCols(inputs_);
  const Eigen::VectorXd r = x * weights(theta) - rows.points.col(inputs_), g = x.transpose() * r / n;
  if (form_ == Form::plain) gradient = g;
  if (form_ == Form::sparse) {
    gradient.head(inputs_) = 2 * theta.head(inputs_).array() * g.array();
    gradient.tail(inputs_) = -2 * theta.tail(inputs_).array() * g.array();
  }
  for (Eigen::Index l = 0; form_ == Form::grouped && l < groups_; ++l) {
    const auto part = g.segment(l * kGroupSize, kGroupSize);
    gradient[l] = 2 * theta[l] * theta.segment(groups_ + l * kGroupSize, kGroupSize).dot(part);
    gradient.segment(groups_ + l * kGroupSize, kGroupSize) = theta[l] * theta[l] * part;
  }
  return 0.5 * r.squaredNorm() / n;
}

Dual GroupNets::definition(std::span<const Dual> theta, const Dataset& rows) const {
  const auto inputs = static_cast<std::size_t>(inputs_), groups = static_cast<std::size_t>(groups_);
  std::vector<Dual> w(inputs);
  for (std::size_t j = 0; j < inputs; ++j) {
    const Dual& u = theta[j / kGroupSize];
    w[j] = form_ == Form::plain    ? theta[j]
           : form_ == Form::sparse ? theta[j] * theta[j] - theta[inputs + j] * theta[inputs + j]
                                   : u * u * theta[groups + j];
  }
  Dual sum;
  for (Eigen::Index i = 0; i < rows.size(); ++i) {
    Dual r = {-rows.points(i, inputs_), 0};
    for (std::size_t j = 0; j < inputs; ++j) r = r + w[j] * rows.points(i, static_cast<Eigen::Index>(j));
    sum = sum + r * r;
  }
  return sum * (0.5 / static_cast<double>(rows.size()));
}

std::vector<std::string> GroupNets::metric_ids() const {
  std::vector<std::string> out = {"weight_error"};
  for (Eigen::Index l = 0; l < groups_; ++l) out.push_back(norm_id(l));
  return out;
}

void GroupNets::measure(const Theta& theta, const Dataset&, double, std::vector<double>& out) const {
  const Eigen::VectorXd w = weights(theta), sizes = norms(w);
  out = {error(w)};
  out.insert(out.end(), sizes.begin(), sizes.end());
}

std::vector<double> GroupNets::kept(const Theta& theta) const {
  std::vector<double> out;
  if (form_ == Form::grouped)
    for (Eigen::Index l = 0; l < groups_; ++l)
      out.push_back(theta[l] * theta[l] -
                    2 * theta.segment(groups_ + l * kGroupSize, kGroupSize).squaredNorm());
  if (form_ == Form::sparse)
    for (Eigen::Index j = 0; j < inputs_; ++j) out.push_back(theta[j] * theta[inputs_ + j]);
  return out;
}

std::vector<double> GroupNets::kept_size(const Theta& theta) const {
  std::vector<double> out;
  if (form_ == Form::grouped)
    for (Eigen::Index l = 0; l < groups_; ++l)
      out.push_back(theta[l] * theta[l] +
                    2 * theta.segment(groups_ + l * kGroupSize, kGroupSize).squaredNorm());
  if (form_ == Form::sparse)
    for (Eigen::Index j = 0; j < inputs_; ++j)
      out.push_back(theta[j] * theta[j] + theta[inputs_ + j] * theta[inputs_ + j]);
  return out;
}

std::vector<ExactQuantity> GroupNets::exact(const Run& run) const {
  const Config& config = run.setup().config();
  if (form_ == Form::plain)
    return {{"\\|w-w^*\\|/\\|w^*\\|", "Error, against the shortest weights that fit",
             error(weights(run.state().theta)), shortest_error(), 1e-2}};
  if (form_ == Form::sparse || config.text("optimizer.method") != "gd") return {};
  const double theory = leaving_time() / config.real("optimizer.learning_rate");
  double left = kNotKnown;
  const History history = run.history_here();
  const std::vector<double> steps = history.steps(),
                            norm = history.column(kMetricColumns + 1 + static_cast<std::size_t>(first_));
  const bool from_the_start = run.first_step() == 0;
  for (std::size_t t = 0;
       from_the_start && t < steps.size() && steps[t] <= static_cast<double>(run.state().step); ++t)
    if (norm[t] > 0.5) {
      left = steps[t];
      break;
    }
  return {{"t_{1/2}", "Step at which the first group leaves", left, theory, 0.04 * theory, "steps"}};
}

namespace {

std::vector<Parameter> group_keys() {
  return {{.key = "model.form",
           .group = Group::model,
           .kind = ParameterKind::choice,
           .effect = Effect::structure,
           .label = "Weights",
           .help = "What the weights are made of: a factor a group, two factors an input, or themselves.",
           .default_value = std::string("grouped"),
           .choices = group_forms(),
           .choice_labels = {"by group", "by input", "as they are"}},
          factor_start_key(0.1,
                           [](const Config& config) -> std::string {
                             return config.text("model.form") == "plain" ? "w starts at 0." : "";
                           },
                           {"model.form"})};
}

std::string group_objective_tex(const Config& config) {
  const std::string& form = config.text("model.form");
  return "J=\\frac{1}{2N}\\|Xw-y\\|^2" + std::string(form == "grouped"  ? ",\\quad w_l=u_l^2v_l"
                                                     : form == "sparse" ? ",\\quad w_i=a_i^2-b_i^2"
                                                                        : "");
}

// Changes the length of the true weights of a group; the output of every row is generated anew.
std::optional<Edit> truth_moved(const Drag& drag) {
  if (!groups_of(drag.now).truth() || drag.index >= kGroups) return std::nullopt;
  const auto direction = group_direction(drag.index);
  Tensor strengths = drag.now.config().tensor(kStrengthsKey);
  strengths.data[static_cast<std::size_t>(drag.index)] =
      std::max(drag.y, 0.0) / Eigen::Map<const Eigen::Vector4d>(direction.data()).norm();
  return Edit{kStrengthsKey, std::move(strengths)};
}

// Changes the length of a group's weights, where they are a block of their own; weights that are 0 get the
// direction of the pull on them.
std::optional<Edit> group_moved(ElementId::Kind kind, const Drag& drag) {
  const GroupNets& model = groups_of(drag.now);
  if (drag.index < 0 || drag.index >= model.groups()) return std::nullopt;
  if (kind == ElementId::Kind::target) return truth_moved(drag);
  if (kind != ElementId::Kind::prototype || !model.moves_by_hand()) return std::nullopt;
  const bool grouped = model.form() == GroupNets::Form::grouped;
  std::optional<Tensor> block = natural_block(drag.now, grouped ? "v" : "w");
  const Theta& theta = drag.now.state.theta;
  const Eigen::VectorXd w = model.weights(theta);
  Eigen::VectorXd along = w.segment(drag.index * kGroupSize, kGroupSize);
  if (!(along.norm() > 0)) along = model.pull(drag.index);
  const double u = grouped ? theta[drag.index] : 1, size = along.norm() * u * u;
  if (!block || !(size > 0)) return std::nullopt;
  for (Eigen::Index k = 0; k < kGroupSize; ++k)
    block->data[static_cast<std::size_t>(drag.index * kGroupSize + k)] =
        std::max(drag.y, 0.0) * along[k] / size;
  return Edit{grouped ? "state.v" : "state.w", std::move(*block)};
}

std::vector<Metric> group_metrics() {
  std::vector<Metric> out = {
      model_metric("weight_error", "How far the weights are from the true ones, |w - w*|/|w*|.")};
  for (Eigen::Index l = 0; l < kMostGroups; ++l)
    out.push_back(model_metric(norm_id(l), "The length of the weights of group " + std::to_string(l) + "."));
  return out;
}

}  // namespace

ToyType group_nets_toy() {
  return {.id = "group_nets",
          .label = "Groups",
          .help = "Groups of weights switch on one after the other, without a penalty.",
          .paper = "Li, Nguyen, Hegde & Wong 2023",
          .limits =
              "The time at which a group leaves is exact while the residual is still the data: it holds "
              "for the first one alone. What is found has small groups at 0 because it starts small, not "
              "because anything punishes them; from a large start nothing of it is left.",
          .keys = group_keys(),
          .source = "groups",
          .data = {{"data.count", std::int64_t{24}}, {"data.noise", 0.05}},
          .layouts = {{"u", "v"}, {"a", "b"}, {"w"}},
          .layout = [](const Config& config) -> std::size_t {
            return static_cast<std::size_t>(choice_of<GroupNets::Form>(config, "model.form", group_forms()));
          },
          .make = [](const Config& config, const Dataset& data) -> std::shared_ptr<const Toy> {
            static const ToyType type = group_nets_toy();
            return std::make_shared<const GroupNets>(type, config, data);
          },
          .objective_tex = group_objective_tex,
          .stage = groups_stage,
          .moved = group_moved,
          .figures = {{.id = "norms",
                       .title = "Groups over steps",
                       .help = "The length of the weights of each group over steps.",
                       .make = groups_norms_figure}},
          .metrics = group_metrics(),
          .plots = {{"norms", "loss", "kept", "identity"}}};
}

}  // namespace iem
