#include "core/labs/neighbours/lab.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <span>

#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/rule_formula.h"
#include "core/labs/kit/runs_figures.h"
#include "core/labs/neighbours/keys.h"
#include "core/labs/neighbours/kit/toy_checks.h"
#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/list.h"
#include "core/optimize/optimizer.h"
#include "core/run/divergence.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

std::vector<FigureType> shared_toy_figures() {
  return {{.id = "stage",
           .title = "Stage",
           .help = "The system itself, where it can be taken hold of.",
           .make = toy_stage_figure,
           .use = FigureUse::stage},
          {.id = "loss",
           .title = "Objective",
           .help = "J over steps; past solid, known future pale.",
           .make = toy_loss_figure,
           .use = FigureUse::loss},
          {.id = "identity",
           .title = "Identity",
           .help = "dJ/dtheta by automatic differentiation against its closed form, on the diagonal.",
           .make = toy_identity_figure,
           .use = FigureUse::identity},
          {.id = "kept",
           .title = "What the flow keeps",
           .help = "The quantity that gradient flow does not change, over steps.",
           .make = toy_kept_figure}};
}

// The figures that every toy has, then those of each toy, which the others do not offer.
std::vector<FigureType> figures_of_toys() {
  std::vector<FigureType> out = shared_toy_figures();
  for (const ToyType& toy : toys())
    for (FigureType type : toy.figures) {
      type.unavailable = [id = toy.id, label = toy.label,
                          own = type.unavailable](const Config& config) -> std::string {
        if (config.text("model.toy") != id) return "It belongs to \"" + label + "\".";
        return own ? own(config) : "";
      };
      out.push_back(std::move(type));
    }
  return with_runs(std::move(out));
}

const std::vector<FigureType>& toy_figures() {
  static const std::vector<FigureType> all = figures_of_toys();
  return all;
}

std::vector<Parameter> neighbours_view_parameters() {
  std::map<std::string, std::vector<Value>> plots;
  for (const ToyType& toy : toys())
    for (const std::vector<std::string>& each : toy.plots) plots[toy.id].emplace_back(each);
  std::vector<Parameter> out = neighbours_stage_parameters();
  for (Parameter& p : page_parameters(toy_figures(), [plots](const Config& config) -> const Value* {
         const ToyType& toy = toy_in(config);
         const std::vector<Value>& own = plots.at(toy.id);
         return &own[own.size() > 1 ? toy.layout_in(config) : 0];
       }))
    out.push_back(std::move(p));
  return out;
}

std::vector<Metric> metrics_of_toys() {
  std::vector<Metric> out = run_metrics();
  for (const ToyType& toy : toys())
    for (const Metric& metric : toy.metrics)
      if (std::ranges::find(out, metric.id, &Metric::id) == out.end()) out.push_back(metric);
  return out;
}

template <ElementId::Kind kind>
std::optional<Edit> moved_on_stage(const Drag& drag) {
  const ToyType& toy = toy_of(drag.now).type();
  return toy.moved ? toy.moved(kind, drag) : std::nullopt;
}

class NeighboursLab : public Lab {
 public:
  std::string id() const override { return "neighbours"; }
  std::string label() const override { return "Neighbours"; }

  const std::shared_ptr<const ParameterTable>& parameters() const override {
    static const auto table = parameter_table(neighbours_parameters(), neighbours_view_parameters());
    return table;
  }
  std::vector<ToyEntry> toys() const override {
    std::vector<ToyEntry> out;
    for (const ToyType& toy : iem::toys()) out.push_back({toy.id, toy.label, toy.help});
    return out;
  }
  const std::vector<FigureType>& figures() const override { return toy_figures(); }
  std::span<const SymbolMark> symbol_marks() const override {
    static constexpr auto all = std::to_array<SymbolMark>({
        {"w", "stage", "w"},
        {"w", "stage", "weights"},
        {"p", "stage", "p"},
        {"p^*", "stage", "target"},
        {"k", "stage", "key"},
        {"f", "stage", "f"},
        {"M", "stage", "M"},
        {"d", "stage", "energies"},
        {"\\ell", "", "loss"},
        {"g", "stage", "unit"},
    });
    return all;
  }
  const std::vector<Metric>& metrics() const override {
    static const std::vector<Metric> all = metrics_of_toys();
    return all;
  }
  const std::vector<IdentityCheck>& checks() const override { return toy_checks(); }
  const std::vector<Handle>& handles() const override {
    using Kind = ElementId::Kind;
    static const std::vector<Handle> all = {{Kind::point, moved_on_stage<Kind::point>},
                                            {Kind::prototype, moved_on_stage<Kind::prototype>},
                                            {Kind::target, moved_on_stage<Kind::target>}};
    return all;
  }

  std::shared_ptr<const Model> make_model(const Config& config, const Dataset& data) const override {
    return toy_in(config).make(config, data);
  }
  Theta initial_theta(const Config& config, const Model& model, const Dataset&, Random&) const override {
    return toy_of(model).start(config);
  }
  void check_given(const Config& config) const override { check_learned_blocks_of_toy(config); }
  bool start_is_given(const Config&) const override { return true; }

  std::vector<double> trail(const Model& model, const Theta& theta, const Evaluation&) const override {
    std::vector<double> out = toy_of(model).places(theta);
    const std::vector<double> kept = toy_of(model).kept(theta);
    out.insert(out.end(), kept.begin(), kept.end());
    return out;
  }

  IdentitySample identity_sample(const Run& run, Eigen::Index) const override { return gradient_sample(run); }
  bool identity_is_of_responsibilities() const override { return false; }
  std::vector<ExactQuantity> exact(const Run& run) const override {
    return toy_of(*run.setup().model).exact(run);
  }
  IdentityText identity_text() const override {
    return {"\\frac{\\partial J}{\\partial\\theta}", "\\max|\\Delta\\,\\partial J/\\partial\\theta|",
            "by dual numbers"};
  }
  std::vector<std::string> dumps() const override { return {"points"}; }
  Dump dump(const std::string&, const Snapshot& snapshot) const override {
    std::vector<std::string> names = snapshot.data().names;
    for (auto a = static_cast<Eigen::Index>(names.size()); a < snapshot.data().points.cols(); ++a)
      names.push_back("x" + std::to_string(a));
    return points_dump(snapshot.data(), names);
  }
  std::vector<Diagnosis> diagnose(const Snapshot& snapshot) const override {
    return diagnose_divergence(snapshot);
  }
  std::pair<std::string, std::string> point_names() const override { return {"row", "rows"}; }
  std::string loss_unit(const Config&) const override { return ""; }
  std::string formula(Group group, const Config& config) const override {
    // Only J itself; the definitions of its parts are in captions, where there is room.
    if (group == Group::objective) {
      const std::string whole = toy_in(config).objective_tex(config);
      return whole.substr(0, whole.find(",\\quad"));
    }
    if (group != Group::learning) return "";
    return with_decay(find_optimizer(config.text("optimizer.method"))->formula, config, "\\theta");
  }
};

}  // namespace

const Lab& neighbours_lab() {
  static const NeighboursLab lab;
  return lab;
}

}  // namespace iem
