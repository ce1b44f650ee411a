// A pair of shaders, compiled and linked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace iem::gui {

// Source of a shader by its name in shaders/: from the binary, or, in debug builds, from the source folder,
// so that an edited shader shows at once. A line //@OKLAB becomes shaders/oklab.glsl.
std::string shader_source(std::string_view name);
// Changes when the files of shaders/ do (debug builds; 0 otherwise).
std::uint64_t shader_stamp();

class GlProgram {
 public:
  GlProgram() = default;
  ~GlProgram();
  GlProgram(const GlProgram&) = delete;
  GlProgram& operator=(const GlProgram&) = delete;
  GlProgram(GlProgram&& other) noexcept;
  GlProgram& operator=(GlProgram&& other) noexcept;

  // False when the driver refuses; log() then says why.
  bool build(const std::string& vertex, const std::string& fragment);
  bool ready() const { return id_ != 0; }
  unsigned id() const { return id_; }
  int uniform(const char* name) const;
  const std::string& log() const { return log_; }

 private:
  unsigned id_ = 0;
  std::string log_;
};

// Runs the fragment shader once for every pixel of the bound target.
void draw_screen_triangle();

}  // namespace iem::gui
