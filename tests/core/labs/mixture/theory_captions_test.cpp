// What the captions of bound, landscape, simplex and convergence say, evaluated from the definitions and held
// against what the figures draw.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/figure/tex_value.h"
#include "core/labs/kit/lab.h"
#include "core/labs/mixture/figures/stage_layers.h"
#include "core/math/linear_algebra.h"
#include "tests/core/labs/formula_sweep.h"
#include "tests/core/optimize/rule_support.h"
#include "tests/support/tex_check.h"

namespace iem::testing {
namespace {

template <class M>
std::vector<const M*> drawn(const Figure& figure, const std::string& series) {
  std::vector<const M*> out;
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks)
      if (const M* m = std::get_if<M>(&mark); m && m->series == series) out.push_back(m);
  return out;
}

Figure theory(const Snapshot& s, const std::string& id, Config view) {
  return lab_of(*s.setup).figure(id, s, View{std::move(view), {}, {}});
}
Figure theory(const Snapshot& s, const std::string& id) { return theory(s, id, s.config()); }

// The state with other parameters.
Snapshot moved_to(const Snapshot& s, const Theta& theta) {
  Snapshot out = s;
  out.state.theta = theta;
  return out;
}

// E_q[d], what being undecided costs, and Q or F by the words of the caption, of responsibilities q and
// energies d, points in rows.
TexSymbols bound_symbols(const Snapshot& s, const MixtureReference& energies, const Eigen::MatrixXd& q) {
  double expected = 0, entropy = 0, omega = 0;
  const auto n = static_cast<double>(q.rows());
  for (int i = 0; i < q.rows(); ++i) {
    for (int j = 0; j < q.cols(); ++j) {
      expected += q(i, j) * energies.energy(i, j) / n;
      entropy -= q(i, j) > 0 ? q(i, j) * std::log(q(i, j)) / n : 0;
    }
    omega += MixtureReference::regulariser(s.config().text("model.responsibility"), q.row(i).transpose()) / n;
  }
  TexSymbols out;
  out.number("\\tau", s.temperature);
  for (const auto& [tex, value] :
       {std::pair{"\\mathrm{E}_r[d(\\theta)]", expected}, std::pair{"\\mathrm{E}_q[d]", expected},
        std::pair{"H(r)", entropy}, std::pair{"H(q)", entropy}, std::pair{"\\Omega(r)", omega},
        std::pair{"\\Omega(q)", omega}})
    out.literals[tex] = [value = value](const TexPlace&) { return tex_number(value); };
  return out;
}

// The equation of a caption whose left side is this one.
std::string said_of(const Figure& figure, const std::string& left) {
  for (const CaptionPart& part : caption_parts(figure.caption))
    if (part.tex && tex_without_space(part.text).starts_with(left + "=")) return part.text;
  return {};
}

const std::vector<std::string> kBoundModels = {"",
                                               "covariance = \"tied\"\ntemperature = 2.0",
                                               "energy = \"student_t\"",
                                               "energy = \"laplace\"\ncovariance = \"diag\"",
                                               "responsibility = \"sparsemax\"",
                                               "responsibility = \"entmax15\"\ntemperature = 0.5"};

TEST(TheoryCaptions, TheBoundIsWhatItsCaptionSays) {
  int curve = 0, half_steps = 0;
  for (const std::string& text : kBoundModels) {
    iem::Run run = rule_run_with("em", "reg_covar = 0.0", text);
    run.seek(2);
    const auto s = take_snapshot(run);
    const Figure figure = theory(*s, "bound");
    const std::string q_said = said_of(figure, "Q(\\theta\\mid\\theta_t)"),
                      f_said = said_of(figure, "F(q,\\theta)");
    ASSERT_NE(q_said, "") << figure.caption;
    ASSERT_NE(f_said, "") << figure.caption;
    const Eigen::MatrixXd here = MixtureReference(*s).shares();
    const Line &j = *drawn<Line>(figure, "J")[0], &q = *drawn<Line>(figure, "Q")[0];
    for (std::size_t i = 0; i < q.x.size(); i += 8, ++curve) {
      const Snapshot there = moved_to(*s, s->state.theta + q.x[i] * (s->em_target - s->state.theta));
      const MixtureReference reference(there);
      EXPECT_NEAR(reference.loss(), j.y[i], 1e-8 * std::max(1.0, std::abs(j.y[i]))) << text;
      if (!std::isfinite(q.y[i])) continue;
      TexSymbols symbols = bound_symbols(*s, reference, here);
      symbols.literals["Q(\\theta\\mid\\theta_t)"] = [&](const TexPlace&) { return tex_number(q.y[i]); };
      curve += expect_equations(q_said, symbols, "bound " + text, 1e-8);
    }
    const Line& f = *drawn<Line>(figure, "free energy")[0];
    for (std::size_t i = 0; i < f.y.size(); ++i) {
      run.seek(2 + static_cast<std::int64_t>(i / 2));
      const auto e_step = take_snapshot(run);
      run.seek(2 + static_cast<std::int64_t>((i + 1) / 2));
      const auto m_step = take_snapshot(run);
      TexSymbols symbols = bound_symbols(*s, MixtureReference(*m_step), MixtureReference(*e_step).shares());
      symbols.literals["F(q,\\theta)"] = [&](const TexPlace&) { return tex_number(f.y[i]); };
      half_steps += expect_equations(f_said, symbols, "free energy " + text, 1e-7);
    }
  }
  EXPECT_GT(curve, 60);
  EXPECT_EQ(half_steps, 17 * static_cast<int>(kBoundModels.size()));
}

// The Omega of a sparse responsibility, as the caption writes it.
TEST(TheoryCaptions, TheBoundWritesItsRegulariser) {
  int held = 0;
  for (const std::string rule : {"sparsemax", "entmax15"}) {
    const auto s =
        shown_state("[model]\nresponsibility = \"" + rule + "\"\n[optimizer]\nmethod = \"em\"\n", 1);
    const std::string said = said_of(theory(*s, "bound"), "\\Omega(p)");
    ASSERT_NE(said, "");
    const Eigen::MatrixXd r = MixtureReference(*s).shares();
    for (int i = 0; i < r.rows(); ++i) {
      TexSymbols symbols;
      symbols.ranges["j"] = {0, 1, 2};
      symbols.values["p"] = [&](const TexPlace& at) { return tex_number(r(i, at.index.at(0))); };
      const double omega = MixtureReference::regulariser(rule, r.row(i).transpose());
      symbols.literals["\\Omega(p)"] = [omega](const TexPlace&) { return tex_number(omega); };
      held += expect_equations(said, symbols, rule);
    }
  }
  EXPECT_EQ(held, 60);
}

TEST(TheoryCaptions, TheSimplexPutsItsTargetsWhereItsCaptionSays) {
  int held = 0;
  for (const double eta : {0.1, 0.7}) {
    iem::Run run =
        rule_run_with("exponentiated", "learning_rate = " + std::to_string(eta), "learn = [\"weights\"]");
    run.seek(3);
    const auto s = take_snapshot(run);
    const Figure figure = theory(*s, "simplex");
    std::vector<std::string> said;
    for (const CaptionPart& part : caption_parts(figure.caption))
      if (part.tex && part.text != "J") said.push_back(part.text);
    ASSERT_EQ(said.size(), 4U) << figure.caption;  // pi_j g_j, pi_j e^{eta g_j}/Z, eta, g_j
    EXPECT_NEAR(tex_value(sides_of(said[2]).back()).value_or(NAN), eta, 1e-12) << said[2];
    const MixtureReference reference(*s);
    TexEvaluator e;
    reference.equip(e);
    e.define("g_j", sides_of(said[3]).back());
    Eigen::Vector3d em, mirror;
    e.bind("Z", Eigen::MatrixXd::Constant(1, 1, 1));
    for (int j = 0; j < 3; ++j) {
      e.at["j"] = j;
      em[j] = e.value(said[0])(0, 0);
      mirror[j] = e.value(said[1])(0, 0);
    }
    mirror /= mirror.sum();  // Z makes them one
    for (const auto& [series, weights] :
         {std::pair{"EM target", em}, std::pair{"exponentiated target", mirror}}) {
      const Marker& mark = *drawn<Marker>(figure, series)[0];
      EXPECT_NEAR(mark.x, weights[1] + 0.5 * weights[2], 1e-10) << series;
      EXPECT_NEAR(mark.y, std::sqrt(0.75) * weights[2], 1e-10) << series;
      ++held;
    }
  }
  EXPECT_EQ(held, 4);
}

// Levels of Q are dashed: Q of the caption of `bound` takes few values on their vertices, those of the levels
// of J; the arrow is the step that the caption names.
TEST(TheoryCaptions, TheLandscapeDrawsWhatItsCaptionNames) {
  iem::Run run = rule_run_with("gd", "learning_rate = 0.2", "");
  run.seek(3);
  const auto s = take_snapshot(run);
  Config view = s->config();
  view.set("view.landscape_x", std::string("means[1][0]"));
  view.set("view.landscape_y", std::string("means[0][1]"));
  const Figure figure = theory(*s, "landscape", view);
  const std::string said = said_of(theory(*s, "bound"), "Q(\\theta\\mid\\theta_t)");
  const Eigen::MatrixXd here = MixtureReference(*s).shares();
  const auto levels_on = [&](const std::string& series) {
    std::vector<double> out;
    const Line& line = *drawn<Line>(figure, series)[0];
    for (std::size_t i = 0; i < line.x.size(); i += 5) {
      if (std::isnan(line.x[i])) continue;
      Theta theta = s->state.theta;
      theta[2] = line.x[i], theta[1] = line.y[i];
      const Snapshot there = moved_to(*s, theta);
      const MixtureReference reference(there);
      const std::string formula = tex_statements(said).at(0).sides.at(1);
      out.push_back(series == "J" ? reference.loss()
                                  : formula_value(formula, bound_symbols(*s, reference, here))(0, 0));
    }
    return out;
  };
  std::vector<double> j = levels_on("J"), q = levels_on("Q");
  ASSERT_GT(j.size(), 40U);
  ASSERT_GT(q.size(), 20U);
  std::ranges::sort(j);
  std::vector<double> levels;
  const double gap = 0.02 * (j.back() - j.front());
  for (std::size_t i = 0; i < j.size(); ++i)
    if (i == 0 || j[i] - j[i - 1] > gap) levels.push_back(j[i]);
  EXPECT_LE(levels.size(), 12U);
  for (const double value : q) {
    const double nearest =
        *std::ranges::min_element(levels, {}, [&](double l) { return std::abs(l - value); });
    EXPECT_NEAR(value, nearest, gap);
  }
}

// How many times as long as they are the caption says that the arrows are drawn.
double times_as_long(const Figure& figure) {
  const std::size_t end = figure.caption.find(" times as long");
  if (end == std::string::npos) return 1;
  return std::stod(figure.caption.substr(figure.caption.rfind(' ', end - 1)));
}

// The solid arrow of pull is the step that will be taken, with plain gradient descent at the rate that the
// caption says pale behind it where the rule has one; only where the step is drawn at random is that all. The
// landscape's arrow is that of gradient descent; of a rule that has no rate its own; under EM, drawn as such,
// none.
TEST(TheoryCaptions, TheSolidArrowIsTheStepThatIsNamed) {
  std::map<std::string, int> kinds;
  for (const OptimizerType& rule : optimizers()) {
    if (testing::rules_of_other_labs().contains(rule.id)) continue;
    const auto s = shown_state("[model]\n[optimizer]\nmethod = \"" + rule.id + "\"\n", 2);
    const Figure pull = theory(*s, "pull"), landscape = theory(*s, "landscape");
    const MixtureReference reference(*s);
    const bool has_rate = reads(rule, "optimizer.learning_rate"), is_em = rule.id == "em";
    const std::string names = "the step of " + rule.label;
    EXPECT_EQ(pull.caption.find("\\eta") != std::string::npos, has_rate) << pull.caption;
    const bool knows = s->next.size() > 0 && rule.id != "gd";
    EXPECT_EQ(pull.caption.find(names) != std::string::npos, knows) << pull.caption;
    EXPECT_EQ(landscape.caption.find("gradient step") != std::string::npos, has_rate) << landscape.caption;
    EXPECT_EQ(landscape.caption.find(names) != std::string::npos, !has_rate && !is_em) << landscape.caption;
    const double magnified = times_as_long(pull);
    for (int j = 0; j < 3; ++j) {
      const std::string index = std::to_string(j + 1);
      const auto gradient = drawn<Arrow>(pull, "gradient " + index),
                 step = drawn<Arrow>(pull, "step " + index);
      EXPECT_EQ(gradient.size(), has_rate ? 1U : 0U) << rule.id;
      EXPECT_EQ(step.size(), knows ? 1U : 0U) << rule.id;
      const Eigen::Vector2d mu = s->state.theta.segment<2>(2 * j), next = s->next.segment<2>(2 * j);
      const Eigen::Vector2d along =
          mu - s->config().real("optimizer.learning_rate") * reference.mean_gradient(j);
      // A blend ends between the two others as they are drawn; the step of EM is drawn where it is.
      const double by = is_em || rule.id == "gd_to_em" ? 1 : magnified;
      for (const Arrow* arrow : gradient)
        EXPECT_TRUE(close(Eigen::Vector2d(arrow->x1, arrow->y1), mu + magnified * (along - mu), 1e-7))
            << rule.id;
      for (const Arrow* arrow : step)
        if (by == magnified) {
          EXPECT_TRUE(close(Eigen::Vector2d(arrow->x1, arrow->y1), mu + by * (next - mu), 1e-11)) << rule.id;
        }
    }
    ++kinds[has_rate ? "gradient" : is_em ? "none" : "step"];
  }
  EXPECT_EQ(kinds["none"], 1);
  EXPECT_EQ(kinds["step"], 4);
  EXPECT_GE(kinds["gradient"], 9);
}

// However near to its end one prototype is, the longest solid arrow of the stage, of pull and of the
// landscape reaches out of the mark that it begins at, and the key says how many times as long it is.
TEST(TheoryCaptions, TheLongestSolidArrowCanBeSeen) {
  for (const double rate : {0.4, 0.02, 1e-3}) {
    Scene scene = load_scene("penguins");
    scene.config.set("optimizer.learning_rate", rate);
    iem::Run run(std::move(scene), pool());
    run.seek(20);
    const auto s = take_snapshot(run);
    for (const std::string id : {"stage", "pull", "landscape"}) {
      const Figure figure = theory(*s, id);
      const Panel& panel = figure.panels[0];
      const double width = panel.x.hi - panel.x.lo, height = panel.y.hi - panel.y.lo;
      double longest = 0;
      std::string key;
      for (const Mark& mark : panel.marks) {
        if (const auto* arrow = std::get_if<Arrow>(&mark); arrow && arrow->series.starts_with("gradient"))
          longest = std::max(longest, std::hypot(arrow->x1 - arrow->x0, arrow->y1 - arrow->y0));
        if (const auto* legend = std::get_if<Legend>(&mark))
          for (const auto& [sign, words] : legend->entries)
            if (sign == Sign::arrow_along) key = words;
      }
      EXPECT_GE(longest, 0.0499 * std::min(width, height)) << id << " at the rate " << rate;
      const double magnified = times_as_long(figure);
      EXPECT_GT(magnified, 1) << figure.caption;
      EXPECT_TRUE(key.ends_with(" " + format_fixed(magnified, 0) + "\u00d7")) << key;
    }
  }
}

TEST(TheoryCaptions, ArrowsAreAsLongAsCanBeSeenAndNoLonger) {
  EXPECT_EQ(visible_times(0.2, 1), 1) << "long enough";
  EXPECT_EQ(visible_times(0.019, 1), 5);
  EXPECT_EQ(visible_times(0.019, 0.03), 3) << "to be seen, beyond where EM goes";
  EXPECT_EQ(visible_times(0.019, 0.07), 3) << "to be seen, and not beyond where EM goes";
  EXPECT_FALSE(visible_times(0, 1));
  EXPECT_FALSE(visible_times(1e-16, 1)) << "rounding";
}

// The numbers of a caption in their order.
std::vector<double> numbers_in(const Figure& figure) {
  std::vector<double> out;
  for (const CaptionPart& part : caption_parts(figure.caption)) {
    if (!part.tex) continue;
    if (const auto value = tex_value(sides_of(part.text).back())) out.push_back(*value);
  }
  return out;
}

// J* is the loss where EM ends; kappa the largest over the smallest eigenvalue of the Hessian there, by
// differences of the gradient; and the factor what is left of an error after a step near the end.
TEST(TheoryCaptions, ConvergenceStatesTheEndItsConditionAndItsRate) {
  iem::Run run = rule_run(
      "[data]\nsource = \"blobs\"\ncount = 300\nclusters = 2\nnoise = 1.5\n[model]\ncomponents = 2\n"
      "covariance = \"fixed\"\nlearn = [\"means\"]\n[optimizer]\nmethod = \"em\"\nreg_covar = 0.0\n");
  run.seek(400);
  const Theta end = run.state().theta;
  const double loss = run.evaluation().loss;
  run.seek(30);
  const auto s = take_snapshot(run);
  const Figure figure = theory(*s, "convergence");
  const std::vector<double> numbers = numbers_in(figure);
  ASSERT_EQ(numbers.size(), 4U) << figure.caption;
  EXPECT_NEAR(numbers[0], loss, 5.01e-4 * std::abs(loss)) << figure.caption;
  const Line& line = *drawn<Line>(figure, "J - J*")[0];
  for (std::size_t i = 0; i < 10; ++i)
    EXPECT_NEAR(line.y[i], s->history.column(0)[i] - loss, 1e-9) << "J - J* at " << i;

  const auto gradient = [&](const Theta& theta) {
    Evaluation out;
    s->model().evaluate(theta, 1, s->data(), {}, Wanted::sums, run.pool(), out);
    return out.gradient.head(4).eval();
  };
  Eigen::Matrix4d hessian;
  for (int a = 0; a < 4; ++a) {
    const Theta step = 1e-5 * Theta::Unit(end.size(), a);
    hessian.col(a) = (gradient(end + step) - gradient(end - step)) / 2e-5;
  }
  const Eigen::Vector4d values = symmetric_eigenvalues(0.5 * (hessian + hessian.transpose()));
  EXPECT_NEAR(numbers[1], values[3] / values[0], 6e-4 * numbers[1]) << figure.caption;

  const auto error = [&](std::int64_t step) {
    run.seek(step);
    return (run.state().theta - end).norm();
  };
  std::int64_t late = 1;
  while (error(late) > 1e-5) ++late;
  EXPECT_NEAR(numbers[3], error(late) / error(late - 1), 2e-3) << figure.caption;

  // EM is theta - P dJ/dtheta, so that near the end its slope is I - P H.
  const auto em = [&](const Theta& theta) {
    Evaluation out;
    s->model().evaluate(theta, 1, s->data(), {}, Wanted::sums, run.pool(), out);
    return s->model().em_step(theta, s->data(), out, 0).head(4).eval();
  };
  Eigen::Matrix4d behind = Eigen::Matrix4d::Identity();
  for (int a = 0; a < 4; ++a) {
    const Theta step = 1e-5 * Theta::Unit(end.size(), a);
    behind.col(a) -= (em(end + step) - em(end - step)) / 2e-5;
  }
  const Eigen::Vector4d preconditioned = eigenvalues(behind).real();
  EXPECT_NEAR(numbers[2], preconditioned.maxCoeff() / preconditioned.minCoeff(), 6e-4 * numbers[2])
      << figure.caption;
}

}  // namespace
}  // namespace iem::testing
