// The points of the stage: all of them, the names of their classes, and the pinned one.
#include <algorithm>

#include "core/field/field.h"
#include "core/labs/mixture/figures/stage_layers.h"

namespace iem {
namespace {

constexpr std::size_t kDiscs = 200'000;  // points beyond which a disc each would only cover the others

// N x (largest label + 1), one-hot; a point without label belongs to all alike and looks grey.
std::vector<double> label_weights(const Eigen::VectorXi& labels) {
  const auto n = static_cast<std::size_t>(labels.size());
  const auto classes = static_cast<std::size_t>(std::max(labels.maxCoeff(), 0)) + 1;
  std::vector<double> weights(n * classes, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const int label = labels[static_cast<Eigen::Index>(i)];
    if (label >= 0) weights[static_cast<std::size_t>(label) * n + i] = 1;
    for (std::size_t c = 0; label < 0 && c < classes; ++c)
      weights[c * n + i] = 1 / static_cast<double>(classes);
  }
  return weights;
}

}  // namespace

void add_points(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  const Dataset& data = snapshot.data();
  const auto n = static_cast<std::size_t>(data.size());
  Scatter points{
      .series = "points", .x = {data.points.col(0).data(), n}, .y = {data.points.col(1).data(), n}};
  points.ink = {Role::muted, 0, 1};
  const std::string& cloud = view.config.text("view.cloud");
  points.density = cloud == "density" || (cloud == "automatic" && n > kDiscs);
  if (!points.density) points.element = ElementId::Kind::point;
  const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
  const std::string& colour = view.config.text("view.points");
  if (colour == "label" && data.has_labels()) {
    points.weights = figure.own(label_weights(data.labels));
    points.components = static_cast<int>(points.weights.size() / n);
  } else if (colour != "nothing" && r.rows() == data.size()) {
    points.weights = {r.data(), static_cast<std::size_t>(r.size())};
    points.components = static_cast<int>(r.cols());
  }
  panel.marks.push_back(std::move(points));
  if (!data.held_out) return;
  const Eigen::MatrixXd& aside = data.held_out->points;
  const auto m = static_cast<std::size_t>(aside.rows());
  Scatter held_out{.series = "held out", .x = {aside.col(0).data(), m}, .y = {aside.col(1).data(), m}};
  held_out.ink = {Role::faint, 0, 1};
  held_out.radius_px = 1.8;
  panel.marks.push_back(std::move(held_out));
}

void add_label_names(Panel& panel, const Snapshot& snapshot, const View& view) {
  constexpr int kMost = 12;
  const Dataset& data = snapshot.data();
  const auto classes = static_cast<int>(data.label_names.size());
  if (view.config.text("view.points") != "label" || !data.has_labels() || classes > kMost) return;
  for (int label = 0; label < classes; ++label) {
    Eigen::RowVector2d sum(0, 0);
    Eigen::Index count = 0;
    for (Eigen::Index i = 0; i < data.size(); ++i)
      if (data.labels[i] == label) sum += data.points.row(i), ++count;
    if (count == 0) continue;
    sum /= static_cast<double>(count);
    Text name{.x = sum[0], .y = sum[1], .text = label_words(data, label), .ink = {Role::line, label, 1}};
    name.dy_px = 16;
    name.anchor = Anchor::centre;
    name.plate = true;
    panel.marks.push_back(std::move(name));
  }
}

void add_pinned(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  const int i = pinned_point(snapshot, view);
  if (i < 0 || !snapshot.model().responsibilities_unavailable().empty()) return;
  const FieldInput input =
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, FieldKind::responsibility);
  std::vector<double> r(input.components.size());
  const auto point = snapshot.data().points.row(i);
  field_responsibilities(input, point[0], point[1], r.data());
  RingMark ring{"pinned",
                point[0],
                point[1],
                figure.own(std::move(r)),
                "point " + std::to_string(i),
                {ElementId::Kind::point, i}};
  panel.marks.push_back(std::move(ring));
}

}  // namespace iem
