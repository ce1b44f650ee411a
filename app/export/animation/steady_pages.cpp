#include "app/export/animation/steady_pages.h"

#include <utility>

#include "core/base/error.h"

namespace iem {

void SteadyPages::see(int index, const FrameContent& frame) {
  const Figure& figure = frame.panels.front().figure;
  if (!figure.sentence.empty()) return;
  const paint::PageRoom room = page_of(figure, options_).room;
  const std::lock_guard lock(mutex_);
  room_.include(room);
  ranges_.include(figure);
  const std::size_t here = figure.panels.size(), most = fullest_.panels.size();
  if (fullest_index_ >= 0 && (here < most || (here == most && index > fullest_index_))) return;
  fullest_ = figure, fullest_index_ = index;
}

void SteadyPages::settle() {
  if (fullest_index_ < 0) throw InputError("there is nothing to show at any of these steps");
  // The numbers at an axis that holds all frames may be wider than those of any of them.
  const Figure figure = limited(std::exchange(fullest_, {}));
  room_.include(page_of(figure, options_).room);
  const paint::Page page = page_of(figure, options_, &room_);
  height_px_ = page.height_px;
  size_ = size_of_page(figure, page, options_);
}

Figure SteadyPages::limited(Figure figure) const {
  return figure.sentence.empty() ? ranges_.over_all(std::move(figure)) : figure;
}

paint::Image SteadyPages::draw(FrameContent frame, double scale) const {
  ExportOptions options = options_;
  options.dpi *= scale;
  const Figure steady = limited(std::move(frame.panels.front().figure));  // it owns what the page shows
  paint::Page page = page_of(steady, options, &room_);
  page.height_px = height_px_;
  return render_page(steady, page, options, true);
}

}  // namespace iem
