// What the activation lab's figures and controls say in formulas, against the curves and the steps they show:
// labels, titles, captions, the panel's formulas, the learning rules.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/labs/activation/figures/derivation.h"
#include "core/labs/activation/model/curves.h"
#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"
#include "tests/core/labs/activation/line_cases.h"
#include "tests/core/labs/activation/line_truth.h"
#include "tests/core/support.h"
#include "tests/support/tex_check.h"

namespace iem::testing {
namespace {

constexpr double kLineSlopes = 1e-7;  // what differences of differences leave

// Samples of a curve at which formulas are evaluated.
std::vector<std::size_t> some_of(const Values& x) { return {x.size() / 5, x.size() / 2, 3 * x.size() / 4}; }

// Every sample of y is the formula's value there.
bool is_value_of(const std::string& tex, const Snapshot& s, const Values& x, const Values& y) {
  return std::ranges::all_of(some_of(x), [&](std::size_t i) {
    const LineTruth truth(s, x[i]);
    // Where the posterior is certain, a rate is a quotient of what rounding has left.
    const bool certain = std::ranges::max(truth.responsibilities(x[i])) > 1 - 1e-6;
    if (!truth.is_smooth() || std::isnan(y[i]) || (certain && tex.find("Cov") != std::string::npos))
      return true;
    const double value = formula_value(tex, truth.symbols(0))(0, 0);
    return std::abs(value - y[i]) <= kLineSlopes * std::max(1.0, std::abs(value));
  });
}

// A formula in a panel names a curve, the edge of an area, or the place where it stands.
bool names_something(const std::string& tex, double x, const Panel& panel, const Snapshot& s) {
  if (const double place = formula_value(tex, LineTruth(s, 0.3).symbols(0))(0, 0); place == x) return true;
  return std::ranges::any_of(panel.marks, [&](const Mark& mark) {
    if (const auto* line = std::get_if<Line>(&mark))
      return line->x.size() > 5 && is_value_of(tex, s, line->x, line->y);
    if (const auto* band = std::get_if<Band>(&mark)) return is_value_of(tex, s, band->x, band->upper);
    return false;
  });
}

int expect_panel(const Panel& panel, const Snapshot& s, const std::string& where) {
  int held = 0;
  try {
    // J is a number a step; an equation is held elsewhere.
    if (!panel.title_tex.empty() && panel.title_tex != "J" &&
        panel.title_tex.find('=') == std::string::npos) {
      EXPECT_TRUE(names_something(panel.title_tex, NAN, panel, s)) << where << ", title " << panel.title_tex;
      ++held;
    }
    for (const Mark& mark : panel.marks) {
      if (const auto* line = std::get_if<Line>(&mark); line && line->label_tex) {
        EXPECT_TRUE(is_value_of(line->label, s, line->x, line->y)) << where << ", label " << line->label;
        ++held;
      }
      if (const auto* text = std::get_if<Text>(&mark); text && text->tex) {
        EXPECT_TRUE(names_something(text->text, text->x, panel, s)) << where << ", text " << text->text;
        ++held;
      }
    }
  } catch (const TexError& error) {
    ADD_FAILURE() << where << ": " << error.what();
  }
  return held;
}

int expect_figures(const Snapshot& s, const std::string& where) {
  const Lab& lab = lab_of(*s.setup);
  const LineTruth truth(s, 0.63);
  int held = 0;
  for (const FigureType& type : lab.figures()) {
    // Other kernels than the scene's, and the five panels that have figures of their own.
    if (type.id == "family" || type.id == "derivation") continue;
    const Figure figure = lab.figure(type.id, s, {s.config(), {}, {}});
    for (const Panel& panel : figure.panels) held += expect_panel(panel, s, where + ", " + type.id);
    for (int h = 0; h < truth.count(); ++h)
      held += expect_caption(figure, truth.symbols(h), where, kLineSlopes);
  }
  for (int h = 0; h < truth.count(); ++h) {
    const TexSymbols symbols = truth.symbols(h);
    held += expect_equations(lab.identity_text().equation, symbols, where);
    for (const Group group : {Group::hypotheses, Group::energy})
      held += expect_equations(lab.formula(group, s.config()), symbols, where);
    for (const TexStatement& said : tex_statements(lab.formula(Group::hypotheses, s.config()))) {
      if (said.relations.empty() || said.relations[0] != "\\sim") continue;
      const std::string letter = said.sides[0].substr(said.sides[0].size() - 1);
      held += expect_equations("p(z\\mid " + letter + ")=" + said.sides[1], symbols, where);
    }
  }
  return held;
}

const char* const kFew = "[view]\nsamples = 41\nz = [-3.1, 3.3]\nat = 0.63\n";

TEST(ActivationPanels, FormulasInFiguresNameWhatIsDrawn) {
  int held = 0;
  for (const LineCase& each : line_cases(statistic_names()))
    held += expect_figures(*line_snapshot(each.toml, kFew), each.name);
  EXPECT_GT(held, 20000);
}

TEST(ActivationPanels, TheObjectiveIsTheLossAndItsUnitIsThatOfALikelihood) {
  int held = 0, in_nats = 0;
  for (const LineCase& each : line_cases({"mean"})) {
    const auto s = line_snapshot(each.toml, std::string(kLinePoints) + kFew);
    const Lab& lab = lab_of(*s->setup);
    if (!s->evaluation.has_loss) {
      EXPECT_EQ(lab.loss_unit(s->config()), "") << each.name;
      continue;
    }
    const LineTruth truth(*s, 0.63);
    held += expect_equations(lab.formula(Group::objective, s->config()) + "=" + tex_of(s->evaluation.loss),
                             truth.symbols(0), each.name);
    held += expect_figures(*s, each.name);
    // In nats where it is the mean of minus the logarithm of a density: one that integrates to 1.
    double mass = 0;
    for (double z = -60; z < 60; z += 0.05) mass += 0.05 * std::exp(truth.log_partition(z));
    const bool density = std::abs(mass - 1) < 0.02;
    EXPECT_EQ(lab.loss_unit(s->config()) == "nats", density) << each.name << " has mass " << mass;
    in_nats += density ? 1 : 0;
  }
  EXPECT_GT(held, 1000);
  EXPECT_GT(in_nats, 10);
}

TEST(ActivationPanels, AGateHasNoRuleAndSaysHowItIsOpen) {
  const auto logistic = line_snapshot("hypotheses = \"gate\"\n"),
             gaussian = line_snapshot("hypotheses = \"gate\"\nenergy = \"gaussian\"\n");
  for (const auto& s : {logistic, gaussian})
    EXPECT_EQ(lab_of(*s->setup).formula(Group::learning, s->config()), "");
  const auto remark = [](const Snapshot& s) {
    return lab_of(*s.setup).inspect(s, {ElementId::Kind::prototype, 1}, -1).remark;
  };
  EXPECT_NE(remark(*logistic).find("log-odds"), std::string::npos);
  EXPECT_EQ(remark(*gaussian).find("log-odds"), std::string::npos);
  // Nor does the reason why it has no scale speak of log-odds, which only one of them has.
  const Config& config = gaussian->config();
  EXPECT_EQ(config.unavailable_reason("model.scale").find("log-odds"), std::string::npos);
  EXPECT_NE(config.unavailable_reason("model.scale"), "");
}

// What a scene says of its learning is not said where it learns nothing any more.
TEST(ActivationPanels, ALessonIsOverWhereNothingIsLearned) {
  const iem::Run opened(load_scene("two_bumps"), pool());
  const auto remarks_of = [&](const char* hypotheses) {
    Scene scene = load_scene("two_bumps");
    scene.config.set("model.hypotheses", std::string(hypotheses));
    if (std::string(hypotheses) == "gate") scene.config.set("optimizer.method", std::string("gd"));
    const auto s = take_snapshot(iem::Run(scene, pool()));
    s->opening = opening_of(opened);
    std::string all;
    for (const std::string& words : derivation_remarks(*s, {s->config(), {}, {}}, s->setup->scene.look_for))
      all += words;
    return all;
  };
  EXPECT_NE(remarks_of("sign").find("steepens"), std::string::npos);
  EXPECT_EQ(remarks_of("gate").find("steepens"), std::string::npos);
  // A scene that has never had points goes on.
  const auto tanh = take_snapshot(iem::Run(load_scene("tanh"), pool()));
  EXPECT_EQ(derivation_remarks(*tanh, {tanh->config(), {}, {}}, tanh->setup->scene.look_for).size(), 1u);
}

// What is said of the curve far out is what it does there.
TEST(ActivationPanels, WordsOfTheCurveFarOutAreTrue) {
  for (const char* prior : {"0.5", "0.2"})
    for (const char* tau : {"1.0", "0.5", "2.5"})
      for (const char* energy : {"laplace", "student_t"}) {
        const auto s =
            line_snapshot("energy = \"" + std::string(energy) + "\"\nm = 0.8\nscale = 0.9\nprior = " + prior +
                              "\ntemperature = " + tau + "\n",
                          kFew);
        const std::string words = words_and_curve(activation_curves(*s, s->config()));
        const double end = LineTruth(*s, 0).mean(1e9), other = LineTruth(*s, 0).mean(-1e9);
        EXPECT_EQ(words.find("overview"), std::string::npos) << words;
        const auto says = [&](double number) {
          return words.find(format_number(number, 4)) != std::string::npos;
        };
        if (std::string(energy) == "student_t") {
          EXPECT_NEAR(end, other, 1e-6);
          EXPECT_TRUE(std::string(prior) == "0.5" ? words.find(" 0, like 1/z") != std::string::npos
                                                  : says(end))
              << words;
        } else {
          EXPECT_TRUE(says(end) && says(std::string(prior) == "0.5" ? end : other)) << words;
        }
      }
}

}  // namespace
}  // namespace iem::testing
