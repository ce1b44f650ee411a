// The actions of the window, each declared once: id, words, keys, the reason why it is disabled, and the
// function.
#include <string>

#include "app/gui/controls/scrub_bar.h"
#include "app/gui/look/link_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/file_dialog.h"
#include "app/gui/sessions/scene_list.h"
#include "app/gui/sessions/take_points.h"
#include "app/gui/shell/app.h"
#include "core/base/error.h"
#include "core/labs/registry.h"
#include "core/optimize/optimizer.h"
#include "core/run/new_start.h"
#include "core/session/state_string.h"

namespace iem::gui {

void App::add_actions() {
  add_transport_actions();
  add_begin_actions();
  add_run_actions();
  add_speed_actions();
  add_edit_actions();
  add_data_actions();
  add_session_actions();
  add_view_actions();
  add_focus_actions();
  add_window_actions();
}

// Why a step would change nothing: no objective moves the parameters, and no schedule the temperature. Empty
// where one does.
std::string App::nothing_changes() const {
  constexpr const char* kDecay = "schedule.temperature_decay";
  const Snapshot& s = context_.snapshot();
  const bool cools = s.config().table().find(kDecay) != nullptr && s.config().real(kDecay) != 1;
  const bool is_still = !s.evaluation.has_loss && !cools && !s.divergence;
  return reason_if(!s.playing && is_still, text::kNothingChanges);
}

void App::play_or_pause() {
  if (context_.snapshot().playing || context_.walks)
    transport_.pause(context_);
  else
    transport_.play(context_);
}

void App::add_transport_actions() {
  const auto at_start = [this] { return reason_if(context_.snapshot().state.step == 0, text::kAtStart); };
  const auto still = [this] { return nothing_changes(); };
  const auto no_phases = [this] { return reason_if(context_.phases().empty(), text::kNoPhases); };
  actions_.add({.id = "transport.play",
                .label = word(text::action::kPlay),
                .chords = {ImGuiKey_Space},
                .run = [this] { play_or_pause(); },
                .disabled = still});
  actions_.add({.id = "transport.forward",
                .label = word(text::action::kForward),
                .chords = {ImGuiKey_RightArrow},
                .repeats = true,
                .run = [this] { engine_.step(1); },
                .disabled = still});
  actions_.add({.id = "transport.back",
                .label = word(text::action::kBack),
                .chords = {ImGuiKey_LeftArrow},
                .repeats = true,
                .run = [this] { engine_.step(-1); },
                .disabled = at_start});
  actions_.add({.id = "transport.phase_forward",
                .label = word(text::action::kPhaseForward),
                .chords = {ImGuiMod_Shift | ImGuiKey_RightArrow},
                .repeats = true,
                .run = [this] { phases_.walk().move(context_, 1); },
                .disabled = no_phases});
  actions_.add({.id = "transport.phase_back",
                .label = word(text::action::kPhaseBack),
                .chords = {ImGuiMod_Shift | ImGuiKey_LeftArrow},
                .repeats = true,
                .run = [this] { phases_.walk().move(context_, -1); },
                .disabled = no_phases});
  actions_.add({.id = "transport.phase_leave",
                .label = word(text::action::kPhaseLeave),
                .run =
                    [this] {
                      if (context_.walks) transport_.pause(context_);  // it would go on to the next one
                      phases_.walk().choose(context_, -1);
                    },
                .disabled = [this] { return reason_if(phase_ < 0, text::kNoPhaseShown); }});
  actions_.add({.id = "transport.start",
                .label = word(text::action::kStart),
                .chords = {ImGuiKey_Home},
                .run = [this] { engine_.seek(0); },
                .disabled = at_start});
  actions_.add(
      {.id = "transport.end", .label = word(text::action::kEnd), .chords = {ImGuiKey_End}, .run = [this] {
         const Snapshot& s = context_.snapshot();
         // Goes to the last known step, or from there to the end of the scrub bar.
         engine_.seek(s.state.step < s.last_step() ? s.last_step() : shown_steps(s));
       }});
  actions_.add({.id = "transport.loop",
                .label = word(text::action::kLoop),
                .chords = {ImGuiMod_Shift | ImGuiKey_L},
                .run = [this] { context_.view().loops = !context_.view().loops; }});
}

// New runs from the present settings.
void App::add_begin_actions() {
  actions_.add({.id = "transport.restart",
                .label = word(text::action::kRestart),
                .chords = {ImGuiKey_R},
                .begins_run = true,
                .run = [this] { engine_.restart(); }});
  actions_.add({.id = "transport.new_start",
                .label = word(text::action::kNewStart),
                .chords = {ImGuiKey_S},
                .begins_run = true,
                .run = [this] { engine_.new_start(); },
                .disabled = [this] { return new_start_unavailable(context_.snapshot().setup->scene); }});
  actions_.add({.id = "transport.reseed",
                .label = word(text::action::kReseed),
                .chords = {ImGuiMod_Shift | ImGuiKey_R},
                .begins_run = true,
                .run = [this] { engine_.reseed(); }});
}

void App::add_speed_actions() {
  for (int i = 0; i < static_cast<int>(speeds().size()); ++i) {
    const Speed& speed = speeds()[static_cast<std::size_t>(i)];
    Action action{.id = speed.id, .label = word(text::action::kSpeed) + " " + speed.label};
    if (speed.digit >= 0) action.chords = {ImGuiKey_0 + speed.digit, ImGuiKey_Keypad0 + speed.digit};
    action.run = [this, i] {
      const bool plays = context_.snapshot().playing || context_.walks;
      const bool walked = context_.walks;
      transport_.set_speed(i);
      if (walked) transport_.pause(context_);
      if (plays) transport_.play(context_);
    };
    actions_.add(std::move(action));
  }
}

void App::add_edit_actions() {
  actions_.add(
      {.id = "edit.undo",
       .label = word(text::action::kUndo),
       .chords = {ImGuiMod_Ctrl | ImGuiKey_Z},
       .repeats = true,
       .left_to_texts = true,
       .run =
           [this] {
             key_hand_.put_down();
             engine_.undo();
           },
       .disabled = [this] { return reason_if(!context_.snapshot().can_undo, text::kNothingToUndo); }});
  actions_.add(
      {.id = "edit.redo",
       .label = word(text::action::kRedo),
       .chords = {ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z, ImGuiMod_Ctrl | ImGuiKey_Y},
       .repeats = true,
       .left_to_texts = true,
       .run =
           [this] {
             key_hand_.put_down();
             engine_.redo();
           },
       .disabled = [this] { return reason_if(!context_.snapshot().can_redo, text::kNothingToRedo); }});
  actions_.add({.id = "edit.reset_settings", .label = word(text::action::kResetSettings), .run = [this] {
                  reset_settings();
                }});
}

void App::reset_settings() {
  for (const Parameter& p : context_.lab().parameters()->all())
    if (p.in_panel && context_.is_changed(p.key)) context_.reset(p.key);
}

void App::change_brush(int direction) {
  if (PaintTool* brush = pages_.of(context_.lab()).brush()) brush->change_size(direction);
}

void App::add_data_actions() {
  actions_.add(
      {.id = "data.paint",
       .label = word(text::action::kPaint),
       .chords = {ImGuiKey_B},
       .run = [this] { context_.view().painting = !context_.view().painting; },
       .disabled =
           [this] { return context_.view().painting ? "" : PaintTool::unavailable(context_.snapshot()); }});
  const auto idle = [this] { return reason_if(!context_.view().painting, text::kNotPainting); };
  actions_.add({.id = "data.larger_brush",
                .label = word(text::action::kLargerBrush),
                .chords = {ImGuiKey_RightBracket},
                .repeats = true,
                .run = [this] { change_brush(1); },
                .disabled = idle});
  actions_.add({.id = "data.smaller_brush",
                .label = word(text::action::kSmallerBrush),
                .chords = {ImGuiKey_LeftBracket},
                .repeats = true,
                .run = [this] { change_brush(-1); },
                .disabled = idle});
  actions_.add({.id = "data.paste",
                .label = word(text::action::kPaste),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_V},
                .left_to_texts = true,
                .run = [this] {
                  // A session travels as text too.
                  const char* words = ImGui::GetClipboardText();
                  if (words != nullptr && is_state_string(words))
                    open(words);
                  else if (MakeRun make = run_of_clipboard(context_))
                    loader_.ask(word(text::kPastedPoints), std::move(make));
                }});
  actions_.add({.id = "data.redraw",
                .label = word(text::action::kRedraw),
                .chords = {ImGuiKey_N},
                .run = [this] { redraw_points(context_); },
                .disabled = [this] { return redraw_unavailable(context_.snapshot()); }});
}

