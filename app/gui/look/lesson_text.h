// The words of lessons in the window. What a lesson itself says stands in its file.
#pragma once

#include <string_view>

namespace iem::gui::text {

namespace lesson {
inline constexpr std::string_view kPage = "page";
inline constexpr std::string_view kLeaveHelp = "Leave the lesson; your own run comes back";
inline constexpr std::string_view kPredict = "Predict";
inline constexpr std::string_view kTry = "Try it";
inline constexpr std::string_view kDone = "Done";
inline constexpr std::string_view kYourGuess = "Your guess";
inline constexpr std::string_view kGuessMark = "your guess";
inline constexpr std::string_view kANumber = "a number";
inline constexpr std::string_view kDragHint = "Drag its mark on the stage to where you think it goes.";
inline constexpr std::string_view kSketchHint = "Draw the curve you expect over the empty axes.";
inline constexpr std::string_view kClear = "Clear";
inline constexpr std::string_view kClearHelp = "Take the guess back";
inline constexpr std::string_view kApart = "Apart from the truth by";
inline constexpr std::string_view kItIs = "It is";
inline constexpr std::string_view kRight = "That is right.";
inline constexpr std::string_view kNotThis = "Not this one.";
inline constexpr std::string_view kBack = "Back";
inline constexpr std::string_view kNext = "Next";
inline constexpr std::string_view kReveal = "Reveal";
inline constexpr std::string_view kFinish = "Finish";
inline constexpr std::string_view kHidden = "hidden until you guess";
inline constexpr std::string_view kCovered = "Hidden until you guess.";
inline constexpr std::string_view kLocked = "This page of the lesson does not let it be changed.";
inline constexpr std::string_view kNoLesson = "No lesson is open.";
inline constexpr std::string_view kFirstPage = "This is the first page.";
inline constexpr std::string_view kLessons = "Lessons";
inline constexpr std::string_view kLessonsHelp = "Short lessons that run the program";
inline constexpr std::string_view kLesson = "Lesson";
inline constexpr std::string_view kMinutes = "minutes";
inline constexpr std::string_view kOffer = "New here? Five minutes with the program";
inline constexpr std::string_view kOfferHelp = "A short lesson; leave it whenever you like";
inline constexpr std::string_view kDismissLesson = "Do not offer it again";
}  // namespace lesson

}  // namespace iem::gui::text
