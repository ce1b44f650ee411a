// Animated PNG (W3C PNG specification, third edition): the chunks of a PNG, with one fcTL and one IDAT or
// fdAT a frame. A program that knows no animation shows the first frame.
#include <cmath>

#include "app/export/animation/writer.h"
#include "app/paint/png_file.h"
#include "core/base/atomic_file.h"

namespace iem {
namespace {

class ApngWriter : public AnimationWriter {
 public:
  explicit ApngWriter(const AnimationPlan& plan) : plan_(plan), file_(plan.path) {
    file_.write(png_head(plan.width, plan.height, plan.transparent, plan.dpi,
                         {{"Title", plan.title}, {"Software", "Implicit EM Lab"}, {"iemlab", plan.state}}));
    constexpr std::uint32_t kForEver = 0;
    file_.write(png_chunk("acTL", png_u32(static_cast<std::uint32_t>(plan.frames)) + png_u32(kForEver)));
  }

  Frame frame_of(const paint::Image& image) const override {
    return frame_of_image(image, plan_.transparent ? 4 : 3);
  }

  Encoded encoded(const Frame& now, const Frame* before) const override {
    const Part part = changed_part(now, before);
    const auto pixel = static_cast<std::size_t>(now.channels);
    return {part, png_pixels(cut_out(now, part), pixel * static_cast<std::size_t>(part.width), pixel)};
  }

  void add(const Encoded& frame) override {
    const auto u32 = [](auto value) { return png_u32(static_cast<std::uint32_t>(value)); };
    constexpr char kKeep = 0, kReplace = 0;  // what was there stays, but for this part
    file_.write(png_chunk("fcTL", png_u32(sequence_++) + u32(frame.part.width) + u32(frame.part.height) +
                                      u32(frame.part.x) + u32(frame.part.y) + delay() + kKeep + kReplace));
    file_.write(frames_++ == 0 ? png_chunk("IDAT", frame.bytes)
                               : png_chunk("fdAT", png_u32(sequence_++) + frame.bytes));
  }

  void finish() override {
    file_.write(png_chunk("IEND", ""));
    file_.commit();
  }

 private:
  // A fraction of a second.
  std::string delay() const {
    constexpr std::uint16_t kHundred = 100;  // frames a second may have two decimals
    return png_u16(kHundred) + png_u16(static_cast<std::uint16_t>(std::lround(plan_.fps * kHundred)));
  }

  AnimationPlan plan_;
  AtomicFile file_;
  std::uint32_t sequence_ = 0;
  int frames_ = 0;
};

}  // namespace

std::unique_ptr<AnimationWriter> begin_apng(const AnimationPlan& plan) {
  return std::make_unique<ApngWriter>(plan);
}

}  // namespace iem
