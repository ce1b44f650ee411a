// States that are finite and enormous: the identities hold there too, measured in the component's own units.
#include <gtest/gtest.h>

#include "core/check/check.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

TEST(EnormousStates, PassEveryCheckThatAppliesToThem) {
  int passed = 0, enormous = 0;
  for (const char* id : {"three_blobs", "penguins", "old_faithful"})
    for (const double rate : {1.0, 1e2, 1e3, 1e4}) {
      Scene scene = load_scene(id);
      scene.config.set("optimizer.method", std::string("gd"));
      scene.config.set("optimizer.learning_rate", rate);
      iem::Run run(scene, testing::pool());
      for (const std::int64_t step : {1, 2, 3, 5, 9, 20, 60}) {
        run.seek(step);
        if (run.state().step != step) break;  // it has diverged
        const double size = run.state().theta.cwiseAbs().maxCoeff();
        enormous += size > 100;
        for (const CheckResult& result : run_checks(*take_snapshot(run))) {
          EXPECT_NE(result.status, CheckStatus::fail)
              << id << " at rate " << rate << ", step " << step << ", size " << size << ": " << result.id
              << " " << result.error;
          passed += result.status == CheckStatus::pass;
        }
      }
    }
  EXPECT_GT(passed, 100);
  EXPECT_GT(enormous, 3);
}

}  // namespace
}  // namespace iem
