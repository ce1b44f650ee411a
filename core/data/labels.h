// What a label may be, wherever it comes from.
#pragma once

namespace iem {

inline constexpr int kLargestLabel = 999;
inline constexpr const char* kLabelRule = "an integer from 0 to 999, or -1 for none";

// Stores the label a number stands for; false if it is none.
inline bool label_of(double number, int& label) {
  if (!(number >= -1 && number <= kLargestLabel)) return false;
  label = static_cast<int>(number);
  return static_cast<double>(label) == number;
}

}  // namespace iem
