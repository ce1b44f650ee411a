// The check `field_twin`: the shader's field and core's render_field, pixel by pixel.
#pragma once

#include <cstdint>

#include "core/check/check.h"
#include "core/run/scene.h"

namespace iem::gui {

// Skipped, with the reason, where there is no OpenGL 3.3.
CheckResult field_twin(const Scene& scene, std::int64_t steps);

}  // namespace iem::gui
