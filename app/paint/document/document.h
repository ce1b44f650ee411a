// Markdown set as lines on any canvas: paragraphs, headings, lists, emphasis, code, links, and formulas
// between $ and $$.
//
// The text is read by md4c (CommonMark); what CommonMark has and this page does not show (pictures, HTML,
// tables) stands there as its words. Lengths are style pixels.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/paint/canvas.h"

namespace iem::paint {

struct DocumentStyle {
  double width_px = 304;
  double text_px = 15, line_px = 22, heading_px = 17, display_px = 18;
  double apart_px = 10;  // between paragraphs
  Rgba ink, muted, accent;
};

// A piece of one line: words of one face, or a formula.
struct DocumentPiece {
  std::string text;
  bool formula = false, bold = false, muted = false;
  int link = -1;  // index into Document::links; -1: none
  Px at;          // on the baseline, at the left
  double size_px = 0, width = 0;
};

struct Document {
  std::vector<DocumentPiece> pieces;
  std::vector<std::string> links;  // targets, such as "key:model.temperature"
  double height = 0;
};

// Measures with the canvas; a word longer than the line stands on a line of its own.
Document set_document(std::string_view markdown, const DocumentStyle& style, Canvas& canvas);

// On how many lines it stands.
std::size_t count_lines(const Document& document);

// Its first lines alone; the last of them ends behind a word with "…" where more would follow.
Document first_lines(Document document, std::size_t lines, const DocumentStyle& style, Canvas& canvas);

// At `origin`, the upper left corner. A link that is `lit` (an index, -1: none) is underlined.
void paint_document(const Document& document, const DocumentStyle& style, Px origin, Canvas& canvas,
                    int lit = -1);

// The link at a place relative to the origin; -1: none.
int link_at(const Document& document, const DocumentStyle& style, Px place);

}  // namespace iem::paint
