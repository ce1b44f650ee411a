#include "app/paint/document/document.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/paint/document/document_words.h"

namespace iem::paint {
namespace {

constexpr double kIndent = 18;      // of a list
constexpr double kBlank = 0.25;     // em
constexpr double kCodeSize = 0.92;  // of code against the words around it

// Sets one block after the other, from the top.
class Setter {
 public:
  Setter(const DocumentStyle& style, Canvas& canvas) : style_(style), canvas_(canvas) {}

  void set(const DocumentBlock& block, bool first) {
    using Kind = DocumentBlock::Kind;
    const bool follows_item = block.kind == Kind::item && last_ == Kind::item;
    if (!first) y_ += follows_item ? 0.4 * style_.apart_px : style_.apart_px;
    last_ = block.kind;
    indent_ = block.depth * kIndent;
    if (block.kind == Kind::rule) return;
    if (block.kind == Kind::display) return display(block.atoms.front().text);
    size_ = block.kind == Kind::heading ? style_.heading_px : style_.text_px;
    bold_ = block.kind == Kind::heading;
    bullet_ = block.bullet;
    lines(block.atoms);
  }

  Document take(std::vector<std::string> links) {
    out_.links = std::move(links);
    out_.height = y_;
    return std::move(out_);
  }

 private:
  TextStyle face(const DocumentAtom& atom) const {
    return {
        .size_px = atom.code ? kCodeSize * size_ : size_, .bold = bold_ || atom.bold, .colour = style_.ink};
  }

  TextExtent extent(const DocumentAtom& atom) const {
    return atom.formula ? canvas_.measure_formula(atom.text, face(atom))
                        : canvas_.measure_text(atom.text, face(atom));
  }

  // Atoms up to the next blank stay together, a formula with the comma behind it.
  void lines(std::span<const DocumentAtom> atoms) {
    double x = 0;
    for (std::size_t i = 0; i < atoms.size();) {
      std::size_t end = i + 1;
      while (end < atoms.size() && !atoms[end].after_blank && !atoms[end].new_line) ++end;
      double width = 0;
      for (std::size_t k = i; k < end; ++k) width += extent(atoms[k]).width;
      const double blank = x > 0 && atoms[i].after_blank ? kBlank * size_ : 0;
      if (x > 0 && (atoms[i].new_line || indent_ + x + blank + width > style_.width_px)) end_line(), x = 0;
      x += x > 0 ? blank : 0;
      for (; i < end; ++i) x += put(atoms[i], x);
    }
    end_line();
  }

  double put(const DocumentAtom& atom, double x) {
    const TextExtent size = extent(atom);
    if (atom.formula) {
      above_ = std::max(above_, size.ascent);
      below_ = std::max(below_, size.descent);
    }
    line_.push_back({atom.text,
                     atom.formula,
                     bold_ || atom.bold,
                     false,
                     atom.link,
                     {indent_ + x, 0},
                     face(atom).size_px,
                     size.width});
    return size.width;
  }

  // Lines are line_px apart, and more where a formula needs it.
  void end_line() {
    if (line_.empty()) return;
    const double air = 0.5 * (style_.line_px - (kTextAscent + kTextDescent) * size_);
    const double above = std::max(air + kTextAscent * size_, above_ + 2);
    const double below = std::max(style_.line_px - air - kTextAscent * size_, below_ + 2);
    if (!bullet_.empty())
      line_.push_back(
          {std::exchange(bullet_, {}), false, false, true, -1, {indent_ - kIndent + 2, 0}, size_, 0});
    for (DocumentPiece& piece : line_) {
      piece.at.y = y_ + above;
      out_.pieces.push_back(std::move(piece));
    }
    line_.clear();
    y_ += above + below;
    above_ = below_ = 0;
  }

  // Centred; smaller where it would be wider than the page.
  void display(const std::string& tex) {
    double size = style_.display_px;
    const std::string shown = "\\displaystyle " + tex;
    TextExtent extent = canvas_.measure_formula(shown, {.size_px = size, .colour = style_.ink});
    if (extent.width > style_.width_px && extent.width > 0) {
      size *= style_.width_px / extent.width;
      extent = canvas_.measure_formula(shown, {.size_px = size, .colour = style_.ink});
    }
    y_ += extent.ascent;
    out_.pieces.push_back({shown,
                           true,
                           false,
                           false,
                           -1,
                           {std::max(0.0, 0.5 * (style_.width_px - extent.width)), y_},
                           size,
                           extent.width});
    y_ += extent.descent;
  }

