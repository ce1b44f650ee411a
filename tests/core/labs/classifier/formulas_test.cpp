// Every formula that the classifier lab shows, evaluated from the definitions and held against the numbers
// shown with it: energies, objectives, responsibilities, doubts, missing labels, temperatures.
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

#include "core/base/error.h"
#include "core/figure/caption.h"
#include "core/labs/kit/lab.h"
#include "tests/core/labs/classifier/cases.h"
#include "tests/core/labs/classifier/truth.h"
#include "tests/support/tex_check.h"

namespace iem::testing {
namespace {

constexpr double kClassSlopes = 2e-7;  // what differences leave

struct ShownClassifier {
  std::string model;
  std::shared_ptr<const Snapshot> snapshot;
  bool missing = false;  // some points have no label
};

std::vector<std::string> shown_models() {
  std::vector<std::string> out;
  std::vector<std::string> heads = {"energy = \"linear\"\n"};
  for (const EnergyType& energy : energies())
    for (const char* covariance : {"full", "tied", "fixed"})
      if (!energy.on_circle || std::string(covariance) == "fixed")
        heads.push_back("energy = \"" + energy.id + "\"\ncovariance = \"" + covariance + "\"\n");
  for (const std::string& head : heads) {
    const bool linear = head.find("linear") != std::string::npos;
    out.push_back(head + "objective = \"sigmoid\"\nmargin = 0.7\n");
    for (const char* rest : {"", "temperature = 0.7\n", "background = true\nbackground_energy = 2.5\n",
                             "temperature = 1.6\nbackground = true\n", "responsibility = \"sparsemax\"\n",
                             "responsibility = \"entmax15\"\nbackground = true\n", "label_trust = 0.8\n",
                             "label_trust = 0.7\nlearn_confusion = true\ntemperature = 0.8\n"}) {
      out.push_back(head + rest);
      if (linear) continue;
      out.push_back(head + rest + "discriminative = 0.0\nunlabelled_weight = 0.4\n");
      out.push_back(head + rest + "discriminative = 0.6\nvolume_term = false\n");
    }
  }
  return out;
}

std::vector<ShownClassifier> shown_classifiers() {
  std::vector<ShownClassifier> out;
  for (const std::string& model : shown_models()) {
    const bool missing = model.find("sigmoid") == std::string::npos;
    iem::Run run(classifier_scene(labelled_points(missing) + "[model]\n" + model +
                                  "[optimizer]\nlearning_rate = 0.05\n"),
                 pool());
    run.seek(2);
    out.push_back({model, take_snapshot(run), missing});
  }
  return out;
}

TEST(ClassifierFormulas, InspectorAndStripShowWhatTheirSymbolsAre) {
  int held = 0;
  for (const ShownClassifier& each : shown_classifiers()) {
    const Snapshot& s = *each.snapshot;
    const ClassifierTruth truth(s);
    const Lab& lab = lab_of(*s.setup);
    for (const int point : {0, 1, 6}) {
      for (const int component : {-1, 1}) {
        const Inspection shown = lab.inspect(s, {ElementId::Kind::point, point}, component);
        const TexSymbols symbols = truth.symbols(point, shown.component);
        for (const FormulaLine& line : shown.formulas) {
          held += expect_equations(tex_of(line), symbols, each.model, kClassSlopes);
          expect_adds_up(line, each.model);
        }
        for (const Inspection::Column& column : shown.table)
          for (std::size_t j = 0; j < column.values.size(); ++j, ++held)
            expect_value(column.symbol, column.values[j], truth.symbols(point, static_cast<int>(j)),
                         each.model, kClassSlopes);
      }
      for (const Phase& phase : lab.phases(s, point))
        for (std::size_t j = 0; j < phase.values.size(); ++j, ++held)
          expect_value(phase.symbol, phase.values[j], truth.symbols(point, static_cast<int>(j)),
                       each.model + phase.id, kClassSlopes);
    }
    for (int j = 0; j < 3; ++j)
      for (const Inspection::Quantity& shown :
           lab.inspect(s, {ElementId::Kind::prototype, j}, -1).quantities) {
        const TexValue value = formula_value(shown.symbol, truth.symbols(0, j)).transpose();
        ASSERT_EQ(value.size(), static_cast<Eigen::Index>(shown.values.size())) << each.model << shown.symbol;
        for (std::size_t at = 0; at < shown.values.size(); ++at, ++held)
          EXPECT_NEAR(value.reshaped()[static_cast<Eigen::Index>(at)], shown.values[at],
                      kClassSlopes * std::max(1.0, std::abs(shown.values[at])))
              << each.model << shown.symbol;
      }
  }
  EXPECT_GT(held, 20000);
}

TEST(ClassifierFormulas, ThePanelSaysWhatIsComputed) {
  int held = 0;
  for (const ShownClassifier& each : shown_classifiers()) {
    const Snapshot& s = *each.snapshot;
    const ClassifierTruth truth(s);
    EXPECT_NEAR(truth.loss(), s.evaluation.loss, 1e-10 * std::max(1.0, std::abs(s.evaluation.loss)))
        << each.model;
    const Lab& lab = lab_of(*s.setup);
    for (const int point : {0, 4})
      for (int j = 0; j < 3; ++j) {
        TexSymbols symbols = truth.symbols(point, j);
        if (s.config().text("model.energy") == "cosine")  // here it is the energy's own
          symbols.number("\\kappa", s.config().real("model.kappa"));
        held += expect_equations(lab.formula(Group::model, s.config()), symbols, each.model);
      }
    held += expect_equations(lab.formula(Group::objective, s.config()), truth.symbols(0, 0), each.model);
  }
  EXPECT_GT(held, 2000);
}

// Each equation of a caption, to the four digits that its numbers have.
TEST(ClassifierFormulas, EquationsInCaptionsHold) {
  int held = 0;
  for (const ShownClassifier& each : shown_classifiers()) {
    const Snapshot& s = *each.snapshot;
    const ClassifierTruth truth(s);
    // Where exponentials would vanish they are read as 0, and no logarithm of that is anything.
    double farthest = 0;
    for (int i = 0; i < s.data().size(); ++i)
      farthest = std::max(farthest, truth.energies(i).cwiseAbs().maxCoeff() / s.temperature);
    if (farthest > 500) continue;
    const Lab& lab = lab_of(*s.setup);
    Config config = s.config();
    for (const char* id : {"loss", "identity", "clamp", "generative", "residuals", "confusion"})
      for (const int point : {0, 1}) {  // with a label and without, for which there is no L*
        if (point == 1 && std::string(id) == "loss") continue;
        config.set("view.pinned", std::int64_t{point});
        const Figure figure = lab.figure(id, s, {config, {}, {}});
        held += expect_caption(figure, truth.symbols(point, 2), each.model, 6e-4);
        for (const Panel& panel : figure.panels)
          if (point == 0 || std::string(id) == "clamp")  // the title of all is that of points with a label
            held += expect_equations(panel.title_tex, truth.symbols(point, 2), each.model + id, kClassSlopes);
      }
    for (const char* field : {"responsibility", "entropy", "assignment", "density", "energy"}) {
      config.set("view.field", std::string(field));
      held += expect_caption(lab.figure("stage", s, {config, {}, {}}), truth.symbols(3, 1), each.model, 6e-4);
    }
  }
  EXPECT_GT(held, 3000);
}

// r* d summed over points and classes, of the parameters of `theta`.
double surrogate(const Snapshot& s, const Theta& theta) {
  const Classifier& model = classifier_in(s);
  double sum = 0;
  for (Eigen::Index i = 0; i < s.data().size(); ++i) {
    const double x = s.data().points(i, 0), y = s.data().points(i, 1);
    const auto here = model.row(s.state.theta, s.temperature, x, y, s.data().labels[i]);
    const auto there = model.row(theta, s.temperature, x, y, s.data().labels[i]);
    for (std::size_t j = 0; j < here.clamped.size(); ++j) sum += here.clamped[j] * there.d[j];
  }
  return sum;
}

std::shared_ptr<const Snapshot> ruled_classifier(const std::string& model, const std::string& rule) {
  iem::Run run(classifier_scene(labelled_points(true) + "[model]\n" + model + "[optimizer]\nmethod = \"" +
                                rule + "\"\n" + (rule == "em" ? "reg_covar = 0.0\n" : "")),
               pool());
  run.seek(2);
  return take_snapshot(run);
}

// The lowest place of the sum that the panel names, or the weighted mean.
TEST(ClassifierFormulas, EmsStepIsWhatThePanelSays) {
  int lowest = 0, weighted = 0;
  for (const EnergyType& energy : energies())
    for (const char* covariance : {"full", "diag", "spherical", "tied"}) {
      if (energy.on_circle) continue;
      const std::string model = "energy = \"" + energy.id + "\"\ncovariance = \"" + covariance +
                                "\"\ndiscriminative = 0.0\nunlabelled_weight = 0.3\n";
      std::shared_ptr<const Snapshot> s;
      try {
        s = ruled_classifier(model, "em");
      } catch (const InputError&) {
        continue;  // it has no M-step, and says so
      }
      const std::string tex = lab_of(*s->setup).formula(Group::learning, s->config());
      if (tex.find("arg\\min") != std::string::npos) {
        const double least = surrogate(*s, s->next);
        for (Eigen::Index at = 0; at < s->next.size(); ++at)
          for (const double by : {-1e-3, 1e-3}) {
            Theta theta = s->next;
            theta[at] += by;
            EXPECT_GE(surrogate(*s, theta), least - 1e-9 * std::abs(least)) << model << at;
          }
        ++lowest;
        continue;
      }
      const ClassifierTruth truth(*s);
      const TexStatement mean = tex_statements(tex).at(0);
      ASSERT_EQ(mean.sides.size(), 2U) << tex;
      for (int j = 0; j < 3; ++j, ++weighted) {
        const TexSymbols symbols = truth.symbols(0, j);
        const TexValue next = formula_value("\\mu_j", symbols) + formula_value("\\Delta\\mu_j", symbols);
        EXPECT_TRUE(close(formula_value(mean.sides[1], symbols), next, 2e-6)) << model << tex;
      }
    }
  EXPECT_GE(lowest, 5);
  EXPECT_GE(weighted, 24);
}

TEST(ClassifierFormulas, BohningsStepIsWhatThePanelSays) {
  for (const char* tau : {"1.0", "0.4"}) {
    const auto s = ruled_classifier("temperature = " + std::string(tau) + "\n", "bohning");
    const ClassifierTruth truth(*s);
    TexSymbols symbols = truth.symbols(0, 0);
    const Eigen::Index k = 3;
    Eigen::MatrixXd moved(k, 3), gradient(k, 3);
    const Theta change = s->next - s->state.theta;
    for (int j = 0; j < k; ++j) {
      moved.row(j) << change[2 * j], change[2 * j + 1], change[2 * k + j];
      gradient.row(j) << formula_value("\\partial J/\\partial w_j", truth.symbols(0, j)).transpose(),
          formula_value("\\partial J/\\partial b_j", truth.symbols(0, j));
    }
    symbols.literals["\\Delta(W,b)"] = [moved](const TexPlace&) -> TexValue { return moved; };
    symbols.literals["\\partial J/\\partial(W,b)"] = [gradient](const TexPlace&) -> TexValue {
      return gradient;
    };
    const std::string tex = lab_of(*s->setup).formula(Group::learning, s->config());
    const std::vector<TexStatement> said = tex_statements(tex);
    ASSERT_EQ(said.size(), 2U) << tex;
    const Eigen::MatrixXd moments = formula_value(said[1].sides.at(1), symbols);
    symbols.literals["S^+"] = [moments](const TexPlace&) -> TexValue { return moments.inverse(); };
    EXPECT_TRUE(close(formula_value(said[0].sides.at(1), symbols), moved, 1e-6)) << tex;
  }
}

}  // namespace
}  // namespace iem::testing
