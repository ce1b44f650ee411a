// A picture that OpenGL draws into, for the headless frame and for fields.
#pragma once

#include <cstdint>
#include <vector>

namespace iem::gui {

class GlTarget {
 public:
  GlTarget() = default;
  ~GlTarget();
  GlTarget(const GlTarget&) = delete;
  GlTarget& operator=(const GlTarget&) = delete;
  GlTarget(GlTarget&& other) noexcept;
  GlTarget& operator=(GlTarget&& other) noexcept;

  // Makes it this large; the contents are lost when the size changes. `smooth`: interpolated when magnified.
  void resize(int width, int height, bool smooth = true);
  // Replaces the contents by RGBA bytes, as many as its size needs.
  void fill(const std::vector<std::uint8_t>& rgba);
  // Binds its framebuffer, to be drawn into; the caller binds the former one again.
  void bind() const;
  // Into the framebuffer that is shown, which is of this size.
  void copy_to_window() const;

  unsigned texture() const { return texture_; }
  unsigned framebuffer() const { return framebuffer_; }
  int width() const { return width_; }
  int height() const { return height_; }

 private:
  void release();
  unsigned texture_ = 0, framebuffer_ = 0;
  int width_ = 0, height_ = 0;
};

// RGBA of the framebuffer that is bound, opaque, row 0 at the top.
std::vector<std::uint8_t> read_framebuffer(int width, int height);

}  // namespace iem::gui
