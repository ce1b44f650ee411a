// Captions: words with mathematics between dollar signs. In the words \$ is a dollar sign and \\ a backslash,
// so that a caption can contain any text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/number.h"

namespace iem {

struct CaptionPart {
  std::string text;  // the words with \$ and \\ resolved, or the TeX of mathematics without its dollar signs
  bool tex = false;
};

// Words and mathematics in turn; none is empty. Mathematics that is not closed goes on to the end.
std::vector<CaptionPart> caption_parts(std::string_view caption);

// A text from outside, escaped so that nothing in it is read as mathematics, on one line.
std::string caption_words(std::string_view text);

// A number as mathematics within a caption.
std::string caption_number(double value, int digits = kShownDigits);

// A caption for places that cannot typeset mathematics: formulas stand as their TeX.
std::string plain_caption(std::string_view caption);

}  // namespace iem
