#include "app/gui/shell/screenshot.h"

#include "app/paint/png_file.h"
#include "core/base/atomic_file.h"

namespace iem::gui {

paint::Image take_screenshot(const ScreenshotOptions& options,
                             const std::function<std::unique_ptr<Frame>(Window&)>& make) {
  WindowOptions window_options;
  window_options.width = options.width, window_options.height = options.height;
  window_options.scale = options.scale;
  window_options.theme = options.theme;
  window_options.headless = true;
  Window window(window_options);
  const std::unique_ptr<Frame> frame = make(window);
  window.render_until_stable(*frame);
  return window.read_pixels();
}

void write_png(const paint::Image& image, const std::string& path) {
  write_file_atomically(path, encode_png(image));
}

}  // namespace iem::gui
