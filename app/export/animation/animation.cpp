#include "app/export/animation/animation.h"

#include <memory>
#include <utility>
#include <vector>

#include "app/export/animation/batches.h"
#include "app/export/animation/formats.h"
#include "app/export/animation/steady_grid.h"
#include "app/export/animation/steady_pages.h"
#include "app/export/writers.h"

namespace iem {
namespace {

// Colours are counted on pictures of a quarter of the pixels: the same colours in a quarter of the time.
constexpr double kSmall = 0.5;

// About so much of the work is done when the frames have been measured.
constexpr double kMeasured = 0.1;

void measure(FrameSource& frames, Steady& pages, ThreadPool& pool, const AnimationWatch& watch, double from,
             double until) {
  Batches<FrameSource, MakeFrame> batches(frames, pool, watch, from);
  batches.go(until, [&](const std::vector<MakeFrame>& batch, int first) {
    batches.each_of(batch, [&](std::size_t i) { pages.see(first + static_cast<int>(i), batch[i]()); });
  });
}

// The frames on pages that differ only where something moves.
class Drawn : public PictureSource {
 public:
  Drawn(FrameSource& frames, const Steady& pages) : frames_(frames), pages_(pages) {}

  int count() const override { return frames_.count(); }
  void each(const std::function<bool(MakePicture)>& take) override {
    frames_.each([&](MakeFrame make) {
      return take([make = std::move(make), &pages = pages_](bool small) {
        FrameContent content = make();
        std::string state = std::move(content.state);
        return Picture{pages.draw(std::move(content), small ? kSmall : 1), std::move(state)};
      });
    });
  }

 private:
  FrameSource& frames_;
  const Steady& pages_;
};

std::unique_ptr<Steady> steady_for(const AnimationOptions& options) {
  if (options.grid) return std::make_unique<SteadyGrid>(options.paper, *options.grid);
  return std::make_unique<SteadyPages>(options.paper);
}

// Pages for all frames. What they have in common may make other frames of them, with other needs.
std::unique_ptr<Steady> measured(FrameSource& frames, const AnimationOptions& options, ThreadPool& pool,
                                 const AnimationWatch& watch) {
  std::unique_ptr<Steady> pages = steady_for(options);
  measure(frames, *pages, pool, watch, 0, kMeasured / 2);
  if (frames.are_measured()) {
    pages = steady_for(options);
    measure(frames, *pages, pool, watch, kMeasured / 2, kMeasured);
  }
  pages->settle();
  return pages;
}

}  // namespace

double usual_animation_dpi(double width_cm) {
  constexpr double kAcross = 800, kCmPerInch = 2.54;
  return kAcross * kCmPerInch / width_cm;
}

bool write_animation(FrameSource& frames, const std::string& path, const AnimationFormat& format,
                     const AnimationOptions& options, ThreadPool& pool, const AnimationWatch& watch) {
  require_animatable(format, path, options.fps, options.paper.transparent);
  std::unique_ptr<Steady> pages;
  try {
    pages = measured(frames, options, pool, watch);
  } catch (const AnimationStopped&) {
    return false;
  }
  const PixelSize size = pages->size();
  const AnimationPlan plan{.path = path,
                           .width = size.width,
                           .height = size.height,
                           .frames = frames.count(),
                           .fps = options.fps,
                           .dpi = options.paper.dpi,
                           .transparent = options.paper.transparent,
                           .title = options.title,
                           .state = options.paper.metadata};
  Drawn pictures(frames, *pages);
  return write_pictures(pictures, format, plan, pool, watch, kMeasured);
}

}  // namespace iem
