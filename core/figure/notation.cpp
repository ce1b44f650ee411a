#include "core/figure/notation.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <variant>

#include "core/figure/caption.h"
#include "core/figure/tex_scanner.h"

namespace iem {
namespace {

// Every letter is replaced by one other, and no two by the same, so that formulas stay unambiguous. The index
// k of a second component becomes j.
struct Letter {
  char own;
  std::string_view bishop;
};
constexpr std::array kComponents =
    std::to_array<Letter>({{'r', "\\gamma"}, {'J', "L"}, {'L', "\\ell"}, {'j', "k"}, {'k', "l"}});
// The activation lab counts hypotheses by h and uses k for a kernel, so its indices stay.
constexpr std::array kHypotheses = std::to_array<Letter>({{'r', "\\gamma"}, {'J', "L"}, {'L', "\\ell"}});

std::span<const Letter> letters_of(std::string_view lab) {
  if (lab == "activation") return kHypotheses;
  return kComponents;
}

// The length of the command or group at the beginning that is copied unchanged: \log, \mathrm{EM}.
std::size_t verbatim_length(std::string_view tex) {
  std::size_t length = 1;
  while (length < tex.size() && TexScanner::is_letter(tex[length])) ++length;
  if (length == 1) return std::min<std::size_t>(2, tex.size());  // \, and the like
  constexpr auto kWords = std::to_array<std::string_view>(
      {"\\mathrm", "\\mathcal", "\\mathbf", "\\mathbb", "\\text", "\\operatorname"});
  if (std::ranges::find(kWords, tex.substr(0, length)) == kWords.end()) return length;
  if (length >= tex.size() || tex[length] != '{') return length;
  const std::size_t end = tex.find('}', length);
  return end == std::string_view::npos ? tex.size() : end + 1;
}

std::string caption_in(const std::string& caption, std::string_view notation, std::string_view lab) {
  std::string out;
  for (const CaptionPart& part : caption_parts(caption))
    out += part.tex ? "$" + in_notation(part.text, notation, lab) + "$" : caption_words(part.text);
  return out;
}

template <class M>
void rewrite(M& mark, std::string_view notation, std::string_view lab) {
  if constexpr (requires { mark.marked; }) {
    if (mark.marked) mark.label = caption_in(mark.label, notation, lab);
  } else if constexpr (requires { mark.label_tex; }) {
    if (mark.label_tex) mark.label = in_notation(mark.label, notation, lab);
  } else if constexpr (requires {
                         mark.tex;
                         mark.text;
                       }) {
    if (mark.tex) mark.text = in_notation(mark.text, notation, lab);
  }
}

}  // namespace

std::string in_notation(std::string_view tex, std::string_view notation, std::string_view lab) {
  if (notation != kBishop) return std::string(tex);
  const std::span<const Letter> letters = letters_of(lab);
  std::string out;
  for (std::size_t at = 0; at < tex.size();) {
    if (tex[at] == '\\') {
      const std::size_t length = verbatim_length(tex.substr(at));
      out += tex.substr(at, length);
      at += length;
      continue;
    }
    const auto letter = std::ranges::find(letters, tex[at], &Letter::own);
    if (letter == letters.end()) {
      out += tex[at++];
      continue;
    }
    out += letter->bishop;
    ++at;
    const bool runs_on = letter->bishop.size() > 1 && at < tex.size() && TexScanner::is_letter(tex[at]);
    if (runs_on) out += ' ';
  }
  return out;
}

Figure in_notation(Figure figure, std::string_view notation, std::string_view lab) {
  if (notation != kBishop) return figure;
  figure.caption = caption_in(figure.caption, notation, lab);
  for (Panel& panel : figure.panels) {
    panel.title_tex = in_notation(panel.title_tex, notation, lab);
    for (Mark& mark : panel.marks) std::visit([&](auto& each) { rewrite(each, notation, lab); }, mark);
  }
  return figure;
}

}  // namespace iem
