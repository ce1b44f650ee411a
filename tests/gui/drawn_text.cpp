#include "tests/gui/drawn_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "app/gui/look/style.h"
#include "app/paint/theme.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

// Four corners of a picture in the atlas.
struct Quad {
  ImDrawVert* corner = nullptr;
  ImVec4 clip;
  ImVec2 min, max;  // clipped
};

bool is_icon(ImWchar letter) { return letter >= 0xE000 && letter <= 0xF8FF; }

// Letters by the place of their picture in the atlas.
std::map<std::pair<float, float>, ImWchar> letters_of_atlas() {
  std::map<std::pair<float, float>, ImWchar> out;
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  for (int i = 0; i < atlas.Builder->BakedPool.Size; ++i)
    for (const ImFontGlyph& glyph : atlas.Builder->BakedPool[i].Glyphs)
      if (glyph.Visible) out[{glyph.U0, glyph.V0}] = static_cast<ImWchar>(glyph.Codepoint);
  return out;
}

// As large as in the atlas: letters and formulas are.
bool is_picture(const ImDrawVert* v, const ImVec2& white) {
  const ImTextureData& atlas = *ImGui::GetIO().Fonts->TexData;
  const float wide = (v[1].uv.x - v[0].uv.x) * static_cast<float>(atlas.Width),
              high = (v[3].uv.y - v[0].uv.y) * static_cast<float>(atlas.Height);
  if (std::abs(wide - (v[1].pos.x - v[0].pos.x)) > 0.6F || std::abs(high - (v[3].pos.y - v[0].pos.y)) > 0.6F)
    return false;
  const bool square =
      v[0].uv.x == v[3].uv.x && v[1].uv.x == v[2].uv.x && v[0].uv.y == v[1].uv.y && v[2].uv.y == v[3].uv.y;
  return square && v[1].uv.x > v[0].uv.x && v[3].uv.y > v[0].uv.y && !(v[0].uv.x == white.x) &&
         v[1].pos.x > v[0].pos.x && v[3].pos.y > v[0].pos.y;
}

template <class Each>
void each_quad(ImDrawList& list, const Each& each) {
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    if (command.UserCallback != nullptr || command.ElemCount == 0) continue;
    if (command.TexRef._TexData != atlas.TexData) continue;
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    for (unsigned i = 0; i + 6 <= command.ElemCount;) {
      const ImDrawIdx* k = index + i;
      const ImDrawIdx a = k[0];
      ImDrawVert* v = list.VtxBuffer.Data + command.VtxOffset + a;
      const bool pattern = k[1] == a + 1 && k[2] == a + 2 && k[3] == a && k[4] == a + 2 && k[5] == a + 3;
      if (!pattern || !is_picture(v, atlas.TexUvWhitePixel)) {
        i += 3;
        continue;
      }
      const ImVec4& c = command.ClipRect;
      each(Quad{v,
                c,
                {std::max(v[0].pos.x, c.x), std::max(v[0].pos.y, c.y)},
                {std::min(v[2].pos.x, c.z), std::min(v[2].pos.y, c.w)}});
      i += 6;
    }
  }
}

Rgb pixel_at(const paint::Image& image, int x, int y) {
  const std::size_t at =
      4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x));
  return {image.rgba[at] / 255.0, image.rgba[at + 1] / 255.0, image.rgba[at + 2] / 255.0};
}

double apart(const Rgb& a, const Rgb& b) {
  return std::max({std::abs(a.r - b.r), std::abs(a.g - b.g), std::abs(a.b - b.b)});
}

// The colour under a letter, where the letter has left anything; false: it is not seen.
bool ground_under(const paint::Image& with, const paint::Image& without, const Quad& quad, Rgb& ground) {
  constexpr double kSeen = 0.02;
  Rgb sum;
  int count = 0;
  const int x1 = std::min(with.width, static_cast<int>(std::ceil(quad.max.x))),
            y1 = std::min(with.height, static_cast<int>(std::ceil(quad.max.y)));
  for (int y = std::max(0, static_cast<int>(quad.min.y)); y < y1; ++y)
    for (int x = std::max(0, static_cast<int>(quad.min.x)); x < x1; ++x) {
      const Rgb below = pixel_at(without, x, y);
      if (apart(pixel_at(with, x, y), below) < kSeen) continue;
      sum.r += below.r, sum.g += below.g, sum.b += below.b;
      ++count;
    }
  if (count < 3) return false;
  ground = {sum.r / count, sum.g / count, sum.b / count};
  return true;
}

Rgb laid_on(ImU32 colour, const Rgb& ground) {
  const ImVec4 ink = ImGui::ColorConvertU32ToFloat4(colour);
  const auto mix = [&](double below, float above) { return below + ink.w * (above - below); };
  return {mix(ground.r, ink.x), mix(ground.g, ink.y), mix(ground.b, ink.z)};
}

void append_utf8(std::string& text, ImWchar letter) {
  std::array<char, 5> utf8{};
  ImTextCharToUtf8(utf8.data(), letter);
  text += utf8.data();
}

