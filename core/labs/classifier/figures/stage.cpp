// The decision field and what lies on it.
#include "core/labs/classifier/figures/stage.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/number.h"
#include "core/field/field.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/kit/other_runs.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

struct FieldTitle {
  std::string id, title, tex;
  FieldKind kind = FieldKind::responsibility;
};

// Linear energies are drawn by gaussian ones with the same responsibilities. Only fields that depend on
// responsibilities alone can be drawn in this way, so the others are replaced by that of the
// responsibilities.
FieldTitle field_of(const Snapshot& snapshot, const View& view) {
  const Classifier& model = classifier_of(snapshot);
  const std::string& id = view.config.text("view.field");
  const bool linear = model.is_linear();
  if (id == "off" || id == "gradient") return {"off", "Points and classes", ""};
  if (!model.competes() || id == "assignment")
    return {"assignment", "Answers", "\\arg\\min_j d_j(x)", FieldKind::assignment};
  if (id == "entropy") return {id, "Entropy field", "H(r(x))", FieldKind::entropy};
  if (id == "density" && !linear) return {id, "Density field", "e^{L(x)/\\tau}", FieldKind::density};
  if (id == "energy" && !linear) return {id, "Energy field", "-L(x)", FieldKind::energy};
  return {"responsibility", "Decision field", "r_j(x)", FieldKind::responsibility};
}

void add_decision_field(Panel& panel, const Snapshot& snapshot, const View& view, const FieldTitle& field) {
  if (field.id == "off" || is_broken(snapshot)) return;
  auto input = std::make_shared<FieldInput>(
      classifier_of(snapshot).field(snapshot.state.theta, snapshot.temperature, field.kind, snapshot.data()));
  input->boundaries = view.config.flag("view.boundaries");
  Hash hash;
  hash.add(std::span<const double>(snapshot.state.theta.data(),
                                   static_cast<std::size_t>(snapshot.state.theta.size())));
  hash.add(snapshot.temperature);
  hash.add(input->energy);
  hash.add(std::span<const double>(input->shape));
  hash.add(static_cast<std::uint64_t>(input->kind) * 2 + (input->boundaries ? 1 : 0));
  hash.add(static_cast<std::uint64_t>(input->responsibility));
  hash.add(snapshot.data().hash);
  for (const FieldComponent& c : input->components) hash.add(c.offset);
  input->revision = hash.value();
  panel.marks.push_back(FieldMark{"field", std::move(input)});
}

std::string field_sentence(const FieldTitle& field, const Classifier& model) {
  if (field.id == "off") return "Points and classes.";
  const bool open_world = model.options().background.has_value();
  if (field.id == "entropy")
    return std::string("Field: $H(r(x))=-\\sum_j r_j(x)\\log r_j(x)") +
           (open_world ? "-r_0(x)\\log r_0(x)$, $r_0$ that of the background." : "$.");
  if (field.id == "responsibility")
    return model.responsibility() == Responsibility::softmax
               ? open_world ? "Field: $r_j(x)=e^{-d_j(x)/\\tau}/(\\sum_k e^{-d_k(x)/\\tau}+e^{-d_0/\\tau})$."
                            : "Field: $r_j(x)=e^{-d_j(x)/\\tau}/\\sum_k e^{-d_k(x)/\\tau}$."
               : "Field: the responsibilities $r_j(x)$, with exact zeros.";
  return "Field: $" + field.tex + "$.";
}

std::string residual_sentence(const Snapshot& snapshot, std::size_t wrong) {
  const Classifier& model = classifier_of(snapshot);
  std::string out = " Shapes: labels; colours: $r$. $" + number_tex(static_cast<double>(wrong)) +
                    "$ points are answered wrongly: arrows where $" + residual_tex(model, true) +
                    "$ pulls, bars where it pushes away. " + sign_words(model);
  if (model.is_linear()) out += " A class' knob lies along $w_j$, the farther out the steeper.";
  return out;
}

// The legend of those signs that occur on the stage.
Legend signs_of(const Snapshot& snapshot, const View& view) {
  Legend out;
  const Dataset& data = snapshot.data();
  const Eigen::MatrixXd& pulls = snapshot.evaluation.pulls;
  bool silent = false, missing = false;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    missing = missing || label_of_point(snapshot, i) < 0;
    silent =
        silent || (i < pulls.rows() && label_of_point(snapshot, i) >= 0 && (pulls.row(i).array() == 0).all());
  }
  if (view.config.flag("view.residuals"))
    out.entries = {{Sign::arrow_along, "pulled"}, {Sign::stop, "pushed away"}};
  if (missing) out.entries.emplace_back(Sign::ring, "no label");
  if (silent) out.entries.emplace_back(Sign::ring, "outline: pulls on nothing");
  return out;
}

}  // namespace

Figure classifier_stage_figure(const Snapshot& snapshot, const View& view) {
  const Classifier& model = classifier_of(snapshot);
  Figure figure{.id = "stage", .title = "Decision field", .caption = {}, .panels = {}, .keep = {}};
  const FieldTitle field = field_of(snapshot, view);
  figure.caption = caption_start(snapshot) + ". " + field_sentence(field, model) +
                   residual_sentence(snapshot, misfits(snapshot).size()) +
                   standardised_words(snapshot.data());
  Panel panel = empty_stage(snapshot, view);
  panel.title = field.title;
  panel.title_tex = field.tex;
  const PhaseInView phases = phase_in_view(snapshot, view, shown_point(snapshot, view));
  if (phases.on() || !phases.absent.empty())
    name_phase(figure, panel, phases, point_words(snapshot, std::max(phases.point, 0)));
  add_decision_field(panel, snapshot, view, field);
  add_ray(figure, panel, view);
  add_labelled_points(figure, panel, snapshot, view);
  if (view.config.flag("view.residuals") && !phases.on()) add_residuals(figure, panel, snapshot, view);
  add_other_classes(figure, panel, snapshot, view);
  add_classes(figure, panel, snapshot, view, phases);
  if (!phases.on()) {
    add_pinned_point(figure, panel, snapshot, view);
    panel.marks.push_back(signs_of(snapshot, view));
    if (std::get<Legend>(panel.marks.back()).entries.empty()) panel.marks.pop_back();
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
