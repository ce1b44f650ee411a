// The numbers that the mixture lab shows beside formulas: inspector, strip of phases, control panel,
// captions. Each symbol and formula is evaluated from its TeX and compared with the number; each line of
// numbers adds up as it is shown.
#include "core/figure/caption.h"
#include "core/labs/kit/lab.h"
#include "core/labs/mixture/figures/formulas.h"
#include "tests/core/labs/formula_sweep.h"

namespace iem {
namespace {

using testing::all_models;
using testing::FormulaSweep;
using testing::MixtureReference;
using testing::shown_state;
using testing::TexEvaluator;

Eigen::MatrixXd one(double value) { return Eigen::MatrixXd::Constant(1, 1, value); }

// Every side is what the last one shows, to four digits.
void expect_line(FormulaSweep& sweep, TexEvaluator& e, const FormulaLine& line, const std::string& where) {
  const std::string tex = formula_tex(line);
  const std::vector<std::string> sides = testing::sides_of(tex);
  ASSERT_GE(sides.size(), 2U) << tex;
  const Eigen::MatrixXd last = TexEvaluator().value(sides.back());
  for (std::size_t i = 0; i + 1 < sides.size(); ++i) {
    const Eigen::MatrixXd side = e.value(sides[i]);
    ASSERT_EQ(side.size(), last.size()) << where << tex;
    for (Eigen::Index at = 0; at < side.size(); ++at)
      EXPECT_NEAR(side(at), last(at), 5.01e-4 * std::abs(last(at)) + 1e-8)
          << where << tex << ": " << sides[i];
    ++sweep.values;
  }
  sweep.formulas.insert(sides[0]);
  EXPECT_TRUE(testing::adds_up(line, &sweep.values)) << where;
}

void expect_inspection(FormulaSweep& sweep, TexEvaluator& e, const Inspection& shown,
                       const std::string& where) {
  for (const Inspection::Column& column : shown.table) {
    const std::string symbol = column.symbol == "\\approx" ? "\\partial L/\\partial d_j" : column.symbol;
    for (int j = 0; j < static_cast<int>(column.values.size()); ++j) {
      e.at["j"] = j;
      sweep.compare(e.value(symbol), one(column.values[static_cast<std::size_t>(j)]), where, symbol);
    }
    e.at.erase("j");
  }
  for (const Inspection::Quantity& quantity : shown.quantities) {
    const Eigen::MatrixXd value = e.value(quantity.symbol).transpose();  // row-major, as they are listed
    const Eigen::Map<const Eigen::VectorXd> listed(quantity.values.data(),
                                                   static_cast<Eigen::Index>(quantity.values.size()));
    sweep.compare(value.reshaped(), listed, where, quantity.symbol);
  }
  for (const FormulaLine& line : shown.formulas) expect_line(sweep, e, line, where);
}

void expect_point(FormulaSweep& sweep, const MixtureReference& reference, const Snapshot& s, int point,
                  const std::string& where) {
  const Lab& lab = lab_of(*s.setup);
  TexEvaluator e;
  reference.equip(e, point);
  for (const int component : {-1, 1})
    expect_inspection(sweep, e, lab.inspect(s, {ElementId::Kind::point, point}, component), where);
  for (int j = 0; j < 3; ++j)
    expect_line(sweep, e, number_formula(lab.number_line(s, point, j), "d_{" + std::to_string(j + 1) + "}"),
                where);
  for (const Phase& phase : lab.phases(s, point))
    for (int j = 0; j < static_cast<int>(phase.values.size()); ++j) {
      e.at["j"] = j;
      sweep.compare(e.value(phase.symbol), one(phase.values[static_cast<std::size_t>(j)]), where,
                    phase.symbol);
    }
}

TEST(MixtureNumbers, InspectorAndStripShowWhatTheirSymbolsAre) {
  FormulaSweep sweep;
  for (const std::string& model : all_models()) {
    const auto s = shown_state("[model]\n" + model, 3);
    const MixtureReference reference(*s);
    for (const int point : {0, 7}) expect_point(sweep, reference, *s, point, model);
    TexEvaluator e;
    reference.equip(e);
    for (int j = 0; j < 3; ++j)
      expect_inspection(sweep, e, lab_of(*s->setup).inspect(*s, {ElementId::Kind::prototype, j}, -1), model);
  }
  EXPECT_GE(sweep.formulas.size(), 40U);
  EXPECT_GT(sweep.values, 20000);
}

// With some blocks fixed the derivative by a mean is not known, and EM moves what is left.
TEST(MixtureNumbers, HoldForEveryChoiceOfLearnedBlocks) {
  FormulaSweep sweep;
  for (const char* learn : {"[]", R"(["weights"])", R"(["means"])", R"(["covariances"])"})
    for (const EnergyType& energy : energies()) {
      const std::string model = "energy = \"" + energy.id + "\"\ncovariance = \"" +
                                (energy.on_circle ? "fixed" : "diag") + "\"\nlearn = " + learn + "\n";
      const auto s = shown_state("[model]\n" + model, 2);
      const MixtureReference reference(*s);
      expect_point(sweep, reference, *s, 4, model);
      TexEvaluator e;
      reference.equip(e);
      for (int j = 0; j < 3; ++j)
        expect_inspection(sweep, e, lab_of(*s->setup).inspect(*s, {ElementId::Kind::prototype, j}, -1),
                          model);
    }
  EXPECT_GT(sweep.values, 1000);
}

// Far from everything, or cold, the exponentials leave the range of doubles, and what is shown stays true.
TEST(MixtureNumbers, HoldWhereExponentialsWouldVanish) {
  FormulaSweep sweep;
  for (const std::string model : {"temperature = 0.002\n", "temperature = 0.002\nvolume_term = false\n"}) {
    const auto s = shown_state("[model]\n" + model, 1);
    const MixtureReference reference(*s);
    int shifted = 0;
    for (int point = 0; point < 30; ++point) {
      TexEvaluator e;
      reference.equip(e, point);
      for (const Phase& phase : lab_of(*s->setup).phases(*s, point)) {
        if (phase.id == "normaliser") {
          EXPECT_GE(phase.values[0], 1e-290);
        }
        shifted += phase.symbol.find("d_*") != std::string::npos ? 1 : 0;
      }
      for (const FormulaLine& line :
           lab_of(*s->setup).inspect(*s, {ElementId::Kind::point, point}, -1).formulas)
        expect_line(sweep, e, line, model);
    }
    EXPECT_GT(shifted, 0) << model;
  }
}

// The mathematics of a caption: equations hold, and what is claimed to be EM's target is it.
void expect_caption(FormulaSweep& sweep, const MixtureReference& reference, const Figure& figure,
                    const std::string& where) {
  // Named, not given: functions of parameters that are no state, ends that are not reached yet.
  static const std::vector<std::string> kNoValue = {"\\theta",
                                                    "J^*",
                                                    "J - J^*",
                                                    "\\kappa",
                                                    "(\\mu,",
                                                    "N_j/N",
                                                    "\\mu\\cdot n",
                                                    "\\sum_j r_{ij}\\log r_{ij}",
                                                    "\\Omega(p)",
                                                    "\\partial L_i",
                                                    "\\partial L/\\partial d_j",
                                                    "H(r(x))",
                                                    "$Q$"};
  for (const CaptionPart& part : caption_parts(figure.caption)) {
    if (!part.tex || part.text.find('=') == std::string::npos) continue;
    const bool no_value =
        std::ranges::any_of(kNoValue, [&](const std::string& word) { return part.text.starts_with(word); });
    if (no_value) continue;
    TexEvaluator e;
    reference.equip(e, 5);
    sweep.claims(e, part.text, where + figure.id + " ", part.text.find("_j") != std::string::npos);
  }
}

TEST(MixtureNumbers, EquationsInCaptionsHold) {
  FormulaSweep sweep;
  for (const std::string& model : all_models()) {
    const auto s = shown_state("[model]\n" + model, 3);
    const MixtureReference reference(*s);
    for (const char* id : {"stage", "loss", "pull", "usage", "identity"}) {
      Config config = s->config();
      for (const std::string field :
           {"responsibility", "entropy", "density", "energy", "assignment", "gradient", "off"}) {
        if (std::string(id) != "stage" && field != "off") continue;
        config.set("view.field", field);
        expect_caption(sweep, reference, lab_of(*s->setup).figure(id, *s, {config, {}, {}}), model);
      }
    }
  }
  EXPECT_GE(sweep.formulas.size(), 12U);
  EXPECT_GT(sweep.values, 1000);
}

// Where `pull` and `preconditioner` say what EM's step is, it is; where there is none, nothing is said of it.
TEST(MixtureNumbers, CaptionsSayEmsStepAsItIs) {
  std::map<MeanStep, int> said;
  for (const std::string& model : all_models()) {
    const auto s = shown_state("[model]\n" + model, 3);
    const MixtureReference reference(*s);
    const MeanStep step = mean_step(static_cast<const Mixture&>(s->model()));
    TexEvaluator e;
    reference.equip(e);
    const std::string pull = lab_of(*s->setup).figure("pull", *s, {s->config(), {}, {}}).caption;
    const std::string own = lab_of(*s->setup).figure("preconditioner", *s, {s->config(), {}, {}}).caption;
    EXPECT_EQ(pull.find("Hollow") != std::string::npos, step != MeanStep::none) << model << pull;
    EXPECT_EQ(pull.find("median") != std::string::npos, step == MeanStep::median) << model << pull;
    EXPECT_EQ(own.find("Wide") != std::string::npos, step != MeanStep::none) << model << own;
    for (const std::string& caption : {pull, own})
      for (const CaptionPart& part : caption_parts(caption)) {
        if (!part.tex || part.text.find("\\Sigma") == std::string::npos) continue;
        for (int j = 0; j < (caption == pull ? 3 : 1); ++j) {
          e.at["j"] = j;
          const Eigen::Vector2d mu = s->state.theta.segment<2>(2 * j), em = s->em_target.segment<2>(2 * j);
          const Eigen::MatrixXd value = e.value(part.text);
          EXPECT_TRUE(testing::close(value, caption == pull ? em : Eigen::Vector2d(em - mu), 1e-6))
              << model << part.text;
        }
        ++said[step];
      }
  }
  EXPECT_GT(said[MeanStep::gaussian], 20);
  EXPECT_GT(said[MeanStep::reweighted], 20);
  EXPECT_EQ(said[MeanStep::median] + said[MeanStep::none], 0);
}

}  // namespace
}  // namespace iem
