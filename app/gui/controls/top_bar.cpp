#include "app/gui/controls/top_bar.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/context/actions.h"
#include "app/gui/controls/recent_menu.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/sessions/scene_list.h"
#include "app/gui/widgets/widgets.h"
#include "core/labs/registry.h"
#include "core/run/scene.h"

namespace iem::gui {
namespace {

constexpr float kMid = 24;
constexpr float kNarrowest = 680;
constexpr float kNarrow = 1100;     // a bar of this width has no room for the product's name and the scene's
constexpr float kTabMargin = 22;    // of a tab, both sides
constexpr float kLeastScene = 130;  // what the scene's menu needs at least
constexpr float kTitleRoom = 250;  // what the scene's name needs before Open and Save have words of their own

std::string scene_title(const Scene& scene) {
  if (!scene.title.empty()) return scene.title;
  return scene.name.empty() ? std::string(text::kUntitled) : scene.name;
}

// Three territories that meet: the product's sign.
void draw_logo(ImDrawList* list, ImVec2 centre) {
  const float s = scale();
  const ImVec2 at[] = {{centre.x - 5 * s, centre.y - 4 * s},
                       {centre.x + 5 * s, centre.y - 4 * s},
                       {centre.x, centre.y + 4.5F * s}};
  for (int j = 0; j < 3; ++j) {
    list->AddCircleFilled(at[j], 6.2F * s, colour(theme().paper));
    list->AddCircleFilled(at[j], 5 * s, colour(paint::mark_colour(theme(), j)));
  }
}

// The room for the palette's label; the narrowest bar shows its key only.
float palette_room() { return ImGui::GetWindowWidth() < px(kNarrowest) ? 0 : px(72); }

// The palette's button looks like the field it opens.
bool palette_button(ImVec2 at, const Action& action) {
  const ImVec2 size(px(64), px(24));
  ImGui::SetCursorScreenPos(at);
  const bool pressed = ImGui::InvisibleButton("##palette", size, ImGuiButtonFlags_EnableNav);
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 max(at.x + size.x, at.y + size.y);
  list->AddRectFilled(at, max, colour(theme().panel), px(6));
  list->AddRect(at, max, colour(hovered ? theme().faint : theme().hairline), px(6), hairline_px());
  draw_focus(list, at, max, ImGui::GetItemID());
  draw_icon(list, icon::kSearch, {at.x + px(14), at.y + px(12)}, colour(theme().muted), 11);
  draw_text(list, text::kPaletteKey, {at.x + px(27), at.y + px(16)}, colour(theme().muted), type::kTick);
  tooltip(text::kPaletteHelp, {}, action.keys);
  return pressed;
}

}  // namespace

float TopBar::brand(ImVec2 min) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_logo(list, {min.x + px(30), min.y + px(kMid)});
  const float baseline = min.y + px(kMid) + std::round(0.5F * cap_height(type::kName, Face::bold));
  const float x = min.x + px(50);
  // A narrow bar shows the logo without the name.
  if (ImGui::GetWindowWidth() < px(kNarrow)) return x - px(6);
  return x + draw_text(list, text::kProduct, {x, baseline}, colour(theme().ink), type::kName, Face::bold);
}

// Shows a lab's run as it was left, else its first scene.
void TopBar::go_to(PanelContext& context, const Lab& lab) {
  const std::vector<std::string>& waiting = context.snapshot().waiting;
  if (std::ranges::find(waiting, lab.id()) != waiting.end())
    context.engine().show_lab(lab.id());
  else if (const SceneEntry* first = first_scene_of(lab.id()))
    scene_ = first->name;
  else
    context.notices().say(std::string(text::kNoSceneOfLab));
}

