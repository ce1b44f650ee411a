#include "core/figure/furniture.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/config/common_parameters.h"
#include "core/figure/caption.h"
#include "core/figure/log_axis.h"
#include "core/figure/palette.h"

namespace iem {
namespace {

constexpr std::string_view kTable = "paper.";

Parameter key(std::string name, ParameterKind kind, Value default_value, std::string label,
              std::string help) {
  Parameter p;
  p.key = std::string(kTable) + std::move(name);
  p.group = Group::view;
  p.kind = kind;
  p.effect = Effect::view;
  p.label = std::move(label);
  p.help = std::move(help);
  p.default_value = std::move(default_value);
  p.in_panel = false;  // the export card has its row
  return p;
}

Parameter choice(std::string name, std::vector<std::string> choices, std::string label, std::string help) {
  Parameter p =
      key(std::move(name), ParameterKind::choice, choices.front(), std::move(label), std::move(help));
  p.choices = std::move(choices);
  return p;
}

Parameter named(Parameter choice, std::vector<std::string> labels) {
  choice.choice_labels = std::move(labels);
  return choice;
}

Parameter words(std::string name, std::string label, std::string help) {
  return key(std::move(name), ParameterKind::text, std::string(), std::move(label), std::move(help));
}

// "on", "off" or words in place of the figure's own.
Parameter caption_key() {
  Parameter p = words("caption", "Caption",
                      "Words below a figure: on (its own), off, or others, with $formulas$ in TeX.");
  p.default_value = std::string("on");
  p.choices = {"on", "off"};
  return p;
}

Parameter letter_key() {
  constexpr std::size_t kLongest = 12;  // bytes
  Parameter p = words("letter", "Letter", "Marks a figure among others: a stands as (a) before its title.");
  p.misfit = [](const Value& value) -> std::string {
    const auto& letter = std::get<std::string>(value);
    return letter.size() <= kLongest && one_line(letter) == letter ? "" : "must be a letter or a short word";
  };
  return p;
}

Parameter type_key() {
  Parameter p = key("type_pt", ParameterKind::real, PaperLook::kTypePt, "Type",
                    "Size of the numbers and names of a figure; lines and marks grow with it.");
  p.unit = "pt";
  p.min = 4, p.max = 24;
  p.slider_min = 5, p.slider_max = 12;
  return p;
}

Parameter palette_key() {
  std::vector<std::string> ids, labels;
  for (const Palette& each : palettes()) ids.emplace_back(each.id), labels.emplace_back(each.label);
  Parameter p = choice("palette", std::move(ids), "Palette", "");
  p.help = "The colours of prototypes and runs: " + listed_words(p.choices, "or") + ".";
  p.choice_labels = std::move(labels);
  return p;
}

// What an address is made of. A "#" is not: what stands behind it is the run.
bool is_address(const std::string& text) {
  constexpr std::string_view kMarks = "-._~:/?[]@!$&'()*+,;=%";
  constexpr std::size_t kLongest = 200;
  std::size_t begin = 0;
  for (const std::string_view scheme : {"http://", "https://"})
    if (text.starts_with(scheme)) begin = scheme.size();
  return begin > 0 && text.size() > begin && text.size() <= kLongest &&
         std::ranges::all_of(text, [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  kMarks.find(c) != std::string_view::npos;
         });
}

Parameter link_key() {
  Parameter p = words("link", "Link to the run",
                      "A line below a figure that leads to its run: off, on (to the program's own page), or "
                      "the address of a page.");
  p.default_value = std::string("off");
  p.choices = {"on", "off"};
  p.misfit = [](const Value& value) -> std::string {
    const auto& said = std::get<std::string>(value);
    return said == "on" || said == "off" || is_address(said)
               ? ""
               : "must be on, off or an address such as https://example.org/iemlab/";
  };
  return p;
}

Parameter code_key() {
  Parameter p = choice("qr", {"on", "off"}, "QR code",
                       "The link as a QR code in the lower right corner, to be read by a telephone.");
  p.default_value = std::string("off");
  return p;
}

Parameter range_key(std::string name, std::string label, std::string help) {
  Parameter p = key(std::move(name), ParameterKind::tensor, Tensor{}, std::move(label), std::move(help));
  p.shape = {2};
  p.misfit = range_misfit;
  return p;
}

// No figure knows the state of its run: what writes the file puts the link there.
std::string leave_figure(Figure& /*figure*/, const Value& /*value*/) { return {}; }

std::string set_title(Figure& figure, const Value& value) {
  figure.paper.title = std::get<std::string>(value) == "on";
  return {};
}

std::string set_caption(Figure& figure, const Value& value) {
  const auto& said = std::get<std::string>(value);
  if (said == "off")
    figure.caption.clear();
  else if (said != "on" && !said.empty())
    figure.caption = said;
  return {};
}

std::string set_letter(Figure& figure, const Value& value) {
  figure.paper.letter = std::get<std::string>(value);
  return {};
}

// Names of curves and the key to signs; words that stand on the plot for another reason stay.
void take_legend_away(Panel& panel) {
  std::erase_if(panel.marks, [](const Mark& mark) { return std::holds_alternative<Legend>(mark); });
  for (Mark& mark : panel.marks)
    if (auto* line = std::get_if<Line>(&mark); line && line->name_at_end)
      line->name_at_end = false, line->label.clear();
}

std::string set_legend(Figure& figure, const Value& value) {
  const auto& where = std::get<std::string>(value);
  figure.paper.legend_inside = where == "inside";
  if (where == "off")
    for (Panel& panel : figure.panels) take_legend_away(panel);
  return {};
}

std::string set_type(Figure& figure, const Value& value) {
  figure.paper.type_pt = std::get<double>(value);
  return {};
}

std::string set_palette(Figure& figure, const Value& value) {
  figure.paper.palette = std::get<std::string>(value);
  return {};
}

// Whether the axes of two panels are one. Without a name only the ranges can tell.
bool are_one(const Axis& a, const Axis& b) {
  const bool named = !a.label.empty() || !a.unit.empty() || a.quantity != Quantity::other;
  const bool alike = a.lo == b.lo && a.hi == b.hi && a.scale == b.scale;
  return a.label == b.label && a.unit == b.unit && a.quantity == b.quantity && (named || alike);
}

// Of several panels, all that share the axis of the first.
template <Axis Panel::*which, class Change>
void change_axes(Figure& figure, Change change) {
  if (figure.panels.empty()) return;
  const Axis first = figure.panels.front().*which;
  for (Panel& panel : figure.panels)
    if (are_one(panel.*which, first)) change(panel.*which);
}

template <Axis Panel::*which>
std::string set_label(Figure& figure, const Value& value) {
  const std::string said = one_line(std::get<std::string>(value));
  if (said.empty()) return {};
  const bool marked = std::ranges::any_of(caption_parts(said), &CaptionPart::tex);
  change_axes<which>(figure, [&](Axis& axis) {
    axis.label = marked ? said : plain_caption(said);
    axis.marked = marked;
    axis.unit.clear();
  });
  return {};
}

std::string set_log(Figure& figure, const Value& value) {
  const auto& axes = std::get<std::string>(value);
  if (axes == "auto") return {};
  for (const bool of_x : {true, false})
    if (axes.find(of_x ? 'x' : 'y') != std::string::npos)
      for (Panel& panel : figure.panels) panel = on_log_axis(std::move(panel), of_x);
  return {};
}

std::string idle_title(const Figure& figure, const Value& value) {
  const bool stays = std::get<std::string>(value) == "off" && figure.panels.size() > 1;
  return stays ? "the names of the plots of " + figure.id + " stay" : "";
}

std::string idle_log(const Figure& figure, const Value& value) {
  const auto& axes = std::get<std::string>(value);
  std::vector<std::string> stay;
  for (const bool of_x : {true, false}) {
    if (axes == "auto" || axes.find(of_x ? 'x' : 'y') == std::string::npos) continue;
    const bool any = std::ranges::any_of(figure.panels, [&](const Panel& panel) {
      return (of_x ? panel.x : panel.y).scale == Scale::log10 || can_be_log(panel, of_x);
    });
    if (!any) stay.emplace_back(of_x ? "horizontal" : "vertical");
  }
  if (stay.empty()) return {};
  return (stay.size() == 2 ? "neither axis of " + figure.id + " can"
                           : "the " + stay.front() + " axis of " + figure.id + " cannot") +
         " be logarithmic";
}

std::string idle_legend(const Figure& figure, const Value& value) {
  const auto is_named = [](const Mark& mark) {
    const auto* line = std::get_if<Line>(&mark);
    return line && line->name_at_end && !line->label.empty();
  };
  const bool any = std::ranges::any_of(
      figure.panels, [&](const Panel& panel) { return std::ranges::any_of(panel.marks, is_named); });
  return std::get<std::string>(value) == "inside" && !any ? "no curve of " + figure.id + " has a name" : "";
}

template <Axis Panel::*which>
std::string set_range(Figure& figure, const Value& value) {
  const auto& ends = std::get<Tensor>(value).data;
  if (ends.empty()) return {};
  bool fits = true;
  change_axes<which>(figure, [&](Axis& axis) {
    fits = fits && (axis.scale == Scale::linear || ends[0] > 0);
    const bool downwards = axis.lo > axis.hi;
    axis.lo = ends[downwards ? 1 : 0], axis.hi = ends[downwards ? 0 : 1];
  });
  return fits ? "" : "must be above 0 on the logarithmic axis of " + figure.id;
}

// Ranges come after the scale, which they are checked against.
const std::array<FurniturePiece, 13>& table() {
  static const std::array<FurniturePiece, 13> pieces = {{
      {choice("title", {"on", "off"}, "Title", "The title above a figure; names of several panels stay."),
       set_title,
       {},
       idle_title},
      {caption_key(), set_caption},
      {letter_key(), set_letter},
      {words("label.x", "Horizontal axis", "Words at the horizontal axis, with $formulas$ in TeX."),
       set_label<&Panel::x>, "Words at an axis, x or y, with $formulas$ in TeX."},
      {words("label.y", "Vertical axis", "Words at the vertical axis, with $formulas$ in TeX."),
       set_label<&Panel::y>},
      {named(choice("log", {"auto", "x", "y", "xy"}, "Logarithmic",
                    "Axes of curves that are logarithmic too: x, y or xy."),
             {"As on screen", "x", "y", "Both"}),
       set_log,
       {},
       idle_log},
      {range_key("x_range", "Horizontal range", "The ends of the horizontal axis."), set_range<&Panel::x>},
      {range_key("y_range", "Vertical range", "The ends of the vertical axis."), set_range<&Panel::y>},
      {named(choice("legend", {"auto", "off", "inside"}, "Legend",
                    "Names of curves and the key to signs: beside the plot, off, or inside it."),
             {"Beside the plot", "Off", "Inside"}),
       set_legend,
       {},
       idle_legend},
      {type_key(), set_type},
      {palette_key(), set_palette},
      {.key = link_key(), .apply = leave_figure, .of_file = true},
      {.key = code_key(), .apply = leave_figure, .of_file = true},
  }};
  return pieces;
}

}  // namespace

std::span<const FurniturePiece> furniture_pieces() { return table(); }

std::vector<Parameter> paper_parameters() {
  std::vector<Parameter> out;
  for (const FurniturePiece& piece : table()) out.push_back(piece.key);
  return out;
}

bool is_furniture(std::string_view key) { return key.starts_with(kTable); }

Config over_paper_ranges(Config view) {
  for (const char axis : {'x', 'y'}) {
    const std::string range = std::string(kTable) + axis + "_range", shown = std::string("view.") + axis;
    const bool given = view.is_set(range) && !view.tensor(range).data.empty();
    if (given && view.table().find(shown)) view.set(shown, view.value(range));
  }
  return view;
}

std::vector<IdleFurniture> idle_furniture(const Figure& figure, const Config& paper) {
  std::vector<IdleFurniture> out;
  if (figure.panels.empty()) return out;
  for (const FurniturePiece& piece : table())
    if (piece.idle && paper.is_set(piece.key.key))
      if (std::string why = piece.idle(figure, paper.value(piece.key.key)); !why.empty())
        out.push_back({piece.key.key, std::move(why)});
  return out;
}

Figure furnished(Figure figure, const Config& paper) {
  for (const FurniturePiece& piece : table()) {
    if (!paper.is_set(piece.key.key)) continue;
    const std::string complaint = piece.apply(figure, paper.value(piece.key.key));
    if (!complaint.empty()) throw paper.error(piece.key.key, complaint);
  }
  return with_doubt(std::move(figure));  // whatever else is said below it
}

Figure with_doubt(Figure figure) {
  const std::string words = caption_words(figure.doubt);
  if (words.empty() || figure.caption.ends_with(words)) return figure;
  figure.caption += (figure.caption.empty() ? "" : " ") + words;
  return figure;
}

}  // namespace iem
