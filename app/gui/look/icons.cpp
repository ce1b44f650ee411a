#include "app/gui/look/icons.h"

#include <cmath>

#include "app/gui/look/fonts.h"
#include "app/gui/look/style.h"
#include "imgui_internal.h"

namespace iem::gui {

void draw_icon(ImDrawList* list, std::string_view icon, ImVec2 centre, ImU32 colour, float size) {
  if (icon.empty()) return;
  unsigned int code = 0;
  ImTextCharFromUtf8(&code, icon.data(), icon.data() + icon.size());
  const float pixels = std::round(size * scale());
  ImFont* face = font(Face::icons);
  const ImFontGlyph* glyph = face->GetFontBaked(pixels)->FindGlyph(static_cast<ImWchar>(code));
  const ImVec2 top_left(std::round(centre.x - 0.5F * (glyph->X0 + glyph->X1)),
                        std::round(centre.y - 0.5F * (glyph->Y0 + glyph->Y1)));
  list->AddText(face, pixels, top_left, colour, icon.data(), icon.data() + icon.size());
}

}  // namespace iem::gui
