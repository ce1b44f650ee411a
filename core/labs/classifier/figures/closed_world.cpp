// The confidence of a point that moves outwards along a ray: the responsibilities of a softmax sum to 1 even
// where all energies are large.
#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/labs/classifier/figures/list.h"

namespace iem {
namespace {

constexpr int kOnRay = 241;
constexpr double kHowFar = 8;  // in lengths of the ray as it is drawn on the stage

std::string far_words(const Snapshot& snapshot, const Classifier::PointRow& far, double distance) {
  const Classifier& model = classifier_of(snapshot);
  const int answer = answer_of(snapshot, far);
  const double sure = far.free[static_cast<std::size_t>(answer)];
  std::string out = " At distance $" + number_tex(distance) + "$ the answer is " +
                    caption_words(class_words(snapshot, answer)) + ", $r=" + number_tex(sure) + "$";
  if (!model.competes()) return out + ": sigmoids ask each class by itself, and all may say no.";
  if (!model.options().background)
    return out + ": the classes are the whole world, and far from all of them one still is the least far.";
  out += ", of the background $" + number_tex(far.free.back()) + "$: ";
  if (model.is_linear())
    return out + "linear energies fall without end on one side of every line, below any background.";
  return out + "distances grow without end, and the background's energy does not.";
}

Line ray_curve(Figure& figure, const std::string& name, Values x, std::vector<double> y, const Ink& ink) {
  Line line{.series = name, .x = x, .y = figure.own(std::move(y)), .ink = ink, .width_px = 1.8};
  return line;
}

}  // namespace

Figure closed_world_figure(const Snapshot& snapshot, const View& view) {
  const Classifier& model = classifier_of(snapshot);
  Figure figure{.id = "closed_world", .title = "Closed world", .caption = {}, .panels = {}, .keep = {}};
  const Ray ray = ray_of(snapshot, view);
  const double length = ray.length();
  const auto at = [&](double t) {
    return model.row(snapshot.state.theta, snapshot.temperature, ray.x0 + t * (ray.x1 - ray.x0),
                     ray.y0 + t * (ray.y1 - ray.y0), -1);
  };
  std::vector<double> distance;
  std::vector<std::vector<double>> curves(static_cast<std::size_t>(model.hypotheses()));
  std::vector<double> most;
  for (int s = 0; s < kOnRay; ++s) {
    const double t = kHowFar * s / (kOnRay - 1);
    const Classifier::PointRow row = at(t);
    distance.push_back(t * length);
    for (std::size_t j = 0; j < curves.size(); ++j)
      curves[j].push_back(std::isfinite(row.free[j]) ? row.free[j] : std::nan(""));
    most.push_back(row.free[static_cast<std::size_t>(answer_of(snapshot, row))]);
    if (!std::isfinite(most.back())) most.back() = std::nan("");
  }
  const Classifier::PointRow far = at(kHowFar);
  figure.caption = caption_start(snapshot) + ". Along the ray on the stage, $" + number_tex(kHowFar) +
                   "$ times as far." + far_words(snapshot, far, kHowFar * length);
  Panel panel;
  panel.title = "Closed world";
  panel.title_tex = "\\max_j r_j(x)";
  panel.x = {.label = "along the ray", .lo = 0, .hi = kHowFar * length};
  panel.y = {.label = "", .lo = -0.04, .hi = 1.1};
  panel.y.max_ticks = 3, panel.y.share = true;
  Line end{.series = "end of the ray", .x = {}, .y = {}, .ink = {Role::hairline}, .width_px = 1};
  end.x = figure.own({length, length}), end.y = figure.own({panel.y.lo, panel.y.hi});
  panel.marks.push_back(end);
  const Values x = figure.own(std::move(distance));
  Line largest = ray_curve(figure, "largest r of a class", x, std::move(most), {Role::ink, 0, 0.28});
  largest.width_px = 6;
  panel.marks.push_back(std::move(largest));
  for (std::size_t j = 0; j < curves.size(); ++j) {
    const auto index = static_cast<int>(j);
    const std::string name = class_words(snapshot, index);
    Line line = ray_curve(figure, name, x, std::move(curves[j]), {});
    mark_as_prototype(line, index);
    if (curves.size() <= 8)
      line.label = name, line.name_at_end = true, line.named_on_screen = index == model.classes();
    line.label_at = 0.4;
    if (index == model.classes()) line.label_dy_px = 14;  // it ends at the top, where the title is
    panel.marks.push_back(std::move(line));
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
