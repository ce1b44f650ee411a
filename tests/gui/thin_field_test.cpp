// Fields of thin components, to condition 1e8, for every energy: what is shown is what double precision
// gives.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "app/gui/gl/field_renderer.h"
#include "app/gui/look/style.h"
#include "app/gui/shell/field_twin.h"
#include "app/gui/shell/window.h"
#include "core/energy/energy.h"
#include "core/field/field_precision.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"
#include "tests/gui/driver.h"

namespace iem::gui {
namespace {

class NoFrame : public Frame {
 public:
  void draw() override {}
};

// A field as it is shown and as the CPU draws it, on one view.
struct Twins {
  Twins() { window.render(frame); }

  // The largest difference of any channel of any pixel, in steps of 255.
  int worst(const FieldInput& input) {
    const auto shown = renderer.pixels(input, view, palette), twin = render_field(input, view, palette);
    EXPECT_EQ(shown.size(), twin.size());
    if (shown.size() != twin.size()) return 256;
    int out = 0;
    for (std::size_t i = 0; i < twin.size(); ++i) out = std::max(out, std::abs(int{shown[i]} - int{twin[i]}));
    return out;
  }

  NoFrame frame;
  Window window{headless_options(64, 64)};
  FieldRenderer renderer;
  const FieldView view{-3, 3.5, -2.5, 3, 97, 80};
  const FieldPalette palette = paint::field_palette(paint::theme(paint::ThemeId::light), 3);
};

// A component whose long axis has standard deviation 1 and points at `angle`; volume and weight in the
// offset.
FieldComponent thin(double x, double y, double angle, double condition) {
  const double c = std::cos(angle), s = std::sin(angle), small = 1 / condition;
  const double xx = c * c + small * s * s, xy = (1 - small) * c * s;
  const double l00 = std::sqrt(xx), l11 = std::sqrt(small) / l00;  // of the Cholesky factor; det = small
  FieldComponent out{x, y, 1 / l00, -xy / l00 / (l00 * l11), 1 / l11, 0};
  out.offset = -std::log(out.w00) - std::log(out.w11) + 2.5;
  return out;
}

// On one line, across each other, side by side, and one thin among round ones.
std::vector<std::vector<FieldComponent>> arrangements(double condition) {
  const double line = std::atan(2.0);
  return {{thin(-1, -2, line, condition), thin(1, 2, line, condition)},
          {thin(0, 0, 0.3, condition), thin(0.5, 0, 1.9, condition)},
          {thin(0, 0.2, 0.3, condition), thin(0, -0.2, 0.3, 3 * condition), thin(0, 0.5, 0.8, 10)},
          {thin(0, 0, 1.1, condition), thin(-2, 0, 0, 1), thin(2, 1, 0, 2)}};
}

TEST(ThinFields, MatchTheTwinForEveryEnergyAndCondition) {
  Twins twins;
  int by_shader = 0, by_twin = 0;
  for (const EnergyType& energy : energies())
    for (const double condition : {1e0, 1e2, 1e4, 1e5, 1e6, 1e7, 1e8})
      for (const auto& components : arrangements(condition))
        for (const FieldKind kind :
             {FieldKind::responsibility, FieldKind::entropy, FieldKind::density, FieldKind::energy}) {
          FieldInput input;
          input.kind = kind;
          input.energy = energy.id;
          for (const Parameter& p : energy.parameters)
            input.shape.push_back(std::get<double>(p.default_value));
          input.components = components;
          EXPECT_LE(twins.worst(input), 2)
              << energy.id << ", condition " << condition << ", kind " << static_cast<int>(kind);
          ++(single_precision_suffices(input, twins.view) ? by_shader : by_twin);
        }
  EXPECT_GT(by_shader, 100) << "ordinary fields stay on the graphics card";
  EXPECT_GT(by_twin, 100);
}

// Round components at any distance from each other and from the origin are for the shader.
TEST(ThinFields, OrdinaryFieldsNeedNoDouble) {
  FieldInput input;
  for (int j = 0; j < 5; ++j)
    input.components.push_back(thin(std::cos(2.4 * j) * j, std::sin(2.4 * j) * j, j, 3));
  for (const double away : {0.0, 4e5}) {
    FieldInput there = input;
    for (FieldComponent& c : there.components) c.mu_x += away;
    EXPECT_TRUE(single_precision_suffices(there, {away - 8, away + 8, -8, 8, 800, 800})) << away;
  }
  input.components[0].w00 = std::nan("");
  EXPECT_FALSE(single_precision_suffices(input, {-8, 8, -8, 8, 800, 800}));
}

TEST(ThinFields, TheCheckHoldsOnPerfectlyCorrelatedColumns) {
  const Scene scene =
      load_scene(std::string(IEMLAB_SOURCE_DIR) + "/tests/cases/field-of-thin-components/scene.toml");
  for (const std::int64_t steps : {0, 3, 20}) {
    const CheckResult result = field_twin(scene, steps);
    EXPECT_EQ(result.status, CheckStatus::pass) << steps << ": " << result.error << result.reason;
  }
}

// Of a large nu the shader must not lose rho^2/nu beside the 1.
TEST(ThinFields, MatchTheTwinForALargeNu) {
  Twins twins;
  for (const double nu : {0.5, 3.0, 100.0, 1e4, 1e6, 1e9}) {
    FieldInput input;
    input.energy = "student_t";
    input.shape = {nu};
    input.components = {thin(-1, 0, 0.3, 2), thin(1, 0.5, 1, 3), thin(0, -1, 0, 1)};
    for (const FieldKind kind : {FieldKind::responsibility, FieldKind::density}) {
      input.kind = kind;
      EXPECT_LE(twins.worst(input), 2) << nu;
    }
    EXPECT_TRUE(single_precision_suffices(input, twins.view)) << nu;
  }
}

// States that are finite and enormous, after a rate that is far too large.
TEST(ThinFields, TheCheckHoldsOnEnormousStates) {
  for (const char* id : {"penguins", "three_blobs"}) {
    Scene scene = load_scene(id);
    scene.config.set("optimizer.method", std::string("gd"));
    scene.config.set("optimizer.learning_rate", 100.0);
    for (const std::int64_t steps : {1, 2, 5, 20, 60})
      EXPECT_NE(field_twin(scene, steps).status, CheckStatus::fail) << id << " " << steps;
  }
}

}  // namespace
}  // namespace iem::gui
