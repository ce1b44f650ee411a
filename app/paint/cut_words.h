// Words that must not be wider than the room they have.
#pragma once

#include <string>

#include "app/paint/canvas.h"

namespace iem::paint {

// All of `words` where they fit into `room` pixels, else their beginning and "…".
inline std::string cut_words(const std::string& words, double room, const TextStyle& style, Canvas& canvas) {
  if (canvas.measure_text(words, style).width <= room) return words;
  std::string kept = words;
  const auto goes_on = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };  // UTF-8
  while (!kept.empty() && canvas.measure_text(kept + "…", style).width > room) {
    while (kept.size() > 1 && goes_on(kept.back())) kept.pop_back();
    kept.pop_back();
  }
  while (!kept.empty() && kept.back() == ' ') kept.pop_back();
  return kept + "…";
}

}  // namespace iem::paint
