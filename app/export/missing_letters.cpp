#include "app/export/missing_letters.h"

#include <variant>

#include "app/export/escape.h"
#include "app/export/tex_letters.h"
#include "app/export/type.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/figure/caption.h"

namespace iem {
namespace {

class Letters {
 public:
  explicit Letters(LettersBy by) : by_(by) {}
  void look(const std::string& words, bool bold = false) {
    const std::string lacking = by_ == LettersBy::tex ? letters_beyond_tex(tex_escaped(words))
                                                      : paint::missing_letters(one_line(words), bold);
    for (std::size_t i = 0; i < lacking.size();) {
      const std::size_t length = code_point_at(lacking, i).length;
      if (missing.find(lacking.substr(i, length)) == std::string::npos) missing += lacking.substr(i, length);
      i += length;
    }
  }
  void look_marked(const std::string& marked, bool bold = false) {
    for (const CaptionPart& part : caption_parts(marked))
      if (!part.tex) look(part.text, bold);
  }
  void look(const Panel& panel) {
    look(panel.title, true);
    for (const Axis* axis : {&panel.x, &panel.y})
      axis->marked ? look_marked(axis->label) : look(axis->label + axis->unit);
    for (const Mark& mark : panel.marks) {
      if (const auto* text = std::get_if<Text>(&mark); text && !text->tex) look(text->text, text->bold);
      if (const auto* line = std::get_if<Line>(&mark); line && !line->label_tex) look(line->label);
      if (const auto* ring = std::get_if<RingMark>(&mark))
        ring->marked ? look_marked(ring->label, true) : look(ring->label, true);
      if (const auto* legend = std::get_if<Legend>(&mark))
        for (const auto& [sign, words] : legend->entries) look(words);
    }
  }
  std::string missing;

 private:
  LettersBy by_;
};

}  // namespace

std::string missing_letters(const Figure& figure, LettersBy by) {
  Letters letters(by);
  letters.look(figure.title, true);
  for (const Panel& panel : figure.panels) letters.look(panel);
  letters.look(figure.paper.letter, true);
  letters.look_marked(figure.caption);
  return letters.missing;
}

std::string missing_letters_warning(const std::string& letters, LettersBy by) {
  constexpr std::size_t kShown = 60;
  if (letters.empty()) return {};
  if (by == LettersBy::tex)
    return "pdflatex has no letter for " + printable(letters, kShown) +
           ": it sets boxes in its place; lualatex and xelatex take it from their font";
  return "the font of figures has no letter for " + printable(letters, kShown) + ": boxes stand in its place";
}

}  // namespace iem
