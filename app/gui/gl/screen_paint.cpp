#include "app/gui/gl/screen_paint.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <list>
#include <span>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

// Framebuffer pixels of a style pixel.
double pixels_per_style_px() { return scale() * current_look().density; }

FieldView view_of(const paint::Transform& to_px) {
  const double scale = pixels_per_style_px();
  FieldView view{to_px.x().lo, to_px.x().hi, to_px.y().lo, to_px.y().hi, 1, 1};
  view.width = std::max(1, static_cast<int>(std::lround(to_px.rect().width() * scale)));
  view.height = std::max(1, static_cast<int>(std::lround(to_px.rect().height() * scale)));
  return view;
}

// Whether the numbers that the shader squares fit into single precision.
bool fits_shader(const FieldInput& input, const FieldView& view) {
  constexpr double kMost = 1e17;
  const auto fits = [](std::initializer_list<double> numbers) {
    return std::ranges::all_of(numbers, [](double v) { return std::abs(v) < kMost; });
  };
  return fits({view.x0, view.x1, view.y0, view.y1}) &&
         std::ranges::all_of(input.components, [&](const FieldComponent& c) {
           return fits({c.mu_x, c.mu_y, c.w00, c.w10, c.w11});
         });
}

bool paint_field(FieldRenderer& renderer, const FieldMark& mark, const paint::Transform& to_px,
                 paint::Canvas& canvas) {
  auto* screen = dynamic_cast<ImGuiCanvas*>(&canvas);
  if (screen == nullptr || !mark.input || mark.input->components.empty()) return false;
  if (!fits_shader(*mark.input, view_of(to_px))) return false;
  const FieldPalette palette = paint::field_palette(theme(), static_cast<int>(mark.input->components.size()));
  screen->texture(renderer.texture(*mark.input, view_of(to_px), palette), to_px.rect());
  return true;
}

// A fast hash of many points, which takes a fraction of the time of drawing them.
class WordHash {
 public:
  void add(std::uint64_t word) {
    state_ = std::rotl(state_ ^ (word * 0x9e3779b97f4a7c15ULL), 29) * 0xbf58476d1ce4e5b9ULL;
  }
  void add(std::span<const double> numbers) {
    add(numbers.size());
    for (const double v : numbers) add(std::bit_cast<std::uint64_t>(v));
  }
  std::uint64_t value() const { return state_ ^ (state_ >> 31) ^ 1; }

 private:
  std::uint64_t state_ = 0x94d049bb133111ebULL;
};

std::uint64_t key_of(const Scatter& scatter, const paint::Transform& to_px) {
  WordHash hash;
  hash.add(scatter.x), hash.add(scatter.y), hash.add(scatter.weights);
  for (const int group : scatter.groups) hash.add(static_cast<std::uint64_t>(group));
  const paint::PxRect& r = to_px.rect();
  const double numbers[] = {to_px.x().lo,      to_px.x().hi,         to_px.y().lo,      to_px.y().hi,
                            r.width(),         r.height(),           scatter.radius_px, scatter.halo_px,
                            scatter.ink.alpha, pixels_per_style_px()};
  hash.add(std::span<const double>(numbers));
  hash.add(static_cast<std::uint64_t>(scatter.ink.role) << 32 |
           static_cast<std::uint64_t>(scatter.ink.index));
  hash.add(static_cast<std::uint64_t>(theme().id) << 32 | static_cast<std::uint64_t>(scatter.components));
  return hash.value();
}

struct Cloud {
  std::uint64_t key = 0;
  paint::Image picture;
};

bool paint_cloud(std::list<Cloud>& clouds, const Scatter& scatter, const paint::Transform& to_px,
                 paint::Canvas& canvas) {
  constexpr std::size_t kKept = 4;
  const std::uint64_t key = key_of(scatter, to_px);
  auto found = std::ranges::find(clouds, key, &Cloud::key);
  if (found == clouds.end()) {
    if (clouds.size() >= kKept) clouds.pop_back();
    clouds.push_front({key, paint::splat_points(scatter, to_px, theme(), pixels_per_style_px())});
    found = clouds.begin();
    found->picture.key = key;
  }
  canvas.image(found->picture, to_px.rect(), true);
  return true;
}

}  // namespace

paint::PaintOptions screen_options(FieldRenderer& renderer) {
  static std::list<Cloud> clouds;
  paint::PaintOptions options;
  options.image_density = pixels_per_style_px();
  options.field = [&renderer](const FieldMark& mark, const paint::Transform& to_px, paint::Canvas& canvas) {
    return paint_field(renderer, mark, to_px, canvas);
  };
  options.many_points = [](const Scatter& scatter, const paint::Transform& to_px, paint::Canvas& canvas) {
    return paint_cloud(clouds, scatter, to_px, canvas);
  };
  return options;
}

}  // namespace iem::gui
