// Every widget in every state on one page: what a person looks at, and what the tests of the widgets drive.
#pragma once

#include <cstdint>
#include <string>

#include "app/gui/shell/window.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {

// The values behind the widgets, so that a test can see what it did.
struct GalleryState {
  double temperature = 1, blend = 0.35, learning_rate = 0.7, typed = 12.5, locked = 0.5;
  std::int64_t prototypes = 3;
  int energy = 0, covariance = 3, rule = 1, tied = 0;
  bool volume = true, causal = false, fold_a = false, fold_b = true, playing = false;
  std::string name = "three blobs", path, empty;
  int browsed = 0, resets = 0, pressed = 0, released = 0, activated = 0;
  int tab = 0;
};

class Gallery : public Frame {
 public:
  void draw() override;
  GalleryState state;

 private:
  void column();
  void rows();
  void bar();
  void marks();
  void note_of(const Response& response);
};

}  // namespace iem::gui
