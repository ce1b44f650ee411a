#include "app/export/animation/kept_pictures.h"

#include <zlib.h>

#include <memory>
#include <new>

#include "core/base/check.h"

namespace iem {
namespace {

std::string packed(const std::vector<std::uint8_t>& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, bytes.data(), static_cast<uLong>(bytes.size()),
                Z_BEST_SPEED) != Z_OK)
    throw std::bad_alloc();
  out.resize(size);
  out.shrink_to_fit();
  return out;
}

std::vector<std::uint8_t> unpacked(const std::string& bytes, std::size_t size) {
  std::vector<std::uint8_t> out(size);
  auto length = static_cast<uLongf>(size);
  if (uncompress(out.data(), &length, reinterpret_cast<const Bytef*>(bytes.data()),
                 static_cast<uLong>(bytes.size())) != Z_OK)
    throw std::bad_alloc();
  return out;
}

// Undoes itself. Where nothing changed there are zeros, which pack into nearly nothing.
void mix_in(std::vector<std::uint8_t>& bytes, const std::vector<std::uint8_t>& other) {
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] ^= other[i];
}

}  // namespace

void KeptPictures::add(const paint::Image& image) {
  if (empty()) {
    width_ = image.width, height_ = image.height;
    last_.assign(image.rgba.size(), 0);
  }
  IEM_CHECK(image.rgba.size() == last_.size());
  mix_in(last_, image.rgba);
  packed_.push_back(packed(last_));
  last_ = image.rgba;
}

std::size_t KeptPictures::bytes() const {
  std::size_t out = last_.size();
  for (const std::string& picture : packed_) out += picture.size();
  return out;
}

void KeptPictures::each(const std::function<bool(MakePicture)>& take) {
  std::vector<std::uint8_t> before(last_.size(), 0);
  for (const std::string& picture : packed_) {
    auto image = std::make_shared<paint::Image>();
    image->width = width_, image->height = height_;
    image->rgba = unpacked(picture, last_.size());
    mix_in(image->rgba, before);
    before = image->rgba;
    if (!take([image](bool) { return Picture{*image, {}}; })) return;
  }
}

}  // namespace iem
