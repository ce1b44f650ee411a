// A page starts no other programs.
#include "app/export/animation/writer.h"
#include "core/base/error.h"

namespace iem {

std::unique_ptr<AnimationWriter> begin_mp4(const AnimationPlan& /*plan*/) {
  throw InputError("ffmpeg cannot be started: a page starts no other programs", {}, ErrorKind::missing);
}

}  // namespace iem
