// Powers of ten within a line of text: "1.3 × 10^−6". Code that draws text raises the exponent and leaves the
// "^" out, so that numbers look as they do in formulas; plain text (a terminal) gets "1.3e-6".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace iem {

// A part of a text: as it is, or an exponent.
struct TextRun {
  std::string_view text;
  bool raised = false;
};
// The parts in order, none empty. A whole number behind "10^" is an exponent, provided that this 10 is not
// the end of a longer number.
std::vector<TextRun> text_runs(std::string_view utf8);

// An exponent's size and how far it stands above the baseline, both in sizes of its base.
inline constexpr double kRaisedSize = 0.72, kRise = 0.36;

// "1.300" and -6 are "1.300 × 10^−6", "1" and 5 "10^5".
std::string with_power(const std::string& digits, int power);
// The same with 1 in full, for numbers whose digits count: "1 × 10^5".
std::string times_power(const std::string& digits, int power);

// The text in which powers of ten are "1.3e-6".
std::string without_powers(std::string_view utf8);

}  // namespace iem
