// The colours of prototypes and of runs, by name. Themes take them from here (app/paint/theme.h); a figure
// itself names roles only.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace iem {

struct Palette {
  static constexpr std::size_t kColours = 7;            // further ones have hues of their own
  using Colours = std::array<std::uint32_t, kColours>;  // 0xRRGGBB

  std::string_view id, label;
  Colours marks;  // fills, on light paper
  // How much lighter each territory is than the rest, in OKLab: territories whose hues look the same to an
  // eye that lacks a cone differ in it.
  std::array<double, kColours> steps, dark_steps;
  bool grey = false;  // further colours have no hue either
};

// The first is the program's own.
std::span<const Palette> palettes();
// The palette of this id, or the program's own.
const Palette& palette_of(std::string_view id);

}  // namespace iem