float TopBar::labs_tabs(PanelContext& context, float x, float y, float right) {
  float all = 0;
  for (const Lab* lab : labs()) all += measure_text(lab->label(), type::kBody).width + px(kTabMargin);
  if (x + all > right) return labs_menu(context, x, y);
  for (const Lab* lab : labs()) {
    const bool present = lab == &context.lab();
    ImGui::SetCursorScreenPos({x, y});
    if (tab({.id = lab->id().c_str(), .selected = present}, lab->label(), px(48)) && !present)
      go_to(context, *lab);
    x = ImGui::GetItemRectMax().x;
  }
  return x;
}

// One menu of labs where there is no room for the tabs.
float TopBar::labs_menu(PanelContext& context, float x, float y) {
  ImGui::SetCursorScreenPos({x, y + px(9)});
  if (menu_button({.id = "##labs", .help = text::kChooseLab, .selected = ImGui::IsPopupOpen("labs")}, {},
                  context.lab().label()))
    ImGui::OpenPopup("labs");
  const float end = ImGui::GetItemRectMax().x;
  ImGui::SetNextWindowPos({x, y + px(42)});
  if (!begin_menu("labs")) return end;
  for (const Lab* lab : labs()) {
    const bool present = lab == &context.lab();
    if (menu_item(lab->label(), {}, present) && !present) go_to(context, *lab);
  }
  end_menu();
  return end;
}

void TopBar::scene_button(PanelContext& context, float x, float y, float right) {
  const Scene& scene = context.snapshot().setup->scene;
  ImGui::SetCursorScreenPos({x, y + px(9)});
  // Where the title has no room, the word before it is dropped.
  // Names of scenes tell what happens in them.
  const std::string title = context.reduced().asks() ? word(text::lesson::kSceneHidden) : scene_title(scene);
  float room = right - x - px(114);
  const bool bare = measure_text(title, type::kBody).width > room;
  if (bare) room += px(44);
  const Actions& actions = *context.actions;
  const std::string shown = cut_to(title, room, type::kBody);
  const std::string help =
      shown == title ? std::string(text::kChooseScene) : title + ". " + std::string(text::kChooseScene);
  if (menu_button({.id = "##scene", .help = help, .shortcut = actions.keys("scene.browse")},
                  bare ? std::string_view() : text::kScene, shown)) {
    actions.run("scene.browse");
    looking_ = true;
  }
  ImGui::SameLine(0, px(2));
  lesson_anchor_ = {ImGui::GetCursorScreenPos().x, y + px(46)};
  if (icon_button({.id = "##lesson", .help = text::kLessonHelp, .shortcut = actions.keys("scene.lesson")},
                  icon::kInfo, 13))
    actions.run("scene.lesson");
}

// Open, with what was worked on before, and Save. Returns where they begin.
float TopBar::file_buttons(PanelContext& context, const std::vector<KeptSession>& sessions,
                           ImVec2 right_end) {
  const Actions& actions = *context.actions;
  const auto width = [](std::string_view word) { return measure_text(word, type::kBody).width + px(20); };
  float x = right_end.x - width(text::kSave);
  ImGui::SetCursorScreenPos({x, right_end.y});
  if (text_button(
          {.id = "##save", .help = text::action::kSaveSession, .shortcut = actions.keys("session.save")},
          text::kSave))
    actions.run("session.save");
  x -= width(text::kOpen);
  ImGui::SetCursorScreenPos({x, right_end.y});
  if (text_button({.id = "##open",
                   .help = text::kOpenHelp,
                   .shortcut = actions.keys("scene.open"),
                   .selected = ImGui::IsPopupOpen("open")},
                  text::kOpen)) {
    ImGui::OpenPopup("open");
    looking_ = true;
  }
  ImGui::SetNextWindowPos({x, right_end.y + px(33)});
  ImGui::SetNextWindowSizeConstraints({px(260), 0}, {px(520), px(620)});
  if (begin_menu("open")) {
    if (menu_item(text::kOpenFile, actions.keys("scene.open"))) actions.run("scene.open");
    if (const std::string path = recent_lines(sessions); !path.empty()) scene_ = path;
    end_menu();
  }
  return x;
}

