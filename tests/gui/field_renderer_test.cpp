// The field on the graphics card against its CPU twin: same numbers, same colours, to the rounding of a byte.
#include "app/gui/gl/field_renderer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "app/gui/look/style.h"
#include "app/gui/shell/window.h"
#include "core/energy/energy.h"
#include "tests/gui/driver.h"

namespace iem::gui {
namespace {

class EmptyFrame : public Frame {
 public:
  void draw() override {}
};

// Components on a spiral, each with a W of its own.
FieldInput field_of(int count, FieldKind kind, const EnergyType& energy) {
  FieldInput input;
  input.kind = kind;
  input.energy = energy.id;
  input.shape.clear();
  for (const Parameter& p : energy.parameters) input.shape.push_back(std::get<double>(p.default_value));
  for (int j = 0; j < count; ++j) {
    FieldComponent c;
    c.mu_x = std::sqrt(j + 1.0) * std::cos(2.4 * j), c.mu_y = std::sqrt(j + 1.0) * std::sin(2.4 * j);
    c.w00 = 1 + 0.3 * std::sin(j), c.w11 = 1.2 + 0.4 * std::cos(j), c.w10 = 0.5 * std::sin(3.0 * j);
    c.offset = 0.2 * j + 1.8;
    input.components.push_back(c);
  }
  return input;
}

struct Difference {
  int largest = 0;
  double share_above_one = 0;
};

class Fields : public testing::Test {
 protected:
  EmptyFrame frame;
  Window window{headless_options(64, 64)};
  FieldRenderer renderer;
  FieldView view{-3, 3.5, -2.5, 3, 161, 120};

  void SetUp() override { window.render(frame); }

