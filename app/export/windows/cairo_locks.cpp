#include "app/export/windows/cairo_locks.h"

#include <cairo.h>

namespace iem {

void make_cairo_locks() { cairo_debug_reset_static_data(); }

}  // namespace iem
