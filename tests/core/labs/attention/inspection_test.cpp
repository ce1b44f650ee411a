// One update written out for a query, and retrieval, against what the model and plain sums say.
#include "core/labs/attention/figures/inspection.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/labs/attention/figures/retrieval.h"
#include "core/labs/kit/free_side.h"
#include "core/labs/kit/lab.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::pool;

// The numbers of the line that begins with `head`.
std::vector<double> numbers(const Inspection& shown, const std::string& head) {
  for (const auto& line : shown.formulas) {
    if (!line[0].tex.starts_with(head)) continue;
    std::vector<double> out;
    for (const FormulaPiece& piece : line)
      if (piece.is_number) out.push_back(piece.number);
    return out;
  }
  ADD_FAILURE() << "no line begins with " << head;
  return std::vector<double>(4);
}

// J with one entry of theta moved.
double loss_at(const iem::Run& run, Eigen::Index entry, double by) {
  Theta theta = run.state().theta;
  theta[entry] += by;
  Evaluation evaluation;
  run.setup().model->evaluate(theta, run.temperature(), *run.setup().data, {}, Wanted::sums, run.pool(),
                              evaluation);
  return evaluation.loss;
}

TEST(AttentionInspection, WritesOutTheUpdateThatTheRunMakes) {
  iem::Run run(load_scene("routing_toy"), pool());
  run.seek(7);
  const auto snapshot = take_snapshot(run);
  const int query = 1, key = 3;
  const Inspection shown = inspect_query(*snapshot, query, key);
  EXPECT_EQ(shown.title, "Query 2");
  const auto matrix = [&](const Theta& theta, const char* name) -> Eigen::MatrixXd {
    const Block& b = run.setup().model->layout().block(name);
    return Eigen::Map<const Eigen::Matrix<double, -1, -1, Eigen::RowMajor>>(theta.data() + b.offset, b.rows,
                                                                            b.columns);
  };
  const Theta& theta = run.state().theta;
  const Eigen::MatrixXd q = matrix(theta, "queries"), k = matrix(theta, "keys"), v = matrix(theta, "values");
  const Eigen::RowVectorXd s = q.row(query) * k.transpose() / std::sqrt(2.0);
  const Eigen::RowVectorXd e = s.array().exp();
  const Eigen::RowVectorXd alpha = e / e.sum(), o = alpha * v;
  const Eigen::RowVector2d y = run.setup().data->targets.row(query);
  EXPECT_NEAR(numbers(shown, "s_{2,4}").back(), s[key], 1e-14);
  EXPECT_NEAR(numbers(shown, "\\alpha_{2,4}").back(), alpha[key], 1e-14);
  EXPECT_NEAR(numbers(shown, "o_{2}")[1], o[1], 1e-14);
  EXPECT_NEAR(numbers(shown, "J_{2}").back(), 0.5 * (o - y).squaredNorm(), 1e-14);
  const Eigen::RowVectorXd u = (o - y) / 4;
  EXPECT_NEAR(numbers(shown, "u_{2}")[0], u[0], 1e-14);
  EXPECT_NEAR(numbers(shown, "b_{2,4}").back(), u.dot(v.row(key)), 1e-14);
  const double mean = alpha.dot(u * v.transpose());
  EXPECT_NEAR(numbers(shown, "\\mathrm{E}[b]").back(), mean - u.dot(v.row(key)), 1e-14);
  EXPECT_NEAR(numbers(shown, "\\partial J/\\partial s").back(), alpha[key] * (u.dot(v.row(key)) - mean),
              1e-14);
  // By central differences of J itself.
  const Block& values = run.setup().model->layout().block("values");
  for (Eigen::Index d = 0; d < 2; ++d) {
    const Eigen::Index entry = values.offset + 2 * key + d;
    EXPECT_NEAR(numbers(shown, "\\partial J/\\partial v_{4}")[static_cast<std::size_t>(d)],
                (loss_at(run, entry, 1e-5) - loss_at(run, entry, -1e-5)) / 2e-5, 1e-9);
  }
  iem::Run after = run;
  ASSERT_EQ(after.step(), StepResult::stepped);
  const Eigen::MatrixXd step = matrix(after.state().theta, "values") - v;
  EXPECT_NEAR(numbers(shown, "\\Delta v_{4}")[0], step(key, 0), 1e-14);
  const double s_after =
      matrix(after.state().theta, "queries").row(query).dot(matrix(after.state().theta, "keys").row(key)) /
      std::sqrt(2.0);
  EXPECT_NEAR(numbers(shown, "\\Delta s_{2,4}")[0], s_after - s[key], 1e-13);
}