  Difference compare(const FieldInput& input, paint::ThemeId id = paint::ThemeId::light) {
    const FieldPalette palette =
        paint::field_palette(paint::theme(id), static_cast<int>(input.components.size()));
    const auto gpu = renderer.pixels(input, view, palette), cpu = render_field(input, view, palette);
    EXPECT_EQ(gpu.size(), cpu.size());
    Difference out;
    std::size_t above = 0;
    for (std::size_t i = 0; i < std::min(gpu.size(), cpu.size()); ++i) {
      const int d = std::abs(int{gpu[i]} - int{cpu[i]});
      out.largest = std::max(out.largest, d);
      above += d > 1 ? 1 : 0;
    }
    out.share_above_one =
        static_cast<double>(above) / static_cast<double>(std::max<std::size_t>(1, cpu.size()));
    return out;
  }
};

TEST_F(Fields, MatchTheTwinForEveryEnergyAndKind) {
  for (const EnergyType& energy : energies())
    for (const FieldKind kind :
         {FieldKind::responsibility, FieldKind::entropy, FieldKind::density, FieldKind::energy}) {
      const Difference d = compare(field_of(5, kind, energy));
      EXPECT_LE(d.largest, 1) << energy.id << " kind " << static_cast<int>(kind);
    }
}

// The longest row of equal pixels.
int longest_band(const std::vector<std::uint8_t>& rgba, int width) {
  int longest = 0, run = 0;
  for (std::size_t i = 4; i + 3 < rgba.size(); i += 4) {
    const bool row_begins = (i / 4) % static_cast<std::size_t>(width) == 0;
    run = !row_begins && std::equal(&rgba[i], &rgba[i] + 3, &rgba[i - 4]) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// A pale slope has fewer shades than pixels. On screen it is dithered, by less than a shade.
TEST_F(Fields, PaleSlopesHaveNoBandsOnScreen) {
  FieldInput input;
  for (const double mu : {-4.0, 4.0}) {
    FieldComponent c;
    c.mu_x = mu, c.w00 = c.w11 = 0.35;
    input.components.push_back(c);
  }
  view = {-1, 1, -1, 1, 400, 40};
  const FieldPalette palette = paint::field_palette(paint::theme(paint::ThemeId::light), 2);
  const auto plain = renderer.pixels(input, view, palette),
             shown = renderer.pixels(input, view, palette, true);
  ASSERT_EQ(plain.size(), shown.size());
  EXPECT_GT(longest_band(plain, view.width), 12);
  EXPECT_LT(longest_band(shown, view.width), longest_band(plain, view.width) / 2);
  for (std::size_t i = 0; i < plain.size(); ++i) ASSERT_LE(std::abs(int{plain[i]} - int{shown[i]}), 1) << i;
}

TEST_F(Fields, MatchTheTwinWhereTerritoriesMeet) {
  // A pixel whose two nearest are level to the last float may fall to either.
  const EnergyType& gaussian = *find_energy("gaussian");
  EXPECT_LE(compare(field_of(6, FieldKind::assignment, gaussian)).share_above_one, 1e-3);
  FieldInput lines = field_of(6, FieldKind::responsibility, gaussian);
  lines.boundaries = true;
  EXPECT_LE(compare(lines).share_above_one, 2e-3);
}

TEST_F(Fields, MatchTheTwinInTheDarkAndWithManyComponents) {
  EXPECT_LE(compare(field_of(64, FieldKind::responsibility, *find_energy("gaussian")), paint::ThemeId::dark)
                .largest,
            1);
  EXPECT_LE(compare(field_of(1, FieldKind::responsibility, *find_energy("gaussian"))).largest, 1);
}

TEST_F(Fields, SurviveEnergiesOfAnySize) {
  FieldInput input = field_of(3, FieldKind::responsibility, *find_energy("gaussian"));
  input.temperature = 1e-3;  // z down to minus tens of thousands
  EXPECT_LE(compare(input).share_above_one, 2e-3);
  input.temperature = 1e4;
  EXPECT_LE(compare(input).largest, 1);
  input.temperature = 1;
  for (FieldComponent& c : input.components)
    c.offset += 1e4;  // a float must not lose the differences in it... entirely
  EXPECT_LE(compare(input).largest, 2);
  input.components[1].offset = std::numeric_limits<double>::infinity();
  EXPECT_LE(compare(input).largest, 2);
}

TEST_F(Fields, KeepPrecisionFarFromTheOrigin) {
  // Body masses of four thousand grams, or years: the view's centre is taken off before anything becomes a
  // float.
  FieldInput input = field_of(4, FieldKind::responsibility, *find_energy("gaussian"));
  for (FieldComponent& c : input.components) c.mu_x += 4e5, c.mu_y -= 3e5;
  view.x0 += 4e5, view.x1 += 4e5, view.y0 -= 3e5, view.y1 -= 3e5;
  EXPECT_LE(compare(input).largest, 1);
}

TEST_F(Fields, AreDrawnOnceWhileNothingChanges) {
  const FieldInput input = field_of(3, FieldKind::responsibility, *find_energy("gaussian"));
  const FieldPalette palette = paint::field_palette(theme(), 3);
  const ImTextureID first = renderer.texture(input, view, palette);
  EXPECT_EQ(renderer.texture(input, view, palette), first);
  window.render(frame);
  EXPECT_EQ(renderer.texture(input, view, palette), first);
}

class FieldFrame : public Frame {
 public:
  FieldFrame(FieldRenderer& fields, FieldInput input, const FieldView& view)
      : fields_(fields),
        input_(std::move(input)),
        view_(view) {}
  void draw() override {
    const ImTextureID picture = fields_.texture(input_, view_, paint::field_palette(theme(), 3));
    ImGui::GetBackgroundDrawList()->AddImage(
        picture, {0, 0}, {static_cast<float>(view_.width), static_cast<float>(view_.height)});
  }

 private:
  FieldRenderer& fields_;
  FieldInput input_;
  FieldView view_;
};

// One that no frame has shown costs nothing; what a window is asked to show has it, however late.
TEST_F(Fields, AreDrawnWithTheFrameThatShowsThem) {
  for (const bool boundaries : {false, true})
    for (const Responsibility rule : {Responsibility::softmax, Responsibility::sparsemax}) {
      FieldInput input = field_of(3, FieldKind::responsibility, *find_energy("gaussian"));
      input.boundaries = boundaries, input.responsibility = rule;
      view.width = view.height = 64;
      FieldFrame shows(renderer, input, view);
      for (int i = 0; i < 3; ++i) window.render(shows);
      const std::vector<std::uint8_t> seen = window.read_pixels().rgba;
      const FieldPalette palette = paint::field_palette(theme(), 3);
      EXPECT_EQ(seen, rule == Responsibility::softmax ? renderer.pixels(input, view, palette, true)
                                                      : render_field(input, view, palette));
    }
}

TEST_F(Fields, TwoInOneFrameKeepTheirPixels) {
  FieldInput input = field_of(3, FieldKind::responsibility, *find_energy("gaussian"));
  const FieldPalette palette = paint::field_palette(theme(), 3);
  std::vector<ImTextureID> textures;
  for (int i = 0; i < 12; ++i) {
    input.temperature = 1 + i;
    textures.push_back(renderer.texture(input, view, palette));
  }
  std::ranges::sort(textures);
  EXPECT_EQ(std::ranges::adjacent_find(textures), textures.end());
}

TEST_F(Fields, RefineWhenTheyRest) {
  renderer.set_budget(0);
  const FieldInput input = field_of(16, FieldKind::responsibility, *find_energy("gaussian"));
  const FieldPalette palette = paint::field_palette(theme(), 16);
  renderer.texture(input, view, palette);
  const bool coarse = renderer.wants_frame();  // false on a machine with a graphics card
  window.render(frame);
  renderer.texture(input, view, palette);
  EXPECT_FALSE(renderer.wants_frame()) << coarse;
}

}  // namespace
}  // namespace iem::gui
