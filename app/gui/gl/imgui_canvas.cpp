#include "app/gui/gl/imgui_canvas.h"

#include <algorithm>
#include <cmath>

#include "app/gui/gl/disc_renderer.h"
#include "app/gui/gl/texture_cache.h"
#include "app/gui/look/fonts.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

using paint::Px;

// ImDrawList counts vertices of one call in 16 bits; a thick line takes four a point.
constexpr std::size_t kMostPoints = 8000;

// ImGui's type size is ascent plus descent; Roboto's are 1.172 em together.
constexpr double kSizePerEm = 1.172;

bool near(ImVec2 a, ImVec2 b) { return std::abs(a.x - b.x) + std::abs(a.y - b.y) < 0.5F; }

// Whether the points between two of a run lie on the line from the one to the other, as far as can be seen.
bool is_straight(const std::vector<ImVec2>& run, std::size_t begin, std::size_t end) {
  constexpr float kSeen = 0.04F;  // pixels
  const ImVec2 a = run[begin], line(run[end].x - a.x, run[end].y - a.y);
  const float length2 = line.x * line.x + line.y * line.y;
  for (std::size_t i = begin + 1; i < end; ++i) {
    const ImVec2 to(run[i].x - a.x, run[i].y - a.y);
    const float along = to.x * line.x + to.y * line.y, across = to.x * line.y - to.y * line.x;
    if (along < 0 || along > length2 || across * across > kSeen * kSeen * length2) return false;
  }
  return true;
}

// The run without points that it does not need: each piece of a line is six triangles, and a rasteriser on
// the processor takes longer over a small triangle than over its pixels.
std::vector<ImVec2> without_straight_points(const std::vector<ImVec2>& run) {
  constexpr std::size_t kMost =
      32;  // left out in one piece, so that a long line costs no square of its length
  if (run.size() < 3) return run;
  std::vector<ImVec2> out = {run.front()};
  for (std::size_t begin = 0, i = 2; i < run.size(); ++i) {
    if (i - begin <= kMost && is_straight(run, begin, i)) continue;
    out.push_back(run[i - 1]);
    begin = i - 1;
  }
  out.push_back(run.back());
  return out;
}

// Left edge of what is `width` wide and anchored at x.
float anchored(float x, float width, Anchor anchor) {
  switch (anchor) {
    case Anchor::left: return x;
    case Anchor::centre: return x - 0.5F * width;
    case Anchor::right: return x - width;
  }
  return x;
}

double signed_area(std::span<const ImVec2> p) {
  double area = 0;
  for (std::size_t i = 0, j = p.size() - 1; i < p.size(); j = i++)
    area += static_cast<double>(p[j].x) * p[i].y - static_cast<double>(p[i].x) * p[j].y;
  return area;
}

// Whether the ring turns back at a corner, as at the tip of an arrow or a star: ImGui's joins spike there.
bool has_sharp_corner(const std::vector<ImVec2>& ring) {
  const std::size_t n = ring.size();
  for (std::size_t i = 0; i < n; ++i) {
    const ImVec2 &before = ring[i], &here = ring[(i + 1) % n], &after = ring[(i + 2) % n];
    if ((here.x - before.x) * (after.x - here.x) + (here.y - before.y) * (after.y - here.y) < 0) return true;
  }
  return false;
}

// Edges with round joins, as paper has them.
void round_ring(ImDrawList& list, const std::vector<ImVec2>& ring, ImU32 ink, float width) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    list.AddLine(ring[i], ring[(i + 1) % ring.size()], ink, width);
    list.AddCircleFilled(ring[i], 0.5F * width, ink);
  }
}

}  // namespace

ImGuiCanvas::ImGuiCanvas(ImDrawList* list, ImVec2 origin) : list_(list), origin_(origin), scale_(scale()) {}

ImVec2 ImGuiCanvas::to_screen(Px p) const {
  return {origin_.x + static_cast<float>(p.x) * scale_, origin_.y + static_cast<float>(p.y) * scale_};
}

Px ImGuiCanvas::from_screen(ImVec2 p) const {
  return {(p.x - origin_.x) / scale_, (p.y - origin_.y) / scale_};
}

float ImGuiCanvas::width_of(const paint::Stroke& stroke) const {
  return std::max(1.0F, static_cast<float>(stroke.width_px) * scale_);
}

