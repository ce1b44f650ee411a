#include "core/base/words.h"

namespace iem {

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += between;
    out += words[i];
  }
  return out;
}

std::string listed_words(const std::vector<std::string>& words, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    out += words[i];
  }
  return out;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string capitalised(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

std::string equations_whole(std::string_view text) {
  constexpr std::string_view kNoBreak = "\u00A0";
  std::string out(text);
  for (const std::string_view sign : {"=", "\u00D7"}) {
    const std::string apart = " " + std::string(sign) + " ",
                      together = std::string(kNoBreak) + std::string(sign) + std::string(kNoBreak);
    for (std::size_t at = out.find(apart); at != std::string::npos;
         at = out.find(apart, at + together.size()))
      out.replace(at, apart.size(), together);
  }
  return out;
}

}  // namespace iem
