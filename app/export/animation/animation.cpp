#include "app/export/animation/animation.h"

#include <optional>
#include <utility>
#include <vector>

#include "app/export/animation/formats.h"
#include "app/export/animation/steady_pages.h"
#include "app/export/writers.h"

namespace iem {
namespace {

// Colours are counted on pictures of a quarter of the pixels: the same colours in a quarter of the time.
constexpr double kLookScale = 0.5;

// About so much of the work is done when the frames have been measured, and when their colours are counted.
constexpr double kMeasured = 0.1, kLooked = 0.4;

struct Stopped {};

// Goes through all frames some at a time: so many as keep all threads at work, and no more, since each is a
// picture in memory.
class Batches {
 public:
  Batches(FrameSource& frames, ThreadPool& pool, const AnimationWatch& watch)
      : frames_(frames),
        pool_(pool),
        watch_(watch) {}

  // `take(makers, first)` of every batch; `first` is the number of its first frame. Afterwards `until` of all
  // work is done.
  template <class Take>
  void go(double until, Take take) {
    const double each = (until - done_) / frames_.count();
    std::vector<MakeFrame> batch;
    int first = 0;
    bool goes_on = true;
    const auto flush = [&] {
      if (batch.empty() || !goes_on) return;
      take(batch, first);
      first += static_cast<int>(batch.size());
      done_ += each * static_cast<double>(batch.size());
      batch.clear();
      goes_on = watch_(done_);
    };
    frames_.each([&](MakeFrame make) {
      batch.push_back(std::move(make));
      if (batch.size() >= static_cast<std::size_t>(2 * pool_.threads())) flush();
      return goes_on;
    });
    flush();
    if (!goes_on) throw Stopped{};
  }

  // act(i) for every frame of a batch, on all threads.
  template <class Act>
  void each_of(const std::vector<MakeFrame>& batch, Act act) {
    pool_.run(static_cast<std::int64_t>(batch.size()),
              [&](std::int64_t i) { act(static_cast<std::size_t>(i)); });
  }

 private:
  FrameSource& frames_;
  ThreadPool& pool_;
  const AnimationWatch& watch_;
  double done_ = 0;
};

void measure(Batches& batches, SteadyPages& pages) {
  batches.go(kMeasured, [&](const std::vector<MakeFrame>& batch, int first) {
    batches.each_of(batch, [&](std::size_t i) { pages.see(first + static_cast<int>(i), batch[i]().figure); });
  });
  pages.settle();
}

void look(Batches& batches, const SteadyPages& pages, AnimationWriter& writer) {
  batches.go(kLooked, [&](const std::vector<MakeFrame>& batch, int) {
    std::vector<paint::Image> images(batch.size());
    batches.each_of(batch, [&](std::size_t i) { images[i] = pages.draw(batch[i]().figure, kLookScale); });
    for (const paint::Image& image : images) writer.look(image);
  });
  writer.has_seen_all();
}

void write(Batches& batches, const SteadyPages& pages, AnimationWriter& writer) {
  std::optional<Frame> last;
  batches.go(1, [&](const std::vector<MakeFrame>& batch, int) {
    std::vector<Frame> frames(batch.size());
    std::vector<AnimationWriter::Encoded> encoded(batch.size());
    batches.each_of(batch, [&](std::size_t i) {
      FrameContent content = batch[i]();
      frames[i] = writer.frame_of(pages.draw(std::move(content.figure)));
      frames[i].state = std::move(content.state);
    });
    batches.each_of(batch, [&](std::size_t i) {
      const Frame* before = i > 0 ? &frames[i - 1] : last ? &*last : nullptr;
      encoded[i] = writer.encoded(frames[i], before);
    });
    for (const AnimationWriter::Encoded& frame : encoded) writer.add(frame);
    last = std::move(frames.back());
  });
  writer.finish();
}

}  // namespace

bool write_animation(FrameSource& frames, const std::string& path, const AnimationFormat& format,
                     const AnimationOptions& options, ThreadPool& pool, const AnimationWatch& watch) {
  require_animatable(format, path, options.fps, options.paper.transparent);
  try {
    SteadyPages pages(options.paper);
    Batches batches(frames, pool, watch);
    measure(batches, pages);
    const PixelSize size = pages.size();
    AnimationPlan plan{.path = path,
                       .width = size.width,
                       .height = size.height,
                       .frames = frames.count(),
                       .fps = options.fps,
                       .dpi = options.paper.dpi,
                       .transparent = options.paper.transparent,
                       .title = options.title,
                       .state = options.paper.metadata};
    const std::unique_ptr<AnimationWriter> writer = format.begin(plan);
    if (writer->looks_first()) look(batches, pages, *writer);
    write(batches, pages, *writer);
    return true;
  } catch (const Stopped&) {
    return false;
  }
}

}  // namespace iem
