// GIF 89a with one palette for all frames. giflib compresses; the blocks between frames are a few bytes each.
#include <gif_lib.h>

#include <algorithm>
#include <memory>
#include <new>

#include "app/export/animation/gif_palette.h"
#include "app/export/animation/writer.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace iem {
namespace {

constexpr std::size_t kColours = 256;
constexpr std::size_t kHead = 13 + 3 * kColours;  // signature, screen and palette

int append_bytes(GifFileType* gif, const GifByteType* bytes, int count) {
  static_cast<std::string*>(gif->UserData)
      ->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
  return count;
}

void demand(int status) {
  if (status != GIF_OK) throw std::bad_alloc();  // it writes into memory: nothing else can fail
}

std::string two_bytes(std::int64_t value) {
  return {static_cast<char>(value & 255), static_cast<char>((value >> 8) & 255)};
}

// A whole GIF of one part of a picture: kHead bytes, the picture's block, one byte at the end.
std::string still_gif(const std::vector<PaletteColour>& palette, int width, int height, const Part& part,
                      std::vector<std::uint8_t> numbers) {
  std::array<GifColorType, kColours> colours{};
  for (std::size_t i = 0; i < palette.size(); ++i) colours[i] = {palette[i][0], palette[i][1], palette[i][2]};
  const std::unique_ptr<ColorMapObject, decltype(&GifFreeMapObject)> map(
      GifMakeMapObject(static_cast<int>(kColours), colours.data()), &GifFreeMapObject);
  std::string out;
  int error = 0;
  GifFileType* gif = EGifOpen(&out, &append_bytes, &error);
  if (!map || !gif) throw std::bad_alloc();
  const auto close = [](GifFileType* file) {
    int ignored = 0;
    EGifCloseFile(file, &ignored);
  };
  std::unique_ptr<GifFileType, decltype(close)> owner(gif, close);
  demand(EGifPutScreenDesc(gif, width, height, 8, 0, map.get()));
  demand(EGifPutImageDesc(gif, part.x, part.y, part.width, part.height, false, nullptr));
  for (int y = 0; y < part.height; ++y)
    demand(EGifPutLine(gif, numbers.data() + std::ptrdiff_t{y} * part.width, part.width));
  owner.release();
  demand(EGifCloseFile(gif, &error));
  return out;
}

class GifWriter : public AnimationWriter {
 public:
  explicit GifWriter(const AnimationPlan& plan) : plan_(plan), file_(plan.path) {
    constexpr int kMostAcross = 65535;
    if (std::max(plan.width, plan.height) > kMostAcross)
      throw InputError("a side of a GIF has at most " + std::to_string(kMostAcross) + " pixels");
  }

  bool looks_first() const override { return true; }
  void look(const paint::Image& image) override { colours_.add(image); }
  void has_seen_all() override { palette_ = colours_.palette(kColours - 1); }

  Frame frame_of(const paint::Image& image) const override {
    return {image.width, image.height, 1, in_palette(image, palette_)};
  }

  // What has not changed is clear: long runs of one number take no room. Where the ground itself is clear
  // every frame is drawn anew.
  Encoded encoded(const Frame& now, const Frame* before) const override {
    const Part part = plan_.transparent ? whole_of(now) : changed_part(now, before);
    std::vector<std::uint8_t> numbers = cut_out(now, part);
    if (before && !plan_.transparent) {
      const std::vector<std::uint8_t> old = cut_out(*before, part);
      for (std::size_t i = 0; i < numbers.size(); ++i)
        if (numbers[i] == old[i]) numbers[i] = kClear;
    }
    const std::string file = still_gif(palette_, plan_.width, plan_.height, part, std::move(numbers));
    return {part, file.substr(kHead, file.size() - kHead - 1)};
  }

  void add(const Encoded& frame) override {
    if (count_ == 0) write_head();
    const std::int64_t hundredths = shown_for(count_++, plan_.fps, 100);
    const char keep = 1 << 2, to_ground = 2 << 2, has_clear = 1;
    const char how = static_cast<char>((plan_.transparent ? to_ground : keep) | has_clear);
    file_.write(std::string("\x21\xF9\x04") + how + two_bytes(hundredths) + static_cast<char>(kClear) + '\0');
    file_.write(frame.bytes);
  }

  void finish() override {
    file_.write("\x3B");
    file_.commit();
  }

 private:
  void write_head() {
    const std::string one = still_gif(palette_, plan_.width, plan_.height, {0, 0, 1, 1}, {0});
    file_.write("GIF89a" + one.substr(6, kHead - 6));
    constexpr std::int64_t kForEver = 0;
    file_.write("\x21\xFF\x0BNETSCAPE2.0\x03\x01" + two_bytes(kForEver) + '\0');
  }

  AnimationPlan plan_;
  AtomicFile file_;
  ColourCount colours_;
  std::vector<PaletteColour> palette_;
  std::int64_t count_ = 0;
};

}  // namespace

std::unique_ptr<AnimationWriter> begin_gif(const AnimationPlan& plan) {
  return std::make_unique<GifWriter>(plan);
}

}  // namespace iem