void ImGuiCanvas::stroke_run(const std::vector<ImVec2>& run, const paint::Stroke& stroke) {
  const ImU32 ink = colour(stroke.colour);
  const float width = width_of(stroke);
  const ImDrawFlags closed =
      stroke.closed && stroke.dash == Dash::solid ? ImDrawFlags_Closed : ImDrawFlags_None;
  if (closed != ImDrawFlags_None && width >= 3 && has_sharp_corner(run))
    return round_ring(*list_, run, ink, width);
  for (std::size_t begin = 0; begin + 1 < run.size(); begin += kMostPoints - 1) {
    const std::size_t count = std::min(kMostPoints, run.size() - begin);
    list_->AddPolyline(run.data() + begin, static_cast<int>(count), ink, width,
                       count == run.size() ? closed : 0);
  }
  // Round joins for wide lines. Transparent lines have none, since the overlap would show.
  if (width < 3 || stroke.colour.a < 1) return;
  for (std::size_t i = 1; i + 1 < run.size(); ++i) {
    const ImVec2 a(run[i].x - run[i - 1].x, run[i].y - run[i - 1].y),
        b(run[i + 1].x - run[i].x, run[i + 1].y - run[i].y);
    const float turn = a.x * b.x + a.y * b.y;
    if (turn < 0.8F * std::hypot(a.x, a.y) * std::hypot(b.x, b.y))
      list_->AddCircleFilled(run[i], 0.5F * width, ink);
  }
}

void ImGuiCanvas::dots(std::span<const Px> points, const paint::Stroke& stroke) {
  const ImU32 ink = colour(stroke.colour);
  const float radius = std::max(0.7F, 0.5F * width_of(stroke));
  for (const auto& dash : paint::cut_into_dashes(points, paint::dash_pattern(stroke))) {
    const ImVec2 a = to_screen(dash.front()), b = to_screen(dash.back());
    list_->AddCircleFilled({0.5F * (a.x + b.x), 0.5F * (a.y + b.y)}, radius, ink);
  }
}

void ImGuiCanvas::polyline(std::span<const Px> points, const paint::Stroke& stroke) {
  std::vector<Px> ring;
  if (stroke.closed && stroke.dash != Dash::solid && !points.empty()) {
    ring.assign(points.begin(), points.end());
    ring.push_back(points.front());
    points = ring;
  }
  if (stroke.dash == Dash::dotted) return dots(points, stroke);
  if (stroke.dash != Dash::solid) {
    paint::Stroke solid = stroke;
    solid.dash = Dash::solid, solid.closed = false;
    for (const auto& dash : paint::cut_into_dashes(points, paint::dash_pattern(stroke)))
      polyline(dash, solid);
    return;
  }
  std::vector<ImVec2> run;
  run.reserve(points.size());
  for (const Px& p : points) {
    if (!finite(p)) {
      stroke_run(without_straight_points(run), stroke);
      run.clear();
      continue;
    }
    const ImVec2 at = to_screen(p);
    // Points closer than anyone can tell cost triangles, and make the joins of ImGui's anti-aliasing spike.
    // Of such points the last one is kept, so that lines keep their ends.
    if (run.size() > 1 && near(at, run[run.size() - 2])) run.pop_back();
    run.push_back(at);
  }
  stroke_run(without_straight_points(run), stroke);
}

void ImGuiCanvas::fill_polygon(std::span<const Px> points, paint::Rgba ink) {
  if (points.size() < 3) return;
  std::vector<ImVec2> outline;
  outline.reserve(points.size());
  for (const Px& p : points) outline.push_back(to_screen(p));
  // ImGui grows its anti-aliased fringe to the left of the outline's way.
  if (signed_area(outline) < 0) std::reverse(outline.begin(), outline.end());
  list_->AddConcavePolyFilled(outline.data(), static_cast<int>(outline.size()), colour(ink));
}

// One strip of triangles with a fringe of half a pixel above and below, since separate quads would show their
// seams.
void ImGuiCanvas::fill_band(std::span<const Px> upper, std::span<const Px> lower, paint::Rgba ink) {
  const std::size_t count = std::min(upper.size(), lower.size());
  const ImU32 full = colour(ink), clear = full & ~IM_COL32_A_MASK;
  const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
  for (std::size_t begin = 0; begin + 1 < count; begin += kMostPoints - 1) {
    const std::size_t n = std::min(kMostPoints, count - begin);
    list_->PrimReserve(static_cast<int>(18 * (n - 1)), static_cast<int>(4 * n));
    const auto first = list_->_VtxCurrentIdx;
    for (std::size_t i = 0; i < n; ++i) {
      ImVec2 top = to_screen(upper[begin + i]), bottom = to_screen(lower[begin + i]);
      if (top.y > bottom.y) std::swap(top.y, bottom.y);
      const float half = std::min(0.5F, 0.5F * (bottom.y - top.y));
      list_->PrimWriteVtx({top.x, top.y - 0.5F}, white, clear);
      list_->PrimWriteVtx({top.x, top.y + half}, white, full);
      list_->PrimWriteVtx({bottom.x, bottom.y - half}, white, full);
      list_->PrimWriteVtx({bottom.x, bottom.y + 0.5F}, white, clear);
    }
    for (std::size_t i = 0; i + 1 < n; ++i)
      for (unsigned strip = 0; strip < 3; ++strip) {
        const auto a = static_cast<ImDrawIdx>(first + 4 * i + strip);
        const auto b = static_cast<ImDrawIdx>(a + 4);
        for (const unsigned corner : {a + 0U, b + 0U, b + 1U, a + 0U, b + 1U, a + 1U})
          list_->PrimWriteIdx(static_cast<ImDrawIdx>(corner));
      }
  }
}

