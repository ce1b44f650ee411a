// Presenting in the window: its actions, what it switches off and what it leaves of the window.
#include <algorithm>
#include <array>
#include <string_view>

#include "app/gui/look/present_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/shell/app.h"

namespace iem::gui {
namespace {

constexpr float kNotesShare = 0.25F;  // of the window's width
constexpr std::size_t kPresentedFigures = 2;

// In front of a class a key that is hit by mistake must not cost anything: off is what begins another run,
// changes this one or leads elsewhere. These are areas of ids; other actions say it of themselves.
constexpr std::array<std::string_view, 6> kOffWhilePresenting = {"edit.", "data.", "scene.",
                                                                 "run.",  "lab.",  "layout."};

}  // namespace

std::string App::barred(const Action& action) const {
  const bool costs = action.begins_run || action.off_while_presenting ||
                     std::ranges::any_of(kOffWhilePresenting,
                                         [&](std::string_view area) { return action.id.starts_with(area); });
  return presenter_.on() && costs ? word(text::present::kOff) : barred_by_lesson(action);
}

// Everything larger on the whole screen, which ends as it began.
void App::present() {
  constexpr double kLarger = 1.6;
  const bool begins = !presenter_.on();
  window_.enlarge(begins ? kLarger : 1);
  if (begins) made_full_ = !window_.is_fullscreen();
  if (made_full_ && window_.is_fullscreen() != begins) window_.toggle_fullscreen();
  if (!begins) return presenter_.end(context_);
  presenter_.begin(context_);
  if (window_.has_second_monitor()) open_notes_window();
}

void App::open_notes_window() {
  presenter_.show_notes_in(window_.open_second(word(text::present::kNotesWindow)));
}

void App::add_present_actions() {
  actions_.bar([this](const Action& action) { return barred(action); });
  actions_.add(
      {.id = "view.present", .label = word(text::action::kPresent), .chords = {ImGuiKey_F5}, .run = [this] {
         present();
       }});
  const auto without = [this] { return reason_if(!presenter_.on(), text::present::kNotPresenting); };
  const auto add_tool = [&](const char* id, std::string_view label, ImGuiKey key, StageTool tool) {
    actions_.add({.id = id,
                  .label = word(label),
                  .chords = {key},
                  .run = [this, tool] { presenter_.tools().take(tool); },
                  .disabled = without});
  };
  add_tool("present.pen", text::action::kPen, ImGuiKey_F7, StageTool::pen);
  add_tool("present.spotlight", text::action::kSpotlight, ImGuiKey_F8, StageTool::spotlight);
  add_tool("present.lens", text::action::kLens, ImGuiKey_F9, StageTool::lens);
  actions_.add(
      {.id = "present.wipe",
       .label = word(text::action::kWipe),
       .chords = {ImGuiMod_Shift | ImGuiKey_F7},
       .run = [this] { context_.strokes.wipe(); },
       .disabled = [this] { return reason_if(context_.strokes.empty(), text::present::kNothingDrawn); }});
  actions_.add({.id = "present.notes",
                .label = word(text::action::kNotesPanel),
                .chords = {ImGuiMod_Shift | ImGuiKey_F5},
                .run = [this] { presenter_.toggle_notes(); },
                .disabled = without});
  actions_.add({.id = "present.notes_window",
                .label = word(text::action::kNotesWindow),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_F5},
                .run =
                    [this] {
                      presenter_.has_notes_window() ? presenter_.show_notes_in(nullptr) : open_notes_window();
                    },
                .disabled =
                    [this, without] {
                      if (std::string why = without(); !why.empty()) return why;
                      return reason_if(window_.headless(), text::present::kNoWindows);
                    }});
}

// The stage beside two figures, or one and what the page asks; the notes on the left where they are wanted.
const PageWindows& App::choose_presented(const PageWindows& all) {
  const Reduced& reduced = context_.reduced();
  const bool moment = Presenter::has_moment(context_, lessons_);
  const std::size_t wanted = reduced.shows_all() ? all.column.size() : reduced.figures().size();
  const bool formulas = Presenter::has_formulas(lessons_);
  const std::size_t cells =
      std::min({all.column.size(), wanted, moment ? kPresentedFigures - 1 : kPresentedFigures});
  reduced_id_ = std::string(all.id) + ".present" + std::to_string(cells) +
                (moment     ? ".moment"
                 : formulas ? ".formulas"
                            : "") +
                (presenter_.shows_notes() ? ".notes" : "");
  reduced_windows_ = all;
  reduced_windows_.id = reduced_id_.c_str();
  reduced_windows_.column.resize(cells);
  if (moment || formulas) reduced_windows_.column.push_back(kMomentWindow);
  reduced_windows_.left = presenter_.shows_notes();
  reduced_windows_.controls = kNotesPanel;
  reduced_windows_.left_width = kNotesShare * ImGui::GetIO().DisplaySize.x / scale();
  return reduced_windows_;
}

}  // namespace iem::gui
