// Captions: words with mathematics between dollar signs. In the words \$ is a dollar sign and \\ a backslash,
// so that any text can be one of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/number.h"

namespace iem {

struct CaptionPart {
  std::string text;  // as it is to be read; of mathematics its TeX, without the dollar signs
  bool tex = false;
};

// Words and mathematics in turn; none is empty. Mathematics that is not closed goes on to the end.
std::vector<CaptionPart> caption_parts(std::string_view caption);

// A text from outside as words of a caption, in one line: nothing in it is mathematics.
std::string caption_words(std::string_view text);

// A number in the middle of one.
std::string caption_number(double value, int digits = kShownDigits);

// A caption where there is no mathematics: its formulas stand as their TeX.
std::string plain_caption(std::string_view caption);

}  // namespace iem