// The frame once more, without its letters.
paint::Image picture_without_letters(const Window& window, ImDrawData& data) {
  for (ImDrawList* list : data.CmdLists)
    each_quad(*list, [](const Quad& quad) {
      for (int i = 0; i < 4; ++i) quad.corner[i].col &= ~IM_COL32_A_MASK;
    });
  window.show_whole();
  return window.read_pixels();
}

struct Letter {
  Quad quad;
  ImU32 ink;
  ImWchar letter;  // 0: a formula
  const ImDrawList* list;
};

// Windows that lie over what is drawn before them, from the back.
std::vector<std::pair<const ImDrawList*, const ImGuiWindow*>> covers_of(const ImDrawData& data) {
  std::vector<std::pair<const ImDrawList*, const ImGuiWindow*>> out;
  for (const ImDrawList* list : data.CmdLists) {
    const ImGuiWindow* window =
        list->_OwnerName == nullptr ? nullptr : ImGui::FindWindowByName(list->_OwnerName);
    const bool opaque = window != nullptr && ((window->Flags & ImGuiWindowFlags_NoBackground) == 0 ||
                                              std::string_view(list->_OwnerName) == "##inspector");
    out.emplace_back(list, opaque ? window : nullptr);
  }
  return out;
}

bool is_covered(const Letter& letter,
                const std::vector<std::pair<const ImDrawList*, const ImGuiWindow*>>& covers) {
  const ImVec2 centre(0.5F * (letter.quad.min.x + letter.quad.max.x),
                      0.5F * (letter.quad.min.y + letter.quad.max.y));
  bool behind = true;
  const ImGuiWindow* own = nullptr;
  for (const auto& [list, window] : covers) {
    if (!behind && window != nullptr && window->RootWindow != own && window->Rect().Contains(centre))
      return true;
    if (list == letter.list) behind = false, own = window == nullptr ? nullptr : window->RootWindow;
  }
  return false;
}

bool continues(const DrawnText& run, const Letter& next, bool formula) {
  return !formula && run.words != "[formula]" && next.quad.min.x > run.x0 && next.quad.min.x < run.x1 + 9 &&
         next.quad.max.y > run.y0 && next.quad.min.y < run.y1;
}

}  // namespace

namespace {

// The letters of the last frame that no window lies over, in drawing order.
std::vector<Letter> letters_of(ImDrawData& data) {
  const auto known = letters_of_atlas();
  std::vector<Letter> letters;
  for (ImDrawList* list : data.CmdLists)
    each_quad(*list, [&](const Quad& quad) {
      const auto found = known.find({quad.corner[0].uv.x, quad.corner[0].uv.y});
      const ImWchar letter = found == known.end() ? 0 : found->second;
      // Corners of rounded frames lie in the atlas too. They are in the colour of hairlines, which no text
      // has.
      const bool corner = letter == 0 && ((quad.corner[0].col ^ colour(theme().hairline)) & 0xFFFFFFU) == 0;
      const bool cut = corner || quad.max.x <= quad.min.x || quad.max.y <= quad.min.y;
      if (!cut && !is_icon(letter)) letters.push_back({quad, quad.corner[0].col, letter, list});
    });
  const auto covers = covers_of(data);
  std::erase_if(letters, [&](const Letter& each) { return is_covered(each, covers); });
  return letters;
}

// Adds a letter to the words before it, or begins new ones; returns the words it belongs to.
DrawnText& add_letter(std::vector<DrawnText>& out, const Letter& letter, ImU32 ink_before) {
  const bool formula = letter.letter == 0;
  const char* owner = letter.list->_OwnerName;
  if (out.empty() || letter.ink != ink_before || !continues(out.back(), letter, formula))
    out.push_back({.words = {},
                   .window = owner == nullptr ? "" : owner,
                   .x0 = letter.quad.min.x,
                   .y0 = letter.quad.min.y});
  DrawnText& run = out.back();
  if (formula)
    run.words = "[formula]";
  else
    append_utf8(run.words, letter.letter);
  run.x1 = letter.quad.max.x, run.y1 = std::max(run.y1, letter.quad.max.y);
  return run;
}

}  // namespace

std::vector<DrawnText> drawn_text(const Window& window) {
  ImDrawData& data = *ImGui::GetDrawData();
  const std::vector<Letter> letters = letters_of(data);
  const paint::Image with = window.read_pixels();
  const paint::Image without = picture_without_letters(window, data);
  std::vector<DrawnText> out;
  ImU32 last = 0;
  for (const Letter& each : letters) {
    Rgb ground;
    if (!ground_under(with, without, each.quad, ground)) continue;
    const Rgb ink = laid_on(each.ink, ground);
    const double contrast = paint::contrast_ratio(ink, ground);
    DrawnText& run = add_letter(out, each, std::exchange(last, each.ink));
    if (contrast < run.contrast) run.ink = ink, run.ground = ground, run.contrast = contrast;
  }
  return out;
}

std::vector<DrawnText> drawn_words() {
  std::vector<DrawnText> out;
  ImU32 last = 0;
  for (const Letter& each : letters_of(*ImGui::GetDrawData()))
    if (each.ink & IM_COL32_A_MASK) add_letter(out, each, std::exchange(last, each.ink));
  return out;
}

}  // namespace iem::gui
