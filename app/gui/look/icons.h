// Font Awesome 6 solid, by name, and centred drawing of one icon.
#pragma once

#include <string_view>

#include "imgui.h"

namespace iem::gui {

namespace icon {
inline constexpr std::string_view kPlay = "\xef\x81\x8b";          // f04b
inline constexpr std::string_view kPause = "\xef\x81\x8c";         // f04c
inline constexpr std::string_view kStart = "\xef\x81\x89";         // f049
inline constexpr std::string_view kEnd = "\xef\x81\x90";           // f050
inline constexpr std::string_view kStepBack = "\xef\x81\x88";      // f048
inline constexpr std::string_view kStepForward = "\xef\x81\x91";   // f051
inline constexpr std::string_view kChevronRight = "\xef\x81\x94";  // f054
inline constexpr std::string_view kChevronDown = "\xef\x81\xb8";   // f078
inline constexpr std::string_view kChevronUp = "\xef\x81\xb7";     // f077
inline constexpr std::string_view kSearch = "\xef\x80\x82";        // f002
inline constexpr std::string_view kMoon = "\xef\x86\x86";          // f186
inline constexpr std::string_view kSun = "\xef\x86\x85";           // f185
inline constexpr std::string_view kCheck = "\xef\x80\x8c";         // f00c
inline constexpr std::string_view kInfo = "\xef\x81\x9a";          // f05a
inline constexpr std::string_view kExpand = "\xef\x81\xa5";        // f065
inline constexpr std::string_view kArrowRight = "\xef\x81\xa1";    // f061
inline constexpr std::string_view kArrowLeft = "\xef\x81\xa0";     // f060
inline constexpr std::string_view kArrowUp = "\xef\x81\xa2";       // f062
inline constexpr std::string_view kArrowDown = "\xef\x81\xa3";     // f063
inline constexpr std::string_view kMinus = "\xef\x81\xa8";         // f068
inline constexpr std::string_view kPlus = "\xef\x81\xa7";          // f067
inline constexpr std::string_view kClose = "\xef\x80\x8d";         // f00d
inline constexpr std::string_view kFolder = "\xef\x81\xbc";        // f07c, open
inline constexpr std::string_view kWarning = "\xef\x81\xb1";       // f071
inline constexpr std::string_view kRestart = "\xef\x83\xa2";       // f0e2, arrow turning left
inline constexpr std::string_view kRedo = "\xef\x80\x9e";          // f01e
inline constexpr std::string_view kDice = "\xef\x94\xa2";          // f522
inline constexpr std::string_view kLoop = "\xef\x8d\xa3";          // f363
inline constexpr std::string_view kLock = "\xef\x80\xa3";          // f023
inline constexpr std::string_view kCopy = "\xef\x83\x85";          // f0c5
inline constexpr std::string_view kPaste = "\xef\x83\xaa";         // f0ea
inline constexpr std::string_view kInspect = "\xef\x82\x80";       // f080, chart
inline constexpr std::string_view kSave = "\xef\x83\x87";          // f0c7
inline constexpr std::string_view kExport = "\xef\x95\xae";        // f56e
inline constexpr std::string_view kBrush = "\xef\x87\xbc";         // f1fc
inline constexpr std::string_view kEraser = "\xef\x84\xad";        // f12d
inline constexpr std::string_view kEye = "\xef\x81\xae";           // f06e
inline constexpr std::string_view kEyeStruck = "\xef\x81\xb0";     // f070
inline constexpr std::string_view kBook = "\xef\x94\x98";          // f518, open
inline constexpr std::string_view kPen = "\xef\x8c\x84";           // f304
inline constexpr std::string_view kEllipsis = "\xef\x85\x81";      // f141
}  // namespace icon

// The glyph's own box, not its advance, is centred on `centre`; the chevrons and arrows of the face sit off
// centre. An empty name draws nothing.
void draw_icon(ImDrawList* list, std::string_view icon, ImVec2 centre, ImU32 colour, float size);

}  // namespace iem::gui