  const DocumentStyle& style_;
  Canvas& canvas_;
  Document out_;
  std::vector<DocumentPiece> line_;
  DocumentBlock::Kind last_ = DocumentBlock::Kind::paragraph;
  std::string bullet_;
  double y_ = 0, indent_ = 0, size_ = 15, above_ = 0, below_ = 0;
  bool bold_ = false;
};

bool covers(const DocumentPiece& piece, const DocumentStyle& style, Px p) {
  return p.x >= piece.at.x && p.x <= piece.at.x + piece.width && p.y <= piece.at.y + 0.3 * style.line_px &&
         p.y >= piece.at.y - 0.7 * style.line_px;
}

// The index of the first piece behind so many lines.
std::size_t end_of_lines(const Document& document, std::size_t lines) {
  const std::vector<DocumentPiece>& pieces = document.pieces;
  std::size_t seen = 0, end = 0;
  for (; end < pieces.size(); ++end)
    if ((end == 0 || pieces[end].at.y != pieces[end - 1].at.y) && ++seen > lines) break;
  return end;
}

// Without the sign that would stand before an ellipsis.
std::string without_stop(std::string words) {
  while (!words.empty() && std::string_view(",;:.").find(words.back()) != std::string_view::npos)
    words.pop_back();
  return words;
}

}  // namespace

std::size_t count_lines(const Document& document) {
  std::size_t lines = 0;
  while (end_of_lines(document, lines) < document.pieces.size()) ++lines;
  return lines;
}

Document first_lines(Document document, std::size_t lines, const DocumentStyle& style, Canvas& canvas) {
  std::vector<DocumentPiece>& pieces = document.pieces;
  const std::size_t end = end_of_lines(document, lines);
  if (end == pieces.size() || end == 0) return document;
  document.height =
      pieces[end - 1].at.y + 0.5 * (style.line_px - (kTextAscent - kTextDescent) * style.text_px);
  pieces.resize(end);
  const auto begins_line = [&](std::size_t i) { return i == 0 || pieces[i].at.y != pieces[i - 1].at.y; };
  // A comma stands directly behind its formula: they are one word.
  const auto begins_word = [&](std::size_t i) {
    return begins_line(i) || pieces[i].at.x > pieces[i - 1].at.x + pieces[i - 1].width + 0.5;
  };
  for (;;) {
    const std::size_t at = pieces.size() - 1;
    std::size_t word = at;
    while (!begins_word(word)) --word;
    DocumentPiece dots = pieces[at];
    if (dots.formula)
      dots.at.x += dots.width, dots.text.clear(), dots.formula = false, dots.size_px = style.text_px;
    dots.text = without_stop(dots.text) + "…";
    dots.width = canvas.measure_text(dots.text, {.size_px = dots.size_px, .bold = dots.bold}).width;
    if (dots.at.x + dots.width <= style.width_px || begins_line(word)) {
      if (!pieces[at].formula) pieces.pop_back();
      pieces.push_back(std::move(dots));
      return document;
    }
    pieces.resize(word);
  }
}

Document set_document(std::string_view markdown, const DocumentStyle& style, Canvas& canvas) {
  DocumentBlocks read = read_document(markdown);
  Setter setter(style, canvas);
  for (std::size_t i = 0; i < read.blocks.size(); ++i) setter.set(read.blocks[i], i == 0);
  return setter.take(std::move(read.links));
}

void paint_document(const Document& document, const DocumentStyle& style, Px origin, Canvas& canvas,
                    int lit) {
  for (const DocumentPiece& piece : document.pieces) {
    const Px at{origin.x + piece.at.x, origin.y + piece.at.y};
    const Rgba colour = piece.link >= 0 ? style.accent : piece.muted ? style.muted : style.ink;
    const TextStyle face{.size_px = piece.size_px, .bold = piece.bold, .colour = colour};
    if (piece.formula)
      canvas.formula(piece.text, at, face);
    else
      canvas.text(piece.text, at, face);
    if (piece.link >= 0 && piece.link == lit) {
      const Px line[] = {{at.x, at.y + 2.5}, {at.x + piece.width, at.y + 2.5}};
      canvas.polyline(line, {.colour = colour, .width_px = 1});
    }
  }
}

int link_at(const Document& document, const DocumentStyle& style, Px place) {
  for (const DocumentPiece& piece : document.pieces)
    if (piece.link >= 0 && covers(piece, style, place)) return piece.link;
  return -1;
}

}  // namespace iem::paint
