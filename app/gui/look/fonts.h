// The faces of the window and text set on its baseline.
//
// Type sizes are in style pixels (12, 13, 14, 15, 20) and are scaled here; positions are screen
// pixels. A power of ten in a text (core/base/power_of_ten.h) is raised wherever text is drawn.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "imgui.h"

namespace iem::gui {

enum class Face : std::uint8_t { regular, bold, italic, bold_italic, mono, icons };

// The type sizes; none is below 12.
namespace type {
inline constexpr float kTick = 12;   // ticks, curve labels, axis names
inline constexpr float kSmall = 13;  // group heads (bold), secondary text, table numbers, segments
inline constexpr float kBody = 14;   // tabs, labels, values, panel titles
inline constexpr float kName = 15;   // product name (bold)
inline constexpr float kPhase = 20;  // E and M (bold)
}  // namespace type

// Puts the embedded faces into the atlas of the current ImGui context: FreeType, light hinting, glyphs made
// when first drawn. Regular becomes the default. Call once, before the first frame.
void load_fonts();

ImFont* font(Face face);

// Makes a face and size current for stock ImGui widgets and ImPlot.
class ScopedFont {
 public:
  ScopedFont(Face face, float size);
  ~ScopedFont();
  ScopedFont(const ScopedFont&) = delete;
  ScopedFont& operator=(const ScopedFont&) = delete;
};

struct TextSize {
  float width = 0, ascent = 0,
        descent = 0;  // screen pixels; ascent and descent are of the face, whole pixels
};
TextSize measure_text(std::string_view utf8, float size, Face face = Face::regular);

// Height of capitals and figures above the baseline, by which text is centred in a row.
float cap_height(float size, Face face = Face::regular);

// `baseline` is moved to whole pixels. Returns the width drawn.
float draw_text(ImDrawList* list, std::string_view utf8, ImVec2 baseline, ImU32 colour,
                float size = type::kBody, Face face = Face::regular);
float draw_text_right(ImDrawList* list, std::string_view utf8, ImVec2 baseline, ImU32 colour,
                      float size = type::kBody, Face face = Face::regular);

// Lines of words from `top_left` down, broken at `wrap_px` (0: where the words are), though never beside the
// sign of an equation, and one size apart.
ImVec2 measure_paragraph(std::string_view words, float wrap_px, float size = type::kSmall);
void draw_paragraph(ImDrawList* list, std::string_view words, ImVec2 top_left, ImU32 colour, float wrap_px,
                    float size = type::kSmall);

// The text, cut with an ellipsis where it is wider than `max_width`.
std::string cut_to(std::string_view utf8, float max_width, float size = type::kBody,
                   Face face = Face::regular);
float draw_text_cut(ImDrawList* list, std::string_view utf8, ImVec2 baseline, ImU32 colour, float max_width,
                    float size = type::kBody, Face face = Face::regular);

// In the height from min to max on one line, or on two smaller ones where it is longer; what is too long for
// these ends behind a word with "…".
void draw_in_two_lines(ImDrawList* list, std::string_view utf8, ImVec2 min, ImVec2 max, ImU32 colour);

}  // namespace iem::gui
