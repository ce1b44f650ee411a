#include "app/gui/shell/recording.h"

#include <thread>

#include "core/base/error.h"
#include "core/base/thread_pool.h"
#include "core/base/utf8.h"

namespace iem::gui {
namespace {

constexpr std::size_t kMostMemory = std::size_t{1} << 30;
constexpr double kDpi = 96;  // of a screen

}  // namespace

Recording::Recording(std::string path, const RecordingRequest& request)
    : path_(std::move(path)),
      request_(request) {
  const AnimationFormat* format = animation_format_of(path_);
  if (format == nullptr)
    throw InputError("\"" + printable(path_, 200) + "\" must end in " + animation_extensions());
  if (request_.may_write) request_.may_write(path_);
  require_animatable(*format, path_, request_.fps, false);
}

void Recording::add(const paint::Image& picture) {
  pictures_.add(picture);
  if (pictures_.bytes() > kMostMemory)
    throw InputError(
        "after " + std::to_string(pictures_.count()) +
        " pictures the recording is larger than 1 GiB in memory; record fewer steps or a smaller window");
}

void Recording::finish(const std::string& title) {
  if (pictures_.empty()) return;
  const AnimationPlan plan{.path = path_,
                           .width = pictures_.width(),
                           .height = pictures_.height(),
                           .frames = pictures_.count(),
                           .fps = request_.fps,
                           .dpi = kDpi,
                           .transparent = false,
                           .title = title,
                           .state = {}};
  ThreadPool pool(static_cast<int>(std::thread::hardware_concurrency()));
  write_pictures(pictures_, *animation_format_of(path_), plan, pool, [&](double done) {
    if (request_.writing) request_.writing(path_, done);
    return true;
  });
  if (request_.written) request_.written(path_);
}

}  // namespace iem::gui
