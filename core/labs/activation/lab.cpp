#include "core/labs/activation/lab.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "core/labs/activation/code.h"
#include "core/labs/activation/figures/derivation.h"
#include "core/labs/activation/figures/formulas.h"
#include "core/labs/activation/figures/handles.h"
#include "core/labs/activation/figures/inspection.h"
#include "core/labs/activation/figures/list.h"
#include "core/labs/activation/model/checks.h"
#include "core/labs/activation/model/keys.h"
#include "core/labs/activation/model/metrics.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

const LineModel& as_line(const Model& model) { return static_cast<const LineModel&>(model); }

class ActivationLab : public Lab {
 public:
  std::string id() const override { return "activation"; }
  std::string label() const override { return "Activation"; }
  std::string scene_group() const override { return "Activations"; }

  const std::shared_ptr<const ParameterTable>& parameters() const override {
    static const auto table = std::make_shared<const ParameterTable>(activation_parameters());
    return table;
  }
  const std::vector<FigureType>& figures() const override { return activation_figures(); }
  std::span<const SymbolMark> symbol_marks() const override {
    static constexpr auto all = std::to_array<SymbolMark>({
        {"z", "", "probe"},
        {"a", "", "activation"},
        {"a'", "", "slope"},
        {"a'", "", "derivative"},
        {"d", "", "energy"},
        {"L", "", "-L"},
        {"p", "", "density"},
        {"m", "", "place"},
        {"\\mu", "", "place"},
    });
    return all;
  }
  const std::vector<Metric>& metrics() const override { return activation_metrics(); }
  const std::vector<IdentityCheck>& checks() const override { return activation_checks(); }

  std::shared_ptr<const Model> make_model(const Config& config, const Dataset&) const override {
    return std::make_shared<const LineModel>(line_options(config));
  }
  void check_given(const Config& config) const override { check_given_prototypes(config); }
  // Prototypes beyond the given positions start at data points, which are drawn.
  bool start_is_given(const Config& config) const override {
    const auto given = static_cast<std::int64_t>(config.tensor("model.positions").data.size());
    return config.text("model.hypotheses") != "prototypes" || config.text("data.source") == "none" ||
           given == 0 || config.integer("model.components") <= given;
  }
  Theta initial_theta(const Config& config, const Model& model, const Dataset& data,
                      Random& init) const override {
    return as_line(model).pack(line_start(config, as_line(model), data, init));
  }
  Theta convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const override;
  Eigen::MatrixXd identity_points(const Config& config) const override;

  std::vector<double> trail(const Model& model, const Theta& theta, const Evaluation& e) const override {
    std::vector<double> out;
    const Hypotheses h = as_line(model).hypotheses(theta, 1);
    const double total = std::max(e.statistics.col(LineModel::kN).sum(), 1e-300);
    for (int j = 0; j < h.count; ++j)
      out.insert(out.end(), {h.mu[static_cast<std::size_t>(j)], 0.0, e.statistics(j, LineModel::kN) / total});
    return out;
  }

  std::vector<std::string> dumps() const override {
    return {"responsibilities", "energies", "gradient", "points"};
  }
  Dump dump(const std::string& id, const Snapshot& snapshot) const override;
  const std::vector<Handle>& handles() const override { return activation_handles(); }
  const Derivation* derivation() const override { return &activation_derivation(); }
  std::vector<Phase> phases(const Snapshot&, int) const override { return {}; }
  NumberLine number_line(const Snapshot&, int, int) const override { return {}; }
  std::string formula(Group group, const Config& config) const override;
  // J is minus a log likelihood, in nats, only at tau = 1 and with normalised energies.
  std::string loss_unit(const Config& config) const override {
    const bool at_one =
        config.real("model.temperature") == 1 && config.real("schedule.temperature_decay") == 1;
    return are_densities(config) && at_one ? "nats" : "";
  }
  IdentityText identity_text() const override {
    return {"\\frac{\\partial L}{\\partial d_h}=-r_h", "\\max|\\partial L/\\partial d+r|", "by complex step"};
  }
  std::vector<Reading> readings(Group group, const Snapshot& snapshot, const View& view) const override;
  std::vector<CodeType> code_types() const override { return activation_code_types(); }
  std::string code(const std::string& id, const Snapshot& snapshot) const override {
    return activation_code(id, snapshot);
  }
  Inspection inspect(const Snapshot& snapshot, const ElementId& element, int) const override {
    return element.kind == ElementId::Kind::prototype ? inspect_hypothesis(snapshot, element.index)
                                                      : Inspection{};
  }
  Inspection inspect_probe(const Snapshot& snapshot, const View& view, int component) const override {
    return inspect_place(snapshot, view.config.real("view.at"), component);
  }
  std::vector<Diagnosis> diagnose(const Snapshot& snapshot) const override {
    return diagnose_divergence(snapshot);
  }
  std::vector<double> shares(const Snapshot& snapshot) const override {
    const auto n = snapshot.evaluation.statistics.col(LineModel::kN);
    return {n.begin(), n.end()};
  }
};

