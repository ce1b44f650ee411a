#include "core/labs/classifier/figures/list.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/labs/classifier/figures/experts.h"
#include "core/labs/classifier/figures/phases.h"
#include "core/labs/classifier/model/experts_keys.h"
#include "core/labs/kit/runs_figures.h"

namespace iem {
namespace {

// A figure about classes; for a mixture of experts a sentence says why there is none.
template <Figure (*make)(const Snapshot&, const View&)>
Figure of_classes(const Snapshot& snapshot, const View& view) {
  if (!experts_of(snapshot)) return make(snapshot, view);
  const auto& all = classifier_figures();
  const auto type = std::ranges::find(all, &of_classes<make>, &FigureType::make);
  return sentence_figure(*type, "Experts answer with lines; there are no classes.",
                         caption_start(snapshot) + ". ");
}

Figure stage_of_either(const Snapshot& snapshot, const View& view) {
  return experts_of(snapshot) ? experts_stage_figure(snapshot, view)
                              : classifier_stage_figure(snapshot, view);
}

}  // namespace

const std::vector<FigureType>& classifier_figures() {
  static const std::vector<FigureType> all = with_runs({
      {"stage",
       "Decision field",
       "Labels as shapes, responsibilities as colours, the boundaries, and the residuals of points that are "
       "answered wrongly.",
       stage_of_either,
       {},
       FigureUse::stage},
      {"loss",
       "Loss",
       "J over steps; past solid, known future pale.",
       classifier_loss_figure,
       {},
       FigureUse::loss},
      {"identity",
       "Identity",
       "N dJ/dd by automatic differentiation against r* - kappa r, on the diagonal.",
       clamped_identity_figure,
       {},
       FigureUse::identity},
      {.id = "clamp",
       .title = "Clamp",
       .help = "One point: r without its label, r* with it, and the residual between them.",
       .make = clamp_figure,
       .height = 1.6,
       .tells_shares = true},
      {"confusion", "Confusion", "Which label was answered how often by which class.",
       of_classes<confusion_figure>},
      {"calibration",
       "Calibration",
       "How often answers are right against how sure they are.",
       of_classes<calibration_figure>,
       {.of_responsibilities = true}},
      {"residuals", "Residuals", "Which points pull, and how much of all pull comes from how many.",
       residuals_figure},
      {"closed_world", "Closed world", "How sure of its class a point far out along a ray is.",
       of_classes<closed_world_figure>},
      {"generative",
       "Generative",
       "How well classes fit their own points, and how well they are told apart, over steps.",
       of_classes<generative_figure>,
       {.of_responsibilities = true}},
      {"accuracy", "Accuracy", "The share of right answers over steps, by the labels given and before noise.",
       of_classes<accuracy_figure>},
      {.id = "bound",
       .title = "Bound",
       .help = "J and a surrogate that touches it from above here: EM's, or the parabola of Böhning's bound.",
       .make = of_classes<classifier_bound_figure>,
       .needs = {.of_responsibilities = true, .slow = true},
       .tells_step = true},
  });
  return all;
}

std::vector<Parameter> classifier_view_parameters() {
  std::vector<Parameter> all = {{.key = "view.residuals",
                                 .group = Group::view,
                                 .kind = ParameterKind::boolean,
                                 .effect = Effect::view,
                                 .label = "Residuals",
                                 .help = "What the points that are answered wrongly pull at and push away.",
                                 .default_value = true}};
  all.push_back(phase_parameter(classifier_phase_names()));
  for (Parameter& p : page_parameters(classifier_figures(), [](const Config&) {
         static const Value plots = std::vector<std::string>{"loss", "clamp", "confusion", "calibration"};
         return &plots;
       }))
    all.push_back(std::move(p));
  all.push_back(notation_parameter());
  leave_to_classes(all);
  return all;
}

std::string class_words(const Snapshot& snapshot, int j) {
  if (j >= classifier_of(snapshot).classes()) return "background";
  return label_words(snapshot.data(), j);
}

std::string point_words(const Snapshot& snapshot, int point) {
  const int label = label_of_point(snapshot, point);
  if (experts_of(snapshot)) return "point " + std::to_string(point);
  return "point " + std::to_string(point) + ", " +
         (label < 0 ? "no label" : label_words(snapshot.data(), label));
}

int label_of_point(const Snapshot& snapshot, Eigen::Index point) {
  if (experts_of(snapshot)) return -1;
  return snapshot.data().has_labels() ? snapshot.data().labels[point] : -1;
}

bool has_evidence(const Snapshot& snapshot, Eigen::Index point) {
  return experts_of(snapshot) || label_of_point(snapshot, point) >= 0;
}

Classifier::PointRow row_of_point(const Snapshot& snapshot, Eigen::Index point) {
  const auto at = snapshot.data().points.row(point);
  return classifier_of(snapshot).row(snapshot.state.theta, snapshot.temperature, at[0], at[1],
                                     label_of_point(snapshot, point));
}

int answer_of(const Snapshot& snapshot, const Classifier::PointRow& row) {
  const Classifier& model = classifier_of(snapshot);
  const auto k = static_cast<std::ptrdiff_t>(model.classes());
  if (model.competes())
    return static_cast<int>(std::max_element(row.free.begin(), row.free.begin() + k) - row.free.begin());
  return static_cast<int>(std::min_element(row.d.begin(), row.d.begin() + k) - row.d.begin());
}

namespace {

bool has_rows(const Snapshot& snapshot) { return snapshot.evaluation.pulls.rows() == snapshot.data().size(); }

}  // namespace

int answer_at(const Snapshot& snapshot, Eigen::Index point) {
  if (!has_rows(snapshot)) return answer_of(snapshot, row_of_point(snapshot, point));
  const bool competes = classifier_of(snapshot).competes();
  const Evaluation& e = snapshot.evaluation;
  const auto score = [&](int j) { return competes ? e.responsibilities(point, j) : -e.energies(point, j); };
  int best = 0;
  for (int j = 1; j < classifier_of(snapshot).classes(); ++j)
    if (score(j) > score(best)) best = j;
  return best;
}

double strength_at(const Snapshot& snapshot, Eigen::Index point) {
  if (has_rows(snapshot)) return snapshot.evaluation.pulls.row(point).cwiseAbs().sum();
  double sum = 0;
  for (const double pull : row_of_point(snapshot, point).pull) sum += std::abs(pull);
  return sum;
}

std::pair<double, double> KnobFrame::place(double w0, double w1) const {
  const double length = libm::hypot(w0, w1);
  if (!(length > 0) || !std::isfinite(length)) return {x, y};
  const double out = reach / (1 + length);
  return {x + out * w0, y + out * w1};
}

std::pair<double, double> KnobFrame::slope(double at_x, double at_y) const {
  const double out = libm::hypot(at_x - x, at_y - y), inside = std::min(out, 0.99 * reach);
  if (!(out > 0)) return {0, 0};
  const double length = inside / (reach - inside);
  return {length * (at_x - x) / out, length * (at_y - y) / out};
}

KnobFrame knob_frame(const Snapshot& snapshot) {
  const Eigen::MatrixXd& points = snapshot.data().points;
  const Eigen::RowVectorXd lo = points.colwise().minCoeff(), hi = points.colwise().maxCoeff();
  const double across = hi[0] - lo[0], up = hi[1] - lo[1];
  const double side = std::min(across > 0 ? across : up, up > 0 ? up : across);
  return {0.5 * lo[0] + 0.5 * hi[0], 0.5 * lo[1] + 0.5 * hi[1], side > 0 ? 0.5 * side : 1};
}

std::pair<double, double> place_of_class(const Snapshot& snapshot, const Theta& theta, int j) {
  const double* first = theta.data() + 2 * j;  // means and W are the first block
  return classifier_of(snapshot).is_linear() ? knob_frame(snapshot).place(first[0], first[1])
                                             : std::pair(first[0], first[1]);
}

double Ray::length() const { return libm::hypot(x1 - x0, y1 - y0); }

Ray ray_of(const Snapshot& snapshot, const View& view) {
  const Tensor& given = view.config.tensor("view.probe");
  if (given.data.size() == 4) return {given.data[0], given.data[1], given.data[2], given.data[3]};
  const KnobFrame frame = knob_frame(snapshot);
  return {frame.x, frame.y, frame.x + frame.reach, frame.y};
}

}  // namespace iem