TEST(AttentionInspection, SaysSomethingFiniteInEverySceneAndNothingOfMaskedKeys) {
  for (const std::string& name : testing::scenes_of("attention")) {
    SCOPED_TRACE(name);
    iem::Run run(load_scene(name), pool());
    run.seek(2);
    const auto snapshot = take_snapshot(run);
    const auto& model = static_cast<const Attention&>(*run.setup().model);
    const auto last = static_cast<int>(model.queries()) - 1;
    for (const int query : {0, last}) {
      // Asked for a key that the first query of a causal head does not see, it takes one that it does.
      const Inspection shown = inspect_query(*snapshot, query, static_cast<int>(model.keys()) - 1);
      EXPECT_LT(shown.component, model.visible(query));
      EXPECT_GE(shown.formulas.size(), 9u);
      for (const auto& line : shown.formulas)
        for (const FormulaPiece& piece : line) EXPECT_TRUE(!piece.is_number || std::isfinite(piece.number));
    }
  }
}

TEST(Retrieval, NeverRaisesTheEnergyAndRestsWhereItsGradientVanishes) {
  Random random(3);
  for (const double c : {0.3, 1 / std::sqrt(2.0), 3.0}) {
    Eigen::MatrixXd keys(6, 2);
    for (double& entry : keys.reshaped()) entry = 2 * random.normal();
    const Eigen::RowVector2d start(random.normal(), random.normal());
    const Eigen::MatrixXd orbit = retrieval_orbit(keys, start, c, 600);
    for (Eigen::Index t = 1; t < orbit.rows(); ++t)
      EXPECT_LE(retrieval_energy(keys, orbit.row(t), c), retrieval_energy(keys, orbit.row(t - 1), c) + 1e-12);
    const Eigen::RowVector2d end = orbit.bottomRows(1);
    for (int d = 0; d < 2; ++d) {
      Eigen::RowVector2d up = end, down = end;
      up[d] += 1e-5, down[d] -= 1e-5;
      EXPECT_NEAR((retrieval_energy(keys, up, c) - retrieval_energy(keys, down, c)) / 2e-5, 0, 1e-8);
    }
    EXPECT_TRUE(std::isfinite(retrieval_energy(1e4 * keys, start, c)));
  }
}

// Where values are the keys, the first pass is the output of the head.
TEST(Retrieval, FirstPassIsTheForwardPass) {
  iem::Run run(load_scene("retrieval"), pool());
  const auto snapshot = take_snapshot(run);
  const auto& model = static_cast<const Attention&>(*run.setup().model);
  const AttentionVectors v = model.vectors(run.state().theta, *run.setup().data);
  const AttentionRows rows = model.rows(run.state().theta, 1, *run.setup().data, {0, 1, 2});
  for (Eigen::Index i = 0; i < 3; ++i)
    EXPECT_TRUE(testing::close(retrieval_orbit(v.keys, v.queries.row(i), 1 / std::sqrt(2.0), 1).row(1),
                               rows.outputs.row(i), 1e-14));
}

TEST(FreeSide, IsAwayFromWhatIsThere) {
  FreeSide alone(0, 0, 1);
  EXPECT_NEAR(alone.best(0.5).first, std::cos(0.5), 1e-15);
  FreeSide crowded(1, 1, 1);
  crowded.avoid_line(2, 1);      // to the right
  crowded.avoid_mark(1.2, 1.3);  // above
  const auto [x, y] = crowded.best(0);
  EXPECT_LT(x, 0.1);
  EXPECT_LT(y, 0.1);
}

}  // namespace
}  // namespace iem
