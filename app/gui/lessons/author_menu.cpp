#include "app/gui/lessons/author_menu.h"

#include <initializer_list>

#include "app/gui/look/icons.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

void author_items(const Actions& actions, std::initializer_list<const char*> ids) {
  for (const char* id : ids) {
    const std::string why = actions.disabled(id);
    if (menu_item(actions.find(id)->label, actions.keys(id), false, why)) actions.run(id);
  }
}

}  // namespace

void author_menu(const Actions& actions, const LessonAuthor& author, ImVec2 corner) {
  constexpr float kBox = 28;
  ImGui::SetCursorScreenPos(corner);
  const bool copies = author.is_copied_to_write();
  if (icon_button({.id = "##write_lesson",
                   .help = copies ? text::author::kReadHelp : text::author::kMenuHelp,
                   .selected = ImGui::IsPopupOpen("author")},
                  icon::kPen, 12, kBox))
    ImGui::OpenPopup("author");
  ImGui::SetNextWindowPos({corner.x, corner.y + px(kBox + 4)}, ImGuiCond_Appearing);
  if (!begin_menu("author")) return;
  if (!copies) {
    author_items(actions, {"lesson.add_moment", "lesson.update_moment"});
    menu_rule();
    author_items(actions, {"lesson.move_page_up", "lesson.move_page_down", "lesson.remove_page"});
    menu_rule();
    author_items(actions, {"lesson.undo_page"});
    menu_rule();
  }
  author_items(actions, {"lesson.save_copy", "lesson.new"});
  end_menu();
}

void draw_trouble(std::string_view trouble) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_icon(ImGui::GetWindowDrawList(), icon::kWarning, {at.x + px(7), at.y + px(9)}, colour(theme().bad),
            13);
  ImGui::SetCursorScreenPos({at.x + px(22), at.y});
  {
    const ScopedRowWidth beside(row_width() - px(22));
    ImGui::BeginGroup();
    paragraph(trouble, theme().bad);
    ImGui::EndGroup();
  }
  ImGui::SetCursorScreenPos({at.x, ImGui::GetItemRectMax().y});
  gap(12);
}

}  // namespace iem::gui
