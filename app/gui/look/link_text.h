// The words of links to runs, and of a window inside somebody else's page.
#pragma once

#include <string_view>

namespace iem::gui::text {

inline constexpr std::string_view kLinkCopied =
    "The link is in the clipboard. It opens this run at this step.";
inline constexpr std::string_view kLessonLinkCopied =
    "The link is in the clipboard. It opens this page of the lesson.";
inline constexpr std::string_view kNoSuchLesson = "This program has no lesson of that name.";
inline constexpr std::string_view kNoLinkBase =
    "This program does not know where its page is: it was built without IEMLAB_LINK_BASE.";
inline constexpr std::string_view kEmbedded = "The page around this window shows the stage alone.";

namespace action {
inline constexpr std::string_view kCopyLink = "Copy a link to this run or page";
}  // namespace action

}  // namespace iem::gui::text