void ImGuiCanvas::fill_rect(const paint::PxRect& rect, paint::Rgba ink, double corner_radius_px) {
  list_->AddRectFilled(to_screen({rect.x0, rect.y0}), to_screen({rect.x1, rect.y1}), colour(ink),
                       static_cast<float>(corner_radius_px) * scale_);
}

void ImGuiCanvas::disc(Px centre, double radius_px, paint::Rgba ink, double halo_px, paint::Rgba halo) {
  const ImVec2 at = to_screen(centre);
  if (halo_px > 0) list_->AddCircleFilled(at, static_cast<float>(radius_px + halo_px) * scale_, colour(halo));
  list_->AddCircleFilled(at, static_cast<float>(radius_px) * scale_, colour(ink));
}

void ImGuiCanvas::discs(std::span<const paint::Disc> discs, double halo_px, paint::Rgba halo) {
  constexpr std::size_t kWorthwhile = 64;
  if (discs.size() >= kWorthwhile) {
    std::vector<ScreenDisc> batch;
    batch.reserve(discs.size());
    for (const paint::Disc& d : discs)
      batch.push_back({to_screen(d.centre), static_cast<float>(d.radius_px) * scale_,
                       static_cast<float>(d.radius_px + halo_px) * scale_, colour(d.colour),
                       halo_px > 0 ? colour(halo) : 0});
    if (draw_discs(list_, batch)) return;
  }
  Canvas::discs(discs, halo_px, halo);
}

void ImGuiCanvas::circle(Px centre, double radius_px, const paint::Stroke& stroke) {
  if (stroke.dash == Dash::solid) {
    list_->AddCircle(to_screen(centre), static_cast<float>(radius_px) * scale_, colour(stroke.colour), 0,
                     width_of(stroke));
    return;
  }
  constexpr int kCorners = 64;
  std::vector<Px> ring;
  for (int i = 0; i <= kCorners; ++i) {
    const double angle = i * 2 * 3.14159265358979323846 / kCorners;
    ring.push_back({centre.x + radius_px * std::cos(angle), centre.y + radius_px * std::sin(angle)});
  }
  polyline(ring, stroke);
}

void ImGuiCanvas::texture(ImTextureID texture, const paint::PxRect& where) {
  list_->AddImage(texture, to_screen({where.x0, where.y0}), to_screen({where.x1, where.y1}));
}

void ImGuiCanvas::image(const paint::Image& image, const paint::PxRect& where, bool smooth) {
  if (image.width <= 0 || image.height <= 0) return;
  const ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
  const bool nearest = !smooth && platform.DrawCallback_SetSamplerNearest != nullptr;
  if (nearest) list_->AddCallback(platform.DrawCallback_SetSamplerNearest, nullptr);
  list_->AddImage(texture_of(image), to_screen({where.x0, where.y0}), to_screen({where.x1, where.y1}));
  if (nearest) list_->AddCallback(platform.DrawCallback_SetSamplerLinear, nullptr);
}

void ImGuiCanvas::text(std::string_view text, Px at, const paint::TextStyle& style) {
  const auto size = static_cast<float>(style.size_px);
  const Face face = style.bold ? Face::bold : Face::regular;
  ImVec2 where = to_screen(at);
  if (style.anchor != Anchor::left)
    where.x = anchored(where.x, gui::measure_text(text, size, face).width, style.anchor);
  draw_text(list_, text, where, colour(style.colour), size, face);
}

paint::TextExtent ImGuiCanvas::measure_text(std::string_view text, const paint::TextStyle& style) {
  const TextSize extent =
      gui::measure_text(text, static_cast<float>(style.size_px), style.bold ? Face::bold : Face::regular);
  const double em = style.size_px / kSizePerEm;
  return {extent.width / scale_, paint::kTextAscent * em, paint::kTextDescent * em};
}

void ImGuiCanvas::formula(std::string_view tex, Px at, const paint::TextStyle& style) {
  const auto size = static_cast<float>(style.size_px);
  ImVec2 where = to_screen(at);
  if (style.anchor != Anchor::left)
    where.x = anchored(where.x, gui::measure_formula(tex, size).width, style.anchor);
  draw_formula(list_, tex, where, size, colour(style.colour));
}

paint::TextExtent ImGuiCanvas::measure_formula(std::string_view tex, const paint::TextStyle& style) {
  const FormulaSize extent = gui::measure_formula(tex, static_cast<float>(style.size_px));
  return {extent.width / scale_, extent.ascent / scale_, extent.descent / scale_};
}

void ImGuiCanvas::push_clip(const paint::PxRect& rect) {
  list_->PushClipRect(to_screen({rect.x0, rect.y0}), to_screen({rect.x1, rect.y1}), true);
}

void ImGuiCanvas::pop_clip() { list_->PopClipRect(); }

}  // namespace iem::gui
