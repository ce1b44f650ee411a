// A panel of a page as TikZ: "\nextgroupplot[...]" and what is drawn in it.
#pragma once

#include <string>

#include "app/export/page_layout.h"
#include "app/export/tikz_canvas.h"

namespace iem::paint {

std::string panel_as_axis(const Page::Cell& cell, const Theme& theme, const PaintOptions& options,
                          const TikzCanvas::Gallery& gallery, PaperScale scale);

}  // namespace iem::paint
