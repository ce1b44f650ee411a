#include "app/gui/context/actions.h"

#include <algorithm>
#include <utility>

#include "app/gui/widgets/widgets.h"
#include "core/base/check.h"
#include "core/labs/kit/bridge.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

bool has_ctrl(ImGuiKeyChord chord) { return (chord & (ImGuiMod_Ctrl | ImGuiMod_Super)) != 0; }
bool is_function_key(ImGuiKeyChord chord) {
  const int key = chord & ~ImGuiMod_Mask_;
  return key >= ImGuiKey_F1 && key <= ImGuiKey_F12;
}

}  // namespace

std::string action_of(const Bridge& bridge) { return "lab." + bridge.id; }

void Actions::add(Action action) {
  IEM_CHECK(find(action.id) == nullptr);
  actions_.push_back(std::move(action));
}

const Action* Actions::find(std::string_view id) const {
  const auto found = std::ranges::find(actions_, id, &Action::id);
  return found == actions_.end() ? nullptr : &*found;
}

std::string_view Actions::keys(std::string_view id) const {
  const Action* action = find(id);
  return action ? std::string_view(action->keys) : std::string_view();
}

std::string Actions::disabled(std::string_view id) const {
  const Action* action = find(id);
  return action && action->disabled ? action->disabled() : std::string();
}

bool Actions::run(std::string_view id) const {
  const Action* action = find(id);
  IEM_CHECK(action != nullptr);
  if (action->disabled && !action->disabled().empty()) return false;
  action->run();
  return true;
}

void Actions::handle_keys() const {
  const bool typing = ImGui::GetIO().WantTextInput, taken = keyboard_is_taken();
  for (const Action& action : actions_) {
    for (const ImGuiKeyChord chord : action.chords) {
      if (taken && !has_ctrl(chord) && !is_function_key(chord)) continue;
      // A text field undoes its own typing and takes what is pasted.
      if (typing && (action.id.starts_with("edit.") || action.id == "data.paste")) continue;
      const ImGuiInputFlags flags = action.repeats ? ImGuiInputFlags_Repeat : ImGuiInputFlags_None;
      if (ImGui::IsKeyChordPressed(chord, flags, ImGuiKeyOwner_Any)) {
        run(action.id);
        return;
      }
    }
  }
}

}  // namespace iem::gui
