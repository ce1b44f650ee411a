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
bool is_arrow(ImGuiKeyChord chord) {
  const int key = chord & ~ImGuiMod_Mask_;
  return key >= ImGuiKey_LeftArrow && key <= ImGuiKey_DownArrow;
}

// Whether a menu is open or a text is being typed, to which all keys then go.
bool keys_are_spoken_for() {
  return ImGui::GetIO().WantTextInput || ImGui::GetCurrentContext()->OpenPopupStack.Size > 0;
}

// Keys whose name on keyboards differs from ImGui's.
struct KeyWord {
  ImGuiKeyChord key;
  const char* word;
};
constexpr KeyWord kKeyWords[] = {
    {ImGuiKey_RightArrow, "Right"}, {ImGuiKey_LeftArrow, "Left"},           {ImGuiKey_LeftBracket, "["},
    {ImGuiKey_RightBracket, "]"},   {ImGuiMod_Shift | ImGuiKey_Slash, "?"}, {ImGuiKey_Equal, "Plus"},
    {ImGuiKey_Minus, "Minus"}};

}  // namespace

std::string words_of_chord(ImGuiKeyChord chord) {
  std::string out;
  if (chord & ImGuiMod_Ctrl) out += "Ctrl+";
  for (const KeyWord& known : kKeyWords)
    if (known.key == (chord & ~ImGuiMod_Ctrl)) return out + known.word;
  if (chord & ImGuiMod_Shift) out += "Shift+";
  if (chord & ImGuiMod_Alt) out += "Alt+";
  const ImGuiKeyChord key = chord & ~ImGuiMod_Mask_;
  for (const KeyWord& known : kKeyWords)
    if (known.key == key) return out + known.word;
  return out + ImGui::GetKeyName(static_cast<ImGuiKey>(key));
}

std::string action_of(const Bridge& bridge) { return "lab." + bridge.id; }

void Actions::add(Action action) {
  IEM_CHECK(find(action.id) == nullptr);
  if (!action.chords.empty()) action.keys = words_of_chord(action.chords.front());
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
  return action ? reason(*action) : std::string();
}

std::string Actions::reason(const Action& action) const {
  if (barred_)
    if (std::string why = barred_(action); !why.empty()) return why;
  return action.disabled ? action.disabled() : std::string();
}

bool Actions::run(std::string_view id) const {
  const Action* action = find(id);
  IEM_CHECK(action != nullptr);
  if (!reason(*action).empty()) return false;
  action->run();
  return true;
}

Actions::Pressed Actions::handle_keys(bool arrows_are_taken) const {
  const bool typing = ImGui::GetIO().WantTextInput, taken = keyboard_is_taken();
  for (const Action& action : actions_) {
    for (const ImGuiKeyChord chord : action.chords) {
      const bool reaches =
          has_ctrl(chord) || is_function_key(chord) || (action.anywhere && !keys_are_spoken_for());
      if ((taken && !reaches) || (arrows_are_taken && is_arrow(chord))) continue;
      if (typing && action.left_to_texts) continue;
      const ImGuiInputFlags flags = action.repeats ? ImGuiInputFlags_Repeat : ImGuiInputFlags_None;
      if (ImGui::IsKeyChordPressed(chord, flags, ImGuiKeyOwner_Any)) {
        Pressed pressed{&action, {}};
        // Escape closes much else, and a key that is held down goes on until it comes to an end.
        const bool says = chord != ImGuiKey_Escape && ImGui::IsKeyChordPressed(chord, 0, ImGuiKeyOwner_Any);
        if (!run(action.id) && says) pressed.refused = reason(action);
        return pressed;
      }
    }
  }
  return {};
}

}  // namespace iem::gui
