#include "app/gui/fonts.h"

#include <array>
#include <cmath>

#include "app/gui/style.h"
#include "core/base/check.h"
#include "core/base/embedded.h"
#include "imgui_freetype.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

constexpr int kFaces = 6;
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
  if (utf8.empty()) utf8 = "";  // a null pointer makes ImGui look for the end by itself
  ImFont* f = font(face);
  const float pixels = screen_size(size);
  const ImFontBaked* baked = f->GetFontBaked(pixels);
  const ImVec2 extent = f->CalcTextSizeA(pixels, FLT_MAX, 0, utf8.data(), utf8.data() + utf8.size());
  return {extent.x, std::round(baked->Ascent), std::round(-baked->Descent)};
}

float cap_height(float size, Face face) {
  const ImFontGlyph* h = font(face)->GetFontBaked(screen_size(size))->FindGlyph('H');
  return h->Y1 - h->Y0;
}

float draw_text(ImDrawList* list, std::string_view utf8, ImVec2 baseline, ImU32 colour, float size,
                Face face) {
  if (utf8.empty()) return 0;
  const TextSize extent = measure_text(utf8, size, face);
  const ImVec2 top_left(std::round(baseline.x), std::round(baseline.y) - extent.ascent);
  list->AddText(font(face), screen_size(size), top_left, colour, utf8.data(), utf8.data() + utf8.size());
  return extent.width;
}

float draw_text_right(ImDrawList* list, std::string_view utf8, ImVec2 baseline, ImU32 colour, float size,
                      Face face) {
  baseline.x -= measure_text(utf8, size, face).width;
  return draw_text(list, utf8, baseline, colour, size, face);
}

std::string cut_to(std::string_view utf8, float max_width, float size, Face face) {
  if (measure_text(utf8, size, face).width <= max_width) return std::string(utf8);
  constexpr std::string_view kEllipsis = "…";
  const float room = max_width - measure_text(kEllipsis, size, face).width;
  std::size_t keep = utf8.size();
  while (keep > 0 && measure_text(utf8.substr(0, keep), size, face).width > room) {
    do --keep;
    while (keep > 0 && (utf8[keep] & 0xC0) == 0x80);  // whole code points only
  }
  return std::string(utf8.substr(0, keep)).append(kEllipsis);
}

float draw_text_cut(ImDrawList* list, std::string_view utf8, ImVec2 baseline, ImU32 colour, float max_width,
                    float size, Face face) {
  return draw_text(list, cut_to(utf8, max_width, size, face), baseline, colour, size, face);
}

}  // namespace iem::gui
