// "Did you mean": the edit distance with transpositions of neighbours (optimal string alignment), letters
// compared without case.
#include <algorithm>

#include "core/base/words.h"
#include "core/config/config.h"

namespace iem {
namespace {

constexpr std::size_t kFewest = 3;    // with fewer letters every word is near
constexpr std::size_t kLongest = 64;  // nobody mistypes a longer word, and the work grows with the square

// The edit distance of two words, upper and lower case counted as the same.
std::size_t edit_distance(std::string_view one, std::string_view other) {
  const std::string a = lower_case(one), b = lower_case(other);
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

// Whether two words have the same letters, in any order.
bool same_letters(std::string_view a, std::string_view b) {
  const auto sorted = [](std::string_view word) {
    std::string out = lower_case(word);
    std::ranges::sort(out);
    return out;
  };
  return sorted(a) == sorted(b);
}

}  // namespace

std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
  if (word.empty() || word.size() > kLongest) return {};
  std::string nearest;
  std::size_t smallest = std::clamp<std::size_t>(word.size() / 3, 1, 3) + 1;
  for (const auto& candidate : known) {
    if (candidate.size() > kLongest) continue;
    if (word.size() < kFewest && !same_letters(word, candidate)) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < smallest) {
      smallest = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace iem
