#include "core/figure/caption.h"

#include "core/base/text.h"

namespace iem {

std::vector<CaptionPart> caption_parts(std::string_view caption) {
  std::vector<CaptionPart> parts;
  CaptionPart current;
  const auto flush = [&](bool next_is_tex) {
    if (!current.text.empty()) parts.push_back(current);
    current = {"", next_is_tex};
  };
  for (std::size_t i = 0; i < caption.size(); ++i) {
    if (caption[i] == '$') {
      flush(!current.tex);
    } else {
      if (!current.tex && caption[i] == '\\' && i + 1 < caption.size()) ++i;
      current.text += caption[i];
    }
  }
  flush(false);
  return parts;
}

std::string caption_words(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    if (c == '$' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string caption_number(double value, int digits) { return "$" + number_tex(value, digits) + "$"; }

std::string plain_caption(std::string_view caption) {
  std::string out;
  for (const CaptionPart& part : caption_parts(caption)) out += part.text;
  return out;
}

}  // namespace iem
