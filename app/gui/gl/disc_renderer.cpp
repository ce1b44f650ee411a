#include "app/gui/gl/disc_renderer.h"

#include <glad/gl.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>

#include "app/gui/gl/gl_program.h"

namespace iem::gui {
namespace {

struct DiscBatch {
  GlProgram program;
  bool refused = false;
  GLuint array = 0, buffer = 0;
};
DiscBatch g_batch;

void describe_vertices() {
  constexpr auto kStride = static_cast<GLsizei>(sizeof(ScreenDisc));
  const auto at = [](std::size_t offset) { return reinterpret_cast<const void*>(offset); };
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, kStride, at(offsetof(ScreenDisc, centre)));
  glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, kStride, at(offsetof(ScreenDisc, radius)));
  glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride, at(offsetof(ScreenDisc, ink)));
  glVertexAttribPointer(3, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride, at(offsetof(ScreenDisc, ring)));
  for (GLuint attribute = 0; attribute < 4; ++attribute) glEnableVertexAttribArray(attribute);
}

bool prepare() {
  if (g_batch.array != 0) return true;
  if (g_batch.refused) return false;
  if (!g_batch.program.build(shader_source("discs.vert"), shader_source("discs.frag"))) {
    std::fprintf(stderr, "iemlab: points are drawn as polygons: %s\n", g_batch.program.log().c_str());
    g_batch.refused = true;
    return false;
  }
  GLint before = 0, buffer_before = 0;
  glGetIntegerv(GL_VERTEX_ARRAY_BINDING, &before);
  glGetIntegerv(GL_ARRAY_BUFFER_BINDING, &buffer_before);
  glGenVertexArrays(1, &g_batch.array);
  glGenBuffers(1, &g_batch.buffer);
  glBindVertexArray(g_batch.array);
  glBindBuffer(GL_ARRAY_BUFFER, g_batch.buffer);
  describe_vertices();
  glBindVertexArray(static_cast<GLuint>(before));
  glBindBuffer(GL_ARRAY_BUFFER, static_cast<GLuint>(buffer_before));
  return true;
}

// Sets the scissor rectangle, which ImGui does for its own draws only.
void scissor(const ImDrawData& data, const ImVec4& clip) {
  const ImVec2 origin = data.DisplayPos, dense = data.FramebufferScale;
  const auto x = static_cast<GLint>((clip.x - origin.x) * dense.x);
  const auto y = static_cast<GLint>((data.DisplaySize.y - (clip.w - origin.y)) * dense.y);
  const auto width = static_cast<GLsizei>((clip.z - clip.x) * dense.x);
  const auto height = static_cast<GLsizei>((clip.w - clip.y) * dense.y);
  glScissor(x, y, std::max(0, width), std::max(0, height));
}

void draw_batch(const ImDrawList*, const ImDrawCmd* command) {
  const ImDrawData& data = *ImGui::GetDrawData();
  scissor(data, command->ClipRect);
  const GlProgram& program = g_batch.program;
  glUseProgram(program.id());
  glUniform4f(program.uniform("screen"), data.DisplayPos.x, data.DisplayPos.y, 2 / data.DisplaySize.x,
              2 / data.DisplaySize.y);
  glUniform1f(program.uniform("density"), data.FramebufferScale.x);
  glBindVertexArray(g_batch.array);
  glBindBuffer(GL_ARRAY_BUFFER, g_batch.buffer);
  glBufferData(GL_ARRAY_BUFFER, command->UserCallbackDataSize, command->UserCallbackData, GL_STREAM_DRAW);
  glDrawArrays(GL_POINTS, 0, command->UserCallbackDataSize / static_cast<GLsizei>(sizeof(ScreenDisc)));
}

}  // namespace

bool draw_discs(ImDrawList* list, std::span<const ScreenDisc> discs) {
  if (discs.empty()) return true;
  if (!prepare()) return false;
  // ImGui keeps a copy until the frame is drawn; AddCallback takes it as data to write to, but only reads.
  list->AddCallback(draw_batch, const_cast<ScreenDisc*>(discs.data()), discs.size_bytes());
  list->AddCallback(ImGui::GetPlatformIO().DrawCallback_ResetRenderState, nullptr);
  return true;
}

void clear_discs() {
  if (g_batch.array != 0) glDeleteVertexArrays(1, &g_batch.array);
  if (g_batch.buffer != 0) glDeleteBuffers(1, &g_batch.buffer);
  g_batch = {};
}

}  // namespace iem::gui