void App::add_view_actions() {
  actions_.add({.id = "view.fit", .label = word(text::action::kFit), .chords = {ImGuiKey_F}, .run = [this] {
                  context_.view().fit_stage(context_.scene());
                  context_.view().zoom.clear();
                }});
  actions_.add({.id = "view.only_stage",
                .label = word(text::action::kOnlyStage),
                .chords = {ImGuiKey_E},
                .run = [this] { context_.view().only_stage = !context_.view().only_stage; },
                .disabled = [this] { return reason_if(embedded_, text::kEmbedded); }});
  actions_.add({.id = "view.unpin",
                .label = word(text::action::kUnpin),
                .chords = {ImGuiKey_U},
                .run =
                    [this] {
                      context_.view().pinned = {};
                      context_.view().pin_point(-1);
                    },
                .disabled =
                    [this] {
                      const bool none = context_.view().pinned_point(context_.snapshot()) < 0 &&
                                        context_.view().pinned == ElementId{};
                      return reason_if(none, text::kNothingPinned);
                    }});
  actions_.add({.id = "view.theme",
                .label = word(text::action::kTheme),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_T},
                .run = [this] {
                  const bool dark = current_look().theme == paint::ThemeId::dark;
                  window_.set_look(dark ? paint::ThemeId::light : paint::ThemeId::dark,
                                   current_look().user_scale);
                }});
  for (const Bridge* bridge : bridges())
    actions_.add({.id = action_of(*bridge),
                  .label = bridge->label,
                  .run = [this, bridge] { cross(*bridge); },
                  .disabled = [this, bridge] { return bridge->unavailable_in(context_.snapshot()); }});
  actions_.add({.id = "scene.lesson",
                .label = word(text::action::kLesson),
                .chords = {ImGuiKey_L},
                .tells = true,
                .run = [this] { lesson_.toggle(); }});
  actions_.add({.id = "view.inspector",
                .label = word(text::action::kInspect),
                .chords = {ImGuiKey_I},
                .tells = true,
                .run = [this] { inspector_.toggle(); }});
  actions_.add({.id = "view.checks",
                .label = word(text::action::kChecks),
                .chords = {ImGuiKey_C},
                .tells = true,
                .run = [this] { checks_.toggle(); }});
}

