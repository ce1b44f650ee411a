// Typing numbers over a value: parsing, checking the range, and the text field.
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/gui/look/style.h"
#include "app/gui/widgets/widget_base.h"
#include "core/base/number.h"
#include "core/base/power_of_ten.h"
#include "core/base/read_number.h"

namespace iem::gui {
namespace {

struct Typing {
  ImGuiID id = 0;
  std::array<char, 64> text{};
  std::string before;  // the text when typing began; if it is not changed the value keeps all its bits
  bool started = false;
};
Typing g_typing;

bool parse_plain(std::string_view text, double& value) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = read_number(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

void draw_refusal(const ImRect& box, const Range& range, bool is_number) {
  ImGui::GetWindowDrawList()->AddRect(box.Min, box.Max, colour(theme().bad), px(4), hairline_px());
  const std::string legal = describe(range);
  ImGui::SetNextWindowPos({box.Max.x, box.Max.y + px(4)}, ImGuiCond_Always, {1, 0});
  tooltip_now(is_number       ? "Must be " + legal
              : legal.empty() ? "A number, please"
                              : "A number " + legal + ", please");
}

}  // namespace

bool parse_number(std::string_view words, double& value) {
  const std::string text = without_powers(words);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::string_view(text).substr(i).starts_with("−"))
      plain += '-', i += 2;
    else if (text[i] != ' ')
      plain += text[i] == ',' ? '.' : text[i];
  }
  const std::size_t slash = plain.find('/');
  if (slash == std::string::npos) return parse_plain(plain, value);
  double below = 0;
  if (!parse_plain(std::string_view(plain).substr(0, slash), value)) return false;
  if (!parse_plain(std::string_view(plain).substr(slash + 1), below) || below == 0) return false;
  value /= below;
  return std::isfinite(value);
}

std::string format_value(double value) {
  const double size = std::abs(value);
  if (!(size == 0 || (size >= 0.0995 && size < 9999.5))) {
    // Small values are shown with three decimals at least: 0.0123, and 0.05 as 0.050.
    const double thousandths = value * 1000;
    if (size < 0.1 && size >= 0.001 && std::abs(thousandths - std::round(thousandths)) < 1e-9)
      return format_fixed(value, 3);
    return format_number(value);
  }
  const int before_point = size < 1 ? 0 : static_cast<int>(std::floor(std::log10(size) + 1e-12));
  const std::string shortest = format_number(value);
  const std::string fixed = format_fixed(value, 3 - before_point);
  return shortest.size() > fixed.size() ? shortest : fixed;
}

std::string format_whole(std::int64_t value) {
  return value < 0 ? "−" + std::to_string(-value) : std::to_string(value);
}

bool is_legal(const Range& range, double value) {
  const bool low = range.min_open ? value > range.min : value >= range.min;
  const bool high = range.max_open ? value < range.max : value <= range.max;
  return low && high;
}

std::string describe(const Range& range) {
  const bool has_min = std::isfinite(range.min), has_max = std::isfinite(range.max);
  if (has_min && has_max && !range.min_open && !range.max_open)
    return "from " + format_number(range.min) + " to " + format_number(range.max);
  std::string words;
  if (has_min) words += (range.min_open ? "above " : "at least ") + format_number(range.min);
  if (has_min && has_max) words += " and ";
  if (has_max) words += (range.max_open ? "below " : "at most ") + format_number(range.max);
  return words;
}

bool typing_in(ImGuiID id) { return g_typing.id == id && id != 0; }

void begin_typing(ImGuiID id, double value) {
  g_typing = {};
  g_typing.id = id;
  g_typing.before = exact_number(value);
  std::snprintf(g_typing.text.data(), g_typing.text.size(), "%s", g_typing.before.c_str());
}

bool type_number(const ImRect& box, ImGuiID id, const char* name, const Range& range, double& value,
                 std::string& refused) {
  // If the focus went elsewhere earlier in this frame, the text field still exists for one frame.
  if (g_typing.started && !ImGui::TempInputIsActive(id)) {
    g_typing.id = 0;
    return false;
  }
  g_typing.started = true;
  const ScopedFont face(Face::regular, type::kBody);
  const float pad_y = std::round(0.5F * (box.GetHeight() - ImGui::GetFontSize()));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(6), pad_y});
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, px(4));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, colour(theme().raised));
  ImGui::TempInputText(box, id, name, g_typing.text.data(), g_typing.text.size());
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  const std::string_view text = g_typing.text.data();
  double typed = 0;
  const bool is_number = parse_number(text, typed), legal = is_number && is_legal(range, typed);
  if (ImGui::GetActiveID() == id) {
    if (!legal && !text.empty())
      draw_refusal(box, range, is_number);
    else
      ImGui::GetWindowDrawList()->AddRect(box.Min, box.Max, colour(theme().accent), px(4), hairline_px());
    return false;
  }
  g_typing.id = 0;
  if (!legal && !text.empty()) refused = text;
  if (!legal || text == g_typing.before) return false;
  value = typed;
  return true;
}

}  // namespace iem::gui
