#include "app/gui/stage/paint_tool.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "app/gui/context/actions.h"
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "core/run/inline_points.h"

namespace iem::gui {
namespace {

using paint::Px;

constexpr Eigen::Index kMostPainted = 20000;  // every dab is a copy of all points
constexpr int kClasses = 7;                   // as many as there are colours
constexpr int kFirstDab = 5, kNextDab = 3;
constexpr double kDabsApart = 0.4;           // brush radii
constexpr double kMostDabs = 64;             // in a frame: further apart on a longer way
constexpr double kDabEvery_s = 0.09;         // while the brush rests
constexpr double kSendWhilePlaying_s = 0.2;  // then every list of points is logged with its step
constexpr double kPatience_s = 0.5;          // points that the engine has not taken by then were refused
constexpr double kSmallest = 6, kLargest = 120;

// The places of dabs on the way between two frames, at equal distances, so that a fast hand leaves no gaps;
// the last is its end. None where the way is short.
std::vector<Px> dabs_between(Px from, Px to, double apart) {
  const double count = std::min(std::floor(std::hypot(to.x - from.x, to.y - from.y) / apart), kMostDabs);
  std::vector<Px> out;
  for (double i = 1; i <= count; ++i)
    out.push_back({from.x + (to.x - from.x) * i / count, from.y + (to.y - from.y) * i / count});
  return out;
}

bool on_line(const Snapshot& snapshot) {
  return snapshot.config().table().find("data.points")->shape.back() == 1;
}

}  // namespace

std::string PaintTool::unavailable(const Snapshot& snapshot) {
  if (snapshot.config().table().find("data.points") == nullptr) return std::string(text::kNotPaintable);
  if (snapshot.data().dimension() > 2) return std::string(text::kTooWideToPaint);
  if (on_line(snapshot) && snapshot.config().text("model.hypotheses") == "gate")
    return std::string(text::kGatesTakeNoPoints);
  if (snapshot.data().size() > kMostPainted) return std::string(text::kTooManyToPaint);
  return {};
}

void PaintTool::change_size(int direction) {
  radius_px_ = std::clamp(radius_px_ * (direction > 0 ? 1.25 : 0.8), kSmallest, kLargest);
}

bool PaintTool::header(const PanelContext& context, float x0, float x1, float top, bool classes) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float baseline = top + px(26);
  float x =
      x0 + draw_text(list, text::kPaintTitle, {x0, baseline}, colour(theme().ink), type::kBody, Face::bold);
  const float done = x1 - px(28);
  x += px(20);
  ImGui::SetCursorScreenPos({x, top + px(2)});
  {
    const ScopedRowWidth width(px(112));
    scrub_row({.id = "##brush", .label = text::kBrushSize, .help = text::kBrushHelp}, radius_px_,
              {.slider_min = kSmallest, .slider_max = kLargest, .min = 1, .max = 1000, .whole = true});
  }
  x += px(112) + px(22);
  if (classes) {
    draw_text(list, text::kClass, {x, baseline}, colour(theme().muted), type::kSmall);
    x += measure_text(text::kClass, type::kSmall).width + px(6);
  } else {
    label_ = -1;
  }
  for (int label = -1; classes && label < kClasses && x + px(24) <= done; ++label) {
    ImGui::SetCursorScreenPos({x, top + px(9)});
    const std::string id = "##class" + std::to_string(label);
    const std::string help =
        label < 0 ? std::string(text::kNoClass) : std::string(text::kClass) + " " + std::to_string(label);
    if (icon_button({.id = id.c_str(), .help = help, .selected = label == label_},
                    label < 0 ? icon::kMinus : std::string_view(), 9, 23))
      label_ = label;
    if (label >= 0) draw_prototype(list, label, {x + px(11.5F), top + px(20.5F)}, 4.5F * scale());
    x += px(24);
  }
  if (x + px(16) + measure_text(text::kPaintHint, type::kSmall).width < done)
    draw_text(list, text::kPaintHint, {x + px(16), baseline}, colour(theme().muted), type::kSmall);
  ImGui::SetCursorScreenPos({done, top + px(7)});
  return icon_button(
      {.id = "##painted", .help = text::kPainted, .shortcut = context.actions->keys("data.paint")},
      icon::kClose, 12, 28);
}

// A stroke begins with the points that the last stroke has left, even if the engine does not have them yet.
void PaintTool::begin(PanelContext& context, int button) {
  const Dataset& shown = context.snapshot().data();
  const bool on_its_way = sent_over_ == &shown && ImGui::GetTime() - sent_at_ < kPatience_s;
  if (!on_its_way) points_ = shown;
  button_ = button;
  began_ = context.shared_snapshot();
  gesture_ = context.new_gesture();
  dab_time_ = -1;
  unsent_ = false;
}