// The window without a mouse.
void App::add_focus_actions() {
  const auto choose = [this](int direction) {
    window_.leave_widgets();
    key_hand_.choose(direction);
  };
  actions_.add({.id = "stage.next_element",
                .label = word(text::action::kNextElement),
                .chords = {ImGuiKey_P},
                .anywhere = true,
                .run = [choose] { choose(1); }});
  actions_.add({.id = "stage.previous_element",
                .label = word(text::action::kPreviousElement),
                .chords = {ImGuiMod_Shift | ImGuiKey_P},
                .anywhere = true,
                .run = [choose] { choose(-1); }});
  const auto go = [this](int direction) {
    focus_.go(direction);
    window_.keep_awake(2);  // its name is shown for a while
  };
  actions_.add({.id = "window.next_panel",
                .label = word(text::action::kNextPanel),
                .chords = {ImGuiKey_F6, ImGuiMod_Ctrl | ImGuiKey_Tab},
                .run = [go] { go(1); }});
  actions_.add({.id = "window.previous_panel",
                .label = word(text::action::kPreviousPanel),
                .chords = {ImGuiMod_Shift | ImGuiKey_F6, ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Tab},
                .run = [go] { go(-1); }});
}

// The run on the other side of a bridge is opened. It reads the points of this one again, which may take
// long.
void App::cross(const Bridge& bridge) {
  try {
    Bridge::Crossing crossing = bridge.cross(context_.snapshot(), context_.view().view());
    loader_.ask(bridge.label, [crossing = std::move(crossing), label = bridge.label] {
      OpenedScene opened{Run(crossing.scene, std::make_shared<ThreadPool>()), label, crossing.said};
      opened.crossed_exactly = crossing.exact;
      return opened;
    });
  } catch (const std::exception&) {
    context_.notices().say(words_of_exception(), Notices::Tone::warn);
  }
}

