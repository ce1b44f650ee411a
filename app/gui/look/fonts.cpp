#include "app/gui/look/fonts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "app/gui/look/style.h"
#include "core/base/check.h"
#include "core/base/cut_text.h"
#include "core/base/embedded.h"
#include "core/base/power_of_ten.h"
#include "core/base/words.h"
#include "imgui_freetype.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

constexpr int kFaces = 6;
constexpr auto kExponentSize = static_cast<float>(kRaisedSize), kExponentRise = static_cast<float>(kRise);
// The italic faces are for emphasis in the Markdown of lessons.
constexpr std::array<std::string_view, kFaces> kFiles = {
    "fonts/Roboto-Regular.ttf",    "fonts/Roboto-Bold.ttf",        "fonts/Roboto-Italic.ttf",
    "fonts/Roboto-BoldItalic.ttf", "fonts/Inconsolata-Medium.ttf", "fonts/FontAwesome6-Solid.otf"};

ImFont* add_face(ImFontAtlas& atlas, std::string_view file) {
  const auto bytes = embedded_file(file);
  IEM_CHECK(!bytes.empty());
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;  // the bytes are part of the program
  config.FontLoaderFlags = ImGuiFreeTypeLoaderFlags_LightHinting;
  // ImGui's interface is not const-correct; it does not write to the bytes.
  void* data = const_cast<std::byte*>(bytes.data());
  ImFont* added = atlas.AddFontFromMemoryTTF(data, static_cast<int>(bytes.size()), 0, &config);
  IEM_CHECK(added != nullptr);
  return added;
}

float screen_size(float size) { return std::round(size * scale()); }

// Calls run(text, size, rise) for the parts of a text: exponents are small and raised, the rest is as it is.
template <class Run>
void each_run(std::string_view utf8, float size, const Run& run) {
  for (const TextRun& part : text_runs(utf8))
    part.raised ? run(part.text, kExponentSize * size, kExponentRise * size) : run(part.text, size, 0.0F);
}

}  // namespace

void load_fonts() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.SetFontLoader(ImGuiFreeType::GetFontLoader());
  for (const std::string_view file : kFiles) add_face(atlas, file);
  ImGui::GetIO().FontDefault = font(Face::regular);
}

ImFont* font(Face face) {
  // In the order of Face, whichever context is current: tests make several one after another.
  return ImGui::GetIO().Fonts->Fonts[static_cast<int>(face)];
}

ScopedFont::ScopedFont(Face face, float size) { ImGui::PushFont(font(face), screen_size(size)); }
ScopedFont::~ScopedFont() { ImGui::PopFont(); }

TextSize measure_text(std::string_view utf8, float size, Face face) {
  ImFont* f = font(face);
  const ImFontBaked* baked = f->GetFontBaked(screen_size(size));
  TextSize out{0, std::round(baked->Ascent), std::round(-baked->Descent)};
  each_run(utf8, size, [&](std::string_view part, float part_size, float) {
    out.width +=
        f->CalcTextSizeA(screen_size(part_size), FLT_MAX, 0, part.data(), part.data() + part.size()).x;
  });
  return out;
}

float cap_height(float size, Face face) {
  const ImFontGlyph* h = font(face)->GetFontBaked(screen_size(size))->FindGlyph('H');
  return h->Y1 - h->Y0;
}

float draw_text(ImDrawList* list, std::string_view utf8, ImVec2 baseline, ImU32 colour, float size,
                Face face) {
  float x = std::round(baseline.x);
  each_run(utf8, size, [&](std::string_view part, float part_size, float rise) {
    const float ascent = std::round(font(face)->GetFontBaked(screen_size(part_size))->Ascent);
    const ImVec2 top_left(x, std::round(baseline.y - rise * scale()) - ascent);
    list->AddText(font(face), screen_size(part_size), top_left, colour, part.data(),
                  part.data() + part.size());
    x += measure_text(part, part_size, face).width;
  });
  return x - std::round(baseline.x);
}

