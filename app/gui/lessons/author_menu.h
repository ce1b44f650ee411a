// What the reader shows to who writes the lesson: a menu in its head, and what is wrong with the file.
#pragma once

#include <string_view>

#include "app/gui/context/actions.h"
#include "app/gui/lessons/lesson_author.h"

namespace iem::gui {

// A pen, 28 style pixels square, at this corner; its menu runs the author's actions.
void author_menu(const Actions& actions, const LessonAuthor& author, ImVec2 corner);

// One line that says where the file is wrong, in the present rows.
void draw_trouble(std::string_view trouble);

}  // namespace iem::gui
