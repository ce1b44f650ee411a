// The controls of the window: rows with a label on the left edge and a value on the right edge, in place of
// ImGui's stock sliders and combos, which look like a debug panel.
//
// Every widget is a full ImGui item: it takes keyboard focus (Tab, arrows, Space, Enter), shows it in accent,
// and can be driven by its id. Rows fill the available width and follow each other without gaps. Lengths of
// type are style pixels; everything else is screen pixels.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/look/fonts.h"
#include "core/field/oklab.h"
#include "imgui.h"

namespace iem::gui {

// What happened to a widget in this frame.
struct Response {
  bool activated = false;  // a gesture begins: start a new undo step
  bool changed = false;    // the value was written
  bool released = false;   // the gesture ended after a change
  bool reset = false;      // right click or Delete: the default is asked for (the value is not written)
  bool hovered = false;
  std::string refused = {};  // what was typed in this frame and is not legal; the value is as it was
  explicit operator bool() const { return changed; }
};

// The data of every row of the controls. String views must live for the call only.
struct Row {
  const char* id = "";  // stable and invisible: "##model.temperature"
  std::string_view label = {};
  std::string_view symbol = {};        // TeX, muted, after the label
  std::string_view unit = {};          // muted, after the value
  std::string_view help = {};          // tooltip
  std::string_view disabled = {};      // why it does not apply, one sentence; empty: it does
  bool changed = false;                // differs from the scene: bold, with an accent dot
  std::span<const double> marks = {};  // values marked on the track of a scrub row
  std::string_view reads = {};         // text in place of a scrub row's number; empty: the number
};

// Legal values, and what the slider offers of them. Without a slider (slider_min == slider_max) the row has
// no track.
struct Range {
  double slider_min = 0, slider_max = 1;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool min_open = false, max_open = false;
  bool logarithmic = false;  // slider_min must be positive
  bool whole = false;        // of whole numbers, shown without decimals
};

// The sentence that says what is legal ("at least 1", "above 0"); empty when everything is.
std::string describe(const Range& range);
bool is_legal(const Range& range, double value);
// Reads what a person types: "0.5", ".5", "1e-3", "10^−3", "−2" with either minus, "1/3". False when it is no
// number.
bool parse_number(std::string_view text, double& value);

// A value as the controls show it: at most 4 significant digits, and zeros up to the third decimal, so that
// digits keep their place while it is dragged. U+2212 minus.
std::string format_value(double value);
std::string format_whole(std::int64_t value);

// --- rows of the controls ---

// 38 high with a track under it (26 without): drag or arrow keys; Ctrl-click, double click or Enter to type a
// value, also beyond the slider; Ctrl+C over it copies all 17 digits.
Response scrub_row(const Row& row, double& value, const Range& range);
// Where the knob of a value stands on that track, 0..1; one beyond the track stands at its end.
double share_of_track(const Range& range, double value);

// A row with a value and a chevron; the list opens below. An option with a reason in `disabled` is greyed,
// and its tooltip gives the reason.
struct Choice {
  std::string_view label;
  std::string_view disabled = {};  // reason; empty: can be chosen
};
Response choice_row(const Row& row, int& selected, std::span<const Choice> choices);

Response toggle_row(const Row& row, bool& on);

// - 3 +, typed by double click.
Response stepper_row(const Row& row, std::int64_t& value, std::int64_t min, std::int64_t max);

// A field of text beside the label. `changed` comes with each keystroke, `released` with Enter or when it
// loses focus.
Response text_row(const Row& row, std::string& text, std::string_view hint = {});

// As text_row, and a folder button; `browse` becomes true when that is pressed.
Response path_row(const Row& row, std::string& path, bool& browse, std::string_view hint = {});

// One of two to five words, side by side, 28 high; a formula below wants gap(10) first. Items are found as
// id/word.
Response segments(const char* id, int& selected, std::span<const Choice> choices);

// A label and a value that cannot be changed.
void value_row(const Row& row, std::string_view value);

// --- groups ---

// Bold head, 22 high; `state` muted on the right edge.
void group_head(std::string_view label, std::string_view state = {});
// The rule between two groups with its gaps.
void group_rule();
// 35 high, a rule above: chevron, bold label, and while folded one muted line that says its state. Returns
// `open`.
bool fold_row(const char* id, std::string_view label, std::string_view state, bool& open);
// A formula on the left edge, made smaller where it would not fit, and broken into lines where that is not
// enough; `value` bold on the right edge.
void formula_row(std::string_view tex, float size, const Rgb& ink, std::string_view value = {});
// Muted words, wrapped.
void note(std::string_view words);
float note_height(std::string_view words);  // of these words as a note, screen pixels
// Wrapped words in a given ink.
void paragraph(std::string_view words, const Rgb& ink);
// A vertical gap in style pixels.
void gap(float style_px);

// Rows are `width` screen pixels wide while this lives, instead of all that is available.
class ScopedRowWidth {
 public:
  explicit ScopedRowWidth(float width);
  ~ScopedRowWidth();
  ScopedRowWidth(const ScopedRowWidth&) = delete;
  ScopedRowWidth& operator=(const ScopedRowWidth&) = delete;

