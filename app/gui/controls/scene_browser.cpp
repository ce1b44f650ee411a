#include "app/gui/controls/scene_browser.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>

#include "app/gui/context/actions.h"
#include "app/gui/context/look_for.h"
#include "app/gui/controls/recent_menu.h"
#include "app/gui/gl/texture_cache.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "core/labs/registry.h"
#include "core/session/scene_groups.h"
#include "misc/cpp/imgui_stdlib.h"

namespace iem::gui {
namespace {

constexpr float kBrowserWidth = 920, kCardMargin = 20, kBetween = 16, kLeastCard = 190;
constexpr float kUnderPicture = 46;  // title, and a line about it
constexpr float kPictureShape = 0.6F;

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string lab_label(const SceneEntry& scene) { return find_lab(scene.lab)->label(); }

// Whether all words that were typed are somewhere in what is said of the scene.
bool answers(const SceneEntry& scene, const std::string& group, const std::string& typed) {
  const std::string all = lower_case(scene.title + " " + scene.name + " " + lab_label(scene) + " " + group +
                                     " " + scene.level + " " + scene.description);
  std::istringstream words(lower_case(typed));
  for (std::string each; words >> each;)
    if (all.find(each) == std::string::npos) return false;
  return true;
}

// The title, or, where it does not fit and begins like others of a series, its own part: "… nobody knows".
std::string fitting_title(const std::string& title, float width) {
  const std::size_t own = title.find(": ");
  const bool fits = measure_text(title, type::kBody, Face::bold).width <= width;
  return fits || own == std::string::npos ? title : "… " + title.substr(own + 2);
}

// "introductory · 5 min · Mixture"
std::string about_line(const SceneEntry& scene) {
  std::string line = scene.level;
  const auto add = [&](const std::string& words) { line += (line.empty() ? "" : " · ") + words; };
  if (scene.minutes > 0) add(std::to_string(scene.minutes) + " " + word(text::kMinutes));
  add(lab_label(scene));
  return line;
}

// Three dots in place of a picture that is not ready yet.
void placeholder(ImDrawList* list, ImVec2 centre) {
  for (int i = -1; i <= 1; ++i)
    list->AddCircleFilled({centre.x + static_cast<float>(i) * px(12), centre.y}, 2.5F * scale(),
                          colour(theme().faint));
}

void group_line(std::string_view label, std::size_t count) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float width =
      draw_text(list, label, {at.x, at.y + px(15)}, colour(theme().ink), type::kBody, Face::bold);
  draw_text(list, std::to_string(count), {at.x + width + px(8), at.y + px(15)}, colour(theme().muted),
            type::kSmall);
  gap(28);
}

}  // namespace

void SceneBrowser::toggle() {
  open_ = !open_;
  if (!open_) return;
  appearing_ = shows_present_ = true;
  typed_.clear();
  search();
}

void SceneBrowser::search() {
  listed_.clear();
  for (const SceneEntry* scene : scenes_by_group()) {
    const auto group = std::ranges::find(scene_groups(), scene->group, &SceneGroup::id);
    if (answers(*scene, group->label, typed_)) listed_.push_back(scene);
  }
}

// Search on the left; before, next, and files on the right.
void SceneBrowser::head(PanelContext& context, const std::vector<KeptSession>& sessions) {
  const Actions& actions = *context.actions;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = at.x + row_width();
  float x = right;
  const auto button = [&](const char* id, std::string_view label, const char* action) {
    x -= measure_text(label, type::kBody).width + px(20);
    ImGui::SetCursorScreenPos({x, at.y});
    return text_button({.id = id, .help = actions.find(action)->label, .shortcut = actions.keys(action)},
                       label);
  };
  if (button("##save", text::kSave, "session.save")) actions.run("session.save"), open_ = false;
  if (button("##open", text::kOpen, "scene.open")) ImGui::OpenPopup("files");
  ImGui::SetNextWindowPos({x, at.y + px(33)});
  if (begin_menu("files")) {
    if (menu_item(text::kOpenFile, actions.keys("scene.open"))) actions.run("scene.open"), open_ = false;
    if (const std::string path = recent_lines(sessions); !path.empty()) scene_ = path, open_ = false;
    end_menu();
  }
  if (button("##next", text::kNextScene, "scene.next")) actions.run("scene.next");
  if (button("##previous", text::kPreviousScene, "scene.previous")) actions.run("scene.previous");
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 max(x - px(10), at.y + px(30));
  list->AddRectFilled(at, max, colour(theme().panel), px(6));
  draw_icon(list, icon::kSearch, {at.x + px(15), at.y + px(15)}, colour(theme().muted), 12);
  ImGui::SetCursorScreenPos({at.x + px(26), at.y + px(1)});
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  ImGui::PushStyleColor(ImGuiCol_NavCursor, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(6), px(6)});
  ImGui::SetNextItemWidth(max.x - at.x - px(34));
  if (std::exchange(appearing_, false)) ImGui::SetKeyboardFocusHere();
  const std::string hint(text::kSceneHint);
  if (ImGui::InputTextWithHint("##search", hint.c_str(), &typed_)) search();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
  ImGui::SetCursorScreenPos(at);
  gap(40);
}

