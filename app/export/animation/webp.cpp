// Animated WebP (RFC 9649). libwebp compresses each frame; the container around them is a few numbers a
// frame.
#include <webp/encode.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

#include "app/export/animation/writer.h"
#include "core/base/atomic_file.h"
#include "core/base/check.h"
#include "core/base/error.h"

namespace iem {
namespace {

std::string little(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 255);
  return out;
}

std::string riff_chunk(std::string_view type, std::string_view data) {
  std::string out = std::string(type) + little(data.size(), 4) + std::string(data);
  if (data.size() % 2 != 0) out += '\0';
  return out;
}

// A picture with few colours (curves, words) is smaller without loss than with it, and a field with its many
// is ten times as large.
bool has_few_colours(const std::vector<std::uint8_t>& rgba) {
  constexpr std::size_t kFew = 2048, kSlots = 8192;
  std::vector<std::uint32_t> seen(kSlots, 0);
  std::size_t count = 0;
  for (std::size_t i = 0; i < rgba.size(); i += 4) {
    const std::uint32_t colour =
        1 + ((std::uint32_t{rgba[i]} << 16) | (std::uint32_t{rgba[i + 1]} << 8) | std::uint32_t{rgba[i + 2]});
    std::size_t at = (colour * 2654435761u) >> 19;
    while (seen[at] != 0 && seen[at] != colour) at = (at + 1) % kSlots;
    if (seen[at] == colour) continue;
    seen[at] = colour;
    if (++count > kFew) return false;
  }
  return true;
}

WebPConfig settings(bool lossless) {
  WebPConfig config;
  IEM_CHECK(WebPConfigInit(&config));
  config.lossless = lossless ? 1 : 0;
  config.quality = lossless ? 50 : 82;  // without loss it is the effort
  config.method = lossless ? 2 : 3;
  return config;
}

// A still WebP file.
std::string compressed(std::vector<std::uint8_t> rgba, int width, int height, bool lossless) {
  const WebPConfig config = settings(lossless);
  WebPPicture picture;
  IEM_CHECK(WebPPictureInit(&picture));
  const std::unique_ptr<WebPPicture, decltype(&WebPPictureFree)> owner(&picture, &WebPPictureFree);
  picture.width = width, picture.height = height;
  picture.use_argb = lossless ? 1 : 0;
  WebPMemoryWriter writer;
  WebPMemoryWriterInit(&writer);
  const std::unique_ptr<WebPMemoryWriter, decltype(&WebPMemoryWriterClear)> bytes(&writer,
                                                                                  &WebPMemoryWriterClear);
  picture.writer = &WebPMemoryWrite;
  picture.custom_ptr = &writer;
  if (!WebPPictureImportRGBA(&picture, rgba.data(), 4 * width) || !WebPEncode(&config, &picture))
    throw std::bad_alloc();  // of a picture that fits, nothing else can fail
  return {reinterpret_cast<const char*>(writer.mem), writer.size};
}

// The chunks of a still file that hold its pixels: all but the one that describes the file.
std::string pixels_of(std::string_view file) {
  constexpr std::size_t kHead = 12, kDescription = 18;
  file.remove_prefix(kHead);
  if (file.starts_with("VP8X")) file.remove_prefix(kDescription);
  return std::string(file);
}

class WebpWriter : public AnimationWriter {
 public:
  explicit WebpWriter(const AnimationPlan& plan) : plan_(plan), file_(plan.path) {
    if (std::max(plan.width, plan.height) > WEBP_MAX_DIMENSION)
      throw InputError("a side of a WebP has at most " + std::to_string(WEBP_MAX_DIMENSION) + " pixels");
  }

  Frame frame_of(const paint::Image& image) const override { return frame_of_image(image, 4); }

  Encoded encoded(const Frame& now, const Frame* before) const override {
    constexpr int kGrid = 2;  // its places are stored by halves
    const Part part = changed_part(now, before, kGrid);
    std::vector<std::uint8_t> pixels = cut_out(now, part);
    const bool lossless = has_few_colours(pixels);
    return {part, pixels_of(compressed(std::move(pixels), part.width, part.height, lossless))};
  }

  void add(const Encoded& frame) override {
    constexpr char kReplace = 2;  // what was there stays, but for this part
    const auto of_24 = [](int value) { return little(static_cast<std::uint64_t>(value), 3); };
    const std::int64_t ms = shown_for(count_++, plan_.fps, 1000);
    frames_ += riff_chunk("ANMF", of_24(frame.part.x / 2) + of_24(frame.part.y / 2) +
                                      of_24(frame.part.width - 1) + of_24(frame.part.height - 1) +
                                      of_24(static_cast<int>(ms)) + kReplace + frame.bytes);
  }

  // The length of the whole stands at the beginning.
  void finish() override {
    constexpr char kAnimated = 2, kAlpha = 16;
    const auto of_24 = [](int value) { return little(static_cast<std::uint64_t>(value), 3); };
    std::string head = "WEBP";
    const char flags = static_cast<char>(kAnimated | (plan_.transparent ? kAlpha : 0));
    head += riff_chunk("VP8X", flags + little(0, 3) + of_24(plan_.width - 1) + of_24(plan_.height - 1));
    head += riff_chunk("ANIM", little(0, 4) + little(0, 2));  // ground: clear; repeated for ever
    const std::uint64_t size = head.size() + frames_.size();
    if (size > 0xFFFFFFF0u)
      throw InputError("a WebP has at most four gigabytes", {plan_.path, 0, 0}, ErrorKind::io);
    file_.write("RIFF" + little(size, 4));
    file_.write(head);
    file_.write(frames_);
    file_.commit();
  }

 private:
  AnimationPlan plan_;
  AtomicFile file_;
  std::string frames_;
  std::int64_t count_ = 0;
};

}  // namespace

std::unique_ptr<AnimationWriter> begin_webp(const AnimationPlan& plan) {
  return std::make_unique<WebpWriter>(plan);
}

}  // namespace iem
