// What is said of a run that is shown from the state its session carries: how far its replay is, and what it
// has come to.
#pragma once

#include <memory>
#include <string>

#include "core/run/snapshot.h"
#include "imgui.h"

namespace iem::gui {

class StandingWords {
 public:
  // Called once a frame. A replay that is soon done needs no words; that one has been verified is said for a
  // while; what is not proven is said as long as it is shown.
  void follow(const Snapshot& snapshot);
  const std::string& words() const { return words_; }
  // As a line that begins at `baseline` in the present window, no wider than `width`; the whole sentence is
  // its tooltip.
  void draw(ImVec2 baseline, float width);
  // Over everything, for a window without a line of steps, no wider than `width`: it ends below at `foot`.
  void draw_over(ImVec2 foot, float width) const;

 private:
  std::string words_of(const Snapshot& snapshot);

  std::string words_, doubt_;
  bool warns_ = false;
  std::shared_ptr<const Past> past_;  // whose replay is followed
  double since_ = 0;                  // seconds
  bool said_ = false;
};

}  // namespace iem::gui
