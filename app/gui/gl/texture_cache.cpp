#include "app/gui/gl/texture_cache.h"

#include <glad/gl.h>

#include <cstddef>
#include <cstring>
#include <list>
#include <unordered_map>

#include "app/gui/gl/texture_versions.h"
#include "core/base/hash.h"

namespace iem::gui {
namespace {

constexpr std::size_t kMaxBytes = 96U << 20;

struct Kept {
  std::uint64_t key = 0;
  GLuint texture = 0;
  std::size_t bytes = 0;
  int frame = 0;
};
std::list<Kept> g_kept;  // the one used last in front
std::unordered_map<std::uint64_t, std::list<Kept>::iterator> g_by_key;
std::size_t g_bytes = 0;

std::uint64_t key_of(const paint::Image& image) {
  if (image.key != 0) return image.key;
  Hash hash;
  hash.add(static_cast<std::int64_t>(image.width));
  std::size_t i = 0;
  for (; i + 8 <= image.rgba.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, image.rgba.data() + i, 8);
    hash.add(word);
  }
  for (; i < image.rgba.size(); ++i) hash.add(static_cast<std::uint64_t>(image.rgba[i]));
  return hash.value();
}

GLuint upload(const paint::Image& image) {
  GLuint texture = 0;
  GLint before = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &before);
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, image.width, image.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               image.rgba.data());
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(before));
  texture_changed(texture);
  return texture;
}

void drop_oldest() {
  glDeleteTextures(1, &g_kept.back().texture);
  g_bytes -= g_kept.back().bytes;
  g_by_key.erase(g_kept.back().key);
  g_kept.pop_back();
}

}  // namespace

ImTextureID texture_of(const paint::Image& image) {
  const std::uint64_t key = key_of(image);
  const int frame = ImGui::GetFrameCount();
  if (const auto found = g_by_key.find(key); found != g_by_key.end()) {
    g_kept.splice(g_kept.begin(), g_kept, found->second);
  } else {
    g_kept.push_front({key, upload(image), image.rgba.size(), frame});
    g_by_key.emplace(key, g_kept.begin());
    g_bytes += image.rgba.size();
    while (g_bytes > kMaxBytes && g_kept.back().frame < frame) drop_oldest();
  }
  g_kept.front().frame = frame;
  return static_cast<ImTextureID>(g_kept.front().texture);
}

void clear_textures() {
  while (!g_kept.empty()) drop_oldest();
}

}  // namespace iem::gui
