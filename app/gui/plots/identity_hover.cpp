#include "app/gui/plots/identity_hover.h"

#include <cmath>
#include <optional>
#include <string>

#include "app/gui/look/text.h"
#include "app/gui/widgets/cell.h"
#include "core/base/number.h"

namespace iem::gui {
namespace {

constexpr double kDotReach = 8;  // style pixels

struct IdentityDot {
  Eigen::Index row = 0, column = 0;  // of the sample
};

std::optional<IdentityDot> dot_under(const IdentitySample& sample, const PlotArea& area) {
  std::optional<IdentityDot> best;
  double nearest = kDotReach;
  for (Eigen::Index i = 0; i < sample.claimed.rows(); ++i)
    for (Eigen::Index j = 0; j < sample.claimed.cols(); ++j) {
      const paint::Px at = area.to_px()(sample.claimed(i, j), sample.computed(i, j));
      const double away = std::hypot(at.x - area.mouse().x, at.y - area.mouse().y);
      if (away < nearest) nearest = away, best = {i, j};  // never where a number is missing
    }
  return best;
}

// The kind of element by which the stage shows data points and can pin them.
ElementId::Kind pinned_kind(PanelContext& context) {
  using Kind = ElementId::Kind;
  for (const Mark& mark : context.stage().panels.front().marks) {
    Kind kind = Kind::none;
    if (const auto* scatter = std::get_if<Scatter>(&mark)) kind = scatter->element;
    if (const auto* marker = std::get_if<Marker>(&mark)) kind = marker->element.kind;
    if (kind == Kind::point || kind == Kind::query || kind == Kind::token) return kind;
  }
  return Kind::none;
}

}  // namespace

bool hover_identity(PanelContext& context, const PlotArea& area) {
  const IdentitySample& sample = context.snapshot().identity;
  if (!area.hovered()) return false;
  const std::optional<IdentityDot> dot = dot_under(sample, area);
  if (!dot) return false;
  const auto row = static_cast<std::size_t>(dot->row), column = static_cast<std::size_t>(dot->column);
  const Eigen::Index component = column < sample.columns.size() ? sample.columns[column] : dot->column;
  std::string words;
  if (row < sample.points.size()) {
    const ElementId element{pinned_kind(context), static_cast<int>(sample.points[row])};
    words = context.lab().point_names().first + " " + std::to_string(sample.points[row]) + ", ";
    if (element.kind != ElementId::Kind::none && !(context.view().hovered == element)) {
      context.view().hovered = element;
      context.view().touch();
    }
    context.view().by_plot = element.kind != ElementId::Kind::none;
  }
  if (context.reduced().covers_part("shares")) return true;  // the numbers are r
  tooltip_here(words + "j = " + std::to_string(component + 1) + ":  " + std::string(text::kClaimed) + " " +
               format_number(sample.claimed(dot->row, dot->column)) + ", " + std::string(text::kComputed) +
               " " + format_number(sample.computed(dot->row, dot->column)));
  return true;
}

}  // namespace iem::gui
