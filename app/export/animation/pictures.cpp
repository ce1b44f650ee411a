#include "app/export/animation/pictures.h"

#include <optional>
#include <utility>
#include <vector>

#include "app/export/animation/batches.h"

namespace iem {
namespace {

// Of what is left to do, so much is done when the colours are counted.
constexpr double kLooked = 1.0 / 3;

using PictureBatches = Batches<PictureSource, MakePicture>;

void look(PictureBatches& batches, double until, AnimationWriter& writer) {
  batches.go(until, [&](const std::vector<MakePicture>& batch, int) {
    std::vector<paint::Image> images(batch.size());
    batches.each_of(batch, [&](std::size_t i) { images[i] = batch[i](true).image; });
    for (const paint::Image& image : images) writer.look(image);
  });
  writer.has_seen_all();
}

void write(PictureBatches& batches, AnimationWriter& writer) {
  std::optional<Frame> last;
  batches.go(1, [&](const std::vector<MakePicture>& batch, int) {
    std::vector<Frame> frames(batch.size());
    std::vector<AnimationWriter::Encoded> encoded(batch.size());
    batches.each_of(batch, [&](std::size_t i) {
      Picture picture = batch[i](false);
      frames[i] = writer.frame_of(picture.image);
      frames[i].state = std::move(picture.state);
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

bool write_pictures(PictureSource& pictures, const AnimationFormat& format, const AnimationPlan& plan,
                    ThreadPool& pool, const AnimationWatch& watch, double done) {
  try {
    PictureBatches batches(pictures, pool, watch, done);
    const std::unique_ptr<AnimationWriter> writer = format.begin(plan);
    if (writer->looks_first()) look(batches, done + (1 - done) * kLooked, *writer);
    write(batches, *writer);
    return true;
  } catch (const AnimationStopped&) {
    return false;
  }
}

}  // namespace iem
