// Rows are labels, columns answers: counts, shaded by the share of their row.
#include <algorithm>

#include "core/base/number.h"
#include "core/figure/ticks.h"
#include "core/labs/classifier/figures/list.h"

namespace iem {
namespace {

constexpr int kMostCounted = 8;  // classes whose cells have room for a number

Eigen::MatrixXd counts_of(const Snapshot& snapshot) {
  const Classifier& model = classifier_of(snapshot);
  const Dataset& data = snapshot.data();
  Eigen::MatrixXd counts = Eigen::MatrixXd::Zero(model.classes(), model.classes());
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const int label = label_of_point(snapshot, i);
    if (label >= 0) counts(label, answer_at(snapshot, i)) += 1;
  }
  return counts;
}

// Shapes of the answers above the columns, of the labels left of the rows.
void add_class_shapes(Panel& panel, int k) {
  for (int j = 0; j < k; ++j)
    for (const bool above : {true, false}) {
      Marker shape{.series = (above ? "answer " : "label ") + std::to_string(j + 1),
                   .x = above ? j + 0.5 : -0.35,
                   .y = above ? k + 0.35 : k - j - 0.5,
                   .shape = Shape::prototype,
                   .ink = {Role::mark, j, 1}};
      shape.radius_px = 4.5;
      shape.halo_px = 0;
      panel.marks.push_back(std::move(shape));
    }
}

Line frame_of_cell(Figure& figure, int k, int label, int answer) {
  const double x0 = answer, x1 = answer + 1, y0 = k - label - 1, y1 = k - label;
  Line line{.series = "pinned", .x = {}, .y = {}, .ink = {Role::accent}, .width_px = 2};
  line.x = figure.own({x0, x1, x1, x0, x0});
  line.y = figure.own({y0, y0, y1, y1, y0});
  return line;
}

}  // namespace

Figure confusion_figure(const Snapshot& snapshot, const View& view) {
  const int k = classifier_of(snapshot).classes();
  Figure figure{.id = "confusion", .title = "Confusion", .caption = {}, .panels = {}, .keep = {}};
  const Eigen::MatrixXd counts = counts_of(snapshot);
  const double labelled = counts.sum();
  if (labelled == 0)
    return sentence_figure({"confusion", "Confusion", ""}, "No point has a label.",
                           caption_start(snapshot) + ". ");
  const double right = counts.diagonal().sum(), accuracy = right / labelled;
  figure.caption = caption_start(snapshot) + ". Rows: the label; columns: the answer. Of $" +
                   number_tex(labelled) + "$ points with a label $" + number_tex(right) +
                   "$ are answered rightly: accuracy $" + number_tex(right) + "/" + number_tex(labelled) +
                   "=" + number_tex(accuracy) + "$.";
  Panel panel;
  panel.title = "Confusion";
  panel.grid = panel.x.ticks = panel.y.ticks = false;
  panel.x.lo = -0.7, panel.x.hi = 2.1 * k;
  panel.y.lo = -0.1, panel.y.hi = k + 0.75;
  std::vector<double> shares;
  for (int label = 0; label < k; ++label)
    for (int answer = 0; answer < k; ++answer) {
      const double row = counts.row(label).sum();
      shares.push_back(row > 0 ? counts(label, answer) / row : 0);
    }
  Heatmap map{.series = "confusion", .rows = k, .columns = k};
  map.values = figure.own(std::move(shares));
  map.x0 = 0, map.x1 = k, map.y0 = 0, map.y1 = k;
  map.limit = 1;
  panel.marks.push_back(map);
  for (int label = 0; k <= kMostCounted && label < k; ++label)
    for (int answer = 0; answer < k; ++answer) {
      const double count = counts(label, answer), row = std::max(1.0, counts.row(label).sum());
      Text text{answer + 0.5, k - label - 0.5, format_number(count)};
      text.anchor = Anchor::centre;
      text.dy_px = 4;
      text.ink = {count / row > 0.45 ? Role::paper : Role::ink, 0, 1};
      panel.marks.push_back(std::move(text));
    }
  if (k <= kMostCounted) add_class_shapes(panel, k);
  const int pinned = pinned_point(snapshot, view);
  if (pinned >= 0 && label_of_point(snapshot, pinned) >= 0)
    panel.marks.push_back(
        frame_of_cell(figure, k, label_of_point(snapshot, pinned), answer_at(snapshot, pinned)));
  const std::string lines[] = {"rows: label", "columns: answer", format_number(labelled) + " labelled points",
                               "accuracy " + format_number(accuracy)};
  for (int line = 0; line < 4; ++line) {
    Text words{1.15 * k, k * (0.86 - 0.24 * line), lines[line]};
    words.ink = {line == 3 ? Role::ink : Role::muted};
    words.bold = line == 3;
    panel.marks.push_back(std::move(words));
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
