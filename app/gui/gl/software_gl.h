// Whether OpenGL runs on the processor: then a frame costs by its pixels.
#pragma once

namespace iem::gui {

// Of the present context, whose machine is the same for every other.
bool draws_on_processor();

}  // namespace iem::gui
