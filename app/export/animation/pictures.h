// Writes pictures, one after the other, as one moving picture: what animations of figures and recordings of
// the window have in common.
#pragma once

#include <functional>
#include <string>

#include "app/export/animation/formats.h"
#include "app/export/animation/writer.h"
#include "app/paint/canvas.h"
#include "core/base/thread_pool.h"

namespace iem {

struct Picture {
  paint::Image image;
  std::string state;  // the state string that reopens what it shows; empty: not asked for
};
// Called on any thread, as often as it is needed. Colours are counted on a smaller picture where that is
// cheaper to make: about half as many pixels each way will do when `small`.
using MakePicture = std::function<Picture(bool small)>;

class PictureSource {
 public:
  virtual ~PictureSource() = default;
  virtual int count() const = 0;  // at least one
  // Hands over what makes each picture, in their order, until `take` returns false. Called several times,
  // with the same pictures.
  virtual void each(const std::function<bool(MakePicture)>& take) = 0;
};

// How much is done, from 0 to 1. Returns false to end it.
using AnimationWatch = std::function<bool(double done)>;

// Atomic, as write_animation. `done`: how much was done before, so that `watch` hears of the rest.
bool write_pictures(PictureSource& pictures, const AnimationFormat& format, const AnimationPlan& plan,
                    ThreadPool& pool, const AnimationWatch& watch, double done = 0);

}  // namespace iem
