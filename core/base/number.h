// How numbers are written for people: the same in the window, in figures and in captions.
//
// Four significant digits with their trailing zeros, so that shown numbers add up and divide as shown (where
// four are too few for that, core/labs/kit/formula_line.h takes more). Whole numbers have no decimals.
// Numbers from 0.0001 to below 100,000 are written in full, others with a raised power of ten, never as
// "1.3e-6".
#pragma once

#include <optional>
#include <string>

namespace iem {

inline constexpr int kShownDigits = 4;

struct ShownNumber {
  std::string digits;        // "−1.300", "0", "∞", "nan"; U+2212 minus
  std::optional<int> power;  // of ten; none: the digits alone are the number
  bool operator==(const ShownNumber&) const = default;
};
ShownNumber show_number(double value, int digits = kShownDigits);

// In words: "−1.300 × 10^−6"; what follows the "^" is raised (core/base/power_of_ten.h).
std::string shown_number(double value, int digits = kShownDigits);

// In TeX: "-1.300\times10^{-6}".
std::string number_tex(double value, int digits = kShownDigits);
std::string number_tex(const ShownNumber& shown);

// The value of the number as shown, that is, rounded to its digits: what a reader would type into a
// calculator.
double number_as_read(double value, int digits = kShownDigits);

// A share of a whole as one over a number rounded to two digits, "1/1100"; from a half up as a decimal,
// "0.62".
std::string share_in_words(double share);

// Shortest text of `value` with at most `digits` significant digits; U+2212 minus. Large and small ones have
// a power of ten (core/base/power_of_ten.h): "2 × 10^−6", "10^5". "nan", "∞" for the others.
std::string format_number(double value, int digits = 4);

// Fixed number of decimals, U+2212 minus, never "−0".
std::string format_fixed(double value, int decimals);

// ASCII, shortest form that reads back to the same double (at most 17 digits); "nan", "inf". For files.
std::string exact_number(double value);
// The same with a point or an exponent, so that nobody reads it back as an integer: "1.0", "1e+20".
std::string real_number(double value);

}  // namespace iem
