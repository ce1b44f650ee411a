// Every formula that the layer lab shows, evaluated from the definitions and held against the numbers shown
// with it: distances, terms and their weights, the read-out, temperatures.
#include <gtest/gtest.h>

#include <cmath>

#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"
#include "tests/core/labs/layer/truth.h"
#include "tests/core/support.h"
#include "tests/support/tex_check.h"

namespace iem::testing {
namespace {

constexpr double kLayerSlopes = 1e-6;  // what differences leave

std::vector<std::string> shown_layers() {
  std::vector<std::string> out;
  for (const char* distance : {"abs", "square", "relu", "softplus"})
    for (const char* tau : {"1.0", "0.6"})
      for (const char* terms :
           {"", "variance_weight = 1.0\n",
            "lse_weight = 0.5\nvariance_weight = 0.3\ndecorrelation_weight = 2.0\n",
            "lse_weight = 0.0\nvariance_weight = 1.0\ndecorrelation_weight = 1.0\n",
            "orthogonality_weight = 0.7\n", "readout = true\nreadout_weight = 1.0\n",
            "readout = true\nreadout_weight = 0.5\ncalibrate = false\nvariance_weight = 0.2\n"})
        out.push_back("units = 4\ndistance = \"" + std::string(distance) + "\"\ntemperature = " + tau + "\n" +
                      terms);
  return out;
}

std::shared_ptr<const Snapshot> shown_layer(const std::string& model) {
  iem::Run run(parse_scene("format = 1\nlab = \"layer\"\nseed = 5\n[data]\nsource = \"moons\"\ncount = 24\n"
                           "noise = 0.2\n[model]\n" +
                               model + "[optimizer]\nmethod = \"gd\"\nlearning_rate = 0.02\n",
                           "s.toml"),
               pool());
  run.seek(2);
  return take_snapshot(run);
}

TEST(LayerFormulas, InspectorAndStripShowWhatTheirSymbolsAre) {
  int held = 0;
  for (const std::string& model : shown_layers()) {
    const auto s = shown_layer(model);
    const LayerTruth truth(*s);
    const Lab& lab = lab_of(*s->setup);
    for (const int point : {0, 5}) {
      for (const int unit : {-1, 2}) {
        const Inspection shown = lab.inspect(*s, {ElementId::Kind::point, point}, unit);
        TexSymbols symbols = truth.symbols(point, shown.component);
        symbols.values.erase("b_2");  // here b_2 is that of the second unit
        for (const FormulaLine& line : shown.formulas) {
          held += expect_equations(tex_of(line), symbols, model, kLayerSlopes);
          expect_adds_up(line, model);
        }
        for (const Inspection::Column& column : shown.table)
          for (std::size_t j = 0; j < column.values.size(); ++j, ++held)
            expect_value(column.symbol == "\\approx" ? "\\partial L/\\partial d_j" : column.symbol,
                         column.values[j], truth.symbols(point, static_cast<int>(j)), model, kLayerSlopes);
      }
      for (const Phase& phase : lab.phases(*s, point))
        for (std::size_t j = 0; j < phase.values.size(); ++j, ++held)
          expect_value(phase.symbol, phase.values[j], truth.symbols(point, static_cast<int>(j)),
                       model + phase.id, kLayerSlopes);
    }
    for (int unit = 0; unit < truth.units(); ++unit)
      for (const Inspection::Quantity& shown :
           lab.inspect(*s, {ElementId::Kind::prototype, unit}, -1).quantities) {
        TexSymbols symbols = truth.symbols(0, unit);
        symbols.values.erase("b_2");
        const TexValue value = formula_value(shown.symbol, symbols);
        ASSERT_EQ(value.size(), static_cast<Eigen::Index>(shown.values.size())) << model << shown.symbol;
        for (std::size_t at = 0; at < shown.values.size(); ++at, ++held)
          EXPECT_NEAR(value.reshaped()[static_cast<Eigen::Index>(at)], shown.values[at],
                      2e-6 * std::max(1.0, std::abs(shown.values[at])))  // V_j: with its 10^-6 or without
              << model << shown.symbol;
      }
  }
  EXPECT_GT(held, 5000);
}

TEST(LayerFormulas, ThePanelSaysWhatIsComputed) {
  int held = 0;
  for (const std::string& model : shown_layers()) {
    const auto s = shown_layer(model);
    const LayerTruth truth(*s);
    EXPECT_NEAR(truth.loss(), s->evaluation.loss, 1e-10 * std::max(1.0, std::abs(s->evaluation.loss)))
        << model;
    const Lab& lab = lab_of(*s->setup);
    for (const int unit : {0, 3})
      held += expect_equations(lab.formula(Group::model, s->config()), truth.symbols(3, unit), model);
    held += expect_equations(lab.formula(Group::objective, s->config()), truth.symbols(0, 0), model);
  }
  EXPECT_GT(held, 200);
}

// Each equation of a caption, to the four digits that its numbers have. That of a line says where it is.
TEST(LayerFormulas, EquationsInCaptionsHold) {
  int held = 0;
  for (const std::string& model : shown_layers()) {
    const auto s = shown_layer(model);
    const LayerTruth truth(*s);
    const Lab& lab = lab_of(*s->setup);
    Config config = s->config();
    config.set("view.pinned", std::int64_t{2});
    for (const char* id : {"loss", "usage", "responsibilities", "stage", "clamp"}) {
      Figure figure = lab.figure(id, *s, {config, {}, {}});
      for (const char* place : {"$w_j\\cdot x+b_j=0$", "$z_j=1$"})
        if (const auto at = figure.caption.find(place); at != std::string::npos)
          figure.caption.erase(at, std::string(place).size());
      held += expect_caption(figure, truth.symbols(2, 1), model, 6e-4);
    }
  }
  EXPECT_GT(held, 300);
}

}  // namespace
}  // namespace iem::testing