bool SceneBrowser::scene_card(PanelContext& context, const SceneEntry& scene, ImVec2 min, ImVec2 size) {
  ImGui::SetCursorScreenPos(min);
  const bool pressed =
      ImGui::InvisibleButton(("##scene." + scene.name).c_str(), size, ImGuiButtonFlags_EnableNav);
  const bool present = scene.name == context.snapshot().setup->scene.name;
  if (present && shows_present_) ImGui::SetScrollHereY(0.3F), shows_present_ = false;
  if (!ImGui::IsItemVisible()) return pressed;
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 max(min.x + size.x, min.y + size.y - px(kUnderPicture));
  const int width = static_cast<int>(size.x), height = static_cast<int>(max.y - min.y);
  list->AddRectFilled(min, max, colour(theme().panel), px(6));
  if (const paint::Image* image = thumbnails_.of(scene.name, width, height, theme().id))
    list->AddImageRounded(texture_of(*image), min, max, {0, 0}, {1, 1}, IM_COL32_WHITE, px(6));
  else
    placeholder(list, {0.5F * (min.x + max.x), 0.5F * (min.y + max.y)});
  const Rgb& edge = present ? theme().accent : hovered ? theme().muted : theme().hairline;
  list->AddRect(min, max, colour(edge), px(6),
                present ? std::max(2.0F, std::round(1.5F * scale())) : hairline_px());
  draw_focus(list, min, max, ImGui::GetItemID());
  draw_text_cut(list, fitting_title(scene.title, size.x), {min.x, max.y + px(18)}, colour(theme().ink),
                size.x, type::kBody, Face::bold);
  draw_text_cut(list, about_line(scene), {min.x, max.y + px(35)}, colour(theme().muted), size.x, type::kTick);
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip))
    tooltip(scene.description, context.look_for->of_builtin(scene.name, scene.look_for));
  return pressed;
}

void SceneBrowser::groups(PanelContext& context) {
  const float room = ImGui::GetContentRegionAvail().x - px(14);
  const int columns = std::max(1, static_cast<int>((room + px(kBetween)) / px(kLeastCard + kBetween)));
  const float width =
      std::floor((room - px(kBetween) * static_cast<float>(columns - 1)) / static_cast<float>(columns));
  const ImVec2 size(width, std::round(kPictureShape * width) + px(kUnderPicture));
  for (std::size_t first = 0; first < listed_.size();) {
    std::size_t end = first;
    while (end < listed_.size() && listed_[end]->group == listed_[first]->group) ++end;
    group_line(std::ranges::find(scene_groups(), listed_[first]->group, &SceneGroup::id)->label, end - first);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    for (std::size_t i = first; i < end; ++i) {
      const auto place = static_cast<int>(i - first);
      const ImVec2 min(at.x + static_cast<float>(place % columns) * (width + px(kBetween)),
                       at.y + static_cast<float>(place / columns) * (size.y + px(6)));
      if (scene_card(context, *listed_[i], min, size)) scene_ = listed_[i]->name, open_ = false;
    }
    const auto lines = static_cast<float>((static_cast<int>(end - first) + columns - 1) / columns);
    ImGui::SetCursorScreenPos({at.x, at.y + lines * (size.y + px(6)) + px(8)});
    first = end;
  }
  if (listed_.empty()) note(text::kNoSuchScene);
  ImGui::Dummy({0, 0});
}

void SceneBrowser::draw(PanelContext& context, const std::vector<KeptSession>& sessions) {
  thumbnails_.follow();
  if (!open_) return;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(kBrowserWidth, display.x / scale() - 32);
  const float height = display.y / scale() - 96;
  if (!begin_card("##scenes.card",
                  {.at = {std::round(0.5F * display.x), px(56)},
                   .pivot = {0.5F, 0},
                   .width = width,
                   .max_height = height},
                  open_))
    return;
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) open_ = false;
  const bool enter = !typed_.empty() && ImGui::IsKeyPressed(ImGuiKey_Enter, false);
  if (enter && !listed_.empty()) scene_ = listed_.front()->name, open_ = false;
  head(context, sessions);
  ImGui::BeginChild("##list", {0, px(height - 14 - 40 - 14)});
  groups(context);
  ImGui::EndChild();
  end_card();
}

}  // namespace iem::gui
