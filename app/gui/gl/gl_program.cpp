#include "app/gui/gl/gl_program.h"

#include <glad/gl.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "app/gui/platform/window_platform.h"
#include "core/base/embedded.h"

namespace iem::gui {
namespace {

#ifdef IEMLAB_SOURCE_DIR
std::filesystem::path source_folder() { return std::filesystem::path(IEMLAB_SOURCE_DIR) / "shaders"; }
#endif

// 0 when it does not compile; the driver's words go to `log`.
GLuint compile(GLenum stage, const std::string& source, std::string& log) {
  const GLuint shader = glCreateShader(stage);
  const char* text = source.c_str();
  glShaderSource(shader, 1, &text, nullptr);
  glCompileShader(shader);
  GLint good = GL_FALSE;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
  if (good == GL_TRUE) return shader;
  char words[1024] = {};
  glGetShaderInfoLog(shader, sizeof words, nullptr, words);
  log = words;
  glDeleteShader(shader);
  return 0;
}

std::string read_shader(std::string_view name) {
#ifdef IEMLAB_SOURCE_DIR
  if (std::ifstream file(source_folder() / name); file) {
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
#endif
  return std::string(embedded_text(std::string("shaders/").append(name)));
}

}  // namespace

std::string shader_source(std::string_view name) {
  std::string source = read_shader(name);
  constexpr std::string_view kShared = "//@OKLAB";
  if (const auto at = source.find(kShared); at != source.npos)
    source.replace(at, kShared.size(), read_shader("oklab.glsl"));
  constexpr std::string_view kVersion = "#version 330 core";  // as the files say it
  const ShaderDialect dialect = shader_dialect();
  if (source.starts_with(kVersion))
    source.replace(0, kVersion.size(), std::string(dialect.version) + dialect.below);
  return source;
}

std::uint64_t shader_stamp() {
  std::uint64_t stamp = 0;  // sums of times wrap
#ifdef IEMLAB_SOURCE_DIR
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(source_folder(), none))
    stamp += static_cast<std::uint64_t>(entry.last_write_time(none).time_since_epoch().count());
#endif
  return stamp;
}

GlProgram::~GlProgram() {
  if (id_ != 0) glDeleteProgram(id_);
}

GlProgram::GlProgram(GlProgram&& other) noexcept { *this = std::move(other); }

GlProgram& GlProgram::operator=(GlProgram&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(log_, other.log_);
  return *this;
}

bool GlProgram::build(const std::string& vertex, const std::string& fragment) {
  const GLuint first = compile(GL_VERTEX_SHADER, vertex, log_);
  const GLuint second = first == 0 ? 0 : compile(GL_FRAGMENT_SHADER, fragment, log_);
  if (second != 0) {
    const GLuint program = glCreateProgram();
    glAttachShader(program, first);
    glAttachShader(program, second);
    glLinkProgram(program);
    GLint good = GL_FALSE;
    glGetProgramiv(program, GL_LINK_STATUS, &good);
    if (good == GL_TRUE) {
      if (id_ != 0) glDeleteProgram(id_);
      id_ = program;
      log_.clear();
    } else {
      char words[1024] = {};
      glGetProgramInfoLog(program, sizeof words, nullptr, words);
      log_ = words;
      glDeleteProgram(program);
    }
    glDeleteShader(second);
  }
  if (first != 0) glDeleteShader(first);
  return log_.empty();
}

int GlProgram::uniform(const char* name) const { return glGetUniformLocation(id_, name); }

void draw_screen_triangle() {
  glDisable(GL_BLEND);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_CULL_FACE);
  GLuint array = 0;
  glGenVertexArrays(1, &array);  // core profile draws with one only, empty as it is
  glBindVertexArray(array);
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glBindVertexArray(0);
  glDeleteVertexArrays(1, &array);
}

}  // namespace iem::gui