// Parameters that both kinds of hypotheses have are kept; the others begin as the scene says.
Theta ActivationLab::convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const {
  const LineModel &a = as_line(*from.model), &b = as_line(*to.model);
  LineNatural out = b.options().start;
  if (a.options().kind == HypothesisKind::gate || b.options().kind == HypothesisKind::gate)
    return b.pack(out);
  const LineNatural old = a.unpack(theta);
  if (a.options().kind == b.options().kind) return b.pack(carried_over(old, out, *to.data, init));
  out.scale = old.scale;
  return b.pack(out);
}

Eigen::MatrixXd ActivationLab::identity_points(const Config& config) const {
  const std::vector<double>& ends = config.tensor("view.z").data;
  return Eigen::VectorXd::LinSpaced(64, ends[0], ends[1]);
}

Dump ActivationLab::dump(const std::string& id, const Snapshot& snapshot) const {
  return id == "points" ? points_dump(snapshot.data(), {"z"}) : energies_dump(id, snapshot);
}

std::string ActivationLab::formula(Group group, const Config& config) const {
  switch (group) {
    case Group::hypotheses: return hypotheses_formula(config);
    case Group::energy: return kernel_formula(config);
    case Group::objective: return "J=-\\frac{1}{N}\\sum_i\\tau\\log\\sum_h e^{-d_h(z_i)/\\tau}";
    case Group::learning: return line_rule_formula(config);
    default: return "";
  }
}

std::vector<Reading> ActivationLab::readings(Group group, const Snapshot& snapshot, const View& view) const {
  if (group != Group::compare) return {};
  const ActivationCurves c = activation_curves(snapshot, view.config);
  const ActivationNumbers n = activation_numbers(c);
  std::vector<Reading> out;
  if (const NamedFunction* other = find_named_function(view.config.text("view.overlay"))) {
    const LargestDifference gap = largest_difference(c, *other);
    out.push_back({"Largest difference", "To " + other->label + ", over what is shown.", gap.value});
  }
  if (view.config.text("view.overlay") == "family") {
    LargestDifference most;
    std::string whose;
    for (const KernelCurve& each : kernel_curves(snapshot, c))
      if (const LargestDifference gap = largest_difference(c, each.value); gap.value > most.value)
        most = gap, whose = each.kernel->label;
    out.push_back({"Largest difference", "To the kernel " + whose + ", over what is shown.", most.value});
  }
  const bool line = c.statistic == Statistic::gated_mean || c.statistic == Statistic::log_partition;
  out.push_back({"Slope at 0", "", n.slope_at_0});
  out.push_back({line ? "Slope far left" : "Far left", "Where the curve ends, a million times as far out.",
                 n.limit_left});
  out.push_back({line ? "Slope far right" : "Far right", "Where the curve ends, a million times as far out.",
                 n.limit_right});
  if (n.steepest_inside)
    out.push_back({"Steepest at z", "Where a small change of z changes the answer most.", n.steepest_z});
  return out;
}

}  // namespace

const Lab& activation_lab() {
  static const ActivationLab lab;
  return lab;
}

}  // namespace iem
