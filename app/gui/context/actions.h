// Every action of the window, declared once: menus, shortcuts, the palette and tests all run these. Ids are
// stable and independent of the words on screen.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "imgui.h"

namespace iem {
struct Bridge;
}

namespace iem::gui {

struct Action {
  std::string id;     // "transport.play"
  std::string label;  // "Play or pause"
  std::vector<ImGuiKeyChord> chords = {};
  std::string keys = {};              // the first chord in words, as it is shown: add() writes it
  bool repeats = false;               // while the key is held
  bool left_to_texts = false;         // these keys belong to a text field while one is being edited
  bool anywhere = false;              // also while the keyboard moves between widgets
  bool begins_run = false;            // another run in the place of this one
  bool tells = false;                 // shows what a question of a lesson may cover
  bool off_while_presenting = false;  // also where its area is not: it costs something when hit by mistake
  std::function<void()> run = {};
  std::function<std::string()> disabled = {};  // why it cannot be run now; empty: it can
};

// The name of a chord: "Ctrl+Shift+Z", "?".
std::string words_of_chord(ImGuiKeyChord chord);

// The id of the action that crosses a bridge between labs.
std::string action_of(const Bridge& bridge);

class Actions {
 public:
  void add(Action action);
  const std::vector<Action>& all() const { return actions_; }
  const Action* find(std::string_view id) const;  // null when unknown
  std::string_view keys(std::string_view id) const;
  std::string disabled(std::string_view id) const;

  // `why` says of an action why it is barred at present, whatever it says itself; empty: it is not.
  void bar(std::function<std::string(const Action&)> why) { barred_ = std::move(why); }

  // Runs it unless it is disabled; false then.
  bool run(std::string_view id) const;
  // Shortcuts of this frame. Keys without Ctrl belong to the transport unless a text is being typed or, after
  // Tab, the keyboard moves between widgets; `arrows_are_taken` says that arrows move an element held by
  // keys.
  struct Pressed {
    const Action* action = nullptr;  // null: none
    std::string refused;             // why it was not run, where that is to be said
  };
  Pressed handle_keys(bool arrows_are_taken = false) const;

 private:
  std::string reason(const Action& action) const;

  std::vector<Action> actions_;
  std::function<std::string(const Action&)> barred_;
};

}  // namespace iem::gui
