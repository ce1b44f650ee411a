#include "core/labs/classifier/lab.h"

#include <array>
#include <span>

#include "core/labs/classifier/figures/experts.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/classifier/figures/handles.h"
#include "core/labs/classifier/figures/inspection.h"
#include "core/labs/classifier/figures/list.h"
#include "core/labs/classifier/figures/phases.h"
#include "core/labs/classifier/model/checks.h"
#include "core/labs/classifier/model/diagnosis.h"
#include "core/labs/classifier/model/experts_keys.h"
#include "core/labs/classifier/model/metrics.h"
#include "core/labs/classifier/model/start.h"
#include "core/labs/kit/prototype_handles.h"

namespace iem {
namespace {

constexpr int kMostNamed = 6;  // classes in the head of the stage

const Classifier& as_classifier(const Model& model) { return static_cast<const Classifier&>(model); }

// A table with one row for each point.
Dump point_table(const Snapshot& snapshot, std::vector<TableColumn> described,
                 std::vector<double> Classifier::PointRow::*values, double factor) {
  const auto columns = static_cast<int>(described.size());
  return {std::move(described), snapshot.data().size(),
          [&snapshot, columns, values, factor](Eigen::Index first, Eigen::Index n) {
            Eigen::MatrixXd rows(n, columns);
            for (Eigen::Index i = 0; i < n; ++i) {
              const Classifier::PointRow row = row_of_point(snapshot, first + i);
              for (int j = 0; j < columns; ++j)
                rows(i, j) = factor * (row.*values)[static_cast<std::size_t>(j)];
            }
            return rows;
          }};
}

class ClassifierLab : public Lab {
 public:
  std::string id() const override { return "classifier"; }
  std::string label() const override { return "Classifier"; }
  std::string scene_group() const override { return "Classification"; }

  const std::shared_ptr<const ParameterTable>& parameters() const override {
    static const auto table = parameter_table(classifier_parameters(), classifier_view_parameters());
    return table;
  }
  const std::vector<FigureType>& figures() const override { return classifier_figures(); }
  std::span<const SymbolMark> symbol_marks() const override {
    static constexpr auto all = std::to_array<SymbolMark>({
        {"\\mu", "stage", "class"},
        {"w", "stage", "class"},
        {"\\Sigma", "stage", "ellipse"},
        {"r^\\star", "clamp", "r with label"},
        {"y", "stage", "points"},
    });
    return all;
  }
  const std::vector<Metric>& metrics() const override { return classifier_metrics(); }
  const std::vector<IdentityCheck>& checks() const override { return classifier_checks(); }

  void check_given(const Config& config) const override {
    has_experts(config) ? check_given_experts(config) : check_given_classes(config);
  }
  // A start of classes is drawn only where it has fewer rows than there are classes; the slopes of experts
  // are drawn unless given.
  bool start_is_given(const Config& config) const override {
    if (has_experts(config)) return config.text("model.init") == "explicit";
    const std::int64_t asked = config.integer("model.components");
    return config.text("model.init") != "explicit" || asked <= given_classes(config);
  }
  std::shared_ptr<const Model> make_model(const Config& config, const Dataset& data) const override {
    if (has_experts(config)) {
      check_learned_blocks(config);
      return std::make_shared<const Experts>(experts_options(config, data));
    }
    return std::make_shared<const Classifier>(classifier_options(config, data));
  }
  Theta initial_theta(const Config& config, const Model& model, const Dataset& data,
                      Random& init) const override {
    if (const auto* experts = dynamic_cast<const Experts*>(&model))
      return start_of_experts(config, *experts, data, init);
    return start_of_classifier(config, as_classifier(model), data, init);
  }
  Theta convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const override {
    const auto* experts = dynamic_cast<const Experts*>(to.model.get());
    const auto* before = dynamic_cast<const Experts*>(from.model.get());
    if (experts && before) return carry_experts_over(theta, *before, to.config(), *experts, *to.data, init);
    if (experts || before) return initial_theta(to.config(), *to.model, *to.data, init);
    return carry_classes_over(theta, as_classifier(*from.model), to.config(), as_classifier(*to.model),
                              *to.data, init);
  }
  // For each class its mean or its weight vector (for experts the line), and its share of the points without
  // their labels.
  std::vector<double> trail(const Model& model, const Theta& theta,
                            const Evaluation& evaluation) const override {
    std::vector<double> out;
    if (const auto* experts = dynamic_cast<const Experts*>(&model))
      return trail_of_lines(*experts, theta, evaluation);
    const auto free = evaluation.statistics.col(as_classifier(model).free_column());
    for (int j = 0; j < as_classifier(model).classes(); ++j)
      out.insert(out.end(), {theta[2 * j], theta[2 * j + 1], free[j] / free.sum()});
    return out;
  }
  IdentitySample identity_sample(const Run& run, Eigen::Index points) const override {
    return clamped_sample(run, points);
  }
  IdentityText identity_text() const override {
    return {"N\\frac{\\partial J}{\\partial d_{ij}}=r^\\star_{ij}-\\kappa r_{ij}",
            "\\max|\\partial J/\\partial d-(r^\\star-\\kappa r)|", "by automatic differentiation"};
  }
  std::vector<Diagnosis> diagnose(const Snapshot& snapshot) const override {
    return diagnose_classifier(snapshot);
  }

