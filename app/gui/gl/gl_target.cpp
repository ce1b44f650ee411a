#include "app/gui/gl/gl_target.h"

#include <glad/gl.h>

#include <algorithm>
#include <new>
#include <utility>

#include "app/gui/gl/texture_versions.h"

namespace iem::gui {

GlTarget::~GlTarget() { release(); }

GlTarget::GlTarget(GlTarget&& other) noexcept { *this = std::move(other); }

GlTarget& GlTarget::operator=(GlTarget&& other) noexcept {
  std::swap(texture_, other.texture_);
  std::swap(framebuffer_, other.framebuffer_);
  std::swap(width_, other.width_);
  std::swap(height_, other.height_);
  return *this;
}

void GlTarget::release() {
  if (framebuffer_ != 0) glDeleteFramebuffers(1, &framebuffer_);
  if (texture_ != 0) glDeleteTextures(1, &texture_);
  framebuffer_ = texture_ = 0;
}

void GlTarget::resize(int width, int height, bool smooth) {
  if (texture_ == 0) glGenTextures(1, &texture_);
  if (framebuffer_ == 0) glGenFramebuffers(1, &framebuffer_);
  GLint before_texture = 0, before_framebuffer = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &before_texture);
  glGetIntegerv(GL_FRAMEBUFFER_BINDING, &before_framebuffer);
  glBindTexture(GL_TEXTURE_2D, texture_);
  const GLint filter = smooth ? GL_LINEAR : GL_NEAREST;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  if (width != width_ || height != height_) {
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    width_ = width, height_ = height;
    texture_changed(texture_);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
    // The sizes are within the limits of OpenGL 3.3, so the reason can only be a lack of memory.
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) throw std::bad_alloc();
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(before_framebuffer));
  }
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(before_texture));
}

void GlTarget::fill(const std::vector<std::uint8_t>& rgba) {
  GLint before = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &before);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, rgba.data());
  texture_changed(texture_);
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(before));
}

void GlTarget::bind() const {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glViewport(0, 0, width_, height_);
  texture_changed(texture_);
}

void GlTarget::copy_to_window() const {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
  glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

std::vector<std::uint8_t> read_framebuffer(int width, int height) {
  const auto row = static_cast<std::size_t>(width) * 4;
  std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  for (std::size_t i = 3; i < pixels.size(); i += 4)
    pixels[i] = 255;  // what blending left in alpha means nothing here
  for (int top = 0, bottom = height - 1; top < bottom; ++top, --bottom)
    std::swap_ranges(pixels.begin() + static_cast<std::ptrdiff_t>(row) * top,
                     pixels.begin() + static_cast<std::ptrdiff_t>(row) * (top + 1),
                     pixels.begin() + static_cast<std::ptrdiff_t>(row) * bottom);
  return pixels;
}

}  // namespace iem::gui