 private:
  float outer_;
};
float row_width();

// --- buttons; each advances ImGui's cursor like any item (SameLine() works) ---

struct Button {
  const char* id = "";
  std::string_view help = {};      // tooltip
  std::string_view shortcut = {};  // shown muted in the tooltip: "Space"
  std::string_view disabled = {};  // reason; empty: enabled
  bool selected = false;
};
// A bare icon in a square of `box` style pixels.
bool icon_button(const Button& button, std::string_view icon, float icon_size = 13, float box = 30);
// Play or pause in a disc of accent, radius 17.
bool play_button(const Button& button, bool playing);
// A word: quiet (Export, Compare) or, once in a view, primary in accent.
bool text_button(const Button& button, std::string_view label, bool primary = false);
// A lab's tab, `height` screen pixels high; the selected one is bold over a line of accent.
bool tab(const Button& button, std::string_view label, float height);
// Muted lead word, value, chevron: "Scene  Penguins, three prototypes v". The caller opens a popup.
bool menu_button(const Button& button, std::string_view lead, std::string_view value);

// --- popups ---

// A list in the style of choice_row's: begin_menu ... menu_item ... end_menu. Positioned by the caller.
bool begin_menu(const char* id);
bool menu_item(std::string_view label, std::string_view shortcut = {}, bool checked = false,
               std::string_view disabled = {});
void menu_rule();
void end_menu();

// The tooltip of the item drawn last, after ImGui's delay; `quiet` is a muted second line.
void tooltip(std::string_view words, std::string_view quiet = {}, std::string_view shortcut = {});

// A symbol of a formula in a tooltip: its TeX, its name, its present value (may be empty), and a sentence.
struct SymbolLine {
  std::string tex, name, value, sentence;
};
void symbols_tooltip(std::string_view words, const std::vector<SymbolLine>& lines);

// --- small marks, drawn at a given place ---

// Prototype j's shape in its colour.
void draw_prototype(ImDrawList* list, int j, ImVec2 centre, float radius, float halo = 0, bool hollow = false,
                    double alpha = 1);
// A sample of the line of run `mark`, `width` screen pixels long.
void draw_lane_sample(ImDrawList* list, int mark, bool faint, ImVec2 left, float width);
// A pill for a value that stands for a check: tinted ground of `ink`.
void draw_pill(ImDrawList* list, ImVec2 min, ImVec2 max, const Rgb& ink);
// Whether keys go to widgets now (typing, a focus shown by Tab, an open menu) and not to the window's
// shortcuts.
bool keyboard_is_taken();

// Focus ring around anything with an id of its own.
void draw_focus(ImDrawList* list, ImVec2 min, ImVec2 max, ImGuiID id);

}  // namespace iem::gui
