#include "app/paint/formula.h"

#include <cmath>

#include "tests/fuzz/targets.h"

// Whatever the text: an outline of finite size that can be drawn, or none.
void iem::fuzz::formula(std::string_view bytes) {
  for (const bool display : {false, true}) {
    const auto outline = paint::formula_outline(bytes, display);
    if (!outline) continue;
    IEM_CHECK(std::isfinite(outline->width) && std::isfinite(outline->ascent) &&
              std::isfinite(outline->descent));
    // A sheet of paper holds a thousand em; what is larger no one draws.
    if (outline->width < 1000 && outline->ascent + outline->descent < 1000)
      (void)paint::rasterise(*outline, 4);
  }
}
