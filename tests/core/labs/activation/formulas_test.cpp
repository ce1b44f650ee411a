// Every formula that the activation lab shows, evaluated from the definitions and held against the number
// shown with it, over kernels, kinds of hypotheses, statistics, gates, temperatures, priors and the volume
// term.
#include "core/labs/activation/figures/formulas.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/labs/activation/figures/derivation.h"
#include "core/labs/activation/figures/inspection.h"
#include "core/labs/activation/model/curves.h"
#include "tests/core/labs/activation/line_cases.h"
#include "tests/core/labs/activation/line_truth.h"
#include "tests/core/support.h"
#include "tests/support/tex_check.h"

namespace iem::testing {
namespace {

using Piece = DerivationPiece;

// "a{=}0.3\quad b{=}0.2": pieces of the derivation between gaps, each with its hypothesis (-1: none).
std::vector<std::pair<std::string, int>> equations_of(const std::vector<Piece>& pieces) {
  std::vector<std::pair<std::string, int>> out;
  for (const Piece& piece : pieces) {
    if (out.empty() || piece.gap) out.emplace_back("", piece.hypothesis);
    out.back().first += piece.kind == Piece::Kind::number ? tex_of(piece.number) : piece.tex;
  }
  return out;
}

// What is shown adds up and divides as shown, between gaps.
int expect_shown(const std::vector<Piece>& pieces, const std::string& where) {
  int held = 0;
  FormulaLine line;
  std::vector<ShownNumber> numbers;
  for (std::size_t i = 0; i <= pieces.size(); ++i) {
    if (i == pieces.size() || (pieces[i].gap && i > 0)) {
      expect_adds_up(line, where);
      EXPECT_TRUE(numbers == shown_numbers(line)) << where;
      ++held;
      line.clear(), numbers.clear();
      if (i == pieces.size()) break;
    }
    const bool number = pieces[i].kind == Piece::Kind::number;
    number ? line.emplace_back(pieces[i].number) : line.emplace_back(pieces[i].tex);
    numbers.push_back(pieces[i].shown);
  }
  return held;
}

int expect_derivation(const Snapshot& s, double z, const std::string& where) {
  Config config = s.config();
  config.set("view.at", z);
  const std::vector<DerivationStep> steps = derivation_steps(s, {config, {}, {}});
  const LineTruth truth(s, z);
  int held = 0;
  for (const DerivationStep& step : steps) {
    const std::string at = where + ", z = " + std::to_string(z) + ", " + step.title;
    for (int h = 0; h < truth.count(); ++h)
      held += expect_equations(step.formula, truth.symbols(h), at, 1e-8);
    held += expect_shown(step.numbers, at);
    for (const auto& [equation, h] : equations_of(step.numbers))
      if (equation.find("\\cdots") == std::string::npos)
        held += expect_equations(equation, truth.symbols(std::max(h, 0)), at, 1e-8);
  }
  // The first step's numbers are what its formula says; a proportion, up to one factor.
  const TexStatement first = tex_statements(steps[0].formula).at(0);
  double factor = 0;
  for (const Piece& piece : steps[0].numbers) {
    const double said = formula_value(first.sides.back(), truth.symbols(piece.hypothesis))(0, 0);
    if (first.relations[0] == "\\propto") {
      if (factor != 0) {
        EXPECT_NEAR(piece.number / said / factor, 1, 1e-9) << where << steps[0].formula;
      }
      factor = piece.number / said;
    } else if (!first.sides[0].starts_with("P(h=")) {
      EXPECT_NEAR(piece.number / said, 1, 1e-9) << where << ": " << steps[0].formula;
    } else {
      EXPECT_NEAR(piece.number, std::exp(-truth.energy(piece.hypothesis, z)), 1e-9) << where;
    }
    ++held;
  }
  // And the last number of the statistic is the activation.
  EXPECT_NEAR(steps[3].numbers.back().number, truth.activation(z), 1e-9) << where << ": " << steps[3].formula;
  return held;
}

// One of a few inputs for each of many lines. They come in sixes (line_cases.h), each six with another first,
// so that every temperature meets every input.
class Turns {
 public:
  double next() {
    const std::size_t turn = turn_++;
    return kInputs[(turn + turn / 6) % kInputs.size()];
  }

 private:
  static constexpr std::array<double, 3> kInputs = {-1.3, 0.63, 2.4};
  std::size_t turn_ = 0;
};

TEST(ActivationFormulas, TheDerivationSaysWhatItsNumbersAre) {
  int held = 0;
  Turns places_in_turn;
  for (const LineCase& each : line_cases(statistic_names())) {
    const auto snapshot = line_snapshot(each.toml);
    const double z = places_in_turn.next();
    if (LineTruth(*snapshot, z).is_smooth()) held += expect_derivation(*snapshot, z, each.name);
  }
  EXPECT_GT(held, 15000);
}

int expect_inspection(const Inspection& shown, const LineTruth& truth, const std::string& where) {
  int held = 0;
  const int chosen = std::max(shown.component, 0);
  for (const auto& column : shown.table)
    for (std::size_t j = 0; j < column.values.size(); ++j, ++held) {
      const std::string& symbol = column.symbol == "\\approx" ? shown.table[3].symbol : column.symbol;
      expect_value(symbol, column.values[j], truth.symbols(static_cast<int>(j)), where);
    }
  for (const Inspection::Quantity& quantity : shown.quantities) {
    if (!truth.is_smooth() && quantity.label == "slope") continue;
    expect_value(quantity.symbol, quantity.values.at(0), truth.symbols(chosen), where, 1e-7);
    ++held;
  }
  TexSymbols symbols = truth.symbols(chosen);
  for (const auto& line : shown.formulas) {
    EXPECT_NE(tex_of(line), "") << where << ": a line with a number that is not finite";
    // Z is the sum that its line says, which the next ones speak of.
    if (line.front().tex.starts_with("Z")) symbols.number("Z", line.back().number);
    held += expect_equations(tex_of(line), symbols, where);
    expect_adds_up(line, where);
  }
  return held;
}

TEST(ActivationFormulas, TheInspectorSaysWhatItsNumbersAre) {
  int held = 0;
  for (const LineCase& each : line_cases({"mean"})) {
    const auto snapshot = line_snapshot(each.toml);
    for (const double z : {-1.3, 0.63, 2.4})
      for (int h = -1; h < LineTruth(*snapshot, z).count(); ++h)
        held += expect_inspection(inspect_place(*snapshot, z, h), LineTruth(*snapshot, z), each.name);
  }
  EXPECT_GT(held, 5000);
}

// Where e^{-d/tau} is no number any more, the inspector takes the least energy off first, and says so.
TEST(ActivationFormulas, TheInspectorsNumbersAreFiniteInTheColdAndFarOut) {
  for (const char* model :
       {"hypotheses = \"gate\"\ntemperature = 1e-3\n", "temperature = 1e-3\n", "scale = 0.01\n"})
    for (const double z : {-3.0, -0.8, 0.8, 3.0}) {
      const auto snapshot = line_snapshot(model);
      const Inspection shown = inspect_place(*snapshot, z, -1);
      EXPECT_GT(expect_inspection(shown, LineTruth(*snapshot, z), model), 10);
    }
}

}  // namespace
}  // namespace iem::testing
