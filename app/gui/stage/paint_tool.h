// Painting data on the stage, or on the line: the left button adds points under a brush, the right one
// removes them. On the line only the position along it counts. Painted points become points of the scene
// itself (core/run/inline_points.h); a stroke is one undo step.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/gui/context/panel_context.h"
#include "app/paint/figure_painter.h"
#include "core/base/random.h"
#include "imgui.h"

namespace iem::gui {

class PaintTool {
 public:
  // One sentence why points cannot be painted; empty where they can.
  static std::string unavailable(const Snapshot& snapshot);

  // The tools, in a header between x0 and x1; true when "done" was pressed. Points on the line have no class.
  bool header(const PanelContext& context, float x0, float x1, float top, bool classes = true);
  // Called once a frame while painting. `inside`: the pointer is on the plot and nothing covers it.
  void update(PanelContext& context, const paint::Transform& to_px, paint::Px mouse, bool inside);
  void change_size(int direction);
  // A stroke ends with the update that is left out: the brush was put away, or its plot for another.
  bool stroking() const { return button_ >= 0 && ImGui::GetFrameCount() <= updated_ + 1; }

 private:
  void begin(PanelContext& context, int button);
  void add(const paint::Transform& to_px, paint::Px mouse, int count);
  bool erase(const paint::Transform& to_px, paint::Px mouse);
  void send(PanelContext& context);
  void draw_brush(const paint::Transform& to_px, paint::Px mouse, bool on_line) const;

  double radius_px_ = 26;
  int label_ = -1;  // of new points; -1: none
  Random random_{1};

  int button_ = -1;                        // of the stroke under way; -1: none
  int updated_ = -1;                       // the last frame that did
  std::shared_ptr<const Snapshot> began_;  // what it began on
  Dataset points_;                         // as painted; the engine may not have them yet
  const Dataset* sent_over_ = nullptr;     // what the snapshot had when they were last sent
  double sent_at_ = 0;                     // seconds
  bool unsent_ = false;
  paint::Px dab_at_;
  double dab_time_ = 0;
  std::uint64_t gesture_ = 0;
};

}  // namespace iem::gui