void TopBar::right_side(PanelContext& context, ImVec2 min, float right) {
  const Actions& actions = *context.actions;
  const float top = min.y + px(9);
  const bool dark = theme().id == paint::ThemeId::dark;
  ImGui::SetCursorScreenPos({right - px(30), top});
  if (text_button({.id = "##help", .help = text::kHelpHelp, .shortcut = actions.keys("help.keys")}, "?"))
    actions.run("help.keys");
  ImGui::SetCursorScreenPos({right - px(66), top});
  if (icon_button({.id = "##theme",
                   .help = dark ? text::kLightHelp : text::kDarkHelp,
                   .shortcut = actions.keys("view.theme")},
                  dark ? icon::kSun : icon::kMoon, 14))
    actions.run("view.theme");
  const float palette = palette_room();
  if (palette > 0 && palette_button({right - px(136), min.y + px(12)}, *actions.find("palette.open")))
    actions.run("palette.open");
  const float width = measure_text(text::kExport, type::kBody).width + px(20);
  ImGui::SetCursorScreenPos({right - px(78) - palette - width, top});
  if (text_button({.id = "##export", .help = text::kExportHelp, .shortcut = actions.keys("figure.export")},
                  text::kExport))
    actions.run("figure.export");
  export_anchor_ = {ImGui::GetItemRectMax().x, min.y + px(54)};
  compare_button(context, {right - px(82) - palette - width, top});
  const float compare = measure_text(text::kCompare, type::kBody).width + px(20);
  ImGui::SetCursorScreenPos({right - px(82) - palette - width - compare - px(32), top});
  if (icon_button(
          {.id = "##lessons", .help = text::lesson::kLessonsHelp, .shortcut = actions.keys("lesson.list")},
          icon::kBook, 14))
    actions.run("lesson.list");
}

// The button that adds runs to compare with, and removes them again.
void TopBar::compare_button(PanelContext& context, ImVec2 right_end) {
  // A future that was left behind is no comparison that anybody called up.
  const bool shown =
      context.engine().coming() ||
      std::ranges::any_of(context.snapshot().lanes, [](const ComparedRun& run) { return !run.kept; });
  const float width = measure_text(text::kCompare, type::kBody).width + px(20);
  const char* const action = shown ? "run.dismiss" : "run.compare";
  const std::string reason = context.actions->disabled(action);
  ImGui::SetCursorScreenPos({right_end.x - width, right_end.y});
  if (text_button({.id = "##compare",
                   .help = shown ? text::kDismissHelp : text::kCompareHelp,
                   .shortcut = context.actions->keys("run.compare"),
                   .disabled = reason,
                   .selected = shown},
                  text::kCompare))
    context.actions->run(action);
}

void TopBar::draw(PanelContext& context, const std::vector<KeptSession>& sessions) {
  const ImVec2 min = ImGui::GetWindowPos();
  const float right = min.x + ImGui::GetWindowWidth() - px(13);
  // What stands on the right: Compare, Export and the palette; the title gives way to them.
  const float words =
      measure_text(text::kCompare, type::kBody).width + measure_text(text::kExport, type::kBody).width;
  float begin = right - words - px(154) - palette_room();
  float x = labs_tabs(context, brand(min) + px(16), min.y, begin - px(kLeastScene)) + px(16);
  draw_rule_v(ImGui::GetWindowDrawList(), x, min.y + px(16), min.y + px(32));
  const float files =
      measure_text(text::kOpen, type::kBody).width + measure_text(text::kSave, type::kBody).width + px(44);
  if (begin - files - x > px(kTitleRoom))
    begin = file_buttons(context, sessions, {begin - px(4), min.y + px(9)});
  scene_button(context, x + px(10), min.y, begin);
  right_side(context, min, right);
  draw_rule_h(ImGui::GetWindowDrawList(), min.x, min.x + ImGui::GetWindowWidth(),
              min.y + px(48) - hairline_px());
}

}  // namespace iem::gui
