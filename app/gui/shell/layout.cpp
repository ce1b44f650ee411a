#include "app/gui/shell/layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "app/gui/controls/offer_bar.h"
#include "app/gui/controls/run_strip.h"
#include "app/gui/look/style.h"
#include "app/gui/platform/settings.h"
#include "app/gui/present/presenter.h"
#include "app/gui/stage/phase_line.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

constexpr float kTop = 48, kTransport = 52;
constexpr float kPresentedColumn = 0.35F, kPresentedNotes = 0.24F;  // of the window's width
constexpr float kLow = 460;  // in a window this high the phases give their room to the stage
constexpr float kFlat = 620;
constexpr float kSmall = 900, kNarrow = 1100, kWide = 1600;  // style pixels
constexpr int kSettle = 4;

float width_of(const Band& band) { return band.max.x - band.min.x; }
float height_of(const Band& band) { return band.max.y - band.min.y; }

}  // namespace

Layout::Shape Layout::shape_of(float width) const {
  if (extras_.presenting) return Shape::presented;
  const float style_px = width / scale();
  // Where there is no height either, plots below the stage would leave it a slit.
  const bool is_flat = ImGui::GetIO().DisplaySize.y < px(kFlat) && style_px < kNarrow;
  if (style_px < kSmall || is_flat) return Shape::small;
  return style_px < kNarrow ? Shape::narrow : style_px < kWide ? Shape::normal : Shape::wide;
}

bool Layout::is_low() { return ImGui::GetIO().DisplaySize.y < px(kLow); }

std::string Layout::customised_key() const { return std::string("layout.customised.") + page_->id; }

// Every page has a layout of its own, the user's or the program's.
void Layout::turn_to(const PageWindows& page, float width) {
  if (page_ == &page && id_ == page.id) return;
  page_ = &page;
  id_ = page.id;
  customised_ = window_.has_layout() && settings().more[customised_key()] == "1";
  built_ = customised_ ? shape_of(width) : Shape::none;
  built_scale_ = scale();
  settling_ = kSettle;
}

float Layout::strip(Shape shape) const {
  if (shape == Shape::presented) return std::round(kPresentedColumn * width_of(middle_));
  return px(shape == Shape::wide ? 420 : shape == Shape::small ? 288 : 336);
}

void Layout::begin_frame(const PageWindows& page, std::vector<float> heights, bool only_stage,
                         const Extras& extras) {
  Extras before = std::exchange(extras_, extras);
  heights_ = std::move(heights);
  heights_.resize(page.column.size(), 1.0F);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const bool has_strip = page.phases && !extras.without_phases && !extras.folding_phases;
  const float top = extras.embedded ? 0 : px(extras.presenting ? kPresentHead : kTop);
  const float transport = px(extras.presenting ? kPresentLine : kTransport);
  const float steps_top = size.y - (extras.without_steps ? 0 : transport);
  const float strip_top = steps_top - (has_strip ? px(extras.phases_height) : 0);
  const float middle_end = strip_top - (extras.looking_at_phase ? px(kPhaseLineHeight) : 0);
  top_ = {{0, 0}, {size.x, top}};
  const float below_offer = top + (extras.offering ? px(kOfferHeight) : 0);
  const float begin = below_offer + (extras.several_runs ? px(kRunStripHeight) : 0);
  offer_ = {{0, top}, {size.x, below_offer}};
  runs_ = {{0, below_offer}, {size.x, begin}};
  middle_ = {{0, begin}, {size.x, std::max(begin + px(80), middle_end)}};
  phase_line_ = {{0, middle_end}, {size.x, strip_top}};
  phases_ = {{0, strip_top}, {size.x, steps_top}};
  transport_ = {{0, steps_top}, size};

  turn_to(page, size.x);
  const ImGuiID space = ImHashStr(page.id);
  const Shape shape = shape_of(size.x);
  const bool stale = shape != built_ || scale() != built_scale_ || heights_ != built_heights_;
  if (reset_ || (stale && !customised_)) build(space, shape);
  const bool makes_room = extras.inspecting && !page.column.empty() && built_ == Shape::narrow;
  // Nobody moved a splitter.
  before.inspecting = extras.inspecting;
  if (makes_room != makes_room_ || !(extras == before)) settling_ = std::max(settling_, kSettle);
  makes_room_ = makes_room;
  watch();

  ImGui::SetNextWindowPos(middle_.min);
  ImGui::SetNextWindowSize({width_of(middle_) - (makes_room ? strip(built_) : 0), height_of(middle_)});
  ImGui::Begin("##dock", nullptr, kFixedWindow | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNavFocus);
  ImGuiDockNodeFlags flags = ImGuiDockNodeFlags_AutoHideTabBar;
  if (only_stage) flags |= ImGuiDockNodeFlags_KeepAliveOnly;
  ImGui::DockSpace(space, {0, 0}, flags);
  ImGui::End();
}

void Layout::reset() {
  reset_ = true;
  window_.forget_layout();
}