float draw_text_right(ImDrawList* list, std::string_view utf8, ImVec2 baseline, ImU32 colour, float size,
                      Face face) {
  baseline.x -= measure_text(utf8, size, face).width;
  return draw_text(list, utf8, baseline, colour, size, face);
}

ImVec2 measure_paragraph(std::string_view words, float wrap_px, float size) {
  const std::string utf8 = equations_whole(words);
  return font(Face::regular)
      ->CalcTextSizeA(screen_size(size), FLT_MAX, wrap_px, utf8.data(), utf8.data() + utf8.size());
}

void draw_paragraph(ImDrawList* list, std::string_view words, ImVec2 top_left, ImU32 colour, float wrap_px,
                    float size) {
  const std::string kept = equations_whole(words);
  std::string_view utf8 = kept;
  ImFont* face = font(Face::regular);
  const char* const end = utf8.data() + utf8.size();
  const float pixels = screen_size(size), ascent = std::round(face->GetFontBaked(pixels)->Ascent);
  if (text_runs(utf8).size() <= 1)  // nothing is raised
    return list->AddText(face, pixels, top_left, colour, utf8.data(), end, wrap_px);
  while (!utf8.empty()) {
    const std::size_t whole = std::min(utf8.find('\n'), utf8.size());
    std::size_t length = whole;
    if (wrap_px > 0)
      length = static_cast<std::size_t>(
          face->CalcWordWrapPosition(pixels, utf8.data(), utf8.data() + whole, wrap_px) - utf8.data());
    draw_text(list, utf8.substr(0, length), {top_left.x, top_left.y + ascent}, colour, size);
    top_left.y += pixels;
    utf8.remove_prefix(length);
    while (length < whole && utf8.starts_with(' ')) utf8.remove_prefix(1);
    if (utf8.starts_with('\n')) utf8.remove_prefix(1);
  }
}

std::string cut_to(std::string_view utf8, float max_width, float size, Face face) {
  constexpr std::string_view kEllipsis = "…";
  const float room = max_width - measure_text(kEllipsis, size, face).width;
  const std::size_t all = count_letters(utf8),
                    kept = most_fitting(0, all, [&](std::size_t letters) {
                      const float width =
                          measure_text(utf8.substr(0, byte_of_letter(utf8, letters)), size, face).width;
                      return width <= (letters < all ? room : max_width);
                    });
  if (kept == all) return std::string(utf8);
  return std::string(utf8.substr(0, byte_of_letter(utf8, kept))).append(kEllipsis);
}

float draw_text_cut(ImDrawList* list, std::string_view utf8, ImVec2 baseline, ImU32 colour, float max_width,
                    float size, Face face) {
  return draw_text(list, cut_to(utf8, max_width, size, face), baseline, colour, size, face);
}

void draw_in_two_lines(ImDrawList* list, std::string_view utf8, ImVec2 min, ImVec2 max, ImU32 colour) {
  const float middle = 0.5F * (min.y + max.y), room = std::max(max.x - min.x, 1.0F);
  if (measure_text(utf8, type::kBody).width <= room) {
    draw_text(list, utf8, {min.x, std::round(middle + 0.5F * cap_height(type::kBody))}, colour);
    return;
  }
  const auto fits = [&](const std::string& words, float size) {
    return measure_paragraph(words, room, size).y < 2.5F * screen_size(size);
  };
  std::string words(utf8);
  const float size = fits(words, type::kSmall) ? type::kSmall : type::kTick;
  for (std::size_t kept = words.size(); !fits(words, size); words.append("…")) {
    kept = utf8.substr(0, kept).find_last_of(' ');
    if (kept == std::string_view::npos)
      return void(draw_text_cut(list, utf8, {min.x, middle}, colour, room, size));
    words = utf8.substr(0, kept);
  }
  const float high = measure_paragraph(words, room, size).y;
  draw_paragraph(list, words, {min.x, std::round(middle - 0.5F * high)}, colour, room, size);
}

}  // namespace iem::gui
