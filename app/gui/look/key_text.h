// The words of the list of keys: groups of actions, keys of widgets, what the mouse does.
#pragma once

#include <array>
#include <string_view>

namespace iem::gui::text {

inline constexpr std::string_view kHelpTitle = "Keys and mouse";
inline constexpr std::string_view kMouseTitle = "On the stage";
struct Gesture {
  std::string_view how, what;
};
// Actions with keys, by what their ids begin with.
struct KeyGroup {
  std::string_view title, rooms;
};
inline constexpr std::array<KeyGroup, 5> kKeyGroups = {{
    {"Time", "transport run"},
    {"Stage and data", "stage edit data"},
    {"View and presenting", "view layout lab present"},
    {"Scenes, lessons and files", "scene lesson session figure"},
    {"Window", "palette help window"},
}};
inline constexpr std::string_view kWidgetKeysTitle = "Without a mouse";
inline constexpr std::array<Gesture, 6> kWidgetKeys = {{
    {"Tab, Shift+Tab", "To the next control, to the one before"},
    {"Space, Enter", "Use it, type its value"},
    {"arrows", "Move between controls and in them"},
    {"Delete", "Reset a setting"},
    {"P, then arrows", "Move what is held, with Shift finely"},
    {"Escape", "Let go; keys are the transport's again"},
}};
inline constexpr std::array<Gesture, 9> kMouse = {{
    {"click", "Pin a point, or a prototype"},
    {"drag", "Move a prototype, its ellipse, the probe"},
    {"left, right while painting", "Add points, take them away"},
    {"right or middle drag", "Move the view"},
    {"wheel", "Zoom at the pointer"},
    {"double click", "Show everything"},
    {"right click", "Reset a setting"},
    {"double click on a number", "Type a value"},
    {"drop", "A scene, a session or a table of points"},
}};

}  // namespace iem::gui::text
