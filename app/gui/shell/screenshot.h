// The whole window as a picture, without a display: same state, same bytes.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/gui/shell/window.h"
#include "app/paint/canvas.h"

namespace iem::gui {

struct ScreenshotOptions {
  int width = 1280, height = 800;  // pixels of the picture
  double scale = 1;                // interface scale
  paint::ThemeId theme = paint::ThemeId::light;
};

// `make` builds what is shown, once the window exists. Frames are drawn until nothing changes any more.
paint::Image take_screenshot(const ScreenshotOptions& options,
                             const std::function<std::unique_ptr<Frame>(Window&)>& make);

// PNG, written atomically. InputError(ErrorKind::io).
void write_png(const paint::Image& image, const std::string& path);

}  // namespace iem::gui
