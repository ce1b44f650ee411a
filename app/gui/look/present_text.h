// The words of presenting.
#pragma once

#include <string_view>

namespace iem::gui::text {

namespace present {
inline constexpr std::string_view kNotesWindow = "Implicit EM Lab: notes";
inline constexpr std::string_view kNoNotes = "*There are no notes for this page.*";
inline constexpr std::string_view kNext = "Next";
inline constexpr std::string_view kThenReveal = "Page Down reveals the answer.";
inline constexpr std::string_view kThenEnd = "Page Down ends the lesson.";
inline constexpr std::string_view kMinutes = "minutes";
inline constexpr std::string_view kMinute = "minute";
inline constexpr std::string_view kOff = "Keys that change the run are off while presenting.";
inline constexpr std::string_view kNotPresenting = "Nothing is being presented.";
inline constexpr std::string_view kNothingDrawn = "The pen has drawn nothing.";
inline constexpr std::string_view kNoWindows = "There is no display for another window.";
inline constexpr std::string_view kLineHelp = "The steps of the run: drag to go to any of them";
}  // namespace present

namespace action {
inline constexpr std::string_view kPen = "Presenting: pen on the stage";
inline constexpr std::string_view kSpotlight = "Presenting: spotlight on the stage";
inline constexpr std::string_view kLens = "Presenting: lens on the stage";
inline constexpr std::string_view kWipe = "Presenting: wipe off what the pen drew";
inline constexpr std::string_view kNotesPanel = "Presenting: notes";
inline constexpr std::string_view kNotesWindow = "Presenting: notes in a window of their own";
}  // namespace action

}  // namespace iem::gui::text
