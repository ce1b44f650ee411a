#include "app/gui/gl/software_gl.h"

#include <glad/gl.h>

#include <string_view>

namespace iem::gui {

bool draws_on_processor() {
  static const bool answer = [] {
    const auto* words = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    const std::string_view name = words == nullptr ? "" : words;
    return name.find("llvmpipe") != name.npos || name.find("softpipe") != name.npos ||
           name.find("SwiftShader") != name.npos;
  }();
  return answer;
}

}  // namespace iem::gui
