#include "app/gui/platform/image_clipboard.h"

#include "app/gui/platform/web/page.h"

namespace iem::gui {

bool copy_png_file(const std::string& path) { return iem_page_copy_png(path.c_str()) != 0; }

}  // namespace iem::gui
