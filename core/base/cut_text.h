// Cutting words to what fits, in few measurements: a name may have a million letters.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace iem {

// Of well-formed UTF-8.
inline std::size_t count_letters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

// The byte at which the letter of this number begins; the size where there are no more.
inline std::size_t byte_of_letter(std::string_view utf8, std::size_t letter) {
  std::size_t at = 0;
  while (letter > 0 && ++at < utf8.size())
    if ((utf8[at] & 0xC0) != 0x80) --letter;
  return std::min(at, utf8.size());
}

// The largest of least..most that fits, where all smaller ones do; least where none does. Asks for the
// largest first, and then outwards from the least: what does not fit may take long to measure.
template <class Fits>
std::size_t most_fitting(std::size_t least, std::size_t most, const Fits& fits) {
  if (most <= least || fits(most)) return std::max(least, most);
  std::size_t fitting = least, too_many = most;
  for (std::size_t step = 1; fitting + step < too_many; step *= 2) {
    if (!fits(fitting + step)) {
      too_many = fitting + step;
      break;
    }
    fitting += step;
  }
  while (fitting + 1 < too_many) {
    const std::size_t middle = fitting + (too_many - fitting) / 2;
    (fits(middle) ? fitting : too_many) = middle;
  }
  return fitting;
}

}  // namespace iem
