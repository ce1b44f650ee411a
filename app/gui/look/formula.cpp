#include "app/gui/look/formula.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>

#include "app/gui/look/fonts.h"
#include "app/gui/look/style.h"
#include "app/paint/formula.h"
#include "core/figure/notation.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

// The most formulas kept. Fewer than a hundred are on screen at once; the rest is for runs that write new
// numbers at every step.
constexpr std::size_t kMaxPictures = 512;

struct Picture {
  std::string key;
  bool is_text = false;  // did not parse
  FormulaSize size;
  int width = 0, height = 0, baseline = 0, left = 0;
  ImFontAtlasRectId place = -1;
};

std::list<Picture> g_pictures;  // the one used last in front
std::unordered_map<std::string, std::list<Picture>::iterator> g_pictures_by_key;

// Latin Modern is thin at text sizes: its coverage is raised, less on dark ground where light type spreads by
// itself.
double coverage_power() { return current_look().theme == paint::ThemeId::dark ? 0.82 : 0.72; }

void write_pixels(const ImFontAtlasRect& rect, const paint::FormulaMask& mask) {
  std::array<std::uint8_t, 256> alpha;
  for (int c = 0; c < 256; ++c)
    alpha[static_cast<std::size_t>(c)] =
        static_cast<std::uint8_t>(std::lround(255 * std::pow(c / 255.0, coverage_power())));
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  ImTextureData* texture = atlas->TexData;
  for (int y = 0; y < mask.height; ++y) {
    auto* out = static_cast<std::uint8_t*>(texture->GetPixelsAt(rect.x, rect.y + y));
    for (int x = 0; x < mask.width; ++x) {
      const std::uint8_t a = alpha[mask.coverage[static_cast<std::size_t>(y * mask.width + x)]];
      if (texture->BytesPerPixel == 4) *out++ = 255, *out++ = 255, *out++ = 255;
      *out++ = a;
    }
  }
  ImFontAtlasTextureBlockQueueUpload(atlas, texture, rect.x, rect.y, mask.width, mask.height);
}

Picture make_picture(std::string key, std::string_view tex, double pixels) {
  Picture picture;
  picture.key = std::move(key);
  const auto outline = paint::formula_outline(tex);
  if (!outline) {
    picture.is_text = true;
    return picture;
  }
  const double screen = pixels / current_look().density;
  picture.size = {static_cast<float>(outline->width * screen), static_cast<float>(outline->ascent * screen),
                  static_cast<float>(outline->descent * screen)};
  const paint::FormulaMask mask = paint::rasterise(*outline, pixels);
  picture.width = mask.width, picture.height = mask.height;
  picture.baseline = mask.baseline, picture.left = mask.left;
  if (mask.width <= 0 || mask.height <= 0) return picture;
  ImFontAtlasRect rect;
  picture.place = ImGui::GetIO().Fonts->AddCustomRect(mask.width, mask.height, &rect);
  if (picture.place != ImFontAtlasRectId_Invalid) write_pixels(rect, mask);
  return picture;
}

void forget_last() {
  if (g_pictures.back().place != ImFontAtlasRectId_Invalid)
    ImGui::GetIO().Fonts->RemoveCustomRect(g_pictures.back().place);
  g_pictures_by_key.erase(g_pictures.back().key);
  g_pictures.pop_back();
}

struct {
  std::string notation, lab;
} g_letters;

const Picture& picture_of(std::string_view tex, float size) {
  const double pixels = static_cast<double>(size) * scale() * current_look().density;
  const std::string written = in_notation(tex, g_letters.notation, g_letters.lab);
  std::string key(written);
  key.append("\n").append(std::to_string(std::lround(pixels * 8)));
  if (current_look().theme == paint::ThemeId::dark) key.push_back('d');
  if (const auto found = g_pictures_by_key.find(key); found != g_pictures_by_key.end()) {
    g_pictures.splice(g_pictures.begin(), g_pictures, found->second);
    return g_pictures.front();
  }
  g_pictures.push_front(make_picture(key, written, pixels));
  g_pictures_by_key.emplace(std::move(key), g_pictures.begin());
  if (g_pictures.size() > kMaxPictures) forget_last();
  return g_pictures.front();
}

}  // namespace

FormulaSize measure_formula(std::string_view tex, float size) {
  const Picture& picture = picture_of(tex, size);
  if (!picture.is_text) return picture.size;
  const TextSize text = measure_text(tex, size);
  return {text.width, text.ascent, text.descent};
}

float draw_formula(ImDrawList* list, std::string_view tex, ImVec2 baseline, float size, ImU32 colour) {
  if (tex.empty()) return 0;
  const Picture& picture = picture_of(tex, size);
  if (picture.is_text) return draw_text(list, tex, baseline, colour, size);
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  ImFontAtlasRect rect;
  if (picture.place == ImFontAtlasRectId_Invalid || !atlas->GetCustomRect(picture.place, &rect))
    return picture.size.width;
  const auto dense = static_cast<float>(current_look().density);
  const ImVec2 min(std::round(baseline.x) - static_cast<float>(picture.left) / dense,
                   std::round(baseline.y) - static_cast<float>(picture.baseline) / dense);
  const ImVec2 max(min.x + static_cast<float>(picture.width) / dense,
                   min.y + static_cast<float>(picture.height) / dense);
  list->AddImage(atlas->TexRef, min, max, rect.uv0, rect.uv1, colour);
  return picture.size.width;
}

void write_formulas_in(std::string_view notation, std::string_view lab) {
  g_letters = {std::string(notation), std::string(lab)};
}

void clear_formulas() {
  while (!g_pictures.empty()) forget_last();
}

std::size_t cached_formulas() { return g_pictures.size(); }

}  // namespace iem::gui
