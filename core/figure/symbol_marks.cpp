#include "core/figure/symbol_marks.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

namespace iem {
namespace {

constexpr std::array kCommonMarks = std::to_array<SymbolMark>({
    {"J", "loss", "loss"},
    {"J", "stage", "J"},
    {"J", "landscape", "J"},
    {"J", "bound", "J"},
    {"H", "entropy", "entropy"},
    {"x", "", "points"},
    {"x", "", "point"},
    {"r", "", "r"},
    {"r", "stage", "pinned"},
});

// The series name without the number or bracket behind it.
std::string_view kind_of(std::string_view series) { return series.substr(0, series.find_first_of(" [")); }

bool is_series(std::string_view series, std::string_view named) {
  return series == named || kind_of(series) == named;
}

// What is added to the width of lines and to the radius of marks, in pixels.
constexpr double kWider = 1.6, kLarger = 4;
constexpr double kOutline = 2;  // of what keeps its own colours
constexpr Ink kLit = {Role::accent};

Marker ring_around(const std::string& series, double x, double y, double radius_px) {
  return {.series = series,
          .x = x,
          .y = y,
          .shape = Shape::ring,
          .ink = kLit,
          .radius_px = radius_px + kLarger,
          .halo_px = 0,
          .hollow = true,
          .stroke_px = kOutline,
          .element = {},
          .clear = true};
}

// What lights the mark: itself in accent, stronger and without its words, or an outline around marks whose
// colours say which component they belong to; nothing for kinds of marks that are not lit.
template <class M>
std::optional<Mark> lit(const M& mark) {
  if constexpr (std::is_same_v<M, Marker> || std::is_same_v<M, RingMark>)
    return ring_around(mark.series, mark.x, mark.y, mark.radius_px);
  M copy = mark;
  if constexpr (std::is_same_v<M, Line> || std::is_same_v<M, Ellipse> || std::is_same_v<M, Arrow>) {
    copy.ink = kLit;
    copy.width_px += kWider;
    if constexpr (std::is_same_v<M, Line>) copy.label.clear();
    return copy;
  } else if constexpr (std::is_same_v<M, Scatter>) {
    copy.ink = kLit;
    copy.weights = {}, copy.components = 0;
    copy.groups.clear();
    copy.shapes = false;
    return copy;
  } else if constexpr (std::is_same_v<M, Bars>) {
    copy.ink = {kLit};
    copy.outline_px = kOutline;
    return copy;
  } else if constexpr (std::is_same_v<M, Band>) {
    copy.ink = {kLit.role, 0, copy.ink.alpha};
    return copy;
  } else {
    return std::nullopt;
  }
}

template <class M>
std::string_view series_of_mark(const M& mark) {
  if constexpr (requires { mark.series; })
    return mark.series;
  else
    return {};
}

}  // namespace

std::span<const SymbolMark> common_symbol_marks() { return kCommonMarks; }

bool shows_symbol(std::span<const SymbolMark> own, std::string_view figure, std::string_view series,
                  std::string_view letter) {
  const auto shows = [&](const SymbolMark& each) {
    return each.letter == letter && (each.figure.empty() || each.figure == figure) &&
           is_series(series, each.series);
  };
  return std::ranges::any_of(own, shows) || std::ranges::any_of(kCommonMarks, shows);
}

Panel lit_panel(const Panel& panel, std::span<const SymbolMark> own, std::string_view figure,
                std::span<const std::string> letters) {
  Panel out;
  out.x = panel.x, out.y = panel.y;
  out.equal_aspect = panel.equal_aspect;
  const auto is_lit = [&](std::string_view series) {
    return !series.empty() && std::ranges::any_of(letters, [&](const std::string& letter) {
      return shows_symbol(own, figure, series, letter);
    });
  };
  for (const Mark& mark : panel.marks)
    std::visit(
        [&](const auto& each) {
          if (!is_lit(series_of_mark(each))) return;
          if (auto stronger = lit(each)) out.marks.push_back(std::move(*stronger));
        },
        mark);
  return out;
}

std::string series_of(const Panel& panel, const ElementId& element) {
  std::string out;
  const auto look = [&](const auto& mark) {
    if constexpr (requires { mark.groups; }) {
      if (mark.element == element.kind && element.kind != ElementId::Kind::none) out = mark.series;
    } else if constexpr (requires {
                           mark.series;
                           mark.element;
                         }) {
      if (mark.element == element && element.kind != ElementId::Kind::none) out = mark.series;
    }
  };
  for (const Mark& mark : panel.marks) std::visit(look, mark);
  return out;
}

}  // namespace iem
