#include "app/export/animation/animation.h"

#include <utility>
#include <vector>

#include "app/export/animation/batches.h"
#include "app/export/animation/formats.h"
#include "app/export/animation/steady_pages.h"
#include "app/export/writers.h"

namespace iem {
namespace {

// Colours are counted on pictures of a quarter of the pixels: the same colours in a quarter of the time.
constexpr double kSmall = 0.5;

// About so much of the work is done when the frames have been measured.
constexpr double kMeasured = 0.1;

void measure(FrameSource& frames, SteadyPages& pages, ThreadPool& pool, const AnimationWatch& watch) {
  Batches<FrameSource, MakeFrame> batches(frames, pool, watch);
  batches.go(kMeasured, [&](const std::vector<MakeFrame>& batch, int first) {
    batches.each_of(batch, [&](std::size_t i) { pages.see(first + static_cast<int>(i), batch[i]().figure); });
  });
  pages.settle();
}

// The figures of frames, on pages that differ only where something moves.
class Drawn : public PictureSource {
 public:
  Drawn(FrameSource& frames, const SteadyPages& pages) : frames_(frames), pages_(pages) {}

  int count() const override { return frames_.count(); }
  void each(const std::function<bool(MakePicture)>& take) override {
    frames_.each([&](MakeFrame make) {
      return take([make = std::move(make), &pages = pages_](bool small) {
        FrameContent content = make();
        return Picture{pages.draw(std::move(content.figure), small ? kSmall : 1), std::move(content.state)};
      });
    });
  }

 private:
  FrameSource& frames_;
  const SteadyPages& pages_;
};

}  // namespace

bool write_animation(FrameSource& frames, const std::string& path, const AnimationFormat& format,
                     const AnimationOptions& options, ThreadPool& pool, const AnimationWatch& watch) {
  require_animatable(format, path, options.fps, options.paper.transparent);
  SteadyPages pages(options.paper);
  try {
    measure(frames, pages, pool, watch);
  } catch (const AnimationStopped&) {
    return false;
  }
  const PixelSize size = pages.size();
  const AnimationPlan plan{.path = path,
                           .width = size.width,
                           .height = size.height,
                           .frames = frames.count(),
                           .fps = options.fps,
                           .dpi = options.paper.dpi,
                           .transparent = options.paper.transparent,
                           .title = options.title,
                           .state = options.paper.metadata};
  Drawn pictures(frames, pages);
  return write_pictures(pictures, format, plan, pool, watch, kMeasured);
}

}  // namespace iem
