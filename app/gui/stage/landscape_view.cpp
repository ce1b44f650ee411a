#include "app/gui/stage/landscape_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "implot3d.h"
#include "implot3d_internal.h"

namespace iem::gui {
namespace {

constexpr int kSide = 144;      // samples along an axis
constexpr double kRim = 0.72;   // of the samples lie below the rim
constexpr double kFade = 0.05;  // of the height, in which the ground goes over into the plain
constexpr double kElevation = 52, kAzimuth = 32;  // degrees, at first
constexpr ImPlot3DFlags kFlags =
    static_cast<ImPlot3DFlags>(ImPlot3DFlags_CanvasOnly) | ImPlot3DFlags_NoMenus | ImPlot3DFlags_NoPan;

// L of the field, as a height: -L is the energy that all prototypes together leave.
double height_at(const FieldInput& input, double x, double y, std::vector<double>& r) {
  return -field_responsibilities(input, x, y, r.data());
}

struct Tile {
  std::array<ImVec2, 4> corners;
  double depth;
  ImU32 colour;
};

// What ImPlot3D does with a point, with its depth kept.
ImVec2 project(double x, double y, double z, double& depth) {
  const ImPlot3DPlot& plot = *ImPlot3D::GetCurrentPlot();
  depth = (plot.Rotation * ImPlot3D::PlotToNDC({x, y, z})).z;
  return ImPlot3D::PlotToPixels(x, y, z);
}

void style_axes() {
  const auto colour_of = [](const Rgb& rgb, double alpha = 1) {
    return ImGui::ColorConvertU32ToFloat4(colour(rgb, alpha));
  };
  ImPlot3D::PushStyleColor(ImPlot3DCol_FrameBg, ImVec4(0, 0, 0, 0));
  ImPlot3D::PushStyleColor(ImPlot3DCol_PlotBg, ImVec4(0, 0, 0, 0));
  ImPlot3D::PushStyleColor(ImPlot3DCol_PlotBorder, colour_of(theme().hairline));
  ImPlot3D::PushStyleColor(ImPlot3DCol_AxisGrid, colour_of(theme().hairline, 0.9));
  ImPlot3D::PushStyleColor(ImPlot3DCol_AxisTick, colour_of(theme().hairline));
  ImPlot3D::PushStyleColor(ImPlot3DCol_AxisText, colour_of(theme().muted));
}

}  // namespace

LandscapeView::LandscapeView() : context_(ImPlot3D::CreateContext()) {}
LandscapeView::~LandscapeView() { ImPlot3D::DestroyContext(context_); }

void LandscapeView::sample(const FieldInput& input, const PlotRange& range) {
  if (revision_ == input.revision && range_ == range && theme_ == theme().id && !heights_.empty()) return;
  revision_ = input.revision, range_ = range, theme_ = theme().id;
  const FieldPalette palette = paint::field_palette(theme(), static_cast<int>(input.components.size()));
  heights_.assign(kSide * kSide, 0);
  colours_.assign(heights_.size(), {});
  std::vector<double> r(input.components.size());
  for (int row = 0; row < kSide; ++row) {
    for (int column = 0; column < kSide; ++column) {
      const double x = range.x0 + (range.x1 - range.x0) * column / (kSide - 1);
      const double y = range.y0 + (range.y1 - range.y0) * row / (kSide - 1);
      const auto at = static_cast<std::size_t>(row * kSide + column);
      heights_[at] = height_at(input, x, y, r);
      for (std::size_t j = 0; j < r.size(); ++j) {
        colours_[at].L += r[j] * palette.territory[j].L;
        colours_[at].a += r[j] * palette.territory[j].a;
        colours_[at].b += r[j] * palette.territory[j].b;
      }
    }
  }
  std::vector<double> sorted = heights_;
  const auto rim = sorted.begin() + static_cast<std::ptrdiff_t>(kRim * static_cast<double>(sorted.size()));
  std::nth_element(sorted.begin(), rim, sorted.end());
  rim_ = *rim;
  floor_ = *std::min_element(heights_.begin(), heights_.end());
  for (const FieldComponent& c : input.components)
    floor_ = std::min(floor_, height_at(input, c.mu_x, c.mu_y, r));
  if (!(rim_ > floor_)) rim_ = floor_ + 1;
}

// Tiles from back to front; lit from above, so that slopes are darker.
void LandscapeView::draw_ground() const {
  std::vector<Tile> tiles;
  tiles.reserve(heights_.size());
  const double dx = (range_.x1 - range_.x0) / (kSide - 1), dy = (range_.y1 - range_.y0) / (kSide - 1);
  const double steep = (rim_ - floor_) / kSide;
  for (int row = 0; row + 1 < kSide; ++row) {
    for (int column = 0; column + 1 < kSide; ++column) {
      Tile tile{{}, 0, 0};
      double mean = 0;
      std::array<double, 4> z{};
      for (int corner = 0; corner < 4; ++corner) {
        const int c = column + (corner == 1 || corner == 2 ? 1 : 0), r = row + (corner >= 2 ? 1 : 0);
        const auto k = static_cast<std::size_t>(corner);
        z[k] = heights_[static_cast<std::size_t>(r * kSide + c)];
        mean += 0.25 * z[k];
        const double x = range_.x0 + dx * c, y = range_.y0 + dy * r;
        double depth = 0;
        tile.corners[k] = project(x, y, std::min(z[k], rim_), depth);
        project(x, y, floor_, depth);  // over a plane, what stands farther back is hidden, however high
        tile.depth += depth;
      }
      for (double& height : z) height = std::min(height, rim_);
      const double slope = std::hypot(z[1] - z[0], z[3] - z[0]) / std::max(steep, 1e-300);
      Oklab lab = colours_[static_cast<std::size_t>(row * kSide + column)];
      const double shade = 0.16 * std::min(slope / 3, 1.0);
      lab.L += theme().id == paint::ThemeId::dark ? 0.10 + shade : -0.04 - shade;
      // The plain at the height of the rim is paper, nearly; the rim goes over into it.
      const double ground = std::clamp((rim_ - mean) / (kFade * (rim_ - floor_)), 0.0, 1.0);
      lab.a *= 1.6 * ground, lab.b *= 1.6 * ground;
      lab.L = ground * lab.L + (1 - ground) * to_oklab(theme().sunken).L;
      tile.colour = colour(to_rgb(lab));
      tiles.push_back(tile);
    }
  }
  std::ranges::sort(tiles, {}, &Tile::depth);
  ImDrawList* list = ImPlot3D::GetPlotDrawList();
  const ImDrawFlags flags = list->Flags;
  list->Flags &= ~ImDrawFlags_AAFill;  // seams between tiles would shimmer
  for (const Tile& t : tiles)
    list->AddQuadFilled(t.corners[0], t.corners[1], t.corners[2], t.corners[3], t.colour);
  list->Flags = flags;
}

void LandscapeView::draw_prototypes(const Panel& panel, const FieldInput& input) const {
  ImDrawList* list = ImPlot3D::GetPlotDrawList();
  std::vector<double> r(input.components.size());
  for (const Mark& mark : panel.marks) {
    const auto* marker = std::get_if<Marker>(&mark);
    if (marker == nullptr || marker->element.kind != ElementId::Kind::prototype) continue;
    if (marker->x < range_.x0 || marker->x > range_.x1 || marker->y < range_.y0 || marker->y > range_.y1)
      continue;
    double depth = 0;
    const double z = std::min(height_at(input, marker->x, marker->y, r), rim_);
    const ImVec2 at = project(marker->x, marker->y, z, depth),
                 top = project(marker->x, marker->y, rim_, depth);
    list->AddLine(at, top, colour(paint::line_colour(theme(), marker->ink.index), 0.6), hairline_px());
    draw_prototype(list, marker->ink.index, at, 6 * scale(), 2 * scale());
  }
}

bool LandscapeView::draw(const Panel& panel, const PlotRange& range, ImVec2 min, ImVec2 max) {
  const FieldInput* input = nullptr;
  for (const Mark& mark : panel.marks)
    if (const auto* field = std::get_if<FieldMark>(&mark)) input = field->input.get();
  if (input == nullptr || input->components.empty()) return false;
  ImPlot3D::SetCurrentContext(context_);
  sample(*input, range);
  style_axes();
  ImGui::SetCursorScreenPos(min);
  if (ImPlot3D::BeginPlot("##landscape", {max.x - min.x, max.y - min.y}, kFlags)) {
    ImPlot3D::SetupAxes(panel.x.label.empty() ? "x" : panel.x.label.c_str(),
                        panel.y.label.empty() ? "y" : panel.y.label.c_str(), "energy", ImPlot3DAxisFlags_Lock,
                        ImPlot3DAxisFlags_Lock, ImPlot3DAxisFlags_Lock);
    const double room = 0.06 * (rim_ - floor_);
    ImPlot3D::SetupAxesLimits(range.x0, range.x1, range.y0, range.y1, floor_ - room, rim_ + room,
                              ImPlot3DCond_Always);
    ImPlot3D::SetupBoxInitialRotation(kElevation, kAzimuth);  // where a double click goes
    ImPlot3D::SetupBoxRotation(kElevation, kAzimuth, false, ImPlot3DCond_Once);
    ImPlot3D::SetupBoxScale(1.1, 1.1, 0.8);
    ImPlot3D::PlotDummy("##ground");  // ends the setup
    draw_ground();
    draw_prototypes(panel, *input);
    ImPlot3D::EndPlot();
  }
  ImPlot3D::PopStyleColor(6);
  return true;
}

}  // namespace iem::gui
