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
inline constexpr std::string_view kAway = "away";
inline constexpr std::string_view kANumber = "a number";
inline constexpr std::string_view kDragHint = "Drag its mark on the stage to where you think it goes.";
inline constexpr std::string_view kSketchHint = "Draw the curve you expect over the empty axes.";
inline constexpr std::string_view kClear = "Clear";
inline constexpr std::string_view kClearHelp = "Take the guess back";
inline constexpr std::string_view kApart = "Apart from the truth by";
inline constexpr std::string_view kItIs = "It is";
inline constexpr std::string_view kEarlier = "Small rings: your earlier guesses.";
inline constexpr std::string_view kRight = "That is right.";
inline constexpr std::string_view kNotThis = "Not this one.";
inline constexpr std::string_view kBack = "Back";
inline constexpr std::string_view kNext = "Next";
inline constexpr std::string_view kReveal = "Reveal";
inline constexpr std::string_view kFinish = "Finish";
inline constexpr std::string_view kHidden = "hidden until you guess";
inline constexpr std::string_view kSceneHidden = "of this page";
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
inline constexpr std::string_view kLeft = "The lesson was left; opened again, it goes on where you were.";
inline constexpr std::string_view kGoOn = "Go on with the lesson";
inline constexpr std::string_view kGoOnHelp = "At the page where you left it; your guesses are there";
inline constexpr std::string_view kDismissLesson = "Do not offer it again";
}  // namespace lesson

// Writing a lesson from the window.
namespace author {
inline constexpr std::string_view kNew = "New lesson…";
inline constexpr std::string_view kNewHelp = "A file whose first page begins with what is on screen";
inline constexpr std::string_view kOpen = "Open a lesson…";
inline constexpr std::string_view kOpenHelp = "A .md file, which the window then follows";
inline constexpr std::string_view kMenuHelp = "Write this lesson";
inline constexpr std::string_view kReadHelp = "A lesson that is not written here: save a copy";
inline constexpr std::string_view kHeading = "Step";  // of a new page, before its number
inline constexpr std::string_view kWords = "Say here what there is to see.";
inline constexpr std::string_view kSaveTitle = "Save a lesson";
inline constexpr std::string_view kSaveHint = "A .md file, to be written with any text editor";
inline constexpr std::string_view kFile = "lesson.md";
inline constexpr std::string_view kReadOnly = "This lesson cannot be written: save a copy first.";
inline constexpr std::string_view kNoFile = "This lesson is in no file.";
inline constexpr std::string_view kBusy = "The change before is not written yet.";
inline constexpr std::string_view kNothingToUndo =
    "Nothing to undo: nothing was changed from here, or the file was changed elsewhere since.";
inline constexpr std::string_view kFirst = "It is the first page.";
inline constexpr std::string_view kLast = "It is the last page.";
inline constexpr std::string_view kOnly = "A lesson has at least one page.";
inline constexpr std::string_view kReadAgain =
    "was changed elsewhere: it has been read again, and nothing was written.";
inline constexpr std::string_view kGoesOn =
    "goes on with the run of the page before, which is another one now.";
}  // namespace author

namespace action {
inline constexpr std::string_view kLessonNew = "New lesson that begins here…";
inline constexpr std::string_view kLessonFile = "Open a lesson…";
inline constexpr std::string_view kLessonCopy = "Save a copy of the lesson…";
inline constexpr std::string_view kAddMoment = "Add this moment as a page";
inline constexpr std::string_view kUpdateMoment = "Let this page begin here";
inline constexpr std::string_view kPageUp = "Move the page up";
inline constexpr std::string_view kPageDown = "Move the page down";
inline constexpr std::string_view kRemovePage = "Remove the page";
inline constexpr std::string_view kUndoPage = "Undo the last change of the lesson";
}  // namespace action

}  // namespace iem::gui::text