  std::vector<std::string> dumps() const override {
    return {"responsibilities", "clamped", "energies", "gradient", "points"};
  }
  Dump dump(const std::string& id, const Snapshot& snapshot) const override;
  std::vector<FieldInput> fields(const Snapshot& snapshot) const override {
    std::vector<FieldInput> out;
    if (experts_of(snapshot)) return out;
    for (const FieldKind kind : {FieldKind::responsibility, FieldKind::entropy})
      out.push_back(
          classifier_of(snapshot).field(snapshot.state.theta, snapshot.temperature, kind, snapshot.data()));
    return out;
  }
  const std::vector<Handle>& handles() const override { return classifier_handles(); }
  std::optional<HeldEllipse> ellipse_of(const Snapshot& snapshot, int prototype) const override {
    if (experts_of(snapshot)) return std::nullopt;
    return held_ellipse(snapshot, prototype);
  }
  std::vector<Phase> phases(const Snapshot& snapshot, int point) const override {
    return experts_of(snapshot) ? phases_of_experts(snapshot, point) : phases_of_point(snapshot, point);
  }
  NumberLine number_line(const Snapshot& snapshot, int point, int component) const override {
    return experts_of(snapshot) ? energy_of_gate(snapshot, point, component)
                                : energy_of_class(snapshot, point, component);
  }
  std::string formula(Group group, const Config& config) const override {
    switch (group) {
      case Group::model: return energy_of_classes_tex(config);
      case Group::objective: return objective_of_classes_tex(config);
      case Group::learning: return rule_of_classes_tex(config);
      default: return "";
    }
  }
  Inspection inspect(const Snapshot& snapshot, const ElementId& element, int component) const override {
    const bool of_class = element.kind == ElementId::Kind::prototype;
    if (of_class && element.index >= 0 && element.index < classifier_of(snapshot).classes())
      return experts_of(snapshot) ? inspect_expert(snapshot, element.index)
                                  : inspect_class(snapshot, element.index);
    if (element.kind == ElementId::Kind::point && element.index >= 0 &&
        element.index < snapshot.data().size())
      return experts_of(snapshot) ? inspect_expert_point(snapshot, element.index, component)
                                  : inspect_labelled_point(snapshot, element.index, component);
    return {};
  }
  std::string loss_unit(const Config& config) const override {
    const bool softmax = !has_sigmoids(config) && config.text("model.responsibility") == "softmax";
    const bool at_one =
        config.real("model.temperature") == 1 && config.real("schedule.temperature_decay") == 1;
    return softmax && at_one ? "nats" : "";
  }
  // sum_i r_ij; where classes do not compete, sums of their sigmoids.
  std::vector<double> shares(const Snapshot& snapshot) const override {
    const auto free = snapshot.evaluation.statistics.col(classifier_of(snapshot).free_column());
    return {free.begin(), free.end()};
  }
  StageShares stage_shares(const Snapshot& snapshot, int) const override {
    StageShares out{shares(snapshot), "N", 1};
    if (classifier_of(snapshot).classes() > kMostNamed || experts_of(snapshot)) return out;
    for (int j = 0; j < classifier_of(snapshot).classes(); ++j) out.names.push_back(class_words(snapshot, j));
    return out;
  }
};

Dump ClassifierLab::dump(const std::string& id, const Snapshot& snapshot) const {
  const Classifier& model = classifier_of(snapshot);
  using Row = Classifier::PointRow;
  if (id == "points") return points_dump(snapshot.data(), {"x", "y"});
  if (id == "energies" && experts_of(snapshot)) return energies_of_experts(snapshot);
  if (id == "energies") return point_table(snapshot, energy_columns(id, model.classes()), &Row::d, 1);
  if (id == "gradient")
    return point_table(snapshot, energy_columns(id, model.classes()), &Row::pull,
                       1 / static_cast<double>(snapshot.data().size()));
  if (!model.competes()) throw InputError("--dump " + id + ": " + model.responsibilities_unavailable());
  if (id == "clamped")
    return point_table(snapshot, component_columns("c", model.classes(), "clamped responsibility"),
                       &Row::clamped, 1);
  return point_table(snapshot, energy_columns(id, model.hypotheses()), &Row::free, 1);
}

}  // namespace

const Lab& classifier_lab() {
  static const ClassifierLab lab;
  return lab;
}

}  // namespace iem
