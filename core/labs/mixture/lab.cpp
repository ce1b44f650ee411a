#include "core/labs/mixture/lab.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "core/base/number.h"
#include "core/labs/kit/prototype_handles.h"
#include "core/labs/mixture/figures/atlas.h"
#include "core/labs/mixture/figures/formulas.h"
#include "core/labs/mixture/figures/handles.h"
#include "core/labs/mixture/figures/inspection.h"
#include "core/labs/mixture/figures/list.h"
#include "core/labs/mixture/figures/phases.h"
#include "core/labs/mixture/model/checks.h"
#include "core/labs/mixture/model/diagnosis.h"
#include "core/labs/mixture/model/keys.h"
#include "core/labs/mixture/model/metrics.h"
#include "core/mixture/start.h"

namespace iem {
namespace {

const Mixture& as_mixture(const Model& model) { return static_cast<const Mixture&>(model); }

class MixtureLab : public Lab {
 public:
  std::string id() const override { return "mixture"; }
  std::string label() const override { return "Mixture"; }
  std::string scene_group() const override { return {}; }  // most scenes are its own: topics divide them

  const std::shared_ptr<const ParameterTable>& parameters() const override {
    static const auto table = parameter_table(mixture_parameters(), mixture_view_parameters());
    return table;
  }

  const std::vector<FigureType>& figures() const override { return mixture_figures(); }
  std::span<const SymbolMark> symbol_marks() const override {
    static constexpr auto all = std::to_array<SymbolMark>({
        {"\\mu", "stage", "prototype"},
        {"\\Sigma", "stage", "ellipse"},
        {"N_", "usage", "prototype"},
        {"t", "stage", "probe"},
        {"n", "stage", "probe"},
    });
    return all;
  }
  std::shared_ptr<const AtlasPlan> atlas(const Snapshot& snapshot, const View& view) const override {
    if (!no_atlas(snapshot.config()).empty()) return nullptr;
    auto plan = std::make_shared<const AtlasPlan>(atlas_plan(snapshot, view));
    return is_map(*plan) ? plan : nullptr;
  }

  const std::vector<Metric>& metrics() const override { return mixture_metrics(); }
  const std::vector<IdentityCheck>& checks() const override { return mixture_checks(); }

  void check_given(const Config& config) const override { check_given_start(config); }
  bool start_is_given(const Config& config) const override {
    const auto given = static_cast<std::int64_t>(config.tensor("model.means").data.size() / 2);
    return Problem::start_is_given(config) && config.integer("model.components") <= given;
  }
  std::shared_ptr<const Model> make_model(const Config& config, const Dataset& data) const override {
    return std::make_shared<const Mixture>(mixture_options(config, data));
  }
  Theta initial_theta(const Config& config, const Model& model, const Dataset& data,
                      Random& init) const override {
    return start_theta(config, as_mixture(model), data, init);
  }
  Theta convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const override {
    return carry_over(theta, as_mixture(*from.model), as_mixture(*to.model), *to.data, init);
  }

  // While the temperature decays its key holds the first value, so the present one is shown as a reading.
  std::vector<Reading> readings(Group group, const Snapshot& snapshot, const View&) const override {
    if (group != Group::model || snapshot.config().real("schedule.temperature_decay") == 1) return {};
    return {{"Temperature now", "Where the schedule has brought the temperature.", snapshot.temperature}};
  }
  std::vector<TrackMark> track_marks(const Snapshot& snapshot) const override {
    const Mixture& model = mixture_of(snapshot);
    if (!critical_temperature_unavailable(snapshot.data(), model, snapshot.state.theta).empty()) return {};
    const double critical = critical_temperature(snapshot.data(), model.unpack(snapshot.state.theta).front());
    if (!std::isfinite(critical)) return {};
    return {{"model.temperature", critical,
             "Marked: " + shown_number(critical) + ", below which prototypes that stand together part."}};
  }
  std::vector<double> trail(const Model& model, const Theta& theta,
                            const Evaluation& evaluation) const override {
    std::vector<double> out;
    const bool shared_out = model.responsibilities_unavailable().empty();
    const double total = shared_out ? evaluation.statistics.col(kernel::kN).sum() : std::nan("");
    for (int j = 0; j < as_mixture(model).components(); ++j) {
      const double share = evaluation.statistics(j, kernel::kN) / total;
      out.insert(out.end(), {theta[2 * j], theta[2 * j + 1], share});
    }
    return out;
  }

