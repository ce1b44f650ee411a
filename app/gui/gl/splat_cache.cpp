#include "app/gui/gl/splat_cache.h"

#include <utility>

#include "app/gui/look/style.h"

namespace iem::gui {

void SplatCache::collect() {
  if (!job_.ready()) return;
  Outcome<Picture> made = job_.take();
  if (!made.value) return;
  shown_ = std::move(*made.value);
  // The keys of other pictures are hashes; the high bits keep these keys apart from them.
  shown_.image.key = (std::uint64_t{0x5350} << 48) | next_key_++;
}

void SplatCache::draw(const Scatter& scatter, const paint::Transform& to_px, paint::Canvas& canvas,
                      const std::shared_ptr<const Snapshot>& snapshot) {
  collect();
  const Request now{.x = scatter.x.data(),
                    .weights = scatter.weights.data(),
                    .as_density = scatter.density,
                    .x0 = to_px.x().lo,
                    .x1 = to_px.x().hi,
                    .y0 = to_px.y().lo,
                    .y1 = to_px.y().hi,
                    .width = to_px.rect().width(),
                    .height = to_px.rect().height(),
                    .density = scale(),
                    .theme = theme().id,
                    .serial = snapshot->serial};
  if (!job_.running() && !(now == asked_)) {
    asked_ = now;
    job_.start([now, scatter, to_px, snapshot] {
      const auto splat = scatter.density ? paint::splat_density : paint::splat_points;
      return Picture{now, splat(scatter, to_px, paint::theme(now.theme), now.density)};
    });
  }
  if (shown_.image.rgba.empty()) return;
  const Request& had = shown_.request;
  canvas.image(shown_.image, {to_px.px_x(had.x0), to_px.px_y(had.y1), to_px.px_x(had.x1), to_px.px_y(had.y0)},
               true);
}

}  // namespace iem::gui
