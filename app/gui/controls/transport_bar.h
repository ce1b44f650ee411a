// The transport: to start, back, play, forward, to end, begin again from the same or another start, speed and
// the scrub bar; and the numbers that are always visible, J and the identity meter.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/controls/scrub_bar.h"
#include "app/gui/controls/speeds.h"
#include "app/gui/controls/standing_words.h"
#include "app/gui/look/math_text.h"

namespace iem::gui {

// "J = 2.2156" as it is typeset.
std::vector<MathPiece> loss_equation(double loss);

class TransportBar {
 public:
  // Fills the present ImGui window.
  void draw(PanelContext& context);
  // Whether the meter was pressed, which opens the list of checks.
  bool take_checks_asked() { return std::exchange(checks_asked_, false); }
  // Whether that list is open: it stands where the meter's tooltip would.
  void set_checks_open(bool open) { checks_open_ = open; }
  const Speed& speed() const { return speeds()[static_cast<std::size_t>(speed_)]; }
  void set_speed(int index);
  int speed_index() const { return speed_; }
  // Plays at the speed, or pauses.
  void play(PanelContext& context);
  void pause(PanelContext& context);
  // What is to be said of the run where the bar has not said it in this frame; else null.
  const StandingWords* unsaid() const { return said_in_ == ImGui::GetFrameCount() ? nullptr : &standing_; }
  // Called once a frame: tells the engine an adaptive speed that has changed, and the context the present
  // speed.
  void follow(PanelContext& context);

 private:
  void follow_loop(PanelContext& context);
  float buttons(PanelContext& context, ImVec2 min);
  float speed_menu(PanelContext& context, ImVec2 at);
  float step_text(PanelContext& context, float x, float baseline);
  float meter(PanelContext& context, float right, float mid, bool with_formula);
  float loss(PanelContext& context, float right, float baseline);

  ScrubBar scrub_;
  int speed_ = speed_at_first();
  AdaptivePace adaptive_;
  double told_ = 0;            // steps a second, of the adaptive speed
  std::uint64_t serial_ = 0;   // of the snapshot it was last told for
  std::int64_t loop_end_ = 0;  // the engine was told; 0: none
  bool checks_asked_ = false, checks_open_ = false;
  StandingWords standing_;
  int said_in_ = -1;  // the frame in which it was drawn last
};

}  // namespace iem::gui
