// Thumbnails of scenes, made by running each scene for some steps, on another thread and only for scenes that
// are visible.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/gui/platform/job.h"
#include "app/paint/canvas.h"

namespace iem {
struct Scene;
}

namespace iem::gui {

// The step to which a scene is run for its thumbnail: the first step that its sentence names, if that is
// near.
std::int64_t interesting_step(const Scene& scene);

class Thumbnails {
 public:
  ~Thumbnails() { stop_->store(true); }

  // The picture of a built-in scene in screen pixels; null as long as there is none. The call also requests
  // it, so it should be called for visible scenes only.
  const paint::Image* of(const std::string& scene, int width, int height, paint::ThemeId theme);
  // Takes what is done and begins the next one; once a frame, before anything is asked for.
  void follow();
  bool working() const { return job_.running(); }
  std::size_t made() const { return done_.size(); }

 private:
  struct Key {
    std::string scene;
    int width = 0, height = 0;
    paint::ThemeId theme = paint::ThemeId::light;
    auto operator<=>(const Key&) const = default;
  };
  std::map<Key, paint::Image> done_;  // without pixels: it could not be made
  std::vector<Key> wanted_;           // in this frame
  Key making_;
  Job<paint::Image> job_;
  std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace iem::gui
