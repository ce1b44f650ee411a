// learn = []: a run in which nothing moves is a run like others, in every figure of every lab.
#include <gtest/gtest.h>

#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/support/small_atlas.h"

namespace iem {
namespace {

TEST(NothingLearned, IsShownByEveryFigureOfEveryLab) {
  int made = 0;
  for (const Lab* lab : labs()) {
    for (const std::string& name : testing::scenes_of(lab->id())) {
      if (name.starts_with("sticky")) continue;  // the other attention scenes have the same figures
      Scene scene = load_scene(name);
      scene.config.set("model.learn", std::vector<std::string>{});
      scene.config.set("optimizer.method", std::string("gd"));  // some rules are for what is learned
      iem::Run run(scene, testing::pool());
      const Theta start = run.state().theta;
      run.seek(2);
      EXPECT_EQ(run.state().theta, start) << name;
      const auto snapshot = take_snapshot(run);
      const Config seen = test::with_small_atlas(snapshot->config());
      for (const FigureType& figure : lab->figures()) {
        EXPECT_FALSE(lab->figure(figure.id, *snapshot, {seen, {}, {}}).panels.empty())
            << name << " " << figure.id;
        ++made;
      }
    }
  }
  EXPECT_GT(made, 300);
}

}  // namespace
}  // namespace iem
