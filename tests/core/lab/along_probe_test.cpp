// A mixture read along its probe line: where hypotheses begin, and what is exact.
#include "core/lab/along_probe.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/figure/field.h"
#include "core/lab/activation_curves.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

TEST(AlongProbe, ProjectsPointsMeansAndWeights) {
  Scene scene = load_scene("three_blobs");
  scene.config.set("view.probe", Tensor{{2, 2}, {-3, -4, 3, 4}});
  iem::Run run(scene, pool());
  run.seek(5);
  const auto mixture = take_snapshot(run);
  EXPECT_EQ(along_probe_unavailable(*mixture), "");
  const iem::Run line(along_probe(*mixture, {mixture->config(), {}, {}}), pool());
  const auto& model = static_cast<const LineModel&>(*line.setup().model);
  const LineNatural got = model.unpack(line.state().theta);
  const auto components = static_cast<const Mixture&>(mixture->model()).unpack(mixture->state.theta);
  ASSERT_EQ(got.places.size(), components.size());
  for (std::size_t j = 0; j < components.size(); ++j) {
    EXPECT_NEAR(got.places[j], 0.6 * components[j].mu_x + 0.8 * components[j].mu_y, 1e-12);
    EXPECT_NEAR(got.prior[j], components[j].weight, 1e-12);
  }
  EXPECT_EQ(line.setup().data->size(), mixture->data().size());
  EXPECT_NEAR(line.setup().data->points(7, 0),
              mixture->data().points.row(7).dot(Eigen::RowVector2d(0.6, 0.8)), 1e-12);
  EXPECT_NE(along_probe_unavailable(*take_snapshot(line)), "");
}

// Round clusters of one width whose centres lie on the line: the reading is the mixture's own, exactly.
TEST(AlongProbe, IsExactWhereTheCentresLieOnTheLine) {
  const Scene scene = parse_scene(
      "format = 1\nlab = \"mixture\"\n[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[-1.0, 0.5], "
      "[2.0, 0.5]]\n"
      "covariances = [[[0.5, 0.0], [0.0, 0.5]], [[0.5, 0.0], [0.0, 0.5]]]\nweights = [0.3, 0.7]\n"
      "[view]\nprobe = [[-4.0, 0.5], [4.0, 0.5]]\n",
      "test.toml");
  const auto mixture = take_snapshot(iem::Run(scene, pool()));
  const auto line = take_snapshot(iem::Run(along_probe(*mixture, {mixture->config(), {}, {}}), pool()));
  const Hypotheses h = line_of(*line).hypotheses(line->state.theta, line->temperature);
  const FieldInput field =
      static_cast<const Mixture&>(mixture->model()).field(mixture->state.theta, 1, FieldKind::responsibility);
  for (double t : {-3.0, -0.2, 0.4, 0.9, 3.0}) {
    double r[2];
    field_responsibilities(field, t, 0.5, r);
    EXPECT_NEAR(posterior(h, t).mean, -1 * r[0] + 2 * r[1], 1e-12);
  }
}

}  // namespace
}  // namespace iem::testing
