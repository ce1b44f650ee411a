#include "core/session/window_parts.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/utf8.h"
#include "core/base/words.h"

namespace iem {
namespace {

constexpr std::array<WindowPart, 5> kWindowPanels = {{
    {"stage", "the middle, where things can be dragged"},
    {"controls", "the panel of settings"},
    {"strip", "the phases of one update"},
    {"meter", "the identity, at the lower right"},
    {"step", "the bar of steps, with play and J"},
}};

constexpr std::array<WindowPart, 6> kWindowParts = {{
    {"arrows", "arrows of the next step and hollow targets on the stage", true},
    {"pulls", "pulls of points on the stage", true},
    {"future", "what curves over steps show after the present step", true},
    {"m_phases", "the second half of the strip", true},
    {"shares", "responsibilities as numbers, bars and the ring of the pinned point"},
    {"loss_value", "J as a number"},
}};

struct KindWord {
  std::string_view word;
  ElementId::Kind kind;
  int first;  // the number of the first one on screen
};
constexpr std::array kKindWords = {
    KindWord{"point", ElementId::Kind::point, 0},   KindWord{"prototype", ElementId::Kind::prototype, 1},
    KindWord{"query", ElementId::Kind::query, 1},   KindWord{"key", ElementId::Kind::key, 1},
    KindWord{"value", ElementId::Kind::value, 1},   KindWord{"token", ElementId::Kind::token, 1},
    KindWord{"target", ElementId::Kind::target, 1},
};

void check_names(const Config& config, const char* key, const std::vector<std::string>& known,
                 bool allows_elements, const std::string& allowed) {
  if (config.table().find(key) == nullptr) return;  // a lab with keys of its own only
  for (const std::string& name : config.list(key)) {
    if (std::ranges::find(known, name) != known.end()) continue;
    if (allows_elements && element_of_name(name).kind != ElementId::Kind::none) continue;
    const std::string near = nearest_word(name, known);
    throw config.error(key, "\"" + printable(name) + "\" is not " + allowed +
                                (near.empty() ? "" : "; did you mean " + near + "?"));
  }
}

}  // namespace

std::span<const WindowPart> panels_of_window() { return kWindowPanels; }
std::span<const WindowPart> parts_of_window() { return kWindowParts; }

void check_reduced_view(const Config& config, const Lab& lab) {
  std::vector<std::string> panels, keys = {"stage", "step"};
  for (const WindowPart& panel : panels_of_window()) panels.emplace_back(panel.id);
  for (const FigureType& figure : lab.figures()) panels.push_back(figure.id);
  for (const Parameter& parameter : config.table().all()) keys.push_back(parameter.key);
  check_names(config, "view.show", panels, false, "a panel or figure of the " + lab.id() + " lab");
  check_names(config, "view.controls", keys, true,
              "a key of the " + lab.id() + " lab, stage, step, or an element such as point 0");
}

ElementId element_of_name(std::string_view name) {
  constexpr int kMostElements = 1'000'000;
  const std::size_t blank = name.find(' ');
  if (blank == std::string_view::npos) return {};
  const auto* kind = std::ranges::find(kKindWords, name.substr(0, blank), &KindWord::word);
  if (kind == kKindWords.end()) return {};
  const std::string_view digits = name.substr(blank + 1);
  int number = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  if (number < kind->first || number > kMostElements) return {};
  return {kind->kind, number - kind->first};
}

std::string name_of_element(const ElementId& element) {
  const auto* kind = std::ranges::find(kKindWords, element.kind, &KindWord::kind);
  if (kind == kKindWords.end()) return {};
  return std::string(kind->word) + " " + std::to_string(element.index + kind->first);
}

}  // namespace iem
