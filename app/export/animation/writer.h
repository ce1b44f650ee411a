// What every format of animations does with its frames. What takes time is done on any thread, frame by
// frame; what depends on the order of frames is done in their order. So the bytes are the same for any number
// of threads.
#pragma once

#include <memory>
#include <string>

#include "app/export/animation/frame.h"

namespace iem {

// What is known before the first frame.
struct AnimationPlan {
  std::string path;
  int width = 0, height = 0, frames = 0;  // pixels
  double fps = 25, dpi = 0;
  bool transparent = false;
  std::string title, state;  // the state string of the last frame; empty: none
};

class AnimationWriter {
 public:
  // A frame as it stands in the file: which part of the picture, and its bytes.
  struct Encoded {
    Part part;
    std::string bytes;
  };

  virtual ~AnimationWriter() = default;

  // Whether it wants to see all frames before the first is encoded; they may then be smaller.
  virtual bool looks_first() const { return false; }
  virtual void look(const paint::Image&) {}
  virtual void has_seen_all() {}

  // On any thread.
  virtual Frame frame_of(const paint::Image& image) const = 0;
  virtual Encoded encoded(const Frame& now, const Frame* before) const = 0;

  // In the order of the frames, then once at the end. Without finish() nothing is left.
  virtual void add(const Encoded& frame) = 0;
  virtual void finish() = 0;
};

// What formats have in common that hold every picture whole.
class WholePictures : public AnimationWriter {
 public:
  Encoded encoded(const Frame& now, const Frame*) const final { return {whole_of(now), bytes_of(now)}; }

 private:
  virtual std::string bytes_of(const Frame& picture) const = 0;  // on any thread
};

// One function a format; each throws InputError where it cannot write.
std::unique_ptr<AnimationWriter> begin_webp(const AnimationPlan& plan);
std::unique_ptr<AnimationWriter> begin_gif(const AnimationPlan& plan);
std::unique_ptr<AnimationWriter> begin_apng(const AnimationPlan& plan);
std::unique_ptr<AnimationWriter> begin_mp4(const AnimationPlan& plan);
std::unique_ptr<AnimationWriter> begin_frame_folder(const AnimationPlan& plan);

}  // namespace iem
