// An evaluation whose memory another one has used.
#include "core/model/evaluation.h"

#include <gtest/gtest.h>

#include <bit>
#include <memory>

#include "core/run/run.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/support/scenes.h"

namespace iem {
namespace {

// Rules keep one from step to step, and what a thread runs next may be another model. Each scene finds what
// the last one left, of which no number that the rules read may remain.
TEST(Evaluations, SayTheSameInMemoryThatAnotherModelUsed) {
  Evaluation used;
  for (const std::string& name : builtin_scenes()) {
    const iem::Run run(load_scene(name), std::make_shared<ThreadPool>(1));
    const iem::Setup& setup = run.setup();
    for (const Wanted wanted : {Wanted::rows, Wanted::sums}) {
      SCOPED_TRACE(name);
      Evaluation fresh;
      for (Evaluation* out : {&fresh, &used})
        setup.model->evaluate(run.state().theta, 1, *setup.data, {}, wanted, run.pool(), *out);
      EXPECT_EQ(std::bit_cast<std::uint64_t>(used.loss), std::bit_cast<std::uint64_t>(fresh.loss));
      EXPECT_TRUE(testing::same_bits(used.gradient, fresh.gradient));
      if (fresh.statistics.size() > 0) EXPECT_TRUE(testing::same_bits(used.statistics, fresh.statistics));
      EXPECT_TRUE(testing::same_bits(used.energies, fresh.energies));
      EXPECT_TRUE(testing::same_bits(used.responsibilities, fresh.responsibilities));
      EXPECT_TRUE(testing::same_bits(used.pulls, fresh.pulls));
    }
  }
}

}  // namespace
}  // namespace iem
