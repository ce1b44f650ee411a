// A folder of PNGs, one a frame. Each carries the state string of its own step.
#include "app/export/animation/writer.h"
#include "app/paint/png_file.h"
#include "core/base/atomic_folder.h"

namespace iem {
namespace {

class FolderWriter : public WholePictures {
 public:
  explicit FolderWriter(const AnimationPlan& plan) : plan_(plan), folder_(plan.path) {}

  Frame frame_of(const paint::Image& image) const override { return frame_of_image(image, 4); }

  void add(const Encoded& frame) override { folder_.add(frame.bytes); }
  void finish() override { folder_.commit(); }

 private:
  std::string bytes_of(const Frame& now) const override {
    const paint::Image image{now.width, now.height, now.bytes};
    return encode_png(image, plan_.dpi,
                      {{"Title", plan_.title}, {"Software", "Implicit EM Lab"}, {"iemlab", now.state}});
  }

  AnimationPlan plan_;
  AtomicFolder folder_;
};

}  // namespace

std::unique_ptr<AnimationWriter> begin_frame_folder(const AnimationPlan& plan) {
  return std::make_unique<FolderWriter>(plan);
}

}  // namespace iem