void App::add_scene_actions() {
  actions_.add(
      {.id = "scene.browse", .label = word(text::action::kBrowse), .chords = {ImGuiKey_G}, .run = [this] {
         browser_.toggle();
       }});
  const auto beside = [this](int direction) {
    open(scene_beside(context_.snapshot().setup->scene.name, direction).name);
  };
  actions_.add({.id = "scene.next",
                .label = word(text::action::kNextScene),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_PageDown},
                .run = [beside] { beside(1); }});
  actions_.add({.id = "scene.previous",
                .label = word(text::action::kPreviousScene),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_PageUp},
                .run = [beside] { beside(-1); }});
}

void App::add_window_actions() {
  const auto scaled = [this](int direction) {
    window_.set_look(current_look().theme, stepped_scale(current_look().user_scale, direction));
  };
  actions_.add({.id = "palette.open",
                .label = word(text::action::kPalette),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_P},
                .run = [this] { palette_.open(); }});
  actions_.add({.id = "scene.open",
                .label = word(text::action::kOpenScene),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_O},
                .run = [this] {
                  if (!FileDialog::available())
                    open_card_.open();
                  else if (dialog_is_free(context_.notices()))
                    file_dialog().ask_open("scene.open", word(text::kOpenTitle));
                }});
  add_scene_actions();
  add_lesson_actions();
  add_author_actions();
  add_present_actions();
  actions_.add({.id = "figure.export",
                .label = word(text::action::kExport),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_E},
                .tells = true,
                .run = [this] { export_.toggle(); }});
  actions_.add({.id = "help.keys",
                .label = word(text::action::kKeys),
                .chords = {ImGuiMod_Shift | ImGuiKey_Slash, ImGuiKey_F1},
                .run = [this] { help_.toggle(); }});
  actions_.add({.id = "help.about", .label = word(text::action::kAbout), .run = [this] { about_.open(); }});
  actions_.add({.id = "window.full_screen",
                .label = word(text::action::kFullScreen),
                .chords = {ImGuiKey_F11},
                .run = [this] { window_.toggle_fullscreen(); }});
  actions_.add({.id = "window.larger",
                .label = word(text::action::kLarger),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_Equal, ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Equal,
                           ImGuiMod_Ctrl | ImGuiKey_KeypadAdd},
                .run = [scaled] { scaled(1); }});
  actions_.add({.id = "window.smaller",
                .label = word(text::action::kSmaller),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_Minus, ImGuiMod_Ctrl | ImGuiKey_KeypadSubtract},
                .run = [scaled] { scaled(-1); }});
  actions_.add({.id = "window.normal_size",
                .label = word(text::action::kNormalSize),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_0},
                .run = [scaled] { scaled(0); }});
  actions_.add(
      {.id = "layout.reset", .label = word(text::action::kResetLayout), .run = [this] { layout_.reset(); }});
}

}  // namespace iem::gui
