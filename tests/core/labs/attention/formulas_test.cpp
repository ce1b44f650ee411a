// Every formula that the attention lab shows, evaluated from the definitions and held against the numbers
// shown with it, over tasks, parameters, masks and temperatures.
#include "core/labs/attention/figures/formulas.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/figure/caption.h"
#include "core/labs/attention/figures/inspection.h"
#include "core/labs/attention/figures/list.h"
#include "core/labs/attention/figures/retrieval.h"
#include "core/labs/kit/lab.h"
#include "tests/core/labs/attention/truth.h"
#include "tests/core/support.h"
#include "tests/support/tex_check.h"

namespace iem::testing {
namespace {

constexpr double kAttentionSlopes = 1e-8;  // what differences leave

struct AttentionCase {
  std::string scene;
  double tau;
  std::int64_t steps;
  double decay = 1;
};

std::vector<AttentionCase> attention_cases() {
  std::vector<AttentionCase> out;
  for (const char* scene :
       {"routing_toy", "fast_values", "value_m_step", "retrieval", "routing_roles", "next_symbol"})
    for (const double tau : {1.0, 2.0, 0.6})
      for (const std::int64_t steps : {0, 5}) out.push_back({scene, tau, steps, 1});
  for (const std::int64_t steps : {0, 3}) out.push_back({"routing_toy", 1.0, steps, 0.9});
  return out;
}

std::shared_ptr<const Snapshot> snapshot_of(const AttentionCase& at) {
  Scene scene = load_scene(at.scene);
  scene.config.set("model.temperature", at.tau);
  if (at.decay != 1) scene.config.set("schedule.temperature_decay", at.decay);
  iem::Run run(scene, pool());
  run.seek(at.steps);
  return take_snapshot(run);
}

std::string name_of(const AttentionCase& at) {
  return at.scene + ", tau " + std::to_string(at.tau) + ", step " + std::to_string(at.steps);
}

// With what the next step does to scores and values.
TexSymbols symbols_of(const Snapshot& s, const AttentionTruth& truth, const AttentionTruth& then,
                      Eigen::Index i, Eigen::Index j) {
  TexSymbols out = truth.symbols(i, j);
  const Eigen::MatrixXd ds = then.scores() - truth.scores(), dv = then.v() - truth.v();
  out.values["\\Delta s"] = [ds](const TexPlace& at) {
    return tex_number(ds(at.index.at(0), at.index.at(1)));
  };
  out.values["\\Delta v"] = [dv](const TexPlace& at) -> TexValue {
    return dv.row(at.index.at(0)).transpose();
  };
  static_cast<void>(s);
  return out;
}

TEST(AttentionFormulas, TheInspectorSaysWhatItsNumbersAre) {
  int held = 0;
  for (const AttentionCase& each : attention_cases()) {
    const auto s = snapshot_of(each);
    const AttentionTruth truth(*s), then(*s, s->next);
    for (Eigen::Index i = 0; i < std::min<Eigen::Index>(truth.queries(), 3); ++i)
      for (Eigen::Index j = 0; j < std::min<Eigen::Index>(truth.visible(i), 3); ++j) {
        const Inspection shown = inspect_query(*s, static_cast<int>(i), static_cast<int>(j));
        const TexSymbols symbols = symbols_of(*s, truth, then, i, j);
        for (const auto& line : shown.formulas) {
          ASSERT_NE(tex_of(line), "");
          held += expect_equations(tex_of(line), symbols, name_of(each), kAttentionSlopes);
          expect_adds_up(line, name_of(each));
        }
        for (const auto& column : shown.table)
          for (std::size_t key = 0; key < column.values.size(); ++key, ++held)
            expect_value(column.symbol, column.values[key],
                         symbols_of(*s, truth, then, i, static_cast<Eigen::Index>(key)), name_of(each),
                         kAttentionSlopes);
      }
  }
  EXPECT_GT(held, 5000);
}

// The strip: each phase's symbol is its numbers.
TEST(AttentionFormulas, ThePhasesSaySymbolsOfTheirNumbers) {
  int held = 0;
  for (const AttentionCase& each : attention_cases()) {
    const auto s = snapshot_of(each);
    const AttentionTruth truth(*s), then(*s, s->next);
    const Eigen::Index last = truth.queries() - 1;
    for (const Phase& phase : lab_of(*s->setup).phases(*s, static_cast<int>(last)))
      for (std::size_t j = 0; j < phase.values.size(); ++j, ++held) {
        const TexSymbols symbols =
            symbols_of(*s, truth, then, last, phase.is_vector ? 0 : static_cast<Eigen::Index>(j));
        const TexValue value = formula_value(phase.symbol, symbols);
        EXPECT_NEAR(value.reshaped()[phase.is_vector ? static_cast<Eigen::Index>(j) : 0], phase.values[j],
                    kAttentionSlopes)
            << name_of(each) << " " << phase.symbol;
      }
  }
  EXPECT_GT(held, 1000);
}

// The matrix that a map shows, by the element of each cell.
double cell(const Heatmap& map, Eigen::Index i, Eigen::Index j) {
  return map.values[static_cast<std::size_t>(i) * static_cast<std::size_t>(map.columns) +
                    static_cast<std::size_t>(j)];
}

int expect_maps(const Snapshot& s, const AttentionTruth& truth, const std::string& where) {
  int held = 0;
  for (const char* id : {"attention", "advantage"}) {
    const Figure figure = lab_of(*s.setup).figure(id, s, {s.config(), {}, {}});
    const Panel& panel = figure.panels[0];
    const auto map =
        std::ranges::find_if(panel.marks, [](const Mark& m) { return std::holds_alternative<Heatmap>(m); });
    for (Eigen::Index i = 0; i < truth.queries(); ++i)
      for (Eigen::Index j = 0; j < truth.visible(i); ++j) {
        const TexSymbols symbols = truth.symbols(i, j);
        const double shown = cell(std::get<Heatmap>(*map), i, j);
        expect_value(panel.title_tex, shown, symbols, where, kAttentionSlopes);
        for (const CaptionPart& part : caption_parts(figure.caption))
          if (part.tex && part.text.find("softmax") != std::string::npos)
            held += expect_equations(part.text + "=" + tex_of(shown), symbols, where, kAttentionSlopes);
        held += expect_caption(figure, symbols, where, kAttentionSlopes) + 1;
      }
  }
  return held;
}

// What the law's figure claims, in its own words, is what the derivative by complex step is.
int expect_laws(const Snapshot& s, const AttentionTruth& truth, const std::string& where) {
  int held = 0;
  const IdentitySample& sample = s.identity;
  const std::string caption = lab_of(*s.setup).figure("routing_law", s, {s.config(), {}, {}}).caption;
  std::string law;
  for (const CaptionPart& part : caption_parts(caption))
    if (part.tex && part.text.find("\\alpha") != std::string::npos) law = part.text;
  for (std::size_t r = 0; r < sample.points.size(); ++r)
    for (Eigen::Index j = 0; j < sample.claimed.cols(); ++j) {
      const double claimed = sample.claimed(static_cast<Eigen::Index>(r), j);
      const Eigen::Index key = sample.columns.empty() ? j : sample.columns[static_cast<std::size_t>(j)];
      if (!std::isfinite(claimed) || key >= truth.visible(sample.points[r])) continue;
      const TexSymbols symbols = truth.symbols(sample.points[r], key);
      held += expect_equations(law + "=" + tex_of(claimed), symbols, where, kAttentionSlopes);
      held += expect_equations(lab_of(*s.setup).identity_text().equation, symbols, where, kAttentionSlopes);
    }
  return held;
}

TEST(AttentionFormulas, FiguresAndControlsSayWhatTheyShow) {
  int held = 0;
  for (const AttentionCase& each : attention_cases()) {
    const auto s = snapshot_of(each);
    const AttentionTruth truth(*s);
    const Lab& lab = lab_of(*s->setup);
    held += expect_maps(*s, truth, name_of(each)) + expect_laws(*s, truth, name_of(each));
    const TexSymbols symbols = truth.symbols(truth.queries() - 1, 0);
    held +=
        expect_equations(lab.formula(Group::model, s->config()), symbols, name_of(each), kAttentionSlopes);
    held += expect_equations(lab.formula(Group::objective, s->config()) + "=" + tex_of(s->evaluation.loss),
                             symbols, name_of(each), kAttentionSlopes);
    for (const char* id : {"loss", "value_law", "stage"})
      held +=
          expect_caption(lab.figure(id, *s, {s->config(), {}, {}}), symbols, name_of(each), kAttentionSlopes);
  }
  EXPECT_GT(held, 5000);
}

// "\theta" is any block; "\eta_\theta" is its rate where some have their own.
TEST(AttentionFormulas, TheLearningRuleIsTheStepThatTheRunMakes) {
  int held = 0;
  for (AttentionCase each : attention_cases()) {
    const auto s = snapshot_of(each);
    const std::string formula = lab_of(*s->setup).formula(Group::learning, s->config());
    const AttentionTruth truth(*s), then(*s, s->next);
    for (const Block& block : s->model().layout().blocks()) {
      if (!block.learned) continue;
      TexSymbols symbols = truth.symbols(0, 0);
      const Eigen::VectorXd step = (s->next - s->state.theta).segment(block.offset, block.size()),
                            gradient = s->evaluation.gradient.segment(block.offset, block.size());
      const auto vector = [](const Eigen::VectorXd& v) {
        return [v](const TexPlace&) -> TexValue { return v; };
      };
      const bool own = !block.rate_key.empty() && s->config().is_set(block.rate_key);
      symbols.number("\\eta", s->config().real("optimizer.learning_rate"));
      symbols.number("\\eta_\\theta", s->config().real(own ? block.rate_key : "optimizer.learning_rate"));
      symbols.values["\\Delta \\theta"] = vector(step);
      symbols.values["\\partial J/\\partial \\theta"] = vector(gradient);
      symbols.values["V"] = [&](const TexPlace&) -> TexValue { return then.v(); };
      symbols.values["I"] = [&](const TexPlace&) -> TexValue {
        return Eigen::MatrixXd::Identity(truth.keys(), truth.keys());
      };
      held += expect_equations(formula, symbols, name_of(each) + ", " + block.name, 1e-7);
    }
  }
  EXPECT_GT(held, 50);
}

// Of a caption the formula that is an energy of q.
std::string energy_in(const Figure& figure) {
  for (const CaptionPart& part : caption_parts(figure.caption))
    if (part.tex && part.text.find("\\log\\sum_j") != std::string::npos) return part.text;
  return {};
}

// The energy in the caption is constant along the iso-lines that are drawn, falls along every way, and is
// what a pass goes down on in two halves: attention, then the mean of the keys.
TEST(AttentionFormulas, RetrievalDescendsTheEnergyThatItsCaptionSays) {
  int on_lines = 0, passes = 0;
  for (const double tau : {1.0, 2.0, 0.6}) {
    const auto s = snapshot_of({"retrieval", tau, 0, 1});
    const AttentionTruth truth(*s);
    TexSymbols symbols = truth.symbols(0, 0);
    Eigen::Vector2d q;
    symbols.values["q"] = [&q](const TexPlace&) -> TexValue { return q; };
    Config view = s->config();
    for (const char* id : {"retrieval", "stage"}) {
      const Figure figure = lab_of(*s->setup).figure(id, *s, {view, {}, {}});
      const std::string energy = energy_in(figure);
      ASSERT_NE(energy, "") << figure.caption;
      const auto at = [&](double x, double y) {
        q = {x, y};
        return formula_value(energy, symbols)(0, 0);
      };
      for (const Mark& mark : figure.panels[0].marks) {
        const auto* line = std::get_if<Line>(&mark);
        if (!line || line->x.size() < 2) continue;
        if (line->series == "energy") {
          std::vector<double> along;
          for (std::size_t i = 0; i < line->x.size() && !std::isnan(line->x[i]); i += 5)
            along.push_back(at(line->x[i], line->y[i]));
          const auto [low, high] = std::ranges::minmax(along);
          EXPECT_LT(high - low, 0.02 * std::max(1.0, std::abs(high))) << id << ", tau " << tau;
          ++on_lines;
        }
        if (line->series != "orbit") continue;
        for (std::size_t t = 1; t < line->x.size(); ++t, ++passes)
          EXPECT_LE(at(line->x[t], line->y[t]), at(line->x[t - 1], line->y[t - 1]) + 1e-12)
              << id << ", tau " << tau;
      }
    }
  }
  EXPECT_GT(on_lines, 50);
  EXPECT_GT(passes, 100);
}

TEST(Retrieval, APassIsBothHalvesOfEm) {
  const auto s = snapshot_of({"retrieval", 0.7, 0, 1});
  const AttentionTruth truth(*s);
  const double c = 1 / (0.7 * truth.scale());
  const auto free_energy = [&](const Eigen::VectorXd& alpha, const Eigen::VectorXd& q) {
    double plain = 0.5 * q.squaredNorm() - alpha.dot(truth.k() * q);
    for (const double a : alpha) plain += a > 0 ? a * std::log(a) / c : 0;
    return plain;
  };
  const auto attention = [&](const Eigen::VectorXd& q) {
    const Eigen::VectorXd w = (c * (truth.k() * q)).array().exp();
    return Eigen::VectorXd(w / w.sum());
  };
  for (Eigen::Index query = 0; query < truth.queries(); ++query) {
    Eigen::VectorXd q = truth.q().row(query).transpose(),
                    alpha = Eigen::VectorXd::Constant(truth.keys(), 1.0 / 5);
    for (int pass = 0; pass < 5; ++pass) {
      const double before = free_energy(alpha, q);
      alpha = attention(q);
      const double after_e = free_energy(alpha, q);
      EXPECT_NEAR(after_e, retrieval_energy(truth.k(), q.transpose(), c), 1e-12);
      q = truth.k().transpose() * alpha;
      const double after_m = free_energy(alpha, q);
      EXPECT_LT(after_e, before + 1e-12);
      EXPECT_LT(after_m, after_e + 1e-12);
      EXPECT_TRUE(close(retrieval_orbit(truth.k(), truth.q().row(query), c, pass + 1).bottomRows(1),
                        q.transpose(), 1e-12));
    }
  }
  for (const char* id : {"retrieval", "stage"}) {
    const std::string caption = lab_of(*s->setup).figure(id, *s, {s->config(), {}, {}}).caption;
    EXPECT_NE(caption.find("an E-step, the attention of $q$, and an M-step"), std::string::npos) << caption;
  }
}

}  // namespace
}  // namespace iem::testing