  std::vector<std::string> dumps() const override {
    return {"responsibilities", "energies", "gradient", "points"};
  }
  Dump dump(const std::string& id, const Snapshot& snapshot) const override;
  std::vector<FieldInput> fields(const Snapshot& snapshot) const override {
    std::vector<FieldInput> out;
    for (const FieldKind kind :
         {FieldKind::responsibility, FieldKind::entropy, FieldKind::density, FieldKind::energy})
      out.push_back(mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, kind));
    return out;
  }
  const std::vector<Handle>& handles() const override { return mixture_handles(); }
  std::optional<HeldEllipse> ellipse_of(const Snapshot& snapshot, int prototype) const override {
    return held_ellipse(snapshot, prototype);
  }
  std::vector<Phase> phases(const Snapshot& snapshot, int point) const override {
    return mixture_phases(snapshot, point);
  }
  NumberLine number_line(const Snapshot& snapshot, int point, int component) const override;
  std::string formula(Group group, const Config& config) const override;

  Inspection inspect(const Snapshot& snapshot, const ElementId& element, int component) const override {
    const bool prototype = element.kind == ElementId::Kind::prototype;
    if (prototype && element.index >= 0 && element.index < mixture_of(snapshot).components())
      return inspect_prototype(snapshot, element.index);
    if (element.kind == ElementId::Kind::point && element.index >= 0 &&
        element.index < snapshot.data().size())
      return inspect_point(snapshot, element.index, component);
    return {};
  }

  // Nats where J is a mean negative log-likelihood: log-sum-exp over normalised densities at temperature 1.
  std::string loss_unit(const Config& config) const override {
    const bool likelihood =
        config.text("model.objective") == "log_sum_exp" && config.text("model.responsibility") == "softmax" &&
        config.flag("model.volume_term") && !find_energy(config.text("model.energy"))->on_circle;
    const bool at_one =
        config.real("model.temperature") == 1 && config.real("schedule.temperature_decay") == 1;
    return likelihood && at_one ? "nats" : "";
  }

  std::vector<double> shares(const Snapshot& snapshot) const override {
    const auto n = snapshot.evaluation.statistics.col(kernel::kN);
    if (!snapshot.model().responsibilities_unavailable().empty())
      return std::vector<double>(static_cast<std::size_t>(n.size()), std::nan(""));
    return {n.begin(), n.end()};
  }

  std::vector<Diagnosis> diagnose(const Snapshot& snapshot) const override {
    return diagnose_mixture(snapshot);
  }
};

Dump MixtureLab::dump(const std::string& id, const Snapshot& snapshot) const {
  if (id == "points") return points_dump(snapshot.data(), {"x", "y"});
  const std::string none = snapshot.model().responsibilities_unavailable();
  if (id == "responsibilities" && !none.empty()) throw InputError("--dump responsibilities: " + none);
  return energies_dump(id, snapshot);
}

NumberLine MixtureLab::number_line(const Snapshot& snapshot, int point, int component) const {
  return energy_terms(snapshot, point, component);
}

std::string MixtureLab::formula(Group group, const Config& config) const {
  switch (group) {
    case Group::model: return mixture_energy_tex(config);
    case Group::objective: return mixture_objective_tex(config);
    case Group::learning: return mixture_rule_tex(config);
    default: return "";
  }
}

}  // namespace

const Lab& mixture_lab() {
  static const MixtureLab lab;
  return lab;
}

}  // namespace iem
