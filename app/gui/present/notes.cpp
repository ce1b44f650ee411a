#include "app/gui/present/notes.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/export/pixels.h"
#include "app/gui/look/present_text.h"
#include "app/gui/look/text.h"
#include "app/paint/document/document.h"

namespace iem::gui {
namespace {

constexpr double kNotesSide = 28, kNotesHead = 13, kNotesTitle = 22, kNotesText = 18, kSaid = 14,
                 kNotesNext = 15;

// Sets words from the top down.
class Column {
 public:
  Column(double width, double type_scale, const paint::Theme& theme, paint::Canvas& canvas)
      : width_(width),
        scale_(type_scale),
        theme_(theme),
        canvas_(canvas) {}

  void words(std::string_view markdown, double size, const Rgb& ink, double y_gap) {
    if (markdown.empty()) return;
    paint::DocumentStyle style = style_of(size);
    style.ink = {ink, 1};
    const paint::Document set = paint::set_document(markdown, style, canvas_);
    paint::paint_document(set, style, {side(), y_}, canvas_);
    y_ += set.height + y_gap * scale_;
  }
  void rule() {
    canvas_.fill_rect({side(), y_, width_ - side(), y_ + 1}, {theme_.hairline, 1}, 0);
    y_ += 16 * scale_;
  }
  // Words at both ends of a line; of the left ones the first that have room.
  void ends(std::span<const std::string> lefts, std::string_view right) {
    paint::TextStyle style{.size_px = kNotesHead * scale_, .colour = {theme_.muted, 1}};
    const double room = width_ - 2 * side() - canvas_.measure_text(right, style).width - 12 * scale_;
    const auto fits = [&](const std::string& words) {
      return canvas_.measure_text(words, style).width <= room;
    };
    const auto left = std::ranges::find_if(lefts, fits);
    const double base = y_ + kNotesHead * scale_;
    if (left != lefts.end()) canvas_.text(*left, {side(), base}, style);
    style.anchor = Anchor::right;
    canvas_.text(right, {width_ - side(), base}, style);
    y_ = base + 18 * scale_;
  }
  void down(double by) { y_ += by * scale_; }

 private:
  double side() const { return kNotesSide * scale_; }
  paint::DocumentStyle style_of(double size) const {
    paint::DocumentStyle style;
    style.width_px = width_ - 2 * side();
    style.text_px = size * scale_, style.line_px = std::round(1.45 * size * scale_);
    style.heading_px = 1.1 * size * scale_, style.display_px = 1.15 * size * scale_;
    style.muted = {theme_.muted, 1}, style.accent = {theme_.accent, 1};
    return style;
  }

  double width_, y_ = 0, scale_;
  const paint::Theme& theme_;
  paint::Canvas& canvas_;
};

}  // namespace

void draw_notes(const Notes& notes, double width_px, double height_px, double type_scale,
                const paint::Theme& theme, paint::Canvas& canvas) {
  canvas.push_clip({0, 0, width_px, height_px});
  Column column(width_px, type_scale, theme, canvas);
  column.down(18);
  const std::string heads[] = {notes.where.empty() ? notes.title : notes.title + ", " + notes.where,
                               notes.where};
  column.ends(heads, notes.elapsed);
  column.words("**" + notes.heading + "**", kNotesTitle, theme.ink, 12);
  column.words(notes.markdown, kNotesText, theme.ink, 14);
  if (!notes.next.empty()) column.words(notes.next, kNotesNext, theme.accent, 14);
  if (!notes.body.empty()) {
    column.rule();
    column.words(notes.body, kSaid, theme.muted, 0);
  }
  canvas.pop_clip();
}

paint::Image notes_picture(const Notes& notes, int width, int height, double density,
                           const paint::Theme& theme) {
  return drawn_pixels(width, height, density, [&](paint::Canvas& canvas) {
    const double wide = width / density, high = height / density;
    canvas.fill_rect({0, 0, wide, high}, {theme.panel, 1}, 0);
    draw_notes(notes, wide, high, 1, theme, canvas);
  });
}

}  // namespace iem::gui