Band Layout::plots() const {
  Band band{{middle_.max.x - strip(built_), middle_.min.y}, middle_.max};
  const ImGuiWindow* loss =
      page_ == nullptr || page_->column.empty() ? nullptr : ImGui::FindWindowByName(page_->column[0]);
  if (built_ != Shape::narrow && built_ != Shape::small && loss != nullptr && loss->DockId != 0 &&
      loss->Pos.x > 0.5F * middle_.max.x)
    band.min.x = loss->Pos.x;
  return band;
}

// Sizes go in whole pixels through ImGui's ratios.
void Layout::build(ImGuiID space, Shape shape) {
  const float width = width_of(middle_), height = height_of(middle_);
  const float usual = shape == Shape::wide ? 320.0F : 288.0F;
  const float controls = px(page_->left_width > 0 ? page_->left_width : usual), plots = strip(shape);
  ImGui::DockBuilderRemoveNode(space);
  ImGui::DockBuilderAddNode(space, static_cast<ImGuiDockNodeFlags>(ImGuiDockNodeFlags_DockSpace) |
                                       ImGuiDockNodeFlags_AutoHideTabBar);
  ImGui::DockBuilderSetNodePos(space, middle_.min);
  ImGui::DockBuilderSetNodeSize(space, {width, height});
  ImGuiID left = 0, rest = space, right = 0, stage = 0;
  const bool has_left = shape != Shape::small && page_->left;
  if (has_left) {
    ImGui::DockBuilderSplitNode(space, ImGuiDir_Left, controls / width, &left, &rest);
    ImGui::DockBuilderDockWindow(page_->controls, left);
  }
  const std::vector<const char*>& column = page_->column;
  if (shape == Shape::small) {
    // What is looked at comes first: the controls are one of the tabs, of the plots or of the middle.
    if (column.empty())
      right = stage = space;
    else
      ImGui::DockBuilderSplitNode(space, ImGuiDir_Right, std::min(0.5F, plots / width), &right, &stage);
    ImGui::DockBuilderDockWindow(page_->controls, right);
    for (const char* plot : column) ImGui::DockBuilderDockWindow(plot, right);
  } else if (column.empty()) {
    stage = rest;
  } else if (shape == Shape::narrow) {
    ImGui::DockBuilderSplitNode(rest, ImGuiDir_Down, 0.36F, &right, &stage);
    for (const char* plot : column) ImGui::DockBuilderDockWindow(plot, right);
  } else {
    ImGui::DockBuilderSplitNode(rest, ImGuiDir_Right, plots / (width - (has_left ? controls : 0)), &right,
                                &stage);
    for (std::size_t i = 0; i + 1 < column.size(); ++i) {
      ImGuiID cell = 0;
      const float below =
          std::accumulate(heights_.begin() + static_cast<std::ptrdiff_t>(i), heights_.end(), 0.0F);
      ImGui::DockBuilderSplitNode(right, ImGuiDir_Up, heights_[i] / below, &cell, &right);
      ImGui::DockBuilderDockWindow(column[i], cell);
    }
    ImGui::DockBuilderDockWindow(column.back(), right);
  }
  ImGui::DockBuilderDockWindow(page_->centre, stage);
  if (ImGuiDockNode* node = ImGui::DockBuilderGetNode(stage))
    node->SetLocalFlags(node->LocalFlags | static_cast<ImGuiDockNodeFlags>(ImGuiDockNodeFlags_CentralNode));
  ImGui::DockBuilderFinish(space);
  built_ = shape;
  built_scale_ = scale();
  built_heights_ = heights_;
  customised_ = reset_ = false;
  settings().more[customised_key()] = "0";
  settling_ = kSettle;
}

// Notices when the user moves a splitter or undocks a window: from then on the layout is the user's.
void Layout::watch() {
  std::array<float, 3> sizes = {};
  bool taken_out = false;
  const auto look = [&](const char* name, float ImVec2::*side, float& size) {
    const ImGuiWindow* window = ImGui::FindWindowByName(name);
    if (window == nullptr) return;
    size = window->Size.*side;
    taken_out = taken_out || (window->Active && window->DockId == 0);
  };
  look(page_->controls, &ImVec2::x, sizes[0]);
  look(page_->centre, &ImVec2::x, sizes[1]);
  if (!page_->column.empty()) look(page_->column[0], &ImVec2::y, sizes[2]);
  const bool by_hand = ImGui::GetIO().MouseDown[0] || ImGui::GetIO().MouseReleased[0];
  if (settling_ > 0) {
    // Where windows have become tabs, the first one is shown.
    const bool tabs = built_ == Shape::narrow || built_ == Shape::small;
    const char* first = page_->column.empty()    ? page_->centre
                        : built_ == Shape::small ? page_->controls
                                                 : page_->column[0];
    if (--settling_ == 0 && tabs) ImGui::SetWindowFocus(first);
  } else if (!customised_ && by_hand && (taken_out || sizes != sizes_)) {
    customised_ = true;
    settings().more[customised_key()] = "1";
  }
  sizes_ = sizes;
}

}  // namespace iem::gui
