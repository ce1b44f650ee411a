// Which numbers are labels, and how labels are spoilt on purpose before a model learns from them: some are
// made wrong, some are removed.
#pragma once

#include "core/base/random.h"
#include "core/data/dataset.h"

namespace iem {

inline constexpr int kLargestLabel = 999;
inline constexpr const char* kLabelRule = "an integer from 0 to 999, or -1 for none";

// Stores the label a number stands for; false if it is none.
inline bool label_of(double number, int& label) {
  if (!(number >= -1 && number <= kLargestLabel)) return false;
  label = static_cast<int>(number);
  return static_cast<double>(label) == number;
}

// Every label is replaced with probability `noise` by another of the classes that occur, each as likely; then
// it is kept with probability `kept`, else it is -1. Point by point, three numbers from `random` each, so
// that one share can be moved without another draw of the other, and a larger share keeps what a smaller one
// took. Labels that change anything are remembered as clean_labels. With (0, 1) nothing is drawn.
void spoil_labels(Dataset& data, double noise, double kept, Random& random);

}  // namespace iem
