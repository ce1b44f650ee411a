// The field on the processor, the twin of the shader.
#include "core/field/field.h"
#include "core/field/field_precision.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "core/labs/kit/lab.h"
#include "tests/core/support.h"

namespace iem {
namespace {

FieldPalette palette(std::size_t k) {
  FieldPalette out;
  const std::uint32_t colours[] = {0xe06c3a, 0x3a7de0, 0x4fae5b, 0xb04fae, 0xc0a030};
  for (std::size_t j = 0; j < k; ++j) out.territory.push_back(to_oklab(rgb_from_hex(colours[j % 5])));
  out.paper = to_oklab({1, 1, 1});
  out.low = {0.6, 0.01, -0.03}, out.high = {0.97, 0, 0};
  out.ink = to_oklab({0.1, 0.1, 0.15});
  out.undecided = to_oklab({0.5, 0.5, 0.5});
  return out;
}

Mixture mixture(const std::string& energy, int k = 3) {
  MixtureOptions options;
  options.components = k;
  options.energy = find_energy(energy);
  options.shape = testing::shape_of(*options.energy);
  return Mixture(options);
}

std::array<int, 3> pixel(const std::vector<std::uint8_t>& rgba, const FieldView& view, int row, int column) {
  const auto at = static_cast<std::size_t>(4 * (row * view.width + column));
  return {rgba[at], rgba[at + 1], rgba[at + 2]};
}

TEST(Field, ResponsibilitiesAreThoseOfThePassForEveryEnergy) {
  const Dataset data = testing::cloud(60, 1);
  for (const EnergyType& energy : energies())
    for (double tau : {0.2, 1.0, 5.0}) {
      const Mixture model = mixture(energy.id);
      const Theta theta = model.pack(testing::some_components(3, CovarianceKind::full, 2));
      const Evaluation e = testing::evaluate(model, theta, tau, data);
      const FieldInput input = model.field(theta, tau, FieldKind::responsibility);
      double total = 0;
      for (Eigen::Index i = 0; i < data.size(); ++i) {
        double r[3];
        total += field_responsibilities(input, data.points(i, 0), data.points(i, 1), r);
        for (int j = 0; j < 3; ++j) EXPECT_NEAR(r[j], e.responsibilities(i, j), 1e-13) << energy.id;
      }
      EXPECT_NEAR(-total / 60, e.loss, 1e-12) << energy.id;
    }
}

TEST(Field, LogDensityAtUnitTemperatureIntegratesToOne) {
  for (const EnergyType& energy : energies()) {
    if (energy.id == "student_t") continue;  // its tails need a wider plane than a grid can cover
    if (energy.on_circle) continue;          // has no density on the plane
    const Mixture model = mixture(energy.id);
    const Theta theta = model.pack(testing::some_components(3, CovarianceKind::full, 2));
    const FieldView view{-25, 25, -25, 25, 601, 601};
    double sum = 0;
    for (double value : sample_log_density(model.field(theta, 1, FieldKind::density), view))
      sum += std::exp(value);
    EXPECT_NEAR(sum * (50.0 / 600) * (50.0 / 600), 1, 2e-3) << energy.id;
  }
}

TEST(Field, LogDensityGridHasItsCornersOnTheEdges) {
  const Mixture model = mixture("gaussian");
  const Theta theta = model.pack(testing::some_components(3, CovarianceKind::full, 2));
  const FieldInput input = model.field(theta, 1, FieldKind::density);
  const FieldView view{-1, 3, -2, 1, 5, 4};
  const auto grid = sample_log_density(input, view);
  ASSERT_EQ(grid.size(), 20u);
  double r[3];
  EXPECT_EQ(grid[0], field_responsibilities(input, -1, -2, r));
  EXPECT_EQ(grid[4], field_responsibilities(input, 3, -2, r));
  EXPECT_EQ(grid[19], field_responsibilities(input, 3, 1, r));
}

TEST(Field, ShowsAPrototypesOwnColourWhereItIsAlone) {
  const Mixture model = mixture("gaussian");
  std::vector<MixtureComponent> components(3);
  for (std::size_t j = 0; j < 3; ++j) components[j] = {20.0 * static_cast<double>(j), 0, {1, 0, 1}, 1};
  const Theta theta = model.pack(components);
  const FieldView view{-10, 50, -1, 1, 3, 1};
  const FieldPalette colours = palette(3);
  for (FieldKind kind : {FieldKind::responsibility, FieldKind::assignment}) {
    const auto rgba = render_field(model.field(theta, 1, kind), view, colours);
    for (int j = 0; j < 3; ++j) {
      const auto truth = to_bytes(to_rgb(colours.territory[static_cast<std::size_t>(j)]));
      const auto seen = pixel(rgba, view, 0, j);
      for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(seen[c], truth[c]) << j;
    }
  }
}

TEST(Field, HasItsFirstRowAtTheTop) {
  const Mixture model = mixture("gaussian", 2);
  const Theta theta = model.pack({{0, 5, {1, 0, 1}, 1}, {0, -5, {1, 0, 1}, 1}});
  const FieldView view{-1, 1, -10, 10, 1, 2};
  const FieldPalette colours = palette(2);
  const auto rgba = render_field(model.field(theta, 1, FieldKind::assignment), view, colours);
  const auto top = to_bytes(to_rgb(colours.territory[0]));
  EXPECT_EQ(pixel(rgba, view, 0, 0), (std::array<int, 3>{top[0], top[1], top[2]}));
}

TEST(Field, EveryKindIsOpaqueAndNotAllOneColour) {
  for (const EnergyType& energy : energies()) {
    const Mixture model = mixture(energy.id);
    const Theta theta = model.pack(testing::some_components(3, CovarianceKind::full, 2));
    const FieldView view{-4, 4, -4, 4, 40, 30};
    for (FieldKind kind : {FieldKind::responsibility, FieldKind::entropy, FieldKind::density,
                           FieldKind::energy, FieldKind::assignment})
      for (bool boundaries : {false, true}) {
        FieldInput input = model.field(theta, 1, kind);
        input.boundaries = boundaries;
        const auto rgba = render_field(input, view, palette(3));
        ASSERT_EQ(rgba.size(), 40u * 30 * 4);
        bool varies = false;
        for (std::size_t i = 0; i < rgba.size(); i += 4) {
          ASSERT_EQ(rgba[i + 3], 255);
          varies = varies || rgba[i] != rgba[0] || rgba[i + 1] != rgba[1];
        }
        EXPECT_TRUE(varies) << energy.id << " kind " << static_cast<int>(kind);
      }
  }
}

TEST(Field, EntropyIsPaperInsideATerritoryAndFullWhereAllAreEqual) {
  const Mixture model = mixture("gaussian", 2);
  const Theta theta = model.pack({{-6, 0, {1, 0, 1}, 1}, {6, 0, {1, 0, 1}, 1}});
  const FieldView view{-9, 9, -1, 1, 3, 1};
  const auto rgba = render_field(model.field(theta, 1, FieldKind::entropy), view, palette(2));
  EXPECT_EQ(pixel(rgba, view, 0, 0), (std::array<int, 3>{255, 255, 255}));
  const auto full = to_bytes({0.5, 0.5, 0.5});
  EXPECT_NEAR(pixel(rgba, view, 0, 1)[0], full[0], 1);
}

// The shader takes the energy's own parameters as floats.
TEST(Field, NeedsDoublesWhereAParameterIsBeyondFloats) {
  const auto suffices = [](const char* energy, double parameter) {
    FieldInput input;
    input.energy = energy;
    input.shape = {parameter};
    input.components = {{-1, 0, 1, 0, 1, 0}, {1, 0, 1, 0, 1, 0}};
    return single_precision_suffices(input, {-3, 3, -3, 3, 100, 100});
  };
  for (const double nu : {0.5, 3.0, 1e6}) EXPECT_TRUE(suffices("student_t", nu)) << nu;
  for (const double nu : {1e-300, 1e-40, 1e39, 1e300}) EXPECT_FALSE(suffices("student_t", nu)) << nu;
  EXPECT_TRUE(suffices("huber", 1.345));
  EXPECT_FALSE(suffices("huber", 1e200));
}

TEST(Field, RevisionOfTheStageChangesWithEverythingThatIsDrawn) {
  iem::Run run(load_scene("three_blobs"), testing::pool());
  const auto revision = [&](const Config& config) {
    const auto snapshot = take_snapshot(run);
    const Figure figure = lab_of(*snapshot->setup).figure("stage", *snapshot, {config, {}, {}});
    return std::get<FieldMark>(figure.panels[0].marks[0]).input->revision;
  };
  std::vector<std::uint64_t> seen;
  const auto expect_new = [&](const Config& config, const char* what) {
    const std::uint64_t now = revision(config);
    EXPECT_EQ(now, revision(config)) << what;
    EXPECT_EQ(std::find(seen.begin(), seen.end(), now), seen.end()) << what;
    seen.push_back(now);
  };
  expect_new(run.setup().config(), "start");
  run.step();
  expect_new(run.setup().config(), "a step");
  run.apply({"model.temperature", 2.0});
  expect_new(run.setup().config(), "temperature");
  run.apply({"model.energy", std::string("huber")});
  expect_new(run.setup().config(), "energy");
  run.apply({"model.huber_c", 0.7});
  expect_new(run.setup().config(), "shape");
  run.apply({"model.volume_term", false});
  expect_new(run.setup().config(), "volume term");
  Config view = run.setup().config();
  view.set("view.field", std::string("entropy"));
  expect_new(view, "kind");
  view.set("view.boundaries", false);
  expect_new(view, "boundaries");
}

// Pictures of many pixels take their bytes from a table.
TEST(Oklab, BytesOfATableAreThoseOfTheCurve) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> lightness(-0.1, 1.1), chroma(-0.3, 0.3);
  for (int i = 0; i < 200'000; ++i) {
    const Oklab c{lightness(random), chroma(random), chroma(random)};
    ASSERT_EQ(bytes_of(c), to_bytes(to_rgb(c))) << c.L << " " << c.a << " " << c.b;
  }
  for (int k = 0; k < 256; ++k) {
    const Rgb grey{k / 255.0, k / 255.0, k / 255.0};
    EXPECT_EQ(bytes_of(to_oklab(grey))[0], k);
  }
  const double none = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(bytes_of(Oklab{none, 0, 0})[0], 0);
}

}  // namespace
}  // namespace iem
