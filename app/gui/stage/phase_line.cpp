#include "app/gui/stage/phase_line.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

constexpr float kLineLeft = 58, kLineRight = 24, kLineShape = 14, kLineAir = 26;
constexpr float kLineSize = 15;

// The lines in the order in which they have precedence: the larger the share, the sooner.
std::vector<std::size_t> order_by_share(std::size_t lines, const std::vector<double>& r) {
  std::vector<std::size_t> order(lines);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (r.size() == lines)
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return r[a] > r[b]; });
  return order;
}

struct WrittenLine {
  std::size_t component;
  std::vector<MathPiece> pieces;
  float width;
};

}  // namespace

void draw_phase_line(PanelContext& context, int phase) {
  const ImVec2 min = ImGui::GetWindowPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float right = min.x + ImGui::GetWindowWidth() - px(kLineRight), left = min.x + px(kLineLeft);
  draw_rule_h(list, min.x, min.x + ImGui::GetWindowWidth(), min.y);
  const Phase& now = context.phases()[static_cast<std::size_t>(phase)];
  const float y = min.y + px(20);
  if (now.values.empty()) {
    draw_text_cut(list, now.help, {left, y}, colour(theme().muted), right - left, type::kSmall);
    return;
  }
  const bool each = !now.is_single && !now.is_vector;
  std::vector<WrittenLine> fit;
  float used = 0;
  for (const std::size_t j : order_by_share(now.written.size(), context.responsibilities())) {
    WrittenLine line{j, math_pieces(now.written[j]), 0};
    line.width = measure_math(line.pieces, kLineSize) + (each ? px(kLineShape) : 0);
    const float more = line.width + (fit.empty() ? 0 : px(kLineAir));
    const float room = right - left - (fit.size() + 1 < now.written.size() ? px(40) : 0);
    if (used + more > room && !fit.empty()) break;
    used += more;
    fit.push_back(std::move(line));
  }
  std::ranges::sort(fit, {}, &WrittenLine::component);
  float x = left;
  for (const WrittenLine& line : fit) {
    const auto j = static_cast<int>(line.component);
    const Rgb ink = each ? paint::line_colour(theme(), j) : theme().ink;
    if (each) draw_prototype(list, j, {x + px(4), y - px(5)}, 4 * scale());
    draw_math(list, line.pieces, {x + (each ? px(kLineShape) : 0), y}, kLineSize, colour(ink));
    x += line.width + px(kLineAir);
  }
  if (fit.size() < now.written.size())
    draw_text_right(list, "+" + std::to_string(now.written.size() - fit.size()), {right, y},
                    colour(theme().muted), type::kSmall);
}

}  // namespace iem::gui
