// A drawing as Encapsulated PostScript, which some journals ask for. PostScript knows no translucency: where
// there is some, the page is pixels of 600 dpi; all else stays shapes and letters.
#pragma once

#include <functional>
#include <string>

#include "app/export/page_layout.h"
#include "app/paint/canvas.h"

namespace iem {

// Sizes in style pixels of this scale. The same calls give the same bytes. Throws InputError (kind io) or
// std::bad_alloc where it could not be made.
std::string eps_sheet(double width_px, double height_px, const std::string& title, paint::PaperScale scale,
                      const std::function<void(paint::Canvas&)>& draw);

}  // namespace iem
