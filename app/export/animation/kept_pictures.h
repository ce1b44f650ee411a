// Pictures that cannot be made again, kept until they are written as an animation: packed, as what differs
// from the one before, so that hundreds of a whole window fit into memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/export/animation/pictures.h"

namespace iem {

class KeptPictures : public PictureSource {
 public:
  void add(const paint::Image& image);  // all of the same size
  bool empty() const { return packed_.empty(); }
  int width() const { return width_; }
  int height() const { return height_; }
  std::size_t bytes() const;  // memory

  int count() const override { return static_cast<int>(packed_.size()); }
  void each(const std::function<bool(MakePicture)>& take) override;

 private:
  int width_ = 0, height_ = 0;
  std::vector<std::uint8_t> last_;  // the newest, unpacked
  std::vector<std::string> packed_;
};

}  // namespace iem
