// The statements of the checks as mathematics and in words, all in one file.
#pragma once

#include <string_view>

namespace iem {

struct CheckWords {
  std::string_view id, lab;   // a lab's own words stand before the common ones, whose `lab` is empty
  std::string_view tex;       // the statement as mathematics
  std::string_view sentence;  // what it says
  std::string_view method;    // what is compared with what, and how each is computed
};

// Null where there are no such words; then the check's own statement is shown.
const CheckWords* words_of_check(std::string_view id, std::string_view lab);

}  // namespace iem
