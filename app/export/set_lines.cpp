// The lines of a caption: words and formulas.
#include "app/export/page_layout.h"
#include "core/figure/caption.h"

namespace iem::paint {

std::vector<Page::Words> set_lines(const std::string& text, double width_px, double line_px,
                                   const TextStyle& style, Canvas& canvas, int& lines) {
  // Words and formulas in turn; what touches without a space stays together on a line.
  struct Atom {
    std::string text;
    bool tex, space_before;
    double width;
  };
  std::vector<Atom> atoms;
  bool space = false;
  std::string current;
  const auto flush = [&](bool is_tex) {
    if (current.empty()) return;
    const double w =
        is_tex ? canvas.measure_formula(current, style).width : canvas.measure_text(current, style).width;
    atoms.push_back({current, is_tex, space, w});
    current.clear(), space = false;
  };
  for (const CaptionPart& part : caption_parts(text)) {
    for (const char c : part.text) {
      if (!part.tex && (c == ' ' || c == '\n')) {
        flush(false);
        space = true;
      } else {
        current += c;
      }
    }
    flush(part.tex);
  }

  std::vector<Page::Words> words;
  const double blank = canvas.measure_text("a a", style).width - canvas.measure_text("aa", style).width;
  double x = 0;
  lines = atoms.empty() ? 0 : 1;
  for (std::size_t i = 0; i < atoms.size();) {
    std::size_t end = i + 1;
    double run = atoms[i].width;
    while (end < atoms.size() && !atoms[end].space_before) run += atoms[end++].width;
    const double lead = x > 0 ? blank : 0;
    if (x > 0 && x + lead + run > width_px) {
      x = 0, ++lines;
    } else {
      x += lead;
    }
    for (; i < end; ++i) {
      // Neighbouring words are one piece: spaces are then the font's own, and text can be searched.
      const double y = (lines - 1) * line_px;
      const bool joins = !words.empty() && !words.back().tex && !atoms[i].tex && words.back().at.y == y;
      if (joins) {
        words.back().text += (atoms[i].space_before ? " " : "") + atoms[i].text;
      } else {
        words.push_back({atoms[i].text, atoms[i].tex, {x, y}});
      }
      x += atoms[i].width;
    }
  }
  return words;
}

}  // namespace iem::paint