// `count` points anywhere under the brush, evenly.
void PaintTool::add(const paint::Transform& to_px, Px mouse, int count) {
  const Eigen::Index n = points_.size();
  count = static_cast<int>(std::min<Eigen::Index>(count, kMostPainted - n));
  if (count <= 0) return;
  const bool labelled = points_.has_labels() || label_ >= 0;
  if (labelled && !points_.has_labels()) points_.labels = Eigen::VectorXi::Constant(n, -1);
  points_.points.conservativeResize(n + count, Eigen::NoChange);
  if (labelled) points_.labels.conservativeResize(n + count);
  for (Eigen::Index i = n; i < n + count; ++i) {
    const double angle = 2 * std::numbers::pi * random_.uniform();
    const double radius = radius_px_ * std::sqrt(random_.uniform());
    points_.points(i, 0) = to_px.x_at(mouse.x + radius * std::cos(angle));
    if (points_.dimension() > 1) points_.points(i, 1) = to_px.y_at(mouse.y + radius * std::sin(angle));
    if (labelled) points_.labels[i] = label_;
  }
  unsent_ = true;
}

bool PaintTool::erase(const paint::Transform& to_px, Px mouse) {
  Eigen::Index kept = 0;
  for (Eigen::Index i = 0; i < points_.size(); ++i) {
    Px p{to_px.px_x(points_.points(i, 0)), mouse.y};
    if (points_.dimension() > 1) p.y = to_px(points_.points(i, 0), points_.points(i, 1)).y;
    if (std::hypot(p.x - mouse.x, p.y - mouse.y) <= radius_px_) continue;
    points_.points.row(kept) = points_.points.row(i);
    if (points_.has_labels()) points_.labels[kept] = points_.labels[i];
    ++kept;
  }
  if (kept == points_.size()) return false;
  points_.points.conservativeResize(kept, Eigen::NoChange);
  if (points_.has_labels()) points_.labels.conservativeResize(kept);
  unsent_ = true;
  return true;
}

void PaintTool::send(PanelContext& context) {
  const Snapshot& s = context.snapshot();
  unsent_ = false;
  if (points_.size() == 0 && on_line(s)) {
    context.engine().apply(std::vector<Edit>{{"data.source", std::string("none")}}, gesture_,
                           began_->opening);
  } else if (points_.size() == 0) {
    context.notices().say(std::string(text::kSomePointsStay), Notices::Tone::warn);
    return;
  } else {
    // The edits are made from the configuration at the beginning of the stroke, since they replace earlier
    // edits of it.
    context.engine().apply(inline_points(points_, began_->config()), gesture_, began_->opening);
  }
  sent_over_ = &s.data();
  sent_at_ = ImGui::GetTime();
}

void PaintTool::draw_brush(const paint::Transform& to_px, Px mouse, bool on_line) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGuiCanvas(list).to_screen(mouse);
  const auto radius = static_cast<float>(radius_px_) * scale();
  if (on_line) {  // all of the line under the brush
    const float top = ImGuiCanvas(list).to_screen({0, to_px.rect().y0}).y,
                bottom = ImGuiCanvas(list).to_screen({0, to_px.rect().y1}).y;
    list->AddRectFilled({at.x - radius, top}, {at.x + radius, bottom}, colour(theme().ink, 0.07));
    for (const float x : {at.x - radius, at.x + radius})
      list->AddLine({x, top}, {x, bottom}, colour(theme().ink, 0.6), 1.2F * scale());
    return;
  }
  list->AddCircle(at, radius, colour(theme().paper, 0.8), 0, 3 * scale());
  const Rgb& ink = label_ < 0 ? theme().ink : paint::line_colour(theme(), label_);
  list->AddCircle(at, radius, colour(ink, 0.75), 0, 1.2F * scale());
}

void PaintTool::update(PanelContext& context, const paint::Transform& to_px, Px mouse, bool inside) {
  ViewState& view = context.view();
  if (!(view.hovered == ElementId{}) || view.shaped >= 0) {
    view.hovered = {};
    view.shaped = -1;
    view.touch();
  }
  // Another run may have been shown during the stroke, or the brush put away; the points are no longer its
  // own.
  const bool goes_on = stroking() && began_->opening == context.snapshot().opening &&
                       (ImGui::IsMouseDown(button_) || ImGui::IsMouseReleased(button_));
  if (!goes_on) button_ = -1;
  updated_ = ImGui::GetFrameCount();
  if (inside || stroking()) draw_brush(to_px, mouse, on_line(context.snapshot()));
  for (const int button : {ImGuiMouseButton_Left, ImGuiMouseButton_Right})
    if (inside && !stroking() && ImGui::IsMouseClicked(button)) begin(context, button);
  if (!stroking()) return;
  const double now = ImGui::GetTime();
  const bool first = dab_time_ < 0;
  const bool erases = button_ == ImGuiMouseButton_Right;
  std::vector<Px> dabs;
  if (!first) dabs = dabs_between(dab_at_, mouse, kDabsApart * radius_px_);
  if (dabs.empty() && (first || erases || now - dab_time_ > kDabEvery_s)) dabs.push_back(mouse);
  for (const Px at : dabs)
    if (erases)
      erase(to_px, at);
    else
      add(to_px, at, first ? kFirstDab : kNextDab);
  if (!dabs.empty()) dab_at_ = mouse, dab_time_ = now;
  const bool up = !ImGui::IsMouseDown(button_);
  const bool due = !context.snapshot().playing || now - sent_at_ > kSendWhilePlaying_s;
  if (unsent_ && (due || up)) send(context);
  if (up) button_ = -1;
}

}  // namespace iem::gui
