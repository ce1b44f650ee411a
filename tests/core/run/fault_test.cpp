// A state that is not finite is one from the start on: no step is taken from it, and it says what is not.
#include "core/run/fault.h"

#include <cmath>

#include "tests/core/support.h"
#include "tests/support/wild_runs.h"

namespace iem::testing {
namespace {

const char* const kFarPoint =
    "[data]\nsource = \"inline\"\npoints = [[0.1, 0.2], [1.0, 0.5], [1.797e308, 0.5], [4.0, 4.2]]\n"
    "[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[0.0, 0.0], [4.0, 4.0]]\n"
    "covariances = [[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]]\nweights = [1.0, 1.0]\n";

TEST(Fault, OfAStartIsADivergenceAtItsOwnStep) {
  for (const char* method : {"gd", "em", "adam"}) {
    iem::Run run(mixture_scene(kFarPoint + std::string("[optimizer]\nmethod = \"") + method + "\"\n"),
                 pool());
    ASSERT_TRUE(run.divergence()) << method;
    EXPECT_TRUE(is_broken(run));
    EXPECT_EQ(run.divergence()->step, 0);
    EXPECT_EQ(run.divergence()->quantity, "loss");
    EXPECT_EQ(fault_point(*run.setup().model, run.state().theta, 1, *run.setup().data, run.pool()),
              "no energy of point 3, counted from 1, is finite");
    const std::uint64_t hash = run.state().hash();
    EXPECT_EQ(run.step(), StepResult::non_finite);
    run.seek(5);
    EXPECT_EQ(run.state().hash(), hash);
    EXPECT_EQ(run.divergence()->step, 0);
  }
}

TEST(Fault, ComesAndGoesWithAnEdit) {
  iem::Run run(mixture_scene("[model]\ncomponents = 2\n"), pool());
  run.seek(3);
  ASSERT_FALSE(run.divergence());
  const std::vector<NamedTensor> before = run.setup().model->natural(run.state().theta);
  run.apply({"state.means", Tensor{{2, 2}, {1e200, 0, -1e200, 0}}, 0});
  EXPECT_TRUE(is_broken(run));
  EXPECT_EQ(run.divergence()->step, 3);
  EXPECT_EQ(run.step(), StepResult::non_finite);
  run.seek(1);
  EXPECT_FALSE(run.divergence());
  run.seek(5);  // by way of the edit at step 3
  EXPECT_EQ(run.state().step, 3);
  EXPECT_TRUE(is_broken(run));
  run.apply({"state.means", before[0].tensor, 0});
  EXPECT_FALSE(run.divergence());
  run.seek(5);
  EXPECT_EQ(run.state().step, 5);
}

// Whatever the rate, a state that is passed is finite in every shape it is shown in.
TEST(Fault, NoStateOnTheWayHasANumberThatIsNotFinite) {
  int states = 0, ended = 0;
  for (const char* name : {"old_faithful", "three_blobs", "two_blobs", "outliers", "laplace", "ring"})
    for_each_wild_state(name, [&](const WildState& state, const iem::Run& run) {
      for (const NamedTensor& block : run.setup().model->natural(run.state().theta))
        for (const double v : block.tensor.data)
          EXPECT_TRUE(std::isfinite(v)) << name << " at " << state.rate << ": " << block.name;
      EXPECT_TRUE(std::isfinite(run.evaluation().loss)) << name;
      ++states;
      ended += state.last && run.state().step < 6;
    });
  EXPECT_GT(states, 40);
  EXPECT_GT(ended, 5) << "some diverge";
}

}  // namespace
}  // namespace iem::testing
