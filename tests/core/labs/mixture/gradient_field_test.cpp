// The stage's field "gradient": arrows along -dJ/dmu_j with the prototype put where they stand.
#include <cmath>

#include "core/labs/kit/lab.h"
#include "core/run/snapshot.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

TEST(GradientField, PointsDownTheLossOfAPrototypePutThere) {
  for (const std::string model :
       {"", "energy = \"cosine\"\ncovariance = \"fixed\"", "objective = \"correntropy\""}) {
    iem::Run run = rule_run_with("gd", "", model);
    run.seek(3);
    const auto snapshot = take_snapshot(run);
    Config view = snapshot->config();
    view.set("view.field", std::string("gradient"));
    const Figure figure =
        lab_of(*snapshot->setup).figure("stage", *snapshot, View{view, {}, {ElementId::Kind::prototype, 1}});
    int arrows = 0;
    for (const Mark& mark : figure.panels[0].marks) {
      const Arrow* arrow = std::get_if<Arrow>(&mark);
      if (!arrow || arrow->series != "gradient field") continue;
      if (++arrows % 17 != 0) continue;
      // J along the arrow, through its middle, by differences.
      const double dx = arrow->x1 - arrow->x0, dy = arrow->y1 - arrow->y0, length = std::hypot(dx, dy);
      const auto loss = [&](double along, double across) {
        Theta theta = snapshot->state.theta;
        theta[2] = 0.5 * (arrow->x0 + arrow->x1) + (along * dx - across * dy) / length;
        theta[3] = 0.5 * (arrow->y0 + arrow->y1) + (along * dy + across * dx) / length;
        Evaluation e;
        snapshot->model().evaluate(theta, 1, snapshot->data(), {}, Wanted::sums, run.pool(), e);
        return e.loss;
      };
      const double down = (loss(1e-5, 0) - loss(-1e-5, 0)) / 2e-5,
                   across = (loss(0, 1e-5) - loss(0, -1e-5)) / 2e-5;
      EXPECT_LT(down, 0);
      EXPECT_NEAR(across, 0, 1e-5 * std::max(1.0, -down) + 1e-4 * -down);
    }
    EXPECT_GT(arrows, 100) << model;
  }
}

}  // namespace
}  // namespace iem::testing
